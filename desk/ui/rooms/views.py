"""The day, the week and a mediator's month (日、周、月), one of them in front."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.rules.bookings import say_day
from desk.rules.moments import day_of
from desk.ui.rooms.cell_sheet import Cell, CellSheet
from desk.ui.rooms.cells import month_cells, week_cells
from desk.ui.rooms.day_grid import DayGrid
from desk.ui.rooms.reading import Reading
from desk.ui.rooms.week_strip import WEEKDAYS
from desk.ui.widgets.cards import Card
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

DAY, WEEK, MONTH = 0, 1, 2


class RoomViews(Card):
    """The grid of a day, and two tables of cells; the mediators stand above the month.

    Signals:
        opened: a day is to be shown; carries its Cell.
        moved: the keyboard is at another cell.
        when_changed: another day or month is on show; carries it in words.
    """

    opened = Signal(object)
    moved = Signal()
    when_changed = Signal(str)

    def __init__(self, reading: Reading, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._reading, self._clock = reading, clock
        self.view = DAY
        self.grid = DayGrid()
        self.week, self.month = CellSheet("一周的排期"), CellSheet("一个月的排期")
        self.mediators = ChoiceChips("调解员", numbered=False, small=True)
        self._build()
        self.mediators.chosen.connect(self._on_mediator)
        reading.month_read.connect(self._show_month)
        for sheet in (self.week, self.month):
            sheet.opened.connect(self.opened)
            sheet.moved.connect(lambda _cell: self.moved.emit())

    def choose(self, view: int) -> None:
        """Bring another view to the front."""
        self.view = view
        self._stack.setCurrentIndex(view)
        if view == MONTH:
            self._reading.read_month()

    def front(self) -> QWidget:
        """Return what takes the keyboard."""
        return (self.grid, self.week, self.month)[self.view]

    def cell(self) -> Cell | None:
        """Return the cell at the keyboard, where there are cells."""
        front = self.front()
        return front.cell() if isinstance(front, CellSheet) else None

    def turn(self, by: int) -> None:
        """Show the day, the week or the month before or after."""
        if self.view == MONTH:
            self._reading.go_month(by)
        else:
            self._reading.go(7 * by if self.view == WEEK else by)

    def show_week(self) -> None:
        """Show the cells of the week that was read."""
        if self._reading.week is not None:
            self.week.show_cells(*week_cells(self._reading.week, day_of(self._clock())))
            self._say_when()

    def go_to_day(self) -> None:
        """Put the keyboard of week and month to the day and the room that are on show."""
        place = self.grid.place()
        self.week.go_to(self._reading.day, place.room_id if place is not None else None)
        self.month.go_to(self._reading.day)

    def offer_mediators(self) -> None:
        """Offer the mediators whose month can be looked at."""
        options = self._reading.options
        if options is not None:
            self.mediators.set_choices([Choice(key, name) for key, name in options.mediators])
            self.mediators.set_value(self._reading.mediator)

    def _build(self) -> None:
        months = QWidget()
        column = QVBoxLayout(months)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.mediators)
        column.addWidget(self.month, 1)
        self.body.setContentsMargins(1, 8, 1, 1)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack)  # it has a parent now; else the grid were a window
        for part in (self.grid, self.week, months):
            self._stack.addWidget(part)

    def _show_month(self) -> None:
        month = self._reading.month
        if month is not None:
            self.month.show_cells(*month_cells(month, day_of(self._clock())))
            self._say_when()

    def _say_when(self) -> None:
        day, month = self._reading.day, self._reading.month
        if self.view == MONTH and month is not None:
            first = month.days[0].day
            self.when_changed.emit(f"{first.year} 年 {first.month} 月")
        else:
            self.when_changed.emit(f"{say_day(day)} 星期{WEEKDAYS[day.weekday()]}")

    def _on_mediator(self, mediator: object) -> None:
        if isinstance(mediator, int):
            self._reading.mediator = mediator
            self._reading.read_month()
