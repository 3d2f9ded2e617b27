"""Books of appointments (预约簿): the half hours of a day, and which places are taken.

The counter has one book, each reception day its own. What is taken by somebody whom the asker may
not know of is taken all the same (`seats_taken` on the shared server).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, func, select, text
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from desk.rules.moments import day_of, end_of, start_of
from desk.rules.reception_codes import AppointmentState
from desk.rules.reception_settings import COUNTER_PLACES, LEADER_PLACES
from desk.rules.receptions import Slot, half_hours, windows_of
from desk.rules.roster import duty_days
from desk.rules.working_days import Calendar
from desk.store.contacts_told import is_shared
from desk.store.hall_rules import hall_calendar, setting
from desk.store.models import Appointment, DutyPost, ReceptionDay
from desk.store.roster_rows import post_of, present_shifts

_HELD = (AppointmentState.BOOKED, AppointmentState.CAME)
_TOLD = text("SELECT starts_at, seat FROM seats_taken(:book, :first, :last)").columns(
    Appointment.starts_at, Appointment.seat
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which day of which book: the counter's, or a leader's (`post`)."""

    day: date
    post: int | None = None


def slots_of(session: Session, street_id: int, asked: Asked, today: date) -> tuple[Slot, ...]:
    """Return the half hours of a day; none where nobody is received."""
    calendar = hall_calendar(session, street_id, today)
    if asked.post is None:
        hours, key, book = None, COUNTER_PLACES, street_id
    else:
        post = session.get(DutyPost, asked.post)
        if post is None or not is_reception_day(session, post, asked.day, calendar):
            return ()
        row = reception_day(session, asked.post, asked.day)
        hours, key, book = post.hours, LEADER_PLACES, row.id if row else 0
    capacity = int(setting(session, street_id, key, today))
    taken = _taken(session, book, asked.day)
    return tuple(
        Slot(at, capacity, frozenset(taken.get(at, ())))
        for at in half_hours(windows_of(hours, asked.day, calendar))
    )


def is_reception_day(session: Session, post: DutyPost, day: date, calendar: Calendar) -> bool:
    """Return whether a leader receives on a day: by the roster's rule, or since he stands on it."""
    if post.reception_place is None:
        return False
    if day in duty_days(post_of(post), day, day, calendar):
        return True
    return bool(present_shifts(session, (post.id,), day, day))


def reception_day(session: Session, post: int, day: date) -> ReceptionDay | None:
    """Return the row of a reception day; None while nothing was noted of it."""
    return session.scalar(
        select(ReceptionDay).where(ReceptionDay.post_id == post, ReceptionDay.day == day)
    )


def hold_book(session: Session, book: int) -> None:
    """Let nobody else take a place of this book until the transaction ends."""
    if is_shared(session):  # one file has one writer anyway
        session.execute(select(func.pg_advisory_xact_lock(sql_cast(book, BigInteger))))


def taken_at(session: Session, book: int, starts_at: datetime) -> frozenset[int]:
    """Return which places of a half hour somebody has."""
    return frozenset(_taken(session, book, day_of(starts_at)).get(starts_at, ()))


def _taken(session: Session, book: int, day: date) -> Mapping[datetime, set[int]]:
    found: dict[datetime, set[int]] = {}
    bounds = {"first": start_of(day), "last": end_of(day)}
    if is_shared(session):
        rows = session.execute(_TOLD, {"book": book, **bounds})
    else:
        rows = session.execute(
            select(Appointment.starts_at, Appointment.seat).where(
                Appointment.book_id == book,
                Appointment.state.in_(_HELD),
                Appointment.starts_at >= bounds["first"],
                Appointment.starts_at < bounds["last"],
            )
        )
    for starts_at, seat in rows:
        found.setdefault(starts_at, set()).add(seat)
    return found
