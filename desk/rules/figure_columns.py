"""What stands on the page of figures (统计页的各栏), and to which cases each figure leads.

A report is a dict as `rates_report.report_of` makes it; its total and its rows are built alike, so
one column reads both. Whoever asks for the cases behind a rate first sees those that pull it down.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desk.rules.charts import NOTHING, Cell, Table
from desk.rules.compared_figures import ComparedFigure
from desk.rules.measures import (
    CLOCKS,
    KEPT,
    MEASURE_LABELS,
    MISSED,
    RAN,
    SHARE_LABELS,
    Measure,
)
from desk.rules.rate_groups import GROUP_LABELS, GroupBy
from desk.rules.wording import label

Row = Mapping[str, Any]

TOTAL = "合计"
_RANK = "名次"
_TIED = "并列"
# Ranks stop at units (排名到单位为止): a grid has one keeper, a kind of case or a channel has none.
RANKED = frozenset({GroupBy.UNIT, GroupBy.COMMUNITY, GroupBy.FIRST_UNIT, GroupBy.SUPPORT})
_RATED = (Measure.COUNTED, Measure.NOT_RATED, Measure.UNRATED, Measure.EXCLUDED)


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of a row or of the total.

    Attributes:
        path: where it stands in the row of a report.
        measures: whose cases are behind it, the most wanted first.
        whole: what a share is of; None for a count.
    """

    head: str
    path: tuple[str, ...]
    measures: tuple[Measure, ...]
    unit: str = "件"
    whole: Measure | None = None

    @property
    def name(self) -> str:
        """What the same figure is called where it is compared with others."""
        return "_".join(self.path) if self.path[0] == "on_time" else self.path[-1]

    def value(self, row: Row) -> Decimal | int | None:
        """Return the figure as a number; None where there is none."""
        found: Any = row
        for key in self.path:
            found = found.get(key) if found is not None else None
        return found if found is None or isinstance(found, int) else Decimal(found)

    def shown(self, row: Row) -> str:
        """Return the figure as it is written: “97.32%”, “12”, “—”."""
        value = self.value(row)
        if value is None:
            return NOTHING
        return f"{value}%" if self.unit == "%" else str(value)

    def parts(self, row: Row) -> str:
        """Say of how many cases a share is: “97/100 件”; empty for what is no share."""
        if self.whole is None:
            return ""
        counts = row["counts"]
        return f"{counts[self.measures[1]]}/{counts[self.whole]} 件"


def _count(measure: Measure) -> Column:
    return Column(MEASURE_LABELS[measure], ("counts", measure.value), (measure,))


def _rate(head: str, path: str, *measures: Measure) -> Column:
    return Column(head, (path,), (*measures, Measure.COUNTED), "%", Measure.COUNTED)


RATES = (
    _rate("响应率", "response_rate", Measure.NOT_RESPONDED, Measure.RESPONDED),
    _rate(
        "解决率",
        "resolution_rate",
        Measure.NOT_RESOLVED,
        Measure.RESOLVED,
        Measure.PARTLY_RESOLVED,
    ),
    _rate(
        "满意率",
        "satisfaction_rate",
        Measure.DISSATISFIED,
        Measure.SATISFIED,
        Measure.FAIRLY_SATISFIED,
    ),
)
SCORE = Column("得分", ("score",), _RATED, "分")
ON_TIME = tuple(
    Column(
        f"{label(clock)}按时",
        ("on_time", clock.value),
        (MISSED[clock], KEPT[clock], RAN[clock]),
        "%",
        RAN[clock],
    )
    for clock in CLOCKS
)
# the score as it would be had no exclusion and no rating appeal been granted
BEFORE = Column("剔除前得分", ("score_before",), (Measure.EXCLUDED,), "分")
BONUS = Column("加减分", ("bonus",), (), "分")
LOST = Column("扣分", ("deduction",), (Measure.DISSATISFIED,), "分")
_SHARES = tuple(
    Column(SHARE_LABELS[name], ("shares", name), measures, "%", measures[-1])
    for name, measures in (
        ("accepted", (Measure.MISSED_ACCEPT, Measure.KEPT_ACCEPT, Measure.RAN_ACCEPT)),
        ("met", (Measure.NOT_MET, Measure.MET, Measure.HANDLED)),
        ("returned", (Measure.RETURNED, Measure.RECEIVED)),
        ("redone", (Measure.REDONE, Measure.RECEIVED)),
        ("early", (Measure.EARLY, Measure.RECEIVED)),
        ("appeals_won", (Measure.APPEALS_WON, Measure.APPEALED)),
    )
)
# only where somebody has written down how many people live there
PER_PEOPLE = Column("万人诉求比", ("per_10000_people",), (Measure.RECEIVED,), "件")
# what stands in large figures above the table
MAIN = (
    *RATES,
    SCORE,
    _count(Measure.RECEIVED),
    _count(Measure.DOUBLE_YES),
    _count(Measure.NOT_DOUBLE_YES),
    _count(Measure.DOUBLE_NO),
)
COLUMNS = (
    _count(Measure.RECEIVED),
    PER_PEOPLE,
    _count(Measure.VISITED),
    *RATES,
    SCORE,
    BEFORE,
    BONUS,
    LOST,
    _count(Measure.DOUBLE_YES),
    _count(Measure.NOT_DOUBLE_YES),
    _count(Measure.DOUBLE_NO),
    *ON_TIME,
    *_SHARES,
    _count(Measure.OVERDUE),
    _count(Measure.REPEATS),
    _count(Measure.EXCLUDED),
)

# where nothing was given, known or asked for they would only be in the way
_SOMETIMES = (BONUS, LOST, PER_PEOPLE, *(one for one in _SHARES if one.name == "appeals_won"))
_NOT_ON_PAPER = {MEASURE_LABELS[Measure.REPEATS], PER_PEOPLE.head, *(one.head for one in _SHARES)}


class ColumnSet(StrEnum):
    """Which columns stand beside each other on the screen (列组); each fits without scrolling."""

    RATES = "三率与得分"
    LIMITS = "时限"
    COURSE = "办理过程"
    ALL = "全部列"


_SETS: Mapping[ColumnSet, tuple[Column, ...]] = {
    ColumnSet.RATES: tuple(
        one
        for one in COLUMNS
        if one.path[0] not in ("on_time", "shares")
        and one.head not in {MEASURE_LABELS[Measure.REPEATS], MEASURE_LABELS[Measure.EXCLUDED]}
    ),
    ColumnSet.LIMITS: (COLUMNS[0], *ON_TIME, _SHARES[0], _count(Measure.OVERDUE)),
    ColumnSet.COURSE: (
        COLUMNS[0],
        *_SHARES[1:],
        _count(Measure.REPEATS),
        _count(Measure.EXCLUDED),
    ),
    ColumnSet.ALL: COLUMNS,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the table: its words, its number, and the measures behind it."""

    words: str
    value: Cell
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the table; without a key it is that of all cases together."""

    key: str | None
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The table of a period: heads and lines, the total first."""

    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]

    def on_paper(self) -> "FigureTable":
        """Return it with as many columns as fit beside each other on a sheet."""
        return self._without(_NOT_ON_PAPER)

    def only(self, wanted: ColumnSet) -> "FigureTable":
        """Return it with the columns of a set; place and name stand before them."""
        kept = {one.head for one in _SETS[wanted]}
        return self._without({one.head for one in COLUMNS if one.head not in kept})

    def _without(self, heads: Collection[str]) -> "FigureTable":
        kept = [at for at, head in enumerate(self.heads) if head not in heads]
        return FigureTable(
            tuple(self.heads[at] for at in kept),
            tuple(FigureRow(row.key, tuple(row.cells[at] for at in kept)) for row in self.rows),
        )

    def table(self, title: str) -> Table:
        """Return it as it goes into a workbook: numbers, their unit in the head."""
        shares = {one.head for one in COLUMNS if one.unit == "%"}
        heads = tuple(f"{head}（%）" if head in shares else head for head in self.heads)
        rows = tuple(tuple(cell.value for cell in row.cells) for row in self.rows)
        return Table(title, heads, rows)


def say_beside(figure: ComparedFigure | None) -> tuple[str, ...]:
    """Say what a figure is compared with: “环比 ↑ +12.50%”, “同比 —”."""
    if figure is None:
        return ()
    arrow = "" if figure.since_before == NOTHING else figure.arrow
    before = " ".join(filter(None, ("环比", arrow, figure.since_before)))
    return before, f"同比 {figure.since_year_ago}"


def say_changed(report: Row, without: Row, excluded: int, rated_again: int) -> str:
    """Say what exclusions and rating appeals changed; empty where there was none."""
    if not (excluded or rated_again):
        return ""
    granted = [f"剔除 {excluded} 件"] * bool(excluded) + [f"改评 {rated_again} 件"] * bool(
        rated_again
    )
    figures = "，".join(
        f"{one.head} {one.shown(without['total'])} → {one.shown(report['total'])}"
        for one in (*RATES, SCORE)
    )
    return f"{'、'.join(granted)}，前后对比：{figures}"


def say_means(report: Row) -> str:
    """Say how many cases came per day and per 10,000 people, and the rates as means of months."""
    total, means = report["total"], report["mean_of_months"]
    said = [f"日均 {total['daily_mean']} 件"]
    if total["per_10000_people"] is not None:
        said.append(f"万人诉求比 {total['per_10000_people']}")
    if len(report["monthly"]) > 1:
        said.append(f"月均 {total['monthly_mean']} 件")
        said.append("月均口径：" + "、".join(f"{one.head} {one.shown(means)}" for one in RATES))
    return "，".join(said) + "。"


def figure_table(
    report: Row, by: GroupBy, *, with_ranks: bool, without: Row | None = None
) -> FigureTable:
    """Return the table of a report, the total first.

    Args:
        with_ranks: whether units may be compared by whoever looks; what has no ranks shows none.
        without: the report as it would be without exclusions and rating appeals, where there are.
    """
    ranks = with_ranks and by in RANKED and any(row["rank"] is not None for row in report["rows"])
    columns = [column for column in COLUMNS if _is_shown(column, report, without)]
    older = {} if without is None else {row["key"]: row["score"] for row in without["rows"]}
    heads = (
        *((_RANK,) if ranks else ()),
        GROUP_LABELS[by],
        *(one.head for one in columns),
    )
    before = None if without is None else without["total"]["score"]
    whole = {**report["total"], "score_before": before}
    total = (
        *((Shown("", None),) if ranks else ()),
        Shown(TOTAL, TOTAL, (Measure.RECEIVED,)),
        *(_cell(column, whole) for column in columns),
    )
    lines = (
        (
            *((_rank(row),) if ranks else ()),
            Shown(row["key"], row["key"], (Measure.RECEIVED,)),
            *(_cell(one, {**row, "score_before": older.get(row["key"])}) for one in columns),
        )
        for row in report["rows"]
    )
    rows = (FigureRow(row["key"], cells) for row, cells in zip(report["rows"], lines, strict=True))
    return FigureTable(heads, (FigureRow(None, total), *rows))


def _is_shown(column: Column, report: Row, without: Row | None) -> bool:
    """Whether a column says anything: points where some were given, people where known."""
    if column is BEFORE:
        return without is not None
    return column not in _SOMETIMES or any(column.value(row) for row in report["rows"])


def _cell(column: Column, row: Row) -> Shown:
    value = column.value(row)
    number = float(value) if isinstance(value, Decimal) else value
    return Shown(column.shown(row), number, column.measures)


def _rank(row: Row) -> Shown:
    if row["rank"] is None:
        return Shown(NOTHING, None)
    words = (str(row["rank"]), _TIED if row["tied"] else "", row.get("arrow", ""))
    return Shown(" ".join(filter(None, words)), row["rank"], (Measure.RECEIVED,))
