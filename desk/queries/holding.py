"""In whose hands a case was, and how long (谁手里多久), read from its own history."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from desk.queries.lookups import units
from desk.rules.codes import AssignmentRole, CaseStatus, ClockKind, SpanUnit
from desk.rules.holding import STATUS_AFTER, CaseStrip, Turn, stays
from desk.rules.lifecycle import FIRST_STATUS, OPEN
from desk.rules.moments import day_of
from desk.rules.spans import time_between
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Assignment, Case, Clock, Event, EventCase
from desk.store.sight import seen_by
from desk.store.unit_calendars import PartCalendars

_STATUS = "cases.status"
_LIMITS = (ClockKind.HANDLE, ClockKind.OPINION)  # what the unit itself must keep


def case_strip(reader: Reader, case_id: int) -> CaseStrip | None:
    """Return in whose hands a case was from its reception until now; None: kept from the reader."""
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    if case is None:
        return None
    calendars = PartCalendars(reader.session, case.street_id, day_of(reader.now))

    def worked(unit: int | None, since: datetime, until: datetime) -> timedelta:
        calendar = calendars.hall if unit is None else calendars.of_unit(unit)
        return time_between(since, until, SpanUnit.WORKING_MINUTE, calendar)

    clocks = reader.session.execute(
        select(Clock.kind, Clock.due_at, Clock.stopped_at)
        .where(
            Clock.case_id == case.id,
            Clock.kind.in_(sorted(_LIMITS)),
            Clock.assignment_id.is_(None),
            Clock.is_applicable.is_(True),
            Clock.set_aside_at.is_(None),
        )
        .order_by(Clock.round_no, Clock.id)
    ).all()
    ended = reader.now if case.status in OPEN else (case.closed_at or case.changed_at)
    limits = [(row.due_at, row.stopped_at or ended) for row in clocks]
    held = stays(_turns(reader, case), ended, limits, worked)
    newest = {row.kind: row.due_at for row in clocks}
    return CaseStrip(held, tuple((label(kind), newest[kind]) for kind in _LIMITS if kind in newest))


def _turns(reader: Reader, case: Case) -> list[Turn]:
    """Return how the case stood from when on: each line of its history says what it changed."""
    lines = reader.session.execute(
        select(Event.happened_at, Event.kind, Event.payload)
        .join(EventCase, EventCase.event_id == Event.id)
        .where(EventCase.case_id == case.id)
        .order_by(EventCase.version)
    ).all()
    leads = _leads(reader, case)
    names = {unit.id: unit.short_name for unit in units(reader)}

    def turn(at: datetime, status: CaseStatus) -> Turn:
        unit = next((unit for since, unit in leads if since <= at), case.first_unit_id)
        return Turn(at, status, unit, names.get(unit, ""))

    status, is_told = FIRST_STATUS[case.exit], False
    found = [turn(case.received_at, status)]
    for line in lines:
        before, after = _status(line.payload, case.id)
        if after is not None and (before is status or not is_told):
            status, is_told = after, True
        elif not is_told:
            status = STATUS_AFTER.get(line.kind, status)
        found.append(turn(max(line.happened_at, found[-1].at), status))
    if status is not case.status:
        found.append(turn(found[-1].at, case.status))
    return found


def _leads(reader: Reader, case: Case) -> list[tuple[datetime, int]]:
    """Return since when which unit led the case, the latest first."""
    rows = reader.session.execute(
        select(Assignment.dispatched_at, Assignment.unit_id)
        .where(Assignment.case_id == case.id, Assignment.role == AssignmentRole.LEAD)
        .order_by(Assignment.dispatched_at.desc(), Assignment.id.desc())
    )
    return [(row.dispatched_at, row.unit_id) for row in rows]


def _status(
    payload: Mapping[str, Any] | None, case_id: int
) -> tuple[CaseStatus | None, CaseStatus | None]:
    """Return from where to where a line moved this case; of several cases it names each."""
    sides = [(payload or {}).get(side) or {} for side in ("before", "after")]
    key = next((key for key in (f"{_STATUS}@{case_id}", _STATUS) if key in sides[1]), None)
    if key is None:
        return None, None
    return CaseStatus(sides[0][key]), CaseStatus(sides[1][key])
