"""Quarters of an hour, taken and given back (占位、释放): the one place that writes them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
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
    slots_between,
)
from desk.rules.mediation_codes import BookingStatus
from desk.rules.moments import day_of
from desk.store.mediation_sight import known_to
from desk.store.models import Booking, BookingSlot, Mediation, Room
from desk.store.transaction import Transaction

_KEPT = "您的安排没有保存，内容还在。"
_KEPT_CHANGE = "您的改动没有保存，内容还在。请先把其中一场改期。"
# In the order in which a clerk wants to hear of them.
_ROOMS = ("room", "caucus_room")
_ORDER = ("room", "caucus_room", "mediator", "recorder", "mediation")


@dataclass(frozen=True, slots=True)
class _Claim:
    """Resources with the quarters wanted of each, and how a clerk calls them."""

    resources: Mapping[str, range]
    starts_at: datetime
    ends_at: datetime
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kept: str = _KEPT


def take_slots(tx: Transaction, booking_id: int, meeting: Meeting, *, says_day: bool) -> None:
    """Take every quarter of every resource for a booking, or say who was there first.

    The rows go in sorted, so that two desks wait for each other and never in a circle; whoever
    comes second waits for the first to end, and then finds them taken.

    Raises:
        SlotTaken: at least one of them is another booking's.
    """
    _take(tx, booking_id, _claim_of(meeting), says_day=says_day)


def exchange_people(tx: Transaction, booking: Booking, wanted: Set[str]) -> None:
    """Let a booking hold the time of these people, and of no others.

    Raises:
        SlotTaken: one of them is expected elsewhere at that time.
    """
    mine = BookingSlot.booking_id == booking.id
    persons = (mine, BookingSlot.resource.startswith("person:"))
    held = set(tx.session.scalars(select(BookingSlot.resource).where(*persons)))
    tx.session.execute(delete(BookingSlot).where(mine, BookingSlot.resource.in_(held - wanted)))
    if wanted - held:
        slots = slots_between(booking.starts_at, booking.ends_at)
        people = dict.fromkeys(wanted - held, slots)
        claim = _Claim(people, booking.starts_at, booking.ends_at, kept=_KEPT_CHANGE)
        _take(tx, booking.id, claim, says_day=True)


def _take(tx: Transaction, booking_id: int, claim: _Claim, *, says_day: bool) -> None:
    rows = [
        {
            "street_id": tx.street_id,
            "resource": resource,
            "slot": slot,
            "booking_id": booking_id,
        }
        for resource, slots in sorted(claim.resources.items())
        for slot in slots
    ]
    if _inserted(tx, rows) != len(rows):
        taken = _taken(tx, booking_id, claim)
        raise SlotTaken(_sentence(claim, taken, says_day=says_day), taken)


def _claim_of(meeting: Meeting) -> _Claim:
    wish = meeting.wish
    names = {room_resource(meeting.room.id): ("room", meeting.room.name)}
    if meeting.caucus is not None:
        names[room_resource(meeting.caucus.id)] = ("caucus_room", meeting.caucus.name)
    if meeting.host is not None:
        host = ("mediator", f"调解员{meeting.host.name}")
        names |= dict.fromkeys(meeting.host.resources, host)
    if meeting.recorder:
        names[f"staff:{wish.recorder}"] = ("recorder", f"记录人{meeting.recorder}")
    return _Claim(meeting.resources(), wish.starts_at, wish.ends_at, names)


def free_slots(tx: Transaction, bookings: Sequence[Booking]) -> None:
    """Give back what bookings held that are no longer live."""
    tx.session.flush()  # the database gives nothing back while a booking is live
    ids = [booking.id for booking in bookings]
    tx.session.execute(delete(BookingSlot).where(BookingSlot.booking_id.in_(ids)))


def expired_bookings(tx: Transaction) -> Sequence[Booking]:
    """Release provisional bookings whose time is up, and return them.

    Those that another desk is just releasing, or confirming, are left to it, and those of
    mediations that this person knows nothing of to somebody who does: releasing changes them.
    """
    known = select(Mediation.id).where(known_to(tx.person, tx.now))
    late = tx.session.scalars(
        select(Booking)
        .where(
            Booking.street_id == tx.street_id,
            Booking.status == BookingStatus.PROVISIONAL,
            Booking.hold_until <= tx.now,
            Booking.mediation_id.is_(None) | Booking.mediation_id.in_(known),
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


def _taken(tx: Transaction, booking_id: int, claim: _Claim) -> tuple[Taken, ...]:
    needed = claim.resources
    first = min(slots.start for slots in needed.values())
    last = max(slots.stop for slots in needed.values())
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
            BookingSlot.slot.between(first, last - 1),
            BookingSlot.booking_id != booking_id,
        )
        .group_by(BookingSlot.resource, Booking.id, Room.name)
    )
    found = [
        _one(claim, row)
        for row in rows
        if row.first < needed[row.resource].stop and row.last >= needed[row.resource].start
    ]
    once = dict.fromkeys(found)  # a mediator is held as such and by his account
    return tuple(sorted(once, key=lambda one: (_ORDER.index(one.field), one.starts_at)))


def _one(claim: _Claim, row: Any) -> Taken:
    about, what = claim.names.get(row.resource, ("mediation", "来的人里有一位"))
    buffer = row.buffer_minutes if about in _ROOMS else 0
    return Taken(about, what, row.name, row.starts_at, row.ends_at, row.desk_name, buffer)


def _sentence(claim: _Claim, taken: Sequence[Taken], *, says_day: bool) -> str:
    if not taken:
        return f"刚才有别的窗口占着这个时段，现在又空出来了。{claim.kept}请再按一次。"
    first = taken[0]
    when = say_span(first.starts_at, first.ends_at)
    if says_day:
        when = f"{say_day(day_of(first.starts_at))} {when}"
    if first.field not in _ROOMS:
        return f"{first.what} {when} 在{first.room}已有安排，由{first.desk_name}登记。{claim.kept}"
    clearing = ""
    if first.ends_at <= claim.starts_at or claim.ends_at <= first.starts_at:
        clearing = f"，前后各留 {first.buffer_minutes} 分钟清场"
    return f"{first.what} {when} 已被{first.desk_name}占下{clearing}。{claim.kept}"
