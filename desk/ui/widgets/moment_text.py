"""Reads a moment as a clerk types it (“0942”, “昨天 15:30”, “周一 9:30”) and writes it back."""

import re
from datetime import date, datetime, time, timedelta

from desk.rules.moments import SHANGHAI, day_of, in_shanghai

_DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "昨": -1, "今天": 0, "今": 0, "明天": 1, "后天": 2}
_NOW = frozenset({"现在", "刚才", "刚刚"})
_WIDE = str.maketrans("：．／－　０１２３４５６７８９", ":./- 0123456789")
_AGO = re.compile(r"(\d{1,3}) *(分钟?|个?小?时) *以?前")
_WEEKDAY = re.compile(r"(上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKS = {"上": -7, "本": 0, "这": 0, "下": 7}
_DATE = re.compile(r"(?:(\d{4}) *[-/.年] *)?(\d{1,2}) *[-/月] *(\d{1,2}) *[日号]?")
_DAY_PART = re.compile(r"(凌晨|早上|上午|中午|下午|傍晚|晚上)")
_COMPACT = re.compile(r"(\d{1,2})(\d{2})")
_CLOCK = re.compile(r"(\d{1,2}) *[:.点时] *(?:(\d{1,2}) *分?|(半))?")
_LATE = frozenset({"下午", "傍晚", "晚上"})
_HALF_YEAR = timedelta(days=183)
_NOON = 12


def read_moment(text: str, now: datetime, *, looks_back: bool = False) -> datetime | None:
    """Return the moment that `text` means when typed at `now`, or None if it means none.

    Args:
        looks_back: “周一” alone is the last Monday, not the next one.
    """
    typed = text.translate(_WIDE).strip()
    if typed in _NOW:
        return now.replace(second=0, microsecond=0)
    if ago := _AGO.fullmatch(typed):
        unit = "minutes" if ago[2].startswith("分") else "hours"
        return (now - timedelta(**{unit: int(ago[1])})).replace(second=0, microsecond=0)
    day, rest = _read_day(typed, day_of(now), looks_back=looks_back)
    clock = _read_clock(rest)
    if day is None or clock is None:
        return None
    return datetime.combine(day, clock, SHANGHAI)


def write_moment(moment: datetime, now: datetime) -> str:
    """Return `moment` as a field shows it: “今天 09:42”, “2026-11-20 09:05”."""
    wall, today = in_shanghai(moment), day_of(now)
    words = {0: "今天", -1: "昨天", -2: "前天", 1: "明天"}
    day = words.get((wall.date() - today).days, f"{wall:%Y-%m-%d}")
    return f"{day} {wall:%H:%M}"


def _read_day(typed: str, today: date, *, looks_back: bool) -> tuple[date | None, str]:
    for word, shift in _DAYS.items():
        if typed.startswith(word):
            return today + timedelta(days=shift), typed[len(word) :].strip()
    if found := _WEEKDAY.match(typed):
        day = _weekday_of(found, today, looks_back=looks_back)
        return day, typed[found.end() :].strip()
    if found := _DATE.match(typed):
        return _date_of(found, today), typed[found.end() :].strip()
    return today, typed


def _weekday_of(found: re.Match[str], today: date, *, looks_back: bool) -> date:
    weekday = "一二三四五六日".index(found[2].replace("天", "日"))
    ahead = weekday - today.weekday()
    if found[1]:
        return today + timedelta(days=ahead + _WEEKS[found[1]])
    return today + timedelta(days=-(-ahead % 7) if looks_back else ahead % 7)


def _date_of(found: re.Match[str], today: date) -> date | None:
    year, month, day = found.groups()
    try:
        meant = date(int(year or today.year), int(month), int(day))
        if year is None and meant - today > _HALF_YEAR:
            meant = meant.replace(year=meant.year - 1)  # in January, 12-30 was last month
        elif year is None and today - meant > _HALF_YEAR:
            meant = meant.replace(year=meant.year + 1)
    except ValueError:
        return None
    return meant


def _read_clock(rest: str) -> time | None:
    part = _DAY_PART.match(rest)
    word = part[1] if part else ""
    rest = rest[len(word) :].strip()
    found = _COMPACT.fullmatch(rest) or _CLOCK.fullmatch(rest)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found.re is _CLOCK and found[3]:
        minute = 30
    if word in _LATE and hour < _NOON:
        hour += _NOON
    try:
        return time(hour, minute)
    except ValueError:
        return None
