"""The holidays of each year as its notice gives them (放假安排), and the calendar made of them.

What this program knows itself comes from a kept package. A notice that the hall imports replaces
the year; what the street decides for one day (本街道关闭、加班开放) comes above all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from desk.rules.opening_hours import usual_hours
from desk.rules.working_days import (
    ALL_DAY,
    CLOSED,
    LEGAL_DAYS,
    Calendar,
    Hours,
    Week,
    built_in_calendar,
)

NEW_YEAR = "元旦"
FESTIVALS = (NEW_YEAR, "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
ROUND_CLOCK = Calendar(weekly=(ALL_DAY,) * 7, years=frozenset(range(1900, 2201)))
_NAMES = {
    "New Year's Day": NEW_YEAR,
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
_OTHER_HOLIDAY = "纪念日"
_NOTICE_MONTH = 11  # the State Council's notice comes in November
_DECEMBER = 12
_KEPT = 16  # a hall, its units with hours of their own, and what they were before


@dataclass(frozen=True, slots=True, order=True)
class NamedDay:
    """A day of rest, or one to which work was moved (调休上班), with the festival it is for.

    Attributes:
        hours: of a day that is worked; none means the usual ones.
    """

    day: date
    name: str
    hours: Hours = CLOSED


@dataclass(frozen=True, slots=True)
class YearDays:
    """What the notice of one year says; days around new year may lie in the year before."""

    year: int
    rest: tuple[NamedDay, ...]
    worked: tuple[NamedDay, ...]


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day on which the street's hall differs; no hours means the usual ones."""

    day: date
    is_working: bool
    hours: Hours = CLOSED


@lru_cache(maxsize=1)
def built_in_years() -> Mapping[int, YearDays]:
    """Return the years known to this program, with the names of their days."""
    calendar = built_in_calendar()
    years: dict[int, tuple[list[NamedDay], list[NamedDay]]] = {}
    for day in sorted((*calendar.holidays, *calendar.shifts)):
        said = LEGAL_DAYS.get(day, "New Year's Day")
        found = NamedDay(day, _NAMES.get(said, _OTHER_HOLIDAY))
        rest, worked = years.setdefault(notice_year(day, found.name), ([], []))
        (rest if day in calendar.holidays else worked).append(found)
    return MappingProxyType(
        {year: YearDays(year, tuple(rest), tuple(worked)) for year, (rest, worked) in years.items()}
    )


def notice_year(day: date, festival: str) -> int:
    """Return which year's notice a day belongs to: New Year begins in December at times."""
    return day.year + (day.month == _DECEMBER and festival == NEW_YEAR)


@lru_cache(maxsize=_KEPT)
def calendar_of(
    week: Week, notices: tuple[YearDays, ...] = (), own: tuple[OwnDay, ...] = ()
) -> Calendar:
    """Return the calendar of a week's hours, imported notices and the street's own days.

    It is kept: whoever asks again with the same facts gets the same calendar, with what it has
    worked out already.
    """
    usual = usual_hours(week)
    known = built_in_calendar(usual)
    rest, shifts = set(known.holidays), dict(known.shifts)
    for notice in notices:
        before = built_in_years().get(notice.year)
        if before is not None:
            rest -= {one.day for one in before.rest}
            for one in before.worked:
                shifts.pop(one.day, None)
    for notice in notices:
        rest |= {one.day for one in notice.rest}
        shifts |= {one.day: one.hours or usual for one in notice.worked}
    for own_day in own:
        if own_day.is_working:
            rest.discard(own_day.day)
            shifts[own_day.day] = own_day.hours or week[own_day.day.weekday()] or usual
        else:
            rest.add(own_day.day)
            shifts[own_day.day] = CLOSED
    years = known.years | {notice.year for notice in notices}
    return replace(
        known,
        weekly=week,
        holidays=frozenset(rest),
        shifts=shifts,
        years=frozenset(years),
        is_timed=True,
    )


def missing_next_year(years: frozenset[int], today: date) -> int | None:
    """Return the year that is needed and not known: this one, or from November on the next."""
    wanted = (today.year, today.year + 1) if today.month >= _NOTICE_MONTH else (today.year,)
    return next((year for year in wanted if year not in years), None)


def missing_notice_words(year: int) -> str:
    """Return what to do about a year without a notice."""
    return (
        f"{year} 年节假日表还没有，{year} 年的工作日只按每周的作息推算，结果可能不对。"
        "请在“管理 · 工作日历”导入放假通知。"
    )
