"""The large figures of a period (大数字): read across the room, each leads to its cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    CARD_RADIUS,
    edge,
    paint_box,
    paint_focus,
    paint_text,
    text_width,
)

_PAD = 12.0
_LINE = 1.72  # of the points of a line of words
_GAP = 8
_WIDEST = "环比 ↑ +1000.00%"
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure.

    Attributes:
        parts: of how many it is a share (“97/100 件”).
        beside: what it is compared with, line by line (“环比 ↑ +1.02%”).
    """

    words: str
    value: str
    parts: str = ""
    beside: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return "，".join(filter(None, (f"{self.words} {self.value}", self.parts, *self.beside)))


class FigureTile(PaintedButton):
    """Words, the figure large, and quietly what it is a share of and compared with."""

    def __init__(self, tile: Tile) -> None:
        super().__init__(tile.words)
        self._is_low = False
        self.show_tile(tile)

    def show_tile(self, tile: Tile) -> None:
        """Show another figure."""
        self.tile = tile
        self.setText(tile.words)
        self.setAccessibleName(f"{tile.spoken}，按 Enter 看是哪些件")
        self.updateGeometry()
        self.update()

    def set_low(self, *, is_low: bool) -> None:
        """Show words and figure only, where the screen is low."""
        self._is_low = is_low
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the same width for all, to stand in columns; on a low screen the least."""
        look = tokens()
        widest = text_width(look.font(Type.CAPTION), "" if self._is_low else _WIDEST)
        widest = max(widest, text_width(look.font(Type.LABEL), self.tile.words))
        large = text_width(look.font(Type.PHONE), self.tile.value)
        height = _height(Type.LABEL) + _height(Type.PHONE) + _PAD
        if not self._is_low:
            height += 3 * _height(Type.CAPTION)
        return QSize(round(max(widest, large) + 2 * _PAD), round(height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figure on a card of its own."""
        look, painter, area = tokens(), QPainter(self), self.area()
        fill = mixed(look.surface, look.text, 0.05) if self.underMouse() else look.surface
        paint_box(painter, area, fill, edge(look.line), CARD_RADIUS)
        inner = area.adjusted(_PAD, _PAD / 2, -_PAD, -_PAD / 2)
        top = inner.top()
        lines = [
            (self.tile.words, Type.LABEL, look.text2),
            (self.tile.value, Type.PHONE, look.text),
        ]
        if not self._is_low:
            quiet = (self.tile.parts, *self.tile.beside)
            lines += [(words, Type.CAPTION, look.text2) for words in quiet]
        for words, kind, ink in lines:
            line = QRectF(inner.left(), top, inner.width(), _height(kind))
            paint_text(painter, line, words, look.font(kind), ink)
            top += line.height()
        if self.hasFocus():
            paint_focus(painter, area, look, CARD_RADIUS)
        painter.end()


class FigureTiles(QWidget):
    """Figures beside each other; arrows go from one to the next, Enter leads to its cases.

    Signals:
        opened: a figure was pressed; carries its place.
        focused: the keyboard has come to one of them.
    """

    opened = Signal(int)
    focused = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.tiles: list[FigureTile] = []
        self._is_low = False
        self._row = FlowLayout(self, gap=_GAP)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these figures; the keyboard stays where it is."""
        for tile in tiles[len(self.tiles) :]:
            self._add(tile)
        for made, tile in zip(self.tiles, tiles, strict=True):
            made.show_tile(tile)
        self.updateGeometry()

    def set_low(self, *, is_low: bool) -> None:
        """Leave the quieter lines away, where the screen is low."""
        if is_low == self._is_low:
            return
        self._is_low = is_low
        for tile in self.tiles:
            tile.set_low(is_low=is_low)
        self.updateGeometry()

    def spoken(self) -> list[str]:
        """Return the figures as they are read out."""
        return [tile.tile.spoken for tile in self.tiles]

    def take_focus(self, at: int = 0) -> None:
        """Put the keyboard on a figure."""
        if self.tiles:
            self.tiles[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with the arrows; the Tab key stops once at all of them."""
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            at = next((n for n, tile in enumerate(self.tiles) if tile is watched), None)
            if step is not None and at is not None:
                self._stop_at((at + step) % len(self.tiles))
                return True
        return super().eventFilter(watched, event)

    def _add(self, tile: Tile) -> None:
        made, at = FigureTile(tile), len(self.tiles)
        made.set_low(is_low=self._is_low)
        made.installEventFilter(self)
        made.clicked.connect(lambda: self.opened.emit(at))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == 0 else Qt.FocusPolicy.ClickFocus)
        self._row.addWidget(made)
        made.show()
        self.tiles.append(made)

    def _stop_at(self, at: int) -> None:
        for tile in self.tiles:
            is_stop = tile is self.tiles[at]
            policy = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            tile.setFocusPolicy(policy)
        self.tiles[at].setFocus(Qt.FocusReason.TabFocusReason)


def _height(kind: Type) -> float:
    return tokens().points(kind) * _LINE
