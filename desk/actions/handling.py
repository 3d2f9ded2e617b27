"""Handling (办理): accepting, contacting, verifying, reporting, finishing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import refresh_next, running, start_clocks, stop_clock
from desk.actions.opinions import draft_opinion
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    ClockKind,
    ContactResult,
    ContactWay,
    HandlingResult,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Contact, Matter, Round
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptAssignment(CaseRequest):
    """Accept one's unit's part of a case (签收)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact(CaseRequest):
    """Record an attempt to reach the appellant (联系); a missed call counts as one too."""

    way: ContactWay = ContactWay.PHONE
    result: ContactResult
    note: str = words("联系情况", Field.BODY, default="")
    call_back_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVerification(CaseRequest):
    """Record what was found on checking (核实)."""

    note: str = words("核实情况", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSupport(CaseRequest):
    """Report what a supporting unit did (协办反馈)."""

    feedback: str = words("办理反馈", Field.BODY)


@dataclass(frozen=True, slots=True)
class MatterResult:
    """How one matter ended."""

    matter: int
    result: HandlingResult
    answer: str = words("逐项答复", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishHandling(CaseRequest):
    """Finish handling (办理完毕): result and measures, item by item where there are several."""

    result: HandlingResult
    measures: str = words("办理情况", Field.BODY)
    late_reason: str = words("超时原因", Field.BODY, default="")
    matters: tuple[MatterResult, ...] = ()


@action(AcceptAssignment, "case.accepted")
def accept_assignment(tx: Transaction, request: AcceptAssignment) -> Changes:
    """Accept the part of one's own unit; the lead's acceptance moves the case on (6.1 #5)."""
    case = tx.open_case(request.case, request.seen, Deed.ACCEPT)
    at = request.happened_at
    parts = [part for part in _my_parts(tx, case) if part.status is AssignmentStatus.WAITING]
    for part in parts:
        part.status = AssignmentStatus.ACCEPTED
        part.accepted_at, part.handler_id = at, tx.person.staff_id
        stop_clock(tx, case, ClockKind.ACCEPT, at, assignment=part)
    leads = any(part.role is AssignmentRole.LEAD for part in parts)
    if leads:
        require_move(case.status, CaseStatus.ACCEPTED)
        case.status, case.handler_id = CaseStatus.ACCEPTED, tx.person.staff_id
        _begin_if_ready(tx, case)
    refresh_next(tx, case)
    if not parts:
        raise RuleBroken("没有等您签收的部分，请刷新后再看。")
    unit = unit_name(tx.session, parts[0].unit_id, tx.today)
    return Changes(f"签收 {unit}" + ("" if leads else "（协办）"), cases=(case.id,))


@action(RecordContact, "case.contacted")
def record_contact(tx: Transaction, request: RecordContact) -> Changes:
    """Record an attempt; the first one, answered or not, stops the contact clock (002-6, 9.2)."""
    case = tx.open_case(request.case, request.seen, Deed.CONTACT)
    at = request.happened_at
    is_first = any(clock.kind is ClockKind.CONTACT for clock in running(tx, case))
    tx.add(
        Contact(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            staff_id=request.made_by,
            unit_id=tx.person.home_unit_id,
            happened_at=at,
            way=request.way,
            result=request.result,
            note=request.note or None,
            call_back_at=request.call_back_at,
        )
    )
    stop_clock(tx, case, ClockKind.CONTACT, at)
    _begin_if_ready(tx, case)
    refresh_next(tx, case)
    prefix = "首次联系" if is_first else "联系"
    return Changes(f"{prefix} {label(request.result)}", cases=(case.id,), detail=request.note)


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
    stop_clock(tx, case, ClockKind.VERIFY, request.happened_at)
    _begin_if_ready(tx, case)
    refresh_next(tx, case)
    return Changes("核实", cases=(case.id,), detail=request.note)


@action(ReportSupport, "case.support_reported")
def report_support(tx: Transaction, request: ReportSupport) -> Changes:
    """Record what a supporting unit did; the lead sees it.

    Raises:
        RuleBroken: nothing was written down.
    """
    case = tx.open_case(request.case, request.seen, Deed.REPORT_SUPPORT)
    if not request.feedback.strip():
        raise RuleBroken("请写下协办做了什么。", field="feedback")
    parts = [
        part
        for part in _my_parts(tx, case)
        if part.role is not AssignmentRole.LEAD and part.status is AssignmentStatus.ACCEPTED
    ]
    if not parts:
        raise RuleBroken("没有等您反馈的协办，请刷新后再看。")
    for part in parts:
        part.status = AssignmentStatus.REPORTED
        part.reported_at, part.feedback = request.happened_at, request.feedback
    unit = unit_name(tx.session, parts[0].unit_id, tx.today)
    return Changes(f"协办反馈 {unit}", cases=(case.id,), detail=request.feedback)


@action(FinishHandling, "case.handled")
def finish_handling(tx: Transaction, request: FinishHandling) -> Changes:
    """End handling and draft the opinion from the facts (DOMAIN.md 6.1 #13).

    Raises:
        RuleBroken: measures are missing, a support has not reported, or lateness is unexplained.
    """
    case = tx.open_case(request.case, request.seen, Deed.FINISH)
    require_move(case.status, CaseStatus.OPINION)
    _check_finish(tx, case, request)
    round_row = present_round(tx, case)
    at = request.happened_at
    round_row.handled_at, round_row.measures = at, request.measures
    round_row.result, case.result = request.result, request.result
    round_row.late_reason = request.late_reason or None
    results = {result.matter: result for result in request.matters}
    for matter in tx.session.scalars(select(Matter).where(Matter.case_id == case.id)):
        own = results.get(matter.id)
        matter.result = own.result if own else request.result
        matter.answer = own.answer if own and own.answer else request.measures
    for part in _parts(tx, case):
        if part.role is AssignmentRole.LEAD and part.status is AssignmentStatus.ACCEPTED:
            part.status, part.reported_at = AssignmentStatus.REPORTED, at
    stop_clock(tx, case, ClockKind.HANDLE, at)
    case.status = CaseStatus.OPINION
    start_clocks(tx, case, ClockEvent.HANDLED, at)
    draft_opinion(tx, case, round_row, at)
    refresh_next(tx, case)
    return Changes(f"办理完毕 {label(request.result)}", cases=(case.id,), detail=request.measures)


def present_round(tx: Transaction, case: Case) -> Round:
    """Return the round the case is in."""
    return tx.session.scalars(
        select(Round).where(Round.case_id == case.id, Round.number == case.round_no)
    ).one()


def _check_finish(tx: Transaction, case: Case, request: FinishHandling) -> None:
    if not request.measures.strip():
        raise RuleBroken("请写下怎么办的、办到什么程度。", field="measures")
    waiting = [
        unit_name(tx.session, part.unit_id, tx.today)
        for part in _parts(tx, case)
        if part.role is not AssignmentRole.LEAD
        and part.status in {AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED}
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
    return list(
        tx.session.scalars(
            select(Assignment)
            .where(Assignment.case_id == case.id, Assignment.round_no == case.round_no)
            .order_by(Assignment.id)
        )
    )


def _my_parts(tx: Transaction, case: Case) -> list[Assignment]:
    everyone = tx.person.is_built_in
    return [p for p in _parts(tx, case) if everyone or p.unit_id in tx.person.unit_ids]


def _begin_if_ready(tx: Transaction, case: Case) -> None:
    """Contact and verification stop on their own; handling begins when both are done (#6)."""
    pending = {ClockKind.CONTACT, ClockKind.VERIFY}
    if case.status is CaseStatus.ACCEPTED and not any(
        clock.kind in pending and clock.is_applicable for clock in running(tx, case)
    ):
        case.status = CaseStatus.HANDLING
