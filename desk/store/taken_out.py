"""What somebody has taken out of the ledgers, and may still take out alone (已导出件数).

Rows are counted over the whole day, so that no limit is walked around in several pieces.
"""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desk.rules.moments import day_of, end_of, start_of
from desk.rules.rights import Person
from desk.store.hall_rules import setting
from desk.store.models import Event, ExportRequest

TAKEN_OUT = "ledger.exported"
ALONE = "alone"  # in the answer of such a line: how many rows nobody else has approved


def rows_alone(session: Session, person: Person, now: datetime) -> int:
    """Return how many rows the person may still take out today without a second person."""
    today = day_of(now)
    answers = session.scalars(
        select(Event.result).where(
            Event.street_id == person.street_id,
            Event.kind == TAKEN_OUT,
            Event.recorded_at >= start_of(today),
            Event.recorded_at < end_of(today),
            Event.made_by == person.staff_id,
        )
    )
    taken = sum(int(answer["made"].get(ALONE, 0)) for answer in answers)
    most = int(setting(session, person.street_id, "export_alone_rows", today))
    return max(most - taken, 0)


def approvals(person: Person, now: datetime, kind: str) -> Select[ExportRequest]:
    """Return the query for what somebody else approved for this person and nobody has used yet."""
    return (
        select(ExportRequest)
        .where(
            ExportRequest.street_id == person.street_id,
            ExportRequest.asked_by == person.staff_id,
            ExportRequest.kind == kind,
            ExportRequest.is_granted.is_(True),
            ExportRequest.used_at.is_(None),
            ExportRequest.expires_at >= now,
        )
        .order_by(ExportRequest.id)
    )
