"""Bookings that come again: a whole series is booked or nothing of it (周期预订)."""

from dataclasses import dataclass, replace
from datetime import date

from desk.actions.booking_changes import later_of_series
from desk.actions.booking_plan import (
    About,
    Arrangement,
    keep_booking,
    known_meeting,
    leave,
    open_booking,
    release_expired,
)
from desk.rules.booking_advice import advice
from desk.rules.bookings import Meeting, require_allowed
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingPurpose, BookingStatus, HolidayWay, RepeatRule
from desk.rules.moments import day_of
from desk.rules.rights import require_hall
from desk.rules.series import Repeat, held_on, planned
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.models import Booking, BookingSeries
from desk.store.requests import Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSeries(Arrangement):
    """Book a room again and again (每周四接访); never for one mediation.

    Attributes:
        starts_at: the time of day of every occurrence, and the day from which the rule counts.
        weekdays: 0 = Monday; for weekly rules, and exactly one for the nth weekday of a month.
        nth: the nth weekday of a month, -1 = the last.
        count, until: one of both.

    Made: {"series": id, "bookings": [ids], "skipped": [days], "warnings": […]}.
    """

    purpose: BookingPurpose = BookingPurpose.RECEPTION
    title: str = words("事由", longest=200)
    rule: RepeatRule = RepeatRule.WEEKLY
    every: int = amount("间隔", 1, 99, default=1)
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    count: int | None = None
    until: date | None = None
    holiday_way: HolidayWay = HolidayWay.SKIP


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSeries(Arrangement):
    """Move this booking and all later ones of its series by as many days, to the same hours.

    `starts_at` is that of this booking. What then falls on a day off goes the way of the series;
    what is left out is cancelled. Made: {"bookings": [ids], "skipped": [days], "warnings": […]}.
    """

    booking: int
    seen: int
    reason: str = words("改期原因", longest=200, default="")


@action(BookSeries, "booking.series_made")
def book_series(tx: Transaction, request: BookSeries) -> Changes:
    """Book every occurrence of a rule, all of them or none.

    Raises:
        SlotTaken: one of them is taken; the sentence names its day.
        RuleBroken: the rule gives no days, or a hard rule stands against one of them.
    """
    require_hall(Deed.BOOK_ROOM, tx.person)
    if request.purpose is BookingPurpose.MEDIATION:
        raise RuleBroken("调解要一场一场排，周期预订用于接访、会商等。", field="purpose")
    if not request.title:
        raise RuleBroken("请写明房间用来做什么。", field="title")
    release_expired(tx)
    first = known_meeting(tx, request)
    days = planned(_repeat(request, first.day), first.calendar, request.holiday_way)
    series = _keep_series(tx, request, first.day)
    about = About(request.purpose, request.title, series_id=series.id)
    made = [
        _keep_on(tx, first, one.day, replace(about, occurrence_on=one.rule_day))
        for one in days
        if one.day is not None
    ]
    return Changes(
        f"周期预订 {first.room.name} {len(made)} 次",
        made={
            "series": series.id,
            "bookings": [booking.id for booking in made],
            "skipped": [one.rule_day.isoformat() for one in days if one.day is None],
            "warnings": _warnings(first, days[-1].rule_day),
        },
    )


@action(MoveSeries, "booking.series_moved")
def move_series(tx: Transaction, request: MoveSeries) -> Changes:
    """Move a booking and all later ones of its series, all of them or none.

    Raises:
        SlotTaken: one of the new times is taken; everything stays as it was.
        RuleBroken: it is no series, or a hard rule stands against one of the new times.
    """
    booking = open_booking(tx, request.booking, request.seen)
    if booking.series_id is None:
        raise RuleBroken("这次安排不在周期预订里，请用“仅此一次”改期。", field="booking")
    release_expired(tx)
    series = tx.session.get_one(BookingSeries, booking.series_id)
    first = known_meeting(tx, request, booking=booking.id)
    old = [booking, *later_of_series(tx, booking)]
    apart = first.day - day_of(booking.starts_at)
    wanted = [day_of(one.starts_at) + apart for one in old]
    taken = set(wanted)
    held = [held_on(day, first.calendar, series.holiday_way, taken) for day in wanted]
    pairs = list(zip(old, held, strict=True))
    leave(tx, [one for one, day in pairs if day], BookingStatus.MOVED, request.reason)
    leave(tx, [one for one, day in pairs if not day], BookingStatus.CANCELLED, request.reason)
    made = []
    for one, day in pairs:
        if day is not None:
            about = replace(About.of(one, None), status=BookingStatus.CONFIRMED)
            new = _keep_on(tx, first, day, about)
            one.moved_to_id = new.id
            made.append(new.id)
    return Changes(
        f"周期预订从此以后的 {len(made)} 次改期",
        made={
            "bookings": made,
            "skipped": [day.isoformat() for day, at in zip(wanted, held, strict=True) if not at],
            "warnings": _warnings(first, wanted[-1]),
        },
    )


def _warnings(first: Meeting, last: date) -> list[str]:
    """Return what to think of, also that the holidays of a year to come are not known yet."""
    years = first.calendar.missing_years(first.day, last)
    unknown = (f"{year} 年的放假通知还没有导入，那一年的节假日没有避开。" for year in years)
    return [*advice(first), *unknown]


def _repeat(request: BookSeries, starts_on: date) -> Repeat:
    return Repeat(
        request.rule,
        starts_on,
        request.every,
        request.weekdays,
        request.nth,
        request.count,
        request.until,
    )


def _keep_series(tx: Transaction, request: BookSeries, starts_on: date) -> BookingSeries:
    series = BookingSeries(
        id=new_id(),
        street_id=tx.street_id,
        rule=request.rule,
        every=request.every,
        weekdays=list(request.weekdays),
        nth=request.nth,
        starts_on=starts_on,
        ends_on=request.until,
        count=request.count,
        holiday_way=request.holiday_way,
        made_by=tx.person.staff_id,
        made_at=tx.now,
    )
    tx.add(series)
    return series


def _keep_on(tx: Transaction, first: Meeting, day: date, about: About) -> Booking:
    """Book one occurrence: the meeting of the request on another day."""
    apart = day - first.day
    meeting = first.at(first.wish.starts_at + apart, first.wish.ends_at + apart)
    require_allowed(meeting)
    return keep_booking(tx, meeting, about, says_day=True)
