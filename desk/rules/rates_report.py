"""The figures of `rates` in the form that scripts rely on (EXCHANGE.md 3.1)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from desk.rules.codes import ClockKind, SourceLevel
from desk.rules.errors import RuleBroken
from desk.rules.rate_rules import RateRules, RulesByMonth
from desk.rules.rounding import mean, percent, ratio, rounded, share
from desk.rules.three_rates import (
    NO_PLACE,
    RatedCase,
    Rates,
    Tally,
    Weighed,
    deductions,
    places,
    tally,
)
from desk.rules.wording import label

Key = TypeVar("Key")
_NOT_NAMED = "未注明"
NOTHING = tally(())
DEFAULT = RulesByMonth()
CLOCKS = (
    ClockKind.DISPATCH,
    ClockKind.CONTACT,
    ClockKind.VERIFY,
    ClockKind.HANDLE,
    ClockKind.OPINION,
)


class GroupBy(StrEnum):
    """What the rows of the report are."""

    UNIT = "unit"  # 单位
    COMMUNITY = "community"  # 社区
    CATEGORY = "category"  # 类别
    CHANNEL = "channel"  # 渠道


_KEYS: Mapping[GroupBy, Callable[[RatedCase], Iterable[str]]] = {
    # A case dispatched to two units counts once with each of them, and once in the total.
    GroupBy.UNIT: lambda case: case.units or ("",),
    GroupBy.COMMUNITY: lambda case: (case.community,),
    GroupBy.CATEGORY: lambda case: (case.category,),
    GroupBy.CHANNEL: lambda case: (case.channel,),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report is made of; two of them that share no case can be added.

    Attributes:
        months: by the month of reception (2026-11).
        levels: by source level, how many were received and how many of them are assessed.
        limits: by limit, how many ran and how many were kept.
        rows: by unit, community, category or channel.
    """

    months: Mapping[str, Tally] = field(default_factory=dict)
    levels: Mapping[SourceLevel | None, tuple[int, int]] = field(default_factory=dict)
    limits: Mapping[ClockKind, tuple[int, int]] = field(default_factory=dict)
    rows: Mapping[str, Weighed] = field(default_factory=dict)
    repeats: int = 0
    national: int = 0
    overdue: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Return the figures of both."""
        return Figures(
            _added(self.months, other.months),
            _added_pairs(self.levels, other.levels),
            _added_pairs(self.limits, other.limits),
            _added_rows(self.rows, other.rows),
            self.repeats + other.repeats,
            self.national + other.national,
            self.overdue + other.overdue,
        )


def figures_of(
    cases: Iterable[RatedCase], by: GroupBy = GroupBy.UNIT, rules: RulesByMonth = DEFAULT
) -> Figures:
    """Return the figures of some cases, each weighed by the rules of its month."""
    group = list(cases)
    rows: dict[str, Weighed] = {}
    of_month: dict[tuple[str, RateRules], list[RatedCase]] = {}
    months: dict[str, list[RatedCase]] = {}
    levels: dict[SourceLevel | None, list[bool]] = {}
    limits: dict[ClockKind, list[bool]] = {}
    for case in group:
        months.setdefault(month_of(case.received_on), []).append(case)
        levels.setdefault(case.source_level, []).append(case.counts_in_rates)
        for clock in CLOCKS:
            if clock in case.on_time:
                limits.setdefault(clock, []).append(case.on_time[clock])
        for key in dict.fromkeys(_KEYS[by](case)):
            of_month.setdefault((key, rules.on(case.received_on)), []).append(case)
    for (key, own), counted in of_month.items():
        weighed = tally(counted).weighed(own)
        rows[key] = rows[key] + weighed if key in rows else weighed
    return Figures(
        {month: tally(received) for month, received in months.items()},
        {level: (len(assessed), sum(assessed)) for level, assessed in levels.items()},
        {clock: (len(kept), sum(kept)) for clock, kept in limits.items()},
        rows,
        sum(case.is_repeat for case in group),
        sum(case.is_national for case in group),
        sum(case.is_overdue for case in group),
    )


def rates_report(
    cases: Iterable[RatedCase],
    *,
    first: date,
    last: date,
    by: GroupBy = GroupBy.UNIT,
    rules: RulesByMonth = DEFAULT,
) -> dict[str, Any]:
    """Return the report on cases received from `first` to `last`, both included.

    Raises:
        RuleBroken: the period ends before it starts.
    """
    group = [case for case in cases if first <= case.received_on <= last]
    return report_of(figures_of(group, by, rules), first=first, last=last, rules=rules)


def report_of(
    figures: Figures, *, first: date, last: date, rules: RulesByMonth = DEFAULT
) -> dict[str, Any]:
    """Return the report on the figures of a period, both days included.

    The total is Σ part / Σ whole; `mean_of_months` is the mean of the exact monthly rates, months
    without any rating left out. What a case is worth is said by the rules of its month, how the
    three rates make a score and what is deducted by those of the last day. Rows stand in the order
    of their ranks.

    Raises:
        RuleBroken: the period ends before it starts.
    """
    if last < first:
        raise RuleBroken("结束日期早于开始日期，请核对。", field="last")
    own = {month_of(day): rules.on(day) for day in _months(first, last)}
    weighed = {month: figures.months.get(month, NOTHING).weighed(one) for month, one in own.items()}
    rates = {month: weighed[month].rates(one) for month, one in own.items()}
    at_last = rules.on(last)
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "rules": rules.say(first, last),
        "total": _total(figures, _sum(weighed.values()), at_last, (first, last)),
        "monthly": [{"month": month, **_rates(one)} for month, one in rates.items()],
        "mean_of_months": {
            "response_rate": percent(mean(one.response for one in rates.values())),
            "resolution_rate": percent(mean(one.resolution for one in rates.values())),
            "satisfaction_rate": percent(mean(one.satisfaction for one in rates.values())),
        },
        "rows": _rows(figures.rows, at_last),
    }


def _sum(groups: Iterable[Weighed]) -> Weighed:
    whole, *others = groups
    for other in others:
        whole += other
    return whole


def _added(one: Mapping[str, Tally], other: Mapping[str, Tally]) -> dict[str, Tally]:
    return {key: one.get(key, NOTHING) + other.get(key, NOTHING) for key in (*one, *other)}


def _added_rows(one: Mapping[str, Weighed], other: Mapping[str, Weighed]) -> dict[str, Weighed]:
    both = {key: one[key] + other[key] for key in one if key in other}
    return {**one, **other, **both}


def _added_pairs(
    one: Mapping[Key, tuple[int, int]], other: Mapping[Key, tuple[int, int]]
) -> dict[Key, tuple[int, int]]:
    pairs = {key: (one.get(key, (0, 0)), other.get(key, (0, 0))) for key in (*one, *other)}
    return {key: (a[0] + b[0], a[1] + b[1]) for key, (a, b) in pairs.items()}


def _total(
    figures: Figures, whole: Weighed, rules: RateRules, period: tuple[date, date]
) -> dict[str, Any]:
    counts, rates = whole.tally, whole.rates(rules)
    days, months = (period[1] - period[0]).days + 1, len(_months(*period))
    city, assessed = figures.levels.get(SourceLevel.CITY, (0, 0))
    return {
        "received": counts.received,
        "by_level": _by_level(figures.levels, counts.received),
        "assessed": counts.assessed,
        # of the cases the city sent down, those that it assesses
        "assessed_share_of_city": share(assessed, city),
        "daily_mean": rounded(ratio(counts.received, days) or 0),
        "monthly_mean": rounded(ratio(counts.received, months) or 0),
        "visited": counts.visited,
        "responded": whole.responded,
        "resolved": counts.resolved,
        "partly_resolved": counts.partly_resolved,
        "satisfied": counts.satisfied,
        "fairly_satisfied": counts.fairly_satisfied,
        "dissatisfied": counts.dissatisfied,
        **_rates(rates),
        "score": None if rates.score is None else rounded(rates.score),
        "double_yes": counts.double_yes,
        "not_double_yes": counts.not_double_yes,
        "double_no": counts.double_no,
        "on_time": {clock.value: _on_time(figures.limits, clock) for clock in CLOCKS},
        "repeats": figures.repeats,
        "national": figures.national,
        "overdue": figures.overdue,
    }


def _by_level(
    counts: Mapping[SourceLevel | None, tuple[int, int]], whole: int
) -> dict[str, dict[str, Any]]:
    levels: list[SourceLevel | None] = list(SourceLevel)
    if None in counts:
        levels.append(None)
    return {
        label(level) if level else _NOT_NAMED: {"count": n, "share": share(n, whole)}
        for level, n in ((level, counts.get(level, (0, 0))[0]) for level in levels)
    }


def _on_time(limits: Mapping[ClockKind, tuple[int, int]], clock: ClockKind) -> str | None:
    ran, kept = limits.get(clock, (0, 0))
    return share(kept, ran)


def _rows(groups: Mapping[str, Weighed], rules: RateRules) -> list[dict[str, Any]]:
    rates = {key: group.rates(rules) for key, group in groups.items()}
    ranks = places([one.score for one in rates.values()])
    lost = deductions(list(groups.values()), rules)
    rows = [
        {
            **_row(key or _NOT_NAMED, groups[key], rates[key]),
            "rank": place.rank if rules.ranks else NO_PLACE.rank,
            "tied": place.tied if rules.ranks else NO_PLACE.tied,
            "deduction": rounded(points),
        }
        for key, place, points in zip(groups, ranks, lost, strict=True)
    ]
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"], row["key"]))


def _row(key: str, group: Weighed, rates: Rates) -> dict[str, Any]:
    counts = group.tally
    return {
        "key": key,
        "received": counts.received,
        "assessed": counts.assessed,
        "visited": counts.visited,
        "responded": group.responded,
        "resolved": counts.resolved,
        "satisfied": counts.satisfied,
        "fairly_satisfied": counts.fairly_satisfied,
        **_rates(rates),
        "score": None if rates.score is None else rounded(rates.score),
    }


def _rates(rates: Rates) -> dict[str, str | None]:
    return {
        "response_rate": percent(rates.response),
        "resolution_rate": percent(rates.resolution),
        "satisfaction_rate": percent(rates.satisfaction),
    }


def month_of(day: date) -> str:
    """Return a month as reports write it."""
    return f"{day.year:04}-{day.month:02}"


def _months(first: date, last: date) -> list[date]:
    """Return the first day of each month of a period."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, end + 1)]
