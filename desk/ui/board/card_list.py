"""One column of the board (看板列): its head with counts that equal the rows, and its cards."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desk.queries.case_board import BoardRow
from desk.rules.clock_faces import ClockState
from desk.ui.board.card_paint import CardPainter, face_of
from desk.ui.board.column_model import CaseColumn, Index
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip

_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EMPTY = "这一列现在没有件。"


class CardList(QListView):
    """The cards of a column; arrows move between columns too, digits are the screen's.

    Signals:
        side_asked: the keyboard wants to go to the column beside; carries -1 or 1.
        entered: Enter on a card.
        digit_pressed: 1 to 9 on a card.
        current_changed: another card is the current one.
        focused: the keyboard came into this column.
    """

    side_asked = Signal(int)
    entered = Signal()
    digit_pressed = Signal(int)
    current_changed = Signal()
    focused = Signal()

    def __init__(self, model: CaseColumn, painter: CardPainter, name: str) -> None:
        super().__init__()
        self.cards, self._painter = model, painter
        self._seen: dict[int, tuple[str, ClockState]] = {}
        self.setModel(model)
        self.setItemDelegate(painter)
        self.setProperty("kind", "cards")
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff  # the foot says what lies below
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setTabKeyNavigation(False)

    def current_row(self) -> BoardRow | None:
        """Return the card that is current."""
        index = self.currentIndex()
        return self.cards.row(index) if index.isValid() else None

    def select_at(self, position: int) -> None:
        """Make a card current, as far down as there are cards."""
        last = self.cards.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.cards.index(min(max(position, 0), last), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take arrows to the side, Enter and digits; leave Esc to the screen."""
        key, plain = event.key(), event.modifiers() in {_NONE, _KEYPAD}
        if plain and key in _SIDES:
            self.side_asked.emit(_SIDES[Qt.Key(key)])
        elif plain and key in _ENTER:
            self.entered.emit()
        elif plain and event.text() and event.text() in "123456789":
            self.digit_pressed.emit(int(event.text()))
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the board; a column that was tabbed into shows a current card."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.select_at(0)
        self.focused.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the board."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def repaint_clocks(self, now: datetime) -> None:
        """Paint again only the chips on screen whose words have changed since the last look."""
        seen: dict[int, tuple[str, ClockState]] = {}
        for at in self.visible_rows():
            row = self.cards.pages.rows[at]
            face = face_of(row, now)
            if face is None:
                continue
            seen[row.id] = (face.text, face.state)
            before = self._seen.get(row.id)
            if before == seen[row.id]:
                continue
            rect = self.visualRect(self.cards.index(at, 0))
            same_edge = before is not None and before[1] is face.state
            self.viewport().update(self._painter.chip_rect(rect) if same_edge else rect)
        self._seen = seen

    def visible_rows(self) -> range:
        """Return the rows that can be seen at least in part."""
        count = self.cards.rowCount()
        if not count:
            return range(0)
        first = self.indexAt(self.viewport().rect().topLeft())
        height = max(self.sizeHintForIndex(self.cards.index(0, 0)).height(), 1)
        start = first.row() if first.isValid() else 0
        most = self.viewport().height() // height + 2
        return range(start, min(start + most, count))

    def rows_below(self, total: int) -> int:
        """Return how many cards lie wholly below the lower edge, unread ones included."""
        height = self.viewport().height()
        fully = [
            at
            for at in self.visible_rows()
            if self.visualRect(self.cards.index(at, 0)).bottom() <= height + 8
        ]
        return max(total - (fully[-1] + 1), 0) if fully else total


class BoardColumn(QFrame):
    """A column: name, how many, how many overdue, the cards, and what lies below.

    Args:
        name: the stage.
        model: its cards.
    """

    def __init__(
        self,
        name: str,
        model: CaseColumn,
        unit_names: Mapping[int, str],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        say_state(self, kind="column")
        self.name, self.total = name, 0
        self.painter = CardPainter(unit_names, clock, self)
        self.list = CardList(model, self.painter, name)
        self._count = text_label("0", "label")
        self._late = StatusChip("", Tone.BAD, icon="error")
        self._foot = text_label("", "hint")
        self._foot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 2, 0)
        head.setSpacing(6)
        head.addWidget(text_label(name, "strong"))
        head.addWidget(self._count)
        head.addStretch()
        head.addWidget(self._late)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 6)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)
        self.list.verticalScrollBar().valueChanged.connect(self.show_foot)

    def show_counts(self, total: int, late: int) -> None:
        """Show how many cards the stage has, and how many of them are overdue."""
        self.total = total
        self._count.setText(str(total))
        self._late.set_status(f"超{late}", Tone.BAD)
        self._late.setVisible(late > 0)
        self.list.setAccessibleDescription(f"共 {total} 件，超期 {late} 件")
        self.show_foot()

    def counts(self) -> tuple[int, int]:
        """Return what the head says: all, overdue."""
        late = int(self._late.text().removeprefix("超")) if not self._late.isHidden() else 0
        return int(self._count.text()), late

    def show_foot(self) -> None:
        """Say what lies below."""
        below = self.list.rows_below(self.total)
        if not self.total:
            self._foot.setText(_EMPTY)
        elif below:
            self._foot.setText(f"向下还有 {below} 件")
        else:
            self._foot.setText("已全部显示")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say anew what lies below."""
        super().resizeEvent(event)
        self.show_foot()


_NONE = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
