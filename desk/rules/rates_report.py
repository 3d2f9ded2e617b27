"""The figures of `rates` in the form that scripts rely on (EXCHANGE.md 3.1)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from desk.rules.codes import ClockKind, SourceLevel
from desk.rules.errors import RuleBroken
from desk.rules.rounding import mean, percent, ratio, rounded, share
from desk.rules.three_rates import (
    RatedCase,
    RateRules,
    Rates,
    Tally,
    deductions,
    places,
    tally,
)
from desk.rules.wording import label

_NOT_NAMED = "未注明"
_CLOCKS = (
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


def rates_report(
    cases: Iterable[RatedCase],
    *,
    first: date,
    last: date,
    by: GroupBy = GroupBy.UNIT,
    rules: RateRules | None = None,
) -> dict[str, Any]:
    """Return the report on cases received from `first` to `last`, both included.

    The total is Σ part / Σ whole; `mean_of_months` is the mean of the exact monthly rates, months
    without any rating left out. Rows stand in the order of their ranks.

    Raises:
        RuleBroken: the period ends before it starts.
    """
    if last < first:
        raise RuleBroken("结束日期早于开始日期，请核对。", field="last")
    rules = rules or RateRules()
    group = [case for case in cases if first <= case.received_on <= last]
    by_month: dict[str, list[RatedCase]] = {month: [] for month in _months(first, last)}
    for case in group:
        by_month[_month(case.received_on)].append(case)
    months = {month: tally(received).rates(rules) for month, received in by_month.items()}
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "rules": rules.name,
        "total": _total(group, rules, days=(last - first).days + 1, months=len(months)),
        "monthly": [{"month": month, **_rates(rates)} for month, rates in months.items()],
        "mean_of_months": {
            "response_rate": percent(mean(rates.response for rates in months.values())),
            "resolution_rate": percent(mean(rates.resolution for rates in months.values())),
            "satisfaction_rate": percent(mean(rates.satisfaction for rates in months.values())),
        },
        "rows": _rows(group, by, rules),
    }


def _total(group: list[RatedCase], rules: RateRules, *, days: int, months: int) -> dict[str, Any]:
    counts = tally(group)
    rates = counts.rates(rules)
    city = [case for case in group if case.source_level is SourceLevel.CITY]
    return {
        "received": counts.received,
        "by_level": _by_level(group),
        "assessed": counts.assessed,
        # of the cases the city sent down, those that it assesses
        "assessed_share_of_city": share(tally(city).assessed, len(city)),
        "daily_mean": rounded(ratio(counts.received, days) or 0),
        "monthly_mean": rounded(ratio(counts.received, months) or 0),
        "visited": counts.visited,
        "responded": counts.responded,
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
        "on_time": {clock.value: _on_time(group, clock) for clock in _CLOCKS},
        "repeats": sum(case.is_repeat for case in group),
        "national": sum(case.is_national for case in group),
        "overdue": sum(case.is_overdue for case in group),
    }


def _by_level(group: list[RatedCase]) -> dict[str, dict[str, Any]]:
    levels: list[SourceLevel | None] = list(SourceLevel)
    if any(case.source_level is None for case in group):
        levels.append(None)
    counts = {level: sum(case.source_level is level for case in group) for level in levels}
    return {
        label(level) if level else _NOT_NAMED: {"count": n, "share": share(n, len(group))}
        for level, n in counts.items()
    }


def _on_time(group: list[RatedCase], clock: ClockKind) -> str | None:
    kept = [case.on_time[clock] for case in group if clock in case.on_time]
    return share(sum(kept), len(kept))


def _rows(group: list[RatedCase], by: GroupBy, rules: RateRules) -> list[dict[str, Any]]:
    cases_of: dict[str, list[RatedCase]] = {}
    for case in group:
        for key in dict.fromkeys(_KEYS[by](case)):
            cases_of.setdefault(key or _NOT_NAMED, []).append(case)
    counts = {key: tally(cases) for key, cases in cases_of.items()}
    rates = {key: counts[key].rates(rules) for key in counts}
    ranks = places([rates[key].score for key in counts])
    lost = deductions(list(counts.values()), rules)
    rows = [
        {
            **_row(key, counts[key], rates[key]),
            "rank": place.rank,
            "tied": place.tied,
            "deduction": rounded(points),
        }
        for key, place, points in zip(counts, ranks, lost, strict=True)
    ]
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"], row["key"]))


def _row(key: str, counts: Tally, rates: Rates) -> dict[str, Any]:
    return {
        "key": key,
        "received": counts.received,
        "assessed": counts.assessed,
        "visited": counts.visited,
        "responded": counts.responded,
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


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _months(first: date, last: date) -> list[str]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [_month(date(n // 12, n % 12 + 1, 1)) for n in range(start, end + 1)]
