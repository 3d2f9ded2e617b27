"""一把手派单、代签: what is told to who acts in another's place, or waits for a word."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desk.actions.administration import SetSetting
from desk.actions.chief_dispatch import DecideDispatch
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.stand_ins import EndDeputy, SetDeputy
from desk.rules.codes import CaseStatus, Urgency
from desk.rules.deeds import Deed
from tests.ui.case_desk import CTRL

S = CaseStatus


def by_office(life, request, **facts):
    """Let the administrator change something of the hall."""
    return life.hall.sign_in("许诺").carry_out(request(**life.hall.by("许诺"), **facts)).made


def stands_in(life, deputy, principal):
    """Let somebody stand in for a leader from today on."""
    hall, today = life.hall, life.hall.clock().date()
    people = {"principal": hall.person(principal), "deputy": hall.person(deputy)}
    ids = {name: person.staff_id for name, person in people.items()}
    made = by_office(life, SetDeputy, **ids, valid_from=today, last_day=today)
    hall.read_people()
    return made["deputy"]


@pytest.fixture
def asked(life):
    """A hall whose first leader is asked before a case goes out, for this day."""
    by_office(life, SetSetting, key="chief_dispatch", value=True)
    life.hall.read_people()  # who stood in yesterday does so no longer
    yield
    by_office(life, SetSetting, key="chief_dispatch", value=False)


def test_the_first_leader_says_why_and_whom_and_only_once(life, clerk_of, asked):
    stands_in(life, "陈静", "王磊")
    case = life.register()
    life.dispatch_to("城建办", case)
    clerk = clerk_of("王磊", case).opens(Deed.CONFIRM_DISPATCH).fills(word=2)
    clerk.refused("lead", "请选改由哪个单位主办。")
    clerk.fills(word=3)
    clerk.refused("note", "退回拟派请写一句话，信联办好改。")
    clerk.fills(note="先问执法队")
    life.do("陈静", DecideDispatch, case, is_confirmed=False, note="先核实")
    clerk.overtaken()
    clerk.refused("", "没有等您确认的派单，可能已经派出。请刷新后再看。")
    assert not clerk_of("王磊", case).may(Deed.CONFIRM_DISPATCH)


def test_who_proposed_a_dispatch_does_not_confirm_it_for_the_first_leader(life, clerk_of, asked):
    case = life.register()
    life.dispatch_to("城建办", case)
    stands_in(life, "周航", "王磊")
    clerk = clerk_of("周航", case).opens(Deed.CONFIRM_DISPATCH)
    clerk.refused("", "这是您自己拟派的，请一把手或另一位代理人确认。")


def test_the_dispatchers_wait_as_long_as_anybody_can_give_his_word(life, clerk_of, asked):
    case = life.register(urgency=Urgency.ROUTINE)
    life.dispatch_to("城建办", case)
    life.hall.clock.forward(minutes=31)
    clerk = clerk_of("周航", case).opens(Deed.DISPATCH).fills(lead=("执法队",))
    assert clerk.panel.form.entries["directly"].read()  # the first leader has been waited for
    stands_in(life, "陈静", "王磊")
    clerk.refused("", "还在等代理人确认，09:48 起可以直接派出。")
    life.do("王磊", DecideDispatch, case, is_confirmed=False, note="先核实")
    clerk.press(Qt.Key.Key_Return, CTRL)
    assert "请看过最新情况后再存" in clerk.panel.said()
    assert not clerk.panel.form.entries["directly"].read()  # it is laid before him once more
    clerk.fills(lead=("执法队",)).done()
    assert life.case(case).status is S.RECEIVED


def test_who_wrote_an_opinion_does_not_sign_it_for_another(life, clerk_of):
    hall = life.hall
    leader, unit = hall.person("郑伟").staff_id, hall.unit("城建办")
    by_office(life, SetLeaderArea, leader=leader, unit=unit, valid_from=hall.clock().date())
    stands_in(life, "赵强", "郑伟")
    case = life.at("signing")
    assert not clerk_of("王磊", case).may(Deed.SIGN)  # it lies on another's desk
    clerk = clerk_of("赵强", case).opens(Deed.SIGN)
    clerk.refused("", "这份意见书是代理人自己写的，请签批人本人或别的领导签。")
    clerk_of("郑伟", case).opens(Deed.SIGN).done()
    assert life.case(case).status is S.SEALING


def test_who_no_longer_stands_in_is_not_typed_in_as_the_signer(life, clerk_of):
    hall, today = life.hall, life.hall.clock().date()
    leader, unit = hall.person("郑伟").staff_id, hall.unit("城建办")
    by_office(life, SetLeaderArea, leader=leader, unit=unit, valid_from=today)
    row = stands_in(life, "周航", "郑伟")
    case = life.at("signing")
    clerk = clerk_of("冯丽", case).opens(Deed.SIGN_ON_PAPER).fills(signer=2)
    by_office(life, EndDeputy, row=row, last_day=today - timedelta(days=1))
    clerk.refused("signer", "这份在郑伟处，周航不能签，请核对。")
    clerk.fills(signer=1).done()
    assert life.case(case).status is S.SEALING
