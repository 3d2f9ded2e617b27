"""The hall's calendar as people look at it (工作日历): a month, its year, and what is known."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from sqlalchemy import select

from desk.rules.holiday_years import YearDays, built_in_years, missing_next_year
from desk.rules.moments import day_of
from desk.rules.opening_hours import say_hours, say_week
from desk.rules.working_days import Calendar, working_days_of_month
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar, known_years, newest_notices
from desk.store.models import CalendarDay, Staff

_MONTHS = range(1, 13)
_BUILT_IN = "程序自带"


class DayMark(Enum):
    """Why a day is as it is; what the month is shaded by."""

    PLAIN = auto()  # worked, as the week has it
    REST = auto()  # not worked, as the week has it
    HOLIDAY = auto()  # 放假
    MOVED = auto()  # 调休上班
    OWN_OPEN = auto()  # 本街道加班开放、节假日轮值、改时段
    OWN_CLOSED = auto()  # 本街道关闭


@dataclass(frozen=True, slots=True)
class OwnDayFacts:
    """What the street decided for a day; no hours means the usual ones."""

    is_working: bool
    hours: str
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarDayView:
    """One day: from when to when it is open, and the festival or reason that makes it so."""

    day: date
    hours: str
    mark: DayMark
    name: str
    own: OwnDayFacts | None


@dataclass(frozen=True, slots=True)
class KnownYear:
    """A year whose holidays are known: from which notice, and who imported it when."""

    year: int
    source: str
    imported_by: str = ""
    imported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month with the year around it.

    Attributes:
        counts: working days of each month of the year.
        week: the hall's opening hours in words.
        is_known: whether the holidays of this year are known.
        known: years whose holidays are known, the latest first; built-in years before the last
            ten are left out.
        missing: the year that should be known by now and is not.
    """

    days: tuple[CalendarDayView, ...]
    counts: tuple[int, ...]
    week: str
    is_known: bool
    known: tuple[KnownYear, ...]
    missing: int | None


def calendar_month(reader: Reader, first: date) -> CalendarMonth:
    """Return the month of the hall's calendar that begins on a day."""
    session, street = reader.session, reader.person.street_id
    today = day_of(reader.now)
    calendar = hall_calendar(session, street, today)
    year, last = first.year, first.replace(day=monthrange(first.year, first.month)[1])
    own = {
        row.day: OwnDayFacts(row.is_working, row.hours or "", row.reason)
        for row in session.scalars(
            select(CalendarDay).where(
                CalendarDay.street_id == street, CalendarDay.day.between(first, last)
            )
        )
    }
    names = _names(known_years(session, street), year)
    days = (first.replace(day=number) for number in range(1, last.day + 1))
    return CalendarMonth(
        days=tuple(_view(day, calendar, names, own.get(day)) for day in days),
        counts=tuple(working_days_of_month(calendar, year, one) for one in _MONTHS),
        week=say_week(calendar.weekly),
        is_known=year in calendar.years,
        known=_known(reader),
        missing=missing_next_year(calendar.years, today),
    )


def missing_notice(reader: Reader) -> int | None:
    """Return the year whose holidays should be known by now and are not (放假通知还没导入)."""
    today = day_of(reader.now)
    calendar = hall_calendar(reader.session, reader.person.street_id, today)
    return missing_next_year(calendar.years, today)


def known_holiday_years(reader: Reader) -> Mapping[int, YearDays]:
    """Return the years whose holidays are known, as a notice that corrects one needs them."""
    return known_years(reader.session, reader.person.street_id)


def _names(known: Mapping[int, YearDays], year: int) -> dict[date, tuple[DayMark, str]]:
    """Return why days are free or worked; those around new year are named by either year."""
    found: dict[date, tuple[DayMark, str]] = {}
    for days in (known[one] for one in (year, year + 1) if one in known):
        found |= {one.day: (DayMark.HOLIDAY, one.name) for one in days.rest}
        found |= {one.day: (DayMark.MOVED, f"{one.name}调休") for one in days.worked}
    return found


def _view(
    day: date,
    calendar: Calendar,
    names: Mapping[date, tuple[DayMark, str]],
    own: OwnDayFacts | None,
) -> CalendarDayView:
    hours = calendar.hours_on(day)
    plain = DayMark.PLAIN if hours else DayMark.REST
    mark, name = names.get(day, (plain, ""))
    if own is not None:
        mark = DayMark.OWN_OPEN if own.is_working else DayMark.OWN_CLOSED
        name = own.reason
    return CalendarDayView(day, say_hours(hours) if hours else "", mark, name, own)


def _known(reader: Reader) -> tuple[KnownYear, ...]:
    notices = newest_notices(reader.session, reader.person.street_id)
    people = {row.imported_by for row in notices.values()}
    staff = reader.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(people)))
    names: dict[int, str] = {row.id: row.name for row in staff}
    oldest = day_of(reader.now).year - 10
    built_in = {
        year: KnownYear(year, _BUILT_IN)
        for year in built_in_years()
        if year >= oldest and year not in notices
    }
    imported = {
        year: KnownYear(year, row.source, names.get(row.imported_by, ""), row.imported_at)
        for year, row in notices.items()
    }
    every = built_in | imported
    return tuple(every[year] for year in sorted(every, reverse=True))
