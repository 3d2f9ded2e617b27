"""Parked cases (挂账): looked at again on the day that was set, and brought back (6.1 #11)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from desk.actions.clocks import moved_words
from desk.actions.pauses import end_pause
from desk.rules.clock_codes import ExtensionKind, ExtensionState
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.extensions import require_review_day
from desk.rules.lifecycle import require_move
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.models import Case, ExtensionRequest
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewParked(CaseRequest):
    """Look at a parked case again (复核挂账): it stays parked until another day, or comes back.

    Attributes:
        review_on: when it is looked at next; None brings it back.
    """

    review_on: date | None = None
    note: str = words("复核情况", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpark(CaseRequest):
    """Go on with a parked case: what kept it is gone (恢复办理)."""

    note: str = words("恢复的理由", Field.BODY)


@action(ReviewParked, "parked.reviewed")
def review_parked(tx: Transaction, request: ReviewParked) -> Changes:
    """Keep a case parked until another day, or bring it back.

    Raises:
        RuleBroken: nothing is said of how it stands, or the day is not one to come.
    """
    case = tx.open_case(request.case, request.seen, Deed.REVIEW_PARKED)
    if not request.note.strip():
        raise RuleBroken("请写一句复核到的情况：原因还在不在、进展如何。", field="note")
    for row in _parkings(tx, case):
        tx.watch(row)
        row.reviewed_at = request.happened_at
    if request.review_on is None:
        return _come_back(tx, case, request.happened_at, request.note)
    require_review_day(request.review_on, tx.today)
    for row in _parkings(tx, case):
        row.review_on = request.review_on
    day = request.review_on
    said = f"复核挂账，继续挂账，{day.month} 月 {day.day} 日再复核"
    return Changes(said, cases=(case.id,), detail=request.note)


@action(Unpark, "parked.ended")
def unpark(tx: Transaction, request: Unpark) -> Changes:
    """Bring a parked case back to its unit; its limits run on with the time they had left.

    Raises:
        RuleBroken: it is not said why.
    """
    case = tx.open_case(request.case, request.seen, Deed.UNPARK)
    if not request.note.strip():
        raise RuleBroken("请写一句为什么可以接着办了。", field="note")
    return _come_back(tx, case, request.happened_at, request.note)


def _come_back(tx: Transaction, case: Case, at: datetime, note: str) -> Changes:
    require_move(case.status, CaseStatus.HANDLING)
    case.status = CaseStatus.HANDLING
    end_parkings(tx, case, at)
    words = moved_words(end_pause(tx, case, at), at) or "没有时限要重新计算"
    return Changes(f"挂账恢复办理，{words}", cases=(case.id,), detail=note)


def end_parkings(tx: Transaction, case: Case, at: datetime) -> None:
    """End what a case was parked by; it is on somebody's desk again."""
    for row in _parkings(tx, case):
        tx.watch(row)
        row.ended_at = at


def _parkings(tx: Transaction, case: Case) -> list[ExtensionRequest]:
    """Return the granted requests by which the case is parked; one, but for imported cases."""
    return list(
        tx.session.scalars(
            select(ExtensionRequest).where(
                ExtensionRequest.case_id == case.id,
                ExtensionRequest.kind == ExtensionKind.PARK,
                ExtensionRequest.state == ExtensionState.GRANTED,
                ExtensionRequest.ended_at.is_(None),
            )
        )
    )
