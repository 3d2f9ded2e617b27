"""The charts of a period (统计图): each with the figures that its numbers are, to lead to cases.

Trend, rates of a year's months, the funnel of the four stages, weekday and hour, community and
category, and bars of whatever the page is grouped by.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from desk.queries.figure_cases import Figure
from desk.queries.rate_figures import period_figures, shown_report
from desk.rules.charts import (
    Bar,
    BarsChart,
    Chart,
    FunnelChart,
    GridChart,
    Series,
    TrendChart,
)
from desk.rules.figure_columns import RANKED, RATES, SCORE
from desk.rules.measures import FUNNEL, MEASURE_LABELS, Measure
from desk.rules.rate_groups import GROUP_LABELS, GroupBy, cell_key, cell_of, day_key, hour_key
from desk.rules.report_rows import count_of
from desk.rules.three_rates import Tally, Weighed
from desk.store.database import Reader

_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_MOST_DAYS = 62  # more are shown by months
_MONTHS = 12
_WORKING = (8, 18)  # hours that are shown in any case
_ROWS, _COLUMNS = 14, 9
_OTHERS = "其余"
_TREND = (Measure.RECEIVED, Measure.NOT_DOUBLE_YES)

Figures = tuple[tuple[Figure | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ChartOf:
    """A chart, and for each number of its table the figure that it is.

    Attributes:
        name: how the choice of charts calls it.
        figures: by row and by column after the first; None where no single figure fits.
    """

    name: str
    chart: Chart
    figures: Figures


def statistics_charts(reader: Reader, first: date, last: date, by: GroupBy) -> tuple[ChartOf, ...]:
    """Return the charts of the cases received from `first` to `last`."""
    report = shown_report(reader, first, last, by)
    days = period_figures(reader, first, last, GroupBy.DAY)
    hours = period_figures(reader, first, last, GroupBy.HOUR).rows
    cells = period_figures(reader, first, last, GroupBy.CELL).rows
    if (last - first).days < _MOST_DAYS:
        trend = _by_day(days.rows, first, last)
    else:
        trend = _by_month(days.months, first, last)
    return (
        trend,
        _rates(reader, last),
        _funnel(report["total"], first, last),
        _hours(hours, first, last),
        _cells(cells, first, last),
        *_bars(report["rows"], by, first, last),
    )


def _by_day(rows: Mapping[str, Weighed], first: date, last: date) -> ChartOf:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [rows.get(day_key(day)) for day in days]
    chart = TrendChart(
        "每天受理的件",
        tuple(f"{day.month}-{day.day}" for day in days),
        tuple(
            Series(
                MEASURE_LABELS[measure],
                tuple(count_of(one, measure) if one is not None else 0 for one in found),
            )
            for measure in _TREND
        ),
    )
    figures = tuple(tuple(Figure(day, day, measure) for measure in _TREND) for day in days)
    return ChartOf("走势", chart, figures)


def _by_month(months: Mapping[str, Tally], first: date, last: date) -> ChartOf:
    spans = _spans(first, last)
    found = [months.get(f"{start.year:04}-{start.month:02}") for start, _ in spans]
    chart = TrendChart(
        "每月受理的件",
        tuple(_month_words(start) for start, _ in spans),
        tuple(
            Series(
                MEASURE_LABELS[measure],
                tuple(getattr(one, measure.value) if one is not None else 0 for one in found),
            )
            for measure in _TREND
        ),
    )
    figures = tuple(
        tuple(Figure(start, end, measure) for measure in _TREND) for start, end in spans
    )
    return ChartOf("走势", chart, figures)


def _rates(reader: Reader, last: date) -> ChartOf:
    """Return the three rates of the twelve months that end with the period."""
    at = last.year * _MONTHS + last.month - _MONTHS
    first = date(at // _MONTHS, at % _MONTHS + 1, 1)
    spans = _spans(first, last)
    monthly = shown_report(reader, first, last)["monthly"]
    chart = TrendChart(
        "近 12 个月三率",
        tuple(_month_words(start) for start, _ in spans),
        tuple(Series(one.head, tuple(map(_number, map(one.value, monthly)))) for one in RATES),
        unit="%",
        places=2,
        as_lines=True,
    )
    figures = tuple(
        tuple(Figure(start, end, one.measures[0]) for one in RATES) for start, end in spans
    )
    return ChartOf("三率", chart, figures)


def _funnel(total: Mapping[str, Any], first: date, last: date) -> ChartOf:
    stages = tuple((MEASURE_LABELS[one], int(total["counts"][one.value])) for one in FUNNEL)
    figures = tuple((Figure(first, last, one), None) for one in FUNNEL)
    return ChartOf("环节", FunnelChart("从受理到回访", stages), figures)


def _hours(rows: Mapping[str, Weighed], first: date, last: date) -> ChartOf:
    """Return counts by weekday and hour; early and late hours only where something came."""
    counts = [[_received(rows.get(hour_key(day, hour))) for hour in range(24)] for day in range(7)]
    busy = [hour for hour in range(24) if any(row[hour] for row in counts)]
    start, end = min(_WORKING[0], *busy, 23), max(_WORKING[1], *busy, 0)
    shown = range(start, end + 1)
    chart = GridChart(
        "什么时候来的件",
        _DAYS,
        tuple(f"{hour} 时" for hour in shown),
        tuple(tuple(row[hour] for hour in shown) for row in counts),
        row_head="星期",
    )
    figures = tuple(
        (*(_of(first, last, GroupBy.HOUR, hour_key(day, hour)) for hour in shown), None)
        for day in range(7)
    )
    return ChartOf("时段", chart, (*figures, (None,) * (len(shown) + 1)))


def _cells(rows: Mapping[str, Weighed], first: date, last: date) -> ChartOf:
    """Return counts by community and category, the most frequent first; the rest is one each."""
    counts = {cell_of(key): _received(group) for key, group in rows.items()}
    communities, categories = _most(counts, 0, _ROWS), _most(counts, 1, _COLUMNS)
    folded: dict[tuple[str, str], int] = {}
    for (community, category), count in counts.items():
        key = (
            community if community in communities else _OTHERS,
            category if category in categories else _OTHERS,
        )
        folded[key] = folded.get(key, 0) + count
    lines = _with_others(communities, [line for line, _ in folded])
    heads = _with_others(categories, [head for _, head in folded])
    chart = GridChart(
        "哪个社区、什么事",
        tuple(lines),
        tuple(heads),
        tuple(tuple(folded.get((line, head), 0) for head in heads) for line in lines),
        row_head="社区",
    )
    sums = {
        **{(line, ""): (GroupBy.COMMUNITY, line) for line in communities},
        **{("", head): (GroupBy.CATEGORY, head) for head in categories},
    }
    asked = {key: (GroupBy.CELL, cell_key(*key)) for key in counts} | sums
    figures = tuple(
        tuple(
            _of(first, last, *asked[line, head]) if (line, head) in asked else None
            for head in (*heads, "")
        )
        for line in lines
    )
    below = (_of(first, last, *asked["", head]) if ("", head) in asked else None for head in heads)
    return ChartOf("社区与类别", chart, (*figures, (*below, Figure(first, last))))


def _with_others(names: Sequence[str], found: Sequence[str]) -> list[str]:
    return [*names, *([_OTHERS] if _OTHERS in found else [])]


def _bars(
    rows: Sequence[Mapping[str, Any]], by: GroupBy, first: date, last: date
) -> Iterable[ChartOf]:
    """Yield how many cases each unit had, and what it scored, in the order of the table."""
    name = GROUP_LABELS[by]
    most = sorted(rows, key=lambda row: (-row["received"], row["key"]))
    yield ChartOf(
        f"{name}受理",
        BarsChart(f"各{name}受理的件", tuple(Bar(row["key"], row["received"]) for row in most)),
        tuple((_of(first, last, by, row["key"]), None) for row in most),
    )
    rated = [row for row in rows if row["score"] is not None]
    if by not in RANKED or not rated:
        return
    bars = tuple(
        Bar(row["key"], _number(SCORE.value(row)), f"满意率 {RATES[2].shown(row)}") for row in rated
    )
    yield ChartOf(
        f"{name}得分",
        BarsChart(f"各{name}得分", bars, value_name="得分", unit="分", places=2),
        tuple(
            (Figure(first, last, Measure.NOT_DOUBLE_YES, by=by, key=row["key"]), None)
            for row in rated
        ),
    )


def _of(first: date, last: date, by: GroupBy, key: str) -> Figure:
    return Figure(first, last, Measure.RECEIVED, by=by, key=key)


def _received(group: Weighed | None) -> int:
    return group.tally.received if group is not None else 0


def _most(counts: Mapping[tuple[str, str], int], which: int, most: int) -> list[str]:
    """Return the most frequent communities (0) or categories (1)."""
    sums: dict[str, int] = {}
    for key, count in counts.items():
        sums[key[which]] = sums.get(key[which], 0) + count
    return sorted(sums, key=lambda name: (-sums[name], name))[:most]


def _number(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _month_words(month: date) -> str:
    return f"{month.year % 100} 年 {month.month} 月" if month.month == 1 else f"{month.month} 月"


def _spans(first: date, last: date) -> list[tuple[date, date]]:
    """Return the months of a period, cut at its ends."""
    spans = []
    start = first
    while start <= last:
        following = date(start.year + start.month // _MONTHS, start.month % _MONTHS + 1, 1)
        spans.append((start, min(following - timedelta(days=1), last)))
        start = following
    return spans
