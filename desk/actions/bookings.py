"""Booking a room with its people: one gets it, the others are told at once (排期)."""

from dataclasses import dataclass
from datetime import timedelta

from desk.actions.booking_plan import (
    About,
    Arrangement,
    checked_meeting,
    follow_bookings,
    keep_booking,
    mediation_of,
    open_booking,
    release_expired,
    said,
    touched,
)
from desk.rules.booking_advice import advice
from desk.rules.booking_troubles import TROUBLE_ADVICE
from desk.rules.bookings import require_booking_move
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingPurpose, BookingStatus
from desk.rules.mediation_rights import MediationDeed
from desk.rules.rights import require_hall
from desk.rules.wording import label
from desk.store.booking_troubles import bookings_in_trouble
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.mediation_access import open_mediation
from desk.store.models import Booking, Mediation
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

__all__ = ["Arrangement", "BookRoom", "ConfirmBooking", "ReleaseExpired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRoom(Arrangement):
    """Book a room, for a mediation or for something else.

    Attributes:
        mediation: the mediation, where the purpose is 调解; its mediator comes unless another
            one is named.
        seen: the version of the mediation on screen.
        title: what else it is for.
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


@action(BookRoom, "booking.made")
def book_room(tx: Transaction, request: BookRoom) -> Changes:
    """Book a room with everybody who must be there, all of it or nothing.

    Raises:
        SlotTaken: a room or somebody is booked then; the answer says which and by which desk.
        RuleBroken: one of the hard rules of DOMAIN.md 6.6 stands against it.
        NotAllowed: the asker may not book for this mediation, or books no rooms at all.
    """
    mediation = _asked_for(tx, request)
    release_expired(tx)
    meeting = checked_meeting(tx, request, mediation)
    status, hold_until = BookingStatus.CONFIRMED, None
    if request.is_provisional:
        minutes = setting(tx.session, tx.street_id, "hold_minutes", tx.today)
        status, hold_until = BookingStatus.PROVISIONAL, tx.now + timedelta(minutes=minutes)
    title = request.title if mediation is None else f"{label(mediation.kind)}纠纷"
    about = About(request.purpose, title, mediation, status, hold_until)
    booking = keep_booking(tx, meeting, about)
    follow_bookings(tx, mediation)
    return Changes(
        f"{label(status)} {said(meeting)}",
        mediations=touched(mediation),
        made={"booking": booking.id, "warnings": list(advice(meeting))},
    )


@action(ConfirmBooking, "booking.confirmed")
def confirm_booking(tx: Transaction, request: ConfirmBooking) -> Changes:
    """Make a provisional booking firm, unless its time is up.

    Raises:
        RuleBroken: it was released meanwhile, is firm already, or can no longer stay as it is.
    """
    booking = open_booking(tx, request.booking, request.seen)
    mediation = mediation_of(tx, booking)
    release_expired(tx)
    require_booking_move(booking.status, BookingStatus.CONFIRMED)
    for one in bookings_in_trouble(tx.session, tx.street_id, tx.now, Booking.id == booking.id):
        raise RuleBroken(f"现在还不能确认：{TROUBLE_ADVICE[one.trouble]}", field="booking")
    tx.watch(booking)
    booking.status, booking.hold_until = BookingStatus.CONFIRMED, None
    return Changes("确认预占的房间", mediations=touched(mediation))


@action(ReleaseExpired, "booking.released")
def release_what_expired(tx: Transaction, _request: ReleaseExpired) -> Changes:
    """Release what was held for too long; anybody's program may ask for it."""
    count = release_expired(tx)
    mediations = tuple(row.id for row in tx.touched if isinstance(row, Mediation))
    return Changes(
        f"释放到时未确认的预占 {count} 个", mediations=mediations, made={"released": count}
    )


def _asked_for(tx: Transaction, request: BookRoom) -> Mediation | None:
    if (request.purpose is BookingPurpose.MEDIATION) != (request.mediation is not None):
        raise RuleBroken("排调解要先选是哪一件；别的用途不用选调解。", field="mediation")
    if request.mediation is None:
        require_hall(Deed.BOOK_ROOM, tx.person)
        if not request.title:
            raise RuleBroken("请写明房间用来做什么。", field="title")
        return None
    return open_mediation(tx, request.mediation, request.seen, MediationDeed.BOOK)
