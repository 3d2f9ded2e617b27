"""The day's grid of rooms (日视图): keyboard and mouse, fifteen minutes at a time.

Arrows move, with Shift they make the time longer or shorter; Enter opens, digits take an offered
time. While a booking is carried the arrows carry it and Enter puts it down.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from desk.queries.room_day import RoomBooking
from desk.rules.bookings import SLOT
from desk.ui.rooms.day_model import DayModel
from desk.ui.rooms.day_sheet import DaySheet, Place
from desk.ui.rooms.grid_heads import HourHeads, RoomHeads
from desk.ui.rooms.grid_moves import Push, cell, kept, pushed
from desk.ui.rooms.grid_paint import GridPainter
from desk.ui.theme import THEME, Type, tokens

_PUSHES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DIGITS = "123"
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class DayGrid(QTableView):
    """Rooms × quarters of an hour.

    Signals:
        placed: the keyboard is at another place; carries the Place.
        entered: Enter; carries the booking there, or None.
        span_drawn: a time was drawn with the mouse; carries the Place.
        digit_pressed: 1 to 3.
        dropped: a carried booking was put down; carries the booking and the Place.
        put_away: Esc.
    """

    placed = Signal(object)
    entered = Signal(object)
    span_drawn = Signal(object)
    digit_pressed = Signal(int)
    dropped = Signal(object, object)
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days = DayModel(self)
        self._place: Place | None = None
        self.carried: RoomBooking | None = None
        self._pressed: datetime | None = None
        self._grip = timedelta()
        self.setModel(self._days)
        self.setHorizontalHeader(RoomHeads(self._days, self))
        self.setVerticalHeader(HourHeads(self._days, self))
        self.setAccessibleName("调解室排期，行是时间，列是房间")
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        THEME.changed.connect(self._fit_rows)

    @property
    def sheet(self) -> DaySheet | None:
        """The day on show."""
        return self._days.sheet

    def place(self) -> Place | None:
        """Return where the keyboard is."""
        return self._place

    def booking(self) -> RoomBooking | None:
        """Return the booking under the keyboard."""
        if self.sheet is None or self._place is None:
            return None
        return self.sheet.booking_at(self._place.room_id, self._place.starts_at)

    def show_sheet(self, sheet: DaySheet) -> None:
        """Show another day or a newer state of this one; room and time of day stay."""
        self._days.show(sheet)
        self._fit_rows()
        if sheet.rooms:
            self._place = kept(sheet, self._place)
            self._follow()
        self.viewport().update()
        self.verticalHeader().viewport().update()

    def go_to(self, place: Place | None) -> None:
        """Put the keyboard to a place of the day on show; None stays where it is."""
        if place is None:
            return
        self._place = place
        self._follow()
        self.viewport().update()
        self.placed.emit(place)

    def carry(self, booking: RoomBooking | None) -> None:
        """Take a booking along with the keyboard, or let go of it."""
        self.carried = booking
        if booking is not None and self._place is not None:
            self.go_to(Place(self._place.room_id, booking.starts_at, booking.starts_at + SLOT))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, stretch, open, take an offer; what is not known here belongs to the screen."""
        key = Qt.Key(event.key())
        if self.sheet is None or self._place is None:
            event.ignore()
        elif key in _PUSHES:
            down, across = _PUSHES[key]
            stretches = bool(event.modifiers() & _SHIFT) and bool(down)
            push = Push(down, across, stretches=stretches, carries=self.carried is not None)
            self.go_to(pushed(self.sheet, self._place, push))
        elif key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_enter()
        elif event.text() and event.text() in _DIGITS:
            self.digit_pressed.emit(int(event.text()))
        elif key == Qt.Key.Key_Escape:
            self._on_escape(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where was pressed; from there a time can be drawn, or a booking pulled away."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self._pressed = place.starts_at
            self.go_to(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw a time in an empty spot; pull a booking along."""
        place = self._place_at(event.position().toPoint())
        if place is None or self._pressed is None or self._place is None:
            return
        booking = self.carried or self.booking()
        if booking is None:
            first, last = sorted((self._pressed, place.starts_at))
            self.go_to(Place(self._place.room_id, first, last + SLOT))
        elif booking.may_change and place != self._place:
            if self.carried is None:
                self._grip = self._pressed - booking.starts_at
            self.carried = booking
            start = place.starts_at - self._grip
            self.go_to(Place(place.room_id, start, start + SLOT))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Offer to book what was drawn, or put down what was pulled."""
        self._pressed = None
        if self.carried is not None:
            self._on_enter()
        elif self._place is not None and self._place.ends_at - self._place.starts_at > SLOT:
            self.span_drawn.emit(self._place)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open what is there."""
        self._on_enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the day fill the height as far as it can be read."""
        super().resizeEvent(event)
        self._fit_rows()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the day."""
        painter = QPainter(self.viewport())
        sheet = self.sheet
        if sheet is None:
            painter.end()
            return
        GridPainter(
            painter,
            sheet,
            tokens(),
            QRectF(self.viewport().rect()),
            lambda at: (float(self.columnViewportPosition(at)), float(self.columnWidth(at))),
            float(self.verticalHeader().defaultSectionSize()),
            float(self.rowViewportPosition(0)),
        ).paint(self._carried_place(), self._place, has_focus=self.hasFocus())
        painter.end()

    def _carried_place(self) -> Place | None:
        if self.carried is None or self._place is None:
            return None
        length = self.carried.ends_at - self.carried.starts_at
        return Place(self._place.room_id, self._place.starts_at, self._place.starts_at + length)

    def _on_enter(self) -> None:
        place = self._carried_place()
        if place is not None and self.carried is not None:
            carried, self.carried = self.carried, None
            self.viewport().update()
            self.dropped.emit(carried, place)
        else:
            self.entered.emit(self.booking())

    def _on_escape(self, event: QKeyEvent) -> None:
        if self.carried is not None:
            carried, self.carried = self.carried, None
            self.go_to(Place(carried.room_id, carried.starts_at, carried.starts_at + SLOT))
        else:
            event.ignore()
            self.put_away.emit()

    def _place_at(self, spot: QPoint) -> Place | None:
        at, row = self.columnAt(spot.x()), self.rowAt(spot.y())
        if self.sheet is None or at < 0 or row < 0:
            return None
        return cell(self.sheet.rooms[at].id, self.sheet, row)

    def _follow(self) -> None:
        """Let the table's own current cell be where the keyboard is: readers follow that."""
        sheet, place = self.sheet, self._place
        at = sheet.column_of(place.room_id) if sheet is not None and place is not None else None
        if sheet is None or place is None or at is None:
            return
        index = self._days.index(int(sheet.row_of(place.starts_at)), at)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setAccessibleDescription(sheet.spoken(place.room_id, place.starts_at))

    def _fit_rows(self) -> None:
        rows = self._days.rowCount()
        least = round(tokens().points(Type.CAPTION) * 1.4)
        height = max(least, self.viewport().height() // rows) if rows else least
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(height)
