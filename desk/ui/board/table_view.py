"""The board as a table (表格): the same rows in the same order, one line each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desk.queries.case_board import BoardRow
from desk.ui.board.card_paint import ROW_ROLE, face_of
from desk.ui.board.column_model import (
    CLOCK,
    COMMUNITY,
    LEVEL,
    NUMBER,
    RECEIVED,
    STATUS,
    SUMMARY,
    UNIT,
    CaseTable,
    LoadPage,
)
from desk.ui.theme import tokens
from desk.ui.widgets.chip_paint import level_chip_size, paint_level_chip
from desk.ui.widgets.clock_paint import paint_clock_chip

_WIDTHS = {
    NUMBER: 72, LEVEL: 66, STATUS: 100, COMMUNITY: 92, UNIT: 116, RECEIVED: 142, CLOCK: 196,
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class CellPainter(QStyledItemDelegate):
    """Draws levels and clocks as the chips they are everywhere else."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        if index.column() not in {LEVEL, CLOCK}:
            super().paint(painter, option, index)
            return
        look = tokens()
        row: BoardRow = index.data(ROW_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.accent_tint)
        area = QRectF(option.rect)
        if index.column() == LEVEL:
            size = level_chip_size(row.urgency, look)
            top = area.center().y() - size.height() / 2
            spot = QRectF(area.left() + 8, top, size.width(), size.height())
            paint_level_chip(painter, spot, row.urgency, look)
            return
        face = face_of(row, self._clock())
        if face is not None:
            height = float(look.sizes.clock_chip)
            top = area.center().y() - height / 2
            chip = QRectF(area.left() + 4, top, area.width() - 8, height)
            paint_clock_chip(painter, chip, face, look)


class BoardTable(QTableView):
    """Lines of the board; Enter opens, digits are the screen's.

    Signals:
        entered: Enter or a double click on the current line.
        digit_pressed: 1 to 9 on the current line.
        current_changed: another line is current.
    """

    entered = Signal()
    digit_pressed = Signal(int)
    current_changed = Signal()

    def __init__(
        self,
        load: LoadPage,
        unit_names: Mapping[int, str],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._texts: dict[int, str] = {}
        self.lines = CaseTable(load, unit_names, clock, self)
        self.setModel(self.lines)
        self.setItemDelegate(CellPainter(clock, self))
        self.setAccessibleName("案件表格")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self._build_heads()
        self.doubleClicked.connect(lambda _index: self.entered.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.current_changed.emit())

    def show_rows(self, rows: Sequence[BoardRow], *, total: int) -> None:
        """Show these rows; the current line and the scroll position stay."""
        current, scrolled = self.current_row(), self.verticalScrollBar().value()
        here = self.currentIndex().row()
        self.lines.show(rows, total=total)
        if current is not None and rows:
            position = self.lines.pages.position(current.id)
            at = min(here, len(rows) - 1) if position is None else position
            self.setCurrentIndex(self.lines.index(at, 0))
        self.verticalScrollBar().setValue(scrolled)

    def current_row(self) -> BoardRow | None:
        """Return the line that is current."""
        index = self.currentIndex()
        return self.lines.row(index) if index.isValid() else None

    def select_case(self, case_id: int) -> bool:
        """Make a case current if its line has been read."""
        position = self.lines.pages.position(case_id)
        if position is not None:
            self.setCurrentIndex(self.lines.index(position, 0))
        return position is not None

    def take_keyboard(self) -> None:
        """Put the keyboard on the current line, or on the first."""
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, 0))
        self.setFocus()

    def repaint_clocks(self) -> None:
        """Paint again only the clocks on screen whose words have changed."""
        now = self._clock()
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height())
        last = self.lines.rowCount() - 1 if last < 0 else last
        texts: dict[int, str] = {}
        for at in range(first, last + 1):
            row = self.lines.pages.rows[at]
            face = face_of(row, now)
            texts[row.id] = "" if face is None else f"{face.state}{face.text}"
            if texts[row.id] != self._texts.get(row.id):
                self.viewport().update(self.visualRect(self.lines.index(at, CLOCK)))
        self._texts = texts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and digits; leave Esc to the screen."""
        plain = event.modifiers() in {_NONE, _KEYPAD}
        if plain and event.key() in _ENTER:
            self.entered.emit()
        elif plain and event.text() and event.text() in "123456789":
            self.digit_pressed.emit(int(event.text()))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _build_heads(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(tokens().sizes.row)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(SUMMARY, QHeaderView.ResizeMode.Stretch)
        for section, width in _WIDTHS.items():
            head.resizeSection(section, width)
