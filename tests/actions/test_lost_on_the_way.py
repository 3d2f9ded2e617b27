"""What random lives lost on the way (`test_whole_life_machine`), each told once by itself."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DecideReturn
from desk.actions.followup import MatterWord, RecordFollowUp
from desk.actions.handling import AcceptAssignment
from desk.actions.matters import AddMatter, AnswerMatter
from desk.actions.pauses import ResumeClocks
from desk.actions.set_aside import LinkRepeat, MergeCase
from desk.actions.signing import SignOnPaper, UnsignOpinion
from desk.actions.taking_back import TakeBack
from desk.queries.standing_still import waiting_requests
from desk.rules.codes import (
    AssignmentStatus,
    ClockKind,
    ContactResult,
    Discontent,
    Exit,
    NextStep,
    Purpose,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import RuleBroken
from desk.store.models import Assignment, ClockPause, DispatchProposal, Matter
from tests.actions.several import BOTH, answer
from tests.actions.test_extensions import ask
from tests.actions.test_pauses import pause
from tests.actions.test_recusal import accuse
from tests.actions.test_taking_back import ask_back, dispatch
from tests.actions.work import CHEN, LI, QIN, SUN, WANG, WU, ZHAO, ZHOU, S

ENFORCEMENT = "综合行政执法队"
AGAIN = {
    "is_reached": True,
    "was_contacted": True,
    "satisfaction": Satisfaction.DISSATISFIED,
    "discontent": Discontent.NOT_SOLVED,
    "next_step": NextStep.AGAIN,
}


def units(work, case):
    return [matter.unit_id for matter in work.all(Matter, case)]


def pauses(work):
    with Session(work.hall.engine) as session:
        return session.scalars(select(ClockPause)).all()


def test_a_matter_added_in_the_minute_goes_back_with_the_dispatch(work):
    case = work.register()
    dispatch(work, case)
    work.ask(LI, AddMatter, case, contents=("还有一件",))

    work.ask(ZHOU, TakeBack, case)

    assert units(work, case) == [None, None]


def test_no_matter_stays_with_a_support_once_the_case_was_handed_back(work):
    case = work.to(S.DISPATCHED, matters=BOTH)
    given = ((work.all(Matter, case)[1].id, work.unit(ENFORCEMENT)),)
    dispatch(work, case, supports=(ENFORCEMENT,), reason="请执法队协办", matters=given)
    ask_back(work, case)

    work.ask(ZHOU, DecideReturn, case, is_agreed=True)

    assert units(work, case) == [None, None]


def test_a_dispatch_is_not_taken_back_to_a_unit_that_the_case_is_about_by_now(work):
    case = work.to(S.DISPATCHED)
    dispatch(work, case, lead=ENFORCEMENT, reason="换一家")
    accuse(work, case, LI, unit="城建办")

    with pytest.raises(RuleBroken, match="被反映"):
        work.ask(ZHOU, TakeBack, case)

    standing = [one for one in work.all(Assignment, case) if one.status is AssignmentStatus.WAITING]
    assert [one.unit_id for one in standing] == [work.unit(ENFORCEMENT)]


def test_what_stood_still_stands_still_again_once_the_dispatch_is_taken_back(work):
    case = work.to(S.HANDLING)
    pause(work, case)
    before = work.clock_of(case, ClockKind.HANDLE)
    work.clock.forward(minutes=1)
    dispatch(work, case, lead=ENFORCEMENT, reason="换一家")
    work.clock.forward(seconds=20)

    work.ask(ZHOU, TakeBack, case)

    after = work.clock_of(case, ClockKind.HANDLE)
    assert (after.paused_since, after.pause_reason) == (before.paused_since, before.pause_reason)
    assert (after.due_at, after.half_at) == (before.due_at, before.half_at)
    assert [(one.until_at, one.ended_by) for one in pauses(work)] == [(None, None)]
    work.ask(ZHAO, ResumeClocks, case)
    stood = work.clock() - before.paused_since
    assert work.clock_of(case, ClockKind.HANDLE).due_at == before.due_at + stood


def test_repeats_never_come_round_to_themselves_by_a_merger(work):
    first, second, third = work.register(), work.register(), work.register()
    work.ask(LI, LinkRepeat, second, earlier=first)
    work.ask(LI, LinkRepeat, third, earlier=second)

    work.ask(ZHOU, MergeCase, first, into=third, reason="同一件事")

    assert work.case(first).repeat_of_id is None
    assert work.case(first).merged_into_id == third


def test_what_the_first_leader_sends_himself_waits_for_his_word_no_longer(work):
    case = work.register(accused_unit=work.unit("城建办"))
    dispatch(work, case, lead=ENFORCEMENT)
    (asked,) = work.all(DispatchProposal, case)
    assert asked.decided_at is None

    dispatch(work, case, who=WANG, lead=ENFORCEMENT)

    (closed,) = work.all(DispatchProposal, case)
    assert (closed.is_confirmed, closed.note) == (None, "没有等确认，已直接派出")


def test_what_was_settled_in_the_first_round_stays_answered_whoever_is_complained_about(work):
    case = work.to(S.FOLLOW_UP, matters=BOTH)
    first, second = work.all(Matter, case)
    said = (MatterWord(first.id, Resolution.YES), MatterWord(second.id, Resolution.NO))
    work.ask(WU, RecordFollowUp, case, matters=said, **AGAIN)

    accuse(work, case, LI, unit="城建办")

    settled, again = work.all(Matter, case)
    assert (settled.answer, settled.answered_by) == ("已更换线路。", work.staff(ZHAO))
    assert (again.answer, again.unit_id) == (None, None)
    dispatch(work, case, who=QIN, lead=ENFORCEMENT)
    work.ask(SUN, AcceptAssignment, case)
    work.ask(SUN, RecordContact, case, result=ContactResult.REACHED)
    work.to(S.ARCHIVED, case, handler=SUN)


def test_what_the_first_unit_answered_itself_is_answered_anew_if_it_is_complained_about(work):
    case = work.register(CHEN, exit=Exit.OWN_UNIT, first_unit=work.unit("榕东社区"), matters=BOTH)
    work.ask(CHEN, RecordContact, case, result=ContactResult.REACHED)
    work.ask(CHEN, AnswerMatter, case, answers=(answer(work.all(Matter, case)[0].id),))

    accuse(work, case, ZHOU, unit="榕东社区")

    assert [one.answer for one in work.all(Matter, case)] == [None, None]


def test_nobody_is_asked_for_more_time_that_can_no_longer_be_given(work):
    case = work.to(S.HANDLING)
    ask(work, case)
    assert [row.case_id for row in work.desk(ZHOU).read(waiting_requests)] == [case]

    work.to(S.FOLLOW_UP, case)

    assert work.desk(ZHOU).read(waiting_requests) == ()


def test_who_keeps_a_report_and_typed_its_signature_in_may_take_it_back_too(work):
    case = work.register(purpose=Purpose.REPORT)
    dispatch(work, case, who=QIN, lead="纪工委")
    work.to(S.SIGNING, case, handler=QIN)
    signed = {"signer": work.staff(WANG), "signed_on": work.clock().date(), "is_agreed": True}
    work.ask(QIN, SignOnPaper, case, **signed)

    work.ask(QIN, UnsignOpinion, case)

    assert work.case(case).status is S.SIGNING
