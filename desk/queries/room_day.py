"""Rooms and their bookings of a day, a week, or a mediator's month (排期表).

Names stand there as 张某, only for those who work on mediations; 不公开 hides them altogether.
"""

from dataclasses import dataclass
from datetime import date, datetime

from desk.rules.mediation_codes import BookingPurpose, BookingStatus, RoomKind


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
        group: the ids of its rooms, two for a group booking.
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


# day_view(reader, day) -> DayView
# week_view(reader, day) -> WeekView
# month_view(reader, mediator_id, year, month) -> MonthView
# booking_versions(reader, booking_id) -> tuple[RoomBooking, ...]: where it was before (改期历史)
