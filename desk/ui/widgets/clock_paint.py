"""Paints the chip of a clock (时限): shape, edge and word carry the state, colour only helps.

Widgets and delegates share these functions, so a chip looks the same wherever it stands.
"""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from desk.rules.clock_faces import ClockFace, ClockState
from desk.ui.theme import Tokens, Type, mixed
from desk.ui.widgets.painting import CHIP_RADIUS, edge, paint_box, paint_text, text_width

_SHAPE = 14.0
_PAD = 8.0
_GAP = 6.0
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_QUIET = frozenset({ClockState.STOP, ClockState.WAIT, ClockState.NOT_APPLICABLE})
_EDGES = {ClockState.WARN: 1.0, ClockState.NEAR: 1.5, ClockState.PAUSE: 1.0, ClockState.WAIT: 1.0}
_DASHED = frozenset({ClockState.PAUSE, ClockState.WAIT})


def clock_chip_size(face: ClockFace, tokens: Tokens) -> QSizeF:
    """Return the room that the chip of `face` needs."""
    name = text_width(tokens.font(Type.CAPTION), face.name)
    time = text_width(tokens.font(Type.LABEL, bold=True), face.text)
    width = _PAD + _SHAPE + _GAP + name + _GAP + time + _PAD
    return QSizeF(width, tokens.sizes.clock_chip)


def paint_clock_chip(painter: QPainter, rect: QRectF, face: ClockFace, tokens: Tokens) -> None:
    """Draw the chip of `face` into `rect`: shape, name, and the time at the right."""
    painter.save()
    colours = tokens.clocks[face.state]
    paint_box(painter, rect, colours.tint, clock_edge(face.state, tokens), CHIP_RADIUS)
    shape = QRectF(rect.left() + _PAD, rect.center().y() - _SHAPE / 2, _SHAPE, _SHAPE)
    paint_clock_shape(painter, shape, face.state, tokens)
    name_font, time_font = tokens.font(Type.CAPTION), _time_font(face, tokens)
    inner = rect.adjusted(_PAD + _SHAPE + _GAP, 0, -_PAD, 0)
    time = min(text_width(time_font, face.text), inner.width())
    name = QRectF(inner.left(), inner.top(), inner.width() - time - _GAP / 2, inner.height())
    if text_width(name_font, face.name) <= name.width() + 1:
        paint_text(painter, name, face.name, name_font, colours.text)
    paint_text(painter, inner, face.text, time_font, colours.text, _RIGHT)
    painter.restore()


def clock_edge(state: ClockState, tokens: Tokens) -> QPen | None:
    """Return the pen of the chip's edge; calm states have none."""
    width = _EDGES.get(state)
    if width is None:
        return None
    colours = tokens.clocks[state]
    ink = colours.text if state is ClockState.NEAR else mixed(colours.text, colours.tint, 0.4)
    return edge(ink, width, dashed=state in _DASHED)


def paint_clock_shape(
    painter: QPainter,
    rect: QRectF,
    state: ClockState,
    tokens: Tokens,
    ink: QColor | None = None,
) -> None:
    """Draw the shape of `state` alone: ring, half disc, triangle, octagon, tick, bars."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _SHAPES[state](painter, rect, tokens, ink or tokens.clocks[state].text)
    painter.restore()


def _time_font(face: ClockFace, tokens: Tokens) -> QFont:
    return tokens.font(Type.LABEL, bold=face.state not in _QUIET)


def _stroke(painter: QPainter, ink: QColor, width: float = 1.8) -> None:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _ring(painter: QPainter, rect: QRectF, _tokens: Tokens, ink: QColor) -> None:
    _stroke(painter, ink)
    painter.drawEllipse(rect.adjusted(1.5, 1.5, -1.5, -1.5))


def _half(painter: QPainter, rect: QRectF, tokens: Tokens, ink: QColor) -> None:
    _ring(painter, rect, tokens, ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPie(rect.adjusted(1.5, 1.5, -1.5, -1.5), 90 * 16, 180 * 16)


def _triangle(painter: QPainter, rect: QRectF, tokens: Tokens, ink: QColor) -> None:
    left, right = rect.left() + 0.7, rect.right() - 0.7
    corners = [
        QPointF(rect.center().x(), rect.top() + 1.2),
        QPointF(right, rect.bottom() - 1.2),
        QPointF(left, rect.bottom() - 1.2),
    ]
    _stroke(painter, ink, 1.4)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF(corners))
    _call(painter, rect.translated(0, rect.height() * 0.09), tokens.clocks[ClockState.NEAR].tint)


def _octagon(painter: QPainter, rect: QRectF, tokens: Tokens, ink: QColor) -> None:
    radius = rect.width() / 2 - 0.4
    turn = [pi / 8 + corner * pi / 4 for corner in range(8)]
    middle = rect.center()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(
        QPolygonF([middle + QPointF(cos(a) * radius, sin(a) * radius) for a in turn])
    )
    _call(painter, rect, tokens.clocks[ClockState.OVER].tint)


def _call(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    """Draw “!” inside a filled shape, as strokes: a font's glyph would blur at this size."""
    x, y, unit = rect.center().x(), rect.center().y(), rect.height() / 14
    _stroke(painter, ink, 1.7 * unit)
    painter.drawLine(QPointF(x, y - 3.0 * unit), QPointF(x, y + 0.6 * unit))
    painter.drawPoint(QPointF(x, y + 3.1 * unit))


def _tick(painter: QPainter, rect: QRectF, _tokens: Tokens, ink: QColor) -> None:
    unit = rect.width() / 14
    _stroke(painter, ink)
    path = QPainterPath(QPointF(rect.left() + 2 * unit, rect.top() + 7.4 * unit))
    path.lineTo(rect.left() + 5.4 * unit, rect.top() + 10.8 * unit)
    path.lineTo(rect.left() + 12 * unit, rect.top() + 3.6 * unit)
    painter.drawPath(path)


def _bars(painter: QPainter, rect: QRectF, _tokens: Tokens, ink: QColor) -> None:
    unit = rect.width() / 14
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for left in (3.0, 8.4):
        bar = QRectF(rect.left() + left * unit, rect.top() + 2 * unit, 2.6 * unit, 10 * unit)
        painter.drawRoundedRect(bar, unit, unit)


def _dotted_ring(painter: QPainter, rect: QRectF, _tokens: Tokens, ink: QColor) -> None:
    pen = QPen(ink, 1.5)
    pen.setDashPattern([1.6, 1.6])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect.adjusted(1.5, 1.5, -1.5, -1.5))


def _dash(painter: QPainter, rect: QRectF, _tokens: Tokens, ink: QColor) -> None:
    _stroke(painter, ink)
    middle = rect.center()
    painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))


_SHAPES = {
    ClockState.OK: _ring,
    ClockState.WARN: _half,
    ClockState.NEAR: _triangle,
    ClockState.OVER: _octagon,
    ClockState.STOP: _tick,
    ClockState.PAUSE: _bars,
    ClockState.WAIT: _dotted_ring,
    ClockState.NOT_APPLICABLE: _dash,
}
