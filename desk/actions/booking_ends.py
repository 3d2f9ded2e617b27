"""How a booking ends: it began, it is over, or nobody came (开始、结束、爽约)."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.actions.booking_plan import (
    follow_bookings,
    leave,
    mediation_of,
    open_booking,
    touched,
)
from desk.actions.booking_slots import free_slots
from desk.rules.bookings import require_booking_move, say_day
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingStatus
from desk.rules.moments import day_of
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.models import Booking, MediationParty
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


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
    """Say that it did not take place because parties did not come; counted for each of them.

    Attributes:
        absent: ids of parties of the mediation.

    Made: {"again": whether somebody missed it so often that the mediation may be ended}.
    """

    booking: int
    seen: int
    absent: tuple[int, ...] = ()
    reason: str = words("情况", longest=200, default="")


@action(StartBooking, "booking.started")
def start_booking(tx: Transaction, request: StartBooking) -> Changes:
    """Say that the people are in the room.

    Raises:
        RuleBroken: it is of another day, or over.
    """
    booking = open_booking(tx, request.booking, request.seen)
    require_booking_move(booking.status, BookingStatus.RUNNING)
    day = day_of(booking.starts_at)
    if day != tx.today:
        raise RuleBroken(
            f"这一场排在 {say_day(day)}，当天才能开始。要提前或推后，请先改期。", field="booking"
        )
    mediation = mediation_of(tx, booking)
    tx.watch(booking)
    booking.status, booking.hold_until = BookingStatus.RUNNING, None
    return Changes("房间开始使用", mediations=touched(mediation))


@action(EndBooking, "booking.ended")
def end_booking(tx: Transaction, request: EndBooking) -> Changes:
    """Say that it is over; what is left of its time is free at once.

    Raises:
        RuleBroken: it has not begun, or is over already.
    """
    booking = open_booking(tx, request.booking, request.seen)
    _require_begun(tx, booking)
    mediation = mediation_of(tx, booking)
    leave(tx, [booking], BookingStatus.HELD, "")
    follow_bookings(tx, mediation)
    return Changes("房间用完", mediations=touched(mediation))


@action(MarkNoShow, "booking.missed")
def mark_no_show(tx: Transaction, request: MarkNoShow) -> Changes:
    """Count who did not come; names stay in the mediation, out of the history.

    Raises:
        RuleBroken: it has not begun, or somebody named is not a party of it.
    """
    booking = open_booking(tx, request.booking, request.seen)
    _require_begun(tx, booking)
    mediation = mediation_of(tx, booking)
    require_booking_move(booking.status, BookingStatus.NO_SHOW)
    # not watched: the history has no names of those who did not come
    booking.status, booking.end_reason = BookingStatus.NO_SHOW, request.reason or None
    free_slots(tx, [booking])
    follow_bookings(tx, mediation)
    again = _count(tx, booking, frozenset(request.absent))
    return Changes(
        f"记爽约 {len(set(request.absent))} 人",
        mediations=touched(mediation),
        made={"again": again},
    )


def _require_begun(tx: Transaction, booking: Booking) -> None:
    if tx.now < booking.starts_at and booking.status is not BookingStatus.RUNNING:
        raise RuleBroken("还没到开始的时间，请改用取消或改期。", field="booking")


def _count(tx: Transaction, booking: Booking, absent: frozenset[int]) -> bool:
    parties = tx.session.scalars(
        select(MediationParty)
        .where(
            MediationParty.mediation_id == booking.mediation_id,
            MediationParty.id.in_(absent),
            MediationParty.left_on.is_(None),
        )
        .order_by(MediationParty.position)
    ).all()
    if len(parties) != len(absent):
        raise RuleBroken("请从本案当事人里选没有到场的人。", field="absent")
    most = setting(tx.session, tx.street_id, "mediation_no_shows", tx.today)
    for party in parties:
        party.no_shows += 1
    booking.absent = [party.name for party in parties]
    return any(party.no_shows >= most for party in parties)
