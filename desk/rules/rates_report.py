"""The figures of `rates` in the form that scripts rely on (EXCHANGE.md 3.1)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from desk.rules.codes import SourceLevel
from desk.rules.errors import RuleBroken
from desk.rules.rate_groups import KEYS, NOT_NAMED, GroupBy
from desk.rules.rate_rules import RateRules, RulesByMonth
from desk.rules.report_rows import (
    NOTHING_BESIDE,
    Beside,
    per_people,
    rows_of,
    said_of,
    said_rates,
    said_score,
)
from desk.rules.rounding import mean, percent, ratio, rounded, share
from desk.rules.three_rates import RatedCase, Tally, Weighed, tally
from desk.rules.wording import label

Key = TypeVar("Key")
Group = TypeVar("Group", Tally, Weighed)
NOTHING = tally(())
DEFAULT = RulesByMonth()


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report is made of; two of them that share no case can be added.

    Attributes:
        months: by the month of reception (2026-11).
        levels: by source level, how many were received and how many of them are assessed.
        rows: by unit, community, category or channel.
    """

    months: Mapping[str, Tally] = field(default_factory=dict)
    levels: Mapping[SourceLevel | None, tuple[int, int]] = field(default_factory=dict)
    rows: Mapping[str, Weighed] = field(default_factory=dict)

    def __add__(self, other: "Figures") -> "Figures":
        """Return the figures of both."""
        return Figures(
            _added(self.months, other.months),
            _joined(self.levels, other.levels, lambda a, b: (a[0] + b[0], a[1] + b[1])),
            _added(self.rows, other.rows),
        )

    def __sub__(self, other: "Figures") -> "Figures":
        """Return the figures without those cases, all of which are part of them."""
        return Figures(
            {key: own - other.months.get(key, NOTHING) for key, own in self.months.items()},
            _joined(self.levels, other.levels, lambda a, b: (a[0] - b[0], a[1] - b[1])),
            {
                key: own - other.rows[key] if key in other.rows else own
                for key, own in self.rows.items()
            },
        )


def figures_of(
    cases: Iterable[RatedCase], by: GroupBy = GroupBy.UNIT, rules: RulesByMonth = DEFAULT
) -> Figures:
    """Return the figures of some cases, each weighed by the rules of its month."""
    rows: dict[str, Weighed] = {}
    of_month: dict[tuple[str, RateRules], list[RatedCase]] = {}
    months: dict[str, list[RatedCase]] = {}
    levels: dict[SourceLevel | None, list[bool]] = {}
    for case in cases:
        months.setdefault(month_of(case.received_on), []).append(case)
        levels.setdefault(case.source_level, []).append(case.counts_in_rates)
        for key in dict.fromkeys(KEYS[by](case)):
            of_month.setdefault((key, rules.on(case.received_on)), []).append(case)
    for (key, own), counted in of_month.items():
        weighed = tally(counted).weighed(own)
        rows[key] = rows[key] + weighed if key in rows else weighed
    return Figures(
        {month: tally(received) for month, received in months.items()},
        {level: (len(assessed), sum(assessed)) for level, assessed in levels.items()},
        rows,
    )


def whole_of(figures: Figures, rules: RulesByMonth) -> Weighed:
    """Return all cases of a period as one group, each month weighed by its own rules."""
    months = (
        counts.weighed(rules.on(date.fromisoformat(f"{month}-01")))
        for month, counts in figures.months.items()
    )
    return _sum((NOTHING.weighed(rules.sets[0]), *months))


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
    figures: Figures,
    *,
    first: date,
    last: date,
    rules: RulesByMonth = DEFAULT,
    beside: Beside = NOTHING_BESIDE,
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
    at_last, places = rules.on(last), beside.decimals
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "rules": rules.say(first, last),
        "total": {
            **_total(figures.levels, _sum(weighed.values()), at_last, beside),
            **_means(_sum(weighed.values()).tally.received, (first, last), beside),
        },
        "monthly": [{"month": month, **said_rates(one, places)} for month, one in rates.items()],
        "mean_of_months": {
            "response_rate": percent(mean(one.response for one in rates.values()), places),
            "resolution_rate": percent(mean(one.resolution for one in rates.values()), places),
            "satisfaction_rate": percent(mean(one.satisfaction for one in rates.values()), places),
        },
        "rows": rows_of(figures.rows, at_last, beside),
    }


def _sum(groups: Iterable[Weighed]) -> Weighed:
    whole, *others = groups
    for other in others:
        whole += other
    return whole


def _added(one: Mapping[str, Group], other: Mapping[str, Group]) -> dict[str, Group]:
    both = {key: one[key] + other[key] for key in one if key in other}
    return {**one, **other, **both}


def _joined(
    one: Mapping[Key, tuple[int, int]],
    other: Mapping[Key, tuple[int, int]],
    join: Callable[[tuple[int, int], tuple[int, int]], tuple[int, int]],
) -> dict[Key, tuple[int, int]]:
    return {key: join(one.get(key, (0, 0)), other.get(key, (0, 0))) for key in (*one, *other)}


def _total(
    levels: Mapping[SourceLevel | None, tuple[int, int]],
    whole: Weighed,
    rules: RateRules,
    beside: Beside,
) -> dict[str, Any]:
    counts, rates = whole.tally, whole.rates(rules)
    city, assessed = levels.get(SourceLevel.CITY, (0, 0))
    return {
        "received": counts.received,
        "by_level": _by_level(levels, counts.received, beside.decimals),
        "assessed": counts.assessed,
        # of the cases the city sent down, those that it assesses
        "assessed_share_of_city": share(assessed, city, beside.decimals),
        "visited": counts.visited,
        "responded": whole.responded,
        "resolved": counts.resolved,
        "partly_resolved": counts.partly_resolved,
        "satisfied": counts.satisfied,
        "fairly_satisfied": counts.fairly_satisfied,
        "dissatisfied": counts.dissatisfied,
        **said_rates(rates, beside.decimals),
        "score": said_score(rates.score, beside.decimals),
        "double_yes": counts.double_yes,
        "not_double_yes": counts.not_double_yes,
        "double_no": counts.double_no,
        "repeats": counts.repeats,
        "national": counts.national,
        "overdue": counts.overdue,
        **said_of(whole, beside),
    }


def _means(received: int, period: tuple[date, date], beside: Beside) -> dict[str, str | None]:
    """Return how many cases there were per day, per month, and per 10,000 people (万人诉求比)."""
    days, months = (period[1] - period[0]).days + 1, len(_months(*period))
    return {
        "daily_mean": rounded(ratio(received, days) or 0, beside.decimals),
        "monthly_mean": rounded(ratio(received, months) or 0, beside.decimals),
        "per_10000_people": per_people(received, beside.population, beside.decimals),
    }


def _by_level(
    counts: Mapping[SourceLevel | None, tuple[int, int]], whole: int, decimals: int
) -> dict[str, dict[str, Any]]:
    levels: list[SourceLevel | None] = list(SourceLevel)
    if None in counts:
        levels.append(None)
    return {
        label(level) if level else NOT_NAMED: {"count": n, "share": share(n, whole, decimals)}
        for level, n in ((level, counts.get(level, (0, 0))[0]) for level in levels)
    }


def month_of(day: date) -> str:
    """Return a month as reports write it."""
    return f"{day.year:04}-{day.month:02}"


def _months(first: date, last: date) -> list[date]:
    """Return the first day of each month of a period."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, end + 1)]
