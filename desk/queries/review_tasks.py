"""Decisions of the monthly review as tasks (研判会任务): open ones first, then what was done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.queries.rates import UnitNames
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.models import ReviewTask, Staff

_MOST_DONE = 100


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task.

    Attributes:
        may_report: whether the reader may report it as done.
    """

    id: int
    text: str
    unit: str
    decided_on: date
    due_on: date
    done_on: date | None
    done_note: str
    done_by: str
    is_late: bool
    may_report: bool


def review_tasks(reader: Reader) -> tuple[TaskRow, ...]:
    """Return the open tasks of the street, the most urgent first, then the latest done ones."""
    names, today, person = UnitNames(reader), day_of(reader.now), reader.person
    reporter = aliased(Staff)
    steers = may_in_hall(Deed.STEER, person)
    query = (
        select(ReviewTask, reporter.name)
        .outerjoin(reporter, reporter.id == ReviewTask.done_by)
        .where(ReviewTask.street_id == person.street_id)
    )
    is_open = ReviewTask.done_on.is_(None)
    rows = [
        *reader.session.execute(query.where(is_open).order_by(ReviewTask.due_on, ReviewTask.id)),
        *reader.session.execute(
            query.where(~is_open)
            .order_by(ReviewTask.done_on.desc(), ReviewTask.id.desc())
            .limit(_MOST_DONE)
        ),
    ]
    return tuple(
        TaskRow(
            id=row.id,
            text=row.text,
            unit=names.on(row.unit_id, today),
            decided_on=row.decided_on,
            due_on=row.due_on,
            done_on=row.done_on,
            done_note=row.done_note or "",
            done_by=done_by or "",
            is_late=row.done_on is None and row.due_on < today,
            may_report=row.done_on is None and (steers or row.unit_id in person.unit_ids),
        )
        for row, done_by in rows
    )
