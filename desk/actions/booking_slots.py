"""Quarters of an hour, taken and given back (占位、释放): the one place that writes them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from desk.rules.bookings import (
    Meeting,
    SlotTaken,
    Taken,
    room_resource,
    say_day,
    say_span,
)
from desk.rules.mediation_codes import BookingStatus
from desk.rules.moments import day_of
from desk.store.models import Booking, BookingSlot, Room
from desk.store.transaction import Transaction

_KEPT = "您的安排没有保存，内容还在。"
# In the order in which a clerk wants to hear of them.
_ORDER = ("room", "caucus_room", "mediator", "recorder", "mediation")


def take_slots(tx: Transaction, booking_id: int, meeting: Meeting, *, says_day: bool) -> None:
    """Take every quarter of every resource for a booking, or say who was there first.

    The rows go in sorted, so that two desks wait for each other and never in a circle; whoever
    comes second waits for the first to end, and then finds them taken.

    Raises:
        SlotTaken: at least one of them is another booking's.
    """
    rows = [
        {
            "street_id": tx.street_id,
            "resource": resource,
            "slot": slot,
            "booking_id": booking_id,
        }
        for resource, slots in sorted(meeting.resources().items())
        for slot in slots
    ]
    if _inserted(tx, rows) != len(rows):
        taken = _taken(tx, booking_id, meeting)
        raise SlotTaken(_sentence(meeting, taken, says_day=says_day), taken)


def free_slots(tx: Transaction, bookings: Sequence[Booking]) -> None:
    """Give back what bookings held that are no longer live."""
    tx.session.flush()  # the database gives nothing back while a booking is live
    ids = [booking.id for booking in bookings]
    tx.session.execute(delete(BookingSlot).where(BookingSlot.booking_id.in_(ids)))


def expired_bookings(tx: Transaction) -> Sequence[Booking]:
    """Release provisional bookings whose time is up, and return them.

    Those that another desk is just releasing, or confirming, are left to it.
    """
    late = tx.session.scalars(
        select(Booking)
        .where(
            Booking.street_id == tx.street_id,
            Booking.status == BookingStatus.PROVISIONAL,
            Booking.hold_until <= tx.now,
        )
        .order_by(Booking.id)
        .with_for_update(skip_locked=True)
    ).all()
    for booking in late:
        tx.watch(booking)
        booking.status = BookingStatus.EXPIRED
    free_slots(tx, late)
    return late


def _inserted(tx: Transaction, rows: list[dict[str, Any]]) -> int:
    sqlite = tx.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert(BookingSlot) if sqlite else postgresql_insert(BookingSlot)
    statement = insert.values(rows).on_conflict_do_nothing().returning(BookingSlot.slot)
    return len(tx.session.execute(statement).all())


def _taken(tx: Transaction, booking_id: int, meeting: Meeting) -> tuple[Taken, ...]:
    needed = meeting.resources()
    slots = needed[room_resource(meeting.room.id)]
    rows = tx.session.execute(
        select(
            BookingSlot.resource,
            func.min(BookingSlot.slot).label("first"),
            func.max(BookingSlot.slot).label("last"),
            Room.name,
            Booking.starts_at,
            Booking.ends_at,
            Booking.desk_name,
            Booking.buffer_minutes,
        )
        .join(Booking, Booking.id == BookingSlot.booking_id)
        .join(Room, Room.id == Booking.room_id)
        .where(
            BookingSlot.street_id == tx.street_id,
            BookingSlot.resource.in_(needed),
            BookingSlot.slot.between(slots.start, slots.stop - 1),
            BookingSlot.booking_id != booking_id,
        )
        .group_by(BookingSlot.resource, Booking.id, Room.name)
    )
    found = [
        _one(meeting, row)
        for row in rows
        if row.first < needed[row.resource].stop and row.last >= needed[row.resource].start
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.field), one.starts_at)))


def _one(meeting: Meeting, row: Any) -> Taken:
    kind, _, key = row.resource.partition(":")
    field, what = {
        "mediator": ("mediator", f"调解员{meeting.host.name if meeting.host else ''}"),
        "staff": ("recorder", f"记录人{meeting.recorder}"),
        "person": ("mediation", "来的人里有一位"),
        "room": ("room", meeting.room.name),
    }[kind]
    if meeting.caucus is not None and kind == "room" and key == str(meeting.caucus.id):
        field, what = "caucus_room", meeting.caucus.name
    buffer = row.buffer_minutes if kind == "room" else 0
    return Taken(field, what, row.name, row.starts_at, row.ends_at, row.desk_name, buffer)


def _sentence(meeting: Meeting, taken: Iterable[Taken], *, says_day: bool) -> str:
    first = next(iter(taken), None)
    if first is None:
        return f"刚才有别的窗口占着这个时段，现在又空出来了。{_KEPT}请再按一次。"
    when = say_span(first.starts_at, first.ends_at)
    if says_day:
        when = f"{say_day(day_of(first.starts_at))} {when}"
    if first.field not in {"room", "caucus_room"}:
        return f"{first.what} {when} 在{first.room}已有安排，由{first.desk_name}登记。{_KEPT}"
    wish = meeting.wish
    clearing = ""
    if not _overlap(first.starts_at, first.ends_at, wish.starts_at, wish.ends_at):
        clearing = f"，前后各留 {first.buffer_minutes} 分钟清场"
    return f"{first.what} {when} 已被{first.desk_name}占下{clearing}。{_KEPT}"


def _overlap(a: datetime, b: datetime, c: datetime, d: datetime) -> bool:
    return a < d and c < b
