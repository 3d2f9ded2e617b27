"""Accepting, contacting, verifying, supporting, finishing: what each needs and what it stops."""

import pytest

from desk.actions.contacts import RecordContact
from desk.actions.followup import RecordFollowUp
from desk.actions.handling import (
    AcceptAssignment,
    FinishHandling,
    RecordVerification,
)
from desk.actions.intake import Appellant
from desk.actions.support import ReportSupport
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    Channel,
    ClockKind,
    ContactResult,
    ContactWay,
    Discontent,
    Exit,
    HandlingResult,
    NextStep,
    Resolution,
    Satisfaction,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Assignment, Contact, Opinion, Round
from tests.actions.work import CHEN, LI, LIANG, SUN, WU, ZHAO, ZHOU, S
from tests.small_hall import COMMAND_LINE

FINISHED = {"result": HandlingResult.SOLVED, "measures": "已更换线路。"}


def test_the_leads_acceptance_moves_the_case_on(work):
    case = work.to(S.DISPATCHED)
    at = work.clock.forward(minutes=2)

    changes = work.ask(ZHAO, AcceptAssignment, case)

    found = work.case(case)
    assert changes.title == "签收 城建办"
    assert (found.status, found.handler_id) == (S.ACCEPTED, work.staff(ZHAO))
    part = work.all(Assignment, case)[0]
    assert (part.status, part.accepted_at) == (AssignmentStatus.ACCEPTED, at)
    assert work.clock_of(case, ClockKind.ACCEPT).stopped_at == at


def test_a_support_accepts_its_own_part_only(work):
    case = work.to(S.DISPATCHED, supports=("榕东社区", "南塘社区"))

    changes = work.ask(CHEN, AcceptAssignment, case)

    assert changes.title == "签收 榕东（协办）"
    assert work.case(case).status is S.DISPATCHED
    assert {part.unit_id: part.status for part in work.all(Assignment, case)} == {
        work.unit("城建办"): AssignmentStatus.WAITING,
        work.unit("榕东社区"): AssignmentStatus.ACCEPTED,
        work.unit("南塘社区"): AssignmentStatus.WAITING,
    }


def test_nobody_accepts_twice(work):
    case = work.to(S.ACCEPTED)

    with pytest.raises(NotAllowed, match="现在不归您办理"):
        work.ask(ZHAO, AcceptAssignment, case)
    with pytest.raises(RuleBroken, match="没有等您签收的部分"):
        work.ask(COMMAND_LINE, AcceptAssignment, case)


def test_a_case_already_talked_about_goes_straight_to_verification(work):
    case = work.to(S.ACCEPTED, channel=Channel.VISIT)

    work.ask(ZHAO, RecordVerification, case, note="配电箱漏电。")

    assert work.case(case).status is S.HANDLING


def test_handling_begins_when_contact_and_verification_are_both_done(work):
    case = work.to(S.ACCEPTED)

    work.ask(ZHAO, RecordVerification, case, note="配电箱漏电。")
    assert work.case(case).status is S.ACCEPTED
    assert work.clock_of(case, ClockKind.VERIFY).stopped_at == work.clock()
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is None
    work.ask(ZHAO, RecordContact, case, result=ContactResult.NO_ANSWER)

    assert work.case(case).status is S.HANDLING
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at == work.clock()


def test_without_a_telephone_verification_alone_begins_handling(work):
    case = work.to(S.ACCEPTED, channel=Channel.LETTER, appellant=Appellant())

    work.ask(ZHAO, RecordVerification, case, note="配电箱漏电。")

    assert work.case(case).status is S.HANDLING


def test_an_acceptance_after_contact_and_check_begins_handling_at_once(work):
    case = work.to(S.DISPATCHED, channel=Channel.VISIT)
    work.ask(LI, RecordContact, case, result=ContactResult.REACHED)
    work.ask(ZHAO, AcceptAssignment, case)
    assert work.case(case).status is S.ACCEPTED


def test_the_first_attempt_is_told_from_later_ones(work):
    case = work.to(S.ACCEPTED)
    back = work.clock.forward(minutes=1)

    first = work.ask(ZHAO, RecordContact, case, result=ContactResult.NO_ANSWER, call_back_at=back)
    later = work.ask(
        ZHAO, RecordContact, case, way=ContactWay.HOME, result=ContactResult.REACHED, note="在家"
    )

    assert (first.title, later.title) == ("首次联系 没人接", "联系 接通")
    contacts = work.all(Contact, case)
    assert [contact.result for contact in contacts] == [
        ContactResult.NO_ANSWER,
        ContactResult.REACHED,
    ]
    assert contacts[0].call_back_at == back
    assert contacts[1].unit_id == work.unit("城建办")


def test_the_first_desk_may_call_while_the_case_is_still_to_be_dispatched(work):
    case = work.register()

    work.ask(LI, RecordContact, case, result=ContactResult.REACHED)

    assert work.case(case).status is S.RECEIVED
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is not None


def test_a_late_call_marks_the_case_as_overdue(work):
    case = work.to(S.ACCEPTED)
    work.clock.forward(minutes=11)

    work.ask(ZHAO, RecordContact, case, result=ContactResult.REACHED)

    assert work.case(case).is_overdue is True


def test_a_late_acceptance_is_the_halls_own_affair_and_marks_nothing(work):
    case = work.to(S.DISPATCHED, channel=Channel.VISIT)
    work.clock.forward(minutes=29)
    work.clock.forward(minutes=2)

    work.ask(ZHAO, AcceptAssignment, case)

    assert work.case(case).is_overdue is False


def test_a_check_needs_words_and_is_kept_in_the_round(work):
    case = work.to(S.ACCEPTED)
    with pytest.raises(RuleBroken, match="请写下核实到的情况") as refused:
        work.ask(ZHAO, RecordVerification, case, note=" ")
    assert refused.value.field == "note"

    work.ask(ZHAO, RecordVerification, case, note="配电箱漏电。")

    row = work.all(Round, case)[0]
    assert (row.verify_note, row.verified_at) == ("配电箱漏电。", work.clock())


@pytest.mark.parametrize("name", [CHEN, SUN, ZHOU])
def test_only_the_leading_unit_checks_and_finishes(work, name):
    case = work.to(S.HANDLING, community=work.unit("榕东社区"))

    with pytest.raises(NotAllowed):
        work.ask(name, FinishHandling, case, **FINISHED)


def test_a_support_reports_and_only_then_the_lead_may_finish(work):
    case = work.to(S.DISPATCHED, supports=("榕东社区",))
    work.to(S.HANDLING, case)
    with pytest.raises(RuleBroken, match="榕东还没有反馈"):
        work.ask(ZHAO, FinishHandling, case, **FINISHED)
    work.ask(CHEN, AcceptAssignment, case)
    with pytest.raises(RuleBroken, match="榕东还没有反馈"):
        work.ask(ZHAO, FinishHandling, case, **FINISHED)
    with pytest.raises(RuleBroken, match="请写下协办做了什么") as refused:
        work.ask(CHEN, ReportSupport, case, result=HandlingResult.SOLVED, feedback="")
    assert refused.value.field == "feedback"

    told = {"result": HandlingResult.SOLVED, "feedback": "已逐户告知停电时间。"}
    changes = work.ask(CHEN, ReportSupport, case, **told)
    work.ask(ZHAO, FinishHandling, case, **FINISHED)

    assert changes.title == "协办反馈 榕东 已解决"
    part = work.all(Assignment, case)[1]
    assert (part.status, part.feedback) == (AssignmentStatus.REPORTED, "已逐户告知停电时间。")
    assert work.case(case).status is S.OPINION


def test_who_has_no_part_reports_none(work):
    case = work.to(S.HANDLING)

    with pytest.raises(NotAllowed):
        work.ask(LIANG, ReportSupport, case, result=HandlingResult.SOLVED, feedback="做了")
    with pytest.raises(RuleBroken, match="没有等您反馈的协办"):
        work.ask(COMMAND_LINE, ReportSupport, case, result=HandlingResult.SOLVED, feedback="做了")


def test_finishing_stops_the_limit_and_drafts_the_opinion_from_the_record(work):
    case = work.to(S.HANDLING)
    at = work.clock.forward(minutes=30)

    changes = work.ask(ZHAO, FinishHandling, case, **FINISHED)

    found = work.case(case)
    assert changes.title == "办理完毕 已解决"
    assert (found.status, found.result) == (S.OPINION, HandlingResult.SOLVED)
    assert work.clock_of(case, ClockKind.HANDLE).stopped_at == at
    assert work.clock_of(case, ClockKind.OPINION).started_at == at
    assert found.next_clock is ClockKind.OPINION
    part = work.all(Assignment, case)[0]
    assert (part.status, part.reported_at) == (AssignmentStatus.REPORTED, at)
    draft = work.all(Opinion, case)[0]
    assert draft.title == "关于陈桂芳反映七栋楼道漏电，手背碰到扶手发麻问题的处理意见书"
    assert "2026年11月2日" in draft.acceptance
    assert "由城建办承办" in draft.acceptance
    assert "经核实：配电箱漏电。" in draft.findings
    assert "11月2日9时03分" in draft.findings
    assert draft.decision == "已更换线路。您反映的问题已解决。"


def test_a_long_name_and_heading_still_give_a_title_that_can_be_kept(work):
    case = work.to(
        S.OPINION, summary="长" * 200, appellant=Appellant(name="名" * 50, phone="13800000001")
    )

    title = work.all(Opinion, case)[0].title
    assert len(title) == 200
    assert title.endswith("…问题的处理意见书")


def test_a_case_without_a_name_a_call_or_a_check_is_drafted_plainly(work):
    case = work.register(exit=Exit.OWN_UNIT, appellant=Appellant(), channel=Channel.LETTER)
    work.ask(LI, RecordVerification, case, note="查过。")
    work.ask(LI, FinishHandling, case, **FINISHED)
    draft = work.all(Opinion, case)[0]
    assert draft.title.startswith("关于诉求人反映")
    assert draft.findings == "11月2日，经核实：查过。"
    # a second round without a new check
    work.to(S.FOLLOW_UP, case, handler=LI)
    again(work, case)
    work.ask(LI, FinishHandling, case, **FINISHED)
    assert work.all(Opinion, case)[-1].findings == "经核实，情况如下："


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [({"measures": " "}, "measures", "请写下怎么办的")],
)
def test_finishing_needs_words(work, more, field, sentence):
    case = work.to(S.HANDLING)

    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(ZHAO, FinishHandling, case, **(FINISHED | more))

    assert refused.value.field == field


def test_lateness_is_explained_once_when_handling_ends(work):
    case = work.to(S.HANDLING, urgency=Urgency.FAST)
    work.clock.forward(hours=25)
    with pytest.raises(RuleBroken, match="已超过办理时限") as refused:
        work.ask(ZHAO, FinishHandling, case, **FINISHED)
    assert refused.value.field == "late_reason"

    work.ask(ZHAO, FinishHandling, case, **FINISHED, late_reason="配件晚到一天。")

    assert work.case(case).is_overdue is True
    assert work.all(Round, case)[0].late_reason == "配件晚到一天。"


def again(work, case, who=WU, **more):
    """Record a follow-up that leads to a second round."""
    answers = {
        "is_reached": True,
        "was_contacted": True,
        "resolution": Resolution.NO,
        "satisfaction": Satisfaction.DISSATISFIED,
        "discontent": Discontent.NOT_SOLVED,
        "next_step": NextStep.AGAIN,
    }
    return work.ask(who, RecordFollowUp, case, **(answers | more))


def test_a_second_round_has_its_own_limit_and_leaves_the_first_as_it_was(work):
    case = work.to(S.FOLLOW_UP)
    first = work.clock_of(case, ClockKind.HANDLE)
    at = work.clock.forward(hours=2)

    changes = again(work, case)

    found = work.case(case)
    assert changes.title == "回访 未解决、不满意，二次办理"
    assert (found.status, found.round_no) == (S.HANDLING, 2)
    assert found.lead_unit_id == work.unit("城建办")
    second = work.clock_of(case, ClockKind.HANDLE)
    assert (second.round_no, second.started_at) == (2, at)
    assert work.clock_of(case, ClockKind.CONTACT).round_no == 2
    assert work.clock_of(case, ClockKind.VERIFY).round_no == 1
    assert first.stopped_at is not None
    rounds = work.all(Round, case)
    assert [(row.number, row.reason) for row in rounds] == [(1, None), (2, "未解决")]
    part = work.all(Assignment, case)[-1]
    assert (part.round_no, part.role, part.status) == (
        2,
        AssignmentRole.LEAD,
        AssignmentStatus.ACCEPTED,
    )
    assert work.papers(case, "followup-record")[0].row["again_by"] is not None


def test_the_second_round_goes_the_whole_way_again(work):
    case = work.to(S.FOLLOW_UP)
    again(work, case)

    work.to(S.CLOSED, case)

    assert work.case(case).satisfaction is Satisfaction.SATISFIED
    assert [opinion.round_no for opinion in work.all(Opinion, case)] == [1, 2]
    assert len({paper.number for paper in work.papers(case, "opinion-notice")}) == 2
