"""Figures in rows and columns (统计表): a cell is chosen with the arrows, Enter leads to cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desk.ui.statistics.frozen_columns import FrozenColumns
from desk.ui.theme import Type, tokens
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.glyphs import spell_missing

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_NARROWEST, _WIDEST = 56, 240
_LEAST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words by column, and whether it is that of all together."""

    words: tuple[str, ...]
    is_total: bool = False


class FiguresTable(QTableWidget):
    """Nothing here can be changed; what is chosen stays chosen when other figures come.

    Args:
        names: which column says what a line is; it is set at the left.

    Signals:
        opened: Enter or a double click on a cell; carries row and column.
        focused: the keyboard has come here.
    """

    opened = Signal(int, int)
    focused = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 0, parent)
        self._names = 0
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens().sizes.row_compact)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        self.setMinimumHeight(_LEAST_ROWS * tokens().sizes.row_compact)
        self.frozen = FrozenColumns(self)
        self.cellDoubleClicked.connect(self.opened)

    def set_lines(self, heads: Sequence[str], lines: Sequence[Line], *, names: int = 0) -> None:
        """Show these lines.

        Args:
            names: the column in which a line says what it is; it stands at the left.
        """
        row = max(self.currentRow(), 0)
        column = names if self.currentColumn() < 0 else self.currentColumn()
        self._names = names
        self.clear()
        self.setColumnCount(len(heads))
        self.setRowCount(len(lines))
        for at, head in enumerate(heads):
            item = QTableWidgetItem(head)
            item.setTextAlignment(self._side(at))
            self.setHorizontalHeaderItem(at, item)
        for at, line in enumerate(lines):
            for column_at, words in enumerate(line.words):
                self.setItem(at, column_at, self._item(words, heads[column_at], column_at, line))
        self._fit_columns(len(heads))
        self.frozen.freeze(names + 1)
        if lines:
            self.setCurrentCell(min(row, len(lines) - 1), min(column, len(heads) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; letters and digits belong to the page."""
        if event.key() in _ENTER and not is_composing():
            if self.currentRow() >= 0:
                self.opened.emit(self.currentRow(), self.currentColumn())
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Show a cell beside the columns that stay, never below them."""
        super().scrollTo(index, hint)
        self.frozen.uncover(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns that stay be as high as the table."""
        super().resizeEvent(event)
        self.frozen.follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell whoever may have to scroll."""
        super().focusInEvent(event)
        self.focused.emit()

    def _item(self, words: str, head: str, column: int, line: Line) -> QTableWidgetItem:
        item = QTableWidgetItem(spell_missing(words))
        item.setTextAlignment(self._side(column))
        whose = line.words[self._names]
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{whose}，{head} {words}")
        if line.is_total:
            item.setFont(tokens().font(Type.BODY, bold=True))
        return item

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return _LEFT if column == self._names else _RIGHT

    def _fit_columns(self, count: int) -> None:
        """Give each column the room of its longest words."""
        self.resizeColumnsToContents()
        for column in range(count):
            wide = min(max(self.columnWidth(column), _NARROWEST), _WIDEST)
            self.setColumnWidth(column, wide)
