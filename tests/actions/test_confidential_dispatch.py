"""Who sends out a report, or a complaint about the street's own people (DOMAIN.md 9.4)."""

import pytest

from desk.actions.administration import SetSetting
from desk.actions.chief_dispatch import DecideDispatch
from desk.actions.dispatching import DispatchCase
from desk.actions.followup import RecordFollowUp
from desk.actions.handling import AcceptAssignment
from desk.actions.support import AddSupport
from desk.queries.case_file import case_file
from desk.queries.dispatch_day import dispatch_day, proposals_day
from desk.queries.dispatch_state import confirms_now
from desk.rules.chief_dispatch import Asked, Turn
from desk.rules.codes import Exit, Purpose, Urgency
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import DispatchProposal
from tests.actions.test_chief_dispatch import stands_in
from tests.actions.test_merged_answers import AGAIN
from tests.actions.work import LI, QIN, SUN, WANG, WU, XU, ZHAO, ZHENG, ZHOU, S


@pytest.fixture
def work(own_work):
    return own_work


def about_somebody(work, **more):
    return work.register(**({"accused_unit": work.unit("城建办")} | more))


def send(work, case, who=ZHOU, lead="综合行政执法队", **more):
    facts = {"lead": work.unit(lead), "urgency": Urgency.FAST} | more
    return work.ask(who, DispatchCase, case, **facts)


def decide(work, case, who, **more):
    return work.ask(who, DecideDispatch, case, **({"is_confirmed": True} | more))


def test_the_dispatchers_pass_a_complaint_about_a_colleague_on_to_the_inspectors(work):
    case = about_somebody(work)

    changes = send(work, case, lead="纪工委")

    assert changes.title == "直派 主办纪工委"
    assert work.case(case).lead_unit_id == work.unit("纪工委")
    work.ask(QIN, AcceptAssignment, case)


@pytest.mark.parametrize("keeper", [QIN, ZHENG, WANG])
def test_to_anybody_else_it_goes_by_the_word_of_who_keeps_secrets(work, keeper):
    case = about_somebody(work)

    changes = send(work, case, supports=(work.unit("榕东社区"),), directly=True)

    assert changes.title == "拟派 主办执法队，协办榕东，待纪工委或领导指定"
    assert (work.case(case).status, work.case(case).lead_unit_id) == (S.RECEIVED, None)
    waiting = work.desk(ZHOU).read(dispatch_day).proposed
    assert [(one.row.case_id, one.proposal.turn) for one in waiting] == [(case, Turn.KEEPERS)]
    work.clock.forward(hours=5)  # it waits as long as it takes
    state = work.desk(ZHOU).read(lambda reader: case_file(reader, case)).dispatch
    assert (state.asked, state.goes_directly) == (Asked.KEEPERS, False)
    assert state.proposal.direct_from is None
    assert work.desk(keeper).read(confirms_now)
    assert [one.row.case_id for one in work.desk(keeper).read(proposals_day)] == [case]
    changes = decide(work, case, keeper)
    assert changes.title == "确认派单 双派 主办执法队，协办榕东"
    assert work.case(case).lead_unit_id == work.unit("综合行政执法队")
    assert not work.desk(keeper).read(confirms_now)


def test_the_keepers_name_another_unit_or_send_it_back(work):
    case = about_somebody(work)
    send(work, case)

    decide(work, case, QIN, is_confirmed=False, note="与执法队也有关，请转纪工委。")

    state = work.desk(ZHOU).read(lambda reader: case_file(reader, case)).dispatch
    assert state.sent_back == "与执法队也有关，请转纪工委。"
    assert state.sent_back_by == QIN
    send(work, case)
    changes = decide(work, case, ZHENG, lead=work.unit("纪工委"))
    assert changes.title == "确认派单 直派 主办纪工委"


def test_they_also_send_it_out_themselves_and_what_was_proposed_is_closed(work):
    case = about_somebody(work)
    send(work, case)

    changes = send(work, case, ZHENG, lead="南塘社区")

    assert changes.title == "直派 主办南塘"
    proposal = work.all(DispatchProposal, case)[0]
    assert (proposal.decided_by, proposal.is_confirmed) == (work.staff(ZHENG), None)


def test_who_stands_in_for_a_leader_confirms_but_not_what_he_proposed(work):
    case = about_somebody(work)
    stands_in(work, WU, ZHOU)
    send(work, case)

    with pytest.raises(RuleBroken, match="这是您自己拟派的"):
        decide(work, case, ZHOU)
    changes = decide(work, case, WU)

    assert changes.title == "代王磊确认派单 直派 主办执法队"


def test_the_inspectors_are_not_asked_about_ordinary_cases(work):
    work.ask(XU, SetSetting, key="chief_dispatch", value=True)
    case = work.register()
    send(work, case)

    assert not work.desk(QIN).read(confirms_now)
    assert work.desk(QIN).read(proposals_day) == ()
    with pytest.raises(NotAllowed):
        decide(work, case, QIN)
    assert work.desk(WANG).read(confirms_now)


def test_where_the_first_leader_is_asked_a_complaint_goes_to_the_inspectors_all_the_same(work):
    work.ask(XU, SetSetting, key="chief_dispatch", value=True)
    case = about_somebody(work)

    assert send(work, case, lead="纪工委").title == "直派 主办纪工委"


def test_what_has_gone_out_is_passed_on_by_the_keepers_alone(work):
    case = about_somebody(work)
    send(work, case, QIN)
    work.ask(SUN, AcceptAssignment, case)
    support = {"units": (work.unit("榕东社区"),), "reason": "请到场"}

    with pytest.raises(RuleBroken, match="由纪工委或领导改派、加派") as refused:
        send(work, case, lead="南塘社区", reason="执法队忙")
    assert refused.value.field == "lead"
    with pytest.raises(RuleBroken, match="由纪工委或领导改派、加派") as refused:
        work.ask(ZHOU, AddSupport, case, **support)
    assert refused.value.field == "units"

    work.ask(ZHENG, AddSupport, case, **support)
    send(work, case, ZHOU, lead="纪工委", reason="还是由纪工委办")
    assert work.case(case).lead_unit_id == work.unit("纪工委")


def test_a_further_round_of_what_was_answered_at_the_counter_waits_for_a_word(work):
    case = work.register(
        LI, exit=Exit.ON_SPOT, answer="已当面道歉。", accused_staff=work.staff(ZHAO)
    )

    work.ask(WU, RecordFollowUp, case, **AGAIN)

    assert (work.case(case).status, work.case(case).lead_unit_id) == (S.RECEIVED, None)
    assert "待纪工委或领导指定" in send(work, case).title


def test_a_report_is_out_of_the_dispatchers_sight_and_goes_by_its_keepers(work):
    case = work.register(ZHAO, first_unit=work.unit("城建办"), purpose=Purpose.REPORT)

    with pytest.raises(NotAllowed):
        send(work, case, lead="纪工委")
    assert send(work, case, QIN, lead="综合行政执法队").title == "直派 主办执法队"
