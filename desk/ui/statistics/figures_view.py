"""The figures of a period (统计数据): large ones above, the table by unit or kind below."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.figure_cases import Figure
from desk.queries.statistics_page import StatisticsPage
from desk.rules.charts import Table
from desk.rules.comparing import Period
from desk.rules.figure_columns import (
    MAIN,
    Column,
    ColumnSet,
    FigureTable,
    figure_table,
    say_beside,
    say_changed,
    say_means,
)
from desk.rules.measures import Measure
from desk.rules.rate_groups import GROUP_LABELS, GroupBy
from desk.ui.scroll_column import scrolled
from desk.ui.statistics.figure_tiles import FigureTiles, Tile
from desk.ui.statistics.figures_table import FiguresTable, Line
from desk.ui.theme import Type, tokens
from desk.ui.widgets.cards import Card, text_label

_LOW = 21  # lines of body type; a lower page shows figures without what they are compared with
_TWICE = "双派的件主办、协办各计一次，所以各行之和可能大于合计。"
_OWN = "只统计您能查看的件，不排名次。"


class FiguresView(QWidget):
    """What stands in large figures and in the table, each leading to its cases.

    Signals:
        figures_wanted: show the cases of these figures; carries them, the most wanted first, and
            how large each is.
    """

    figures_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: StatisticsPage | None = None
        self.figures: FigureTable | None = None
        self.columns = ColumnSet.RATES
        self.tiles = FigureTiles("大数字")
        self.table = FiguresTable("统计表")
        self._card = Card("统计表", note=" ")
        self._note = text_label("", "hint", wraps=True)
        self._card.body.addWidget(self.table, 1)
        self._card.body.addWidget(self._note)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self.tiles)
        column.addWidget(self._card, 1)
        area = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.tiles.opened.connect(self._on_tile)
        self.table.opened.connect(self._on_cell)
        self.table.focused.connect(partial(area.ensureWidgetVisible, self._card))
        self.tiles.focused.connect(partial(area.ensureWidgetVisible, self.tiles))

    def show_page(self, page: StatisticsPage) -> None:
        """Show other figures; what was chosen stays chosen."""
        changed = page.changed
        has_changed = bool(changed.excluded or changed.rated_again)
        self.page = page
        self.figures = figure_table(
            page.compared.report,
            page.by,
            with_ranks=page.is_whole,
            without=changed.without if has_changed else None,
        )
        self.tiles.show_tiles(tiles_of(page))
        self._show_columns()
        if self._card.head is not None:
            self._card.head.set_note(_compared_with(page))
        self._note.setText("　".join(notes_of(page)))

    def turn_columns(self) -> None:
        """Show the next set of columns; the line that was chosen stays chosen."""
        self.columns = self.next_columns()
        self._show_columns()

    def next_columns(self) -> ColumnSet:
        """Return which set comes next."""
        every = list(ColumnSet)
        return every[(every.index(self.columns) + 1) % len(every)]

    def shown(self) -> FigureTable:
        """Return the table with the columns that are on."""
        assert self.figures is not None  # noqa: S101 - asked for only once it was read
        return self.figures.only(self.columns)

    def _show_columns(self) -> None:
        if self.page is None or self.figures is None:
            return
        shown = self.shown()
        lines = [
            Line(tuple(c.words for c in row.cells), is_total=row.key is None) for row in shown.rows
        ]
        self.table.set_lines(shown.heads, lines, names=self.names())
        if self._card.head is not None:
            self._card.head.set_text(f"按{GROUP_LABELS[self.page.by]} · {self.columns}")

    def title(self) -> str:
        """Return what is shown: the period and by what it is kept apart."""
        if self.page is None:
            return ""
        return f"{_days(self.page.compared.period)} 按{GROUP_LABELS[self.page.by]}统计"

    def names(self) -> int:
        """Return which column says what a line is; ranks stand before it."""
        if self.page is None or self.figures is None:
            return 0
        return self.figures.heads.index(GROUP_LABELS[self.page.by])

    def as_table(self) -> Table | None:
        """Return the table as it goes into a workbook."""
        return self.figures.table(self.title()) if self.figures is not None else None

    def take_focus(self) -> None:
        """Put the keyboard on the first large figure."""
        self.tiles.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave quieter words away on a low screen."""
        super().resizeEvent(event)
        self.tiles.set_low(is_low=self.height() < _LOW * tokens().points(Type.BODY) * 2)

    def _on_tile(self, at: int) -> None:
        if self.page is not None:
            self._ask(MAIN[at].measures, self.page.compared.report["total"])

    def _on_cell(self, row: int, column: int) -> None:
        if self.page is None or self.figures is None:
            return
        line, report = self.shown().rows[row], self.page.compared.report
        measures = line.cells[column].measures
        if measures and line.key is None:
            self._ask(measures, report["total"])
        elif measures:
            own = next(one for one in report["rows"] if one["key"] == line.key)
            self._ask(measures, own, self.page.by, line.key)

    def _ask(
        self,
        measures: Sequence[Measure],
        row: Mapping[str, Any],
        by: GroupBy | None = None,
        key: str | None = None,
    ) -> None:
        assert self.page is not None  # noqa: S101 - what was pressed was shown
        period = self.page.compared.period
        self.figures_wanted.emit(
            tuple(Figure(period.first, period.last, one, by=by, key=key) for one in measures),
            tuple(row["counts"][one.value] for one in measures),
        )


def tiles_of(page: StatisticsPage) -> list[Tile]:
    """Return the large figures of a page."""
    return [_tile(page, column) for column in MAIN]


def notes_of(page: StatisticsPage) -> list[str]:
    """Return what has to be known about the figures: whose they are, by which rules."""
    report, changed = page.compared.report, page.changed
    said = say_changed(report, changed.without, changed.excluded, changed.rated_again)
    twice = _TWICE if page.by is GroupBy.UNIT else ""
    rules = f"口径：{report['rules']}。"
    return [
        words
        for words in (said, say_means(report), "" if page.is_whole else _OWN, twice, rules)
        if words
    ]


def _tile(page: StatisticsPage, column: Column) -> Tile:
    total = page.compared.report["total"]
    beside = next((one for one in page.compared.figures if one.name == column.name), None)
    return Tile(column.head, column.shown(total), column.parts(total), say_beside(beside))


def _compared_with(page: StatisticsPage) -> str:
    compared = page.compared
    return (
        f"{_days(compared.period)}；环比 {_days(compared.before)}，同比 {_days(compared.year_ago)}"
    )


def _days(period: Period) -> str:
    return f"{period.first} 至 {period.last}"
