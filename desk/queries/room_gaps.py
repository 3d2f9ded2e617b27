"""Where the same people could meet instead, and what to think of before saving (空档)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, not_, select

from desk.rules.booking_advice import advice
from desk.rules.bookings import (
    SLOT,
    Meeting,
    Wish,
    require_allowed,
    require_time,
    room_resource,
    say_day,
    slot_of,
    slots_between,
)
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingStatus
from desk.rules.moments import day_of, end_of, start_of
from desk.store.booking_facts import is_valid, meeting_of
from desk.store.database import Reader
from desk.store.models import Booking, BookingSlot, Room

__all__ = ["BookingCheck", "Gap", "Wish", "booking_advice", "booking_check", "nearest_gaps"]

_MOST = 3
_DAYS_AHEAD = timedelta(days=14)
_HOUR, _MINUTE = 3600, 60


@dataclass(frozen=True, slots=True)
class Gap:
    """A time at which a fitting room and all the people are free.

    Attributes:
        why: a few words: “同一时间 · 无障碍”, “晚 4 小时”, “11 月 3 日”.
    """

    room_id: int
    room: str
    caucus_room_id: int | None
    starts_at: datetime
    ends_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class BookingCheck:
    """What would be said of a wish before anybody saves it.

    Attributes:
        refusal: why it cannot be saved, empty where it can; field: what it is about.
        advice: what is only advised against.
    """

    refusal: str = ""
    field: str = ""
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    room: Room
    caucus: Room | None

    @property
    def buffer_minutes(self) -> int:
        rooms = (self.room, self.caucus) if self.caucus else (self.room,)
        return max(room.buffer_minutes for room in rooms)


def booking_check(reader: Reader, wish: Wish) -> BookingCheck:
    """Return what the rules say of a wish; who holds its time is found out only by saving."""
    try:
        require_time(wish.starts_at, wish.ends_at, reader.now)
        meeting = meeting_of(reader.session, reader.person.street_id, wish)
        require_allowed(meeting)
    except RuleBroken as refused:
        return BookingCheck(str(refused), refused.field or "")
    return BookingCheck(advice=advice(meeting))


def booking_advice(reader: Reader, wish: Wish) -> tuple[str, ...]:
    """Return the soft rules' sentences for a wish."""
    return booking_check(reader, wish).advice


def nearest_gaps(reader: Reader, wish: Wish) -> tuple[Gap, ...]:
    """Return up to three free times for the same people and needs, nearest first.

    They do not overlap each other, so that they are three ways out and not one told thrice.

    Raises:
        RuleBroken: a room or somebody wished for is not there.
    """
    meeting = meeting_of(reader.session, reader.person.street_id, wish)
    places = _places(reader, meeting)
    busy = _busy(reader, meeting, places)
    found: list[Gap] = []
    for starts_at in sorted(_starts(reader, meeting), key=lambda at: _distance(wish, at)):
        ends_at = starts_at + (wish.ends_at - wish.starts_at)
        if any(starts_at < gap.ends_at and gap.starts_at < ends_at for gap in found):
            continue
        place = _free_place(meeting.at(starts_at, ends_at), places, busy)
        if place is not None:
            found.append(_gap(wish, place, starts_at, ends_at))
        if len(found) == _MOST:
            break
    return tuple(found)


def _distance(wish: Wish, at: datetime) -> tuple[float, bool]:
    return abs((at - wish.starts_at).total_seconds()), at < wish.starts_at


def _starts(reader: Reader, meeting: Meeting) -> Iterator[datetime]:
    """Walk over all starts within opening hours, from now up to two weeks after the wish."""
    wish = meeting.wish
    length = wish.ends_at - wish.starts_at
    day = max(day_of(reader.now), day_of(wish.starts_at - _DAYS_AHEAD))
    now = slot_of(reader.now)
    while day <= day_of(wish.starts_at + _DAYS_AHEAD):
        for opens_at, closes_at in meeting.calendar.windows_on(day):
            starts_at = opens_at
            while starts_at + length <= closes_at:
                if slot_of(starts_at) >= now:
                    yield starts_at
                starts_at += SLOT
        day += timedelta(days=1)


def _places(reader: Reader, meeting: Meeting) -> list[_Place]:
    """Return the rooms that suit the people, the wished one first, then the smallest."""
    wish, street = meeting.wish, reader.person.street_id
    query = select(Room).where(Room.street_id == street).order_by(Room.capacity, Room.position)
    rooms = [room for room in reader.session.scalars(query) if is_valid(room, meeting.day)]
    wished = {room.id: room for room in rooms}
    main = [
        room
        for room in rooms
        if room.kind is wished[wish.room].kind
        and room.capacity >= meeting.attendees
        and (room.is_accessible or not wish.needs_access)
    ]
    main.sort(key=lambda room: room.id != wish.room)
    if wish.caucus_room is None:
        return [_Place(room, None) for room in main]
    kind = wished[wish.caucus_room].kind
    seconds = [room for room in rooms if room.kind is kind]
    seconds.sort(key=lambda room: room.id != wish.caucus_room)
    return [_Place(room, second) for room in main for second in seconds if second is not room]


def _busy(reader: Reader, meeting: Meeting, places: list[_Place]) -> dict[str, set[int]]:
    """Return the quarters that others hold, by resource; what expired is free again."""
    wish = meeting.wish
    rooms = {room.id for place in places for room in (place.room, place.caucus) if room}
    resources = {room_resource(room_id) for room_id in rooms} | set(meeting.resources())
    expired = and_(Booking.status == BookingStatus.PROVISIONAL, Booking.hold_until <= reader.now)
    first, last = _reach(wish)
    rows = reader.session.execute(
        select(BookingSlot.resource, BookingSlot.slot)
        .join(Booking, Booking.id == BookingSlot.booking_id)
        .where(
            BookingSlot.street_id == reader.person.street_id,
            BookingSlot.resource.in_(resources),
            BookingSlot.slot.between(slot_of(start_of(first)), slot_of(end_of(last))),
            Booking.id != (wish.booking or 0),
            not_(expired),
        )
    )
    busy: dict[str, set[int]] = {resource: set() for resource in resources}
    for resource, slot in rows:
        busy[resource].add(slot)
    return busy


def _reach(wish: Wish) -> tuple[date, date]:
    return day_of(wish.starts_at - _DAYS_AHEAD), day_of(wish.starts_at + _DAYS_AHEAD)


def _free_place(meeting: Meeting, places: list[_Place], busy: dict[str, set[int]]) -> _Place | None:
    wish = meeting.wish
    for resource, slots in meeting.resources().items():
        if not resource.startswith("room:") and not busy[resource].isdisjoint(slots):
            return None
    for place in places:
        slots = slots_between(wish.starts_at, wish.ends_at, place.buffer_minutes)
        rooms = (place.room, place.caucus) if place.caucus else (place.room,)
        if all(busy[room_resource(room.id)].isdisjoint(slots) for room in rooms):
            return place
    return None


def _gap(wish: Wish, place: _Place, starts_at: datetime, ends_at: datetime) -> Gap:
    why = _say_apart(wish, starts_at)
    if wish.needs_access:
        why = f"{why} · 无障碍"
    caucus = place.caucus.id if place.caucus else None
    return Gap(place.room.id, place.room.name, caucus, starts_at, ends_at, why)


def _say_apart(wish: Wish, starts_at: datetime) -> str:
    apart = int((starts_at - wish.starts_at).total_seconds())
    if not apart:
        return "同一时间"
    if day_of(starts_at) != day_of(wish.starts_at):
        return say_day(day_of(starts_at))
    hours, rest = divmod(abs(apart), _HOUR)
    said = (f" {hours} 小时" if hours else "") + (f" {rest // _MINUTE} 分" if rest else "")
    return f"{'晚' if apart > 0 else '早'}{said}"
