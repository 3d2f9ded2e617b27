"""Which days a bulletin is about, and what they are held against (通报的期间, 同比、环比)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from desk.rules.assessment_codes import BulletinKind
from desk.rules.comparing import Period
from desk.rules.errors import RuleBroken

K = BulletinKind
_WEEK = 7
TREND_PERIODS = 7  # how many periods a bulletin's chart shows, its own one last

# how the period, and the one before it, is called in a sentence
THIS: Mapping[BulletinKind, str] = MappingProxyType(
    {K.DAILY: "当天", K.WEEKLY: "本周", K.MONTHLY: "本月"}
)
BEFORE: Mapping[BulletinKind, str] = MappingProxyType(
    {K.DAILY: "前一天", K.WEEKLY: "上周", K.MONTHLY: "上月"}
)
YEAR_AGO = "去年同期"
TITLES: Mapping[BulletinKind, str] = MappingProxyType(
    {
        K.DAILY: "群众诉求办理日通报",
        K.WEEKLY: "群众诉求办理周分析",
        K.MONTHLY: "群众诉求办理月研判",
    }
)


@dataclass(frozen=True, slots=True)
class BulletinPeriod:
    """The day, week or month of a bulletin.

    Attributes:
        whole: all its days; counted: those up to today.
        before, year_ago: what it is held against; where it is not over yet, as many days.
        is_over: whether its last day is past.
    """

    kind: BulletinKind
    whole: Period
    counted: Period
    before: Period
    year_ago: Period
    is_over: bool

    def run_up(self) -> list[Period]:
        """Return the periods of the chart: those before it, and what is counted of it last."""
        found = [self.whole]
        while len(found) < TREND_PERIODS:
            found.append(found[-1].before())
        return [*reversed(found[1:]), self.counted]

    def short_name(self, period: Period) -> str:
        """Return how a chart calls one of these periods: “11-22”, or “11 月”."""
        if self.kind is K.MONTHLY:
            return f"{period.first.month} 月"
        return f"{period.first:%m-%d}"


def bulletin_period(kind: BulletinKind, on: date, today: date) -> BulletinPeriod:
    """Return the day, the week from Monday or the calendar month in which `on` lies.

    Raises:
        RuleBroken: it has not begun yet.
    """
    whole = _WHOLE[kind](on)
    if whole.first > today:
        raise RuleBroken("这一期还没有开始，请选今天或以前的日期。", field="on")
    counted = Period(whole.first, min(whole.last, today))
    return BulletinPeriod(
        kind,
        whole,
        counted,
        _as_long(whole.before(), counted, whole),
        _as_long(whole.year_ago(), counted, whole),
        is_over=whole.last < today,
    )


def say_days(kind: BulletinKind, first: date, last: date) -> str:
    """Say which days a bulletin is about: “2026 年 11 月 16 日至 11 月 22 日”."""
    if kind is K.MONTHLY:
        return f"{first.year} 年 {first.month} 月"
    begin = f"{first.year} 年 {first.month} 月 {first.day} 日"
    if first == last:
        return begin
    year = "" if first.year == last.year else f"{last.year} 年 "
    return f"{begin}至 {year}{last.month} 月 {last.day} 日"


def short_days(kind: BulletinKind, first: date, last: date) -> str:
    """Say the days in a list: “11-16 至 11-22”, “11-22”, “2026-11”."""
    if kind is K.MONTHLY:
        return f"{first:%Y-%m}"
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d} 至 {last:%m-%d}"


def _as_long(older: Period, counted: Period, whole: Period) -> Period:
    """Return an older period, cut to as many days where the present one is not over."""
    if counted == whole:
        return older
    last = older.first + timedelta(days=counted.days - 1)
    return Period(older.first, min(older.last, last))


def _day(on: date) -> Period:
    return Period(on, on)


def _week(on: date) -> Period:
    monday = on - timedelta(days=on.weekday())
    return Period(monday, monday + timedelta(days=_WEEK - 1))


def _month(on: date) -> Period:
    first = on.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(first, after - timedelta(days=1))


_WHOLE: Mapping[BulletinKind, Callable[[date], Period]] = {
    K.DAILY: _day,
    K.WEEKLY: _week,
    K.MONTHLY: _month,
}
