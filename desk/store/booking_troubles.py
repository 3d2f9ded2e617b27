"""Which bookings ahead cannot stay as they are (须换人、须改期的排期), worked out when asked."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from desk.rules.booking_troubles import BookingTrouble, TroubledBooking
from desk.rules.bookings import Tie, is_within, tie_between
from desk.rules.identity import normalise_name
from desk.rules.mediation_codes import BookingStatus
from desk.rules.moments import day_of
from desk.store.booking_facts import people_of
from desk.store.models import Booking, Mediation, MediatorTie, Room
from desk.store.open_spans import written_spans
from desk.store.person_keys import kept_key

S = BookingStatus


def is_ahead(now: datetime) -> ColumnElement[bool]:
    """Return the condition for bookings that stand, and are neither running nor over."""
    return and_(
        Booking.ends_at > now,
        or_(
            Booking.status == S.CONFIRMED,
            and_(Booking.status == S.PROVISIONAL, not_(Booking.hold_until <= now)),
        ),
    )


def bookings_in_trouble(
    session: Session, street_id: int, now: datetime, *where: ColumnElement[bool]
) -> tuple[TroubledBooking, ...]:
    """Return the bookings ahead that cannot stay as they are, earliest first."""
    columns: tuple[Any, ...] = (Booking, Room.name.label("room"), Mediation.number)
    rows = session.execute(
        select(*columns)
        .join(Room, Room.id == Booking.room_id)
        .outerjoin(Mediation, Mediation.id == Booking.mediation_id)
        .where(Booking.street_id == street_id, is_ahead(now), *where)
        .order_by(Booking.starts_at, Booking.id)
    ).all()
    bookings = [row.Booking for row in rows]
    tied = _tied(session, bookings)
    closed = _closed(session, street_id, bookings)
    return tuple(
        TroubledBooking(
            id=booking.id,
            mediation_id=booking.mediation_id,
            number=row.number or "",
            room=row.room,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            trouble=BookingTrouble.TIE if booking.id in tied else BookingTrouble.HOURS,
        )
        for row, booking in zip(rows, bookings, strict=True)
        if booking.id in tied | closed
    )


def _tied(session: Session, bookings: Iterable[Booking]) -> set[int]:
    """Return the bookings whose mediator must keep out of the dispute."""
    hosted = [one for one in bookings if one.mediation_id is not None]
    ties = _ties(session, {one.mediator_id for one in hosted})
    people = cache(lambda mediation_id: people_of(session, mediation_id))
    found = set()
    for one in hosted:
        day = day_of(one.starts_at)
        held = [tie for tie, until in ties[one.mediator_id] if until is None or day < until]
        if held and tie_between(held, people(one.mediation_id)) is not None:
            found.add(one.id)
    return found


def _ties(
    session: Session, mediators: Iterable[int | None]
) -> Mapping[int | None, list[tuple[Tie, date | None]]]:
    found: dict[int | None, list[tuple[Tie, date | None]]] = {one: [] for one in mediators}
    for row in session.scalars(select(MediatorTie).where(MediatorTie.mediator_id.in_(found))):
        key = kept_key(session, row.street_id, row.person_key)
        tie = Tie(row.kind, normalise_name(row.name), key)
        found[row.mediator_id].append((tie, row.valid_to))
    return found


def _closed(session: Session, street_id: int, bookings: Iterable[Booking]) -> set[int]:
    """Return the bookings outside opening hours for which nobody allowed overtime."""
    plain = [one for one in bookings if not one.overtime_by]
    spans = written_spans(session, street_id, {day_of(one.starts_at) for one in plain})
    return {
        one.id
        for one in plain
        if not is_within(spans[day_of(one.starts_at)], one.starts_at, one.ends_at)
    }
