"""Reports, and cases about the street's own units and people, for the inspectors (9.4).

They are theirs to follow whoever handles them, also where they ended at the counter, or somebody
says it only at the call-back or after the end.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, select

from desk.queries.desk_today import DayRow, day_rows
from desk.rules.lifecycle import OPEN
from desk.store.database import Reader
from desk.store.models import Case, Event, EventCase
from desk.store.sight import confidential, standing_at

_LATELY = timedelta(days=30)
_NEVER = datetime.max.replace(tzinfo=UTC)


def cases_about_staff(reader: Reader) -> tuple[DayRow, ...]:
    """Return those that are open, or came or were said to be such in the last thirty days."""
    said_lately = (
        select(EventCase.case_id)
        .join(Event, Event.id == EventCase.event_id)
        .where(
            Event.street_id == reader.person.street_id,
            Event.kind == "case.accused",
            Event.recorded_at >= reader.now - _LATELY,
        )
    )
    # asked one after the other: either engine takes the small index of open cases only by itself
    came_lately = Case.received_at >= reader.now - _LATELY
    either = (standing_at(OPEN), Case.id.in_(said_lately), came_lately)
    street = Case.street_id == reader.person.street_id
    found = {
        row.case_id: row
        for which in either
        for row in day_rows(reader, and_(street, confidential(), which))
    }
    return tuple(sorted(found.values(), key=_first_due))


def _first_due(row: DayRow) -> tuple[bool, datetime, int]:
    return row.due_at is None, row.due_at or _NEVER, row.case_id
