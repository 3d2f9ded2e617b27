"""One day of rooms × quarters of an hour as the grid shows it (排期表的一天)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from desk.queries.room_day import DayView, RoomBooking, RoomColumn
from desk.queries.room_gaps import Gap
from desk.rules.booking_troubles import TROUBLE_WORDS
from desk.rules.bookings import SLOT, say_span
from desk.rules.mediation_codes import BookingPurpose, BookingStatus
from desk.rules.moments import SHANGHAI, in_shanghai
from desk.rules.wording import label

S = BookingStatus
_IN_BRACKETS = re.compile("（.*?）")
_FIRST, _LAST = time(8, 30), time(18, 45)  # a day's grid, where the hall is open no longer
_BEFORE, _AFTER = timedelta(minutes=30), timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class Place:
    """A time in one room: where the keyboard is, what is wished for, what is carried."""

    room_id: int
    starts_at: datetime
    ends_at: datetime
    caucus_room_id: int | None = None

    @property
    def rooms(self) -> tuple[int, ...]:
        """The rooms it takes."""
        return (self.room_id,) + ((self.caucus_room_id,) if self.caucus_room_id else ())


@dataclass(frozen=True, slots=True)
class DaySheet:
    """What the grid paints.

    Attributes:
        starts_at: the moment of the first row.
        rows: how many quarters of an hour there are.
        wish: what is being arranged; `is_refused` when it is taken.
        gaps: what is offered instead.
        fresh: bookings that have just been made or moved; they have an edge for a moment.
    """

    view: DayView
    starts_at: datetime
    rows: int
    now: datetime
    wish: Place | None = None
    is_refused: bool = False
    gaps: tuple[Gap, ...] = ()
    fresh: frozenset[int] = frozenset()

    @property
    def rooms(self) -> tuple[RoomColumn, ...]:
        """The rooms from the left."""
        return self.view.rooms

    def row_of(self, moment: datetime) -> float:
        """Return the row in which a moment lies; the fraction says how far down."""
        return (moment - self.starts_at) / SLOT

    def moment_of(self, row: int) -> datetime:
        """Return when a row begins."""
        return self.starts_at + row * SLOT

    def column_of(self, room_id: int) -> int | None:
        """Return in which column a room stands."""
        return next((at for at, room in enumerate(self.rooms) if room.id == room_id), None)

    def booking_at(self, room_id: int, moment: datetime) -> RoomBooking | None:
        """Return the booking that takes a room at a moment, without its clearing."""
        return next(
            (
                booking
                for booking in self.view.bookings
                if room_id in booking.rooms and booking.starts_at <= moment < booking.ends_at
            ),
            None,
        )

    def booking(self, booking_id: int) -> RoomBooking | None:
        """Return a booking of this day."""
        return next((one for one in self.view.bookings if one.id == booking_id), None)

    def is_clearing(self, room_id: int, moment: datetime) -> bool:
        """Whether a room is cleared at a moment, before or after a booking."""
        return any(
            room_id in booking.rooms and start <= moment < end
            for booking in self.view.bookings
            for start, end in buffers_of(booking)
        )

    def is_open(self, moment: datetime) -> bool:
        """Whether the hall is open at a moment."""
        return any(start <= moment < end for start, end in self.view.open)

    def closed_spans(self) -> Iterator[tuple[datetime, datetime, str]]:
        """Walk over the spans in which the hall is closed, with the words that stand there."""
        end_of_grid = self.moment_of(self.rows)
        if not self.view.open:
            words = self.view.closed_reason or "不开放"
            yield self.starts_at, end_of_grid, f"{words}，加班时段需领导批"
            return
        before = self.starts_at
        for start, end in self.view.open:
            if start > before:
                between = "午间不开放，加班时段需领导批" if before != self.starts_at else ""
                yield before, start, between
            before = max(before, end)
        if before < end_of_grid:
            yield before, end_of_grid, ""

    def spoken(self, room_id: int, moment: datetime) -> str:
        """Say what is at a place, for those who cannot see the grid."""
        room = next((one.name for one in self.rooms if one.id == room_id), "")
        head = f"{room} {in_shanghai(moment):%H:%M}"
        booking = self.booking_at(room_id, moment)
        if booking is not None:
            return f"{head}，{spoken_booking(booking)}"
        if self.is_clearing(room_id, moment):
            return f"{head}，清场缓冲"
        return f"{head}，{'空' if self.is_open(moment) else '不开放'}"


def sheet_of(view: DayView, now: datetime) -> DaySheet:
    """Return a day as the grid shows it: opening hours with a little around, all bookings in it."""
    first, last = _at(view.day, _FIRST), _at(view.day, _LAST)
    if view.open:
        first = min(first, view.open[0][0] - _BEFORE)
        last = max(last, view.open[-1][1] + _AFTER)
    for booking in view.bookings:
        clearing = timedelta(minutes=booking.buffer_minutes)
        first = min(first, booking.starts_at - clearing)
        last = max(last, booking.ends_at + clearing)
    return DaySheet(view, first, round((last - first) / SLOT), now)


def with_plan(
    sheet: DaySheet, wish: Place | None, *, is_refused: bool = False, gaps: tuple[Gap, ...] = ()
) -> DaySheet:
    """Return the same day with what is being arranged drawn in."""
    return replace(sheet, wish=wish, is_refused=is_refused, gaps=gaps)


def buffers_of(booking: RoomBooking) -> tuple[tuple[datetime, datetime], ...]:
    """Return the two spans in which the rooms of a booking are cleared."""
    if not booking.buffer_minutes or booking.status in {S.NO_SHOW, S.HELD}:
        return ()
    clearing = timedelta(minutes=booking.buffer_minutes)
    return (
        (booking.starts_at - clearing, booking.starts_at),
        (booking.ends_at, booking.ends_at + clearing),
    )


def short_name(room: str) -> str:
    """Return the name of a room without what stands in brackets: 老梁（劳模）工作室."""
    return _IN_BRACKETS.sub("", room)


def title_of(booking: RoomBooking) -> str:
    """Return the first line of a booking."""
    return booking.title or label(booking.purpose)


def marked_title(booking: RoomBooking) -> str:
    """Return the first line of a booking, after the mark of one that cannot stay as it is."""
    mark = "" if booking.trouble is None else f"{TROUBLE_WORDS[booking.trouble]} · "
    return mark + title_of(booking)


def lines_of(booking: RoomBooking, room_id: int, rooms: tuple[RoomColumn, ...]) -> tuple[str, ...]:
    """Return the quieter lines of a booking: who comes, its partner room, how it stands."""
    lines = ["不公开" if booking.is_private else booking.people]
    partner = next((one for one in booking.rooms if one != room_id), None)
    if partner is not None:
        name = next((room.name for room in rooms if room.id == partner), "另一间")
        lines.insert(0, f"与{short_name(name)}成组")
    lines.append(standing_of(booking))
    return tuple(filter(None, lines))


def standing_of(booking: RoomBooking) -> str:
    """Return how a booking stands, with its mediator or until when it is held."""
    if booking.status is S.PROVISIONAL:
        until = booking.hold_until
        return f"预占 {in_shanghai(until):%H:%M} 释放" if until else "预占"
    said = "" if booking.status is S.CONFIRMED else label(booking.status)
    return " · ".join(filter(None, (said, booking.mediator)))


def spoken_booking(booking: RoomBooking) -> str:
    """Say a booking in one sentence."""
    purpose = label(booking.purpose) if booking.purpose is not BookingPurpose.MEDIATION else ""
    parts = (
        say_span(booking.starts_at, booking.ends_at),
        "" if booking.trouble is None else TROUBLE_WORDS[booking.trouble],
        title_of(booking),
        purpose if purpose != title_of(booking) else "",
        "不公开" if booking.is_private else booking.people,
        label(booking.status),
        booking.mediator,
    )
    return "，".join(filter(None, parts))


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI)
