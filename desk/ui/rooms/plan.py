"""What somebody is arranging (正在安排的), as data: what the form holds, and what it asks for."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from desk.actions.booking_changes import MoveBooking
from desk.actions.booking_series import BookSeries, MoveSeries
from desk.actions.bookings import BookRoom
from desk.queries.room_day import RoomBooking
from desk.queries.room_gaps import Gap
from desk.rules.bookings import Wish
from desk.rules.mediation_codes import BookingPurpose, HolidayWay, RepeatRule
from desk.ui.desk import ByMe
from desk.ui.rooms.day_sheet import Place


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a series goes on (每周四接访)."""

    rule: RepeatRule = RepeatRule.WEEKLY
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    count: int | None = None
    until: date | None = None
    holiday_way: HolidayWay = HolidayWay.SKIP


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A booking as it is wished for.

    Attributes:
        booking, seen: the booking to be moved; for a mediation `seen` is its version.
        from_here_on: move all later ones of the series too.
    """

    room: int
    starts_at: datetime
    ends_at: datetime
    purpose: BookingPurpose = BookingPurpose.MEDIATION
    mediation: int | None = None
    seen: int | None = None
    title: str = ""
    caucus_room: int | None = None
    mediator: int | None = None
    recorder: int | None = None
    attendees: int = 0
    needs_access: bool = False
    staggers: bool = False
    overtime_by: str = ""
    is_provisional: bool = False
    repeat: Repeat | None = None
    booking: int | None = None
    reason: str = ""
    from_here_on: bool = False

    @property
    def place(self) -> Place:
        """Where it is drawn on the grid."""
        return Place(self.room, self.starts_at, self.ends_at, self.caucus_room)


def at_place(place: Place) -> Plan:
    """Return a new plan for a time drawn on the grid."""
    return Plan(room=place.room_id, starts_at=place.starts_at, ends_at=place.ends_at)


def plan_of(booking: RoomBooking) -> Plan:
    """Return an existing booking as a plan to move it."""
    return Plan(
        room=booking.room_id,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        purpose=booking.purpose,
        mediation=booking.mediation_id,
        seen=booking.version,
        title=booking.title,
        caucus_room=booking.caucus_room_id,
        mediator=booking.mediator_id,
        recorder=booking.recorder_id,
        attendees=booking.attendees,
        needs_access=booking.needs_access,
        staggers=booking.staggers,
        overtime_by=booking.overtime_by,
        booking=booking.id,
    )


def moved_to(plan: Plan, place: Place) -> Plan:
    """Return the same plan at another place of the grid."""
    return replace(plan, room=place.room_id, starts_at=place.starts_at, ends_at=place.ends_at)


def taking(plan: Plan, gap: Gap) -> Plan:
    """Return the same plan in a gap that was offered."""
    return replace(
        plan,
        room=gap.room_id,
        caucus_room=gap.caucus_room_id,
        starts_at=gap.starts_at,
        ends_at=gap.ends_at,
    )


def wish_of(plan: Plan) -> Wish:
    """Return what the rules and the search for gaps need of a plan."""
    return Wish(
        room=plan.room,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        mediation=plan.mediation,
        caucus_room=plan.caucus_room,
        mediator=plan.mediator,
        recorder=plan.recorder,
        attendees=plan.attendees,
        needs_access=plan.needs_access,
        staggers=plan.staggers,
        overtime_by=plan.overtime_by,
        booking=plan.booking,
    )


def request_of(plan: Plan, me: ByMe) -> Any:
    """Return the request that a plan asks for: a new booking, a series, or a move."""
    common: dict[str, Any] = {
        **me,
        "room": plan.room,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "caucus_room": plan.caucus_room,
        "mediator": plan.mediator,
        "recorder": plan.recorder,
        "attendees": plan.attendees,
        "needs_access": plan.needs_access,
        "staggers": plan.staggers,
        "overtime_by": plan.overtime_by,
    }
    if plan.booking is not None:
        kind = MoveSeries if plan.from_here_on else MoveBooking
        return kind(**common, booking=plan.booking, seen=plan.seen or 0, reason=plan.reason)
    if plan.repeat is not None:
        again = plan.repeat
        return BookSeries(
            **common,
            purpose=plan.purpose,
            title=plan.title,
            rule=again.rule,
            every=again.every,
            weekdays=again.weekdays,
            nth=again.nth,
            count=again.count,
            until=again.until,
            holiday_way=again.holiday_way,
        )
    return BookRoom(
        **common,
        purpose=plan.purpose,
        mediation=plan.mediation,
        seen=plan.seen if plan.mediation is not None else None,
        title=plan.title,
        is_provisional=plan.is_provisional,
    )
