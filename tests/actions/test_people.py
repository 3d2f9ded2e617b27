"""One person across years, careful with namesakes, within DOMAIN.md 9.4 (一人一档)."""

from functools import partial

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.intake import Appellant
from desk.actions.people import LookAtPerson, SayWhoIsSame, TakeBackWhoIsSame
from desk.queries.person_page import Asked, Likely, likely_visitor, person_page
from desk.rules.codes import Exit, IdKind, Purpose
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.same_person import Group
from desk.store.models import Event, PersonLink
from tests.actions.conftest import shared_hall, work
from tests.actions.work import CHEN, LI, LIANG, QIN, ZHOU

__all__ = ["shared_hall", "work"]

PLACE = "青榕花园"
ADDRESS = "青榕花园 7 栋 401"


@pytest.fixture
def bring(work):
    """Take in an appeal of somebody; each test has people and numbers of its own."""

    def bring(name, phone, by=LI, *, address=ADDRESS, id_number="", **more):
        him = Appellant(
            name=name,
            phone=phone,
            address=address,
            id_kind=IdKind.ID_CARD if id_number else None,
            id_number=id_number,
        )
        facts = {"place": work.hall.place(PLACE), "exit": Exit.TRANSFER, "appellant": him} | more
        work.clock.forward(minutes=1)
        return work.register(by, **facts)

    return bring


def page(work, who, **asked):
    return work.desk(who).read(partial(person_page, about=Asked(**asked)))


def groups(found):
    return {case.id: (case.group, case.words) for case in found.cases}


def test_a_family_of_one_number_is_not_one_person(work, bring):
    mother = bring("穆桂兰", "13800000061")
    son = bring("穆小军", "13800000061")
    again = bring("穆桂兰", "13800000061")

    found = page(work, LI, phone="138 0000 0061")

    assert groups(found) == {
        again: (Group.SAME, "电话"),
        mother: (Group.SAME, "电话"),
        son: (Group.UNSURE, "电话，姓名不同"),
    }
    assert (found.times, found.still_open, found.shown) == (2, 2, "穆**")
    assert found.of(Group.SAME)[0].number == work.case(again).number
    assert page(work, LI, case=son).of(Group.SAME)[0].id == son


def test_a_namesake_with_another_number_is_asked_about_and_one_elsewhere_is_not(work, bring):
    known = bring("乌有章", "13800000062")
    moved = bring("乌有章", "13800000063")
    bring("乌有章", "13800000064", place=work.hall.place("码头新村"), address="码头新村 1 栋")

    found = page(work, LI, case=known)

    assert groups(found) == {
        known: (Group.SAME, "电话、姓名+地址"),
        moved: (Group.UNSURE, "姓名+地址，电话不同"),
    }


def test_the_same_identity_number_is_the_same_person_and_says_so(work, bring):
    old = bring("亡是功", "13800000065", id_number="440900199003071238")
    new = bring("亡是公", "13800000066", id_number="440900199003071238", address="码头新村 9 栋")

    assert groups(page(work, LI, case=new))[old] == (Group.SAME, "证件")
    assert groups(page(work, LI, id_number="440900199003071238"))[old] == (Group.SAME, "证件")


def test_who_is_the_same_is_said_with_a_reason_and_taken_back(work, bring):
    one = bring("施耐安", "13800000067")
    two = bring("施小安", "13800000067")
    say = partial(work.ask, LI, SayWhoIsSame, two, other=one)

    link = say(is_same=True, reason="当面说改过名字").made["link"]
    joined = page(work, LI, case=two)
    assert groups(joined)[one] == (Group.SAME, "已认定同一人")
    decision = joined.decisions[0]
    assert (decision.is_same, decision.who, decision.stands) == (True, LI, True)
    assert decision.reason == "当面说改过名字"
    with pytest.raises(RuleBroken, match="已经这样认定"):
        say(is_same=True, reason="再说一次")

    say(is_same=False, reason="证件对不上")
    assert groups(page(work, LI, case=two))[one][0] is Group.OTHER
    standing = page(work, LI, case=two).decisions[0]
    work.ask(LI, TakeBackWhoIsSame, link=standing.id, reason="问错了人")

    apart = page(work, LI, case=two)
    assert groups(apart)[one][0] is Group.UNSURE
    assert [one.end_reason for one in apart.decisions] == ["问错了人", "证件对不上"]
    assert {one.ended_by for one in apart.decisions} == {LI}
    for gone in (link, 1):
        with pytest.raises(RuleBroken, match="已经撤回"):
            work.ask(LI, TakeBackWhoIsSame, link=gone, reason="再撤一次")


def test_who_changed_his_number_keeps_his_earlier_visits_once_they_are_joined(work, bring):
    first = bring("鲁达", "13800000068", address="青榕花园 1 栋")
    bring("鲁达", "13800000068", address="青榕花园 1 栋")
    later = bring("鲁智深", "13800000069", place=None, address="")
    work.ask(LI, SayWhoIsSame, first, other=later, is_same=True, reason="本人说明换了号码")

    assert page(work, LI, phone="13800000069").times == 3
    assert page(work, LI, phone="13800000068").times == 3


@pytest.mark.parametrize(("reason", "says"), [("", "怎么看出来"), ("同一件", "不能与自己比")])
def test_what_cannot_be_said_of_two_cases_is_refused(work, bring, reason, says):
    one, two = bring("林冲", "13800000070"), bring("林娘子", "13800000070")
    other = one if "与自己" in says else two
    with pytest.raises(RuleBroken, match=says):
        work.ask(LI, SayWhoIsSame, one, other=other, is_same=True, reason=reason)
    link = work.ask(LI, SayWhoIsSame, one, other=two, is_same=True, reason="夫妻").made["link"]
    with pytest.raises(RuleBroken, match="为什么撤回"):
        work.ask(LI, TakeBackWhoIsSame, link=link, reason="")
    work.ask(LI, TakeBackWhoIsSame, link=link, reason="不该合")


def test_cases_of_others_are_counted_and_nobody_joins_what_he_does_not_see(work, bring):
    mine = bring("武松", "13800000071", by=CHEN, first_unit=work.unit("榕东社区"))
    bring("武松", "13800000071", by=LI)

    seen = page(work, CHEN, phone="13800000071")
    assert [case.id for case in seen.cases] == [mine]
    assert (seen.times, seen.kept[Group.SAME].times) == (2, 1)
    unseen = page(work, LIANG, phone="13800000071")
    assert (unseen.times, unseen.cases, unseen.shown) == (2, (), "")
    assert page(work, ZHOU, phone="13800000071").times == 2

    other = work.register(LI)
    with pytest.raises(NotAllowed):
        work.ask(CHEN, SayWhoIsSame, mine, other=other, is_same=True, reason="像是一个人")


def test_reports_and_mediations_do_not_exist_here(work, bring):
    bring("杨志", "13800000072", purpose=Purpose.REPORT)
    bring("杨志", "13800000072", purpose=Purpose.MEDIATION)
    for who in (LI, QIN):
        assert page(work, who, phone="13800000072").times == 0
        assert work.desk(who).read(partial(likely_visitor, phone="13800000072")) == Likely()


def test_who_asked_to_be_hidden_is_counted_under_his_number_and_found_by_nothing_else(work, bring):
    hidden = bring("花荣", "13800000073", hides_appellant=True)
    other = bring("花荣", "13800000074", by=ZHOU)

    assert page(work, LI, phone="13800000073").cases[0].id == hidden  # her own work
    told = page(work, ZHOU, phone="13800000073")
    assert (told.times, told.cases) == (1, ())
    assert hidden not in groups(page(work, ZHOU, case=other))
    assert page(work, ZHOU, case=hidden).cases == ()


def test_from_the_seventh_digit_on_one_learns_how_often_and_nothing_else(work, bring):
    bring("宋江", "13900001001")
    bring("宋江", "13900001001", exit=Exit.ON_SPOT, answer="已当面说明。")
    ask = partial(work.desk(LIANG).read)

    assert ask(partial(likely_visitor, phone="139000")) == Likely()
    assert ask(partial(likely_visitor, phone="139 0000 1")) == Likely(1, 2, 1)
    assert page(work, LI, phone="1390000").times == 2

    bring("吴用", "13900002002")
    assert ask(partial(likely_visitor, phone="1390000")) == Likely(2)
    assert page(work, LI, phone="1390000").still_several
    assert page(work, LI, phone="13900002").times == 1


def test_looking_is_noted_without_a_word_of_whom(work, bring):
    case = bring("燕青", "13800000075")
    version = work.version(case)
    for about in ({"case": case}, {}):
        work.ask(LI, LookAtPerson, where="受理", times=2, **about)
    with Session(work.hall.engine) as session:
        lines = session.scalars(select(Event).where(Event.kind == "person.looked")).all()
    assert {line.title for line in lines} == {"查看一人一档（受理，2 件）"}
    assert [line.result["made"].get("case") for line in lines] == [case, None]
    assert work.version(case) == version
    for unseen in (case, 1):
        with pytest.raises(NotAllowed):
            work.ask(LIANG, LookAtPerson, where="受理", case=unseen, times=1)


def test_what_was_said_of_two_people_is_never_deleted(work, bring):
    one, two = bring("石秀", "13800000076"), bring("石小秀", "13800000076")
    work.ask(LI, SayWhoIsSame, one, other=two, is_same=False, reason="父子")
    with Session(work.hall.engine) as session, pytest.raises(DatabaseError, match="不能删除"):
        session.execute(delete(PersonLink))
