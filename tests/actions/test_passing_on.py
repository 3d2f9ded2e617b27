"""A case that goes from unit to unit (退回、改派), and a support that is handed back (6.1 #7)."""

from datetime import date

import pytest

from desk.actions.dispatching import DecideReturn, DispatchCase, ReturnDispatch
from desk.actions.handling import AcceptAssignment, FinishHandling
from desk.actions.matters import AssignMatter, MatterUnit
from desk.actions.papers import IssuePaper
from desk.actions.support import AddSupport, ReportSupport
from desk.actions.taking_back import TakeBack
from desk.queries.rates import rated_cases
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    DispatchMode,
    HandlingResult,
    PaperState,
    ReturnReason,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Assignment, Clock, Matter
from tests.actions.work import CHEN, LIANG, SUN, ZHAO, ZHOU, S

WHY = {"reason": ReturnReason.NOT_OURS, "note": "不在职责清单内"}
FINISHED = {"result": HandlingResult.SOLVED, "measures": "已更换线路。"}


def redirect(work, case, unit, **more):
    facts = {"lead": work.unit(unit), "urgency": Urgency.FAST, "reason": "归口"}
    return work.ask(ZHOU, DispatchCase, case, **(facts | more))


def part_of(work, case, unit):
    return [p for p in work.all(Assignment, case) if p.unit_id == work.unit(unit)][-1]


def clocks_of(work, case, part):
    return {c.kind: c for c in work.all(Clock, case) if c.assignment_id == part.id}


def test_returns_and_redirects_together_lead_to_the_dispatchers_last_word(work):
    case = work.to(S.DISPATCHED)
    redirect(work, case, "综合行政执法队")
    redirect(work, case, "城建办")
    work.ask(ZHAO, ReturnDispatch, case, **WHY)
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    redirect(work, case, "综合行政执法队", reason="")

    with pytest.raises(RuleBroken, match="已退回 1 次、改派 2 次，由信联办指定主办"):
        work.ask(SUN, ReturnDispatch, case, **WHY)
    found = work.case(case)
    assert (found.return_count, found.redirect_count) == (1, 2)


def test_the_figures_count_as_returned_what_units_handed_back_and_nothing_else(work):
    case = work.to(S.DISPATCHED)
    redirect(work, case, "综合行政执法队")

    day = date(2026, 11, 2)
    (row,) = work.desk(ZHOU).read(lambda reader: rated_cases(reader, day, day))
    assert not row.is_returned


def test_other_supports_for_the_same_lead_pass_nothing_on(work):
    case = work.to(S.DISPATCHED)
    redirect(work, case, "城建办", supports=(work.unit("榕东社区"),))
    assert work.case(case).redirect_count == 0


def test_a_redirect_that_is_taken_back_never_was_one(work):
    case = work.to(S.DISPATCHED)
    redirect(work, case, "综合行政执法队")
    assert work.case(case).redirect_count == 1
    work.ask(ZHOU, TakeBack, case)
    assert work.case(case).redirect_count == 0


@pytest.mark.parametrize("status", [S.DISPATCHED, S.HANDLING])
def test_a_support_is_handed_back_alone_and_its_limits_end_with_the_answer(work, status):
    case = work.to(status, supports=("榕东社区",))
    if status is S.HANDLING:
        work.ask(CHEN, AcceptAssignment, case)
    lead = {c.id: c.due_at for c in work.all(Clock, case) if c.assignment_id is None}

    changes = work.ask(CHEN, ReturnDispatch, case, **WHY)

    part = part_of(work, case, "榕东社区")
    assert changes.title == "榕东申请退回协办：职责不符"
    assert part.status is AssignmentStatus.RETURNING
    assert any(clock.stopped_at is None for clock in clocks_of(work, case, part).values())
    assert len(work.papers(case, "extension-request")) == 1
    at = work.clock.forward(minutes=5)
    changes = work.ask(ZHOU, DecideReturn, case, is_agreed=True)

    part, found = part_of(work, case, "榕东社区"), work.case(case)
    assert changes.title == "同意榕东退回协办"
    assert (part.status, part.ended_at) == (AssignmentStatus.RETURNED, at)
    assert part.ended_from is AssignmentStatus.RETURNING
    assert clocks_of(work, case, part)[ClockKind.HANDLE].stopped_at == at
    assert (found.status, found.return_count, found.mode) == (status, 0, DispatchMode.DIRECT)
    after = {c.id: c.due_at for c in work.all(Clock, case) if c.assignment_id is None}
    assert after == lead
    work.ask(ZHOU, AddSupport, case, units=(work.unit("榕东社区"),), reason="换一件事请他们")


def test_a_support_that_is_not_let_go_goes_on_as_it_was(work):
    case = work.to(S.HANDLING, supports=("榕东社区", "南塘社区"))
    work.ask(CHEN, AcceptAssignment, case)
    for who in (CHEN, LIANG):
        work.ask(who, ReturnDispatch, case, **WHY)
    mine = part_of(work, case, "南塘社区").id

    for part in (mine, None):
        work.ask(ZHOU, DecideReturn, case, part=part, is_agreed=False, note="清单第三条")

    assert part_of(work, case, "榕东社区").status is AssignmentStatus.ACCEPTED
    assert part_of(work, case, "南塘社区").status is AssignmentStatus.WAITING
    work.ask(CHEN, ReportSupport, case, result=HandlingResult.SOLVED, feedback="已到场")
    with pytest.raises(NotAllowed):
        work.ask(CHEN, ReturnDispatch, case, **WHY)


def test_the_lead_waits_until_a_support_that_wants_to_go_is_answered(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    work.ask(CHEN, ReturnDispatch, case, **WHY)
    with pytest.raises(RuleBroken, match="榕东还没有反馈"):
        work.ask(ZHAO, FinishHandling, case, **FINISHED)
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    work.ask(ZHAO, FinishHandling, case, **FINISHED)


def test_matters_of_a_support_that_goes_fall_to_the_lead(work):
    case = work.to(S.HANDLING, supports=("榕东社区",), matters=("换灯", "清楼道"))
    first = work.all(Matter, case)[0].id
    given = (MatterUnit(first, work.unit("榕东社区")),)
    work.ask(ZHOU, AssignMatter, case, matters=given)
    work.ask(CHEN, ReturnDispatch, case, **WHY)
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    assert {matter.unit_id for matter in work.all(Matter, case)} == {work.unit("城建办")}


def test_where_lead_and_support_both_want_to_go_the_lead_is_answered_first(work):
    case = work.to(S.DISPATCHED, supports=("榕东社区",))
    work.ask(CHEN, ReturnDispatch, case, **WHY)
    work.ask(ZHAO, ReturnDispatch, case, **WHY)
    theirs = part_of(work, case, "榕东社区").id

    work.ask(ZHOU, DecideReturn, case, is_agreed=True)

    assert work.case(case).status is S.RECEIVED
    assert part_of(work, case, "榕东社区").status is AssignmentStatus.REPLACED
    redirect(work, case, "综合行政执法队")
    work.ask(SUN, ReturnDispatch, case, **WHY)
    with pytest.raises(RuleBroken, match="已经答复过了"):
        work.ask(ZHOU, DecideReturn, case, part=theirs, is_agreed=True)


def valid(work, case):
    """What the papers of handing back say that still hold, by the unit that asked."""
    papers = work.papers(case, "extension-request")
    rows = [paper.row for paper in papers if paper.state is PaperState.ISSUED]
    return {row["lead_unit"]: (row["asked_by"], row["explanation"], row["result"]) for row in rows}


@pytest.mark.parametrize("last", ["榕东社区", "城建办"])
def test_each_unit_is_answered_on_its_own_paper(work, last):
    case = work.to(S.DISPATCHED, supports=("榕东社区",))
    asked = {"榕东社区": (CHEN, "楼内没有违建"), "城建办": (ZHAO, "归区里管")}
    for unit in sorted(asked, key=lambda name: name == last):
        who, note = asked[unit]
        work.ask(who, ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note=note)

    theirs = part_of(work, case, "榕东社区").id
    work.ask(ZHOU, DecideReturn, case, part=theirs, is_agreed=True, note="有劳")

    assert valid(work, case) == {
        "榕东": (CHEN, "楼内没有违建", "同意退回协办，主办不变"),
        "城建办": (ZHAO, "归区里管", None),
    }
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    assert valid(work, case)["城建办"] == (ZHAO, "归区里管", "同意退回，重新分拨")
    assert len(valid(work, case)) == 2


@pytest.mark.parametrize("is_agreed", [None, True, False])
def test_the_paper_of_a_support_is_corrected_and_still_says_who_asked(work, is_agreed):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    work.ask(CHEN, ReturnDispatch, case, **WHY)
    if is_agreed is not None:
        work.ask(ZHOU, DecideReturn, case, is_agreed=is_agreed, note="清单第三条")
    before = work.papers(case, "extension-request")[-1]

    work.ask(ZHOU, IssuePaper, case, code="extension-request")

    paper = work.papers(case, "extension-request")[-1]
    assert (paper.revision, paper.replaces_id) == (before.revision + 1, before.id)
    changing = {"qr", "serial", "filled_by"}
    assert {key: paper.row[key] for key in paper.row.keys() - changing} == {
        key: before.row[key] for key in before.row.keys() - changing
    }
    assert len(valid(work, case)) == 1


def test_who_has_both_parts_says_which_one_he_hands_back(work):
    case = work.to(S.DISPATCHED, lead="榕东社区")
    grid = work.unit("榕东第1网格")
    redirect(work, case, "榕东社区", grid=grid)
    part = next(p for p in work.all(Assignment, case) if p.role is AssignmentRole.GRID)

    with pytest.raises(RuleBroken, match="这一部分已不在您手里"):
        work.ask(CHEN, ReturnDispatch, case, part=1, **WHY)
    work.ask(CHEN, ReturnDispatch, case, part=part.id, **WHY)
    work.ask(CHEN, ReturnDispatch, case, **WHY)

    asked = {p.role for p in work.all(Assignment, case) if p.status is AssignmentStatus.RETURNING}
    assert asked == {AssignmentRole.LEAD, AssignmentRole.GRID}
    with pytest.raises(RuleBroken, match="已经申请过退回"):
        work.ask(CHEN, ReturnDispatch, case, **WHY)
