"""A month of the hall's calendar (月历): holidays, days worked for them, and the street's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desk.queries.calendar import CalendarDayView, DayMark
from desk.rules.clock_faces import ClockState
from desk.rules.opening_hours import WEEKDAYS
from desk.ui.rooms.cell_sheet import Cell, CellPainter, CellSheet, Index
from desk.ui.theme import Tokens, Type, mixed, tokens
from desk.ui.widgets.painting import edge, paint_box, paint_focus, paint_text, text_width

_CELL = Qt.ItemDataRole.UserRole
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_STEPS: Mapping[int, int] = MappingProxyType(
    {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
)
_MARKS: Mapping[DayMark, str] = MappingProxyType(
    {
        DayMark.HOLIDAY: "休",
        DayMark.MOVED: "班",
        DayMark.OWN_OPEN: "开",
        DayMark.OWN_CLOSED: "关",
    }
)
_SAID: Mapping[DayMark, str] = MappingProxyType(
    {
        DayMark.PLAIN: "工作日",
        DayMark.REST: "休息日",
        DayMark.HOLIDAY: "放假",
        DayMark.MOVED: "调休上班",
        DayMark.OWN_OPEN: "本街道开放",
        DayMark.OWN_CLOSED: "本街道关闭",
    }
)


def say_mark(view: CalendarDayView) -> str:
    """Return why a day is as it is: “春节放假”, “国庆节调休上班”, “本街道关闭：停电检修”."""
    said = _SAID[view.mark]
    if view.own is not None:
        return f"{said}：{view.name}"
    return f"{view.name.removesuffix('调休')}{said}"


@dataclass(frozen=True, slots=True)
class DayCell(Cell):
    """A day of the month; none beside the month."""

    view: CalendarDayView | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says of the day."""
        if self.view is None:
            return ""
        day = self.view.day
        today = "今天，" if self.is_today else ""
        hours = f"，{self.view.hours}" if self.view.hours else ""
        weekday = f"星期{WEEKDAYS[day.weekday()]}"
        return f"{today}{day.month} 月 {day.day} 日 {weekday}，{say_mark(self.view)}{hours}"


class DayPainter(CellPainter):
    """Paints a day: its number, one word for what makes it special, and the reason."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return room for the number and two lines."""
        return QSize(64, round(tokens().points(Type.CAPTION) * 5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one day."""
        cell: DayCell = index.data(_CELL)
        look, area = tokens(), QRectF(option.rect)
        ground, ink = _colours(cell, look)
        painter.fillRect(area, ground)
        painter.setPen(edge(look.line))
        rim = area.adjusted(0, 0, -1, -1)
        painter.drawLine(rim.topRight(), rim.bottomRight())
        painter.drawLine(rim.bottomLeft(), rim.bottomRight())
        if cell.view is not None:
            self._paint_day(painter, area.adjusted(8, 5, -6, -4), cell, ink)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_focus(painter, area.adjusted(1, 1, -1, -1), look, 4)

    def _paint_day(self, painter: QPainter, inner: QRectF, cell: DayCell, ink: QColor) -> None:
        look, view = tokens(), cell.view
        assert view is not None  # noqa: S101 - the caller has looked
        small = look.font(Type.CAPTION)
        line = look.points(Type.LABEL) * 1.8
        head = QRectF(inner.left(), inner.top(), inner.width(), line)
        number = look.font(Type.BODY, bold=cell.is_today)
        if cell.is_today:
            wide = text_width(number, f"{view.day.day}") + 12
            spot = QRectF(head.left() - 4, head.top(), max(wide, line), line)
            paint_box(painter, spot, look.accent, None, line / 2)
            paint_text(painter, spot, f"{view.day.day}", number, look.on_accent, _MIDDLE)
        else:
            paint_text(painter, head, f"{view.day.day}", number, ink)
        mark = _MARKS.get(view.mark, "")
        if mark:
            box = QRectF(head.right() - line, head.top(), line, line)
            paint_text(painter, box, mark, look.font(Type.LABEL, bold=True), ink, _MIDDLE)
        below = head.translated(0, line)
        paint_text(painter, below, view.name, small, ink)
        if view.own is not None and view.own.hours:
            below.translate(0, line * 0.9)
            if below.bottom() <= inner.bottom():
                paint_text(painter, below, view.hours, small, look.text2)


class MonthSheet(CellSheet):
    """The weeks of a month, Monday first; arrows go on into the months beside it.

    Signals:
        day_wanted: the keyboard goes to a day of another month; carries it.
    """

    day_wanted = Signal(object)

    def __init__(self, name: str = "工作日历", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(DayPainter(self))

    def show_month(self, days: Sequence[CalendarDayView], today: date, chosen: date) -> None:
        """Show a month with the keyboard at a day of it."""
        first = days[0].day
        cells = [DayCell(None, None)] * first.weekday()
        cells += [DayCell(one.day, None, is_today=one.day == today, view=one) for one in days]
        cells += [DayCell(None, None)] * (-len(cells) % 7)
        weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
        self.show_cells(weeks, [f"周{word}" for word in WEEKDAYS], [""] * len(weeks))
        self.go_to(chosen)

    def view(self) -> CalendarDayView | None:
        """Return the day at the keyboard."""
        cell = self.cell()
        return cell.view if isinstance(cell, DayCell) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from day to day, over the edge of the month too."""
        view, step = self.view(), _STEPS.get(event.key())
        if view is None or step is None:
            super().keyPressEvent(event)
            return
        wanted = view.day + timedelta(days=step)
        if (wanted.year, wanted.month) == (view.day.year, view.day.month):
            self.go_to(wanted)
        else:
            self.day_wanted.emit(wanted)


def _colours(cell: DayCell, look: Tokens) -> tuple[QColor, QColor]:
    """Return ground and ink of a day."""
    if cell.view is None:
        return look.sunken, look.text3
    closed = mixed(look.window, look.column, 0.35)
    near, ok = look.clocks[ClockState.NEAR], look.clocks[ClockState.OK]
    return {
        DayMark.PLAIN: (look.surface, look.text),
        DayMark.REST: (closed, look.text3),
        DayMark.HOLIDAY: (near.tint, near.text),
        DayMark.MOVED: (look.accent_tint, look.accent),
        DayMark.OWN_OPEN: (ok.tint, ok.text),
        DayMark.OWN_CLOSED: (look.column, look.text2),
    }[cell.view.mark]
