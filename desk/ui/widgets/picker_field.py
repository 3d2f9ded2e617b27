"""Choosing from a list while typing (选择栏): by words, pinyin letters, arrows or digits."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk.ui.theme import Type, tokens
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.painting import paint_box, paint_text, text_width
from desk.ui.widgets.pick_item import PickItem, PickList

_NUMBERED = 9
_MOST_ROWS = 8
_BORDER = 4
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_ITEM = Qt.ItemDataRole.UserRole
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MOST_ROWS,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    """The choices that fit, in memory."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: list[PickItem] = []

    def show(self, items: Iterable[PickItem]) -> None:
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == _ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.label} {item.note}".rstrip()
        return None


class _RowPainter(QStyledItemDelegate):
    """Draws number, label and note of a choice."""

    def __init__(self, parent: QObject, *, numbered: bool) -> None:
        super().__init__(parent)
        self._numbered = numbered

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, tokens().sizes.row_compact)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = tokens()
        item: PickItem = index.data(_ITEM)
        area = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_box(painter, area, look.accent_tint, None)
        left = area.left() + 8
        if self._numbered:
            if index.row() < _NUMBERED:
                box = QRectF(left, area.center().y() - 9, 18, 18)
                paint_box(painter, box, look.column, None, 3)
                number = str(index.row() + 1)
                paint_text(painter, box, number, look.font(Type.CAPTION), look.text2, _MIDDLE)
            left += 26
        body, small = look.font(Type.BODY), look.font(Type.CAPTION)
        row = QRectF(left, area.top(), area.right() - 8 - left, area.height())
        note = min(text_width(small, item.note), row.width() / 2) if item.note else 0
        paint_text(painter, row.adjusted(0, 0, -note - 8, 0), item.label, body, look.text)
        if note:
            spot = QRectF(row.right() - note, row.top(), note + 1, row.height())
            paint_text(painter, spot, item.note, small, look.text3, _RIGHT)


class PickerField(CheckedField):
    """A field whose content is one of a list; what was typed is never cleared.

    Signals:
        chosen: another choice stands in the field; carries its id, or None.
    """

    chosen = Signal(object)
    stays_after_list = False  # whether Enter in the list leaves the caret here, to write on

    def __init__(
        self,
        label: str,
        items: Iterable[PickItem] = (),
        *,
        hint: str = "",
        required: bool = False,
        numbered: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, check=self._judge, hint=hint, required=required, parent=parent)
        self._is_required, self._numbered = required, numbered
        self._list = PickList(items)
        self._value: PickItem | None = None
        self._rows = _Rows(self)
        self._popup: QListView | None = None
        self.edit.installEventFilter(self)
        self.changed.connect(self._on_changed)

    def set_items(self, items: Iterable[PickItem]) -> None:
        """Offer other choices; what stands in the field stays."""
        self._list = PickList(items)

    def value(self) -> object | None:
        """Return the id of what was chosen."""
        return self._value.id if self._value is not None else None

    def set_value(self, wanted: object | None) -> None:
        """Choose by id; None empties the field."""
        item = self._list.with_id(wanted) if wanted is not None else None
        self._take(item)

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def offered(self) -> list[str]:
        """Return the labels in the open list, from the top."""
        return [item.label for item in self._rows.items]

    def open_list(self) -> None:
        """Show everything that fits what was typed."""
        typed = "" if self._value is not None else self.text()
        self._show(self._list.matching(typed))

    def close_list(self) -> None:
        """Put the list away."""
        if self._popup is not None:
            self._popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move in the list, while nobody is composing."""
        kind = event.type()
        if kind == QEvent.Type.FocusOut:
            self._settle()
        elif kind == QEvent.Type.Resize and self._popup is not None and self.is_open():
            # it opened before its panel had its room
            QTimer.singleShot(0, self._popup, partial(self._place, self._popup))
        elif kind in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            if isinstance(event, QKeyEvent) and not is_composing():
                return self._on_key(event, is_press=kind == QEvent.Type.KeyPress)
        elif kind == QEvent.Type.MouseButtonPress and not self.is_open():
            self.open_list()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent, *, is_press: bool) -> bool:
        key = event.key()
        if key in _MOVES and event.modifiers() in {_NONE, _KEYPAD}:
            if is_press:
                self._move(_MOVES[Qt.Key(key)])
            return is_press
        if not self.is_open():
            return False
        if key == Qt.Key.Key_Escape:
            event.accept()  # closes this layer only
            if is_press:
                self.close_list()
            return True
        if not is_press:
            return False
        if key in _ENTER or key == Qt.Key.Key_Tab:
            has_taken = self._take_current()
            # the field itself goes on, unless there is more to write behind what was taken
            return has_taken and self.stays_after_list and key in _ENTER
        return self._on_digit(event.text())

    def _on_digit(self, text: str) -> bool:
        if not (self._numbered and len(text) == 1 and text in "123456789"):
            return False
        row = int(text) - 1
        if row >= len(self._rows.items):
            return False
        self._take(self._rows.items[row])
        return True

    def _move(self, by: int) -> None:
        if not self.is_open():
            self.open_list()
            return
        assert self._popup is not None  # noqa: S101 - open means made
        last = len(self._rows.items) - 1
        row = min(max(self._popup.currentIndex().row() + by, 0), last)
        self._popup.setCurrentIndex(self._rows.index(row))

    def _on_changed(self, text: str) -> None:
        if self._value is not None and text == self._value.label:
            return
        if self._value is not None:
            self._value = None
            self.chosen.emit(None)
        if self.edit.hasFocus():
            self._show(self._list.matching(text))

    def _take_current(self) -> bool:
        assert self._popup is not None  # noqa: S101 - only called while it is open
        row = self._popup.currentIndex().row()
        is_there = 0 <= row < len(self._rows.items)
        if is_there:
            self._take(self._rows.items[row])
        return is_there

    def _take(self, item: PickItem | None) -> None:
        is_other = item != self._value
        self._value = item
        self.close_list()
        self.set_text(item.label if item is not None else "")
        self.close_list()
        if is_other:
            self.chosen.emit(item.id if item is not None else None)

    def _settle(self) -> None:
        """On leaving, take the only thing that the text can mean."""
        self.close_list()
        if self._value is None and self.text().strip():
            exact = self._list.labelled(self.text())
            fitting = self._list.matching(self.text())
            if exact is not None or len(fitting) == 1:
                self._take(exact or fitting[0])

    def _judge(self, text: str) -> FieldState:
        if self._value is not None:
            return FieldState()
        if text.strip():
            return FieldState(Check.BAD, f"列表里没有“{text.strip()}”，请从列表里选一项。")
        if self._is_required:
            return FieldState(Check.BAD, f"请选择{self._label}。")
        return FieldState()

    def _show(self, items: Iterable[PickItem]) -> None:
        self._rows.show(items)
        if not self._rows.items:
            self.close_list()
            return
        popup = self._popup or self._make_popup()
        self._place(popup)
        popup.setCurrentIndex(self._rows.index(0))
        popup.show()
        popup.raise_()

    def _place(self, popup: QListView) -> None:
        """Put the list below its line, as wide as that; above it where there is no room."""
        rows = min(len(self._rows.items), _MOST_ROWS)
        height = rows * tokens().sizes.row_compact + 2 * _BORDER
        window = self.window()
        below = self.edit.mapTo(window, QPoint(0, self.edit.height() + 2))
        if below.y() + height > window.height():
            above = self.edit.mapTo(window, QPoint(0, -2)).y() - height
            below.setY(max(above, 0))
        popup.setGeometry(QRect(below, QSize(self.edit.width(), height)))

    def _make_popup(self) -> QListView:
        """Make the list as a child of the window: it never takes the focus from the line."""
        popup = QListView(self.window())
        popup.setProperty("kind", "popup")
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.setParent(popup)  # the view may see a last event after the field has gone
        popup.setModel(self._rows)
        popup.setItemDelegate(_RowPainter(popup, numbered=self._numbered))
        popup.setAccessibleName(f"{self._label}：可选的项目")
        popup.setUniformItemSizes(True)
        popup.clicked.connect(lambda index: self._take(index.data(_ITEM)))
        self.destroyed.connect(popup.deleteLater)
        self._popup = popup
        return popup


_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
