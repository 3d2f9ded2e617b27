"""A figure beside the one before it (同比、环比): by how much it rose or fell, in words.

同比 is against the same period a year ago, 环比 against the period just before: of counts as a
share of the older figure, where against 0 there is nothing to say and “—” stands (DOMAIN.md 4.1);
of rates and scores in points.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from desk.rules.rounding import Number, ratio, rounded

NOTHING = "—"
_MONTHS = 12


class Trend(StrEnum):
    """Which way a figure or a rank went."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


ARROWS = {Trend.UP: "↑", Trend.DOWN: "↓", Trend.SAME: "→"}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included.

    Raises:
        ValueError: it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends after it begins")

    @property
    def is_whole_months(self) -> bool:
        """Whether it begins with a month and ends with one."""
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """Return the period just before: as many months, where it is whole months, or days."""
        last = self.first - timedelta(days=1)
        if self.is_whole_months:
            return Period(_month_start(self.first, -self._months()), last)
        return Period(last - timedelta(days=self.days - 1), last)

    def year_ago(self) -> "Period":
        """Return the same period of the year before; a month ends with its own last day."""
        first = _year_before(self.first)
        if self.is_whole_months:
            return Period(first, _month_start(first, self._months()) - timedelta(days=1))
        return Period(first, _year_before(self.last))

    def _months(self) -> int:
        first, last = self.first, self.last
        return (last.year - first.year) * _MONTHS + last.month - first.month + 1


def change(now: Number | None, then: Number | None) -> Fraction | None:
    """Return (now − then) / then exactly; None where one of them is not there, or then is 0."""
    return None if now is None or then is None else ratio(Fraction(now) - Fraction(then), then)


def say_change(now: Number | None, then: Number | None, places: int = 2) -> str:
    """Say a change: “+12.50%”, “-3.00%”, “0.00%”, or “—”."""
    share = change(now, then)
    if share is None:
        return NOTHING
    said = rounded(share * 100, places)
    return f"+{said}%" if Fraction(said) > 0 else f"{said}%"


def say_step(now: Number | None, then: Number | None, places: int = 2) -> str:
    """Say by how much a rate or a score moved: “+1.20”, “-3.00”, “0.00”, or “—”.

    A share of a share is read wrongly, so rates are told apart by points (百分点).
    """
    if now is None or then is None:
        return NOTHING
    said = rounded(Fraction(now) - Fraction(then), places)
    return f"+{said}" if Fraction(said) > 0 else said


def trend(now: Number | None, then: Number | None) -> Trend | None:
    """Return which way a figure went; None where one of them is not there."""
    if now is None or then is None:
        return None
    if now == then:
        return Trend.SAME
    return Trend.UP if Fraction(now) > Fraction(then) else Trend.DOWN


def rank_trend(now: int | None, then: int | None) -> Trend | None:
    """Return which way somebody went in a ranking: up is towards the first place."""
    return trend(then, now)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _month_start(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months after a day's own."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, 1)
