"""Leaders' reception days (接访): the calendar, a day with its cases, and those of one case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from desk.queries.appointments import AppointmentRow, appointment_counts, appointments_of
from desk.queries.case_rows import has_rows
from desk.queries.lookups import units
from desk.rules.codes import CaseStatus, Role
from desk.rules.moments import day_of
from desk.rules.reception_codes import ReceptionOrigin, ReceptionOutcome
from desk.rules.receptions import is_his_day
from desk.rules.roster import duty_days
from desk.rules.working_days import Calendar
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar
from desk.store.models import Case, DutyPost, Paper, ReceptionCase, ReceptionDay
from desk.store.reception_book import reception_day as row_of_day
from desk.store.reception_rows import Receiver, receivers_by_day, receivers_of, stand_ins
from desk.store.roster_rows import post_of, posts_on, present_shifts
from desk.store.sealing import sealed_since, shown_appellant
from desk.store.sight import seen_by

_WRITERS = frozenset({Role.CLERK, Role.DISPATCHER, Role.OFFICE})
_OLDEST_LISTED = timedelta(days=366)
_AHEAD = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class DayInCalendar:
    """A reception day as the calendar shows it.

    Attributes:
        is_mine: whether the reader receives then, or stands in for who does.
    """

    post: int
    day: date
    name: str
    leader: str
    place: str
    hours: str
    appointments: int
    cases: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """A case before a leader.

    Attributes:
        is_late: whether what he told a unit to do is over its day and nobody said what came of it.
    """

    id: int
    case_id: int
    version: int
    number: str
    summary: str
    appellant: str
    status: CaseStatus
    post: int
    day: date
    place: str
    origin: ReceptionOrigin
    why: str
    leader: str
    received_at: datetime | None
    opinion: str
    outcome: ReceptionOutcome | None
    follow_unit_id: int | None
    follow_unit: str
    follow_person: str
    follow_due: date | None
    done_on: date | None
    done_note: str
    paper_id: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReceptionDayView:
    """A reception day: who receives where, who comes, and what came of it."""

    post: int
    day: date
    name: str
    leaders: tuple[Receiver, ...]
    deputies: tuple[Receiver, ...]
    place: str
    hours: str
    note: str
    is_mine: bool
    appointments: tuple[AppointmentRow, ...]
    cases: tuple[ReceptionRow, ...]


@dataclass(frozen=True, slots=True)
class ReceptionsOfCase:
    """What leaders said of one case, and what may still be done.

    Attributes:
        to_record: the reception whose words are still to be written down, by the reader.
        to_follow: the one of which is still to be said what came of it.
        choices: who may have received on the day of `to_record`.
    """

    rows: tuple[ReceptionRow, ...] = ()
    to_record: ReceptionRow | None = None
    to_follow: ReceptionRow | None = None
    choices: tuple[Receiver, ...] = ()


def reception_calendar(reader: Reader, *, first: date, last: date) -> tuple[DayInCalendar, ...]:
    """Return the reception days from `first` to `last`, as the roster has them."""
    session, street = reader.session, reader.person.street_id
    posts = reception_posts(reader, first)
    calendar = hall_calendar(session, street, day_of(reader.now))
    ids = [post.id for post in posts]
    there = receivers_by_day(session, ids, first, last)
    places = {
        (row.post_id, row.day): row.place
        for row in session.scalars(
            select(ReceptionDay).where(
                ReceptionDay.post_id.in_(ids), ReceptionDay.day.between(first, last)
            )
        )
    }
    coming = appointment_counts(reader, first, last)
    cases = _case_counts(reader, first, last)
    found = [
        DayInCalendar(
            post.id,
            day,
            post.name,
            "、".join(one.name for one in there.get((post.id, day), ())),
            places.get((post.id, day), post.reception_place or ""),
            post.hours or "",
            coming.get((post.id, day), 0),
            cases.get((post.id, day), 0),
            is_his_day(reader.person, [one.staff_id for one in there.get((post.id, day), ())]),
        )
        for post in posts
        for day in _days_of(reader, post, calendar, first, last)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.post)))


def reception_posts(reader: Reader, on: date) -> list[DutyPost]:
    """Return the posts at which leaders receive people."""
    today = day_of(reader.now)
    posts = posts_on(reader.session, reader.person.street_id, max(on, today))
    return [post for post in posts if post.reception_place is not None]


def reception_day_view(reader: Reader, *, post: int, day: date) -> ReceptionDayView | None:
    """Return a reception day; None where nobody receives."""
    session = reader.session
    kept = session.get(DutyPost, post)
    if kept is None or kept.street_id != reader.person.street_id or kept.reception_place is None:
        return None
    leaders = receivers_of(session, post, day)
    row = row_of_day(session, post, day)
    return ReceptionDayView(
        post,
        day,
        kept.name,
        leaders,
        stand_ins(session, leaders, day),
        row.place if row is not None else kept.reception_place,
        kept.hours or "",
        (row.note if row is not None else None) or "",
        is_his_day(reader.person, [one.staff_id for one in leaders]),
        tuple(one for one in appointments_of(reader, day, day) if one.post == post),
        _rows(reader, ReceptionDay.post_id == post, ReceptionDay.day == day),
    )


def receptions_of(reader: Reader, case: Case) -> ReceptionsOfCase:
    """Return what leaders said of a case that the reader sees."""
    heard = has_rows(reader, ReceptionCase, case.id)
    rows = _rows(reader, ReceptionCase.case_id == case.id) if heard else ()
    waiting = next((row for row in reversed(rows) if not row.opinion), None)
    told = next((row for row in rows if row.follow_unit_id and row.done_on is None), None)
    receivers: tuple[Receiver, ...] = ()
    if waiting is not None:
        leaders = receivers_of(reader.session, waiting.post, waiting.day)
        receivers = (*leaders, *stand_ins(reader.session, leaders, waiting.day))
        own = is_his_day(reader.person, [one.staff_id for one in leaders])
        if not (own or reader.person.is_built_in or reader.person.roles & _WRITERS):
            waiting = None
    return ReceptionsOfCase(rows, waiting, told, receivers)


def reception_days_to_come(reader: Reader) -> tuple[DayInCalendar, ...]:
    """Return the reception days of the next weeks, on which a case may be brought forward."""
    today = day_of(reader.now)
    return reception_calendar(reader, first=today, last=today + _AHEAD)


def owed_receptions(reader: Reader) -> tuple[ReceptionRow, ...]:
    """Return what leaders told units to do and nobody has said what came of it, oldest first."""
    rows = _rows(
        reader,
        ReceptionCase.follow_due.is_not(None),
        ReceptionCase.done_on.is_(None),
        ReceptionDay.day > day_of(reader.now) - _OLDEST_LISTED,
    )
    own = reader.person.unit_ids
    sees_all = reader.person.is_built_in or bool(
        reader.person.roles & (_WRITERS | {Role.LEADER, Role.CHIEF})
    )
    return tuple(row for row in rows if sees_all or row.follow_unit_id in own)


def _days_of(
    reader: Reader, post: DutyPost, calendar: Calendar, first: date, last: date
) -> list[date]:
    by_rule = set(duty_days(post_of(post), first, last, calendar))
    begun = {day for day in by_rule if day >= post.valid_from}
    return sorted(
        begun | {one.day for one in present_shifts(reader.session, [post.id], first, last)}
    )


def _case_counts(reader: Reader, first: date, last: date) -> Mapping[tuple[int, date], int]:
    rows = reader.session.execute(
        select(ReceptionDay.post_id, ReceptionDay.day, func.count())
        .join(ReceptionCase, ReceptionCase.reception_day_id == ReceptionDay.id)
        .join(Case, Case.id == ReceptionCase.case_id)
        .where(
            ReceptionDay.day.between(first, last),
            ReceptionCase.removed_at.is_(None),
            seen_by(reader.person),
        )
        .group_by(ReceptionDay.post_id, ReceptionDay.day)
    )
    return {(post, day): count for post, day, count in rows}


def _rows(reader: Reader, *where: ColumnElement[bool]) -> tuple[ReceptionRow, ...]:
    today = day_of(reader.now)
    sealed = sealed_since(reader.session, reader.person.street_id, today)
    query: Any = (
        select(
            ReceptionCase,
            ReceptionDay,
            Case,
            Paper.id.label("paper"),
            shown_appellant(sealed).label("appellant"),
        )
        .join(ReceptionDay, ReceptionDay.id == ReceptionCase.reception_day_id)
        .join(Case, Case.id == ReceptionCase.case_id)
        .outerjoin(Paper, Paper.id == ReceptionCase.paper_id)
        .where(ReceptionCase.removed_at.is_(None), seen_by(reader.person), *where)
        .order_by(ReceptionDay.day, ReceptionCase.added_at, ReceptionCase.id)
    )
    names = {unit.id: unit.short_name for unit in units(reader)}
    return tuple(_row(found, names, today) for found in reader.session.execute(query))


def _row(found: Any, names: Mapping[int, str], today: date) -> ReceptionRow:
    one: ReceptionCase = found.ReceptionCase
    case: Case = found.Case
    return ReceptionRow(
        id=one.id,
        case_id=case.id,
        version=case.version,
        number=case.number,
        summary=case.summary,
        appellant=found.appellant,
        status=case.status,
        post=found.ReceptionDay.post_id,
        day=found.ReceptionDay.day,
        place=found.ReceptionDay.place,
        origin=one.origin,
        why=one.why or "",
        leader=one.leader_name or "",
        received_at=one.received_at,
        opinion=one.opinion or "",
        outcome=one.outcome,
        follow_unit_id=one.follow_unit_id,
        follow_unit=names.get(one.follow_unit_id or 0, ""),
        follow_person=one.follow_person or "",
        follow_due=one.follow_due,
        done_on=one.done_on,
        done_note=one.done_note or "",
        paper_id=found.paper,
        is_late=one.follow_due is not None and one.done_on is None and one.follow_due < today,
    )
