"""Bookings as a calendar file for other programs (排期导出 .ics, RFC 5545).

Whoever gets the file reads what the grid shows its maker and no more: 张某 for a name, and of a
mediation that is 不公开 only that the room is taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard
from sqlalchemy import or_, select

from desk.queries.room_day import RoomBooking, bookings_between
from desk.rules.bookings import HIDDEN_PEOPLE
from desk.rules.mediation_codes import BookingStatus
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Booking, Room, Street

_MAKER = "-//Case Desk//Rooms//ZH"
_ZONE = ZoneInfo("Asia/Shanghai")
_SINCE = datetime.combine(date(1991, 9, 15), time())  # no summer time since, in wall time
_OFFSET = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """Which bookings go into the file.

    Attributes:
        last: the last day, included.
        room, mediator: only this room's, or this mediator's.
        name: what other programs call the calendar.
    """

    first: date
    last: date
    room: int | None = None
    mediator: int | None = None
    name: str = "调解室排期"


def calendar_file(reader: Reader, wish: CalendarWish) -> bytes:
    """Return the bookings of some days as a calendar file, as the reader may see them."""
    street = reader.person.street_id
    more = []
    if wish.room is not None:
        more.append(or_(Booking.room_id == wish.room, Booking.caucus_room_id == wish.room))
    if wish.mediator is not None:
        more.append(Booking.mediator_id == wish.mediator)
    bookings = bookings_between(reader, wish.first, wish.last + timedelta(days=1), *more)
    rooms = reader.session.execute(select(Room.id, Room.name).where(Room.street_id == street))
    hall = reader.session.get_one(Street, street).hall_name
    calendar = _calendar(wish.name)
    names = {room.id: room.name for room in rooms}
    for event in _events(bookings, names, hall, reader.now):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    for key, value in (
        ("prodid", _MAKER),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
        ("x-wr-timezone", _ZONE.key),
    ):
        calendar.add(key, value)
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE.key)
    standard.add("dtstart", _SINCE)
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    calendar.add_component(zone)
    return calendar


def _events(
    bookings: Iterable[RoomBooking], rooms: Mapping[int, str], hall: str, now: datetime
) -> Iterable[Event]:
    for booking in bookings:
        event = Event()
        places = "、".join(rooms[room] for room in booking.rooms)
        for key, value in (
            ("uid", f"booking-{booking.id}@case-desk"),
            ("dtstamp", now),
            ("sequence", booking.version),
            ("dtstart", booking.starts_at.astimezone(_ZONE)),
            ("dtend", booking.ends_at.astimezone(_ZONE)),
            ("summary", _summary(booking)),
            ("location", f"{hall} {places}"),
            ("description", _description(booking)),
            ("status", _status(booking)),
            ("class", "PRIVATE" if booking.mediation_id else "PUBLIC"),
        ):
            event.add(key, value)
        yield event


def _summary(booking: RoomBooking) -> str:
    if booking.is_private:
        return f"{label(booking.purpose)}（{HIDDEN_PEOPLE}）"
    return " · ".join(filter(None, (booking.title, booking.people)))


def _description(booking: RoomBooking) -> str:
    lines = [label(booking.status)]
    if booking.mediator:
        lines.append(f"调解员：{booking.mediator}")
    lines.append(f"前后清场 {booking.buffer_minutes} 分钟")
    return "\n".join(lines)


def _status(booking: RoomBooking) -> str:
    provisional = booking.status is BookingStatus.PROVISIONAL
    return "TENTATIVE" if provisional else "CONFIRMED"
