"""Whom a case is about is often said late: parked, signed, on the way, at the call-back (9.4)."""

import pytest

from desk.actions.archiving import ArchiveCase
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DispatchCase
from desk.actions.followup import RecordFollowUp
from desk.actions.handling import AcceptAssignment
from desk.actions.last_mile import SealPaper
from desk.actions.set_aside import MergeCase, ReinstateCase, UnmergeCase, WithdrawCase
from desk.actions.signing import SignOpinion
from desk.queries.about_staff import cases_about_staff
from desk.rules.clock_codes import ExtensionState
from desk.rules.codes import (
    AssignmentStatus,
    ClockKind,
    ConfirmWay,
    ContactResult,
    Exit,
    OpinionStatus,
    PaperState,
    Purpose,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Assignment, Clock, ExtensionRequest, Opinion
from tests.actions.test_extensions import parked
from tests.actions.test_merged_answers import AGAIN, merged, sign
from tests.actions.test_recusal import accuse, running, sees, standing
from tests.actions.work import CHEN, FENG, HE, LI, QIN, SUN, WANG, WU, ZHAO, ZHENG, ZHOU, S

NEW = {"lead": "综合行政执法队", "handler": SUN}


def test_a_parked_case_is_taken_from_the_unit_it_is_about_and_its_limits_run_again(work):
    case = parked(work)

    changes = accuse(work, case, LI, unit="城建办")

    assert changes.title == "记录被反映单位、人员，城建办不再承办"
    assert work.case(case).status is S.RECEIVED
    assert {ClockKind.DISPATCH, ClockKind.HANDLE} <= set(running(work, case))
    assert all(clock.paused_since is None for clock in running(work, case).values())
    (row,) = work.all(ExtensionRequest, case)
    assert row.state is ExtensionState.GRANTED
    assert row.ended_at is not None
    work.to(S.SIGNING, case, **NEW)


@pytest.mark.parametrize("status", [S.SEALING, S.DELIVERING])
def test_what_was_not_delivered_yet_is_void_and_done_anew_by_somebody_else(work, status):
    case = work.to(status)
    first = work.papers(case, "opinion-notice")[0]

    accuse(work, case, WU, unit="城建办")

    assert work.case(case).status is S.RECEIVED
    assert work.all(Opinion, case)[-1].status is OpinionStatus.SENT_BACK
    assert work.papers(case, "opinion-notice")[0].state is PaperState.VOID
    assert not sees(work, case, ZHAO)
    assert ClockKind.HANDLE in running(work, case)
    work.to(S.CLOSED, case, **NEW)
    assert work.papers(case, "opinion-notice")[-1].number != first.number


@pytest.mark.parametrize("status", [S.SEALING, S.DELIVERING])
def test_what_the_leader_signed_whom_it_is_about_is_signed_by_another_one(work, status):
    case = work.to(status)

    changes = accuse(work, case, staff=ZHENG)

    assert changes.title == "记录被反映单位、人员"
    assert work.case(case).status is S.OPINION
    assert work.case(case).lead_unit_id == work.unit("城建办")
    assert work.papers(case, "opinion-notice")[0].state is PaperState.VOID
    fresh = max(work.all(Opinion, case), key=lambda one: one.revision)
    assert fresh.written_by == work.staff(ZHAO)  # not whoever said whom it is about
    work.to(S.SIGNING, case)
    with pytest.raises(NotAllowed, match="回避或保密"):
        work.ask(ZHENG, SignOpinion, case, is_agreed=True)
    work.ask(WANG, SignOpinion, case, is_agreed=True)
    assert work.case(case).status is S.SEALING


def test_a_complaint_about_somebody_else_leaves_what_was_signed(work):
    case = work.to(S.SEALING)
    accuse(work, case, staff=CHEN)
    assert work.case(case).status is S.SEALING
    work.ask(FENG, SealPaper, case)


@pytest.mark.parametrize("accused", [{"unit": "城建办"}, {"staff": ZHAO}])
def test_who_answered_is_named_at_the_call_back_and_another_unit_does_the_next_round(work, accused):
    case = work.to(S.FOLLOW_UP)

    changes = accuse(work, case, WU, **accused)

    assert changes.title == "记录被反映单位、人员"
    assert work.case(case).status is S.FOLLOW_UP
    assert not sees(work, case, ZHAO)
    with pytest.raises(NotAllowed, match="回避或保密"):
        work.ask(ZHAO, RecordFollowUp, case, is_reached=False)
    work.ask(QIN, RecordFollowUp, case, is_reached=False)
    changes = work.ask(WU, RecordFollowUp, case, **AGAIN)

    found = work.case(case)
    assert changes.title == "回访 未解决、不满意，二次办理"
    assert (found.status, found.lead_unit_id, found.handler_id) == (S.RECEIVED, None, None)
    assert [part for part in standing(work, case) if part.round_no == found.round_no] == []
    assert {ClockKind.DISPATCH, ClockKind.HANDLE} <= set(running(work, case))
    lead = work.unit(NEW["lead"])
    work.ask(QIN, DispatchCase, case, lead=lead, urgency=Urgency.FAST)
    work.ask(SUN, AcceptAssignment, case)
    work.ask(SUN, RecordContact, case, result=ContactResult.REACHED)
    assert work.case(case).status is S.HANDLING
    work.to(S.CLOSED, case, **NEW)


def test_what_was_answered_on_the_spot_goes_to_others_if_its_desk_is_complained_about(work):
    for accused in ({"unit": "榕东社区"}, {"staff": CHEN}):
        case = work.register(
            CHEN, first_unit=work.unit("榕东社区"), exit=Exit.ON_SPOT, answer="当场说清了。"
        )
        accuse(work, case, ZHOU, **accused)
        assert work.case(case).status is S.CLOSED
        work.ask(WU, RecordFollowUp, case, **AGAIN)
        assert work.case(case).status is S.RECEIVED


@pytest.mark.parametrize("status", [S.CLOSED, S.ARCHIVED])
def test_a_closed_case_is_kept_from_whom_it_is_about_and_shown_to_the_inspectors(work, status):
    case = work.to(status)
    before = [(part.unit_id, part.status) for part in work.all(Assignment, case)]

    accuse(work, case, QIN, staff=ZHAO, as_report=True)

    found = work.case(case)
    assert (found.status, found.is_secret, found.purpose) == (status, True, Purpose.REPORT)
    assert [name for name in (ZHAO, FENG, QIN, ZHENG) if sees(work, case, name)] == [QIN, ZHENG]
    assert [(part.unit_id, part.status) for part in work.all(Assignment, case)] == before
    assert [row.case_id for row in work.desk(QIN).read(cases_about_staff)] == [case]
    assert work.desk(FENG).read(cases_about_staff) == ()
    work.clock.forward(days=31)
    assert work.desk(QIN).read(cases_about_staff) == ()


def test_what_was_taken_back_and_is_taken_up_again_waits_for_another_unit(work):
    case = work.to(S.HANDLING)
    work.ask(LI, WithdrawCase, case, reason="怕被刁难", way=ConfirmWay.WRITTEN)

    accuse(work, case, LI, unit="城建办")

    found = work.case(case)
    assert (found.status, found.set_aside_from) == (S.WITHDRAWN, S.RECEIVED)
    assert running(work, case) == {}
    work.ask(LI, ReinstateCase, case, reason="纪工委已找他谈")
    assert work.case(case).status is S.RECEIVED
    work.to(S.SIGNING, case, **NEW)


def test_what_was_taken_back_while_it_was_signed_comes_back_to_another_leader(work):
    case = work.to(S.SIGNING)
    work.ask(LI, WithdrawCase, case, reason="不办了", way=ConfirmWay.WRITTEN)

    accuse(work, case, LI, staff=ZHENG)
    work.ask(LI, ReinstateCase, case, reason="还要办")

    assert work.case(case).status is S.SIGNING
    work.ask(WANG, SignOpinion, case, is_agreed=True)


def test_what_was_sent_elsewhere_or_taken_back_by_a_ledger_only_loses_its_readers(work):
    guided = work.register(
        CHEN,
        first_unit=work.unit("榕东社区"),
        exit=Exit.GUIDANCE,
        answer="归区里",
        guided_to="区住建局",
    )
    gone = work.to(S.HANDLING)
    work.ask(LI, WithdrawCase, gone, reason="不办了", way=ConfirmWay.WRITTEN)
    work.hall.forget_where_it_stood(gone)
    for case, who in ((guided, CHEN), (gone, ZHAO)):
        accuse(work, case, staff=who)
        assert not sees(work, case, who)
    assert (work.case(guided).status, work.case(gone).status) == (S.GUIDED, S.WITHDRAWN)
    work.ask(HE, ArchiveCase, guided)


def test_said_of_a_merged_case_it_holds_for_all_that_are_handled_together(work):
    main, case, free = (work.to(S.HANDLING), work.register(), work.register())
    for one in (case, free):
        work.ask(ZHOU, MergeCase, one, into=main, reason="同一件事")

    changes = accuse(work, case, unit="城建办")

    assert set(changes.cases) == {main, case, free}
    assert changes.title.endswith("城建办不再承办")
    assert work.case(main).status is S.RECEIVED
    assert not any(sees(work, one, ZHAO) for one in (main, case, free))
    work.ask(ZHOU, UnmergeCase, case)


def test_who_does_not_see_the_main_case_leaves_it_to_the_dispatchers(work):
    case = work.register(CHEN, first_unit=work.unit("榕东社区"))
    main = work.to(S.HANDLING)
    work.ask(ZHOU, MergeCase, case, into=main, reason="同一件事")

    with pytest.raises(RuleBroken, match="请信联办在主件上记被反映单位、人员"):
        accuse(work, case, CHEN, unit="城建办")
    assert work.case(case).accused_unit_id is None


def test_answers_given_with_a_main_case_go_back_with_it_and_are_about_the_same_people(work):
    main, case = merged(work)
    sign(work, main)

    changes = accuse(work, main, unit="城建办")

    assert changes.cases == (main, case)
    assert (work.case(main).status, work.case(case).status) == (S.RECEIVED, S.MERGED)
    assert work.case(case).accused_unit_id == work.unit("城建办")
    work.to(S.SIGNING, main, **NEW)
    sign(work, main)
    assert work.case(case).status is S.SEALING


def test_a_case_answered_with_another_one_is_taken_from_its_unit_by_itself(work):
    main, case, other = merged(work, S.HANDLING, S.RECEIVED)
    sign(work, main)

    for one in (case, other):
        accuse(work, one, unit="城建办")

    assert (work.case(main).status, work.case(case).status) == (S.SEALING, S.RECEIVED)
    found = work.case(case)
    assert (found.lead_unit_id, found.set_aside_from) == (None, None)
    assert {ClockKind.DISPATCH, ClockKind.HANDLE} <= set(running(work, case))
    kinds = [clock.kind for clock in work.all(Clock, other) if clock.stopped_at is None]
    assert kinds.count(ClockKind.DISPATCH) == 1
    work.to(S.CLOSED, case, **NEW)
    assert AssignmentStatus.REPLACED in {part.status for part in work.all(Assignment, case)}
