"""A line of text in which what was found stands out (命中处): bold and underlined."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from desk.rules.marks import marks
from desk.ui.widgets.glyphs import spell_missing
from desk.ui.widgets.painting import edge, paint_text

_UNDER = 2.0  # pixels between letters and line


def paint_marked(
    painter: QPainter, rect: QRectF, text: str, words: Sequence[str], look: tuple[QFont, QColor]
) -> None:
    """Write one line into `rect`, the words in it bold and underlined, cut where no room is left.

    Args:
        words: as they were searched.
        look: font and ink; what is marked has the bold of this font.
    """
    font, ink = look
    bold = QFont(font)
    bold.setBold(True)
    left = rect.left()
    for piece, is_marked in _pieces(text, words):
        own = bold if is_marked else font
        wide = QFontMetricsF(own).horizontalAdvance(spell_missing(piece))
        room = QRectF(left, rect.top(), min(wide, rect.right() - left), rect.height())
        paint_text(painter, room, piece, own, ink)
        if is_marked:
            _underline(painter, room, own, ink)
        left += wide
        if left >= rect.right():
            return


def _pieces(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    pieces, last = [], 0
    for first, behind in marks(text, words):
        pieces += [(text[last:first], False), (text[first:behind], True)]
        last = behind
    return [(piece, is_marked) for piece, is_marked in [*pieces, (text[last:], False)] if piece]


def _underline(painter: QPainter, room: QRectF, font: QFont, ink: QColor) -> None:
    metrics = QFontMetricsF(font)
    base = room.center().y() + (metrics.ascent() - metrics.descent()) / 2 + _UNDER
    painter.setPen(edge(ink, 1.5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawLine(QPointF(room.left(), base), QPointF(room.right(), base))
    painter.setBrush(Qt.BrushStyle.NoBrush)
