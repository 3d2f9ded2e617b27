"""Paints the small words on cards (状态、级别): shared by chips, cards and delegates."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desk.rules.clock_faces import ClockState
from desk.rules.codes import Urgency
from desk.rules.wording import label
from desk.ui.icons import paint_icon
from desk.ui.theme import Tokens, Type
from desk.ui.widgets.painting import CHIP_RADIUS, edge, paint_box, paint_text, text_width

_PAD = 7.0
_GAP = 4.0
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class Tone(StrEnum):
    """What a small chip stands for, and so how it is filled."""

    NOW = "now"  # where things stand: accent tint
    PAST = "past"  # what is over, or not yet: grey
    GOOD = "good"  # answered, delivered: green
    WARN = "warn"  # wants a look: orange edge
    BAD = "bad"  # overdue, refused: solid red
    PLUM = "plum"  # mediation
    OUTLINED = "outlined"  # neutral, on a tinted ground


def chip_size(text: str, tokens: Tokens, icon: str = "") -> QSizeF:
    """Return the room that a small chip with `text` needs."""
    width = text_width(tokens.font(Type.CAPTION), text) + 2 * _PAD
    if icon:
        width += tokens.sizes.icon_small + _GAP
    return QSizeF(width, tokens.sizes.chip)


def paint_chip(
    painter: QPainter, rect: QRectF, text: str, tone: Tone, tokens: Tokens, icon: str = ""
) -> None:
    """Draw a small chip with `text` into `rect`."""
    painter.save()
    dress = _dress(tone, tokens)
    paint_box(painter, rect, dress.fill, dress.pen, CHIP_RADIUS)
    inner = rect
    if icon:
        side = float(tokens.sizes.icon_small)
        spot = QRectF(rect.left() + _PAD, rect.center().y() - side / 2, side, side)
        paint_icon(painter, icon, spot, dress.ink)
        inner = rect.adjusted(_PAD + side + _GAP, 0, 0, 0)
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft if icon else _MIDDLE
    paint_text(painter, inner, text, tokens.font(Type.CAPTION), dress.ink, align)
    painter.restore()


def level_chip_size(urgency: Urgency, tokens: Tokens) -> QSizeF:
    """Return the room that the chip of a level needs."""
    return chip_size(label(urgency), tokens)


def paint_level_chip(painter: QPainter, rect: QRectF, urgency: Urgency, tokens: Tokens) -> None:
    """Draw a level: 紧急 solid, 快处 outlined, 常态 grey; levels are not colours."""
    painter.save()
    stop = tokens.clocks[ClockState.STOP]
    dress = {
        Urgency.URGENT: _Dress(tokens.text, tokens.surface),
        Urgency.FAST: _Dress(tokens.surface, tokens.text, edge(tokens.text)),
        Urgency.ROUTINE: _Dress(stop.tint, tokens.text2),
    }[urgency]
    paint_box(painter, rect, dress.fill, dress.pen, CHIP_RADIUS)
    paint_text(painter, rect, label(urgency), tokens.font(Type.CAPTION), dress.ink, _MIDDLE)
    painter.restore()


@dataclass(frozen=True, slots=True)
class _Dress:
    """Ground, ink and edge of a chip."""

    fill: QColor
    ink: QColor
    pen: QPen | None = None


def _dress(tone: Tone, tokens: Tokens) -> _Dress:
    ok, stop = tokens.clocks[ClockState.OK], tokens.clocks[ClockState.STOP]
    near, over = tokens.clocks[ClockState.NEAR], tokens.clocks[ClockState.OVER]
    return {
        Tone.NOW: _Dress(tokens.accent_tint, tokens.accent),
        Tone.PAST: _Dress(stop.tint, tokens.text2),
        Tone.GOOD: _Dress(ok.tint, ok.text),
        Tone.WARN: _Dress(near.tint, near.text, edge(near.text)),
        Tone.BAD: _Dress(over.tint, over.text),
        Tone.PLUM: _Dress(tokens.plum_tint, tokens.plum),
        Tone.OUTLINED: _Dress(tokens.surface, tokens.text2, edge(tokens.line)),
    }[tone]
