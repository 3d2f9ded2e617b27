"""A day as people write it (日期): “2026-11-02”, “11-2”, “11 月 2 日”, “今天”, “昨天”."""

import re
from contextlib import suppress
from datetime import date, timedelta

from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width

_DAY = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
_SAID = {"今天": 0, "昨天": 1, "前天": 2}
_COMING = {"今天": 0, "明天": 1, "后天": 2}


def read_day(text: str, today: date) -> date:
    """Return the day that is meant; without a year the latest such day up to today.

    Raises:
        RuleBroken: it cannot be read.
    """
    plain = "".join(fold_width(text).split())
    if plain in _SAID:
        return today - timedelta(days=_SAID[plain])
    found = _DAY.fullmatch(plain)
    if found is not None:
        month, day = int(found[2]), int(found[3])
        with suppress(ValueError):
            read = date(int(found[1] or today.year), month, day)
            return read if found[1] or read <= today else read.replace(year=today.year - 1)
    raise RuleBroken(f"日期“{text}”看不懂，请写作 11-2 或 2026-11-02。", field="signed_on")


def read_coming_day(text: str, today: date, *, field: str = "due_on") -> date:
    """Return the day that is meant; without a year the next such day from today on.

    Raises:
        RuleBroken: it cannot be read.
    """
    plain = "".join(fold_width(text).split())
    if plain in _COMING:
        return today + timedelta(days=_COMING[plain])
    found = _DAY.fullmatch(plain)
    if found is not None:
        month, day = int(found[2]), int(found[3])
        with suppress(ValueError):
            read = date(int(found[1] or today.year), month, day)
            return read if found[1] or read >= today else read.replace(year=today.year + 1)
    raise RuleBroken(f"日期“{text}”看不懂，请写作 12-1 或 2026-12-01。", field=field)


def read_near_day(text: str, today: date, *, field: str) -> date:
    """Return the day that is meant; without a year the nearest such day, past or to come.

    Raises:
        RuleBroken: it cannot be read.
    """
    plain = "".join(fold_width(text).split())
    if plain in _COMING or plain in _SAID:
        return today + timedelta(days=_COMING.get(plain, -_SAID.get(plain, 0)))
    found = _DAY.fullmatch(plain)
    if found is None:
        raise RuleBroken(f"日期“{text}”看不懂，请写作 12-1 或 2026-12-01。", field=field)
    years = [int(found[1])] if found[1] else [today.year + step for step in (-1, 0, 1)]
    days = []
    for year in years:
        with suppress(ValueError):
            days.append(date(year, int(found[2]), int(found[3])))
    if not days:
        raise RuleBroken(f"没有“{text}”这一天，请核对。", field=field)
    return min(days, key=lambda day: abs(day - today))
