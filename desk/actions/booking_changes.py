"""Moving and cancelling bookings: the old one stays readable, its time is free again (改期、取消)."""

from dataclasses import dataclass

from desk.actions.bookings import Arrangement
from desk.store.gate import words
from desk.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBooking(Arrangement):
    """Move this one booking: other time, room or people; all as they shall be from now on.

    Where the new time is taken nothing changes. Made: {"booking": new id, "warnings": […]}.
    """

    booking: int
    seen: int
    reason: str = words("改期原因", longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBooking(Request):
    """Cancel a booking, or it and all later ones of its series. Made: {"cancelled": how many}."""

    booking: int
    seen: int
    reason: str = words("取消原因", longest=200)
    from_here_on: bool = False
