"""Booking a room with its people: one gets it, the others are told at once (排期)."""

from dataclasses import dataclass
from datetime import datetime

from desk.rules.mediation_codes import BookingPurpose
from desk.store.gate import amount, words
from desk.store.requests import Request

MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement(Request):
    """Where, when and with whom; what all wishes for a room have in common.

    Attributes:
        caucus_room: a second room for the same time (背靠背间).
        mediator: id of the mediator's row; recorder: id of a member of staff.
        attendees: 0 = counted from the mediation (parties, companions, mediator, recorder).
        overtime_by: name of the leader who allowed hours outside of the opening hours.
    """

    room: int
    starts_at: datetime
    ends_at: datetime
    caucus_room: int | None = None
    mediator: int | None = None
    recorder: int | None = None
    attendees: int = amount("到场人数", most=MOST_PEOPLE, default=0)
    needs_access: bool = False
    staggers: bool = False
    overtime_by: str = words("批准加班的领导", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRoom(Arrangement):
    """Book a room, for a mediation or for something else.

    Attributes:
        seen: the version of the mediation on screen.
        is_provisional: hold it only for a while (预占), until somebody confirms.

    Made: {"booking": id, "warnings": [sentences]}.
    """

    purpose: BookingPurpose = BookingPurpose.MEDIATION
    mediation: int | None = None
    seen: int | None = None
    title: str = words("事由", longest=200, default="")
    is_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmBooking(Request):
    """Make a provisional booking firm."""

    booking: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseExpired(Request):
    """Release all provisional bookings whose time is up. Made: {"released": how many}."""
