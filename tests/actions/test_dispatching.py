"""Grading and dispatching: who may, to whom, what it starts, and what comes back."""

import pytest

from desk.actions.dispatching import DecideReturn, DispatchCase, GradeCase, ReturnDispatch
from desk.actions.handling import AcceptAssignment, RecordVerification
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    DispatchMode,
    Purpose,
    ReturnReason,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.numbering import read_number
from desk.rules.urgency import Judgement
from desk.store.models import Assignment, CaseUnit, Clock, Matter, Round
from tests.actions.work import CHEN, LI, QIN, SUN, ZHAO, ZHENG, ZHOU, S


def dispatch(work, case, lead="城建办", who=ZHOU, **more):
    supports = tuple(work.unit(name) for name in more.pop("supports", ()))
    facts = {"lead": work.unit(lead), "supports": supports, "urgency": Urgency.FAST}
    return work.ask(who, DispatchCase, case, **(facts | more))


def grade(work, case, urgency=Urgency.URGENT, who=ZHOU, **more):
    facts = {"urgency": urgency, "is_complex": False, "judgement": Judgement()}
    return work.ask(who, GradeCase, case, **(facts | more))


def ask_back(work, case, who=ZHAO, **more):
    facts = {"reason": ReturnReason.NOT_OURS, "note": "不属城建职责，见职责清单第三条。"}
    return work.ask(who, ReturnDispatch, case, **(facts | more))


def test_a_direct_dispatch_makes_one_unit_answerable(work):
    case = work.register()
    at = work.clock.forward(minutes=5)

    changes = dispatch(work, case, requirements=("上门见面",), instruction="请今天办。")

    found = work.case(case)
    assert changes.title == "直派 主办城建办"
    assert (found.status, found.mode) == (S.DISPATCHED, DispatchMode.DIRECT)
    assert found.lead_unit_id == work.unit("城建办")
    part = work.all(Assignment, case)[0]
    assert (part.role, part.status) == (AssignmentRole.LEAD, AssignmentStatus.WAITING)
    assert (part.requirements, part.instruction) == (["上门见面"], "请今天办。")
    assert work.clock_of(case, ClockKind.DISPATCH).stopped_at == at
    assert work.clock_of(case, ClockKind.ACCEPT).started_at == at
    assert work.all(Round, case)[0].dispatched_at == at
    assert work.all(Matter, case)[0].unit_id == work.unit("城建办")


def test_a_double_dispatch_gives_every_unit_a_part_a_clock_and_a_slip(work):
    case = work.register()

    changes = dispatch(
        work, case, supports=("榕东社区",), grid=work.unit("榕东第1网格"), is_complex=True
    )

    parts = work.all(Assignment, case)
    assert changes.title == "双派 主办城建办，协办榕东、榕东1"
    assert [part.role for part in parts] == [
        AssignmentRole.LEAD,
        AssignmentRole.SUPPORT,
        AssignmentRole.GRID,
    ]
    assert {clock.assignment_id for clock in work.all(Clock, case)} >= {part.id for part in parts}
    slips = work.papers(case, "dispatch-slip")
    assert len({slip.number for slip in slips}) == 3
    assert slips[0].row["support_units"] == ["榕东"]
    assert slips[0].row["grid_unit"] == "榕东1"
    assert {row.unit_id for row in work.all(CaseUnit, case)} == {
        work.unit(name) for name in ("信联办", "城建办", "榕东社区", "榕东第1网格")
    }


def test_slips_are_numbered_without_gaps(work):
    first, second = work.register(), work.register()
    dispatch(work, first)
    with pytest.raises(RuleBroken):
        dispatch(work, second, supports=("城建办",))
    dispatch(work, second)

    numbers = [work.papers(case, "dispatch-slip")[0].number for case in (first, second)]
    first_seq, second_seq = (read_number(number).seq for number in numbers)
    assert second_seq == first_seq + 1


def test_a_case_is_sent_to_another_unit_only_with_a_reason(work):
    case = work.to(S.ACCEPTED)
    with pytest.raises(RuleBroken, match="改派请写一句理由") as refused:
        dispatch(work, case, lead="综合行政执法队")
    assert refused.value.field == "reason"

    changes = dispatch(work, case, lead="综合行政执法队", reason="属街面秩序")

    assert changes.title == "改派 主办执法队"
    assert work.case(case).status is S.DISPATCHED
    assert work.case(case).handler_id is None
    assert [part.status for part in work.all(Assignment, case)] == [
        AssignmentStatus.REPLACED,
        AssignmentStatus.WAITING,
    ]
    assert work.papers(case, "dispatch-slip")[-1].row["kind"] == "改派"
    assert work.papers(case, "dispatch-slip")[0].row["kind"] == "交办"


def test_the_former_unit_keeps_sight_but_may_not_act_any_more(work):
    case = work.to(S.ACCEPTED)
    dispatch(work, case, lead="综合行政执法队", reason="属街面秩序")

    assert work.unit("城建办") in work.stand(case).involved_units
    with pytest.raises(NotAllowed, match="这一步现在不归您办理"):
        work.ask(ZHAO, AcceptAssignment, case)
    work.ask(SUN, AcceptAssignment, case)
    with pytest.raises(NotAllowed, match="这一步现在不归您办理"):
        work.ask(ZHAO, RecordVerification, case, note="还想写")


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"supports": ("城建办",)}, "supports", "同一个单位选了两次"),
        ({"supports": ("榕东社区", "榕东社区")}, "supports", "同一个单位选了两次"),
    ],
)
def test_a_unit_cannot_have_two_parts_at_once(work, more, field, sentence):
    case = work.register()

    with pytest.raises(RuleBroken, match=sentence) as refused:
        dispatch(work, case, **more)

    assert refused.value.field == field


def test_an_unknown_unit_is_refused(work):
    case = work.register()

    with pytest.raises(RuleBroken, match="不在单位表里"):
        work.ask(ZHOU, DispatchCase, case, lead=1, urgency=Urgency.FAST)


@pytest.mark.parametrize("unit", ["榕东社区", "榕东第1网格"])
def test_a_complaint_is_not_sent_to_the_unit_it_is_about(work, unit):
    case = work.register(accused_unit=work.unit("榕东社区"))

    with pytest.raises(RuleBroken, match="被反映的单位不能承办"):
        dispatch(work, case, lead=unit)
    with pytest.raises(RuleBroken, match="被反映的单位不能承办"):
        dispatch(work, case, supports=(unit,))


@pytest.mark.parametrize("name", [LI, ZHAO, CHEN, ZHENG])
def test_only_the_dispatchers_dispatch_and_grade_an_ordinary_case(work, name):
    case = work.register(community=work.unit("榕东社区"), first_unit=work.unit("信联办"))

    with pytest.raises(NotAllowed):
        dispatch(work, case, who=name)
    with pytest.raises(NotAllowed):
        grade(work, case, who=name)


@pytest.mark.parametrize("name", [ZHENG, QIN])
def test_a_report_is_sent_on_by_the_leader_or_the_inspectors(work, name):
    case = work.register(CHEN, first_unit=work.unit("榕东社区"), purpose=Purpose.REPORT)
    with pytest.raises(NotAllowed, match="回避或保密"):
        dispatch(work, case, who=ZHOU)

    dispatch(work, case, lead="纪工委", who=name)
    work.ask(QIN, AcceptAssignment, case)

    assert work.case(case).status is S.ACCEPTED


def test_two_dispatchers_cannot_both_dispatch_a_case(work):
    case = work.register()
    seen = work.case(case).version
    dispatch(work, case, seen=seen)

    with pytest.raises(StaleCase, match=f"{ZHOU} 09:00 直派 主办城建办") as refused:
        dispatch(work, case, lead="南塘社区", seen=seen)

    assert refused.value.changes == ((f"09:00 {ZHOU}", "直派 主办城建办"),)
    assert work.case(case).number in str(refused.value)


def test_a_case_that_has_moved_on_is_not_dispatched(work):
    case = work.to(S.SIGNING)

    with pytest.raises(NotAllowed, match="现在不归您办理"):
        dispatch(work, case, reason="改派")


def test_dispatching_at_another_level_changes_the_running_limits(work):
    case = work.register(urgency=Urgency.ROUTINE)
    before = work.clock_of(case, ClockKind.HANDLE)
    work.clock.forward(minutes=3)

    dispatch(work, case, urgency=Urgency.URGENT)

    after = work.clock_of(case, ClockKind.HANDLE)
    assert (after.due_at - after.started_at).total_seconds() == 2 * 3600
    assert after.original_due_at == before.due_at
    assert work.case(case).urgency is Urgency.URGENT
    assert work.case(case).is_graded is True


def test_a_new_level_is_counted_from_the_appeal_and_keeps_the_first_limit_in_sight(work):
    case = work.register(urgency=Urgency.ROUTINE)
    before = work.clock_of(case, ClockKind.HANDLE)
    work.clock.forward(minutes=20)

    changes = grade(work, case, Urgency.URGENT, reason="老人触电")

    after = work.clock_of(case, ClockKind.HANDLE)
    assert changes.title == "级别由常态改为紧急"
    assert (after.started_at, after.original_due_at) == (before.started_at, before.original_due_at)
    assert (after.due_at - after.started_at).total_seconds() == 2 * 3600
    assert after.rule_text == "限 2 小时，从受理起算"
    line = work.history(case)[-1]
    assert line.payload["before"][f"clocks.due_at@{after.id}"] == before.due_at.isoformat()
    assert line.payload["detail"] == "老人触电\n办理时限 11 月 5 日 09:00 → 11:00"


def test_the_same_level_is_confirmed_without_touching_the_limits(work):
    case = work.register(urgency=Urgency.FAST)
    before = work.clock_of(case, ClockKind.HANDLE)

    changes = grade(work, case, Urgency.FAST, is_complex=True, judgement=Judgement(is_clear=True))

    assert changes.title == "级别定为快处（情况复杂）"
    assert work.clock_of(case, ClockKind.HANDLE).due_at == before.due_at
    assert work.case(case).judgement["is_clear"] is True
    assert work.case(case).is_graded is True


def test_a_stopped_limit_is_not_computed_anew(work):
    case = work.to(S.DISPATCHED, urgency=Urgency.ROUTINE)
    stopped = work.clock_of(case, ClockKind.DISPATCH)

    grade(work, case, Urgency.URGENT, is_complex=True)

    assert work.clock_of(case, ClockKind.DISPATCH).due_at == stopped.due_at


def test_a_case_handed_back_starts_the_dispatch_limit_again_and_keeps_the_contact_limit(work):
    case = work.to(S.DISPATCHED)
    first = work.clock_of(case, ClockKind.DISPATCH)
    contact = work.clock_of(case, ClockKind.CONTACT)
    work.clock.forward(minutes=4)

    assert ask_back(work, case).title == "城建办申请退回：职责不符"
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is None
    at = work.clock.forward(minutes=4)
    changes = work.ask(ZHOU, DecideReturn, case, is_agreed=True)

    found = work.case(case)
    assert changes.title == "同意城建办退回，重新分拨"
    assert (found.status, found.return_count) == (S.RECEIVED, 1)
    assert (found.lead_unit_id, found.handler_id) == (None, None)
    again = work.clock_of(case, ClockKind.DISPATCH)
    assert again.id != first.id
    assert again.started_at == at
    assert work.clock_of(case, ClockKind.CONTACT).id == contact.id
    assert work.clock_of(case, ClockKind.ACCEPT).stopped_at == at
    part = work.all(Assignment, case)[0]
    assert (part.status, part.return_reason) == (AssignmentStatus.RETURNED, ReturnReason.NOT_OURS)


@pytest.mark.parametrize(
    ("reached", "status"),
    [(S.DISPATCHED, AssignmentStatus.WAITING), (S.ACCEPTED, AssignmentStatus.ACCEPTED)],
)
def test_a_unit_that_may_not_hand_a_case_back_keeps_it(work, reached, status):
    case = work.to(reached)
    ask_back(work, case)
    with pytest.raises(RuleBroken, match="不同意退回，请写一句理由") as refused:
        work.ask(ZHOU, DecideReturn, case, is_agreed=False)
    assert refused.value.field == "note"

    changes = work.ask(ZHOU, DecideReturn, case, is_agreed=False, note="清单第三条正是城建。")

    assert changes.title == "不同意城建办退回"
    assert work.all(Assignment, case)[0].status is status
    assert work.case(case).status is reached


def test_nobody_asks_twice_or_without_grounds_to_hand_a_case_back(work):
    case = work.to(S.DISPATCHED)
    with pytest.raises(RuleBroken, match="退回的依据") as refused:
        ask_back(work, case, note="  ")
    assert refused.value.field == "note"
    ask_back(work, case)

    with pytest.raises(RuleBroken, match="已经申请过退回"):
        ask_back(work, case)


def test_after_three_returns_the_dispatchers_have_the_last_word(work):
    case = work.register()
    for _ in range(3):
        work.to(S.DISPATCHED, case)
        ask_back(work, case)
        work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    work.to(S.DISPATCHED, case)

    with pytest.raises(RuleBroken, match="已退回 3 次"):
        ask_back(work, case)


def test_nobody_decides_about_a_return_that_was_not_asked_for(work):
    case = work.to(S.DISPATCHED)

    with pytest.raises(NotAllowed):
        work.ask(ZHOU, DecideReturn, case, is_agreed=True)


def test_a_missed_dispatch_limit_marks_the_case_as_overdue(work):
    case = work.register(urgency=Urgency.URGENT)
    work.clock.forward(hours=1, seconds=1)

    dispatch(work, case, urgency=Urgency.URGENT)

    assert work.case(case).is_overdue is True


def test_a_limit_kept_to_the_second_is_kept(work):
    case = work.register(urgency=Urgency.URGENT)
    work.clock.forward(hours=1)

    dispatch(work, case, urgency=Urgency.URGENT)

    assert work.case(case).is_overdue is False


def test_the_history_tells_level_reason_and_proposal_of_a_dispatch(work):
    case = work.to("dispatched")

    dispatch(work, case, reason="重新分工", instruction="先断电，再检修。", urgency=Urgency.FAST)

    last = work.history(case)[-1]
    assert last.payload["detail"] == "级别快处。\n重新分工\n拟办意见：先断电，再检修。"


def test_a_return_takes_the_matters_from_all_units_until_it_is_sent_again(work):
    case = work.register(matters=("漏电", "电梯"))
    other, units = work.all(Matter, case)[1], ("榕东社区",)
    dispatch(work, case, supports=units, matters=((other.id, work.unit("榕东社区")),))
    ask_back(work, case)

    work.ask(ZHOU, DecideReturn, case, is_agreed=True)

    assert [m.unit_id for m in work.all(Matter, case)] == [None, None]
