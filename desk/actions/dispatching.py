"""Dispatching (分拨): grading a case, handing it to units, and what comes back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import recompute_clocks, refresh_next, start_clocks, stop_clock
from desk.actions.numbers import next_text
from desk.actions.papers import issue
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    ClockKind,
    DispatchMode,
    ReturnReason,
    Urgency,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.numbering import NumberKind
from desk.rules.text_gate import Field
from desk.rules.urgency import Judgement
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Matter, Round, Unit
from desk.store.people import units_below
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_LIVE = (AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED, AssignmentStatus.RETURNING)
RETURNS_ALLOWED = 3  # the third return is decided by the dispatchers (DOMAIN.md 6.1 #7)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCase(CaseRequest):
    """Set the level of a case (改级别); only the dispatchers do."""

    urgency: Urgency
    is_complex: bool
    judgement: Judgement
    reason: str = words("理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchCase(CaseRequest):
    """Send a case to its lead unit, and to others for a 双派单; again for a 改派."""

    lead: int
    supports: tuple[int, ...] = ()
    grid: int | None = None
    urgency: Urgency
    is_complex: bool = False
    requirements: tuple[str, ...] = words("办理要求", default=())
    instruction: str = words("拟办意见", Field.BODY, default="")
    reason: str = words("改派理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDispatch(CaseRequest):
    """Ask to hand a case back (退回); the contact clock runs on."""

    reason: ReturnReason
    note: str = words("退回依据", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReturn(CaseRequest):
    """Agree to a return, or have the unit keep the case."""

    is_agreed: bool
    note: str = words("意见", Field.BODY, default="")


@action(GradeCase, "case.graded")
def grade_case(tx: Transaction, request: GradeCase) -> Changes:
    """Set level and judgement; running limits are computed anew, the original ones stay visible.

    Raises:
        RuleBroken: nothing was changed, or the case is past grading.
    """
    case = tx.open_case(request.case, request.seen, Deed.GRADE)
    before = case.urgency
    case.urgency, case.is_complex = request.urgency, request.is_complex
    case.judgement = asdict(request.judgement)
    case.is_graded = True
    recompute_clocks(tx, case)
    complex_words = "（情况复杂）" if request.is_complex else ""
    return Changes(
        f"级别由{label(before)}改为{label(request.urgency)}{complex_words}"
        if before is not request.urgency
        else f"级别定为{label(request.urgency)}{complex_words}",
        cases=(case.id,),
        detail=request.reason,
    )


@action(DispatchCase, "case.dispatched")
def dispatch_case(tx: Transaction, request: DispatchCase) -> Changes:
    """Make `lead` answerable for the case; start its clocks (DOMAIN.md 6.1 #4, #8).

    Raises:
        RuleBroken: a unit stands twice, is the unit complained about, or the case has moved on.
        StaleCase: the case is no longer what the dispatcher saw.
    """
    case = tx.open_case(request.case, request.seen, Deed.DISPATCH)
    again = case.status is not CaseStatus.RECEIVED
    _check_units(tx, case, request)
    if again and not request.reason.strip():
        raise RuleBroken("改派请写一句理由，原承办单位会看到。", field="reason")
    require_move(case.status, CaseStatus.DISPATCHED)
    at = request.happened_at
    _end_parts(tx, case, at)
    case.status = CaseStatus.DISPATCHED
    case.mode = DispatchMode.DOUBLE if request.supports or request.grid else DispatchMode.DIRECT
    case.lead_unit_id, case.handler_id = request.lead, None
    if (case.urgency, case.is_complex) != (request.urgency, request.is_complex):
        case.urgency, case.is_complex = request.urgency, request.is_complex
        recompute_clocks(tx, case)
    case.is_graded = True
    parts = _add_parts(tx, case, request)
    round_row = tx.session.scalars(
        select(Round).where(Round.case_id == case.id, Round.number == case.round_no)
    ).one()
    round_row.dispatched_at = round_row.dispatched_at or at
    stop_clock(tx, case, ClockKind.DISPATCH, at)
    for part in parts:
        start_clocks(tx, case, ClockEvent.DISPATCHED, at, assignment=part)
    for part in parts:
        issue(
            tx,
            case,
            "dispatch-slip",
            number=next_text(tx, NumberKind.DISPATCH, at),
            assignment=part,
        )
    names = "、".join(unit_name(tx.session, part.unit_id, tx.today) for part in parts[1:])
    verb = "改派" if again else label(case.mode)
    lead = unit_name(tx.session, request.lead, tx.today)
    level = f"级别{label(case.urgency)}。"
    proposal = f"拟办意见：{request.instruction}" if request.instruction else ""
    return Changes(
        f"{verb} 主办{lead}" + (f"，协办{names}" if names else ""),
        cases=(case.id,),
        detail="\n".join(filter(None, (level, request.reason, proposal))),
    )


@action(ReturnDispatch, "case.return_asked")
def return_dispatch(tx: Transaction, request: ReturnDispatch) -> Changes:
    """Ask the dispatchers to take the case back (DOMAIN.md 6.1 #7).

    Raises:
        RuleBroken: no reason was written, or the case was already returned three times.
    """
    case = tx.open_case(request.case, request.seen, Deed.RETURN)
    if not request.note.strip():
        raise RuleBroken("请写明退回的依据（哪条职责分工、缺什么信息）。", field="note")
    if case.return_count >= RETURNS_ALLOWED:
        raise RuleBroken("此件已退回三次，由信联办指定主办，不能再退。请与信联办商量。")
    part = _lead_part(tx, case)
    if part.status is AssignmentStatus.RETURNING:
        raise RuleBroken("已经申请过退回，请等信联办答复。")
    part.status = AssignmentStatus.RETURNING
    part.return_reason, part.return_note = request.reason, request.note
    unit = unit_name(tx.session, part.unit_id, tx.today)
    return Changes(
        f"{unit}申请退回：{label(request.reason)}", cases=(case.id,), detail=request.note
    )


@action(DecideReturn, "case.return_decided")
def decide_return(tx: Transaction, request: DecideReturn) -> Changes:
    """Take the case back to dispatching, or have the unit keep it (DOMAIN.md 6.1 #7).

    Raises:
        RuleBroken: a refusal without a word to the unit.
    """
    case = tx.open_case(request.case, request.seen, Deed.DECIDE_RETURN)
    part = _lead_part(tx, case)
    unit = unit_name(tx.session, part.unit_id, tx.today)
    if not request.is_agreed:
        if not request.note.strip():
            raise RuleBroken("不同意退回，请写一句理由给承办单位。", field="note")
        part.status = AssignmentStatus.ACCEPTED if part.accepted_at else AssignmentStatus.WAITING
        return Changes(f"不同意{unit}退回", cases=(case.id,), detail=request.note)
    require_move(case.status, CaseStatus.RECEIVED)
    at = request.happened_at
    _end_parts(tx, case, at)
    part.status = AssignmentStatus.RETURNED
    case.status = CaseStatus.RECEIVED
    case.lead_unit_id, case.handler_id = None, None
    case.return_count += 1
    start_clocks(tx, case, ClockEvent.RECEIVED, at, only=ClockKind.DISPATCH)
    return Changes(f"同意{unit}退回，重新分拨", cases=(case.id,), detail=request.note)


def _check_units(tx: Transaction, case: Case, request: DispatchCase) -> None:
    units = [request.lead, *request.supports, *([request.grid] if request.grid else [])]
    if len(set(units)) != len(units):
        raise RuleBroken("同一个单位选了两次，主办和协办不能相同。", field="supports")
    known = tx.session.scalars(
        select(Unit.id).where(Unit.street_id == tx.street_id, Unit.id.in_(units))
    )
    if set(units) - set(known):
        raise RuleBroken("所选的单位不在单位表里，请重新选择。", field="lead")
    accused = case.accused_unit_id
    if accused is not None and units_below(tx.session, accused, tx.today) & set(units):
        raise RuleBroken(
            "被反映的单位不能承办这一件，请改派别的单位或由分管领导指定。", field="lead"
        )


def _lead_part(tx: Transaction, case: Case) -> Assignment:
    return tx.session.scalars(
        select(Assignment).where(
            Assignment.case_id == case.id,
            Assignment.round_no == case.round_no,
            Assignment.role == AssignmentRole.LEAD,
            Assignment.status.in_(_LIVE),
        )
    ).one()


def _end_parts(tx: Transaction, case: Case, at: datetime) -> None:
    parts = tx.session.scalars(
        select(Assignment).where(
            Assignment.case_id == case.id,
            Assignment.round_no == case.round_no,
            Assignment.status.in_(_LIVE),
        )
    ).all()
    for part in parts:
        part.status = AssignmentStatus.REPLACED
        stop_clock(tx, case, ClockKind.ACCEPT, at, assignment=part)
    tx.session.flush()


def _add_parts(tx: Transaction, case: Case, request: DispatchCase) -> list[Assignment]:
    wanted = [(request.lead, AssignmentRole.LEAD)]
    wanted += [(unit, AssignmentRole.SUPPORT) for unit in request.supports]
    if request.grid:
        wanted.append((request.grid, AssignmentRole.GRID))
    parts = [
        Assignment(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            unit_id=unit,
            role=role,
            status=AssignmentStatus.WAITING,
            mode=case.mode,
            dispatched_by=tx.person.staff_id,
            dispatched_at=request.happened_at,
            requirements=list(request.requirements),
            instruction=request.instruction or None,
        )
        for unit, role in wanted
    ]
    tx.add(*parts)
    for part in parts:
        tx.involve(case, part.unit_id)
    for matter in tx.session.scalars(select(Matter).where(Matter.case_id == case.id)):
        matter.unit_id = matter.unit_id or request.lead
    refresh_next(tx, case)
    return parts
