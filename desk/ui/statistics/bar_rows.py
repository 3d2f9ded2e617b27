"""Bars beside words (条形): how often each thing occurs, readable from across the room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from desk.ui.theme import Type, tokens
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import paint_box, paint_text, text_width

_GAP = 12.0
_BAR = 14.0
_LEAST_BAR = 60.0
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: what it counts, how many, and the words at its end."""

    words: str
    count: int
    detail: str = ""


class BarRows(Painted):
    """Bars one below the other, the longest as wide as there is room.

    Args:
        unit: what is counted: 件, 张, 次.
    """

    def __init__(self, name: str, unit: str = "件") -> None:
        super().__init__()
        self._name, self._unit = name, unit
        self._rows: tuple[BarRow, ...] = ()
        self.setAccessibleName(name)

    def set_rows(self, rows: Sequence[BarRow]) -> None:
        """Show these bars, from the top."""
        self._rows = tuple(rows)
        every = (f"{row.words} {row.count} {self._unit} {row.detail}".strip() for row in rows)
        said = "，".join(every)
        self.setAccessibleDescription(said or "没有")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all bars."""
        look = tokens()
        width = self._words_width() + self._end_width() + _LEAST_BAR + 2 * _GAP
        return QSize(round(width), look.sizes.row_compact * max(1, len(self._rows)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars; the number stands beside each, so that colour is never the only sign."""
        look, painter = tokens(), QPainter(self)
        height = float(look.sizes.row_compact)
        words, end = self._words_width(), self._end_width()
        room = max(_LEAST_BAR, self.width() - words - end - 2 * _GAP)
        most = max((row.count for row in self._rows), default=0) or 1
        for at, row in enumerate(self._rows):
            top = at * height
            line = QRectF(0, top, words, height)
            paint_text(painter, line, row.words, look.font(Type.BODY), look.text)
            bar = QRectF(
                words + _GAP, top + (height - _BAR) / 2, max(2.0, room * row.count / most), _BAR
            )
            paint_box(painter, bar, look.plum, None, 3)
            font, after = look.font(Type.BODY), self._detail_width()
            tail = QRectF(self.width() - end, top, end - after, height)
            paint_text(painter, tail, f"{row.count} {self._unit}", font, look.text, _RIGHT)
            share = QRectF(self.width() - after, top, after, height)
            paint_text(painter, share, row.detail, font, look.text2, _RIGHT)
        if not self._rows:
            paint_text(
                painter, QRectF(self.rect()), "这段时间没有。", look.font(Type.BODY), look.text3
            )

    def _words_width(self) -> float:
        font = tokens().font(Type.BODY)
        return max((text_width(font, row.words) for row in self._rows), default=0.0) + 1

    def _detail_width(self) -> float:
        font = tokens().font(Type.BODY)
        return max((text_width(font, row.detail) for row in self._rows), default=0.0) + _GAP

    def _end_width(self) -> float:
        font = tokens().font(Type.BODY)
        counts = (text_width(font, f"{row.count} {self._unit}") for row in self._rows)
        return max(counts, default=0.0) + self._detail_width() + 1
