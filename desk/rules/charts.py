"""Charts (图表): what a chart shows, as labels and numbers alone, and the table behind it.

Where the numbers come from is nobody's business here, and how they are painted is that of
`desk.forms.charts`. Each chart can say itself as a table: for a workbook and for those who hear
the screen instead of seeing it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from desk.rules.rounding import Number, rounded, share

Cell: TypeAlias = str | int | float | None

NOTHING = "—"
EMPTY = "这段时间没有。"
_TOTAL = "合计"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it goes into a workbook: heads and rows; what is not there stays empty."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one kind of bar of a trend; None leaves a gap."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """How something went on by day or month (走势), as bars or as lines.

    Attributes:
        labels: the days or months, as many as each series has values.
        places: decimals of the numbers.
        as_lines: lines are for rates; counts stand as bars.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "件"
    places: int = 0
    as_lines: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no number at all, or nothing but zeros."""
        return not any(value for one in self.series for value in one.values)

    def table(self) -> Table:
        """Return the labels with the number of each series."""
        heads = ("时间", *(f"{one.name}（{self.unit}）" for one in self.series))
        rows = tuple(
            (label, *(_cell(one.values[at], self.places) for one in self.series))
            for at, label in enumerate(self.labels)
        )
        return Table(self.title, heads, rows)


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """How many got as far as each stage (漏斗), the first stage being all."""

    title: str
    stages: tuple[tuple[str, int], ...]
    unit: str = "件"

    @property
    def is_empty(self) -> bool:
        """Whether nothing came in."""
        return not any(count for _, count in self.stages)

    def table(self) -> Table:
        """Return each stage with its count and its share of the first."""
        heads = ("环节", f"数量（{self.unit}）", f"占{self.stages[0][0]}（%）")
        return Table(
            self.title, heads, tuple((*stage, self.share(stage[1])) for stage in self.stages)
        )

    def share(self, count: int) -> str:
        """Return the share of a count of the first stage, or “—”."""
        return share(count, self.stages[0][1]) or NOTHING


@dataclass(frozen=True, slots=True)
class GridChart:
    """Counts by two things at once (热力图、矩阵), e.g. weekday and hour.

    Attributes:
        counts: one row of counts per row label.
        row_head: what the rows are, e.g. 社区.
        with_totals: sums stand at the end of each row and column.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_head: str = ""
    unit: str = "件"
    with_totals: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether all counts are 0."""
        return not any(map(any, self.counts))

    @property
    def most(self) -> int:
        """The largest count."""
        return max((count for row in self.counts for count in row), default=0)

    def whole(self) -> "GridChart":
        """Return the same with the sums as a last row and a last column, if it shows any."""
        if not self.with_totals:
            return self
        wider = [(*row, sum(row)) for row in self.counts]
        sums = tuple(sum(column) for column in zip(*wider, strict=True))
        return GridChart(
            self.title,
            (*self.rows, _TOTAL),
            (*self.columns, _TOTAL),
            (*wider, sums or (0,) * (len(self.columns) + 1)),
            self.row_head,
            self.unit,
            with_totals=False,
        )

    def table(self) -> Table:
        """Return the counts with their labels and sums."""
        whole = self.whole()
        rows = zip(whole.rows, whole.counts, strict=True)
        return Table(
            self.title,
            (self.row_head, *whole.columns),
            tuple((label, *counts) for label, counts in rows),
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar (条): what it is of, how much, what is said behind it, how much it was before."""

    name: str
    value: Number | None
    detail: str = ""
    before: Number | None = None


@dataclass(frozen=True, slots=True)
class BarsChart:
    """Bars of units, communities or categories one below the other (条形).

    Attributes:
        before_name: what the hollow bars are, e.g. 剔除前; empty without any.
    """

    title: str
    bars: tuple[Bar, ...]
    value_name: str = "数量"
    unit: str = "件"
    places: int = 0
    before_name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no bar with a number."""
        return all(bar.value is None for bar in self.bars)

    def table(self) -> Table:
        """Return each bar with its numbers."""
        heads = ["名称", f"{self.value_name}（{self.unit}）"]
        if self.before_name:
            heads.append(f"{self.before_name}（{self.unit}）")
        return Table(self.title, (*heads, "说明"), tuple(self._rows()))

    def _rows(self) -> Iterable[tuple[Cell, ...]]:
        for bar in self.bars:
            before = (_cell(bar.before, self.places),) if self.before_name else ()
            yield (bar.name, _cell(bar.value, self.places), *before, bar.detail)


Chart: TypeAlias = TrendChart | FunnelChart | GridChart | BarsChart


def say_number(value: Number | None, places: int = 0) -> str:
    """Write a number as charts show it: rounded half up, “—” where there is none."""
    return NOTHING if value is None else rounded(value, places)


def say_chart(chart: Chart) -> str:
    """Say a chart in words, row by row, for those who hear the screen."""
    if chart.is_empty:
        return EMPTY
    table = chart.table()
    return "；".join(
        "，".join(
            [str(row[0])]
            + [
                f"{head} {NOTHING if cell is None else cell}"
                for head, cell in zip(table.heads[1:], row[1:], strict=True)
                if cell != ""
            ]
        )
        for row in table.rows
    )


def _cell(value: Number | None, places: int) -> Cell:
    if value is None:
        return None
    return float(rounded(value, places)) if places else int(rounded(value, 0))
