"""Limits written as spans, and the moment at which they end (时限推算, EXCHANGE.md 1.1).

- `m`, `h`: clock time, which runs day and night.
- `wm`, `wh`: time within open hours. Used up exactly at closing, it ends at closing.
- `wd`: working days; the first day does not count, the last one ends at its closing.
- `d`: calendar days; the first day does not count, the last one ends at 24:00.

24:00 is the 00:00 of the next day. Negative spans count backwards in the same way and end with
the same part of the day. Paused time does not count: minutes and hours stand still during a
pause; a day counts only if the clock is running when that day ends.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate, chain, islice, repeat, takewhile
from operator import add

from desk.rules.codes import SpanUnit
from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width
from desk.rules.moments import SHANGHAI, day_of, end_of, from_wall, last_day_of
from desk.rules.working_days import Calendar, Window, missing_year_warning

Pause = tuple[datetime, datetime]

_SPAN = re.compile(r"([+-]?)([0-9]{1,8})(wd|wh|wm|d|h|m)")
_UNITS = {
    "m": SpanUnit.MINUTE,
    "h": SpanUnit.HOUR,
    "wm": SpanUnit.WORKING_MINUTE,
    "wh": SpanUnit.WORKING_HOUR,
    "wd": SpanUnit.WORKING_DAY,
    "d": SpanUnit.DAY,
}
_MINUTES = {
    SpanUnit.MINUTE: 1,
    SpanUnit.WORKING_MINUTE: 1,
    SpanUnit.HOUR: 60,
    SpanUnit.WORKING_HOUR: 60,
    SpanUnit.WORKING_DAY: 24 * 60,
    SpanUnit.DAY: 24 * 60,
}
_LONGEST = 100 * 366 * 24 * 60  # minutes
_COUNTED_IN_DAYS = frozenset({SpanUnit.WORKING_DAY, SpanUnit.DAY})
_AROUND_THE_CLOCK = frozenset({SpanUnit.MINUTE, SpanUnit.HOUR, SpanUnit.DAY})
_ONE_DAY = timedelta(days=1)
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=SHANGHAI), datetime(2200, 1, 1, tzinfo=SHANGHAI)
_PAST, _FUTURE = datetime(1000, 1, 1, tzinfo=SHANGHAI), datetime(3000, 1, 1, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Span:
    """A limit: so many of a unit, negative when it counts backwards."""

    amount: int
    unit: SpanUnit

    def __post_init__(self) -> None:
        if abs(self.amount) * _MINUTES[self.unit] > _LONGEST:
            raise RuleBroken("时限太长，最多推算一百年。")

    @property
    def length(self) -> timedelta:
        """The length of a span of minutes or hours."""
        return timedelta(minutes=self.amount * _MINUTES[self.unit])


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends, and what must be said about it."""

    at: datetime
    warnings: tuple[str, ...] = ()


def parse_span(text: str) -> Span:
    """Return the span written as `90m`, `5h`, `5wh`, `210wm`, `3wd`, `60d` or `-3wd`."""
    found = _SPAN.fullmatch(fold_width(text).strip().lower())
    if not found:
        raise RuleBroken(
            f"时限“{text}”看不懂。请写成 90m、5h（自然分钟、小时）、210wm、5wh（工作时间）、"
            "3wd（工作日）或 60d（自然日），往前推算加负号。"
        )
    return Span(int(found[1] + found[2]), _UNITS[found[3]])


def due(
    start: datetime,
    span: Span,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    rollover: bool = False,
) -> Due:
    """Return when `span` ends that starts at `start`.

    Args:
        rollover: calendar days only: a limit whose last day is a day of rest ends on the next
            working day (counting backwards: on the one before).

    Raises:
        RuleBroken: the calendar cannot answer, or a pause ends before it starts.
    """
    run = _Run(_checked(start), span.unit, calendar, _union(pauses))
    back = span.amount < 0
    try:
        if span.unit not in _COUNTED_IN_DAYS:
            at = run.use_up(abs(span.length), back=back)
            ended = day_of(at) if back else last_day_of(at)
            return Due(at, run.warnings(run.first_day(span.amount), ended))
        last = run.last_day(span.amount)
        if not (rollover and span.unit == SpanUnit.DAY):
            return Due(run.end_of(last), run.warnings(run.first_day(span.amount), last))
        rolled = calendar.on_or_after(last, back=back)
        return Due(run.end_of(rolled), _warn(calendar, last, rolled))
    except OverflowError as fault:
        raise RuleBroken("时限太长，这份日历推算不到那么远。") from fault


def time_between(
    start: datetime,
    end: datetime,
    unit: SpanUnit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> timedelta:
    """Return how much time counts between two moments, pauses left out.

    For days this is the time on the days that count, which is what half of a limit means.
    """
    return _Run(_checked(start), unit, calendar, _union(pauses)).measured(from_wall(end))


def days_between(
    start: datetime,
    end: datetime,
    unit: SpanUnit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> tuple[datetime, ...]:
    """Return the ends of the days that count after the day of `start`, up to `end`."""
    run = _Run(_checked(start), unit, calendar, _union(pauses))
    ends = (run.end_of(day) for day in run.days())
    return tuple(takewhile(lambda at: at <= from_wall(end), ends))


def point_between(
    start: datetime,
    end: datetime,
    share: Fraction,
    unit: SpanUnit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> datetime:
    """Return when `share` of the time that counts between two moments is used up."""
    run = _Run(_checked(start), unit, calendar, _union(pauses))
    whole = run.measured(from_wall(end))
    return run.use_up(whole * share.numerator / share.denominator)


@dataclass(frozen=True, slots=True)
class _Run:
    """Time that counts from a start on: the unit's kind of time without the pauses."""

    start: datetime
    unit: SpanUnit
    calendar: Calendar
    stops: tuple[Pause, ...]

    def open(self, *, back: bool = False) -> Iterator[Window]:
        """Walk over the time that counts; backwards the latest piece comes first."""
        windows = self._windows(back=back)
        if not self.stops:
            return windows
        pieces = (_without(window, self.stops) for window in windows)
        return chain.from_iterable(map(reversed, pieces) if back else pieces)

    @property
    def is_plain(self) -> bool:
        """Whether all time counts, so that nothing need be walked over."""
        return not self.stops and self.unit in _AROUND_THE_CLOCK

    def measured(self, end: datetime) -> timedelta:
        """Return how much time counts before `end`."""
        if self.is_plain:
            return max(end - self.start, timedelta())
        before = takewhile(lambda window: window[0] < end, self.open())
        return sum((min(b, end) - a for a, b in before), timedelta())

    def use_up(self, amount: timedelta, *, back: bool = False) -> datetime:
        """Return when `amount` is used up; at a closing that is the closing itself."""
        left = amount
        if not left or self.is_plain:
            return self.start - left if back else self.start + left
        for a, b in takewhile(lambda piece: _PAST <= piece[0] < _FUTURE, self.open(back=back)):
            if left <= b - a:
                return b - left if back else a + left
            left -= b - a
        raise OverflowError

    def days(self, *, back: bool = False) -> Iterator[date]:
        """Walk over the days that count: those at whose end the clock is running.

        Calendar days are walked over forwards only; `last_day` jumps.
        """
        today = day_of(self.start)
        days = self.calendar.working_days(today, back=back)
        if self.unit == SpanUnit.DAY:
            days = accumulate(repeat(_ONE_DAY), add, initial=today + _ONE_DAY)
        if not self.stops:
            return days
        return (day for day in days if not self._is_paused(self.end_of(day)))

    def last_day(self, amount: int) -> date:
        """Return the day with which so many days are over."""
        if not amount:
            return day_of(self.start)
        if self.unit == SpanUnit.DAY:
            return self._last_calendar_day(amount)
        return next(islice(self.days(back=amount < 0), abs(amount) - 1, None))

    def end_of(self, day: date) -> datetime:
        """Return when `day` is over: at closing for working days, else at 24:00."""
        return end_of(day) if self.unit == SpanUnit.DAY else self.calendar.closing(day)

    def first_day(self, amount: int) -> date:
        """Return the first day that the calendar is asked about."""
        if self.unit in _COUNTED_IN_DAYS:
            return day_of(self.start) + _ONE_DAY * ((amount > 0) - (amount < 0))
        return day_of(self.start) if amount > 0 else last_day_of(self.start)

    def warnings(self, first: date, last: date) -> tuple[str, ...]:
        """Return what must be said about years whose holidays are not known."""
        if self.unit in _AROUND_THE_CLOCK:
            return ()
        return _warn(self.calendar, first, last)

    def _last_calendar_day(self, amount: int) -> date:
        """Jump over the days that end within a pause: from its first to the last but one."""
        today, last = day_of(self.start), abs(amount)
        for a, b in self.stops if amount > 0 else reversed(self.stops):
            first, final = (day_of(a) - today).days, (day_of(b) - today).days - 1
            near, far = (first, final) if amount > 0 else (-final, -first)
            near = max(near, 1)
            if near <= min(far, last):
                last += far - near + 1
        return today + _ONE_DAY * (last if amount > 0 else -last)

    def _windows(self, *, back: bool) -> Iterator[Window]:
        if self.unit in _AROUND_THE_CLOCK:
            return iter([(_PAST, self.start) if back else (self.start, _FUTURE)])
        if self.unit != SpanUnit.WORKING_DAY and not self.calendar.is_timed:
            raise RuleBroken(
                "日历里没有写工作时段，不能按工作时间推算。请补上每周的工作时段，或改用工作日。"
            )
        return self.calendar.windows(self.start, back=back)

    def _is_paused(self, at: datetime) -> bool:
        return any(a < at <= b for a, b in self.stops)


def _checked(moment: datetime) -> datetime:
    moment = from_wall(moment)
    if _FIRST <= moment < _LAST:
        return moment
    raise RuleBroken("只能推算 1900 年到 2199 年的时刻，请检查年份。")


def _union(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    """Return pauses in order, with those that touch or overlap made one."""
    if not pauses:
        return ()
    merged: list[Pause] = []
    for a, b in sorted((_checked(a), _checked(b)) for a, b in pauses):
        if b < a:
            raise RuleBroken("暂停的结束时刻早于开始时刻，请核对。")
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return tuple(merged)


def _without(window: Window, stops: Sequence[Pause]) -> list[Window]:
    """Return what is left of `window` outside of all stops."""
    pieces: list[Window] = []
    a, end = window
    if end <= stops[0][0] or a >= stops[-1][1]:
        return [window]
    for stop, resume in stops:
        if a < stop < end:
            pieces.append((a, stop))
        if stop < end:
            a = max(a, resume)
    return [*pieces, (a, end)] if a < end else pieces


def _warn(calendar: Calendar, first: date, last: date) -> tuple[str, ...]:
    return tuple(missing_year_warning(year) for year in calendar.missing_years(first, last))
