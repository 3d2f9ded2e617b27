"""Rooms and their bookings of a day, a week, or a mediator's month (排期表).

Names stand there as 张某, only for those who work on mediations; 不公开 hides them altogether.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.orm import aliased

from desk.rules.booking_rights import knows_mediation, may_change_booking, sees_people
from desk.rules.booking_troubles import BookingTrouble
from desk.rules.bookings import HIDDEN_PEOPLE, LIVE_BOOKINGS, closed_reason
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingPurpose, BookingStatus, RoomKind
from desk.rules.moments import day_of, start_of
from desk.rules.wording import label
from desk.rules.working_days import Calendar
from desk.store.booking_facts import duty_on, is_valid
from desk.store.booking_troubles import bookings_in_trouble
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar
from desk.store.models import Booking, Mediation, Mediator, Room, Staff

_SHOWN = LIVE_BOOKINGS | {BookingStatus.HELD, BookingStatus.NO_SHOW}


@dataclass(frozen=True, slots=True)
class RoomColumn:
    """One room, as the head of its column shows it."""

    id: int
    name: str
    kind: RoomKind
    capacity: int
    is_accessible: bool
    records: bool
    has_access_control: bool
    host: str
    place: str
    buffer_minutes: int


@dataclass(frozen=True, slots=True)
class RoomBooking:
    """One booking on the grid.

    Attributes:
        version: what `seen` must be to change it.
        title, people: as they may be shown to the reader; people may be empty.
        mediation_id, number: only for those who may know of the mediation.
        is_private: 不公开.
        may_change: whether the reader may move, confirm or cancel it.
        trouble: why it cannot stay as it is; of ties only those hear who may know the people.
    """

    id: int
    version: int
    room_id: int
    caucus_room_id: int | None
    starts_at: datetime
    ends_at: datetime
    buffer_minutes: int
    status: BookingStatus
    purpose: BookingPurpose
    title: str
    people: str
    is_private: bool
    mediation_id: int | None
    number: str
    mediator_id: int | None
    mediator: str
    recorder_id: int | None
    recorder: str
    attendees: int
    needs_access: bool
    staggers: bool
    hold_until: datetime | None
    overtime_by: str
    series_id: int | None
    desk_name: str
    made_at: datetime
    may_change: bool
    trouble: BookingTrouble | None = None

    @property
    def rooms(self) -> tuple[int, ...]:
        """The ids of its rooms, two for a group booking."""
        return (self.room_id,) + ((self.caucus_room_id,) if self.caucus_room_id else ())


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How full a day is: for the strip of the week.

    Attributes:
        closed_reason: why the hall is closed that day; empty where it is open.
        open_minutes: of all rooms together; booked_minutes: of these, without clearing.
        purposes: what else is in it, for the mark “接访”.
    """

    day: date
    closed_reason: str
    open_minutes: int
    booked_minutes: int
    purposes: tuple[BookingPurpose, ...] = ()

    @property
    def percent(self) -> int:
        """How many percent of the open time are booked, at most 100."""
        if not self.open_minutes:
            return 0
        return min(100, round(100 * self.booked_minutes / self.open_minutes))


@dataclass(frozen=True, slots=True)
class DayView:
    """The rooms of one day.

    Attributes:
        open: the spans in which the hall is open.
        bookings: the live and held ones, and no-shows; group bookings once.
    """

    day: date
    rooms: tuple[RoomColumn, ...]
    open: tuple[tuple[datetime, datetime], ...]
    closed_reason: str
    load: DayLoad
    bookings: tuple[RoomBooking, ...]


@dataclass(frozen=True, slots=True)
class WeekView:
    """Monday to Sunday: days × rooms."""

    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of a mediator's month."""

    day: date
    closed_reason: str
    is_on_duty: bool
    bookings: tuple[RoomBooking, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A mediator's month; only the days of the month itself."""

    mediator_id: int
    mediator: str
    days: tuple[MonthDay, ...]


def day_view(reader: Reader, day: date) -> DayView:
    """Return the rooms of one day with what is booked in them."""
    return _days(reader, day, 1)[0]


def week_view(reader: Reader, day: date) -> WeekView:
    """Return the week from Monday to Sunday in which a day lies."""
    return WeekView(_days(reader, day - timedelta(days=day.weekday()), 7))


def month_view(reader: Reader, mediator_id: int, year: int, month: int) -> MonthView:
    """Return a mediator's month.

    Raises:
        RuleBroken: there is no such mediator.
    """
    session, street = reader.session, reader.person.street_id
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or mediator.street_id != street:
        raise RuleBroken("找不到这位调解员，请刷新后再选。", field="mediator")
    first = date(year, month, 1)
    count = monthrange(year, month)[1]
    calendar = hall_calendar(session, street, first)
    found = bookings_between(
        reader, first, first + timedelta(days=count), Booking.mediator_id == mediator_id
    )
    days = []
    for day in (first + timedelta(days=n) for n in range(count)):
        mine = tuple(booking for booking in found if day_of(booking.starts_at) == day)
        closed = closed_reason(calendar, day)
        is_on_duty = not closed and bool(duty_on(mediator, day, calendar))
        days.append(MonthDay(day, closed, is_on_duty, mine))
    return MonthView(mediator.id, mediator.name, tuple(days))


def bookings_between(
    reader: Reader, first: date, last: date, *more: ColumnElement[bool], all_states: bool = False
) -> tuple[RoomBooking, ...]:
    """Return the bookings from a day up to another one that is not included, as they may be shown.

    Args:
        all_states: those that were cancelled, moved or released too.
    """
    now = reader.now
    shown: tuple[ColumnElement[bool], ...] = ()
    if not all_states:
        held_too_long = and_(Booking.status == BookingStatus.PROVISIONAL, Booking.hold_until <= now)
        shown = (Booking.status.in_(_SHOWN), not_(held_too_long))
    return booking_rows(
        reader,
        Booking.starts_at >= start_of(first),
        Booking.starts_at < start_of(last),
        *shown,
        *more,
    )


def booking_rows(reader: Reader, *where: ColumnElement[bool]) -> tuple[RoomBooking, ...]:
    """Return the bookings of the street for which conditions hold, by time and room."""
    owner, recorder = aliased(Mediator), aliased(Staff)
    columns: tuple[Any, ...] = (
        Booking,
        Mediation.number,
        Mediation.is_private,
        Mediation.secretary_id,
        owner.staff_id.label("owner_id"),
        Mediator.name.label("mediator"),
        recorder.name.label("recorder"),
    )
    rows = reader.session.execute(
        select(*columns)
        .outerjoin(Mediation, Mediation.id == Booking.mediation_id)
        .outerjoin(owner, owner.id == Mediation.mediator_id)
        .outerjoin(Mediator, Mediator.id == Booking.mediator_id)
        .outerjoin(recorder, recorder.id == Booking.recorder_id)
        .join(Room, Room.id == Booking.room_id)
        .where(Booking.street_id == reader.person.street_id, *where)
        .order_by(Booking.starts_at, Room.position, Booking.id)
    ).all()
    troubles = _troubles(reader, [row.Booking for row in rows])
    return tuple(_as_shown(reader, row, troubles.get(row.Booking.id)) for row in rows)


def earlier_versions(reader: Reader, booking_id: int) -> tuple[RoomBooking, ...]:
    """Return where a booking was before it was moved, the newest first (改期历史)."""
    found: list[RoomBooking] = []
    wanted = booking_id
    while rows := booking_rows(reader, Booking.moved_to_id == wanted):
        found += rows
        wanted = rows[0].id
    return tuple(found)


def _days(reader: Reader, first: date, count: int) -> tuple[DayView, ...]:
    street = reader.person.street_id
    last = first + timedelta(days=count)
    calendar = hall_calendar(reader.session, street, first)
    rooms = reader.session.execute(
        select(Room, Mediator.name)
        .outerjoin(Mediator, Mediator.id == Room.host_id)
        .where(Room.street_id == street)
        .order_by(Room.position, Room.name)
    ).all()
    bookings = bookings_between(reader, first, last)
    return tuple(
        _day(
            first + timedelta(days=n),
            calendar,
            [(room, host) for room, host in rooms if is_valid(room, first + timedelta(days=n))],
            bookings,
        )
        for n in range(count)
    )


def _day(
    day: date, calendar: Calendar, rooms: Sequence[Any], bookings: Sequence[RoomBooking]
) -> DayView:
    own = tuple(booking for booking in bookings if day_of(booking.starts_at) == day)
    windows = calendar.windows_on(day)
    booked = sum(
        _minutes(booking.starts_at, booking.ends_at, windows) * len(booking.rooms)
        for booking in own
        if booking.status is not BookingStatus.NO_SHOW
    )
    closed = closed_reason(calendar, day)
    open_minutes = sum(_minutes(a, b, windows) for a, b in windows) * len(rooms)
    purposes = tuple(purpose for purpose in BookingPurpose if purpose in {b.purpose for b in own})
    return DayView(
        day=day,
        rooms=tuple(_column(room, host) for room, host in rooms),
        open=windows,
        closed_reason=closed,
        load=DayLoad(day, closed, open_minutes, booked, purposes),
        bookings=own,
    )


def _minutes(
    starts_at: datetime, ends_at: datetime, windows: Sequence[tuple[datetime, datetime]]
) -> int:
    spans = ((max(a, starts_at), min(b, ends_at)) for a, b in windows)
    return sum(max(0, int((b - a).total_seconds()) // 60) for a, b in spans)


def _column(room: Room, host: str | None) -> RoomColumn:
    return RoomColumn(
        id=room.id,
        name=room.name,
        kind=room.kind,
        capacity=room.capacity,
        is_accessible=room.is_accessible,
        records=room.records,
        has_access_control=room.has_access_control,
        host=host or "",
        place=room.place or "",
        buffer_minutes=room.buffer_minutes,
    )


def _troubles(reader: Reader, bookings: Sequence[Booking]) -> dict[int, BookingTrouble]:
    ahead = [one.id for one in bookings if one.status in LIVE_BOOKINGS]
    if not ahead:
        return {}
    found = bookings_in_trouble(
        reader.session, reader.person.street_id, reader.now, Booking.id.in_(ahead)
    )
    return {one.id: one.trouble for one in found}


def _as_shown(reader: Reader, row: Any, trouble: BookingTrouble | None) -> RoomBooking:
    booking: Booking = row.Booking
    person = reader.person
    title, people, number, mediation_id = booking.title, booking.shown_people, "", None
    case_staff = None
    if booking.mediation_id is not None:
        ids = (row.owner_id, row.secretary_id)
        case_staff = frozenset(staff for staff in ids if staff is not None)
        if knows_mediation(person, case_staff):
            number, mediation_id = row.number, booking.mediation_id
        else:
            title = label(booking.purpose)
        people = HIDDEN_PEOPLE if row.is_private else people
        if not sees_people(person, case_staff):
            people, trouble = "", None if trouble is BookingTrouble.TIE else trouble
    return RoomBooking(
        id=booking.id,
        version=booking.version,
        room_id=booking.room_id,
        caucus_room_id=booking.caucus_room_id,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        buffer_minutes=booking.buffer_minutes,
        status=booking.status,
        purpose=booking.purpose,
        title=title,
        people=people,
        is_private=bool(row.is_private),
        mediation_id=mediation_id,
        number=number,
        mediator_id=booking.mediator_id,
        mediator=row.mediator or "",
        recorder_id=booking.recorder_id,
        recorder=row.recorder or "",
        attendees=booking.attendees,
        needs_access=booking.needs_access,
        staggers=booking.staggers,
        hold_until=booking.hold_until,
        overtime_by=booking.overtime_by or "",
        series_id=booking.series_id,
        desk_name=booking.desk_name,
        made_at=booking.made_at,
        may_change=may_change_booking(person, case_staff),
        trouble=trouble,
    )
