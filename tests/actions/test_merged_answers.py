"""Everybody whose appeal was merged is answered, served and called back by himself."""

import pytest

from desk.actions.followup import RecordFollowUp
from desk.actions.intake import Appellant
from desk.actions.last_mile import SealPaper
from desk.actions.revising import ReviseOpinion
from desk.actions.set_aside import MergeCase, UnmergeCase
from desk.actions.signing import SignOpinion, UnsignOpinion
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    Discontent,
    HandlingResult,
    NextStep,
    OpinionStatus,
    PaperState,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import may_see
from desk.store.models import Assignment, Clock, Matter, Opinion, Round
from tests.actions.test_set_aside import REASON, facts
from tests.actions.work import CHEN, FENG, WU, ZHAO, ZHENG, ZHOU, S

XU_ZHIMING = Appellant(name="许志明", phone="13800000041")


AGAIN = {
    "is_reached": True,
    "was_contacted": True,
    "resolution": Resolution.NO,
    "satisfaction": Satisfaction.DISSATISFIED,
    "discontent": Discontent.NOT_SOLVED,
    "next_step": NextStep.AGAIN,
    "over_reason": "诉求人等着回话",
}


def merged(work, *statuses, **more):
    """Return a main case that waits for its signature, and cases merged into it."""
    main = work.to(S.HANDLING)
    cases = []
    for status in statuses or (S.RECEIVED,):
        case = work.register(appellant=XU_ZHIMING, **more)
        case = (
            case if status is S.RECEIVED else work.to(status, case, lead="榕东社区", handler=CHEN)
        )
        work.ask(ZHOU, MergeCase, case, into=main, reason=REASON)
        cases.append(case)
    work.to(S.SIGNING, main)
    return main, *cases


def sign(work, main):
    return work.ask(ZHENG, SignOpinion, main, is_agreed=True)


@pytest.mark.parametrize("status", [S.RECEIVED, S.DISPATCHED, S.HANDLING, S.OPINION])
def test_when_the_main_case_is_signed_each_appellant_gets_an_answer_of_his_own(work, status):
    main, case = merged(work, status)

    changes = sign(work, main)

    assert changes.cases == (main, case)
    assert changes.title.endswith("，一并答复 1 件")
    assert work.case(case).status is S.SEALING
    own, signed = work.all(Opinion, case)[-1], work.all(Opinion, main)[-1]
    assert own.status is OpinionStatus.SIGNED
    assert "许志明" in own.title
    assert "陈桂芳" not in own.title + own.acceptance + own.findings + own.decision
    assert (own.findings, own.decision) == (signed.findings, signed.decision)
    assert (own.signed_at, own.signed_by) == (signed.signed_at, work.staff(ZHENG))
    notice, other = (work.papers(one, "opinion-notice")[-1] for one in (case, main))
    assert notice.row["salutation"] == "许志明"
    assert notice.state is PaperState.TO_SEAL
    assert notice.number == own.number != other.number
    assert {item["matter"] for item in own.items} == {row.id for row in work.all(Matter, case)}
    assert all(item["answer"] for item in own.items)


def test_a_merged_case_goes_the_rest_of_its_way_by_itself(work):
    main, case = merged(work)
    sign(work, main)

    work.to(S.ARCHIVED, case)

    assert work.case(main).status is S.SEALING
    kinds = work.kinds(case)
    assert {"paper.sealed", "paper.delivered", "case.followed_up"} <= set(kinds)
    assert "opinion.signed" in kinds
    stopped = [clock for clock in work.all(Clock, case) if clock.kind is ClockKind.FOLLOW_UP]
    assert len(stopped) == 1
    work.to(S.ARCHIVED, main)


def test_who_handled_the_main_case_answers_for_the_rest(work):
    main, case = merged(work, S.HANDLING)
    sign(work, main)

    found = work.case(case)
    assert (found.lead_unit_id, found.handler_id) == (work.unit("城建办"), work.staff(ZHAO))
    assert found.result is HandlingResult.SOLVED
    standing = [
        part for part in work.all(Assignment, case) if part.status is not AssignmentStatus.REPLACED
    ]
    assert [(part.unit_id, part.role) for part in standing] == [
        (work.unit("城建办"), AssignmentRole.LEAD)
    ]
    assert may_see(work.stand(case), work.hall.person(ZHAO))
    assert work.all(Round, case)[-1].measures == "已更换线路。"


@pytest.mark.parametrize("status", [S.RECEIVED, S.DISPATCHED, S.HANDLING, S.OPINION])
def test_a_signature_taken_back_takes_back_what_it_answered(work, status):
    main, case = merged(work, status)
    before = facts(work.case(case)), [facts(clock) for clock in work.all(Clock, case)]
    told = [facts(row) for table in (Matter, Round) for row in work.all(table, case)]
    parts = [facts(part) for part in work.all(Assignment, case)]
    sign(work, main)
    first = work.papers(case, "opinion-notice")[-1]

    changes = work.ask(ZHENG, UnsignOpinion, main)

    assert changes.cases == (main, case)
    assert (facts(work.case(case)), [facts(c) for c in work.all(Clock, case)]) == before
    assert [facts(row) for table in (Matter, Round) for row in work.all(table, case)] == told
    assert [facts(part) for part in work.all(Assignment, case)[: len(parts)]] == parts
    assert work.papers(case, "opinion-notice")[-1].state is PaperState.VOID
    assert work.all(Opinion, case)[-1].status is OpinionStatus.SENT_BACK
    work.clock.forward(minutes=5)
    sign(work, main)

    second = work.papers(case, "opinion-notice")[-1]
    assert (second.number, second.revision) == (first.number, 2)
    assert work.case(case).status is S.SEALING


def test_a_case_taken_apart_after_a_signature_was_taken_back_goes_its_own_way(work):
    main, case = merged(work, S.HANDLING)
    sign(work, main)
    work.ask(ZHENG, UnsignOpinion, main)

    work.ask(ZHOU, UnmergeCase, case)

    assert work.case(case).status is S.HANDLING
    work.to(S.CLOSED, case, handler=CHEN)


def test_what_was_answered_is_not_taken_apart_any_more(work):
    main, case = merged(work)
    sign(work, main)
    with pytest.raises(NotAllowed):
        work.ask(ZHOU, UnmergeCase, case)


def test_an_answer_that_was_sealed_keeps_the_signature(work):
    main, case, other = merged(work, S.RECEIVED, S.RECEIVED)
    sign(work, main)
    work.ask(FENG, SealPaper, case)
    with pytest.raises(RuleBroken, match=f"{work.case(case).number} 已按这份意见盖章.*改后重签"):
        work.ask(ZHENG, UnsignOpinion, main)

    work.ask(ZHAO, ReviseOpinion, main, reason="错了一个字")

    assert work.case(case).status is S.DELIVERING
    assert work.case(other).status is S.MERGED
    work.to(S.SEALING, main)
    assert work.case(other).status is S.SEALING
    work.to(S.CLOSED, case)


def test_a_main_case_without_merged_ones_is_signed_alone(work):
    main = work.to(S.SIGNING)
    assert "一并答复" not in sign(work, main).title


def test_several_matters_of_the_main_case_answer_each_matter_of_the_merged_one(work):
    main = work.register(matters=("七栋漏电", "八栋路灯不亮"))
    case = work.register(appellant=XU_ZHIMING, matters=("灯不亮", "电线裸露"))
    work.ask(ZHOU, MergeCase, case, into=main, reason=REASON)
    work.to(S.SIGNING, main)
    sign(work, main)

    items = work.all(Opinion, case)[-1].items
    assert [item["content"] for item in items] == ["灯不亮", "电线裸露"]
    assert {row.result for row in work.all(Matter, case)} == {HandlingResult.SOLVED}


def test_a_second_round_of_the_main_case_leaves_those_alone_that_were_answered(work):
    main, case = merged(work)
    sign(work, main)
    work.to(S.DELIVERING, case)
    work.to(S.FOLLOW_UP, main)
    work.ask(WU, RecordFollowUp, main, **AGAIN)
    work.to(S.SIGNING, main, handler=ZHAO)

    sign(work, main)

    assert work.case(case).status is S.DELIVERING
    assert len(work.all(Opinion, case)) == 1
    work.ask(ZHENG, UnsignOpinion, main)
    assert work.case(case).status is S.DELIVERING


def test_supporting_units_get_their_parts_back_too(work):
    main = work.to(S.HANDLING)
    case = work.register(appellant=XU_ZHIMING)
    work.to(S.ACCEPTED, case, lead="榕东社区", supports=("南塘社区",), handler=CHEN)
    before = [(part.unit_id, part.role, part.status) for part in work.all(Assignment, case)]
    work.ask(ZHOU, MergeCase, case, into=main, reason=REASON)
    work.to(S.SIGNING, main)
    sign(work, main)

    work.ask(ZHENG, UnsignOpinion, main)

    parts = work.all(Assignment, case)[: len(before)]
    assert [(part.unit_id, part.role, part.status) for part in parts] == before
    assert work.case(case).lead_unit_id == work.unit("榕东社区")
