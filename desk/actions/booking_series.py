"""Bookings that come again: a whole series is booked or nothing of it (周期预订)."""

from dataclasses import dataclass
from datetime import date

from desk.actions.bookings import Arrangement
from desk.rules.mediation_codes import BookingPurpose, HolidayWay, RepeatRule
from desk.store.gate import amount, words


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
    """Move this booking and all later ones of its series by the same days, to the same time of day.

    `starts_at` is that of this booking. Made: {"bookings": [ids], "warnings": […]}.
    """

    booking: int
    seen: int
    reason: str = words("改期原因", longest=200, default="")
