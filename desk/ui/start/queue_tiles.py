"""Large counts side by side (队列的数): a digit or a click chooses the queue behind one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    BUTTON_RADIUS,
    edge,
    key_cap_width,
    paint_box,
    paint_focus,
    paint_key_cap,
    paint_text,
    text_width,
)

_PAD = 12.0


@dataclass(frozen=True, slots=True)
class TileItem:
    """One queue: its words; whether what waits there should worry."""

    id: object
    words: str
    is_grave: bool = False


class QueueTile(PaintedButton):
    """A count with its words and the digit that chooses it."""

    def __init__(self, item: TileItem, digit: str, parent: QWidget | None = None) -> None:
        super().__init__(item.words, parent)
        self._item, self._digit = item, digit
        self._count = 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    @property
    def item(self) -> TileItem:
        """Which queue this is."""
        return self._item

    def count(self) -> int:
        """Return how many wait."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how many wait."""
        self._count = count
        self.setAccessibleName(f"{self._item.words} {count} 件")
        self.setAccessibleDescription(f"按 {self._digit} 看这一队")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the words, with the count above them."""
        look = tokens()
        words = text_width(look.font(Type.BODY, bold=True), self._item.words)
        return QSize(round(words + 2 * _PAD), look.sizes.exit)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the count, the digit and the words."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        ground = look.accent_tint if self.isChecked() else look.surface
        if self.underMouse():
            ground = mixed(ground, look.text, 0.05)
        rim = edge(look.accent, 2.0) if self.isChecked() else edge(look.line)
        paint_box(painter, area, ground, rim, BUTTON_RADIUS + 1)
        inner = area.adjusted(_PAD, 6, -_PAD, -6)
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.6)
        low = QRectF(inner.left(), top.bottom(), inner.width(), inner.height() * 0.4)
        ink = look.text if self._count else look.text3
        if self._count and self._item.is_grave:
            ink = look.colour("danger")
        paint_text(painter, top, str(self._count), look.font(Type.PHONE), ink)
        cap = key_cap_width(look, self._digit)
        key = QRectF(top.right() - cap, top.top(), cap, top.height())
        paint_key_cap(painter, key, self._digit, look)
        font = look.font(Type.BODY, bold=self.isChecked())
        paint_text(painter, low, self._item.words, font, look.text if self._count else look.text2)
        if self.hasFocus():
            paint_focus(painter, area, look, BUTTON_RADIUS + 1)
        painter.end()


class QueueTiles(QWidget):
    """All queues in one row, each as wide as the others.

    Signals:
        chosen: another queue is to be shown; carries its id.
    """

    chosen = Signal(object)

    def __init__(self, items: Sequence[TileItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("六个队列")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._tiles = [QueueTile(item, str(at), self) for at, item in enumerate(items, start=1)]
        for tile in self._tiles:
            row.addWidget(tile, 1)
            tile.clicked.connect(lambda _on=False, one=tile: self.chosen.emit(one.item.id))

    def tile(self, wanted: object) -> QueueTile:
        """Return the tile of a queue."""
        return next(tile for tile in self._tiles if tile.item.id == wanted)

    def set_current(self, wanted: object) -> None:
        """Mark the queue that is shown."""
        for tile in self._tiles:
            tile.setChecked(tile.item.id == wanted)

    def press(self, typed: str) -> bool:
        """Choose by a digit; return whether it named a queue."""
        if len(typed) != 1 or typed not in "123456789" or int(typed) > len(self._tiles):
            return False
        self._tiles[int(typed) - 1].click()
        return True
