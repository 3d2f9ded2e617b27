"""Cases of a place by month and category (月份表): darker where more came."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from desk.queries.place_page import CategoryLine
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import paint_box, paint_text, text_width

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_NAME, _CELL, _GAP = 120.0, 28.0, 2.0
_TINT = 0.55  # of the accent's tint, where most came


class MonthTable(Painted):
    """One line per category, one column per month; the whole is read out as sentences."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._months: tuple[date, ...] = ()
        self._lines: tuple[CategoryLine, ...] = ()
        self.setAccessibleName(name)

    def set_lines(self, months: Sequence[date], lines: Sequence[CategoryLine]) -> None:
        """Show these categories over these months."""
        self._months, self._lines = tuple(months), tuple(lines)
        said = (
            f"{line.name} 一共 {line.total} 件，近 {len(line.months)} 个月 {sum(line.months)} 件"
            for line in lines
        )
        self.setAccessibleDescription("；".join(said) or "还没有件")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all lines."""
        width = _NAME + len(self._months) * _CELL + 2 * self._end()
        return QSize(round(width), tokens().sizes.row_compact * (1 + max(1, len(self._lines))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heads and the lines; figures stand in the cells, colour only helps to find."""
        look, painter = tokens(), QPainter(self)
        small, body = look.font(Type.CAPTION), look.font(Type.BODY)
        height = float(look.sizes.row_compact)
        cell = (self.width() - _NAME - 2 * self._end()) / max(1, len(self._months))
        for at, month in enumerate(self._months):
            head = QRectF(_NAME + at * cell, 0, cell, height)
            words = f"{month.year % 100} 年" if month.month == 1 else f"{month.month} 月"
            paint_text(painter, head, words, small, look.text2, _MIDDLE)
        self._paint_ends(painter, 0, ("在办", "一共"))
        most = max((count for line in self._lines for count in line.months), default=0) or 1
        for row, line in enumerate(self._lines, 1):
            top = row * height
            name = QRectF(0, top, _NAME - 8, height)
            paint_text(painter, name, line.name, body, look.text, _LEFT)
            for at, count in enumerate(line.months):
                spot = QRectF(_NAME + at * cell, top, cell - _GAP, height - _GAP)
                share = _TINT * count / most if count else 0.0
                paint_box(painter, spot, mixed(look.sunken, look.accent, share), None, 3)
                if count:
                    paint_text(painter, spot, str(count), body, look.text, _MIDDLE)
            self._paint_ends(painter, top, (str(line.still_open or ""), str(line.total)))
        if not self._lines:
            nothing = QRectF(0, height, self.width(), height)
            paint_text(painter, nothing, "这里还没有来过件。", body, look.text3)

    def _paint_ends(self, painter: QPainter, top: float, words: tuple[str, str]) -> None:
        look, end = tokens(), self._end()
        for at, word in enumerate(words):
            left = self.width() - (2 - at) * end
            area = QRectF(left, top, end - 4, look.sizes.row_compact)
            paint_text(painter, area, word, look.font(Type.LABEL), look.text2, _RIGHT)

    def _end(self) -> float:
        return text_width(tokens().font(Type.LABEL), "00000") + 12
