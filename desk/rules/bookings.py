"""When a room may be booked, and what is only advised against (排期规则, DOMAIN.md 6.6, 9.4).

A quarter of an hour is the smallest piece of time. A booking holds the quarters of its rooms
with the time for clearing them before and after, and the quarters of its people without.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingStatus
from desk.rules.moments import in_shanghai

S = BookingStatus

SLOT_MINUTES = 15
SLOT = timedelta(minutes=SLOT_MINUTES)
_SECONDS = SLOT_MINUTES * 60

LIVE_BOOKINGS = frozenset({S.PROVISIONAL, S.CONFIRMED, S.RUNNING})


@dataclass(frozen=True, slots=True)
class Taken:
    """What stands in the way of a booking: never by whom, never what about.

    Attributes:
        field: which wish it is about: room, caucus_room, mediator, recorder or people.
        room: the name of the room that is booked then.
        desk_name: the desk that booked it.
        buffer_minutes: the time for clearing the room before and after.
    """

    field: str
    room: str
    starts_at: datetime
    ends_at: datetime
    desk_name: str
    buffer_minutes: int = 0


class SlotTaken(RuleBroken):
    """Somebody else was there first; nothing was saved.

    Attributes:
        taken: what stands in the way, earliest first.
    """

    def __init__(self, sentence: str, taken: tuple[Taken, ...] = ()) -> None:
        super().__init__(sentence, field=taken[0].field if taken else "room")
        self.taken = taken


def slot_of(moment: datetime) -> int:
    """Return the quarter of an hour in which a moment lies, counted since 1970."""
    return int(moment.timestamp()) // _SECONDS


def slots_between(starts_at: datetime, ends_at: datetime, buffer_minutes: int = 0) -> range:
    """Return the quarters from a start to an end that is not included (左闭右开)."""
    clearing = buffer_minutes // SLOT_MINUTES
    return range(slot_of(starts_at) - clearing, slot_of(ends_at) + clearing)


def say_span(starts_at: datetime, ends_at: datetime) -> str:
    """Say a time on the grid: “09:30–10:45”."""
    return f"{in_shanghai(starts_at):%H:%M}–{in_shanghai(ends_at):%H:%M}"


def say_day(day: date) -> str:
    """Say a day on the grid: “11 月 3 日”."""
    return f"{day.month} 月 {day.day} 日"


def quarters(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    """Walk over the beginnings of the quarters between two moments."""
    while starts_at < ends_at:
        yield starts_at
        starts_at += SLOT
