"""Cases per week as small bars (每周件数): the number above each, the Monday below every other."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk.ui.theme import Type, tokens
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import edge, paint_box, paint_text, text_width

_MIDDLE = Qt.AlignmentFlag.AlignCenter
_BARS, _LETTERS, _GAP, _WIDEST = 64.0, 18.0, 4.0, 44.0


class WeekChart(Painted):
    """Bars of one colour; the week that is running stands at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: tuple[tuple[str, int], ...] = ()

    def show_weeks(self, weeks: Sequence[tuple[str, int]]) -> None:
        """Show these weeks, each with what it is called, oldest first."""
        self._weeks = tuple(weeks)
        told = "，".join(f"{name} {count} 件" for name, count in self._weeks if count)
        self.setAccessibleName(f"每周件数：{told or '没有'}")
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bars with a line of figures above and below."""
        return QSize(0, round(_BARS + 2 * _LETTERS))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars to one scale."""
        if not self._weeks:
            return
        look, painter = tokens(), QPainter(self)
        font = look.font(Type.CAPTION)
        step = min(self.area().width() / len(self._weeks), _WIDEST)
        most = max(1, *(count for _, count in self._weeks))
        foot = _LETTERS + _BARS
        painter.setPen(edge(look.line))
        painter.drawLine(0, round(foot), round(step * len(self._weeks)), round(foot))
        every = max(1, -int(-text_width(font, "00-00") // max(step - _GAP, 1.0)))
        for at, (name, count) in enumerate(self._weeks):
            is_last = at == len(self._weeks) - 1
            left, height = at * step, _BARS * count / most
            bar = QRectF(left + _GAP / 2, foot - height, step - _GAP, height)
            paint_box(painter, bar, look.accent if is_last else look.edge, None, 2)
            above = QRectF(left, foot - height - _LETTERS, step, _LETTERS)
            if count:
                paint_text(painter, above, str(count), font, look.text2, _MIDDLE)
            if (len(self._weeks) - 1 - at) % every == 0:
                wide = text_width(font, name) + 1
                start = min(bar.center().x() - wide / 2, self.area().width() - wide)
                below = QRectF(start, foot, wide, _LETTERS)
                paint_text(painter, below, name, font, look.text3, _MIDDLE)
        painter.end()
