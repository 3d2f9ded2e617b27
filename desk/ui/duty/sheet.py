"""The month on screen (值班表): days down, posts across, as it hangs on the wall.

A month has up to 31 days and a hall a handful of posts: days down, the names stand in one line
and nobody has to read them one character below the other.
"""

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

from desk.queries.roster import DutyCell, DutyDay, DutyMonth, DutyPostView
from desk.rules.clock_faces import ClockState
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.cell_table import CellTable
from desk.ui.widgets.painting import edge, paint_focus, paint_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CELL = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DIGITS = "123456789"
_NOBODY = "没有人"


class DutyModel(QAbstractTableModel):
    """A month of the roster, in memory."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.month: DutyMonth | None = None
        self.today: date | None = None

    def show(self, month: DutyMonth, today: date) -> None:
        """Show another month."""
        self.beginResetModel()
        self.month, self.today = month, today
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many days there are."""
        return 0 if parent.isValid() or self.month is None else len(self.month.days)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many posts there are."""
        return 0 if parent.isValid() or self.month is None else len(self.month.posts)

    def day_at(self, row: int) -> DutyDay:
        """Return a day."""
        assert self.month is not None  # noqa: S101 - there are rows
        return self.month.days[row]

    def post_at(self, column: int) -> DutyPostView:
        """Return a post."""
        assert self.month is not None  # noqa: S101 - there are columns
        return self.month.posts[column]

    def cell_at(self, index: Index) -> DutyCell:
        """Return a cell."""
        assert self.month is not None  # noqa: S101 - there are cells
        day, post = self.day_at(index.row()), self.post_at(index.column())
        return self.month.cell(post.id, day.day)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, its words, or what is said of it."""
        cell = self.cell_at(index)
        if role == _CELL:
            return cell
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return "\n".join(filter(None, (cell.text, cell.phone, cell.note)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            day, post = self.day_at(index.row()), self.post_at(index.column())
            rest = "休息日" if day.is_rest else ""
            who = cell.text or (_NOBODY if cell.is_needed else "不用值班")
            return f"{day.day.month} 月 {day.day.day} 日{day.weekday}{rest}，{post.name}，{who}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the head of a day or of a post."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.post_at(section).name
        day = self.day_at(section)
        today = " 今天" if day.day == self.today else ""
        return f"{day.day.day} {day.weekday}{day.mark}{today}"


class DutyPainter(QStyledItemDelegate):
    """Paints a cell: its names; a gap has words and an edge, a day of rest a shade."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the least that can be read."""
        return QSize(80, tokens().sizes.row_compact)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, DutyModel)  # noqa: S101 - made for it
        cell, day = model.cell_at(index), model.day_at(index.row())
        look, area = tokens(), QRectF(option.rect)
        shade = mixed(look.window, look.column, 0.35)
        painter.fillRect(area, shade if day.is_rest else look.surface)
        painter.setPen(edge(look.line))
        rim = area.adjusted(0, 0, -1, -1)
        painter.drawLine(rim.topRight(), rim.bottomRight())
        painter.drawLine(rim.bottomLeft(), rim.bottomRight())
        words = area.adjusted(7, 0, -5, 0)
        if cell.people:
            bold = any(one.is_lead for one in cell.people)
            paint_text(painter, words, cell.text, look.font(Type.LABEL, bold=bold), look.text)
        elif cell.is_needed:
            ink = look.clocks[ClockState.NEAR].text
            paint_text(painter, words, _NOBODY, look.font(Type.CAPTION), ink)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_focus(painter, area.adjusted(1, 1, -1, -1), look, 4)


class DutySheet(CellTable):
    """The roster of a month; Enter writes into a cell, digits put an offered name there.

    Signals:
        moved: the keyboard is at another cell; carries the DutyCell, or None.
        opened: Enter or a double click.
        named: a digit was pressed; carries which of the offered names is meant, from 0.
    """

    moved = Signal(object)
    opened = Signal()
    named = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        duties = DutyModel()
        super().__init__("值班表", duties, DutyPainter(), parent)
        self.duties = duties
        above, beside = self.horizontalHeader(), self.verticalHeader()
        above.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        above.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("字") * 7)
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultSectionSize(tokens().sizes.row_compact)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.selectionModel().currentChanged.connect(
            lambda _here, _before: self.moved.emit(self.cell())
        )

    def show_month(self, month: DutyMonth, today: date) -> None:
        """Show a month; the keyboard stays at its cell, or goes to today."""
        here = self.currentIndex()
        before = self.duties.month
        is_same = before is not None and before.first == month.first
        place = (here.row(), here.column()) if here.isValid() and is_same else None
        self.duties.show(month, today)
        if place is None:
            is_now = (today.year, today.month) == (month.first.year, month.first.month)
            place = (today.day - 1 if is_now else 0, max(here.column(), 0))
        self.setCurrentIndex(self.duties.index(*place))

    def cell(self) -> DutyCell | None:
        """Return the cell at the keyboard."""
        here = self.currentIndex()
        return self.duties.cell_at(here) if here.isValid() else None

    def go_to(self, post: int, day: date) -> None:
        """Put the keyboard to a cell."""
        month = self.duties.month
        if month is None:
            return
        column = next((at for at, one in enumerate(month.posts) if one.id == post), 0)
        self.setCurrentIndex(self.duties.index(day.day - 1, column))

    def go_down(self) -> None:
        """Go on to the same post's next day."""
        here = self.currentIndex()
        if here.row() + 1 < self.duties.rowCount():
            self.setCurrentIndex(self.duties.index(here.row() + 1, here.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write with Enter, name with a digit; other letters belong to the page."""
        if event.key() in _ENTER:
            self.opened.emit()
        elif event.text() and event.text() in _DIGITS:
            self.named.emit(int(event.text()) - 1)
        elif event.text().strip() or event.key() in {
            Qt.Key.Key_Space,
            Qt.Key.Key_Home,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        }:
            event.ignore()
        else:
            super().keyPressEvent(event)
