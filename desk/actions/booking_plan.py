"""From a wish to a booking: checked, taken, written down (排期的共同步骤)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy import exists, select

from desk.actions.booking_slots import expired_bookings, free_slots, take_slots
from desk.rules.booking_rights import may_change_booking
from desk.rules.bookings import (
    LIVE_BOOKINGS,
    Meeting,
    Wish,
    require_allowed,
    require_booking_move,
    require_time,
    say_day,
    say_span,
)
from desk.rules.codes import Role
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.mediation_codes import BookingPurpose, BookingStatus, MediationStatus
from desk.rules.mediation_life import require_mediation_move
from desk.store.booking_facts import mediator_of_case, meeting_of
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.models import Booking, Mediation, Staff, StaffRole
from desk.store.models.hall import today_rows
from desk.store.open_spans import hold_calendar, keep_open_spans
from desk.store.person_keys import ready_to_know
from desk.store.requests import Request
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

MOST_PEOPLE = 500
_ALLOW_OVERTIME = frozenset({Role.LEADER, Role.CHIEF})
_WISHED = frozenset(one.name for one in fields(Wish)) - {"mediation", "booking"}


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


@dataclass(frozen=True, slots=True)
class About:
    """What a booking is for, and how it begins."""

    purpose: BookingPurpose
    title: str
    mediation: Mediation | None = None
    status: BookingStatus = BookingStatus.CONFIRMED
    hold_until: datetime | None = None
    series_id: int | None = None
    occurrence_on: date | None = None

    @classmethod
    def of(cls, booking: Booking, mediation: Mediation | None) -> "About":
        """Return what an existing booking is for, so that it can be moved."""
        return cls(
            booking.purpose,
            booking.title,
            mediation,
            booking.status,
            booking.hold_until,
            booking.series_id,
            booking.occurrence_on,
        )


def checked_meeting(
    tx: Transaction,
    asked: Arrangement,
    mediation: Mediation | None,
    booking: int | None = None,
) -> Meeting:
    """Return the wish of a request with all that belongs to it, once it keeps the hard rules.

    Raises:
        RuleBroken: its time, its rooms or its people break one of them.
    """
    meeting = known_meeting(tx, asked, mediation, booking)
    require_allowed(meeting)
    return meeting


def known_meeting(
    tx: Transaction,
    asked: Arrangement,
    mediation: Mediation | None = None,
    booking: int | None = None,
) -> Meeting:
    """Return the wish of a request with all that belongs to it.

    Raises:
        RuleBroken: its time cannot be, a room or somebody is not there, or no leader allowed it.
    """
    require_time(asked.starts_at, asked.ends_at, tx.now)
    if asked.overtime_by:
        _require_leader(tx, asked.overtime_by)
    hold_calendar(tx)
    ready_to_know(tx.session, tx.street_id)
    wish = Wish(**{name: getattr(asked, name) for name in _WISHED}, booking=booking)
    if mediation is not None:
        wish = _for_mediation(wish, mediation)
    return meeting_of(tx.session, tx.street_id, wish)


def _for_mediation(wish: Wish, mediation: Mediation) -> Wish:
    """Return a wish with the mediation's own mediator, unless another one is named."""
    mediator = wish.mediator or mediation.mediator_id
    if mediator is None:
        raise RuleBroken("这件调解还没有调解员，请先选一位。", field="mediator")
    staggers = wish.staggers or mediation.staggers
    return replace(wish, mediation=mediation.id, mediator=mediator, staggers=staggers)


def _require_leader(tx: Transaction, name: str) -> None:
    leads = (
        select(Staff.id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.street_id == tx.street_id,
            Staff.name == name,
            StaffRole.role.in_(_ALLOW_OVERTIME),
            today_rows(Staff, tx.today),
            today_rows(StaffRole, tx.today),
        )
    )
    if tx.session.scalars(leads).first() is None:
        raise RuleBroken("加班要由街道领导批准，请写那位领导的姓名。", field="overtime_by")


def keep_booking(
    tx: Transaction, meeting: Meeting, about: About, *, says_day: bool = False
) -> Booking:
    """Take the time of a meeting and write the booking down.

    Raises:
        SlotTaken: somebody else has a part of it.
    """
    wish, booking_id = meeting.wish, new_id()
    keep_open_spans(tx, [meeting.day])
    take_slots(tx, booking_id, meeting, says_day=says_day)
    mediation = about.mediation
    booking = Booking(
        id=booking_id,
        street_id=tx.street_id,
        room_id=wish.room,
        caucus_room_id=wish.caucus_room,
        purpose=about.purpose,
        mediation_id=wish.mediation,
        title=about.title,
        shown_people=meeting.people.on_board(is_private=mediation is None or mediation.is_private),
        status=about.status,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        buffer_minutes=meeting.buffer_minutes,
        mediator_id=wish.mediator,
        recorder_id=wish.recorder,
        attendees=meeting.attendees,
        needs_access=wish.needs_access,
        staggers=wish.staggers,
        hold_until=about.hold_until,
        overtime_by=wish.overtime_by or None,
        series_id=about.series_id,
        occurrence_on=about.occurrence_on,
        absent=[],
        made_by=tx.person.staff_id,
        made_at=tx.now,
        desk_name=_desk(tx),
    )
    tx.add(booking)
    return booking


def open_booking(tx: Transaction, booking_id: int, seen: int) -> Booking:
    """Return the booking to change.

    Raises:
        RuleBroken: there is none, or it is not the asker's to change.
        StaleCase: it is no longer what the asker saw.
    """
    found = tx.session.get(Booking, booking_id, with_for_update=True)
    if found is None or found.street_id != tx.street_id:
        raise NotAllowed("找不到这次安排，请刷新排期表。")
    if not may_change_booking(tx.person, _case_staff(tx, found)):
        raise NotAllowed("这次安排不归您改。需要时请找这件调解的秘书。")
    if found.version != seen:
        raise StaleCase("这次安排刚有变化。您写的内容还在，请看过最新情况后再存。")
    return found


def mediation_of(tx: Transaction, booking: Booking) -> Mediation | None:
    """Return the mediation of a booking, to be changed with it; its history names the change."""
    if booking.mediation_id is None:
        return None
    mediation = tx.session.get_one(Mediation, booking.mediation_id, with_for_update=True)
    tx.touch(mediation)
    return mediation


def release_expired(tx: Transaction) -> int:
    """Release what was held for too long, give its mediations back to 待排期, return how many."""
    late = expired_bookings(tx)
    for booking in late:
        follow_bookings(tx, mediation_of(tx, booking))
    return len(late)


def leave(tx: Transaction, bookings: Sequence[Booking], status: BookingStatus, reason: str) -> None:
    """End bookings that were live; their time is free again.

    Raises:
        RuleBroken: one of them cannot end like this.
    """
    for booking in bookings:
        require_booking_move(booking.status, status)
        tx.watch(booking)
        booking.status, booking.end_reason = status, reason or None
    free_slots(tx, bookings)


def follow_bookings(tx: Transaction, mediation: Mediation | None) -> None:
    """Let a mediation be 已排期 while it has an appointment, and 待排期 while it has none."""
    if mediation is None:
        return
    tx.session.flush()
    live = tx.session.scalar(
        select(
            exists().where(Booking.mediation_id == mediation.id, Booking.status.in_(LIVE_BOOKINGS))
        )
    )
    now, then = MediationStatus.ACCEPTED, MediationStatus.SCHEDULED
    if not live:
        now, then = then, now
    if mediation.status is now:
        require_mediation_move(now, then)
        mediation.status = then


def said(meeting: Meeting) -> str:
    """Say room and time of a meeting for the history: “第二调解室 11 月 3 日 09:30–10:45”."""
    wish = meeting.wish
    when = say_span(wish.starts_at, wish.ends_at)
    return f"{meeting.room.name} {say_day(meeting.day)} {when}"


def touched(mediation: Mediation | None) -> tuple[int, ...]:
    """Return the ids of the mediations that an answer names."""
    return () if mediation is None else (mediation.id,)


def _case_staff(tx: Transaction, booking: Booking) -> frozenset[int] | None:
    if booking.mediation_id is None:
        return None
    mediation = tx.session.get(Mediation, booking.mediation_id)
    # the shared database hides what is kept from the asker: then he is none of its people
    return frozenset() if mediation is None else mediator_of_case(tx.session, mediation)


def _desk(tx: Transaction) -> str:
    return tx.person.desk_name or unit_name(tx.session, tx.person.home_unit_id, tx.today)
