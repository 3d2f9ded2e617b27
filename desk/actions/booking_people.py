"""Who comes to what is booked already, when that changes (当事人有变、更换调解员的排期)."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from desk.actions.booking_plan import About, keep_booking, leave, release_expired
from desk.actions.booking_slots import exchange_people
from desk.rules.booking_troubles import say_when
from desk.rules.bookings import LIVE_BOOKINGS, Wish, require_allowed, slots_between
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingStatus
from desk.store.booking_facts import meeting_of, people_of
from desk.store.booking_troubles import is_ahead
from desk.store.models import Booking, BookingSlot, Mediation, Mediator, Room
from desk.store.open_spans import hold_calendar
from desk.store.person_keys import ready_to_know
from desk.store.transaction import Transaction


def settle_people(tx: Transaction, mediation: Mediation) -> None:
    """Let what is booked for a mediation hold the time of those who belong to it now.

    To be called after its parties, or those who come along, have changed: who left is free at
    once, who came or is known better holds his time.

    Raises:
        SlotTaken: one of them is expected elsewhere at the time of an appointment.
    """
    tx.session.flush()
    if not _booked(tx, mediation):
        return
    release_expired(tx)
    ready_to_know(tx.session, tx.street_id)
    people = people_of(tx.session, mediation.id)
    for booking in _booked(tx, mediation):
        exchange_people(tx, booking, people.resources)
        booking.shown_people = people.on_board(is_private=mediation.is_private)


def give_bookings(tx: Transaction, mediation: Mediation, new: Mediator, reason: str) -> int:
    """Let a new mediator hold what the present one was to hold; return how many bookings.

    A booking's mediator never changes: each is moved to another one at the same time and place.

    Raises:
        RuleBroken: he is not free, or one of them could not be booked like this today.
    """
    former = Booking.mediator_id == mediation.mediator_id
    mine = select(Booking).where(Booking.mediation_id == mediation.id, former, is_ahead(tx.now))
    ahead = tx.session.scalars(mine.order_by(Booking.starts_at).with_for_update()).all()
    if not ahead:
        return 0
    release_expired(tx)
    hold_calendar(tx)
    ready_to_know(tx.session, tx.street_id)
    _require_free(tx, new, ahead)
    abouts = [About.of(one, mediation) for one in ahead]
    leave(tx, ahead, BookingStatus.MOVED, f"更换调解员：{reason}"[:200])
    for one, about in zip(ahead, abouts, strict=True):
        one.moved_to_id = _booked_again(tx, one, about, new).id
    return len(ahead)


def _booked(tx: Transaction, mediation: Mediation) -> Sequence[Booking]:
    return tx.session.scalars(
        select(Booking)
        .where(
            Booking.mediation_id == mediation.id,
            Booking.status.in_(LIVE_BOOKINGS),
            Booking.ends_at > tx.now,
        )
        .order_by(Booking.starts_at)
    ).all()


def _require_free(tx: Transaction, new: Mediator, ahead: Sequence[Booking]) -> None:
    spans = (slots_between(one.starts_at, one.ends_at) for one in ahead)
    rows = tx.session.execute(
        select(Booking.starts_at, Booking.ends_at, Room.name)
        .join(BookingSlot, BookingSlot.booking_id == Booking.id)
        .join(Room, Room.id == Booking.room_id)
        .where(
            BookingSlot.street_id == tx.street_id,
            BookingSlot.resource.in_((f"mediator:{new.id}", f"staff:{new.staff_id}")),
            or_(*(BookingSlot.slot.between(span.start, span.stop - 1) for span in spans)),
            Booking.id.not_in([one.id for one in ahead]),
        )
        .distinct()
        .order_by(Booking.starts_at)
    )
    taken = "；".join(say_when(*row) for row in rows)
    if taken:
        raise RuleBroken(
            f"{new.name} 在本案已排好的时间另有安排：{taken}。"
            "请先把本案的这几场改期，再更换调解员。",
            field="mediator",
        )


def _booked_again(tx: Transaction, old: Booking, about: About, new: Mediator) -> Booking:
    wish = Wish(
        room=old.room_id,
        starts_at=old.starts_at,
        ends_at=old.ends_at,
        mediation=old.mediation_id,
        caucus_room=old.caucus_room_id,
        mediator=new.id,
        recorder=old.recorder_id,
        attendees=old.attendees,
        needs_access=old.needs_access,
        staggers=old.staggers,
        overtime_by=old.overtime_by or "",
    )
    try:
        meeting = meeting_of(tx.session, tx.street_id, wish)
        require_allowed(meeting)
        return keep_booking(tx, meeting, about, says_day=True)
    except RuleBroken as refused:
        room = tx.session.get_one(Room, old.room_id)
        when = say_when(old.starts_at, old.ends_at, room.name)
        raise RuleBroken(
            f"{when} 的安排不能直接换人：{refused}请先给这一场改期，再更换调解员。",
            field="mediator",
        ) from refused
