"""Moments and lengths of time in the hall's own zone, and how they are said (时刻)."""

from datetime import UTC, date, datetime, time, timedelta, timezone

# China keeps one zone without summer time, so no zone database is needed on a hall's machine.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_HOURS_ONLY_BELOW = 48 * _HOUR
_INSTANT = timedelta(microseconds=1)


def in_shanghai(moment: datetime) -> datetime:
    """Return the same moment with Shanghai's wall time; a naive one is a mistake."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its zone")
    return moment.astimezone(SHANGHAI)


def from_wall(wall: datetime) -> datetime:
    """Return the moment meant by a wall time; one without a zone is read as Shanghai's."""
    return wall.replace(tzinfo=SHANGHAI) if wall.tzinfo is None else in_shanghai(wall)


def in_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC, as it is stored."""
    return in_shanghai(moment).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the calendar day of `moment` in Shanghai."""
    return in_shanghai(moment).date()


def last_day_of(due_at: datetime) -> date:
    """Return the day on which a deadline ends; 00:00 is 24:00 of the day before."""
    return day_of(due_at - _INSTANT)


def start_of(day: date) -> datetime:
    """Return 00:00 of `day` in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def end_of(day: date) -> datetime:
    """Return 24:00 of `day`, which is 00:00 of the next one."""
    return start_of(day + timedelta(days=1))


def say_length(length: timedelta) -> str:
    """Say a length of time in words: “12 分”, “1 时 05 分”, “2 天 5 时”."""
    seconds = int(length.total_seconds())
    if seconds < _MINUTE:
        return f"{seconds} 秒"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} 分"
    if seconds < _HOURS_ONLY_BELOW:
        hours, rest = divmod(seconds, _HOUR)
        minutes = rest // _MINUTE
        return f"{hours} 时 {minutes:02} 分" if minutes else f"{hours} 时"
    days, rest = divmod(seconds, _DAY)
    hours = rest // _HOUR
    return f"{days} 天 {hours} 时" if hours else f"{days} 天"


def say_moment(moment: datetime, *, seen_at: datetime) -> str:
    """Say a moment as briefly as `seen_at` allows: “09:49”, “11 月 26 日 18:00”."""
    wall = in_shanghai(moment)
    return _say(wall.date(), f"{wall:%H:%M}", seen_at)


def say_due(due_at: datetime, *, seen_at: datetime) -> str:
    """Say a deadline; one that ends with a day is said as 24:00 of that day."""
    if due_at == start_of(day_of(due_at)):
        return _say(last_day_of(due_at), "24:00", seen_at)
    return say_moment(due_at, seen_at=seen_at)


def _say(day: date, clock: str, seen_at: datetime) -> str:
    today = day_of(seen_at)
    if day == today:
        return clock
    year = "" if day.year == today.year else f"{day.year} 年 "
    return f"{year}{day.month} 月 {day.day} 日 {clock}"
