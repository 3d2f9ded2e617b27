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
