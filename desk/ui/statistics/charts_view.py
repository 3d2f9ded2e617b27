"""The charts of a period (统计图): one at a time, large; Enter leads to its numbers and cases."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.queries.statistics_charts import ChartOf
from desk.rules.charts import Cell, Table
from desk.ui.desk import Desk
from desk.ui.scroll_column import scrolled
from desk.ui.statistics.chart_picture import ChartPicture
from desk.ui.statistics.figures_table import FiguresTable, Line
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import is_composing

_PICTURE, _NUMBERS = range(2)
_HINTS = ("Enter 看数字", "Enter 看是哪些件，Esc 回到图")
_NO_CASES = "这个数没有单独的件清单，请看同一行的其他数字。"


class ChartsView(QWidget):
    """Which chart, its picture, and behind it the table of its numbers.

    Signals:
        figures_wanted: show the cases of these figures; how large they are is not told.
        said: a sentence for the status line.
    """

    figures_wanted = Signal(object, object)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._charts: Sequence[ChartOf] = ()
        self.days = ""
        self.chips = ChoiceChips("哪张图", small=True)
        self.picture = ChartPicture(lambda work, done: desk.work(work, owner=self, done=done))
        self.numbers = FiguresTable("图的数字")
        self._card = Card("统计图", note=" ")
        self._hint = text_label(_HINTS[_PICTURE], "hint")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.numbers)
        self._card.body.addWidget(self._stack, 1)
        self._card.body.addWidget(self._hint)
        inside = QWidget()
        only = QVBoxLayout(inside)
        only.setContentsMargins(0, 0, 0, 0)
        only.addWidget(self._card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self.chips)
        column.addWidget(scrolled(inside), 1)
        self.chips.chosen.connect(self._on_chosen)
        self.picture.entered.connect(self.show_numbers)
        self.numbers.opened.connect(self._on_number)

    def show_charts(self, charts: Sequence[ChartOf]) -> None:
        """Show the charts of another period; the kind of chart stays."""
        name = self.chips.value()
        self._charts = charts
        names = [one.name for one in charts]
        self.chips.set_choices([Choice(one, one) for one in names])
        self.chips.set_value(name if name in names else names[0])
        self._show()

    def current(self) -> ChartOf | None:
        """Return the chart that is shown."""
        return next((one for one in self._charts if one.name == self.chips.value()), None)

    def as_table(self) -> Table | None:
        """Return the numbers of the chart as they go into a workbook."""
        found = self.current()
        return found.chart.table() if found is not None else None

    def show_numbers(self) -> None:
        """Show the numbers instead of the picture."""
        if self.current() is not None:
            self._turn(_NUMBERS)
            self.numbers.setFocus()

    def show_picture(self) -> None:
        """Show the picture again."""
        self._turn(_PICTURE)
        self.picture.setFocus()

    def take_focus(self) -> None:
        """Put the keyboard on what is shown."""
        (self.picture, self.numbers)[self._stack.currentIndex()].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a chart by its digit; go back from the numbers with Esc."""
        text = event.text()
        is_shown = self._stack.currentIndex() == _NUMBERS
        if event.key() == Qt.Key.Key_Escape and is_shown and not is_composing():
            self.show_picture()
        elif text.isdecimal() and 1 <= int(text) <= len(self._charts):
            self.chips.set_value(self._charts[int(text) - 1].name)
            self._show()
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, _name: object) -> None:
        self._show()

    def _turn(self, which: int) -> None:
        self._stack.setCurrentIndex(which)
        self._hint.setText(_HINTS[which])

    def _show(self) -> None:
        found = self.current()
        if found is None:
            return
        table = found.chart.table()
        if self._card.head is not None:
            self._card.head.set_text(found.chart.title)
        self.picture.show_chart(found.chart)
        last = len(table.rows) - 1
        has_sums = len(found.figures) > len(getattr(found.chart, "rows", found.figures))
        lines = [
            Line(tuple(map(_words, row)), is_total=has_sums and at == last)
            for at, row in enumerate(table.rows)
        ]
        self.numbers.set_lines(table.heads, lines)

    def _on_number(self, row: int, column: int) -> None:
        found = self.current()
        if found is None:
            return
        figures = found.figures[row]
        at = max(column - 1, 0)
        figure: Any = figures[at] if at < len(figures) else None
        if figure is None:
            self.said.emit(_NO_CASES)
        else:
            self.figures_wanted.emit((figure,), ())


def _words(cell: Cell) -> str:
    if cell is None:
        return "—"
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
