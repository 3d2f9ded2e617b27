"""The appointment book (预约簿): who comes when, what is free, whom an intake begins with.

Names stand in full, as the counter calls people up; numbers are masked until somebody says why.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, cast

from sqlalchemy import Select, Text, func, or_, select, type_coerce

from desk.queries.lookups import staff, units
from desk.rules.deeds import Deed
from desk.rules.identity import mask_phone
from desk.rules.looks import REVEALED_FOR
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.reception_codes import AppointmentState, AppointmentWay
from desk.rules.reception_settings import AHEAD_DAYS
from desk.rules.receptions import Slot
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar, setting
from desk.store.models import Appointment, Case, Event, ReceptionDay
from desk.store.reception_book import Asked, slots_of
from desk.store.reception_rows import receivers_by_day
from desk.store.reception_sight import appointment_seen_by
from desk.store.sealing import sealed_since, shown_appellant

_REVEALED = "appointment.revealed"
_SHORTEST, _MOST_HITS = 2, 4


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment as lists show it.

    Attributes:
        who: his name, once it is a case as lists name its appellant.
        phone: masked.
        with_whom: the leader who receives him, or nobody: the counter.
        place: where the leader receives.
        moved: how often it was put off, which a change must have seen.
        case_id: the case it has become, with its number.
    """

    id: int
    starts_at: datetime
    state: AppointmentState
    way: AppointmentWay
    who: str
    phone: str
    matter: str
    needs: tuple[str, ...]
    post: int | None
    with_whom: str
    place: str
    is_confidential: bool
    moved: int
    end_note: str
    case_id: int | None
    number: str


@dataclass(frozen=True, slots=True)
class BookDay:
    """A day of a book: its half hours, and who comes."""

    day: date
    slots: tuple[Slot, ...]
    rows: tuple[AppointmentRow, ...]


@dataclass(frozen=True, slots=True)
class CounterDay:
    """A day of the counter's book, and how many come."""

    day: date
    booked: int


@dataclass(frozen=True, slots=True)
class BookChoices:
    """Units (id, name) and people (id, name, login) that an appointment may be about."""

    units: tuple[tuple[int, str], ...] = ()
    staff: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """What an intake begins with when somebody has come (受理时带入)."""

    id: int
    name: str
    phone: str
    matter: str
    needs: tuple[str, ...]
    is_with_leader: bool
    accused_unit: int | None
    accused_staff: int | None


def book_day(reader: Reader, *, day: date, post: int | None) -> BookDay:
    """Return a day of the counter's book, or of a leader's."""
    asked = Asked(day, post)
    today = day_of(reader.now)
    slots = slots_of(reader.session, reader.person.street_id, asked, today)
    rows = appointments_of(reader, day, day)
    return BookDay(day, slots, tuple(row for row in rows if row.post == post))


def appointments_today(reader: Reader) -> tuple[AppointmentRow, ...]:
    """Return who comes today, to the counter and to a leader, by the hour."""
    today = day_of(reader.now)
    return tuple(
        row
        for row in appointments_of(reader, today, today)
        if row.state is not AppointmentState.CANCELLED
    )


def appointments_of(reader: Reader, first: date, last: date) -> tuple[AppointmentRow, ...]:
    """Return the appointments of some days that the reader may know of."""
    rows = reader.session.execute(
        _known(reader)
        .where(
            Appointment.starts_at >= start_of(first),
            Appointment.starts_at < end_of(last),
        )
        .order_by(Appointment.starts_at, Appointment.seat, Appointment.id)
    ).all()
    posts = sorted({row.post_id for row in rows if row.post_id is not None})
    leaders = receivers_by_day(reader.session, posts, first, last) if posts else {}
    return tuple(
        _row(row, "、".join(one.name for one in leaders.get((row.post_id, row.day), ())))
        for row in rows
    )


def appointments_named(reader: Reader, text: str) -> tuple[AppointmentRow, ...]:
    """Return who will come and is called so, or has a number with this end, the next first."""
    typed = "".join(text.split())
    if len(typed) < _SHORTEST or not may_in_hall(Deed.KEEP_APPOINTMENTS, reader.person):
        return ()
    street, today = reader.person.street_id, day_of(reader.now)
    called = Appointment.name.contains(typed, autoescape=True)
    if typed.isdecimal():
        called = or_(called, Appointment.phone.endswith(typed))
    asked = select(Appointment.id).where(
        appointment_seen_by(reader.person),
        Appointment.state == AppointmentState.BOOKED,
        Appointment.starts_at >= start_of(today),
        called,
    )
    wanted = set(reader.session.scalars(asked))
    last = today + timedelta(days=int(setting(reader.session, street, AHEAD_DAYS, today)))
    rows = appointments_of(reader, today, last) if wanted else ()
    return tuple(islice((row for row in rows if row.id in wanted), _MOST_HITS))


def book_choices(reader: Reader) -> BookChoices:
    """Return the units and people that an appointment may be about."""
    return BookChoices(
        tuple((unit.id, unit.name) for unit in units(reader)),
        tuple((one.id, one.name, one.login) for one in staff(reader)),
    )


def counter_days(reader: Reader) -> tuple[CounterDay, ...]:
    """Return the days of the counter's book, from today as far ahead as people may book."""
    street, today = reader.person.street_id, day_of(reader.now)
    last = today + timedelta(days=int(setting(reader.session, street, AHEAD_DAYS, today)))
    calendar = hall_calendar(reader.session, street, today)
    coming = Counter(
        day_of(row.starts_at)
        for row in appointments_of(reader, today, last)
        if row.post is None and row.state is not AppointmentState.CANCELLED
    )
    days = (today + timedelta(days=n) for n in range((last - today).days + 1))
    return tuple(
        CounterDay(day, coming[day]) for day in days if coming[day] or calendar.is_working_day(day)
    )


def appointment_facts(reader: Reader, *, appointment: int) -> AppointmentFacts | None:
    """Return what the intake of somebody who has come begins with; None once it is a case."""
    if not may_in_hall(Deed.KEEP_APPOINTMENTS, reader.person):
        return None
    row = reader.session.scalar(
        select(Appointment).where(
            Appointment.id == appointment,
            Appointment.case_id.is_(None),
            appointment_seen_by(reader.person),
        )
    )
    if row is None:
        return None
    return AppointmentFacts(
        row.id,
        row.name or "",
        row.phone or "",
        row.matter or "",
        tuple(row.needs),
        row.reception_day_id is not None,
        row.accused_unit_id,
        row.accused_staff_id,
    )


def appointment_phone(reader: Reader, *, appointment: int) -> str:
    """Return the number of somebody who will come, to whom has just said why he looks."""
    since = reader.now - REVEALED_FOR
    look = select(Event.id).where(
        Event.kind == _REVEALED,
        Event.sent_by == reader.person.staff_id,
        Event.recorded_at > since - timedelta(seconds=1),
        type_coerce(Event.result, Text).contains(str(appointment)),
    )
    if reader.session.scalar(look.limit(1)) is None:
        return ""
    phone = select(Appointment.phone).where(
        Appointment.id == appointment, appointment_seen_by(reader.person)
    )
    return reader.session.scalar(phone) or ""


def appointment_counts(reader: Reader, first: date, last: date) -> dict[tuple[int, date], int]:
    """Return how many come on each reception day, by post and day."""
    rows = reader.session.execute(
        select(ReceptionDay.post_id, ReceptionDay.day, func.count())
        .join(Appointment, Appointment.reception_day_id == ReceptionDay.id)
        .where(
            ReceptionDay.day.between(first, last),
            Appointment.state != AppointmentState.CANCELLED,
            appointment_seen_by(reader.person),
        )
        .group_by(ReceptionDay.post_id, ReceptionDay.day)
    )
    return {(post, day): count for post, day, count in rows}


def _known(reader: Reader) -> Select[Any]:
    found: Any = (
        select(
            Appointment,
            ReceptionDay.post_id,
            ReceptionDay.day,
            ReceptionDay.place,
            Case.number,
            shown_appellant(_seal(reader)).label("appellant"),
            Case.summary,
        )
        .outerjoin(ReceptionDay, ReceptionDay.id == Appointment.reception_day_id)
        .outerjoin(Case, Case.id == Appointment.case_id)
        .where(appointment_seen_by(reader.person))
    )
    return cast("Select[Any]", found)


def _seal(reader: Reader) -> datetime:
    return sealed_since(reader.session, reader.person.street_id, day_of(reader.now))


def _row(found: Any, leaders: str) -> AppointmentRow:
    one: Appointment = found.Appointment
    is_gone = one.forgotten_at is not None and one.case_id is None
    who = found.appellant if one.case_id else one.name or ("已抹去" if is_gone else "")
    return AppointmentRow(
        id=one.id,
        starts_at=one.starts_at,
        state=one.state,
        way=one.way,
        who=who,
        phone=mask_phone(one.phone) if one.phone else "",
        matter=(found.summary if one.case_id else one.matter) or "",
        needs=tuple(one.needs),
        post=found.post_id,
        with_whom=leaders,
        place=found.place or "",
        is_confidential=bool(one.accused_unit_id or one.accused_staff_id),
        moved=one.moved,
        end_note=one.end_note or "",
        case_id=one.case_id,
        number=found.number or "",
    )
