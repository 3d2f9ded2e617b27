"""Reads what the rooms' page shows (读排期), never twice at a time, and again when others book."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desk.actions.bookings import ReleaseExpired
from desk.queries.room_day import DayView, MonthView, WeekView, month_view, week_view
from desk.queries.room_options import RoomOptions, room_options
from desk.rules.mediation_codes import BookingStatus
from desk.rules.moments import day_of
from desk.ui.desk import Desk
from desk.ui.rooms.cells import month_after

_SOON_MS = 120  # several lines of colleagues at once are one reading
_ONE_DAY = timedelta(days=1)


class Reading(QObject):
    """The week on show, the mediator's month, and what the form can choose from.

    Signals:
        week_read: the week has been read.
        month_read: the month has been read.
        options_read: what the form can choose from has been read.
    """

    week_read = Signal()
    month_read = Signal()
    options_read = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.day = day_of(desk.now())
        self.week: WeekView | None = None
        self.month: MonthView | None = None
        self.options: RoomOptions | None = None
        self.mediator: int | None = None
        self._released: set[int] = set()
        self._is_reading = self._asks_again = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.read)
        desk.changed.connect(self._on_changed)

    @property
    def shown(self) -> DayView | None:
        """The day on show, once it has been read."""
        days = self.week.days if self.week is not None else ()
        return next((one for one in days if one.day == self.day), None)

    def go_to(self, day: date) -> None:
        """Show another day; its week is read if it is not there."""
        self.day = day
        if self.shown is not None:
            self.week_read.emit()
        else:
            self.read()

    def go(self, days: int) -> None:
        """Show the day so many days after."""
        self.go_to(self.day + days * _ONE_DAY)

    def go_month(self, by: int) -> None:
        """Show the month before or after."""
        self.day = month_after(self.day, by)
        self.read_month()

    def go_today(self) -> None:
        """Show today."""
        self.go_to(day_of(self._desk.now()))

    def read(self) -> None:
        """Read the week anew; asked again meanwhile, it is read once more afterwards."""
        if self._is_reading:
            self._asks_again = True
            return
        self._is_reading = True
        query = partial(week_view, day=self.day)
        self._desk.ask(query, owner=self, done=self._take_week, failed=self._on_failed)

    def read_options(self) -> None:
        """Read what the form can choose from."""
        self._desk.ask(room_options, owner=self, done=self._take_options)

    def read_month(self) -> None:
        """Read the month of the chosen mediator."""
        if self.mediator is None:
            return
        query = partial(
            month_view, mediator_id=self.mediator, year=self.day.year, month=self.day.month
        )
        self._desk.ask(query, owner=self, done=self._take_month)

    def release_expired(self) -> None:
        """Let go of provisional bookings whose time is up; each is asked for once."""
        now = self._desk.now()
        late = {
            one.id
            for day in (self.week.days if self.week is not None else ())
            for one in day.bookings
            if one.status is BookingStatus.PROVISIONAL
            and one.hold_until is not None
            and one.hold_until <= now
        }
        if late - self._released:
            self._released |= late
            self._desk.act(ReleaseExpired(**self._desk.by_me()), owner=self)

    def _take_week(self, week: WeekView) -> None:
        self._is_reading = False
        self.week = week
        if self._asks_again or self.shown is None:
            self._asks_again = False
            self.read()
        if self.shown is not None:
            self.week_read.emit()

    def _on_failed(self, error: Any) -> None:
        self._is_reading = self._asks_again = False
        self._desk.tasks.said.emit(str(error))

    def _take_options(self, options: RoomOptions) -> None:
        self.options = options
        if self.mediator is None and options.mediators:
            self.mediator = options.mediators[0][0]
        self.options_read.emit()

    def _take_month(self, month: MonthView) -> None:
        self.month = month
        self.month_read.emit()

    def _on_changed(self, changes: Any, _who: object) -> None:
        if self.week is not None and (changes.mediations or not changes.cases):
            self._soon.start()
