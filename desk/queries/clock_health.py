"""`check` of the limits (体检 · 时限): every clock is counted anew and must say the same."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desk.queries.health import Finding
from desk.rules.moments import day_of, start_of
from desk.store.database import Reader
from desk.store.fresh_clocks import counted, ended_pauses, every_rule, own_limit
from desk.store.models import Case, Clock, Event, Setting
from desk.store.unit_calendars import PartCalendars

_BATCH = 500


def clock_findings(reader: Reader) -> list[Finding]:
    """Return clocks that say something else than a fresh count by their limit.

    Running clocks are compared in every instant. A stopped one is history: it is compared where
    the calendar has not been changed since, in when it was due.
    """
    return list(_findings(reader))


def _findings(reader: Reader) -> Iterator[Finding]:
    session, street, today = reader.session, reader.person.street_id, day_of(reader.now)
    rules = every_rule(session, street)
    calendars = PartCalendars(session, street, today)
    changed_at = _calendar_changed_at(session, street)
    for batch in session.execute(_clocks(street)).partitions(_BATCH):
        pauses = ended_pauses(session, [clock for clock, _ in batch])
        for clock, number in batch:
            if clock.stopped_at and changed_at and clock.stopped_at <= changed_at:
                continue
            calendar = calendars.of_part(clock.assignment_id)
            fresh = counted(clock, own_limit(clock, rules), calendar, pauses.get(clock.id, ()))
            is_other = fresh.differs
            if clock.stopped_at is not None:
                is_other = fresh.limits.due_at != clock.due_at
            if is_other:
                yield Finding("时限", f"{number} 的一个时限与重新计算不一致。")


def _clocks(street_id: int) -> Select[Clock, str]:
    return (
        select(Clock, Case.number)
        .join(Case, Case.id == Clock.case_id)
        .where(Clock.street_id == street_id)
        .order_by(Clock.id)
        .execution_options(yield_per=_BATCH)
    )


def _calendar_changed_at(session: Session, street_id: int) -> datetime | None:
    """Return when days or hours were last changed, None where they never were."""
    recorded = session.scalar(
        select(func.max(Event.recorded_at)).where(
            Event.street_id == street_id,
            Event.kind.like("calendar.%") | (Event.kind == "unit.changed"),
        )
    )
    hours = session.scalar(
        select(func.max(Setting.valid_from)).where(
            Setting.street_id == street_id, Setting.key == "opening_hours"
        )
    )
    moments = [recorded, None if hours is None else start_of(hours)]
    return max((moment for moment in moments if moment is not None), default=None)
