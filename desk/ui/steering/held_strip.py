"""One long strip of a case (谁手里多久): each stay as wide as it was long, its late part marked."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk.rules.clock_faces import ClockState
from desk.rules.holding import CaseStrip, Held
from desk.rules.moments import say_length
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
        self._strip, self._words, self._limits = _NOTHING, "", ""
        self.setAccessibleName("谁手里多久")

    def show_strip(self, strip: CaseStrip | None, now: datetime) -> None:
        """Show these stays, from the reception to the present one."""
        self._strip = strip or _NOTHING
        self._words, self._limits = self._strip.words(now), self._strip.limits_words(now)
        self.setAccessibleName(f"谁手里多久：{self._words}")
        self.setToolTip(self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the strip and of the lines below it."""
        lines = len(self._strip.held) + bool(self._limits)
        lines = 1 if self._in_one_line else max(lines, 1)
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
        self._paint_limits(painter, areas, look)
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
        if self._limits:
            row = below.translated(0, len(held) * below.height())
            x, y = round(_MARK / 2), round(row.center().y())
            painter.setPen(edge(look.text, 2.0))
            painter.drawLine(x, y - 6, x, y + 6)
            words = row.adjusted(_MARK + 8, 0, 0, 0)
            paint_text(painter, words, self._limits, look.font(Type.LABEL), look.text2)

    def _paint_limits(self, painter: QPainter, areas: Sequence[QRectF], look: Tokens) -> None:
        """Draw where the unit had to be done; a limit that is still to come is only said."""
        painter.setPen(edge(look.text, 2.0))
        for _name, due in self._strip.limits:
            x = self._place_of(due, areas)
            if x is not None:
                painter.drawLine(round(x), 0, round(x), round(_BAR + _GAP - 1))

    def _place_of(self, moment: datetime, areas: Sequence[QRectF]) -> float | None:
        """Return where a moment stands; None where nobody held the case then."""
        for stay, area in zip(self._strip.held, areas, strict=True):
            if stay.since <= moment < stay.until:
                return area.left() + area.width() * ((moment - stay.since) / stay.length)
        return None


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
    if stay.late_since is not None:
        begun = (stay.late_since - stay.since) / stay.length
        width = min(area.width() * (stay.late / stay.length), area.width() * (1 - begun))
        late = QRectF(area.left() + area.width() * begun, area.top(), width, area.height())
        over = look.clocks[ClockState.OVER]
        paint_box(painter, late, over.tint, None, 3)
        painter.fillRect(late, QBrush(over.text, Qt.BrushStyle.BDiagPattern))
        after = QRectF(late.right(), area.top(), area.right() - late.right(), area.height())
        before = QRectF(area.left(), area.top(), late.left() - area.left(), area.height())
        area = max(before, after, key=QRectF.width)  # its name stands where there is more room
    font = look.font(Type.CAPTION, bold=is_last)
    ink = look.on_accent if is_last else look.text
    inner = area.adjusted(_PAD, 0, -_PAD, 0)
    for words in (f"{stay.who} {say_length(stay.length)}", stay.who):
        if text_width(font, words) <= inner.width():
            paint_text(painter, inner, words, font, ink, _MIDDLE)
            return
