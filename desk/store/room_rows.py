"""The row of the schedule of all rooms on one day (调解室排期表): rooms across, hours down.

It hangs where people pass: nobody is named but as 张某, and 不公开 names nobody (DOMAIN.md 9.4).
"""

from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from desk.rules.bookings import HIDDEN_PEOPLE, LIVE_BOOKINGS
from desk.rules.mediation_codes import BookingPurpose, BookingStatus
from desk.rules.moments import SHANGHAI, in_shanghai, start_of
from desk.rules.wording import label
from desk.store.hall_rules import hall_calendar
from desk.store.models import Booking, Mediation, Mediator, Room
from desk.store.models.hall import today_rows
from desk.store.paper_source import Row, Writing

_SHOWN = LIVE_BOOKINGS | {BookingStatus.HELD, BookingStatus.NO_SHOW}
_WEEKDAYS = "一二三四五六日"
_USUAL = (9, 18)  # the hours shown on a day on which the hall is closed


def room_schedule_row(tx: Writing, day: date) -> Row:
    """Return rooms and hours of a day with what is booked in them."""
    rooms = list(
        tx.session.scalars(
            select(Room)
            .where(Room.street_id == tx.street_id, today_rows(Room, day))
            .order_by(Room.position, Room.id)
        )
    )
    booked = _bookings(tx, day)
    return {
        "day": day.isoformat(),
        "weekday": f"周{_WEEKDAYS[day.weekday()]}",
        "rooms": [room.name for room in rooms],
        "hours": [
            {
                "time": f"{begin:%H:%M}–{'24:00' if end.date() > day else f'{end:%H:%M}'}",
                "at": [_in_hour(tx, booked, room.id, begin, end) for room in rooms],
            }
            for begin, end in pairwise(_hours(tx, day, booked))
        ],
    }


def _bookings(tx: Writing, day: date) -> list[Booking]:
    begin = start_of(day)
    return list(
        tx.session.scalars(
            select(Booking)
            .where(
                Booking.street_id == tx.street_id,
                Booking.starts_at >= begin,
                Booking.starts_at < begin + timedelta(days=1),
                Booking.status.in_(sorted(_SHOWN)),
            )
            .order_by(Booking.starts_at, Booking.id)
        )
    )


def _hours(tx: Writing, day: date, booked: list[Booking]) -> list[datetime]:
    """Return the full hours from the first to the last in which something is or may be."""
    spans = hall_calendar(tx.session, tx.street_id, day).hours_on(day)
    hours = [hour for start, end in spans for hour in (start.hour, end.hour + bool(end.minute))]
    for booking in booked:
        end = in_shanghai(booking.ends_at)
        hours += [in_shanghai(booking.starts_at).hour, end.hour + bool(end.minute)]
    first, last = (min(hours), max(hours)) if hours else _USUAL
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return [midnight + timedelta(hours=hour) for hour in range(first, last + 1)]


def _in_hour(
    tx: Writing, booked: list[Booking], room_id: int, begin: datetime, end: datetime
) -> str:
    """Return what is in a room in an hour: what begins in it, and what still goes on."""
    said = []
    for booking in booked:
        if room_id not in {booking.room_id, booking.caucus_room_id}:
            continue
        if begin <= booking.starts_at < end:
            said.append(_words(tx, booking, is_caucus=room_id == booking.caucus_room_id))
        elif booking.starts_at < begin < booking.ends_at:
            said.append(f"至 {in_shanghai(booking.ends_at):%H:%M}")
    return "\n".join(said)


def _words(tx: Writing, booking: Booking, *, is_caucus: bool) -> str:
    starts, ends = in_shanghai(booking.starts_at), in_shanghai(booking.ends_at)
    mediation = tx.session.get(Mediation, booking.mediation_id or 0)
    people = booking.shown_people
    if mediation is not None and mediation.is_private:
        people = HIDDEN_PEOPLE
    mediator = tx.session.get(Mediator, booking.mediator_id or 0)
    is_mediation = booking.purpose is BookingPurpose.MEDIATION
    lines = [
        f"{starts:%H:%M}–{ends:%H:%M} {label(booking.purpose)}{'（分室）' if is_caucus else ''}",
        people if is_mediation else "",
        f"调解员 {mediator.name}" if mediator else "",
        "（预占）" if booking.status is BookingStatus.PROVISIONAL else "",
    ]
    return "\n".join(filter(None, lines))
