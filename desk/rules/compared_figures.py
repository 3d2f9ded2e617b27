"""The figures of a period beside those of the one before and of a year ago (环比、同比)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from desk.rules.comparing import ARROWS, NOTHING, Trend, rank_trend, say_change, say_step, trend
from desk.rules.measures import CLOCKS, KEPT, MEASURE_LABELS, RAN, Measure
from desk.rules.rate_rules import RateRules
from desk.rules.report_rows import DECIMALS, count_of, said_score
from desk.rules.rounding import Number, percent, ratio
from desk.rules.three_rates import Rates, Weighed

_COUNTS = (
    Measure.RECEIVED,
    Measure.ASSESSED,
    Measure.VISITED,
    Measure.DOUBLE_YES,
    Measure.NOT_DOUBLE_YES,
    Measure.DOUBLE_NO,
    Measure.OVERDUE,
    Measure.REPEATS,
    Measure.EARLY,
    Measure.RETURNED,
    Measure.REDONE,
)
_RATES: Mapping[str, tuple[str, Callable[[Rates], Number | None]]] = {
    "response_rate": ("响应率", lambda rates: rates.response),
    "resolution_rate": ("解决率", lambda rates: rates.resolution),
    "satisfaction_rate": ("满意率", lambda rates: rates.satisfaction),
}
_SCORE = "score"


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One figure now, in the period before, and a year ago.

    Attributes:
        name: as in the report, an on-time share as `on_time_handle`; title: what people call it.
        is_share: whether it is a rate; the values of rates lie between 0 and 1.
    """

    name: str
    title: str
    now: Number | None
    before: Number | None
    year_ago: Number | None
    is_share: bool = False

    @property
    def since_before(self) -> str:
        """环比: “+12.50%”, “+1.20 点” (百分点), or “—” where there is nothing to compare with."""
        return self._since(self.before)

    @property
    def since_year_ago(self) -> str:
        """同比: “-3.00%”, “-0.50 分”, or “—” where there is nothing to compare with."""
        return self._since(self.year_ago)

    @property
    def arrow(self) -> str:
        """Which way it went since the period before: ↑, ↓, →, or nothing."""
        return said_arrow(trend(self.now, self.before))

    def _since(self, then: Number | None) -> str:
        if not (self.is_share or self.name == _SCORE):
            return say_change(self.now, then)
        if self.now is None or then is None:
            return NOTHING
        whole, unit = (100, "点") if self.is_share else (1, "分")
        return f"{say_step(whole * Fraction(self.now), whole * Fraction(then))} {unit}"

    def say(self, value: Number | None, decimals: int = DECIMALS) -> str:
        """Say one of the three values: “31”, “93.33%”, “—”."""
        if value is None:
            return NOTHING
        if self.is_share:
            return f"{percent(ratio(value, 1), decimals)}%"
        return str(value) if isinstance(value, int) else str(said_score(ratio(value, 1), decimals))


def said_arrow(way: Trend | None) -> str:
    """Return the arrow of a trend, or nothing where there is none."""
    return "" if way is None else ARROWS[way]


def compared(
    now: tuple[Weighed, RateRules],
    before: tuple[Weighed, RateRules],
    year_ago: tuple[Weighed, RateRules],
) -> tuple[ComparedFigure, ...]:
    """Return every figure that is compared; each period comes with the rules of its last day."""
    periods = (now, before, year_ago)
    rates = [group.rates(rules) for group, rules in periods]
    shares = tuple(
        _figure(name, title, [value(one) for one in rates], is_share=True)
        for name, (title, value) in _RATES.items()
    )
    score = _figure(_SCORE, "综合得分", [one.score for one in rates])
    groups = [group for group, _ in periods]
    return (*map(partial(_count, groups), _COUNTS), *shares, score, *_on_time(groups))


def _figure(
    name: str, title: str, values: Sequence[Number | None], *, is_share: bool = False
) -> ComparedFigure:
    now, before, year_ago = values
    return ComparedFigure(name, title, now, before, year_ago, is_share)


def _count(groups: Sequence[Weighed], measure: Measure) -> ComparedFigure:
    values = [count_of(group, measure) for group in groups]
    return _figure(measure.value, MEASURE_LABELS[measure], values)


def _on_time(groups: Sequence[Weighed]) -> Iterator[ComparedFigure]:
    for clock in CLOCKS:
        kept, ran = KEPT[clock], RAN[clock]
        values = [ratio(count_of(group, kept), count_of(group, ran)) for group in groups]
        yield _figure(f"on_time_{clock}", f"{MEASURE_LABELS[kept]}率", values, is_share=True)


def with_arrows(
    rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the rows of a report with the rank each had in the period before, and an arrow."""
    ranks = {row["key"]: row["rank"] for row in before}
    return [
        {
            **row,
            "rank_before": ranks.get(row["key"]),
            "arrow": said_arrow(rank_trend(row["rank"], ranks.get(row["key"]))),
        }
        for row in rows
    ]
