"""When the picture of a day is due (23 时快照, DOMAIN.md 001-5): at 23:00, or as soon as can be."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from desk.rules.moments import SHANGHAI, day_of, in_shanghai

AT = time(23)
MOST_MISSED = 7  # days without a desk that are still made up for; older ones say nothing any more


def missing_days(kept: Collection[date], now: datetime, begun: date) -> list[date]:
    """Return the days whose picture should be there by now and is not, the oldest first.

    Args:
        kept: days that have one.
        begun: before this day the street took in no case.
    """
    last = last_due(now)
    days = [last - timedelta(days=ago) for ago in range(MOST_MISSED - 1, -1, -1)]
    return [day for day in days if day not in kept and day >= begun]


def last_due(now: datetime) -> date:
    """Return the last day whose picture is due: today from 23:00, else yesterday."""
    today = day_of(now)
    return today if in_shanghai(now).time() >= AT else today - timedelta(days=1)


def next_due(now: datetime) -> datetime:
    """Return the next 23:00."""
    day = day_of(now)
    due = datetime.combine(day, AT, SHANGHAI)
    return due if now < due else due + timedelta(days=1)
