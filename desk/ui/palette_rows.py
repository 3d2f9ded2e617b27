"""The lines of the palette (查找结果行): painted, 44 pixels high, grouped by what they are."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk.ui.theme import Type, tokens
from desk.ui.widgets.marked_text import paint_marked
from desk.ui.widgets.painting import key_cap_width, paint_box, paint_key_cap, paint_text, text_width

_ITEM = Qt.ItemDataRole.UserRole
_GROUP = 52
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


def _nothing() -> None:
    """Do nothing; the default of a row that only says something."""


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One line: what it is, why it was found, and what Enter does.

    Attributes:
        words: what is marked wherever it stands in the line, as it was searched.
    """

    group: str
    head: str
    note: str
    why: str
    mark: str = ""
    key: str = ""
    carry_out: Callable[[], object] = _nothing
    words: tuple[str, ...] = ()


class PaletteRows(QAbstractListModel):
    """What was found, in memory."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[PaletteRow] = []

    def show(self, rows: list[PaletteRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def insert(self, at: int, rows: list[PaletteRow]) -> None:
        """Show further rows before the one at this place; the others stay as they are."""
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self.rows[at:at] = rows
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row for the painter, and its words for readers of the screen."""
        row = self.rows[index.row()]
        if role == _ITEM:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            words = (row.group, row.head, row.note, row.mark, row.why)
            return "，".join(word for word in words if word)
        return None

    def starts_group(self, index: Index) -> bool:
        """Return whether a row is the first of its group."""
        at = index.row()
        return at == 0 or self.rows[at - 1].group != self.rows[at].group


class PaletteList(QListView):
    """What was found, one row chosen; the keyboard stays where one types.

    Attributes:
        leaves: asked with the chosen row and the one that is wanted below it; returns whether to
            wait for rows that come between.

    Signals:
        spoken: another row was chosen; carries it in words, or nothing.
    """

    spoken = Signal(str)

    def __init__(self, row_height: int) -> None:
        super().__init__()
        self.leaves: Callable[[int, int], bool] = lambda _here, _there: False
        self._rows = PaletteRows(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowPainter(self, height=row_height))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("kind", "cards")
        self.setAccessibleName("找到的")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def rows(self) -> tuple[PaletteRow, ...]:
        """Return what is shown, from the top."""
        return tuple(self._rows.rows)

    def show_rows(self, rows: list[PaletteRow]) -> None:
        """Show other rows, the first one chosen."""
        self._rows.show(rows)
        self.spoken.emit("")
        if rows:
            self.choose(0)

    def insert_rows(self, at: int, rows: list[PaletteRow]) -> None:
        """Show further rows at this place, the first of them chosen."""
        self._rows.insert(at, rows)
        self.choose(at)

    def move_by(self, step: int) -> None:
        """Choose a row further down or up."""
        here, last = self.currentIndex().row(), len(self._rows.rows) - 1
        if last >= 0 and not self.leaves(here, here + step):
            self.choose(min(max(here + step, 0), last))

    def choose(self, row: int) -> None:
        """Make a row the chosen one."""
        index = self._rows.index(row)
        self.setCurrentIndex(index)
        words = index.data(Qt.ItemDataRole.AccessibleTextRole)
        self.spoken.emit(f"第 {row + 1} 行，共 {len(self._rows.rows)} 行：{words}")


class RowPainter(QStyledItemDelegate):
    """Draws group, head and note, the mark at the right, and why below."""

    def __init__(self, parent: QObject, *, height: int) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a line."""
        return QSize(200, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        look = tokens()
        row: PaletteRow = index.data(_ITEM)
        area = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_box(painter, area, look.accent_tint, None, 4)
        small, body = look.font(Type.CAPTION), look.font(Type.BODY)
        model = index.model()
        if isinstance(model, PaletteRows) and model.starts_group(index):
            group = QRectF(area.left() + 8, area.top(), _GROUP - 8, area.height())
            paint_text(painter, group, row.group, small, look.text3)
        words = area.adjusted(_GROUP, 2, -10, -2)
        upper = words.adjusted(0, 0, 0, -words.height() / 2) if row.why else words
        right = self._paint_right(painter, words, row)
        head = QRectF(upper.left(), upper.top(), _width(body, row.head), upper.height())
        paint_marked(painter, head, row.head, row.words, (body, look.text))
        note = QRectF(head.right() + 10, upper.top(), right - head.right() - 18, upper.height())
        paint_marked(painter, note, row.note, row.words, (small, look.text2))
        if row.why:
            lower = QRectF(words.left(), upper.bottom(), words.width(), words.height() / 2)
            ink = look.text2 if row.words else look.text3
            paint_marked(painter, lower, row.why, row.words, (small, ink))

    def _paint_right(self, painter: QPainter, words: QRectF, row: PaletteRow) -> float:
        """Draw status or key at the right and return where they begin."""
        look = tokens()
        if row.key:
            width = key_cap_width(look, row.key)
            cap = QRectF(words.right() - width, words.top(), width, words.height())
            paint_key_cap(painter, cap, row.key, look)
            return cap.left()
        if row.mark:
            words = words.adjusted(0, 0, 0, -words.height() / 2) if row.why else words
            paint_text(painter, words, row.mark, look.font(Type.LABEL), look.text2, _RIGHT)
            return words.right() - text_width(look.font(Type.LABEL), row.mark)
        return words.right()


def _width(font: QFont, text: str) -> float:
    """Return the room of a text that may be marked as a whole, and is bold then."""
    bold = QFont(font)
    bold.setBold(True)
    return max(text_width(font, text), text_width(bold, text)) + 2
