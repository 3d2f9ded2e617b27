"""Handling (办理): accepting, verifying, reporting, finishing."""

from dataclasses import dataclass

from desk.actions.checklists import CheckSaid, keep_answers
from desk.actions.clocks import happened, refresh_next, running, wake
from desk.actions.contacts import begin_if_ready
from desk.actions.matter_answers import MatterAnswer, finish_matters
from desk.actions.opinions import draft_opinion
from desk.actions.sending import LIVE
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    ClockKind,
    HandlingResult,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import CheckOccasion
from desk.rules.lifecycle import require_move
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.models import Assignment, Case, Round
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptAssignment(CaseRequest):
    """Accept one's unit's part of a case (签收)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVerification(CaseRequest):
    """Record what was found on checking (核实)."""

    note: str = words("核实情况", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishHandling(CaseRequest):
    """Finish handling (办理完毕): result and measures, item by item where there are several.

    Attributes:
        result: what the case came to; None takes what its matters come to together.
        measures: may be left empty where several matters are answered.
        matters: what has not been answered before, or is to be put otherwise.
        questions: what is said to the hall's 三问; nobody has to.
    """

    result: HandlingResult | None = None
    measures: str = words("办理情况", Field.BODY, default="")
    late_reason: str = words("超时原因", Field.BODY, default="")
    matters: tuple[MatterAnswer, ...] = ()
    questions: tuple[CheckSaid, ...] = ()


@action(AcceptAssignment, "case.accepted")
def accept_assignment(tx: Transaction, request: AcceptAssignment) -> Changes:
    """Accept the part of one's own unit; the lead's acceptance moves the case on (6.1 #5)."""
    case = tx.open_case(request.case, request.seen, Deed.ACCEPT)
    at = request.happened_at
    parts = [part for part in _my_parts(tx, case) if part.status is AssignmentStatus.WAITING]
    for part in parts:
        part.status = AssignmentStatus.ACCEPTED
        part.accepted_at, part.handler_id = at, tx.person.staff_id
        happened(tx, case, ClockEvent.ACCEPTED, at, assignment=part)
    leads = any(part.role is AssignmentRole.LEAD for part in parts)
    if leads:
        require_move(case.status, CaseStatus.ACCEPTED)
        case.status, case.handler_id = CaseStatus.ACCEPTED, tx.person.staff_id
        tx.session.flush()  # where all was found out before, both moves are made, one by one
        begin_if_ready(tx, case)
    refresh_next(tx, case)
    if not parts:
        raise RuleBroken("没有等您签收的部分，请刷新后再看。")
    unit = unit_name(tx.session, parts[0].unit_id, tx.today)
    return Changes(f"签收 {unit}" + ("" if leads else "（协办）"), cases=(case.id,))


@action(RecordVerification, "case.verified")
def record_verification(tx: Transaction, request: RecordVerification) -> Changes:
    """Record the facts found; with the contact made, handling begins (DOMAIN.md 6.1 #6).

    Raises:
        RuleBroken: nothing was written down.
    """
    case = tx.open_case(request.case, request.seen, Deed.VERIFY)
    if not request.note.strip():
        raise RuleBroken("请写下核实到的情况，意见书会用到。", field="note")
    round_row = present_round(tx, case)
    round_row.verified_at, round_row.verify_note = request.happened_at, request.note
    happened(tx, case, ClockEvent.VERIFIED, request.happened_at)
    begin_if_ready(tx, case)
    refresh_next(tx, case)
    return Changes("核实", cases=(case.id,), detail=request.note)


@action(FinishHandling, "case.handled")
def finish_handling(tx: Transaction, request: FinishHandling) -> Changes:
    """End handling and draft the opinion from the facts (DOMAIN.md 6.1 #13).

    Raises:
        RuleBroken: result, measures or the answer to a matter are missing, a support has not
            reported, or lateness is unexplained.
    """
    case = tx.open_case(request.case, request.seen, Deed.FINISH)
    require_move(case.status, CaseStatus.OPINION)
    wake(tx, running(tx, case), request.happened_at)
    _check_finish(tx, case, request)
    round_row = present_round(tx, case)
    at = request.happened_at
    asked = request.result, request.measures
    result, measures = finish_matters(tx, case, request.matters, *asked, at)
    round_row.handled_at, round_row.measures = at, measures
    round_row.result, case.result = result, result
    round_row.late_reason = request.late_reason or None
    for part in _parts(tx, case):
        if part.role is AssignmentRole.LEAD and part.status is AssignmentStatus.ACCEPTED:
            part.status, part.reported_at = AssignmentStatus.REPORTED, at
    case.status = CaseStatus.OPINION
    happened(tx, case, ClockEvent.HANDLED, at)
    draft_opinion(tx, case, round_row, at)
    keep_answers(tx, case, CheckOccasion.FINISHING, request.questions)
    refresh_next(tx, case)
    return Changes(f"办理完毕 {label(result)}", cases=(case.id,), detail=measures)


def present_round(tx: Transaction, case: Case) -> Round:
    """Return the round the case is in."""
    return next(row for row in tx.rows(Round, case) if row.number == case.round_no)


def _check_finish(tx: Transaction, case: Case, request: FinishHandling) -> None:
    waiting = [
        unit_name(tx.session, part.unit_id, tx.today)
        for part in _parts(tx, case)
        if part.role is not AssignmentRole.LEAD
        and part.status in LIVE  # a support that wants to hand back is not answered yet either
    ]
    if waiting:
        raise RuleBroken(f"{'、'.join(waiting)}还没有反馈，请先催一催，或请信联办撤下协办。")
    late = any(
        clock.kind is ClockKind.HANDLE and clock.due_at < request.happened_at
        for clock in running(tx, case)
    )
    if late and not request.late_reason.strip():
        raise RuleBroken("已超过办理时限。请写明原因，只问这一次。", field="late_reason")


def _parts(tx: Transaction, case: Case) -> list[Assignment]:
    return [part for part in tx.rows(Assignment, case) if part.round_no == case.round_no]


def _my_parts(tx: Transaction, case: Case) -> list[Assignment]:
    everyone = tx.person.is_built_in
    return [p for p in _parts(tx, case) if everyone or p.unit_id in tx.person.unit_ids]
