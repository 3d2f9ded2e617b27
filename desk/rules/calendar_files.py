"""Calendars written as JSON, the form of EXCHANGE.md 1.1 (日历文件)."""

import json
import re
from collections.abc import Iterable
from datetime import date, time
from itertools import chain
from typing import Any

from desk.rules.errors import RuleBroken
from desk.rules.working_days import ALL_DAY, CLOSED, MIDNIGHT, Calendar, Hours, Week

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"\s*([0-9]{1,2}):([0-5][0-9])\s*-\s*([0-9]{1,2}):([0-5][0-9])\s*")
_UNTIMED: Week = (ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, CLOSED, CLOSED)
_KEYS = frozenset({"weekly", "holidays", "shifts", "years"})
_DAY_END = 24 * 60


def read_calendar(text: str) -> Calendar:
    """Return the calendar that a JSON text describes.

    Without `weekly` the days from Monday to Friday are worked and end at 24:00, and nothing can
    be counted in working hours, whatever single shifts say. The years that count as known are
    those of `years`, else those in which holidays or shifts are named. Other entries are left
    alone.

    Raises:
        RuleBroken: the text is no calendar; the sentence names the entry at fault.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as fault:
        raise RuleBroken("日历文件不是有效的 JSON，请检查标点和括号。") from fault
    entries = _dict(data, "日历文件")
    if entries and not _KEYS & set(entries):
        raise RuleBroken("日历文件里没有 weekly、holidays、shifts 中的任何一项，请对照说明检查。")
    weekly = _dict(entries.get("weekly", {}), "weekly")
    timed = bool(weekly)
    holidays = frozenset(_date(day) for day in _list(entries.get("holidays", []), "holidays"))
    shifts = {
        _date(day): _hours(hours, day) or (CLOSED if timed else ALL_DAY)
        for day, hours in _dict(entries.get("shifts", {}), "shifts").items()
    }
    years = _list(entries.get("years", []), "years")
    named = {day.year for day in chain(holidays, shifts)}
    return Calendar(
        weekly=_week(weekly) if timed else _UNTIMED,
        holidays=holidays,
        shifts=shifts,
        years=frozenset(_year(year) for year in years) or frozenset(named),
        is_timed=timed,
    )


def _week(weekly: dict[str, Any]) -> Week:
    strange = sorted(set(weekly) - set(_DAYS))
    if strange:
        raise RuleBroken(f"weekly 里的“{strange[0]}”不是星期，请用 mon 到 sun。")
    mon, tue, wed, thu, fri, sat, sun = (_hours(weekly.get(day, []), day) for day in _DAYS)
    return mon, tue, wed, thu, fri, sat, sun


def _hours(windows: object, where: str) -> Hours:
    """Return hours in order, with windows that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_window(text, where) for text in _list(windows, where)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple((_time(start), _time(end)) for start, end in merged)


def _window(text: object, where: str) -> tuple[int, int]:
    found = _HOURS.fullmatch(text) if isinstance(text, str) else None
    if found:
        start, end = _minutes(found[1], found[2]), _minutes(found[3], found[4])
        if start < end <= _DAY_END:
            return start, end
    raise RuleBroken(
        f"“{where}”的时段“{text}”看不懂，请写成 08:00-12:00；跨零点的分两天写，当天写到 24:00。"
    )


def _minutes(hours: str, minutes: str) -> int:
    return int(hours) * 60 + int(minutes)


def _time(minutes: int) -> time:
    return MIDNIGHT if minutes == _DAY_END else time(*divmod(minutes, 60))


def _date(text: object) -> date:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", str(text))
    try:
        return date(*map(int, found.groups() if found else ()))
    except (ValueError, TypeError) as fault:
        raise RuleBroken(f"日历里的日期“{text}”看不懂，请写成 2026-10-01。") from fault


def _year(value: object) -> int:
    if isinstance(value, int) and date.min.year <= value <= date.max.year:
        return value
    raise RuleBroken(f"日历里的年份“{value}”看不懂，请写成 2026。")


def _dict(value: object, where: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise RuleBroken(f"“{where}”应写成花括号里的若干项，请对照说明检查。")


def _list(value: object, where: str) -> Iterable[object]:
    if isinstance(value, list):
        return value
    raise RuleBroken(f"“{where}”应写成方括号里的若干项，请对照说明检查。")
