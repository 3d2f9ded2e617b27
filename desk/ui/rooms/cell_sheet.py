"""The week and the month (周视图、月视图): cells with what is in them, in one kind of table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk.queries.room_day import RoomBooking
from desk.rules.moments import in_shanghai
from desk.ui.rooms.block_paint import drawn_as, paint_body
from desk.ui.rooms.day_sheet import marked_title, spoken_booking
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.cell_table import CellTable
from desk.ui.widgets.painting import edge, paint_focus, paint_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CELL = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DISPUTE = "纠纷"  # nearly all are; a cell has room for what they are about
_CHOSEN = QStyle.StateFlag.State_Selected


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a day in a room, or a day of a mediator's month.

    Attributes:
        day: None for a cell outside of the month.
        closed: why it is closed; empty where it is open.
        note: a quiet word in the corner (“不当班”).
    """

    day: date | None
    room_id: int | None
    bookings: tuple[RoomBooking, ...] = ()
    head: str = ""
    note: str = ""
    closed: str = ""
    is_today: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says of the cell."""
        if self.day is None:
            return ""
        said = [f"{self.day.month} 月 {self.day.day} 日", self.closed, self.note]
        said += [spoken_booking(one) for one in self.bookings] or ["没有安排"]
        return "，".join(filter(None, said))


class CellModel(QAbstractTableModel):
    """Rows of cells with their heads."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Sequence[Cell]] = ()
        self._above: Sequence[str] = ()
        self._beside: Sequence[str] = ()

    def show(
        self, rows: Sequence[Sequence[Cell]], above: Sequence[str], beside: Sequence[str]
    ) -> None:
        """Show other cells."""
        self.beginResetModel()
        self.rows, self._above, self._beside = rows, above, beside
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._above)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or what is said of it."""
        cell = self.rows[index.row()][index.column()]
        if role == _CELL:
            return cell
        return cell.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the head of a row or column."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self._above if orientation is Qt.Orientation.Horizontal else self._beside)[section]


class CellPainter(QStyledItemDelegate):
    """Paints a cell: its head, its bookings one line each, and how many more there are."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the least that can be read."""
        return QSize(80, round(tokens().points(Type.CAPTION) * 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell: Cell = index.data(_CELL)
        look, area = tokens(), QRectF(option.rect)
        shade = mixed(look.window, look.column, 0.35)
        painter.fillRect(area, shade if cell.closed or cell.day is None else look.surface)
        painter.setPen(edge(look.line))
        rim = area.adjusted(0, 0, -1, -1)
        painter.drawLine(rim.topRight(), rim.bottomRight())
        painter.drawLine(rim.bottomLeft(), rim.bottomRight())
        line = look.points(Type.CAPTION) * 2.1
        inner = area.adjusted(5, 3, -5, -3)
        if cell.head:
            head = QRectF(inner.left(), inner.top(), inner.width(), line)
            ink = look.accent if cell.is_today else look.text
            paint_text(painter, head, cell.head, look.font(Type.LABEL, bold=cell.is_today), ink)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            words = cell.closed or cell.note
            paint_text(painter, head, words, look.font(Type.CAPTION), look.text3, right)
            inner.setTop(inner.top() + line)
        elif cell.closed and not cell.bookings:
            paint_text(painter, inner, cell.closed, look.font(Type.CAPTION), look.text3)
        self._paint_bookings(painter, inner, cell, line)
        if option.state & _CHOSEN and option.state & QStyle.StateFlag.State_Active:
            paint_focus(painter, area.adjusted(1, 1, -1, -1), look, 4)

    def _paint_bookings(self, painter: QPainter, inner: QRectF, cell: Cell, line: float) -> None:
        look = tokens()
        room = max(int(inner.height() // (line + 2)), 1)
        fits = len(cell.bookings) <= room
        for booking in cell.bookings if fits else cell.bookings[: room - 1]:
            box = QRectF(inner.left(), inner.top(), inner.width(), line)
            drawn = drawn_as(booking, look)
            paint_body(painter, box, drawn)
            title = marked_title(booking).removesuffix(_DISPUTE)
            words = f"{in_shanghai(booking.starts_at):%H:%M} {title}"
            small = look.font(Type.CAPTION)
            paint_text(painter, box.adjusted(8, 0, -3, 0), words, small, drawn.ink)
            inner.setTop(inner.top() + line + 2)
        if not fits:
            words = f"还有 {len(cell.bookings) - room + 1} 场"
            paint_text(painter, inner, words, look.font(Type.CAPTION), look.text2)


class CellSheet(CellTable):
    """The cells of a week or a month; Enter opens the day.

    Signals:
        opened: Enter or a double click; carries the Cell.
        moved: the keyboard is at another cell; carries it.
    """

    opened = Signal(object)
    moved = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        cells = CellModel()
        super().__init__(name, cells, CellPainter(), parent)
        self.cells = cells
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(_CELL)))
        self.selectionModel().currentChanged.connect(
            lambda _here, _before: self.moved.emit(self.cell())
        )

    def show_cells(
        self, rows: Sequence[Sequence[Cell]], above: Sequence[str], beside: Sequence[str]
    ) -> None:
        """Show other cells; the keyboard stays where it is, or goes to today."""
        here = self.currentIndex()
        place = (here.row(), here.column()) if here.isValid() else None
        self.cells.show(rows, above, beside)
        least = round(tokens().points(Type.CAPTION) * 6)
        self.verticalHeader().setMinimumSectionSize(least)
        self.verticalHeader().setVisible(any(beside))
        if place is None:
            spots = ((at, row) for at, row in enumerate(rows))
            today = ((r, c) for r, row in spots for c, one in enumerate(row) if one.is_today)
            place = next(today, (0, 0))
        self.setCurrentIndex(self.cells.index(*place))

    def go_to(self, day: date, room_id: int | None = None) -> None:
        """Put the keyboard to a day, in this room if there are rooms."""
        for at, row in enumerate(self.cells.rows):
            for column, one in enumerate(row):
                if one.day == day and room_id in (one.room_id, None):
                    self.setCurrentIndex(self.cells.index(at, column))
                    return

    def cell(self) -> Cell | None:
        """Return the cell at the keyboard."""
        here = self.currentIndex()
        return self.cells.rows[here.row()][here.column()] if here.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; letters and digits search for nothing here."""
        if event.key() in _ENTER:
            self.opened.emit(self.cell())
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
