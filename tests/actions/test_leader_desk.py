"""A leader marks key cases and rings appellants himself; no figure moves by it (一把手工作台)."""

from datetime import timedelta

import pytest

from desk.actions.leader_desk import MarkKeyCase, RecordLeaderCall, UnmarkKeyCase
from desk.rules.codes import ClockKind, ContactResult
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Contact
from tests.actions.work import QIN, WANG, ZHAO, ZHENG, ZHOU, S

WATER = "涉及 200 户用水"


def test_a_key_case_says_why_until_the_mark_comes_off(work):
    case = work.to(S.HANDLING)
    assert work.ask(WANG, MarkKeyCase, case, reason=WATER).title == "标为重点件"
    assert work.case(case).key_reason == WATER
    assert work.ask(ZHOU, MarkKeyCase, case, reason="居民联名").title == "改重点件的理由"
    assert work.ask(ZHENG, UnmarkKeyCase, case, note="已恢复供水").title == "取消重点件"
    assert work.case(case).key_reason is None
    assert work.kinds(case)[-2:] == ["case.key_marked", "case.key_unmarked"]


def test_a_mark_needs_a_reason_of_its_own_and_comes_off_once(work):
    case = work.register()
    with pytest.raises(RuleBroken, match="为什么是重点件"):
        work.ask(WANG, MarkKeyCase, case, reason=" ")
    with pytest.raises(RuleBroken, match="现在不是重点件"):
        work.ask(WANG, UnmarkKeyCase, case)
    work.ask(WANG, MarkKeyCase, case, reason=WATER)
    with pytest.raises(RuleBroken, match="已经按这个理由"):
        work.ask(WANG, MarkKeyCase, case, reason=WATER)


def test_a_leaders_call_is_on_the_list_and_stops_no_limit_of_the_unit(work):
    case = work.to(S.ACCEPTED)
    said = "水压还是不够，请再看看。"
    later = work.clock() + timedelta(days=1)
    changes = work.ask(
        WANG,
        RecordLeaderCall,
        case,
        result=ContactResult.REACHED,
        note=said,
        call_back_at=later,
        wants_no_calls=True,
    )
    assert changes.title == "领导回访 接通"
    (call,) = work.all(Contact, case)
    assert (call.staff_id, call.note, call.call_back_at) == (work.staff(WANG), said, later)
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is None
    assert work.case(case).satisfaction is None
    assert work.case(case).do_not_call_at is not None


def test_who_was_reached_said_something_and_who_was_not_may_have_said_nothing(work):
    case = work.to(S.FOLLOW_UP)
    with pytest.raises(RuleBroken, match="诉求人怎么说"):
        work.ask(ZHENG, RecordLeaderCall, case, result=ContactResult.REACHED)
    missed = work.ask(ZHENG, RecordLeaderCall, case, result=ContactResult.NO_ANSWER)
    assert missed.title == "领导回访 没人接"


@pytest.mark.parametrize(("who", "request_of"), [(ZHAO, MarkKeyCase), (QIN, MarkKeyCase)])
def test_units_and_inspectors_mark_nothing(work, who, request_of):
    with pytest.raises(NotAllowed):
        work.ask(who, request_of, work.to(S.HANDLING), reason=WATER)


@pytest.mark.parametrize("who", [ZHAO, ZHOU])
def test_only_leaders_ring_as_leaders(work, who):
    with pytest.raises(NotAllowed):
        work.ask(who, RecordLeaderCall, work.to(S.HANDLING), result=ContactResult.NO_ANSWER)
