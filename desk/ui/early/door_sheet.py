"""The grid into which a sheet is typed back (录入走访表): a digit goes on, Enter goes down.

It looks like the sheet on the counter: the same rows, the same columns, the same numbers.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk.rules.clock_faces import ClockState
from desk.ui.early.door_model import DoorModel, Index
from desk.ui.theme import Type, tokens
from desk.ui.widgets.cell_table import CellTable
from desk.ui.widgets.painting import edge, paint_focus, paint_text

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GONE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_DIGITS = "0123456789"


class DoorPainter(QStyledItemDelegate):
    """Paints a cell: what calls for a closer look is bold and has the colour of a warning."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the least that can be read."""
        return QSize(44, tokens().sizes.row_compact)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, DoorModel)  # noqa: S101 - made for it
        look, area = tokens(), QRectF(option.rect)
        is_telling = model.is_telling(index)
        clock = look.clocks[ClockState.NEAR]
        painter.fillRect(area, clock.tint if is_telling else look.surface)
        painter.setPen(edge(look.line))
        rim = area.adjusted(0, 0, -1, -1)
        painter.drawLine(rim.topRight(), rim.bottomRight())
        painter.drawLine(rim.bottomLeft(), rim.bottomRight())
        is_words = index.column() == model.words_column
        side = Qt.AlignmentFlag.AlignLeft if is_words else Qt.AlignmentFlag.AlignHCenter
        ink = clock.text if is_telling else look.text
        font = look.font(Type.LABEL if is_words else Type.BODY, bold=is_telling)
        words = str(model.data(index) or "")
        inner = area.adjusted(6, 0, -6, 0)
        paint_text(painter, inner, words, font, ink, Qt.AlignmentFlag.AlignVCenter | side)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_focus(painter, area.adjusted(1, 1, -1, -1), look, 4)


class DoorSheet(CellTable):
    """All doors of a walk.

    Signals:
        moved: the keyboard is at another cell.
        words_wanted: Enter in the column of words.
        refused: a number that is no answer there; carries the sentence.
    """

    moved = Signal()
    words_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.doors = DoorModel()
        super().__init__("走访录入", self.doors, DoorPainter(), parent)
        above, beside = self.horizontalHeader(), self.verticalHeader()
        above.setMinimumSectionSize(40)
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultSectionSize(tokens().sizes.row_compact)
        self.doors.modelReset.connect(self._fit)
        self.selectionModel().currentChanged.connect(lambda _here, _before: self.moved.emit())

    def go_to(self, row: int, column: int = 0) -> None:
        """Put the keyboard to a cell."""
        if 0 <= row < self.doors.rowCount():
            self.setCurrentIndex(self.doors.index(row, column))

    def go_down(self) -> None:
        """Go on to the next door."""
        self.go_to(self.currentIndex().row() + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type a digit and go on; Enter goes to the next door, in the last column it writes."""
        here = self.currentIndex()
        if not here.isValid():
            super().keyPressEvent(event)
        elif event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if here.column() == self.doors.words_column:
                self.words_wanted.emit()
            else:
                self.go_down()
        elif event.text() and event.text() in _DIGITS:
            self._type(here, int(event.text()))
        elif event.key() in _GONE:
            self.doors.put_number(here, 0)
        elif event.key() == Qt.Key.Key_Space:
            self.go_to(here.row(), self.doors.words_column)
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _type(self, here: Index, number: int) -> None:
        if not self.doors.put_number(here, number):
            self.refused.emit(f"这一栏没有 {number}。{self.doors.asked(here.column())}")
            return
        is_away = here.column() == 0 and number > 1  # nobody was there: on to the next door
        if is_away:
            self.go_down()
        else:
            self.go_to(here.row(), here.column() + 1)

    def _fit(self) -> None:
        above = self.horizontalHeader()
        if not self.doors.columnCount():
            return
        above.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        above.setDefaultSectionSize(44)
        above.setSectionResizeMode(self.doors.words_column, QHeaderView.ResizeMode.Stretch)
