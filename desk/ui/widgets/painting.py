"""Small strokes that every painted widget and delegate shares."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desk.ui.keys import shown
from desk.ui.theme import Tokens, Type
from desk.ui.widgets.glyphs import spell_missing

CHIP_RADIUS = 4.0
BUTTON_RADIUS = 5.0
CARD_RADIUS = 8.0
_CAP_RADIUS = 3.0
_CAP_PADDING = 5.0
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignCenter


def paint_box(
    painter: QPainter,
    rect: QRectF,
    fill: QColor | None,
    pen: QPen | None = None,
    radius: float = CHIP_RADIUS,
) -> None:
    """Draw a rounded box whose edge lies wholly inside `rect`."""
    half = pen.widthF() / 2 if pen is not None else 0.0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen if pen is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def edge(colour: QColor, width: float = 1.0, *, dashed: bool = False) -> QPen:
    """Return a pen for the edge of a box."""
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
    if dashed:
        pen.setDashPattern([3.0, 2.0])
    return pen


def paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    """Write one line into `rect`, cut with “…” only where there is no room."""
    fitting = spell_missing(text)
    if text_width(font, text) > rect.width() + 0.5:
        elide = Qt.TextElideMode.ElideRight
        fitting = QFontMetricsF(font).elidedText(fitting, elide, rect.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, fitting)


@lru_cache(maxsize=4096)
def text_width(font: QFont, text: str) -> float:
    """Return how wide one line of `text` is."""
    return QFontMetricsF(font).horizontalAdvance(spell_missing(text))


def key_cap_width(tokens: Tokens, key: str) -> float:
    """Return how wide the cap of `key` is painted."""
    return max(
        text_width(tokens.font(Type.CAPTION), shown(key)) + 2 * _CAP_PADDING,
        float(tokens.sizes.badge),
    )


def paint_key_cap(
    painter: QPainter,
    rect: QRectF,
    key: str,
    tokens: Tokens,
    *,
    on: QColor | None = None,
) -> None:
    """Draw the cap of `key` in the middle of `rect`; `on` is the ink on a filled ground."""
    height = float(tokens.sizes.badge)
    box = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
    ink = on if on is not None else tokens.text2
    fill = None if on is not None else tokens.sunken
    paint_box(painter, box, fill, edge(ink if on is not None else tokens.edge), _CAP_RADIUS)
    paint_text(painter, box, shown(key), tokens.font(Type.CAPTION), ink, _MIDDLE)


def paint_focus(painter: QPainter, rect: QRectF, tokens: Tokens, radius: float) -> None:
    """Draw the two pixel edge that says where the keyboard is."""
    paint_box(painter, rect, None, edge(tokens.accent, 2.0), radius)


def paint_badge(painter: QPainter, rect: QRectF, text: str, tokens: Tokens, fill: QColor) -> None:
    """Draw a count in a round-ended box."""
    paint_box(painter, rect, fill, None, rect.height() / 2)
    paint_text(painter, rect, text, tokens.font(Type.CAPTION, bold=False), tokens.nav_text, _MIDDLE)


def centre_line(rect: QRectF, left: float, right: float) -> tuple[QPointF, QPointF]:
    """Return the ends of a line through the middle of `rect`."""
    return QPointF(left, rect.center().y()), QPointF(right, rect.center().y())
