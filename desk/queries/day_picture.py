"""The picture of a day that makes itself at 23:00 (每晚 23 时监督, DOMAIN.md 001-5).

It holds what everybody who oversees the hall may know: figures, numbers and units. Reports and
cases about one of the street's own people are left out, so that it may be stored and read later.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from desk.queries.leader_queues import known_to_all, picture_rows
from desk.queries.lookups import units
from desk.rules.leader_queues import LeaderQueue
from desk.rules.lifecycle import OPEN
from desk.rules.moments import end_of, start_of
from desk.store.database import Reader
from desk.store.models import Case
from desk.store.sight import seen_by, standing_at


@dataclass(frozen=True, slots=True)
class PicturedCase:
    """One case in a queue of the picture; its page shows more, to whom it may."""

    case_id: int
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class DayPicture:
    """What a day came to, and what each of the six queues still held.

    Attributes:
        taken_at: when it was taken; later than 23:00 where no desk was on by then.
        ended: cases that were closed on the day; overdue: open ones past a limit now.
    """

    day: date
    taken_at: datetime
    received: int
    ended: int
    open: int
    overdue: int
    queues: dict[LeaderQueue, tuple[PicturedCase, ...]]

    def plain(self) -> dict[str, Any]:
        """Return the picture as plain data, to be stored with a bulletin."""
        return {
            "day": self.day.isoformat(),
            "taken_at": self.taken_at.isoformat(),
            "received": self.received,
            "ended": self.ended,
            "open": self.open,
            "overdue": self.overdue,
            "queues": {
                queue.value: {
                    "count": len(cases),
                    "cases": [
                        {"id": one.case_id, "number": one.number, "unit": one.unit} for one in cases
                    ],
                }
                for queue, cases in self.queues.items()
            },
        }


def day_picture(reader: Reader, day: date) -> DayPicture:
    """Return the picture of a day of the reader's street, as things stand now.

    Args:
        day: whose double-no cases, receptions and endings are counted; the queues are today's.
    """
    names = {unit.id: unit.short_name for unit in units(reader)}
    first, last = start_of(day), end_of(day)
    alive = standing_at(OPEN)
    return DayPicture(
        day=day,
        taken_at=reader.now,
        received=_count(reader, Case.received_at >= first, Case.received_at < last),
        ended=_count(reader, Case.closed_at >= first, Case.closed_at < last),
        open=_count(reader, alive),
        overdue=_count(reader, alive, Case.next_due_at < reader.now),
        queues={
            queue: tuple(
                PicturedCase(row.id, row.number, names.get(row.unit_id, ""))
                for row in picture_rows(reader, queue, day)
            )
            for queue in LeaderQueue
        },
    )


def _count(reader: Reader, *conditions: ColumnElement[bool]) -> int:
    query = select(func.count(Case.id)).where(seen_by(reader.person), known_to_all(), *conditions)
    return reader.session.scalar(query) or 0
