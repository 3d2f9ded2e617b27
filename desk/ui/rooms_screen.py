"""The rooms (调解室, Alt+7): a day of rooms by quarters of an hour, a week, a mediator's month.

What was taken by others is refused in place, with three other times for the same people; nothing
that was typed is lost.
"""

from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.rules.bookings import say_day
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey, RoomKey
from desk.ui.rooms.arranging import Mode
from desk.ui.rooms.cell_sheet import Cell, CellSheet
from desk.ui.rooms.cells import month_cells, week_cells
from desk.ui.rooms.day_grid import DayGrid
from desk.ui.rooms.kept_plan import KeptPlan
from desk.ui.rooms.move_history import MoveHistory
from desk.ui.rooms.papers import RoomsPapers
from desk.ui.rooms.reading import Reading
from desk.ui.rooms.side import RoomsSide
from desk.ui.rooms.week_strip import WEEKDAYS, WeekStrip
from desk.ui.rooms.work import RoomsWork
from desk.ui.screen import Screen
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

_DAY, _WEEK, _MONTH = 0, 1, 2
_VIEWS = ("日", "周", "月 · 按调解员")
_SECOND_MS, _MINUTE = 1_000, 60
_GRID_PART, _SIDE_PART = 29, 10


class RoomsScreen(Screen):
    """The week above, the grid below it, what is at the keyboard beside it."""

    title = "调解室"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._view = _DAY
        self._seconds = 0
        self._wanted: int | None = None
        self.reading = Reading(desk, self)
        self.grid, self.side = DayGrid(), RoomsSide(desk.now)
        self.strip = WeekStrip()
        self.week, self.month = CellSheet("一周的排期"), CellSheet("一个月的排期")
        self.mediators = ChoiceChips("调解员", numbered=False, small=True)
        self.papers = RoomsPapers(desk, self)
        self.history = MoveHistory(desk, self.side.card, self)
        self.work = RoomsWork(desk, self.reading, self.grid, self.side, self)
        self.kept = KeptPlan(desk, self.work.form, self)
        self._build()
        self._connect()
        self._connect_keys()
        self.side.show_rights(may_book=may_in_hall(Deed.BOOK_ROOM, desk.person))

    def arrive(self) -> None:
        """Read the week; the focus goes to the grid."""
        self.reading.read()
        self.reading.read_options()
        if self.work.form.mode is not Mode.WRITING:
            self._front().setFocus()

    def views(self) -> tuple[str, ...]:
        """Return day, week and month."""
        return _VIEWS

    def chosen_view(self) -> int:
        """Return which of them is on."""
        return self._view

    def choose_view(self, index: int) -> None:
        """Show the day, the week or a mediator's month."""
        self._view = index
        self._stack.setCurrentIndex(index)
        self.views_changed.emit()
        if index == _MONTH:
            self.reading.read_month()
        self._show_read()
        _go_to_day(self)
        self._front().setFocus()

    def begin_for(self, mediation_id: int) -> None:
        """Begin a booking for a mediation, once what it can choose from has been read."""
        self.choose_view(_DAY)
        self._wanted = mediation_id
        self.reading.read_options()

    def help_page(self) -> str:
        """Return the handbook page on rooms."""
        return "rooms"

    def _build(self) -> None:
        gutter, margin = tokens().sizes.gutter, tokens().sizes.margin
        months = QWidget()
        column = QVBoxLayout(months)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.mediators)
        column.addWidget(self.month, 1)
        card = Card()
        card.body.setContentsMargins(1, 8, 1, 1)
        self._stack = QStackedLayout()
        card.body.addLayout(self._stack)  # it has a parent now; else the grid were a window
        for part in (self.grid, self.week, months):
            self._stack.addWidget(part)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(gutter)
        left.addWidget(self.strip)
        left.addWidget(card, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, gutter, margin, gutter)
        row.setSpacing(gutter)
        row.addWidget(self._left, _GRID_PART)
        row.addWidget(self.side, _SIDE_PART)
        PaneWalk(self, [self.strip, self.grid, self.week, self.month, self.side])

    def _connect(self) -> None:
        reading = self.reading
        reading.week_read.connect(self._show_read)
        reading.month_read.connect(self._show_month)
        reading.options_read.connect(self._on_options)
        self.strip.day_chosen.connect(self._on_day)
        self.strip.week_wanted.connect(lambda by: reading.go(7 * by))
        self.strip.today_wanted.connect(reading.go_today)
        for sheet in (self.week, self.month):
            sheet.opened.connect(self._on_cell)
            sheet.moved.connect(lambda _cell: self._look_at())
        self.mediators.chosen.connect(self._on_mediator)
        self.work.said.connect(self.said)
        self.papers.said.connect(self.said)
        legend, papers = self.side.legend, self.papers
        legend.print_wanted.connect(lambda: papers.print_day(reading.day))
        legend.sign_wanted.connect(lambda: papers.ask_sign(self.work.room_name()))
        legend.export_wanted.connect(lambda: papers.export(reading.day))
        self.work.mode_changed.connect(
            lambda: self._out.setEnabled(self.work.form.mode is not Mode.IDLE)
        )
        seconds = QTimer(self, interval=_SECOND_MS)
        seconds.timeout.connect(self._on_second)
        seconds.start()

    def _connect_keys(self) -> None:
        for key, handler in (
            (ListKey.NEW, self.work.begin),
            (ListKey.FIRST, self.reading.go_today),
            (ListKey.PAGE_BACK, partial(self._turn, -1)),
            (ListKey.PAGE_ON, partial(self._turn, 1)),
            (RoomKey.MOVE, partial(self.work.press_key, "move")),
            (RoomKey.CANCEL, partial(self.work.press_key, "cancel")),
        ):
            KeyShortcut(key, self._left).pressed.connect(handler)
        KeyShortcut(GlobalKey.PRINT, self).pressed.connect(self.side.legend.print_wanted)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.work.form.submit)
        self._out = KeyShortcut(GlobalKey.OUT, self)
        self._out.pressed.connect(self.work.form.close_layer)
        self._out.setEnabled(False)

    def _front(self) -> QWidget:
        return (self.grid, self.week, self.month)[self._view]

    def _turn(self, by: int) -> None:
        if self._view == _MONTH:
            self.reading.go_month(by)
        else:
            self.reading.go(7 * by if self._view == _WEEK else by)

    def _show_read(self) -> None:
        week, day, today = self.reading.week, self.reading.day, day_of(self.desk.now())
        if week is None:
            return
        self.strip.show_week([one.load for one in week.days], day)
        self.subtitle_changed.emit(f"{say_day(day)} 星期{WEEKDAYS[day.weekday()]}")
        self.week.show_cells(*week_cells(week, today))
        self.work.show()
        self._look_at()

    def _show_month(self) -> None:
        month = self.reading.month
        if month is not None:
            self.month.show_cells(*month_cells(month, day_of(self.desk.now())))
            first = month.days[0].day
            if self._view == _MONTH:
                self.subtitle_changed.emit(f"{first.year} 年 {first.month} 月")

    def _on_options(self) -> None:
        options, shown = self.reading.options, self.reading.shown
        if options is None:
            return
        self.mediators.set_choices([Choice(key, name) for key, name in options.mediators])
        self.mediators.set_value(self.reading.mediator)
        self.side.form.form.offer(options, shown.rooms if shown is not None else ())
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.work.begin_for(wanted)

    def _on_mediator(self, mediator: object) -> None:
        if isinstance(mediator, int):
            self.reading.mediator = mediator
            self.reading.read_month()

    def _on_day(self, day: object) -> None:
        if self._view == _MONTH:
            self.choose_view(_DAY)
        if isinstance(day, date):
            self.reading.go_to(day)
        _go_to_day(self)
        self._front().setFocus()

    def _on_cell(self, cell: Cell) -> None:
        if cell.day is None:
            return
        self.choose_view(_DAY)
        self.reading.go_to(cell.day)
        self.work.select(cell)

    def _look_at(self) -> None:
        shown, front = self.reading.shown, self._front()
        cell = front.cell() if isinstance(front, CellSheet) else None
        if cell is not None and shown is not None:
            self.side.show_cell(cell, shown.rooms)

    def _on_second(self) -> None:
        if not self.isVisible():
            return
        self.work.tick()
        self._seconds = (self._seconds + 1) % _MINUTE
        if self._seconds == 0:
            self.work.show()


def _go_to_day(page: RoomsScreen) -> None:
    """Put the keyboard of the week or the month to the day that is on show."""
    place = page.grid.place()
    page.week.go_to(page.reading.day, place.room_id if place is not None else None)
    page.month.go_to(page.reading.day)
