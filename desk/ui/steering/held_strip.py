"""One long strip of a case (谁手里多久): each stay as wide as it was long, its late part marked."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk.rules.clock_faces import ClockState
from desk.rules.holding import CaseStrip, Held
from desk.rules.moments import say_due, say_length
from desk.ui.theme import Tokens, Type, mixed, tokens
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import edge, paint_box, paint_text, text_width

_BAR = 26.0
_GAP = 6.0
_PAD = 6.0
_MARK = 10.0
_LEAST = 0.03  # of the strip's width, so that a short stay can still be seen
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_NOTHING = CaseStrip(())


class HeldStrip(Painted):
    """The strip with its words below: a line for each stay, or all of it in one line.

    Args:
        in_one_line: where there is no room for a line each.
    """

    def __init__(self, *, in_one_line: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._in_one_line = in_one_line
        self._strip, self._words, self._limit = _NOTHING, "", ""
        self.setAccessibleName("谁手里多久")

    def show_strip(self, strip: CaseStrip | None, now: datetime) -> None:
        """Show these stays, from the reception to the present one."""
        self._strip = strip or _NOTHING
        self._words = self._strip.words(now)
        due = self._strip.due_at
        self._limit = f"限 {say_due(due, seen_at=now)}" if due is not None else ""
        self.setAccessibleName(f"谁手里多久：{self._words}")
        self.setToolTip(self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the strip and of the lines below it."""
        lines = 1 if self._in_one_line else max(len(self._strip.held), 1)
        return QSize(240, round(_BAR + _GAP) + lines * tokens().sizes.text_line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strip, the limit across it, and the words below."""
        look = tokens()
        painter = QPainter(self)
        held = self._strip.held
        areas = _areas(held, self.width())
        for at, (stay, area) in enumerate(zip(held, areas, strict=True)):
            fill = _fill(at, len(held), look)
            _paint_stay(painter, area, stay, fill, look, is_last=at == len(held) - 1)
        self._paint_limit(painter, areas, look)
        below = QRectF(0, _BAR + _GAP, self.width(), look.sizes.text_line)
        if self._in_one_line or not held:
            paint_text(painter, below, self._words, look.font(Type.CAPTION), look.text2)
        else:
            self._paint_lines(painter, below, look)
        painter.end()

    def _paint_lines(self, painter: QPainter, below: QRectF, look: Tokens) -> None:
        held = self._strip.held
        for at, stay in enumerate(held):
            is_last = at == len(held) - 1
            row = below.translated(0, at * below.height())
            mark = QRectF(0, row.center().y() - _MARK / 2, _MARK, _MARK)
            paint_box(painter, mark, _fill(at, len(held), look), None, 2)
            text = f"{stay.words()}　{stay.doing}" if is_last else stay.words()
            font = look.font(Type.LABEL, bold=is_last)
            paint_text(painter, row.adjusted(_MARK + 8, 0, 0, 0), text, font, look.text)

    def _paint_limit(self, painter: QPainter, areas: Sequence[QRectF], look: Tokens) -> None:
        """Draw where handling was due; a limit that is still to come is only said."""
        due = self._strip.due_at
        for stay, area in zip(self._strip.held, areas, strict=True):
            if due is not None and stay.since <= due < stay.until:
                x = area.left() + area.width() * ((due - stay.since) / stay.length)
                painter.setPen(edge(look.text, 2.0))
                painter.drawLine(round(x), 0, round(x), round(_BAR + _GAP / 2))
                font = look.font(Type.CAPTION, bold=True)
                room = QRectF(x + 4, 0, text_width(font, self._limit) + 2, _BAR)
                if room.right() > self.width():
                    room.moveRight(x - 4)
                paint_box(painter, room.adjusted(-2, 5, 2, -5), look.surface, None, 3)
                paint_text(painter, room, self._limit, font, look.text, _MIDDLE)
                return


def _areas(held: Sequence[Held], width: float) -> list[QRectF]:
    """Return where each stay stands: as wide as it was long, but never too narrow to be seen."""
    total = sum(stay.length.total_seconds() for stay in held) or 1.0
    shares = [max(stay.length.total_seconds() / total, _LEAST) for stay in held]
    whole = sum(shares) or 1.0
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + width * share / whole)
    return [QRectF(a, 0, max(b - a - 2, 2), _BAR) for a, b in pairwise(edges)]


def _fill(at: int, count: int, look: Tokens) -> QColor:
    if at == count - 1:
        return look.accent
    return mixed(look.accent, look.surface, 0.25 + 0.2 * (at % 2))


def _paint_stay(
    painter: QPainter, area: QRectF, stay: Held, fill: QColor, look: Tokens, *, is_last: bool
) -> None:
    paint_box(painter, area, fill, None, 3)
    if stay.late and stay.length:
        share = min(stay.late / stay.length, 1.0)
        late = area.adjusted(area.width() * (1 - share), 0, 0, 0)
        over = look.clocks[ClockState.OVER]
        paint_box(painter, late, over.tint, None, 3)
        painter.fillRect(late, QBrush(over.text, Qt.BrushStyle.BDiagPattern))
        area = area.adjusted(0, 0, -late.width(), 0)
    font = look.font(Type.CAPTION, bold=is_last)
    ink = look.on_accent if is_last else look.text
    inner = area.adjusted(_PAD, 0, -_PAD, 0)
    for words in (f"{stay.who} {say_length(stay.length)}", stay.who):
        if text_width(font, words) <= inner.width():
            paint_text(painter, inner, words, font, ink, _MIDDLE)
            return
