"""What is pasted to bring a year's holidays (导入放假通知): words of a notice, or a calendar file.

Before anything is saved, people see a table of what was understood.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desk.rules.calendar_files import read_calendar
from desk.rules.errors import RuleBroken
from desk.rules.holiday_notice import days_of, read_notice
from desk.rules.holiday_years import NamedDay, YearDays
from desk.rules.opening_hours import WEEKDAYS, say_hours
from desk.rules.working_days import ALL_DAY, CLOSED, Calendar

_UNNAMED = "节假日"  # a calendar file names no festivals
_FROM_FILE = "日历文件"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FestivalLine:
    """One line of the table: a festival, its days off, and the days worked for them."""

    name: str
    rest: str
    worked: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A year as it will be, and the words that were not used for it."""

    days: YearDays
    source: str
    unused: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[FestivalLine, ...]:
        """What was understood, a festival a line, in the order of the year."""
        every = sorted((*self.days.rest, *self.days.worked))
        names = dict.fromkeys(one.name for one in every)
        return tuple(
            FestivalLine(
                name,
                say_days(one.day for one in self.days.rest if one.name == name),
                "、".join(_say_worked(one) for one in self.days.worked if one.name == name),
            )
            for name in names
        )


def understand(text: str, known: Mapping[int, YearDays]) -> tuple[Understood, ...]:
    """Return the years that a text brings: one from a notice, one or more from a file.

    Args:
        known: the years as they are known now, for a notice that only corrects one.

    Raises:
        RuleBroken: it cannot be read; beside the field `text`.
    """
    if not text.strip():
        raise RuleBroken("请先把放假通知的全文粘贴进来，或打开一个日历文件。", field="text")
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _years_of_file(text)
    notice = read_notice(text)
    days = days_of(notice, known.get(notice.year))
    return (Understood(days, notice.source, notice.unused),)


def say_days(days: Iterable[date]) -> str:
    """Return days in words, those in a row as one (“1 月 1 日（周五）至 3 日（周日）”)."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - _ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(_say_run(run[0], run[-1], len(run)) for run in runs)


def say_day(day: date) -> str:
    """Return “1 月 1 日（周五）”."""
    return f"{day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


def _say_run(first: date, last: date, number: int) -> str:
    if first == last:
        return f"{say_day(first)}，1 天"
    end = say_day(last)
    if first.month == last.month:
        end = end.partition(" 月 ")[2]
    return f"{say_day(first)}至 {end}，{number} 天"


def _say_worked(one: NamedDay) -> str:
    hours = f" {say_hours(one.hours)}" if one.hours else ""
    return f"{say_day(one.day)}{hours}"


def _years_of_file(text: str) -> tuple[Understood, ...]:
    try:
        calendar = read_calendar(text)
    except RuleBroken as fault:
        raise RuleBroken(str(fault), field="text") from fault
    if not calendar.years:
        raise RuleBroken(
            "日历文件里没有节假日，也没有写 years，看不出是哪一年的。请补上再导入。", field="text"
        )
    return tuple(
        Understood(_year_of(calendar, year), _FROM_FILE) for year in sorted(calendar.years)
    )


def _year_of(calendar: Calendar, year: int) -> YearDays:
    """Return what a file says of a year; days of a year it does not know belong to the nearest."""

    def is_mine(day: date) -> bool:
        return min(sorted(calendar.years), key=lambda one: abs(one - day.year)) == year

    rest = {day for day in calendar.holidays if is_mine(day)}
    shifts = {day: hours for day, hours in calendar.shifts.items() if is_mine(day)}
    rest |= {day for day, hours in shifts.items() if not hours}
    worked = sorted((day, hours) for day, hours in shifts.items() if day not in rest)
    usual = CLOSED if calendar.is_timed else ALL_DAY  # without a week no hours are meant
    return YearDays(
        year,
        tuple(NamedDay(day, _UNNAMED) for day in sorted(rest)),
        tuple(
            NamedDay(day, _UNNAMED, CLOSED if hours == usual else hours) for day, hours in worked
        ),
    )
