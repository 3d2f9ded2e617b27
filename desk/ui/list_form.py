"""A list at the left, the form of the chosen line at the right (左列右表)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desk.rules.search_text import canonical
from desk.ui.keys import GlobalKey
from desk.ui.theme import Type, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import TextLine
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.painting import paint_box, paint_text, text_width

_NOTE = Qt.ItemDataRole.UserRole
_LIST = 300
_ROOM_FOR_BOTH = 600  # below that a form would be cut beside its list
_OF_LINES, _OF_ONE = "lines", "one"
_SMALLEST_NOTE = 28
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of the list."""

    id: object
    label: str
    note: str = ""


class LinePainter(QStyledItemDelegate):
    """Draws the label, and the quieter note at the right as far as there is room."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a line."""
        return QSize(120, tokens().sizes.row_compact)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        look = tokens()
        area = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_box(painter, area, look.accent_tint, None, 4)
        words = area.adjusted(10, 0, -8, 0)
        label, note = str(index.data() or ""), str(index.data(_NOTE) or "")
        body, small = look.font(Type.BODY), look.font(Type.CAPTION)
        wide = min(text_width(body, label) + 2, words.width())
        paint_text(painter, words, label, body, look.text)
        room = words.adjusted(wide + 10, 0, 0, 0)
        if note and room.width() > _SMALLEST_NOTE:
            side = _RIGHT if text_width(small, note) < room.width() else _LEFT
            paint_text(painter, room, note, small, look.text3, side)


class ListForm(QWidget):
    """The frame that 管理 and the set-up share; what is in the form is theirs.

    Ctrl+Enter presses the main button, as in every form.

    Signals:
        chosen: another line was chosen; carries its id.
        fresh_wanted: a new line is to be made.
    """

    chosen = Signal(object)
    fresh_wanted = Signal()

    def __init__(self, name: str, fresh: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[ListLine] = ()
        self._mains: list[KeyButton] = []
        self._shown: list[ListLine] = []  # ids stay in Python: Qt would change some of them
        self._filter = TextLine()
        self._filter.setPlaceholderText(f"在{name}里找")
        self._filter.setAccessibleName(f"在{name}里找")
        self._list = QListWidget()
        self._list.setAccessibleName(name)
        self._list.setItemDelegate(LinePainter(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count = text_label("", "hint")
        self._fresh = KeyButton(fresh, icon="add") if fresh else None
        self.head = text_label("", "section")
        self.note = text_label("", "hint", wraps=True)
        self.body = QVBoxLayout()
        self.buttons = QHBoxLayout()
        self._scroll = QScrollArea()
        self.turn = ChoiceChips("看哪一栏", numbered=False, small=True)
        self.turn.set_choices([Choice(_OF_LINES, f"{name}单"), Choice(_OF_ONE, "选中的一条")])
        self.turn.set_value(_OF_LINES)
        self._left, self._right = Card(), Card()
        self._build()
        self.turn.chosen.connect(lambda _part: self._arrange())
        self._list.itemActivated.connect(lambda _item: self.show_form())
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self._on_finish)
        self._filter.textChanged.connect(self._show)
        self._list.currentRowChanged.connect(self._on_current)
        if self._fresh is not None:
            self._fresh.clicked.connect(self._on_fresh)

    def set_lines(self, lines: Sequence[ListLine], current: object = None) -> None:
        """Show these lines; the chosen one stays chosen if it is still there."""
        self._lines = lines
        self._show(current=current if current is not None else self.current())

    def current(self) -> object:
        """Return the id of the chosen line."""
        row = self._list.currentRow()
        return self._shown[row].id if 0 <= row < len(self._shown) else None

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        self._list.setFocus()

    def choose(self, wanted: object) -> None:
        """Choose a line by its id; None chooses none."""
        rows = (row for row, line in enumerate(self._shown) if line.id == wanted)
        self._list.setCurrentRow(next(rows, -1) if wanted is not None else -1)

    @property
    def is_narrow(self) -> bool:
        """Whether list and form have no room beside each other: they take turns then."""
        return self.width() < _ROOM_FOR_BOTH

    def show_form(self) -> None:
        """Show the form where only one of both has room."""
        self.turn.set_value(_OF_ONE)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether there is room for both."""
        super().resizeEvent(event)
        self._arrange()

    def say(self, head: str, note: str = "", *, is_bad: bool = False) -> None:
        """Name what the form is about, and what is to be known about it."""
        say_state(self.note, role="hint", state="bad" if is_bad else "")
        self.head.setText(head)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._scroll.verticalScrollBar().setValue(0)  # where it is read

    def _build(self) -> None:
        left, right = self._left, self._right
        left.body.addWidget(self._filter)
        left.body.addWidget(self._list, 1)
        left.body.addWidget(self._count)
        if self._fresh is not None:
            left.body.addWidget(self._fresh)
        right.body.addWidget(self.head)
        inside = QWidget()
        say_state(inside, ground="clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.note)  # scrolls along: on a low screen it leaves room for the form
        column.addLayout(self.body)
        column.addStretch()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inside)
        right.body.addWidget(self._scroll, 1)
        self.buttons.setSpacing(8)
        right.body.addLayout(self.buttons)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.turn)
        whole.addLayout(row, 1)
        self._arrange()

    def _arrange(self) -> None:
        is_narrow, of_one = self.is_narrow, self.turn.value() == _OF_ONE
        self.turn.setVisible(is_narrow)
        self._left.setMinimumWidth(0 if is_narrow else _LIST)
        self._left.setMaximumWidth(_ROOM_FOR_BOTH if is_narrow else _LIST)
        self._left.setVisible(not (is_narrow and of_one))
        self._right.setVisible(of_one or not is_narrow)

    def add_button(self, label: str, kind: ButtonKind = ButtonKind.PLAIN) -> KeyButton:
        """Put a button below the form; of the main ones at most one is seen at a time."""
        made = KeyButton(label, GlobalKey.FINISH if kind is ButtonKind.MAIN else "", kind=kind)
        self.buttons.addWidget(made)
        if kind is ButtonKind.MAIN:
            self._mains.append(made)
        return made

    def _on_finish(self) -> None:
        for one in self._mains:
            if one.isVisible():
                one.click()
                return

    def _show(self, _text: str = "", *, current: object = None) -> None:
        keep = current if current is not None else self.current()
        words = [word for word in canonical(self._filter.text()).split("\n") if word]
        self._shown = [
            line
            for line in self._lines
            if all(word in canonical([line.label, line.note]) for word in words)
        ]
        self._list.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._list.clear()
        for line in self._shown:
            item = QListWidgetItem(line.label)
            item.setData(_NOTE, line.note)
            item.setToolTip(line.note)
            self._list.addItem(item)
        self._list.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._count.setText(
            f"共 {len(self._lines)} 项"
            if len(self._shown) == len(self._lines)
            else f"{len(self._shown)} / {len(self._lines)} 项"
        )
        self.choose(keep)

    def _on_current(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            self.chosen.emit(self._shown[row].id)

    def _on_fresh(self) -> None:
        self.choose(None)
        self.show_form()
        self.fresh_wanted.emit()
