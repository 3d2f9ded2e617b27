"""The blocks of one form of another platform (回填): each is copied by its digit, or one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from desk.exchange.copy_blocks import Block

_NUMBERED = 9
_EMPTY = "（这一件没有填）"


class BlockList(QListWidget):
    """Blocks in the order of the fields there; Enter or a digit copies one, 0 copies all.

    Signals:
        wanted: this block is to be copied; carries its place.
        all_wanted: all of them together.
    """

    wanted = Signal(int)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: tuple[Block, ...] = ()
        self._copied: set[int] = set()
        self.setAccessibleName("回填的栏目")
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.itemActivated.connect(lambda _item: self.wanted.emit(self.currentRow()))

    def set_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these blocks; the first one is next."""
        at = max(self.currentRow(), 0) if len(blocks) == len(self.blocks) else 0
        self.blocks = tuple(blocks)
        self._copied.clear()
        self.clear()
        self.addItems([self._words(place) for place in range(len(blocks))])
        self.setCurrentRow(min(at, len(blocks) - 1))

    def mark_copied(self, place: int) -> None:
        """Tick a block that was copied, and go on to the next."""
        self._copied.add(place)
        item: QListWidgetItem = self.item(place)
        item.setText(self._words(place))
        self.setCurrentRow(min(place + 1, self.count() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by a digit; everything else as lists do."""
        typed = event.text()
        if typed.isdecimal() and typed.isascii() and not event.modifiers():
            if typed == "0":
                self.all_wanted.emit()
            elif int(typed) <= self.count():
                self.wanted.emit(int(typed) - 1)
            return
        super().keyPressEvent(event)

    def _words(self, place: int) -> str:
        block = self.blocks[place]
        number = f"{place + 1}  " if place < _NUMBERED else ""
        tick = "　✓ 已复制" if place in self._copied else ""
        return f"{number}{block.heading}{tick}\n{block.text or _EMPTY}"
