"""A limit worked out step by step (算时限): when it ends, which days count and which do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.rules.codes import SpanUnit
from desk.rules.moments import day_of, in_shanghai, last_day_of
from desk.rules.spans import Pause, Span, days_between, due
from desk.rules.working_days import Calendar

_WEEKDAYS = "一二三四五六日"
_ONE_DAY = timedelta(days=1)
_LONG = 62  # days; a longer course is told by its end only


@dataclass(frozen=True, slots=True)
class Course:
    """How a limit runs.

    Attributes:
        at: when it ends.
        counted: the days that count, for limits in working days of at most two months.
        skipped: the days in between that do not count.
        warnings: sentences about years whose holidays are not known.
    """

    at: datetime
    counted: tuple[date, ...] = ()
    skipped: tuple[date, ...] = ()
    warnings: tuple[str, ...] = ()


def course_of(
    start: datetime,
    span: Span,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    rollover: bool = False,
) -> Course:
    """Return how `span` runs from `start` on (EXCHANGE.md 1.1).

    Raises:
        RuleBroken: the calendar cannot answer, or a pause ends before it starts.
    """
    end = due(start, span, calendar, pauses=pauses, rollover=rollover)
    first, last = day_of(start), last_day_of(end.at)
    if span.unit is not SpanUnit.WORKING_DAY or not 0 < (last - first).days <= _LONG:
        return Course(end.at, warnings=end.warnings)
    ends = days_between(start, end.at, span.unit, calendar, pauses)
    counted = tuple(last_day_of(one) for one in ends)
    between = (first + _ONE_DAY * n for n in range(1, (last - first).days + 1))
    skipped = tuple(day for day in between if day not in counted)
    return Course(end.at, counted, skipped, end.warnings)


def say_end(at: datetime) -> str:
    """Return the end in full: “2026 年 9 月 30 日（周三）18:00”; midnight is the day's 24:00."""
    wall = in_shanghai(at)
    day = last_day_of(at)
    clock = f"{wall:%H:%M}" if day == wall.date() else "24:00"
    return f"{day.year} 年 {day.month} 月 {day.day} 日（周{_WEEKDAYS[day.weekday()]}）{clock}"


def say_days(days: Iterable[date]) -> str:
    """Return days in words, those in a row together: “9 月 25 日至 27 日、10 月 1 日”."""
    rows: list[list[date]] = []
    for day in sorted(days):
        if rows and day - rows[-1][-1] == _ONE_DAY:
            rows[-1].append(day)
        else:
            rows.append([day])
    return "、".join(_say_row(row[0], row[-1]) for row in rows)


def _say_row(first: date, last: date) -> str:
    said = f"{first.month} 月 {first.day} 日"
    if last == first:
        return said
    month = "" if last.month == first.month else f"{last.month} 月 "
    return f"{said}至 {month}{last.day} 日"
