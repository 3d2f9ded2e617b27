"""Moving and cancelling bookings: the old one stays readable, its time is free (改期、取消)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from desk.actions.booking_plan import (
    About,
    Arrangement,
    checked_meeting,
    follow_bookings,
    keep_booking,
    leave,
    mediation_of,
    open_booking,
    release_expired,
    said,
    touched,
)
from desk.rules.booking_advice import advice
from desk.rules.bookings import LIVE_BOOKINGS, require_booking_move
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingStatus
from desk.store.gate import words
from desk.store.models import Booking
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


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


@action(MoveBooking, "booking.moved")
def move_booking(tx: Transaction, request: MoveBooking) -> Changes:
    """Give the old time back and take the new one, both or neither.

    Raises:
        SlotTaken: the new time is another booking's; the old one stays as it was.
        RuleBroken: it can no longer be moved, or a hard rule stands against the new time.
    """
    old = open_booking(tx, request.booking, request.seen)
    mediation = mediation_of(tx, old)
    release_expired(tx)
    about = About.of(old, mediation)
    leave(tx, [old], BookingStatus.MOVED, request.reason)
    meeting = checked_meeting(tx, request, mediation, old.id)
    booking = keep_booking(tx, meeting, about)
    old.moved_to_id = booking.id
    return Changes(
        f"改期到 {said(meeting)}",
        mediations=touched(mediation),
        made={"booking": booking.id, "warnings": list(advice(meeting))},
    )


@action(CancelBooking, "booking.cancelled")
def cancel_booking(tx: Transaction, request: CancelBooking) -> Changes:
    """Cancel a booking with a reason, or all of its series from it on.

    Raises:
        RuleBroken: there is no reason, or it is no longer ahead.
    """
    booking = open_booking(tx, request.booking, request.seen)
    if not request.reason:
        raise RuleBroken("请写明取消的原因。", field="reason")
    mediation = mediation_of(tx, booking)
    release_expired(tx)
    require_booking_move(booking.status, BookingStatus.CANCELLED)
    later = later_of_series(tx, booking) if request.from_here_on else []
    gone = [booking, *later]
    leave(tx, gone, BookingStatus.CANCELLED, request.reason)
    follow_bookings(tx, mediation)
    title = "取消一次安排" if len(gone) == 1 else f"取消一个系列从此以后的 {len(gone)} 次"
    return Changes(title, mediations=touched(mediation), made={"cancelled": len(gone)})


def later_of_series(tx: Transaction, booking: Booking) -> Sequence[Booking]:
    """Return the later bookings of the same series that are still ahead, earliest first."""
    if booking.series_id is None:
        return ()
    return tx.session.scalars(
        select(Booking)
        .where(
            Booking.series_id == booking.series_id,
            Booking.starts_at > booking.starts_at,
            Booking.status.in_(LIVE_BOOKINGS - {BookingStatus.RUNNING}),
        )
        .order_by(Booking.starts_at)
        .with_for_update()
    ).all()
