"""Requests for more time and for parking a case (延期、挂账申请): asked, reviewed, decided.

One form for three uses; handing a case back (退回) has its own way, `dispatching.ReturnDispatch`,
and prints the same paper. Sources: DOMAIN.md 2.8, 6.1 #11 #12.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from desk.actions.checklists import CheckSaid, keep_answers
from desk.actions.clocks import recompute_clocks, running
from desk.actions.extension_papers import issue_request
from desk.actions.pauses import Standstill, begin_pause
from desk.actions.sign_desks import answering_desk
from desk.actions.telling import TellsAppellant, list_telling, require_past
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, ExtensionState, PauseReason
from desk.rules.codes import CaseStatus, ClockKind, Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.extensions import (
    EXTENDABLE,
    PENDING,
    Extendable,
    comes_late,
    granted_words,
    require_reason,
    require_review_day,
    require_shortened,
    require_told,
    require_until,
)
from desk.rules.leader_case_codes import CheckOccasion
from desk.rules.lifecycle import require_move
from desk.rules.moments import say_due
from desk.rules.sign_route import SignDesk, Stand, stand_at
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.extensions import extendable_of
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Case, Clock, ExtensionRequest
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExtension(TellsAppellant):
    """Ask for more time, or to park a case (申请延期、挂账).

    Attributes:
        clock_kind: which limit is to be extended; parking stops 办理.
        until: 拟延至.
        review_on: when a parked case is looked at again.
        late_reason: why it is asked for so late.
        head_name: the head of the unit who agrees to it.
        questions: what is said to the hall's 三问 where a case is to be parked.
    """

    kind: ExtensionKind
    reason: ExtensionReason
    explanation: str = words("具体情况", Field.BODY)
    clock_kind: ClockKind = ClockKind.HANDLE
    until: datetime | None = None
    review_on: date | None = None
    late_reason: str = words("为什么没有早提", Field.BODY, default="")
    told_note: str = words("告知情况", Field.BODY, longest=200, default="")
    head_name: str = words("部门负责人", Field.NAME, default="")
    questions: tuple[CheckSaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TellExtension(TellsAppellant):
    """Record that the appellant was told why it takes longer (补记告知)."""

    told_note: str = words("告知情况", Field.BODY, longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DropExtension(CaseRequest):
    """Take one's request back before it is decided (撤回申请)."""

    note: str = words("撤回的理由", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewExtension(CaseRequest):
    """Pass a request on to the leader, or refuse it with a reason (信联办审核)."""

    is_passed: bool
    note: str = words("审核意见", Field.BODY, longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExtension(CaseRequest):
    """Grant or refuse a request (分管领导审批); the leader may make it shorter.

    Attributes:
        until: until when it is granted; None as asked for.
        review_on: when the parked case is looked at again; None as asked for.
    """

    is_granted: bool
    until: datetime | None = None
    review_on: date | None = None
    note: str = words("审批意见", Field.BODY, longest=200, default="")


@action(AskExtension, "extension.asked")
def ask_extension(tx: Transaction, request: AskExtension) -> Changes:
    """Hand in a request; it goes to 信联办 first, and its paper comes out.

    Raises:
        RuleBroken: one waits already, the limit does not run or may not be extended so far,
            something is missing, or he was rung for it against the rules without a word on why.
    """
    case = tx.open_case(request.case, request.seen, Deed.ASK_EXTENSION)
    at = request.happened_at
    if request.kind is ExtensionKind.RETURN:
        raise RuleBroken("要退回请用“退回”，由信联办答复，不用在这里申请。", field="kind")
    if _pending(tx, case):
        raise RuleBroken("此件已有一份申请在等审批。请等结果，或先撤回那一份再重新申请。")
    require_reason(request.kind, request.reason, request.explanation)
    require_past(request.told_at, at)
    limit = _limit(tx, case, request.clock_kind)
    if request.kind is ExtensionKind.PARK:
        if case.status is not CaseStatus.HANDLING:
            raise RuleBroken("联系、核实之后，在“办理中”才能申请挂账。", field="kind")
        require_review_day(request.review_on, tx.today)
    else:
        _require_extendable(tx, limit, request.until, at)
    row = ExtensionRequest(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        kind=request.kind,
        clock_kind=request.clock_kind if limit is not None else None,
        state=ExtensionState.OFFICE,
        reason=request.reason,
        explanation=_explained(tx, request, limit, at),
        due_before=limit.due_at if limit is not None else None,
        until_at=request.until if request.kind is ExtensionKind.EXTEND else None,
        review_on=request.review_on if request.kind is ExtensionKind.PARK else None,
        asked_by=request.made_by,
        asked_at=at,
        unit_id=case.lead_unit_id or case.first_unit_id,
        head_name=request.head_name or None,
    )
    _keep_told(tx, case, row, request)
    tx.add(row)
    if request.kind is ExtensionKind.PARK:
        keep_answers(tx, case, CheckOccasion.PARKING, request.questions)
    issue_request(tx, case, row)
    return Changes(f"申请{_words(row, at)}", cases=(case.id,), detail=row.explanation)


@action(TellExtension, "extension.told")
def tell_extension(tx: Transaction, request: TellExtension) -> Changes:
    """Record how and when the appellant was told, which must be before it is granted.

    Raises:
        RuleBroken: no request waits, way or time are missing, or he should not have been rung and
            it is not said why he was.
    """
    case = tx.open_case(request.case, request.seen, Deed.TELL_EXTENSION)
    row = _the_pending(tx, case, *PENDING)
    if not request.is_told:
        raise RuleBroken("请选怎么告知的，并写明什么时候。", field="told_way")
    require_past(request.told_at, request.happened_at)
    tx.watch(row)
    _keep_told(tx, case, row, request)
    issue_request(tx, case, row)
    way = label(request.told_way) if request.told_way else ""
    return Changes(f"已{way}告知诉求人{label(row.kind)}的理由", cases=(case.id,))


@action(DropExtension, "extension.dropped")
def drop_extension(tx: Transaction, request: DropExtension) -> Changes:
    """Take back a request that nobody has decided yet; nothing changes.

    Raises:
        RuleBroken: none waits.
    """
    case = tx.open_case(request.case, request.seen, Deed.DROP_EXTENSION)
    row = _the_pending(tx, case, *PENDING)
    tx.watch(row)
    row.state = ExtensionState.WITHDRAWN
    issue_request(tx, case, row)
    return Changes(f"撤回{label(row.kind)}申请", cases=(case.id,), detail=request.note)


@action(ReviewExtension, "extension.reviewed")
def review_extension(tx: Transaction, request: ReviewExtension) -> Changes:
    """Pass a request on to whoever answers for the unit, or refuse it.

    Raises:
        RuleBroken: none waits for 信联办, or a refusal has no reason.
    """
    case = tx.open_case(request.case, request.seen, Deed.REVIEW_EXTENSION)
    row = _the_pending(tx, case, ExtensionState.OFFICE)
    _require_why(request.note, is_agreed=request.is_passed)
    tx.watch(row)
    row.office_by, row.office_at = request.made_by, request.happened_at
    row.office_note = request.note or None
    row.state = ExtensionState.LEADER if request.is_passed else ExtensionState.REFUSED
    if request.is_passed:
        row.leader_id = answering_desk(tx, case).signer_id
    issue_request(tx, case, row)
    said = "审核通过，转分管领导" if request.is_passed else "审核不同意"
    return Changes(f"{label(row.kind)}申请{said}", cases=(case.id,), detail=request.note)


@action(DecideExtension, "extension.decided")
def decide_extension(tx: Transaction, request: DecideExtension) -> Changes:
    """Grant a request, perhaps for less, or refuse it with a reason, after which nothing changes.

    Raises:
        RuleBroken: none waits for a leader, the appellant was not told, the limit has stopped,
            or more is granted than asked for.
        NotAllowed: it lies on another leader's desk.
    """
    case = tx.open_case(request.case, request.seen, Deed.DECIDE_EXTENSION)
    row = _the_pending(tx, case, ExtensionState.LEADER)
    _require_desk(tx, row)
    _require_why(request.note, is_agreed=request.is_granted)
    tx.watch(row)
    row.leader_by, row.leader_at = request.made_by, request.happened_at
    row.leader_note = request.note or None
    if request.is_granted:
        _grant(tx, case, row, request)
    else:
        row.state = ExtensionState.REFUSED
    issue_request(tx, case, row)
    said = "批准" if request.is_granted else "不同意"
    return Changes(f"{said}{_words(row, tx.now)}", cases=(case.id,), detail=request.note)


def _grant(tx: Transaction, case: Case, row: ExtensionRequest, request: DecideExtension) -> None:
    """Move the limit, or park the case."""
    require_told(is_told=row.told_at is not None, is_anonymous=case.is_anonymous)
    row.state = ExtensionState.GRANTED
    if row.kind is ExtensionKind.PARK:
        require_shortened(row.kind, row.review_on, request.review_on)
        row.review_on = request.review_on or row.review_on
        require_review_day(row.review_on, tx.today)
        _park(tx, case, row, request.happened_at)
        return
    require_shortened(row.kind, row.until_at, request.until)
    row.granted_until = request.until or row.until_at
    kind = row.clock_kind or ClockKind.HANDLE
    _require_extendable(tx, _limit(tx, case, kind), row.granted_until, request.happened_at)
    for clock in _own_clocks(tx, case, kind):
        tx.watch(clock)
        clock.extended_to = row.granted_until
    recompute_clocks(tx, case)


def _park(tx: Transaction, case: Case, row: ExtensionRequest, at: datetime) -> None:
    """Put the case aside until it is looked at again; what the law sets runs on (6.1 #11)."""
    require_move(case.status, CaseStatus.PARKED)
    case.status = CaseStatus.PARKED
    why = Standstill(
        reason=PauseReason.PARKED,
        at=at,
        by=row.leader_by or tx.person.staff_id,
        note=label(row.reason),
        told_way=row.told_way,
        told_at=row.told_at,
    )
    begin_pause(tx, case, why)


def _pending(tx: Transaction, case: Case) -> ExtensionRequest | None:
    return tx.session.scalar(
        select(ExtensionRequest)
        .where(
            ExtensionRequest.case_id == case.id,
            ExtensionRequest.round_no == case.round_no,
            ExtensionRequest.state.in_(sorted(PENDING)),
        )
        .order_by(ExtensionRequest.id.desc())
        .limit(1)
    )


def _the_pending(tx: Transaction, case: Case, *states: ExtensionState) -> ExtensionRequest:
    row = _pending(tx, case)
    if row is None or row.state not in states:
        raise RuleBroken("这一步现在没有等着的申请，请刷新后再看。")
    return row


def _own_clocks(tx: Transaction, case: Case, kind: ClockKind) -> list[Clock]:
    return [
        clock
        for clock in running(tx, case)
        if clock.kind is kind and clock.assignment_id is None and clock.is_applicable
    ]


def _limit(tx: Transaction, case: Case, kind: ClockKind) -> Extendable | None:
    """Return the case's own limit of a kind as far as its extension depends on it."""
    found = _own_clocks(tx, case, kind) if kind in EXTENDABLE else []
    return extendable_of(tx.session, found[0], tx.today) if found else None


def _require_extendable(
    tx: Transaction, limit: Extendable | None, until: datetime | None, now: datetime
) -> None:
    if limit is None:
        raise RuleBroken("这个时限现在没有在走，不用延期。请刷新后再看。", field="clock_kind")
    own_days = setting(tx.session, tx.street_id, "extension_most_days", tx.today)
    require_until(limit, until, now, own_days)


def _explained(
    tx: Transaction, request: AskExtension, limit: Extendable | None, now: datetime
) -> str:
    """Return the explanation; one that comes late says why.

    Raises:
        RuleBroken: it comes late, and it is not said why.
    """
    ahead = setting(tx.session, tx.street_id, "extension_ahead_hours", tx.today)
    if limit is None or not comes_late(limit.due_at, now, ahead):
        return request.explanation
    if not request.late_reason.strip():
        due = say_due(limit.due_at, seen_at=now)
        raise RuleBroken(
            f"申请提得晚了（原期限 {due}），请写明为什么没有早提。", field="late_reason"
        )
    return f"{request.explanation}\n提得晚的原因：{request.late_reason}"


def _require_why(note: str, *, is_agreed: bool) -> None:
    if not (is_agreed or note.strip()):
        raise RuleBroken("不同意请写明理由，承办单位要看。", field="note")


def _require_desk(tx: Transaction, row: ExtensionRequest) -> None:
    """Raise NotAllowed unless it lies on this leader's desk; the first leader may always decide."""
    desk = SignDesk(Role.LEADER, row.leader_id)
    is_chief = Role.CHIEF in tx.person.seeing_roles
    if stand_at(desk, tx.person) is Stand.NOBODY and not is_chief:
        raise NotAllowed("这份申请由包片的分管领导审批，不在您这里。")


def _keep_told(
    tx: Transaction, case: Case, row: ExtensionRequest, request: AskExtension | TellExtension
) -> None:
    """Keep on the request how he was told, and on the list of contacts that he was."""
    if not request.is_told:
        return
    note = request.told_note
    row.told_way, row.told_at, row.told_note = request.told_way, request.told_at, note or None
    what = f"告知{label(row.kind)}的理由"
    list_telling(tx, case, request, f"{what}：{note}" if note else what)


def _words(row: ExtensionRequest, now: datetime) -> str:
    """Return what a request is about, in words."""
    name = f"{label(row.clock_kind)}时限" if row.clock_kind and row.until_at else ""
    return name + granted_words(
        row.kind, row.granted_until or row.until_at, row.review_on, seen_at=now
    )
