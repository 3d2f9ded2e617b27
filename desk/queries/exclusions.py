"""The requests about a month's assessment (剔除、差评申诉一览): each with its state, none left out.

What they changed in the figures is said by `assessed_before.before_and_after`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.queries.assessed_before import BeforeAfter, before_and_after
from desk.queries.assessments import why_of
from desk.queries.lookups import units
from desk.rules.assessment_codes import RequestKind, RequestState
from desk.store.database import Reader
from desk.store.models import AssessmentRequest, Case, Staff
from desk.store.patience import takes_long
from desk.store.sight import seen_by


@dataclass(frozen=True, slots=True)
class MonthRequest:
    """One request about a case of the month.

    Attributes:
        why: the reasons of an exclusion, or the new rating of an appeal, in words.
    """

    case_id: int
    number: str
    summary: str
    unit: str
    kind: RequestKind
    state: RequestState
    why: str
    asked_by: str
    asked_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class MonthRequests:
    """All requests about a month, and its figures with and without those that were granted."""

    month: str
    rows: tuple[MonthRequest, ...]
    figures: BeforeAfter


@takes_long
def month_requests(reader: Reader, month: date) -> MonthRequests:
    """Return the requests about the cases received in a month that the reader may see."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    asker = aliased(Staff)
    names = {unit.id: unit.short_name for unit in units(reader)}
    rows = reader.session.execute(
        select(AssessmentRequest, Case.number, Case.summary, asker.name)
        .join(Case, Case.id == AssessmentRequest.case_id)
        .join(asker, asker.id == AssessmentRequest.asked_by)
        .where(
            AssessmentRequest.street_id == reader.person.street_id,
            AssessmentRequest.month == f"{first:%Y-%m}",
            seen_by(reader.person),
        )
        .order_by(AssessmentRequest.asked_at, AssessmentRequest.id)
    ).all()
    return MonthRequests(
        f"{first:%Y-%m}",
        tuple(
            MonthRequest(
                case_id=row.case_id,
                number=number,
                summary=summary,
                unit=names.get(row.unit_id, ""),
                kind=row.kind,
                state=row.state,
                why=why_of(row),
                asked_by=asked_by,
                asked_at=row.asked_at,
                decided_at=row.decided_at,
            )
            for row, number, summary, asked_by in rows
        ),
        before_and_after(reader, first, last),
    )
