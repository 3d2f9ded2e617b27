"""One group of a report in words and figures: counts, rates, shares, on time (报表的一行)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from desk.rules.measures import CLOCKS, KEPT, LIMITS, MISSED, RAN, SHARES, Measure
from desk.rules.rate_rules import RateRules
from desk.rules.rounding import percent, ratio, rounded, share
from desk.rules.three_rates import NO_PLACE, Rates, Weighed, deductions, places

DECIMALS = 2  # of every figure that scripts read (EXCHANGE.md 3)
_COUNTED: Mapping[Measure, Callable[[Weighed], int]] = {
    Measure.EXCLUDED: lambda group: group.tally.received - group.tally.assessed,
    Measure.COUNTED: lambda group: group.counted,
    Measure.UNRATED: lambda group: (
        group.tally.assessed - group.tally.visited - group.tally.not_rated
    ),
    Measure.RESPONDED: lambda group: group.responded,
    Measure.NOT_RESPONDED: lambda group: group.counted - group.responded,
    Measure.NOT_RESOLVED: lambda group: (
        group.counted - group.tally.resolved - group.tally.partly_resolved
    ),
    Measure.NOT_MET: lambda group: group.tally.handled - group.tally.met,
}
_CLOCK_OF = {MISSED[clock]: clock for clock in LIMITS}
_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Beside:
    """What a report tells beside what its cases say.

    Attributes:
        bonus: by row, the points it was given for the months of the period (加分).
        population: of the whole street, for 万人诉求比; residents: of a row, where it is known.
        decimals: how many are shown.
        is_ranked: whether its rows can be compared at all; days and hours cannot.
    """

    bonus: Mapping[str, Fraction] = field(default_factory=dict)
    population: int | None = None
    residents: Mapping[str, int] = field(default_factory=dict)
    decimals: int = DECIMALS
    is_ranked: bool = True


NOTHING_BESIDE = Beside()


def count_of(group: Weighed, measure: Measure) -> int:
    """Return how many cases of a group are part of a measure."""
    if measure in _COUNTED:
        return _COUNTED[measure](group)
    if measure in _CLOCK_OF:
        ran, kept = group.tally.limit(_CLOCK_OF[measure])
        return ran - kept
    count: int = getattr(group.tally, measure.value)
    return count


def said_of(group: Weighed, beside: Beside) -> dict[str, Any]:
    """Return what a row and the total have in common: every count, shares, limits kept."""
    counts = {measure: count_of(group, measure) for measure in Measure}
    return {
        "counts": {measure.value: count for measure, count in counts.items()},
        "shares": {
            name: share(counts[part], counts[whole], beside.decimals)
            for name, (part, whole) in SHARES.items()
        },
        "on_time": {
            clock.value: share(counts[KEPT[clock]], counts[RAN[clock]], beside.decimals)
            for clock in CLOCKS
        },
    }


def said_rates(rates: Rates, decimals: int = DECIMALS) -> dict[str, str | None]:
    """Return the three rates as they are written."""
    return {
        "response_rate": percent(rates.response, decimals),
        "resolution_rate": percent(rates.resolution, decimals),
        "satisfaction_rate": percent(rates.satisfaction, decimals),
    }


def per_people(received: int, residents: int | None, decimals: int = DECIMALS) -> str | None:
    """Return how many cases there were for each 10,000 people (万人诉求比), None without people."""
    return said_score(ratio(received * _PEOPLE, residents or 0), decimals)


def said_score(score: Fraction | None, decimals: int = DECIMALS) -> str | None:
    """Return a score as it is written."""
    return None if score is None else rounded(score, decimals)


def rows_of(
    groups: Mapping[str, Weighed], rules: RateRules, beside: Beside
) -> list[dict[str, Any]]:
    """Return the rows of a report in the order of their ranks.

    Bonus and deduction stand beside the score, or are part of it where the rules say so.
    """
    rates = {key: group.rates(rules) for key, group in groups.items()}
    lost = dict(zip(groups, deductions(list(groups.values()), rules), strict=True))
    scores = {key: _score(rates[key], _points(key, lost, beside), rules) for key in groups}
    ranks = places(list(scores.values()), rules.decimals)
    may_rank = rules.ranks and beside.is_ranked
    rows = [
        {
            **_row(key, groups[key], rates[key], beside),
            "score": said_score(scores[key], beside.decimals),
            "rank": place.rank if may_rank else NO_PLACE.rank,
            "tied": place.tied if may_rank else NO_PLACE.tied,
            "bonus": rounded(beside.bonus.get(key, 0), beside.decimals),
            "deduction": rounded(lost[key], beside.decimals),
        }
        for key, place in zip(groups, ranks, strict=True)
    ]
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"], row["key"]))


def _points(key: str, lost: Mapping[str, Fraction], beside: Beside) -> Fraction:
    return beside.bonus.get(key, Fraction()) - lost[key]


def _score(rates: Rates, points: Fraction, rules: RateRules) -> Fraction | None:
    if rates.score is None or not rules.adds_points:
        return rates.score
    return rates.score + points


def _row(key: str, group: Weighed, rates: Rates, beside: Beside) -> dict[str, Any]:
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
        **said_rates(rates, beside.decimals),
        "base_score": said_score(rates.score, beside.decimals),
        "per_10000_people": per_people(counts.received, beside.residents.get(key), beside.decimals),
        **said_of(group, beside),
    }
