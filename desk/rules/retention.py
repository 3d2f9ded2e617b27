"""How long files are kept (保管期限): when contact data is put under seal, and when it is erased.

Sources: 个保法第四十七条 (没到保管期限的，停止存储以外的处理), 2006 年《机关文件材料归档范围和文书
档案保管期限规定》 (永久、30 年、10 年). Which years hold is a setting of the hall.
"""

import re
from datetime import date, timedelta

_FIGURE = re.compile(r"[0-9]+")
_LONG, _SHORT, _MOST = 30, 10, 100
_FEBRUARY, _LAST_OF_FEBRUARY = 2, 28


def retention_years(words: str) -> int | None:
    """Return how many years the words of a mediation's file stand for; None where for ever.

    A figure wins (“短期 5 年”); without one, 长期 is 30 years and 短期 is 10. What cannot be meant
    as years (“至 2036 年”) is kept for ever: better too long than lost.
    """
    figure = _FIGURE.search(words)
    if figure:
        years = int(figure[0])
        return years if years <= _MOST else None
    if "永久" in words:
        return None
    return _SHORT if "短期" in words else _LONG


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def years_before(day: date, years: int) -> date:
    """Return the last day of which `years` have gone by: what ended then is old enough."""
    year = day.year - years
    if day.month == _FEBRUARY and day.day >= _LAST_OF_FEBRUARY:
        return date(year, _FEBRUARY + 1, 1) - timedelta(days=1)
    return day.replace(year=year)


def is_sealed_by(ended_on: date, years: int, today: date) -> bool:
    """Return whether what ended on a day is under seal today (封存)."""
    return ended_on <= years_before(today, years)
