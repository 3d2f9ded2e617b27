"""Follow-up (回访): the appellant's own word, closing, or a second round (DOMAIN.md 2.5, 6.1)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from desk.actions.clocks import refresh_next, start_clocks, stop_clock
from desk.actions.numbers import next_text
from desk.actions.papers import issue
from desk.rules.calling import FOLLOWUP_ATTEMPTS
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockEvent,
    ClockKind,
    Discontent,
    FirstHeard,
    FollowUpWay,
    NextStep,
    Resolution,
    Satisfaction,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.numbering import NumberKind
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, FollowUp, Round
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFollowUp(CaseRequest):
    """Record a follow-up; one that reached nobody leaves the case where it is.

    With `next_step` the third attempt that reached nobody closes the case without a rating.
    """

    way: FollowUpWay = FollowUpWay.PHONE
    is_reached: bool
    minutes: int | None = amount("通话分钟", default=None)
    failed_calls: int = amount("未接次数", default=0)
    was_contacted: bool | None = None
    first_heard: FirstHeard | None = None
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None
    stars: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    discontent: Discontent | None = None
    discontent_note: str = words("不满意的说明", default="")
    suggestion: str = words("意见建议", Field.BODY, default="")
    next_step: NextStep | None = None


@action(RecordFollowUp, "case.followed_up")
def record_followup(tx: Transaction, request: RecordFollowUp) -> Changes:
    """Record the appellant's word; close the case, or begin the next round (6.1 #15, #16).

    Raises:
        RuleBroken: an answer is missing, a reason for discontent is missing.
    """
    case = tx.open_case(request.case, request.seen, Deed.FOLLOW_UP)
    _check(request)
    row = _followup_row(tx, case, request)
    tx.add(row)
    if not request.is_reached and request.next_step is None:
        return Changes("回访 没有联系上", cases=(case.id,), detail=request.suggestion)
    if not request.is_reached:
        _require_attempts(tx, case)
    else:
        _keep_answers(case, request)
    at = request.happened_at
    stop_clock(tx, case, ClockKind.FOLLOW_UP, at)
    if request.next_step is NextStep.AGAIN:
        _begin_next_round(tx, case, request)
    elif case.status is not CaseStatus.CLOSED:
        require_move(case.status, CaseStatus.CLOSED)
        case.status, case.closed_at = CaseStatus.CLOSED, at
    tx.session.flush()
    issue(
        tx,
        case,
        "followup-record",
        number=next_text(tx, NumberKind.FOLLOW_UP, at),
        follow_up=row,
    )
    refresh_next(tx, case)
    return Changes(_said(request), cases=(case.id,), detail=request.suggestion)


def _keep_answers(case: Case, request: RecordFollowUp) -> None:
    case.was_contacted, case.resolution = request.was_contacted, request.resolution
    case.satisfaction, case.discontent = request.satisfaction, request.discontent
    case.discontent_note = request.discontent_note or None


def _said(request: RecordFollowUp) -> str:
    after = "二次办理" if request.next_step is NextStep.AGAIN else "办结"
    if request.resolution is None or request.satisfaction is None:
        return f"回访 没有联系上，{after}"
    return f"回访 {label(request.resolution)}、{label(request.satisfaction)}，{after}"


def _check(request: RecordFollowUp) -> None:
    if any(star is not None and not 1 <= star <= 5 for star in request.stars):  # noqa: PLR2004
        raise RuleBroken("分项评价是 1 到 5 颗星。", field="stars")
    if not request.is_reached:
        _check_unreached(request)
        return
    if request.was_contacted is None:
        raise RuleBroken("请问一句“有没有人联系过您”，再选是或否。", field="was_contacted")
    if request.resolution is None:
        raise RuleBroken("请选问题是否解决。", field="resolution")
    if request.satisfaction is None:
        raise RuleBroken("请选满意度；不愿评价选“未评价”。", field="satisfaction")
    if request.satisfaction is Satisfaction.DISSATISFIED and request.discontent is None:
        raise RuleBroken("不满意要选一个原因，好决定下一步。", field="discontent")
    if request.next_step is None:
        raise RuleBroken("请选办结归档还是二次办理。", field="next_step")


def _check_unreached(request: RecordFollowUp) -> None:
    said = (request.was_contacted, request.resolution, request.satisfaction)
    if any(answer is not None for answer in said):
        raise RuleBroken("没有联系上就没有评价，请清空诉求人的回答。", field="is_reached")
    if request.next_step is NextStep.AGAIN:
        raise RuleBroken("没有联系上，不能定为二次办理。", field="next_step")


def _require_attempts(tx: Transaction, case: Case) -> None:
    rows = tx.session.scalars(
        select(FollowUp).where(FollowUp.case_id == case.id, FollowUp.round_no == case.round_no)
    )
    missed = [row.failed_calls for row in rows if not row.is_reached]  # each counts all so far
    made = max(len(missed), *missed)
    needed = setting(tx.session, tx.street_id, "followup_attempts", tx.today, FOLLOWUP_ATTEMPTS)
    if made < needed:
        raise RuleBroken(
            f"没有联系上的，要在不同时段回访至少 {needed} 次才能办结，现在是第 {made} 次。",
            field="next_step",
        )


def _followup_row(tx: Transaction, case: Case, request: RecordFollowUp) -> FollowUp:
    last = tx.session.scalar(select(func.max(FollowUp.seq)).where(FollowUp.case_id == case.id))
    return FollowUp(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        seq=(last or 0) + 1,
        staff_id=request.made_by,
        happened_at=request.happened_at,
        way=request.way,
        is_reached=request.is_reached,
        minutes=request.minutes,
        failed_calls=request.failed_calls,
        was_contacted=request.was_contacted,
        first_heard=request.first_heard,
        resolution=request.resolution,
        satisfaction=request.satisfaction,
        stars=list(request.stars),
        discontent=request.discontent,
        discontent_note=request.discontent_note or None,
        suggestion=request.suggestion or None,
        next_step=request.next_step,
    )


def _begin_next_round(tx: Transaction, case: Case, request: RecordFollowUp) -> None:
    require_move(case.status, CaseStatus.HANDLING)
    at = request.happened_at
    lead = case.lead_unit_id or case.first_unit_id
    reason = label(request.discontent) if request.discontent else "诉求人要求继续办理"
    case.round_no += 1
    case.status, case.closed_at, case.lead_unit_id = CaseStatus.HANDLING, None, lead
    tx.add(
        Round(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            number=case.round_no,
            started_at=at,
            reason=reason,
        ),
        Assignment(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            unit_id=lead,
            role=AssignmentRole.LEAD,
            status=AssignmentStatus.ACCEPTED,
            handler_id=case.handler_id,
            dispatched_at=at,
            accepted_at=at,
            requirements=[],
        ),
    )
    tx.involve(case, lead)
    _start_again(tx, case, at)


def _start_again(tx: Transaction, case: Case, at: datetime) -> None:
    """Start the handling clock of the new round; the old round's clocks stay as they were."""
    start_clocks(tx, case, ClockEvent.RECEIVED, at, only=ClockKind.HANDLE)
