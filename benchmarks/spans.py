"""How many limits are worked out a second, of all units, half of them with pauses.

Run: python -m benchmarks.spans [--count 100000]; the alternatives in the same run are the obvious
walk minute by minute, on a sample and with the same results, and the same rules with a calendar
that remembers nothing.
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from desk.rules.codes import SpanUnit
from desk.rules.moments import SHANGHAI, day_of
from desk.rules.spans import Pause, Span, due, parse_span
from desk.rules.working_days import Calendar, built_in_calendar

SPANS = ("90m", "72h", "210wm", "5wh", "40wh", "1wd", "3wd", "15wd", "15d", "60d")
FIRST = datetime(2024, 1, 2, tzinfo=SHANGHAI)
MINUTES = 700 * 24 * 60
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SAMPLE = 100


class Limit(NamedTuple):
    """One limit to work out."""

    start: datetime
    span: Span
    pauses: tuple[Pause, ...]


def main() -> None:
    """Print limits a second of the engine and of the alternatives, and the ratios."""
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=100_000)
    count = options.parse_args().count
    calendar = built_in_calendar()
    limits = [_limit(random.Random(n), n) for n in range(count)]

    ours = _rate(limits, lambda limit: _ends(limit, calendar))
    forgetful = _rate(limits[: count // 10], lambda limit: _ends(limit, replace(calendar)))
    sample = limits[:SAMPLE]
    walked = _rate(sample, lambda limit: minute_by_minute(limit, calendar))
    assert all(_ends(limit, calendar) == minute_by_minute(limit, calendar) for limit in sample)

    print(f"{count:,} limits of {len(SPANS)} kinds: {ours:,.0f} a second")
    print(f"a calendar that remembers nothing: {forgetful:,.0f}; ratio {ours / forgetful:.1f}")
    print(f"minute by minute: {walked:,.0f}; ratio {ours / walked:,.0f}, results equal")
    for kind in SPANS:
        alike = [limit for limit in limits if limit.span == parse_span(kind)]
        print(f"  {kind:>6}: {_rate(alike, lambda limit: _ends(limit, calendar)):>9,.0f} a second")


def minute_by_minute(limit: Limit, calendar: Calendar) -> datetime:
    """Return when a limit ends the obvious way: by looking at every minute."""
    at, span = limit.start, limit.span
    in_days = span.unit in {SpanUnit.DAY, SpanUnit.WORKING_DAY}
    left = span.amount if in_days else span.length // MINUTE
    while left:
        if in_days:
            at += MINUTE
            is_over = day_of(at - MINUTE) != day_of(limit.start) and at == _end(at, span, calendar)
            left -= is_over and not any(a < at <= b for a, b in limit.pauses)
        else:
            left -= _runs(at, span, calendar) and not any(a <= at < b for a, b in limit.pauses)
            at += MINUTE
    while span.unit == SpanUnit.DAY and not calendar.is_working_day(day_of(at - MINUTE)):
        at += DAY
    return at


def _end(at: datetime, span: Span, calendar: Calendar) -> datetime | None:
    """Return when the day of the minute before `at` ends, if it counts."""
    day = day_of(at - MINUTE)
    if span.unit == SpanUnit.DAY:
        return datetime.combine(day + DAY, datetime.min.time(), SHANGHAI)
    return calendar.closing(day) if calendar.is_working_day(day) else None


def _runs(at: datetime, span: Span, calendar: Calendar) -> bool:
    around_the_clock = span.unit in {SpanUnit.MINUTE, SpanUnit.HOUR}
    return around_the_clock or any(a <= at < b for a, b in calendar.windows_on(day_of(at)))


def _limit(chance: random.Random, n: int) -> Limit:
    start = FIRST + chance.randrange(MINUTES) * MINUTE
    pauses = []
    if n % 2:
        stop = start + chance.randrange(3 * 24 * 60) * MINUTE
        pauses.append((stop, stop + chance.randrange(4 * 24 * 60) * MINUTE))
    return Limit(start, parse_span(SPANS[n // 2 % len(SPANS)]), tuple(pauses))


def _ends(limit: Limit, calendar: Calendar) -> datetime:
    return due(limit.start, limit.span, calendar, pauses=limit.pauses, rollover=True).at


def _rate(limits: list[Limit], work: Callable[[Limit], datetime]) -> float:
    """Return how many limits are worked out a second."""
    begun = time.process_time()
    for limit in limits:
        work(limit)
    return len(limits) / (time.process_time() - begun)


if __name__ == "__main__":
    main()
