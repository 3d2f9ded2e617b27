"""How a booking ends: it began, it is over, or nobody came (开始、结束、爽约)."""

from dataclasses import dataclass

from desk.store.gate import words
from desk.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBooking(Request):
    """Say that the people are in the room."""

    booking: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndBooking(Request):
    """Say that it is over; the room is free from now on."""

    booking: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNoShow(Request):
    """Say that parties did not come; it is counted for each of them.

    Attributes:
        absent: ids of parties of the mediation.

    Made: {"again": whether somebody missed it for the second time}.
    """

    booking: int
    seen: int
    absent: tuple[int, ...] = ()
    reason: str = words("情况", longest=200, default="")
