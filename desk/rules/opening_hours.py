"""The opening hours of a week, as people write them (工作时间、错时工作).

“09:00-12:00,14:00-18:00” is from Monday to Friday; other days are named, and of what is said twice
the later counts: “周一至周五 09:00-12:00,14:00-18:00；周三 09:00-12:00,14:00-20:00”. The lunch
break is the gap between two spans.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import time
from itertools import groupby, pairwise

from desk.rules.errors import RuleBroken
from desk.rules.working_days import CLOSED, HALL_HOURS, MIDNIGHT, Hours, Week

WEEKDAYS = "一二三四五六日"
EXAMPLE = "周一至周五 09:00-12:00,14:00-18:00；周六 09:00-12:00"
_ENTRY = re.compile(r"周([一二三四五六日天](?:[至、,周一二三四五六日天])*)(.+)")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_REST = frozenset({"休息", "休", "不开放", "关闭"})
_ALL_DAY_WORDS = frozenset({"全天", "24小时"})
_DAY_END = 24 * 60
_SAME = (
    ("星期", "周"),
    ("礼拜", "周"),
    ("每天", "周一至周日"),
    ("工作日", "周一至周五"),
    ("周末", "周六、周日"),
    ("到", "至"),
    ("—", "-"),
    ("–", "-"),
    ("~", "-"),
)


class UnreadableHours(ValueError):
    """One part of written hours cannot be read; `entry` is that part."""

    def __init__(self, entry: str) -> None:
        super().__init__(entry)
        self.entry = entry


def week_of(text: str, field: str = "value") -> Week:
    """Return the opening hours of a week as they are written.

    Raises:
        RuleBroken: a part cannot be read, or no day is open; beside `field`.
    """
    days: dict[int, Hours] = {}
    if not text.strip():
        raise _refusal(text, field)
    try:
        for weekdays, words in week_entries(text, bare="周一至周五"):
            days |= dict.fromkeys(weekdays, _hours(words))
    except UnreadableHours as fault:
        raise _refusal(fault.entry, field) from fault
    if not any(days.values()):
        raise RuleBroken(f"没有一天开放，请至少写一天，例如“{EXAMPLE}”。", field=field)
    mon, tue, wed, thu, fri, sat, sun = (days.get(day, CLOSED) for day in range(7))
    return mon, tue, wed, thu, fri, sat, sun


def hours_of(text: str, field: str = "value") -> Hours:
    """Return the opening hours of one day written as “09:00-12:00,14:00-18:00”.

    Raises:
        RuleBroken: they cannot be read, or overlap, or there are none; beside `field`.
    """
    try:
        hours = _hours(_plain(text))
    except UnreadableHours as fault:
        raise _refusal(fault.entry, field) from fault
    if not hours:
        raise _refusal(text, field)
    return hours


def week_entries(text: str, bare: str = "") -> Iterator[tuple[list[int], str]]:
    """Walk over the parts of written hours: weekdays from 0, and the words for their hours.

    Args:
        bare: the weekdays that are meant where none is named; without it they must be named.

    Raises:
        UnreadableHours: a part does not begin with weekdays.
    """
    for entry in filter(None, re.split(r"[;。\n]", _plain(text))):
        named = entry if entry.startswith("周") else bare + entry
        found = _ENTRY.fullmatch(named)
        if found is None:
            raise UnreadableHours(entry)
        yield _days(found[1], entry), found[2]


def require_spans(words: str) -> str:
    """Return hours with commas between their spans.

    Raises:
        UnreadableHours: a span cannot be read.
    """
    _spans(words)
    return words.replace("、", ",")


def say_hours(hours: Hours) -> str:
    """Return the hours of a day as they are written, “休息” for none."""
    spans = (f"{start:%H:%M}-{_said_end(end)}" for start, end in hours)
    return ",".join(spans) or "休息"


def say_week(week: Week) -> str:
    """Return a week's hours as they are written; days in a row with the same hours are one."""
    entries = []
    for hours, run in groupby(enumerate(week), key=lambda day: day[1]):
        days = [WEEKDAYS[number] for number, _ in run]
        if hours:
            last = f"至周{days[-1]}" if len(days) > 1 else ""
            entries.append(f"周{days[0]}{last} {say_hours(hours)}")
    return "；".join(entries)


def usual_hours(week: Week) -> Hours:
    """Return the hours of an ordinary day, worked on a day that a notice moves work to (调休)."""
    worked = [hours for hours in week[:5] if hours]
    return max(worked, key=worked.count) if worked else HALL_HOURS


def _plain(text: str) -> str:
    plain = re.sub(r"[ \t]", "", unicodedata.normalize("NFKC", text))
    for said, meant in _SAME:
        plain = plain.replace(said, meant)
    return plain


def _days(words: str, entry: str) -> list[int]:
    days: list[int] = []
    for part in re.split("[、,]", words.replace("周", "").replace("天", "日")):
        first, _, last = part.partition("至")
        if len(first) != 1 or len(last or first) != 1:
            raise UnreadableHours(entry)
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if end < start:
            raise UnreadableHours(entry)
        days += range(start, end + 1)
    return days


def _hours(words: str) -> Hours:
    if words in _REST:
        return CLOSED
    if words in _ALL_DAY_WORDS:
        return ((MIDNIGHT, MIDNIGHT),)
    spans = sorted(_spans(words))
    if any(later < end for (_, end), (later, _) in pairwise(spans)):
        raise UnreadableHours(words)
    return tuple((_time(start), _time(end)) for start, end in spans)


def _spans(words: str) -> list[tuple[int, int]]:
    spans = []
    for part in re.split("[、,]", words.replace("至", "-")):
        found = _SPAN.fullmatch(part)
        if found is None:
            raise UnreadableHours(words)
        opens, opens_min, closes, closes_min = map(int, found.groups())
        start, end = opens * 60 + opens_min, closes * 60 + closes_min
        if max(opens_min, closes_min) > 59 or not start < end <= _DAY_END:  # noqa: PLR2004 - minutes
            raise UnreadableHours(words)
        spans.append((start, end))
    return spans


def _time(minutes: int) -> time:
    return MIDNIGHT if minutes == _DAY_END else time(*divmod(minutes, 60))


def _said_end(end: time) -> str:
    return "24:00" if end == MIDNIGHT else f"{end:%H:%M}"


def _refusal(words: str, field: str) -> RuleBroken:
    return RuleBroken(
        f"工作时间“{words}”看不懂，或时段有重叠。请写成“{EXAMPLE}”，几条之间用“；”隔开。",
        field=field,
    )
