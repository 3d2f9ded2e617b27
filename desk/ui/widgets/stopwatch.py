"""A clock large enough to see from the phone (秒表): left, due, and the mark of the reminder."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.rules.clock_faces import ClockFace, ClockState
from desk.ui.theme import Tokens, Type, mixed, tokens
from desk.ui.widgets.clock_paint import clock_edge, paint_clock_shape
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import edge, paint_box, paint_text, text_width

_PAD = 16.0
_SHAPE = 18.0
_BAR = 12.0
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MARK_AT = 0.8


@dataclass(frozen=True, slots=True)
class StopwatchFace:
    """What the stopwatch shows.

    Attributes:
        face: the clock's name, state and words (“剩 3:24”).
        limit: “限 10 分钟”.
        due: “09:49 前”.
        started: “受理 09:39”.
        used: how much of the time is used up, from 0 to 1.
    """

    face: ClockFace
    limit: str
    due: str
    started: str
    used: float


class Stopwatch(Painted):
    """One running clock of the case on the desk; it stops by itself when its step is done."""

    def __init__(self, shown: StopwatchFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown: StopwatchFace | None = None
        self.set_shown(shown)

    def set_shown(self, shown: StopwatchFace) -> None:
        """Show another moment of the clock."""
        if shown == self._shown:
            return
        self._shown = shown
        face = shown.face
        self.setAccessibleName(f"{face.name} {face.text}，{shown.due}")
        self.setToolTip(face.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for a name, large figures and the bar."""
        look = tokens()
        line = look.sizes.text_line
        figures = text_width(look.font(Type.STOPWATCH, bold=True), "23:24")
        return QSize(round(figures + 110), round(look.points(Type.STOPWATCH) * 1.9) + 3 * line + 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw head, figures, bar and foot on the tint of the state."""
        if self._shown is None:
            return
        look, shown = tokens(), self._shown
        painter = QPainter(self)
        area = self.area()
        colours = look.clocks[shown.face.state]
        rim = clock_edge(shown.face.state, look) or edge(mixed(colours.text, colours.tint, 0.5))
        solid = shown.face.state is ClockState.OVER
        paint_box(painter, area, colours.tint, None if solid else rim, 8)
        inner = area.adjusted(_PAD, 10, -_PAD, -10)
        line = float(look.sizes.text_line)
        head = QRectF(inner.left(), inner.top(), inner.width(), line)
        self._paint_head(painter, head, look, colours.text)
        foot = QRectF(inner.left(), inner.bottom() - line, inner.width(), line)
        bar = QRectF(inner.left(), foot.top() - _BAR - 8, inner.width(), _BAR)
        middle = QRectF(inner.left(), head.bottom(), inner.width(), bar.top() - head.bottom() - 4)
        self._paint_figures(painter, middle, look, colours.text)
        self._paint_bar(painter, bar, colours.text, colours.tint)
        small = look.font(Type.CAPTION)
        paint_text(painter, foot, shown.started, small, colours.text)
        mark = "80% 提醒"
        left = foot.left() + foot.width() * _MARK_AT - text_width(small, mark) / 2
        paint_text(painter, foot.adjusted(left - foot.left(), 0, 0, 0), mark, small, colours.text)
        painter.end()

    def _paint_head(self, painter: QPainter, head: QRectF, look: Tokens, ink: QColor) -> None:
        if self._shown is None:
            return
        spot = QRectF(head.left(), head.center().y() - _SHAPE / 2, _SHAPE, _SHAPE)
        paint_clock_shape(painter, spot, self._shown.face.state, look, ink)
        name = head.adjusted(_SHAPE + 7, 0, 0, 0)
        paint_text(painter, name, self._shown.face.name, look.font(Type.SECTION, bold=True), ink)
        paint_text(painter, head, self._shown.limit, look.font(Type.LABEL), ink, _RIGHT)

    def _paint_figures(self, painter: QPainter, rect: QRectF, look: Tokens, ink: QColor) -> None:
        """Write the word small and the figures large, smaller only where hours need the room."""
        if self._shown is None:
            return
        word, _, figures = self._shown.face.text.partition(" ")
        small, due = look.font(Type.BODY), self._shown.due
        left = rect.left() + text_width(small, word) + 8
        room = rect.right() - left - text_width(small, due) - 10
        kinds = (Type.STOPWATCH, Type.PHONE, Type.SECTION)
        fonts = [look.font(kind, bold=True) for kind in kinds]
        font = next((f for f in fonts if text_width(f, figures) <= room), fonts[-1])
        paint_text(painter, rect, word, small, ink)
        paint_text(painter, QRectF(left, rect.top(), room, rect.height()), figures, font, ink)
        paint_text(painter, rect, due, small, ink, _RIGHT)

    def _paint_bar(self, painter: QPainter, bar: QRectF, ink: QColor, ground: QColor) -> None:
        if self._shown is None:
            return
        paint_box(painter, bar, ground, edge(ink), _BAR / 2)
        used = min(max(self._shown.used, 0.0), 1.0)
        if used:
            filled = QRectF(bar.left(), bar.top(), max(bar.width() * used, _BAR), bar.height())
            paint_box(painter, filled, ink, None, _BAR / 2)
        x = bar.left() + bar.width() * _MARK_AT
        painter.setPen(edge(ground if used > _MARK_AT else ink, 2.0))
        painter.drawLine(QPointF(x, bar.top() - 4), QPointF(x, bar.bottom() + 4))
