"""The rooms (调解室, Alt+7): a day of rooms by quarters of an hour, a week, a mediator's month.

What was taken by others is refused in place, with three other times for the same people; nothing
that was typed is lost.
"""

from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey, RoomKey
from desk.ui.rooms.arranging import Mode
from desk.ui.rooms.cell_sheet import Cell
from desk.ui.rooms.kept_plan import KeptPlan
from desk.ui.rooms.move_history import MoveHistory
from desk.ui.rooms.papers import RoomsPapers
from desk.ui.rooms.reading import Reading
from desk.ui.rooms.side import RoomsSide
from desk.ui.rooms.views import DAY, MONTH, RoomViews
from desk.ui.rooms.week_strip import WeekStrip
from desk.ui.rooms.work import RoomsWork
from desk.ui.screen import Screen
from desk.ui.theme import tokens
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk

_VIEWS = ("日", "周", "月 · 按调解员")
_SECOND_MS, _MINUTE = 1_000, 60
_GRID_PART, _SIDE_PART = 29, 10
_NARROW = 6  # times the navigation: less has no room for a week and what is beside it


class RoomsScreen(Screen):
    """The week above, the grid below it, what is at the keyboard beside it."""

    title = "调解室"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._seconds = 0
        self._wanted: int | None = None
        self.reading = Reading(desk, self)
        self.cells, self.side = RoomViews(self.reading, desk.now), RoomsSide(desk.now)
        self.grid = self.cells.grid
        self.strip = WeekStrip()
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
            self.cells.front().setFocus()

    def views(self) -> tuple[str, ...]:
        """Return day, week and month."""
        return _VIEWS

    def chosen_view(self) -> int:
        """Return which of them is on."""
        return self.cells.view

    def choose_view(self, index: int) -> None:
        """Show the day, the week or a mediator's month."""
        self.cells.choose(index)
        self.views_changed.emit()
        self._make_room()
        self._show_read()
        self.cells.go_to_day()
        self.cells.front().setFocus()

    def begin_for(self, mediation_id: int) -> None:
        """Begin a booking for a mediation, once what it can choose from has been read."""
        self.choose_view(DAY)
        self._wanted = mediation_id
        self.reading.read_options()

    def help_page(self) -> str:
        """Return the handbook page on rooms."""
        return "rooms"

    def follow_connection(self, *, is_there: bool) -> None:
        """Show only, while the database is away; what was typed stays."""
        self.work.form.is_away = not is_there
        self.side.show_away(self.desk.now() if not is_there else None)
        self.side.show_rights(may_book=is_there and may_in_hall(Deed.BOOK_ROOM, self.desk.person))
        if is_there:
            self.reading.read()
            self.reading.read_options()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give week and month all the room where it is narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        is_narrow = self.width() < _NARROW * tokens().sizes.navigation
        is_asked = self.work.form.mode is not Mode.IDLE
        self.side.setHidden(is_narrow and self.cells.view != DAY and not is_asked)

    def _build(self) -> None:
        gutter, margin = tokens().sizes.gutter, tokens().sizes.margin
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(gutter)
        left.addWidget(self.strip)
        left.addWidget(self.cells, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, gutter, margin, gutter)
        row.setSpacing(gutter)
        row.addWidget(self._left, _GRID_PART)
        row.addWidget(self.side, _SIDE_PART)
        PaneWalk(self, [self.strip, self.grid, self.cells.week, self.cells.month, self.side])

    def _connect(self) -> None:
        reading = self.reading
        reading.week_read.connect(self._show_read)
        self.cells.when_changed.connect(self.subtitle_changed)
        reading.options_read.connect(self._on_options)
        self.strip.day_chosen.connect(self._on_day)
        self.strip.week_wanted.connect(lambda by: reading.go(7 * by))
        self.strip.today_wanted.connect(reading.go_today)
        self.cells.opened.connect(self._on_cell)
        self.cells.moved.connect(self._look_at)
        self.work.said.connect(self.said)
        self.side.card.mediation_wanted.connect(self.mediation_wanted)
        self.papers.said.connect(self.said)
        legend, papers = self.side.legend, self.papers
        legend.print_wanted.connect(lambda: papers.print_day(reading.day))
        legend.sign_wanted.connect(lambda: papers.ask_sign(self.work.room_name()))
        legend.export_wanted.connect(lambda: papers.export(reading.day))
        self.work.mode_changed.connect(self._on_mode)
        seconds = QTimer(self, interval=_SECOND_MS)
        seconds.timeout.connect(self._on_second)
        seconds.start()

    def _connect_keys(self) -> None:
        for key, handler in (
            (ListKey.NEW, self.work.begin),
            (ListKey.FIRST, self.reading.go_today),
            (ListKey.PAGE_BACK, partial(self.cells.turn, -1)),
            (ListKey.PAGE_ON, partial(self.cells.turn, 1)),
            (RoomKey.MOVE, partial(self.work.press_key, "move")),
            (RoomKey.CANCEL, partial(self.work.press_key, "cancel")),
        ):
            KeyShortcut(key, self._left).pressed.connect(handler)
        show = KeyShortcut(GlobalKey.PAPER_PREVIEW, self)
        show.pressed.connect(lambda: self.papers.preview(self.reading.day))
        KeyShortcut(GlobalKey.PRINT, self).pressed.connect(self.side.legend.print_wanted)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.work.form.submit)
        self._out = KeyShortcut(GlobalKey.OUT, self)
        self._out.pressed.connect(self.work.form.close_layer)
        self._out.setEnabled(False)

    def _on_mode(self) -> None:
        self._out.setEnabled(self.work.form.mode is not Mode.IDLE)
        self._make_room()

    def _show_read(self) -> None:
        week, day = self.reading.week, self.reading.day
        if week is None:
            return
        self.strip.show_week([one.load for one in week.days], day)
        self.cells.show_week()
        self.work.show()
        self._look_at()

    def _on_options(self) -> None:
        options, shown = self.reading.options, self.reading.shown
        if options is None:
            return
        self.cells.offer_mediators()
        self.side.form.form.offer(options, shown.rooms if shown is not None else ())
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.work.begin_for(wanted)

    def _on_day(self, day: object) -> None:
        if self.cells.view == MONTH:
            self.choose_view(DAY)
        if isinstance(day, date):
            self.reading.go_to(day)
        self.cells.go_to_day()
        self.cells.front().setFocus()

    def _on_cell(self, cell: Cell) -> None:
        if cell.day is None:
            return
        self.choose_view(DAY)
        self.reading.go_to(cell.day)
        self.work.select(cell)

    def _look_at(self) -> None:
        shown, cell = self.reading.shown, self.cells.cell()
        if cell is not None and shown is not None:
            self.side.show_cell(cell, shown.rooms)

    def _on_second(self) -> None:
        if not self.isVisible():
            return
        self.work.tick()
        self._seconds = (self._seconds + 1) % _MINUTE
        if self._seconds == 0:
            self.work.show()
