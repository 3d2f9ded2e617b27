"""When the hall is open: weekly hours, legal holidays and worked weekends (工作日历).

The built-in calendar follows the State Council's yearly notice. A year without a notice is
never guessed in silence: it is worked out from the week alone, and a warning says so.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain

from chinese_calendar import constants  # type: ignore[import-untyped]

from desk.rules.errors import RuleBroken
from desk.rules.moments import SHANGHAI, day_of, end_of

Hours = tuple[tuple[time, time], ...]
Week = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
Window = tuple[datetime, datetime]

# Legal holidays and worked weekends with the package's English names of their festivals.
LEGAL_DAYS: Mapping[date, str] = {**constants.workdays, **constants.holidays}

MIDNIGHT = time()  # as the end of a window: 24:00
CLOSED: Hours = ()
ALL_DAY: Hours = ((MIDNIGHT, MIDNIGHT),)
HALL_HOURS: Hours = ((time(9), time(12)), (time(14), time(18)))  # DOMAIN.md 4.5

# 国办发明电〔2005〕35号: worked for the new year of 2006; the package begins with that new year.
_WORKED_TOO = (date(2005, 12, 31),)
_FORWARD, _BACK = 1, -1
_FURTHEST = 3660  # days without an open one before a calendar counts as never open
_REMEMBERED = 20_000  # days, more than fifty years


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, and from when to when.

    Attributes:
        weekly: open hours from Monday to Sunday.
        holidays: days of rest, whatever the week or a shift says.
        shifts: hours of single days that replace the week's (调休上班).
        years: the years whose legal holidays are known.
        is_timed: whether hours are known at all; otherwise a working day ends at 24:00 and
            nothing can be counted in working hours.
    """

    weekly: Week
    holidays: frozenset[date] = frozenset()
    shifts: Mapping[date, Hours] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    is_timed: bool = True
    # what windows_on has worked out already, always the same, so that threads may share it
    _opened: dict[date, tuple[Window, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def hours_on(self, day: date) -> Hours:
        """Return the open hours of `day`, none on a day of rest."""
        if day in self.holidays:
            return CLOSED
        return self.shifts.get(day, self.weekly[day.weekday()])

    def is_working_day(self, day: date) -> bool:
        """Whether the hall works on `day`."""
        return bool(self.windows_on(day))

    def working_day_after(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, before it if `n` is negative."""
        days = self.working_days(day, back=n < 0)
        for _ in range(abs(n)):
            day = next(days)
        return day

    def working_days(self, day: date, *, back: bool = False) -> Iterator[date]:
        """Walk over the working days after `day`, or before it.

        Raises:
            RuleBroken: there is no working day for ten years.
        """
        step = timedelta(days=_BACK if back else _FORWARD)
        idle = 0
        while idle < _FURTHEST:
            day += step
            idle += 1
            if self.windows_on(day):
                idle = 0
                yield day
        raise RuleBroken("这份日历里十年都没有工作日，请检查工作时段和节假日。")

    def on_or_after(self, day: date, *, back: bool = False) -> date:
        """Return `day` if it is worked, else the next working day (or the one before)."""
        return day if self.is_working_day(day) else next(self.working_days(day, back=back))

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """Return the open hours of `day` as moments."""
        windows = self._opened.get(day)
        if windows is None:
            if len(self._opened) >= _REMEMBERED:
                self._opened.clear()
            windows = self._opened[day] = tuple(
                (
                    datetime.combine(day, start, SHANGHAI),
                    end_of(day) if end == MIDNIGHT else datetime.combine(day, end, SHANGHAI),
                )
                for start, end in self.hours_on(day)
            )
        return windows

    def closing(self, day: date) -> datetime:
        """Return when `day` closes: the end of its last hours, else 24:00."""
        windows = self.windows_on(day)
        return windows[-1][1] if windows else end_of(day)

    def windows(self, moment: datetime, *, back: bool = False) -> Iterator[Window]:
        """Walk over the open hours from `moment` on, or backwards from it, latest first."""
        today = self.windows_on(day_of(moment))
        if back:
            yield from ((a, min(b, moment)) for a, b in reversed(today) if a < moment)
        else:
            yield from ((max(a, moment), b) for a, b in today if b > moment)
        days = self.working_days(day_of(moment), back=back)
        later = (self.windows_on(day) for day in days)
        yield from chain.from_iterable(map(reversed, later) if back else later)

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years between two days, both included, whose holidays are not known."""
        low, high = sorted((first.year, last.year))
        return tuple(year for year in range(low, high + 1) if year not in self.years)


def missing_year_warning(year: int) -> str:
    """Return the sentence for a deadline that reaches into a year without a notice."""
    return (
        f"{year} 年节假日表未更新，{year} 年的日子只按每周的作息推算，结果可能不对。"
        "请导入放假通知后重新计算。"
    )


@lru_cache(maxsize=8)
def built_in_calendar(hours: Hours = HALL_HOURS) -> Calendar:
    """Return the legal holidays and worked weekends known to this program.

    `hours` are those of every working day; with ALL_DAY the calendar is untimed.
    """
    years = {day.year for day in constants.holidays}
    return Calendar(
        weekly=(hours, hours, hours, hours, hours, CLOSED, CLOSED),
        holidays=frozenset(constants.holidays),
        shifts=dict.fromkeys((*constants.workdays, *_WORKED_TOO), hours),
        years=frozenset(range(min(years), max(years) + 1)),
        is_timed=hours != ALL_DAY,
    )


def working_days_of_month(calendar: Calendar, year: int, month: int) -> int:
    """Return how many days of a month are worked."""
    days = monthrange(year, month)[1]
    return sum(calendar.is_working_day(date(year, month, day)) for day in range(1, days + 1))
