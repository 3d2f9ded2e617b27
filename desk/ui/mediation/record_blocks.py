"""The record as it is written (笔录): who said what, one block each, in large text.

Ctrl and a digit begin what somebody says next; Enter makes a line, as in every text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.queries.record_desk import SaidBlock
from desk.rules.moments import in_shanghai
from desk.ui.theme import Type, say_state, tokens
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.text_area import TextArea

_MOST_LINES = 40
_NAME_SIGNS = 7


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in the room: how the record calls him, and what he is."""

    name: str
    role: str


def joined(mine: Iterable[SaidBlock], theirs: Iterable[SaidBlock]) -> list[SaidBlock]:
    """Return two versions of a record as one: nothing of either is lost, and my order stays.

    What only they have comes in where it was said by the clock. A block that both have, one of
    them longer, is kept in its longer version.
    """
    kept, place = list(mine), 0
    for block in theirs:
        key = (block.who, block.at)
        same = next((at for at, one in enumerate(kept) if (one.who, one.at) == key), None)
        if same is None:
            while place < len(kept) and kept[place].at <= block.at:
                place += 1
            kept.insert(place, block)
        elif block.text.startswith(kept[same].text):
            kept[same], place = block, same
        elif kept[same].text.startswith(block.text):
            place = same
        else:
            place = same + 1
            kept.insert(place, block)
        place += 1
    return kept


class BlockText(TextArea):
    """The words of one block; Backspace in an empty one takes the block away.

    Signals:
        emptied: the block is not wanted.
    """

    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take an empty block away with Backspace."""
        if event.key() == Qt.Key.Key_Backspace and not self.text() and not is_composing():
            self.emptied.emit()
            return
        super().keyPressEvent(event)

    def _set_line_height(self) -> None:
        """Write larger than in forms: both sides read along."""
        super()._set_line_height()
        self.document().setDefaultFont(tokens().font(Type.SECTION))


class BlockRow(QFrame):
    """One block: who and when at the left, the words beside them."""

    def __init__(self, who: str, at: datetime, text: str = "") -> None:
        super().__init__()
        self.who, self.at = who, at
        say_state(self, kind="inner")
        self.words = BlockText(f"{who} 说", lines=1, most=_MOST_LINES)
        self._name = text_label(who, "strong", wraps=True)
        self._name.setFixedWidth(self._name.fontMetrics().horizontalAdvance("字") * _NAME_SIGNS)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 4, 6, 4)
        line.setSpacing(8)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._name)
        self._time = text_label(f"{in_shanghai(at):%H:%M}", "caption")
        head.addWidget(self._time)
        head.addStretch()
        line.addLayout(head)
        line.addWidget(self.words, 1)
        if text:
            self.words.set_text(text)

    def call(self, who: str, at: datetime) -> None:
        """Give the block to another speaker, who begins now."""
        self.who, self.at = who, at
        self._time.setText(f"{in_shanghai(at):%H:%M}")
        self._name.setText(who)
        self.words.setAccessibleName(f"{who} 说")

    def block(self) -> SaidBlock:
        """Return the block as plain data."""
        return SaidBlock(self.who, self.words.text(), self.at)


class RecordPane(QScrollArea):
    """All blocks of a sitting, the newest at the foot.

    Signals:
        edited: something was said, given to somebody else, or taken away.
        speaker_changed: the keyboard went to another's words; carries the name.
    """

    edited = Signal()
    speaker_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[BlockRow] = []
        inner = QWidget()
        say_state(inner, ground="clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)  # takes what the blocks do not need
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("调解笔录")
        self._is_filling = False
        self.verticalScrollBar().rangeChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """Return as much room as the page can give."""
        return QSize(640, 480)

    def blocks(self) -> list[SaidBlock]:
        """Return what was said, empty blocks left out."""
        found = [row.block() for row in self.rows]
        return [block for block in found if block.text.strip()]

    def fill(self, blocks: Sequence[SaidBlock]) -> None:
        """Show these blocks instead."""
        self._is_filling = True
        while self.rows:
            self._drop(self.rows[-1])
        for block in blocks:
            self._add(block.who, block.at, block.text)
        self._is_filling = False

    def say(self, who: str, at: datetime) -> None:
        """Begin what somebody says next; an empty block is given to him instead."""
        row = self._current()
        if row is None or row.words.text().strip():
            row = self._add(who, at)
        else:
            row.call(who, at)
        self.go_to(row)
        self.edited.emit()

    def go_to_end(self) -> None:
        """Put the keyboard behind the last word."""
        if self.rows:
            self.go_to(self.rows[-1])

    def go_to(self, row: BlockRow) -> None:
        """Put the keyboard into a block, and scroll there once it has been laid out."""
        row.words.setFocus()
        self.speaker_changed.emit(row.who)
        QTimer.singleShot(0, row, self._follow)

    def _follow(self) -> None:
        """Keep the block that has the keyboard in sight while blocks grow."""
        row = next((row for row in self.rows if row.words.hasFocus()), None)
        if row is not None:
            self.ensureWidgetVisible(row, 0, 12)

    def _current(self) -> BlockRow | None:
        """Return the last block; what is said next always follows it."""
        return self.rows[-1] if self.rows else None

    def _add(self, who: str, at: datetime, text: str = "") -> BlockRow:
        row = BlockRow(who, at, text)
        row.words.text_changed.connect(self._on_edited)
        row.words.emptied.connect(lambda: self._take_away(row))
        self._column.insertWidget(len(self.rows), row)
        self.rows.append(row)
        return row

    def _take_away(self, row: BlockRow) -> None:
        at = self.rows.index(row)
        if len(self.rows) == 1:
            return
        self._drop(row)
        self.go_to(self.rows[max(at - 1, 0)])
        self.edited.emit()

    def _drop(self, row: BlockRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_edited(self, _text: str) -> None:
        if not self._is_filling:
            self.edited.emit()


def as_plain(blocks: Iterable[SaidBlock]) -> list[dict[str, Any]]:
    """Return blocks as a draft keeps them."""
    return [{"who": one.who, "text": one.text, "at": one.at.isoformat()} for one in blocks]


def from_plain(rows: Iterable[dict[str, Any]]) -> list[SaidBlock]:
    """Return the blocks of a draft."""
    return [
        SaidBlock(str(row["who"]), str(row["text"]), datetime.fromisoformat(str(row["at"])))
        for row in rows
    ]
