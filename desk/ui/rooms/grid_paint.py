"""Paints the day's grid (排期表): closed spans, bookings, what is wished for and offered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from desk.ui.rooms.block_paint import (
    RADIUS,
    paint_block,
    paint_hatching,
    paint_offer,
    paint_wish,
)
from desk.ui.rooms.day_sheet import DaySheet, Place, buffers_of, lines_of, marked_title
from desk.ui.theme import Tokens, Type, mixed
from desk.ui.widgets.painting import edge, paint_box, paint_focus, paint_text

_GAP = 4.0
_HOUR_ROWS, _HALF_HOUR_ROWS = 4, 2


@dataclass(frozen=True, slots=True)
class GridPainter:
    """Where things lie, and how the theme wants them.

    Attributes:
        column: left and width of a room's column, by its position.
        row: the height of a row; top: where the first row begins.
    """

    painter: QPainter
    sheet: DaySheet
    look: Tokens
    area: QRectF
    column: Callable[[int], tuple[float, float]]
    row: float
    top: float

    def paint(self, carried: Place | None, cursor: Place | None, *, has_focus: bool) -> None:
        """Paint everything from the ground up."""
        self._ground()
        self._closed()
        self._now()
        for booking in self.sheet.view.bookings:
            for span in buffers_of(booking):
                for room in booking.rooms:
                    if (rect := self.rect(room, *span)) is not None:
                        paint_hatching(self.painter, rect, booking.purpose, self.look)
        self._bookings()
        self._plans(carried)
        if cursor is not None and carried is None and not self.sheet.is_refused:
            self._cursor(cursor, has_focus=has_focus)

    def rect(self, room_id: int, starts_at: datetime, ends_at: datetime) -> QRectF | None:
        """Return where a span of a room lies; None where the room has no column."""
        at = self.sheet.column_of(room_id)
        if at is None:
            return None
        left, width = self.column(at)
        top, bottom = self._y(starts_at), self._y(ends_at)
        return QRectF(left + _GAP, top, width - 2 * _GAP + 1, bottom - top)

    def _y(self, moment: datetime) -> float:
        return self.top + self.sheet.row_of(moment) * self.row

    def _ground(self) -> None:
        painter, look = self.painter, self.look
        painter.fillRect(self.area, look.surface)
        first = self.sheet.starts_at.minute // 15
        for row in range(self.sheet.rows + 1):
            if (row + first) % _HALF_HOUR_ROWS:
                continue
            is_hour = (row + first) % _HOUR_ROWS == 0
            painter.setPen(edge(look.line if is_hour else mixed(look.line, look.surface, 0.5)))
            y = self.top + row * self.row
            painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))
        painter.setPen(edge(look.line))
        for at in range(len(self.sheet.rooms)):
            left, _width = self.column(at)
            painter.drawLine(QLineF(left, self.area.top(), left, self.area.bottom()))

    def _closed(self) -> None:
        """Shade what is closed; the words stand once, where no booking covers them."""
        painter, look = self.painter, self.look
        shade = mixed(look.window, look.column, 0.35)
        below = self._y(self.sheet.moment_of(self.sheet.rows))
        painter.fillRect(self.area.adjusted(0, below - self.area.top(), 0, 0), shade)
        for start, end, words in self.sheet.closed_spans():
            top, bottom = self._y(start), self._y(end)
            box = QRectF(self.area.left(), top, self.area.width(), bottom - top)
            painter.fillRect(box, shade)
            if words and self.sheet.rooms:
                line = QRectF(self.column(0)[0] + 8, top + 4, self.area.width(), 20)
                paint_text(painter, line, words, look.font(Type.CAPTION), look.text2)

    def _now(self) -> None:
        y = self._y(self.sheet.now)
        if self.top <= y <= self.top + self.sheet.rows * self.row:
            self.painter.setPen(edge(self.look.accent, 1.6))
            self.painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))

    def _bookings(self) -> None:
        for booking in self.sheet.view.bookings:
            for room in booking.rooms:
                rect = self.rect(room, booking.starts_at, booking.ends_at)
                if rect is None:
                    continue
                lines = (marked_title(booking), *lines_of(booking, room, self.sheet.rooms))
                paint_block(self.painter, rect, booking, lines, self.look)
                if booking.id in self.sheet.fresh:
                    paint_focus(self.painter, rect.adjusted(-2, -2, 2, 2), self.look, RADIUS)

    def _plans(self, carried: Place | None) -> None:
        for number, gap in enumerate(self.sheet.gaps, start=1):
            for room in (gap.room_id, gap.caucus_room_id):
                rect = self.rect(room, gap.starts_at, gap.ends_at) if room else None
                if rect is not None and self._is_today(gap.starts_at):
                    paint_offer(self.painter, rect, number, self.look)
        wish = carried or self.sheet.wish
        if wish is None or not self._is_today(wish.starts_at):
            return
        for room in wish.rooms:
            rect = self.rect(room, wish.starts_at, wish.ends_at)
            if rect is not None:
                refused = self.sheet.is_refused and carried is None
                words = "正在安排" if carried is None else "改到这里"
                paint_wish(self.painter, rect, self.look, words, is_refused=refused)

    def _cursor(self, cursor: Place, *, has_focus: bool) -> None:
        booking = self.sheet.booking_at(cursor.room_id, cursor.starts_at)
        start, end = cursor.starts_at, cursor.ends_at
        if booking is not None:
            start, end = booking.starts_at, booking.ends_at
        rect = self.rect(cursor.room_id, start, end)
        if rect is None:
            return
        if has_focus:
            paint_focus(self.painter, rect.adjusted(-1, -1, 1, 1), self.look, RADIUS)
        elif booking is None and self.sheet.wish is None:
            paint_box(self.painter, rect, None, edge(self.look.edge), RADIUS)

    def _is_today(self, moment: datetime) -> bool:
        return 0 <= self.sheet.row_of(moment) < self.sheet.rows
