"""On which days a series of bookings falls (周期预订, DOMAIN.md 6.6 rule 8).

The rules are those of RFC 5545 for the four kinds a hall needs; the tests hold them against an
independent expander. What happens on days off is the hall's own.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import HolidayWay, RepeatRule
from desk.rules.working_days import Calendar

R = RepeatRule

MOST_OCCURRENCES = 120
LONGEST_DAYS = 366 * 2
_WEEK, _YEAR_MONTHS, _LAST = 7, 12, -1
_NTHS = frozenset({1, 2, 3, 4, 5, _LAST})


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a series goes on from a day.

    Attributes:
        every: every n days, weeks or months.
        weekdays: 0 = Monday; for weekly rules, and one for the nth weekday of a month.
        nth: which of the month's such weekdays; -1 = the last.
        count: so many days by the rule, those that are skipped later counted; or
        until: the last day.
    """

    rule: RepeatRule
    starts_on: date
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    count: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day that the rule gives, and the day it is held; None where it is left out."""

    rule_day: date
    day: date | None


def require_series(repeat: Repeat) -> None:
    """Raise RuleBroken unless the rule makes sense and comes to an end."""
    if (repeat.count is None) == (repeat.until is None):
        raise RuleBroken("请写重复几次，或写到哪一天为止，两样写一样。", field="count")
    if repeat.count is not None and not 1 <= repeat.count <= MOST_OCCURRENCES:
        raise RuleBroken(f"重复次数请写 1 到 {MOST_OCCURRENCES}。", field="count")
    if repeat.until is not None and not _is_near(repeat.starts_on, repeat.until):
        raise RuleBroken("结束日期请写在开始之后的两年以内。", field="until")
    if any(not 0 <= day < _WEEK for day in repeat.weekdays):
        raise RuleBroken("星期几不对，请重新选择。", field="weekdays")
    if repeat.rule is R.WEEKLY and not repeat.weekdays:
        raise RuleBroken("请选每周的哪几天。", field="weekdays")
    if repeat.rule is R.MONTHLY_WEEKDAY and (len(repeat.weekdays) != 1 or repeat.nth not in _NTHS):
        raise RuleBroken("请选每月第几个星期几。", field="nth")


def _is_near(starts_on: date, until: date) -> bool:
    return timedelta() <= until - starts_on <= timedelta(days=LONGEST_DAYS)


def days_of(repeat: Repeat) -> tuple[date, ...]:
    """Return the days that the rule gives, days off included; none lies before its start."""
    horizon = repeat.starts_on + timedelta(days=LONGEST_DAYS)
    end = horizon if repeat.until is None else repeat.until
    days = takewhile(lambda day: day <= end, _walk(repeat, end))
    later = (day for day in days if day >= repeat.starts_on)
    return tuple(islice(later, repeat.count))


def planned(repeat: Repeat, calendar: Calendar, way: HolidayWay) -> tuple[Occurrence, ...]:
    """Return the days of a series with what becomes of those that fall on a day off.

    A day that moves on to a working day which the series has already is left out: one is enough.

    Raises:
        RuleBroken: the rule does not make sense, or gives no day, or too many.
    """
    require_series(repeat)
    days = days_of(repeat)
    if not days:
        raise RuleBroken("按这个规则一天也排不上，请核对星期和起止日期。", field="until")
    if len(days) > MOST_OCCURRENCES:
        raise RuleBroken(
            f"一次最多排 {MOST_OCCURRENCES} 场，这样有 {len(days)} 场。请把结束日期提前。",
            field="until",
        )
    taken = set(days)
    return tuple(Occurrence(day, held_on(day, calendar, way, taken)) for day in days)


def held_on(day: date, calendar: Calendar, way: HolidayWay, taken: set[date]) -> date | None:
    """Return the day on which an occurrence is held; None where it is left out.

    Args:
        taken: the days that the series has already; the day it moves on to is added.
    """
    if way is HolidayWay.KEEP or calendar.is_working_day(day):
        return day
    if way is HolidayWay.SKIP:
        return None
    moved = calendar.on_or_after(day)
    if moved in taken:
        return None
    taken.add(moved)
    return moved


def _walk(repeat: Repeat, end: date) -> Iterator[date]:
    if repeat.rule is R.DAILY:
        step = timedelta(days=repeat.every)
        return (repeat.starts_on + step * n for n in range((end - repeat.starts_on).days + 1))
    if repeat.rule is R.WEEKLY:
        return _weeks(repeat)
    return _months(repeat, end)


def _weeks(repeat: Repeat) -> Iterator[date]:
    week = repeat.starts_on - timedelta(days=repeat.starts_on.weekday())
    while True:
        for weekday in sorted(set(repeat.weekdays)):
            yield week + timedelta(days=weekday)
        week += timedelta(weeks=repeat.every)


def _months(repeat: Repeat, end: date) -> Iterator[date]:
    first = repeat.starts_on.year * _YEAR_MONTHS + repeat.starts_on.month - 1
    last = end.year * _YEAR_MONTHS + end.month - 1
    for number in range(first, last + 1, repeat.every):
        year, month = divmod(number, _YEAR_MONTHS)
        day = _day_of_month(repeat, year, month + 1)
        if day is not None:
            yield day


def _day_of_month(repeat: Repeat, year: int, month: int) -> date | None:
    first_weekday, length = monthrange(year, month)
    if repeat.rule is R.MONTHLY_DAY:
        number = repeat.starts_on.day
        return date(year, month, number) if number <= length else None
    first = 1 + (repeat.weekdays[0] - first_weekday) % _WEEK
    days = range(first, length + 1, _WEEK)
    if repeat.nth == _LAST:
        return date(year, month, days[-1])
    place = (repeat.nth or 1) - 1
    return date(year, month, days[place]) if place < len(days) else None
