"""Where the keyboard goes in the day's grid (移动): one quarter, one room, longer or shorter."""

from dataclasses import dataclass
from datetime import timedelta

from desk.rules.bookings import SLOT
from desk.rules.moments import day_of
from desk.ui.rooms.day_sheet import DaySheet, Place


@dataclass(frozen=True, slots=True)
class Push:
    """One press of an arrow: down or across, perhaps stretching, perhaps with a booking in hand."""

    down: int
    across: int
    stretches: bool
    carries: bool


def cell(room_id: int, sheet: DaySheet, row: int) -> Place:
    """Return one quarter of an hour of a room."""
    start = sheet.moment_of(row)
    return Place(room_id, start, start + SLOT)


def pushed(sheet: DaySheet, place: Place, push: Push) -> Place | None:
    """Return where an arrow leads; None where it leads nowhere."""
    if push.across:
        return sideways(sheet, place, push.across)
    if not push.stretches:
        return stepped(sheet, place, push.down, jumps=not push.carries)
    is_taken = sheet.booking_at(place.room_id, place.starts_at) is not None
    return None if push.carries or is_taken else stretched(sheet, place, push.down)


def stepped(sheet: DaySheet, place: Place, by: int, *, jumps: bool) -> Place | None:
    """Return the quarter above or below; None at the ends of the day.

    Args:
        jumps: over a booking to its other side, since all of it is one thing.
    """
    booking = sheet.booking_at(place.room_id, place.starts_at) if jumps else None
    moment = place.starts_at + by * SLOT
    if booking is not None:
        moment = booking.ends_at if by > 0 else booking.starts_at - SLOT
    if not 0 <= sheet.row_of(moment) < sheet.rows:
        return None
    return Place(place.room_id, moment, moment + SLOT)


def sideways(sheet: DaySheet, place: Place, by: int) -> Place | None:
    """Return the same quarter in the room beside; None beside the last room."""
    at = sheet.column_of(place.room_id)
    if at is None or not 0 <= at + by < len(sheet.rooms):
        return None
    return Place(sheet.rooms[at + by].id, place.starts_at, place.starts_at + SLOT)


def stretched(sheet: DaySheet, place: Place, by: int) -> Place | None:
    """Return the place a quarter longer or shorter; None where that cannot be."""
    end = place.ends_at + by * SLOT
    if end <= place.starts_at or sheet.row_of(end) > sheet.rows:
        return None
    return Place(place.room_id, place.starts_at, end)


def kept(sheet: DaySheet, old: Place | None) -> Place:
    """Return the same room and time of day on another sheet; at first it is now."""
    start, length = sheet.now, SLOT
    if old is not None:
        start = old.starts_at + timedelta(days=(sheet.view.day - day_of(old.starts_at)).days)
        length = old.ends_at - old.starts_at
    row = min(max(int(sheet.row_of(start)), 0), sheet.rows - 1)
    room = sheet.rooms[0].id
    if old is not None and sheet.column_of(old.room_id) is not None:
        room = old.room_id
    found = cell(room, sheet, row)
    return Place(room, found.starts_at, found.starts_at + length)
