"""Dispatching (分拨): grading a case, handing it to units, and what comes back."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from desk.actions.chief_dispatch import (
    asked_for,
    close_pending,
    close_unanswered,
    propose,
    require_keeper,
)
from desk.actions.clocks import moved_words, recompute_clocks, start_clocks
from desk.actions.extension_papers import issue_return
from desk.actions.matters import give_matters
from desk.actions.sending import Sending, end_parts, live_parts, send
from desk.actions.support import release_support
from desk.rules.chief_dispatch import Asked
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    ClockKind,
    ReturnReason,
    Urgency,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.passing_on import passed_on, passed_on_words
from desk.rules.rights import Part, may_hand_back
from desk.rules.text_gate import Field
from desk.rules.urgency import Judgement
from desk.rules.wording import label
from desk.store.extension_rows import HandingBack
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.models import Assignment, Case
from desk.store.paper_source import on_paper
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCase(CaseRequest):
    """Set the level of a case (改级别); only the dispatchers do."""

    urgency: Urgency
    is_complex: bool
    judgement: Judgement
    reason: str = words("理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchCase(CaseRequest):
    """Send a case to its lead unit, and to others for a 双派单; again for a 改派.

    Attributes:
        matters: which matter goes to which of the units; the lead has the others.
        directly: without the first leader's word, once the rule for deputies allows it; the word
            of the keepers of a confidential case is always waited for.
    """

    lead: int
    supports: tuple[int, ...] = ()
    grid: int | None = None
    urgency: Urgency
    is_complex: bool = False
    requirements: tuple[str, ...] = words("办理要求", default=())
    instruction: str = words("拟办意见", Field.BODY, default="")
    reason: str = words("改派理由", default="")
    matters: tuple[tuple[int, int], ...] = ()
    directly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDispatch(CaseRequest):
    """Ask to hand a case back (退回), or a support of it; the contact clock runs on.

    Attributes:
        part: which part, where one's unit has several; None: the lead's, or else the support's.
    """

    part: int | None = None
    reason: ReturnReason
    note: str = words("退回依据", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReturn(CaseRequest):
    """Agree to a return, or have the unit keep the case.

    Attributes:
        part: whose; None for the lead's, or else for the first support's that asked.
    """

    part: int | None = None
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
    moved = recompute_clocks(tx, case)
    complex_words = "（情况复杂）" if request.is_complex else ""
    return Changes(
        f"级别由{label(before)}改为{label(request.urgency)}{complex_words}"
        if before is not request.urgency
        else f"级别定为{label(request.urgency)}{complex_words}",
        cases=(case.id,),
        detail="\n".join(filter(None, (request.reason, moved_words(moved, tx.now)))),
    )


@action(DispatchCase, "case.dispatched")
def dispatch_case(tx: Transaction, request: DispatchCase) -> Changes:
    """Send a case to its units, or propose it to whom the hall asks first (9.4, 9.5).

    Raises:
        RuleBroken: a unit stands twice or is the unit complained about, the case has moved on,
            the first leader may still be waited for, or a confidential case is passed on by
            somebody who does not decide where it goes.
        StaleCase: the case is no longer what the dispatcher saw.
    """
    case = tx.open_case(request.case, request.seen, Deed.DISPATCH)
    plan = Sending(**{part.name: getattr(request, part.name) for part in fields(Sending)})
    asked = asked_for(tx, case, plan.units)
    if asked is None:
        close_pending(tx, case, request.happened_at)
        return send(tx, case, plan, request.happened_at)
    if case.status is not CaseStatus.RECEIVED:
        require_keeper(tx, case, plan.units, field="lead")
    if asked is Asked.KEEPERS or not request.directly:
        return propose(tx, case, plan, asked, request.happened_at)
    why = close_unanswered(tx, case, request.happened_at)
    return send(tx, case, replace(plan, reason=why), request.happened_at)


@action(ReturnDispatch, "case.return_asked")
def return_dispatch(tx: Transaction, request: ReturnDispatch) -> Changes:
    """Ask the dispatchers to take back the case, or one's support of it (DOMAIN.md 6.1 #7).

    Raises:
        RuleBroken: no reason was written, it was asked already, or the case was handed back and
            passed on as often as the hall allows.
    """
    case = tx.open_case(request.case, request.seen, Deed.RETURN)
    if not request.note.strip():
        raise RuleBroken("请写明退回的依据（哪条职责分工、缺什么信息）。", field="note")
    part = _own_part(tx, case, request.part)
    if part.status is AssignmentStatus.RETURNING:
        raise RuleBroken("已经申请过退回，请等信联办答复。")
    is_lead = part.role is AssignmentRole.LEAD
    if is_lead:
        _require_returns_left(tx, case)
    part.status = AssignmentStatus.RETURNING
    part.return_reason, part.return_note = request.reason, request.note
    asked_on = on_paper(request.happened_at)
    issue_return(tx, case, HandingBack(part, asker=request.made_by, asked_on=asked_on))
    unit = unit_name(tx.session, part.unit_id, tx.today)
    what = "申请退回" if is_lead else "申请退回协办"
    return Changes(f"{unit}{what}：{label(request.reason)}", cases=(case.id,), detail=request.note)


@action(DecideReturn, "case.return_decided")
def decide_return(tx: Transaction, request: DecideReturn) -> Changes:
    """Take the case back to dispatching, or have the unit keep it (DOMAIN.md 6.1 #7).

    A support that is taken back ends alone: the lead and its limits go on.

    Raises:
        RuleBroken: a refusal without a word to the unit, or it was answered meanwhile.
    """
    case = tx.open_case(request.case, request.seen, Deed.DECIDE_RETURN)
    part = _asked_part(tx, case, request.part)
    unit = unit_name(tx.session, part.unit_id, tx.today)
    if not request.is_agreed:
        if not request.note.strip():
            raise RuleBroken("不同意退回，请写一句理由给承办单位。", field="note")
        part.status = AssignmentStatus.ACCEPTED if part.accepted_at else AssignmentStatus.WAITING
        _answer_return(tx, case, part, request)
        return Changes(f"不同意{unit}退回", cases=(case.id,), detail=request.note)
    if part.role is AssignmentRole.LEAD:
        said = f"同意{unit}退回，重新分拨"
        _take_case_back(tx, case, part, request.happened_at)
    else:
        said = f"同意{unit}退回协办"
        release_support(tx, case, part, request.happened_at)
    _answer_return(tx, case, part, request)
    return Changes(said, cases=(case.id,), detail=request.note)


def _own_part(tx: Transaction, case: Case, wanted: int | None) -> Assignment:
    """Return the part that the asker may hand back; the lead's where he has several."""
    own = [
        part
        for part in live_parts(tx, case)
        if (tx.person.is_built_in or part.unit_id in tx.person.unit_ids)
        and (wanted is None or part.id == wanted)
    ]
    own.sort(key=lambda part: part.role is not AssignmentRole.LEAD)
    free = [
        part
        for part in own
        if may_hand_back(Part(part.unit_id, part.role, part.status), case.status)
    ]
    if not own:
        raise RuleBroken("这一部分已不在您手里，请刷新后再看。")
    return (free or own)[0]


def _asked_part(tx: Transaction, case: Case, wanted: int | None) -> Assignment:
    """Return the part that somebody wants to hand back; the lead's where several do."""
    asked = [p for p in live_parts(tx, case) if p.status is AssignmentStatus.RETURNING]
    asked.sort(key=lambda part: part.role is not AssignmentRole.LEAD)
    found = next((part for part in asked if wanted in {None, part.id}), None)
    if found is None:
        raise RuleBroken("这份退回申请已经答复过了，请刷新后再看。")
    return found


def _require_returns_left(tx: Transaction, case: Case) -> None:
    """Refuse a return of a case that was handed back and passed on often enough (6.1 #7)."""
    allowed = setting(tx.session, tx.street_id, "returns_allowed", tx.today)
    if passed_on(case.return_count, case.redirect_count) >= allowed:
        said = passed_on_words(case.return_count, case.redirect_count)
        raise RuleBroken(f"此件{said}，由信联办指定主办，不能再退。请与信联办商量。")


def _take_case_back(tx: Transaction, case: Case, part: Assignment, at: datetime) -> None:
    """End all parts; the case waits for another lead."""
    require_move(case.status, CaseStatus.RECEIVED)
    end_parts(tx, case, at)
    part.status = AssignmentStatus.RETURNED
    case.status = CaseStatus.RECEIVED
    case.lead_unit_id, case.handler_id = None, None
    give_matters(tx, case)  # no matter has a unit until the case is dispatched again
    case.return_count += 1
    start_clocks(tx, case, ClockEvent.RECEIVED, at, only=ClockKind.DISPATCH)


def _answer_return(tx: Transaction, case: Case, part: Assignment, request: DecideReturn) -> None:
    """Write the answer on the unit's paper."""
    about = HandingBack(
        part,
        is_agreed=request.is_agreed,
        note=request.note,
        answered_by=request.made_by,
        answered_at=request.happened_at,
    )
    issue_return(tx, case, about)
