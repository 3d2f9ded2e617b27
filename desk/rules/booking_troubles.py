"""Bookings that cannot stay as they are, though nobody touched them (须换人、须改期的排期).

A mediator turns out to be somebody's relative, or the hall closes on a day on which a room is
booked. Nothing is cancelled for that in silence: whoever keeps the rooms is told until it is moved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desk.rules.bookings import say_day, say_span
from desk.rules.moments import day_of


class BookingTrouble(StrEnum):
    """Why a booking cannot stay as it is."""

    TIE = "tie"  # 回避
    HOURS = "hours"  # 闭厅


TROUBLE_WORDS: Mapping[BookingTrouble, str] = MappingProxyType(
    {BookingTrouble.TIE: "须换调解员", BookingTrouble.HOURS: "须改期"}
)
TROUBLE_ADVICE: Mapping[BookingTrouble, str] = MappingProxyType(
    {
        BookingTrouble.TIE: "调解员与一方当事人或其代理人有回避登记，请另选一位。",
        BookingTrouble.HOURS: "大厅这时不开放，请改期，或由领导批准加班。",
    }
)


@dataclass(frozen=True, slots=True)
class TroubledBooking:
    """A booking ahead that cannot stay as it is."""

    id: int
    mediation_id: int | None
    number: str
    room: str
    starts_at: datetime
    ends_at: datetime
    trouble: BookingTrouble


def say_when(starts_at: datetime, ends_at: datetime, room: str) -> str:
    """Say time and room of a booking: “11 月 3 日 09:30–10:30 第一调解室”."""
    return f"{say_day(day_of(starts_at))} {say_span(starts_at, ends_at)} {room}"


def say_troubled(found: Iterable[TroubledBooking], numbers: Mapping[int, str]) -> str:
    """Say which bookings they are, in one line.

    Args:
        numbers: the numbers of the mediations of which the reader may know, by booking.
    """
    said = []
    for one in found:
        number = numbers.get(one.id, "")
        said.append(say_when(one.starts_at, one.ends_at, one.room) + (number and f"（{number}）"))
    return "；".join(said)
