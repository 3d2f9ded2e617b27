"""What the page 接访 has read: days at the left, and what happens on the one at the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.queries.appointments import (
    AppointmentRow,
    BookChoices,
    BookDay,
    CounterDay,
    book_choices,
    book_day,
    counter_days,
)
from desk.queries.receptions import (
    DayInCalendar,
    ReceptionDayView,
    ReceptionRow,
    owed_receptions,
    reception_calendar,
    reception_day_view,
)
from desk.rules.moments import day_of
from desk.ui.desk import Desk
from desk.ui.receptions.words import calendar_rows, counter_rows, day_rows, owed_row
from desk.ui.work_list import WorkRow

_BACK, _AHEAD = timedelta(days=60), timedelta(days=45)


class View(IntEnum):
    """The views of the page."""

    DAYS = 0  # 接访日
    COUNTER = 1  # 窗口预约
    OWED = 2  # 待落实


VIEW_WORDS = ("接访日", "窗口预约", "待落实")


@dataclass(frozen=True, slots=True)
class Place:
    """A day of a book: the counter's where `post` is None."""

    day: date
    post: int | None
    leader: str = ""


class Reading(QObject):
    """Reads the days and the day that is chosen; answers to an older choice are dropped.

    Signals:
        days_read: other days stand at the left.
        day_read: the day on show has been read.
    """

    days_read = Signal()
    day_read = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view = View.DAYS
        self.wanted: Place | None = None  # to be shown as soon as the days are known
        self.calendar: tuple[DayInCalendar, ...] = ()
        self.counter: tuple[CounterDay, ...] = ()
        self.owed: tuple[ReceptionRow, ...] = ()
        self.choices = BookChoices()
        self.place: Place | None = None
        self.book: BookDay | None = None
        self.day: ReceptionDayView | None = None

    def read(self) -> None:
        """Read all days, what is owed, and the day on show anew."""
        today = day_of(self._desk.now())
        calendar = partial(reception_calendar, first=today - _BACK, last=today + _AHEAD)
        self._desk.ask(calendar, owner=self, done=self._on_calendar)
        self._desk.ask(counter_days, owner=self, done=self._on_counter)
        self._desk.ask(owed_receptions, owner=self, done=self._on_owed)
        self._desk.ask(book_choices, owner=self, done=self._on_choices)
        if self.place is not None:
            self._read_day(self.place)

    def choose(self, at: int | None) -> None:
        """Show the day at a place of the list at the left."""
        place = self._place_at(at)
        if place is not None and place != self.place:
            self.place, self.book, self.day = place, None, None
            self._read_day(place)

    def day_rows_left(self) -> list[WorkRow]:
        """Return the lines at the left."""
        today = day_of(self._desk.now())
        if self.view is View.COUNTER:
            return counter_rows(self.counter, today)
        return calendar_rows(self.calendar, today) if self.view is View.DAYS else []

    def first(self) -> int:
        """Return which day is shown first: the one asked for, today's, or the next one."""
        today = day_of(self._desk.now())
        days: Sequence[DayInCalendar | CounterDay] = (
            self.counter if self.view is View.COUNTER else self.calendar
        )
        for at, one in enumerate(days):
            post = one.post if isinstance(one, DayInCalendar) else None
            if self.wanted is not None and (one.day, post) == (self.wanted.day, self.wanted.post):
                self.wanted = None
                return at
        return next((at for at, one in enumerate(days) if one.day >= today), 0)

    def rows(self) -> list[WorkRow]:
        """Return the lines of the day on show."""
        if self.view is View.OWED:
            return [owed_row(one) for one in self.owed]
        return day_rows(self.appointments(), self.cases())

    def appointments(self) -> tuple[AppointmentRow, ...]:
        """Return who comes on the day on show."""
        return self.book.rows if self.book is not None else ()

    def cases(self) -> tuple[ReceptionRow, ...]:
        """Return the cases on show."""
        if self.view is View.OWED:
            return self.owed
        return self.day.cases if self.day is not None and self.view is View.DAYS else ()

    def appointment(self, key: int | None) -> AppointmentRow | None:
        """Return the appointment of a line."""
        if self.view is View.OWED:
            return None
        return next((one for one in self.appointments() if one.id == key), None)

    def reception(self, key: int | None) -> ReceptionRow | None:
        """Return the case of a line."""
        return next((one for one in self.cases() if one.id == key), None)

    def _place_at(self, at: int | None) -> Place | None:
        if at is None:
            return None
        if self.view is View.COUNTER and at < len(self.counter):
            return Place(self.counter[at].day, None)
        if self.view is View.DAYS and at < len(self.calendar):
            one = self.calendar[at]
            return Place(one.day, one.post, one.leader)
        return None

    def _read_day(self, place: Place) -> None:
        book = partial(book_day, day=place.day, post=place.post)
        self._desk.ask(book, owner=self, done=partial(self._on_book, place))
        if place.post is not None:
            view = partial(reception_day_view, post=place.post, day=place.day)
            self._desk.ask(view, owner=self, done=partial(self._on_day, place))

    def _on_calendar(self, days: tuple[DayInCalendar, ...]) -> None:
        self.calendar = days
        self.days_read.emit()

    def _on_counter(self, days: tuple[CounterDay, ...]) -> None:
        self.counter = days
        self.days_read.emit()

    def _on_owed(self, rows: tuple[ReceptionRow, ...]) -> None:
        self.owed = rows
        self.days_read.emit()

    def _on_choices(self, choices: BookChoices) -> None:
        self.choices = choices

    def _on_book(self, place: Place, book: BookDay) -> None:
        if place == self.place:
            self.book = book
            self.day_read.emit()

    def _on_day(self, place: Place, view: ReceptionDayView | None) -> None:
        if place == self.place:
            self.day = view
            self.day_read.emit()
