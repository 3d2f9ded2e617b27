"""A case led by a leader (提级、领导包案): raised, handed over, concluded; nothing else ends it.

From the day it is raised the case goes by a plan: the limit of handling is the planned day, unless
it was over already or the law sets it. The registration form comes out with each of these steps.
Sources: DOMAIN.md 002-13, 2.10, 6.1 #10.
"""

from dataclasses import dataclass
from datetime import date

from desk.actions.checklists import CheckSaid, keep_answers
from desk.actions.clocks import recompute_clocks, running
from desk.actions.numbers import next_text
from desk.actions.papers import issue, look_layouts_up, newest_paper, replace_paper
from desk.rules.codes import ClockKind
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.leader_case_codes import CheckOccasion, LeaderOutcome, TeamRole
from desk.rules.leader_cases import (
    LEADERS,
    NOT_YOURS_TO_DIRECT,
    may_direct,
    require_conclusion,
    require_raise,
)
from desk.rules.moments import end_of
from desk.rules.numbering import NumberKind
from desk.rules.rights import may_see
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.extensions import extendable_of
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.leader_team import current_leader, open_leader_case
from desk.store.models import Case, LeaderCase, Paper, Staff, TeamMember
from desk.store.people import person_of, roles_of
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of

PAPER = "leader-case"
NONE_OPEN = "此件现在没有在办的包案，请刷新后再看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseLeaderCase(CaseRequest):
    """Have a leader take a case into his own hands (提级办理、领导包案).

    Attributes:
        planned_until: the day by which it is to be settled; handling goes by it from now on.
    """

    reason: str = words("提级原因", Field.BODY)
    leader: int
    started_on: date
    planned_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverLeaderCase(CaseRequest):
    """Hand a case to another leader (移交包案); who led it before stays in its history."""

    leader: int
    reason: str = words("移交原因", longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeLeaderCase(CaseRequest):
    """Say how a led case came out (包案结论)."""

    outcome: LeaderOutcome
    conclusion: str = words("化解结论", Field.BODY)
    concluded_on: date
    questions: tuple[CheckSaid, ...] = ()


@action(RaiseLeaderCase, "leader_case.raised")
def raise_leader_case(tx: Transaction, request: RaiseLeaderCase) -> Changes:
    """Raise a case: from now on a leader leads it, by a plan.

    Raises:
        RuleBroken: reason or plan are missing, it is led already, or whoever is named is no
            leader or has to stay out of it.
    """
    case = tx.open_case(request.case, request.seen, Deed.RAISE_LEADER_CASE)
    require_raise(
        reason=request.reason,
        started_on=request.started_on,
        planned_until=request.planned_until,
        today=tx.today,
    )
    if open_leader_case(tx.session, case.id) is not None:
        raise RuleBroken("此件已有领导在包案。要换人请用“移交”。", field="leader")
    leader = _leader(tx, case, request.leader)
    row = LeaderCase(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        reason=request.reason,
        leader_id=leader.id,
        started_on=request.started_on,
        planned_until=request.planned_until,
        raised_by=request.made_by,
        raised_at=request.happened_at,
    )
    tx.add(row)
    _seat(tx, row, leader, request.started_on)
    _go_by_plan(tx, case, request.planned_until)
    paper = _issue(tx, case, row)
    made = {"leader_case": row.id, "paper": paper.id, "number": paper.number}
    title = f"提级办理，{leader.name}包案"
    return Changes(title, cases=(case.id,), made=made, detail=request.reason)


@action(HandOverLeaderCase, "leader_case.handed_over")
def hand_over_leader_case(tx: Transaction, request: HandOverLeaderCase) -> Changes:
    """Let another leader lead it from today.

    Raises:
        NotAllowed: it is not the asker's to hand over.
        RuleBroken: no reason is given, he leads it already, or he has to stay out of it.
    """
    case, row = directed(tx, request)
    before = current_leader(tx.session, row.id)
    if not request.reason.strip():
        raise RuleBroken("请写明为什么移交，例如 分工调整。", field="reason")
    if before is not None and before.staff_id == request.leader:
        raise RuleBroken("已经是这位领导包案，不用移交。", field="leader")
    leader = _leader(tx, case, request.leader)
    if before is not None:
        tx.watch(before)
        before.until, before.reason, before.ended_by = tx.today, request.reason, request.made_by
        tx.session.flush()
    _seat(tx, row, leader, tx.today)
    tx.watch(row)
    row.leader_id = leader.id
    paper = _issue(tx, case, row)
    said = f"{before.name}移交{leader.name}" if before is not None else f"改由{leader.name}"
    made = {"leader_case": row.id, "paper": paper.id}
    return Changes(f"包案{said}", cases=(case.id,), made=made, detail=request.reason)


@action(ConcludeLeaderCase, "leader_case.concluded")
def conclude_leader_case(tx: Transaction, request: ConcludeLeaderCase) -> Changes:
    """End a led case by its conclusion; the case itself goes on where it stands.

    Raises:
        NotAllowed: it is not the asker's to conclude.
        RuleBroken: nothing is said, or the day makes no sense.
    """
    case, row = directed(tx, request)
    require_conclusion(
        conclusion=request.conclusion,
        concluded_on=request.concluded_on,
        started_on=row.started_on,
        today=tx.today,
    )
    keep_answers(tx, case, CheckOccasion.LEADER_CASE, request.questions, leader_case=row.id)
    tx.watch(row)
    row.outcome, row.conclusion = request.outcome, request.conclusion
    row.concluded_on, row.concluded_by = request.concluded_on, request.made_by
    row.concluded_at = request.happened_at
    paper = _issue(tx, case, row)
    return Changes(
        f"包案结论：{label(request.outcome)}",
        cases=(case.id,),
        made={"leader_case": row.id, "paper": paper.id},
        detail=request.conclusion,
    )


def directed(tx: Transaction, request: CaseRequest) -> tuple[Case, LeaderCase]:
    """Return a led case whose team, hands and end the asker decides on.

    Raises:
        NotAllowed: he does not.
        RuleBroken: no leader leads it now.
    """
    case = tx.open_case(request.case, request.seen, Deed.DIRECT_LEADER_CASE)
    row = open_leader_case(tx.session, case.id)
    if row is None:
        raise RuleBroken(NONE_OPEN)
    leader = current_leader(tx.session, row.id)
    leader_id = leader.staff_id if leader is not None else None
    if not may_direct(tx.person, leader_id, stand_of(tx.session, case)):
        raise NotAllowed(NOT_YOURS_TO_DIRECT)
    return case, row


def require_free_of_it(tx: Transaction, case: Case, staff: Staff, field: str) -> None:
    """Raise RuleBroken for whom the case is about, or who may not know of it (回避、保密)."""
    if not may_see(stand_of(tx.session, case), person_of(tx.session, staff, tx.today)):
        raise RuleBroken("此人要回避，或看不到这一件，请另选一位。", field=field)


def _leader(tx: Transaction, case: Case, staff_id: int) -> Staff:
    leader = tx.own(Staff, staff_id, "请从列表里选包案领导。", field="leader")
    if not roles_of(tx.session, [leader.id], tx.today) & LEADERS:
        raise RuleBroken(f"{leader.name}现在不是分管领导或主要领导，请另选。", field="leader")
    require_free_of_it(tx, case, leader, "leader")
    return leader


def _seat(tx: Transaction, row: LeaderCase, leader: Staff, since: date) -> None:
    member = TeamMember(
        id=new_id(),
        street_id=tx.street_id,
        case_id=row.case_id,
        leader_case_id=row.id,
        role=TeamRole.LEADER,
        staff_id=leader.id,
        name=leader.name,
        office=leader.desk_name,
        since=since,
        added_by=tx.person.staff_id,
        added_at=tx.now,
    )
    tx.add(member)


def _go_by_plan(tx: Transaction, case: Case, planned_until: date) -> None:
    """Let handling go by the plan (办理表改为计划表); what is late stays late."""
    until = end_of(planned_until)
    for clock in running(tx, case):
        is_own = clock.kind is ClockKind.HANDLE and clock.assignment_id is None
        is_short = clock.is_applicable and tx.now < clock.due_at < until
        if is_own and is_short and not extendable_of(tx.session, clock, tx.today).is_legal:
            tx.watch(clock)
            clock.extended_to = until
    recompute_clocks(tx, case)


def _issue(tx: Transaction, case: Case, row: LeaderCase) -> Paper:
    """Issue the form; with each step its next revision under the same number."""
    old = newest_paper(tx, case, PAPER) if row.paper_id is not None else None
    look_layouts_up(tx, PAPER)
    number = next_text(tx, NumberKind.LEADER_CASE, tx.now) if old is None else old.number
    paper = issue(tx, case, PAPER, number=number, assignment=row)
    if old is not None:
        replace_paper(tx, old, paper)
    row.paper_id = paper.id
    return paper
