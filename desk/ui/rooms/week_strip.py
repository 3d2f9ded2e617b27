"""The week above the grid (周条): how full each day is, which are closed, which one is shown."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desk.queries.room_day import DayLoad
from desk.rules.mediation_codes import BookingPurpose
from desk.rules.wording import label
from desk.ui.keys import ListKey, shown
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.buttons import ButtonKind, IconButton, KeyButton
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    edge,
    paint_box,
    paint_focus,
    paint_text,
    text_width,
)

WEEKDAYS = "一二三四五六日"
_BAR = 6.0
_ROOMY, _LEAST = 60, 0.46
_REST = "不开"
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_MARK = label(BookingPurpose.RECEPTION)[-2:]  # 接访


def say_weekday(day: date) -> str:
    """Return “周一 23日”."""
    return f"周{WEEKDAYS[day.weekday()]} {day.day}日"


def _fitting(day: date, font: QFont, room: float) -> str:
    whole = say_weekday(day)
    shorter = (whole, whole[:-1], whole[1:-1])
    return next((words for words in shorter if text_width(font, words) <= room), str(day.day))


class DayButton(PaintedButton):
    """One day: its name, how full it is, or why it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.load: DayLoad | None = None
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_load(self, load: DayLoad, *, is_chosen: bool) -> None:
        """Show one day."""
        self.load = load
        self.setChecked(is_chosen)
        said = load.closed_reason if self._is_closed else f"已排 {load.percent}%"
        self.setAccessibleName(f"{load.day.month} 月 {say_weekday(load.day)}，{said}")
        self.update()

    @property
    def _is_closed(self) -> bool:
        return self.load is not None and bool(self.load.closed_reason)

    @property
    def _is_marked(self) -> bool:
        return self.load is not None and BookingPurpose.RECEPTION in self.load.purposes

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        look = tokens()
        return QSize(96, round(look.points(Type.LABEL) * 4.9))

    def minimumSizeHint(self) -> QSize:
        """Return what a narrow window leaves of it."""
        return QSize(round(self.sizeHint().width() * _LEAST), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the day."""
        if self.load is None:
            return
        look, painter, area = tokens(), QPainter(self), self.area()
        is_on = self.isChecked()
        fill = look.column if self._is_closed else look.plum_tint if is_on else look.surface
        if self.underMouse() and not is_on:
            fill = mixed(fill, look.text, 0.05)
        rim = edge(look.plum, 2.0) if is_on else edge(look.line)
        paint_box(painter, area, fill, rim, 6)
        is_narrow = area.width() < _ROOMY
        inner = area.adjusted(5, 5, -5, -5) if is_narrow else area.adjusted(10, 5, -8, -5)
        head = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        ink = look.text3 if self._is_closed else look.text
        font = look.font(Type.LABEL, bold=is_on)
        room = head.width() - (self._mark_width() if self._is_marked else 0)
        paint_text(painter, head, _fitting(self.load.day, font, room), font, ink)
        below = head.translated(0, head.height())
        small = look.font(Type.CAPTION)
        if self._is_closed:
            words = _REST if is_narrow else self.load.closed_reason
            paint_text(painter, below, words, small, look.text3)
        else:
            self._paint_load(painter, below)
            self._paint_marks(painter, head)
        if self.hasFocus():
            paint_focus(painter, area, look, 6)
        painter.end()

    def _paint_load(self, painter: QPainter, below: QRectF) -> None:
        look, small = tokens(), tokens().font(Type.CAPTION)
        percent = self.load.percent if self.load is not None else 0
        paint_text(painter, below, f"{percent}%", small, look.text2, _RIGHT)
        wide = below.width() - text_width(small, "100%") - 8
        if wide < 2 * _BAR:
            return
        bar = QRectF(below.left(), below.center().y() - _BAR / 2, wide, _BAR)
        paint_box(painter, bar, mixed(look.plum_tint, look.edge, 0.25), None, _BAR / 2)
        if percent:
            bar.setWidth(max(bar.width() * percent / 100, _BAR))
            paint_box(painter, bar, look.plum, None, _BAR / 2)

    def _paint_marks(self, painter: QPainter, head: QRectF) -> None:
        if not self._is_marked:
            return
        look, small, wide = tokens(), tokens().font(Type.CAPTION), self._mark_width()
        chip = QRectF(head.right() - wide, head.top(), wide, head.height())
        paint_box(painter, chip, look.accent_tint, None, 4)
        paint_text(painter, chip, _MARK, small, look.accent, _MIDDLE)

    def _mark_width(self) -> float:
        return text_width(tokens().font(Type.CAPTION), _MARK) + 10


class WeekStrip(QWidget):
    """Seven days with the way to the weeks before and after, and back to today.

    Signals:
        day_chosen: a day was pressed; carries it.
        week_wanted: the week before or after; carries -1 or 1.
        today_wanted: back to today.
    """

    day_chosen = Signal(object)
    week_wanted = Signal(int)
    today_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("这一周")
        before, after = IconButton("left", "上一周"), IconButton("right", "下一周")
        before.clicked.connect(lambda: self.week_wanted.emit(-1))
        after.clicked.connect(lambda: self.week_wanted.emit(1))
        today = KeyButton("今天", kind=ButtonKind.QUIET)
        today.setToolTip(shown(ListKey.FIRST))
        today.clicked.connect(self.today_wanted)
        self.days = [DayButton() for _ in range(7)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(before)
        for button in self.days:
            button.clicked.connect(lambda _on=False, b=button: self._choose(b))
            row.addWidget(button, 1)
        row.addWidget(after)
        row.addWidget(today)

    def show_week(self, loads: Sequence[DayLoad], chosen: date | None) -> None:
        """Show the loads of seven days."""
        for button, load in zip(self.days, loads, strict=True):
            button.show_load(load, is_chosen=load.day == chosen)

    def _choose(self, button: DayButton) -> None:
        if button.load is not None:
            self.day_chosen.emit(button.load.day)
