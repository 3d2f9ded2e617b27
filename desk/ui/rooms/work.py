"""What is done at the grid (排期的操作): grid, side and what is being arranged, together."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desk.queries.room_day import RoomBooking
from desk.rules.bookings import SLOT, say_day
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.rooms.arranging import Mode
from desk.ui.rooms.booking_steps import BookingSteps
from desk.ui.rooms.cell_sheet import Cell
from desk.ui.rooms.day_grid import DayGrid
from desk.ui.rooms.day_sheet import Place, sheet_of, with_plan
from desk.ui.rooms.form_work import FormWork
from desk.ui.rooms.grid_moves import cell
from desk.ui.rooms.plan import Plan, at_place, moved_to, plan_of
from desk.ui.rooms.reading import Reading
from desk.ui.rooms.side import RoomsSide

_USUAL = 4 * SLOT  # where only one quarter is marked: an hour
_FRESH_MS = 2_000


class RoomsWork(QObject):
    """Ties the parts of the page together.

    Signals:
        said: a sentence for the status line.
        mode_changed: a layer was opened or closed.
    """

    said = Signal(str)
    mode_changed = Signal()

    def __init__(
        self, desk: Desk, reading: Reading, grid: DayGrid, side: RoomsSide, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._grid, self._side = desk, reading, grid, side
        self.steps = BookingSteps(desk, side)
        self.form = FormWork(desk, reading, side, self.steps, self)
        self._fresh: frozenset[int] = frozenset()
        self._calm = QTimer(self, singleShot=True, interval=_FRESH_MS)
        self._calm.timeout.connect(self._on_calm)
        self._connect()

    def show(self) -> None:
        """Paint the day as it was read last, with what is being arranged."""
        view = self._reading.shown
        if view is None:
            return
        plan, arranging = self.form.drawn(), self.form.arranging
        sheet = replace(sheet_of(view, self._desk.now()), fresh=self._fresh)
        refused = self.form.mode is Mode.REFUSED
        place = plan.place if plan is not None else None
        sheet = with_plan(sheet, place, is_refused=refused, gaps=arranging.gaps or ())
        self._grid.show_sheet(sheet)
        self._show_place()

    def begin(self) -> None:
        """Open the form for the place at the keyboard, with what was left in it before."""
        place, is_busy = self._grid.place(), self.form.mode is not Mode.IDLE
        may_book = may_in_hall(Deed.BOOK_ROOM, self._desk.person) and not self.form.is_away
        if place is None or self._grid.carried is not None or is_busy or not may_book:
            return
        if place.ends_at - place.starts_at <= SLOT:
            place = Place(place.room_id, place.starts_at, place.starts_at + _USUAL)
        kept: Plan | None = self.form.arranging.plan
        self.form.open(at_place(place) if kept is None else moved_to(kept, place))

    def begin_for(self, mediation_id: int) -> None:
        """Open the form for a mediation, at the next quarter where the keyboard is in the past."""
        sheet, place, now = self._grid.sheet, self._grid.place(), self._desk.now()
        if sheet is not None and place is not None and place.starts_at < now:
            row = int(sheet.row_of(now)) + 1
            if 0 <= row < sheet.rows:
                self._grid.go_to(cell(place.room_id, sheet, row))
        self.begin()
        self._side.form.form.mediation.set_value(mediation_id)

    def press(self, step: str) -> None:
        """Take a step with the booking at the keyboard."""
        booking = self._side.card.shown
        if booking is None or self.form.mode is not Mode.IDLE or self.form.is_away:
            return
        if step == "move":
            self._grid.setFocus()
            self._grid.carry(booking)
        elif step == "change":
            self.form.open(plan_of(booking))
        else:
            self.steps.take(step, booking)

    def press_key(self, step: str) -> None:
        """Take a step by its key, where it is offered for the booking at the keyboard."""
        if self._grid.booking() is not None:
            self._side.card.press(step)

    def select(self, cell: Cell) -> None:
        """Put the keyboard to the first booking of a cell, or to its room."""
        sheet, here = self._grid.sheet, self._grid.place()
        if sheet is None or here is None:
            return
        room = cell.room_id if cell.room_id is not None else here.room_id
        start = here.starts_at
        if cell.bookings:
            start = cell.bookings[0].starts_at
            room = room if room in cell.bookings[0].rooms else cell.bookings[0].room_id
        if 0 <= sheet.row_of(start) < sheet.rows:
            self._grid.go_to(Place(room, start, start + SLOT))

    def room_name(self) -> str:
        """Return the name of the room at the keyboard."""
        sheet, place = self._grid.sheet, self._grid.place()
        at = sheet.column_of(place.room_id) if sheet is not None and place is not None else None
        return sheet.rooms[at].name if sheet is not None and at is not None else ""

    def tick(self) -> None:
        """Let a second pass: what is held has less time left."""
        self._side.card.tick()
        self._reading.release_expired()

    def _connect(self) -> None:
        grid, side = self._grid, self._side
        grid.placed.connect(lambda _place: self._show_place())
        grid.entered.connect(self._on_entered)
        grid.span_drawn.connect(lambda _place: self._on_drawn())
        grid.digit_pressed.connect(self.form.arranging.take)
        grid.dropped.connect(self._on_dropped)
        side.new_wanted.connect(self.begin)
        side.card.pressed.connect(self.press)
        side.form.cleared.connect(self._on_cleared)
        self.form.changed.connect(self._on_layer)
        self.form.booked.connect(self._on_booked)
        self.steps.done.connect(self._on_step_done)
        self.steps.said.connect(self.said)

    def _show_place(self) -> None:
        sheet, place, carried = self._grid.sheet, self._grid.place(), self._grid.carried
        if sheet is None or self._grid.isHidden() or self.form.mode is not Mode.IDLE:
            return  # week and month say for themselves what is at the keyboard
        if carried is not None and place is not None:
            self._side.show_carried(carried, place)
        else:
            self._side.show_place(sheet, place, self._grid.booking())

    def _on_layer(self) -> None:
        self.show()
        if self.form.mode is not Mode.WRITING:
            self._grid.setFocus()
        self.mode_changed.emit()

    def _on_entered(self, booking: RoomBooking | None) -> None:
        if self.form.mode is Mode.WRITING:
            self._on_drawn()
        elif booking is None:
            self.begin()
        elif not self._side.card.press("change"):
            self.said.emit("这一场现在不能改。")

    def _on_drawn(self) -> None:
        """Take the place at the keyboard into the open form, or open one."""
        place = self._grid.place()
        if self.form.mode is Mode.WRITING and place is not None:
            self.form.move(place)
        else:
            self.begin()

    def _on_dropped(self, booking: RoomBooking, place: Place) -> None:
        plan = plan_of(booking)
        moved = moved_to(plan, place)
        if moved == plan or self.form.is_away:
            self.show()
        else:
            self.form.send(moved)

    def _on_cleared(self) -> None:
        self.form.arranging.put_away(None)
        self.begin()

    def _on_booked(self, changes: Any, plan: Plan) -> None:
        made = changes.made
        ids = made.get("bookings") or [made.get("booking")]
        self._fresh = frozenset(one for one in ids if one)
        self._calm.start()
        self._say(changes)
        if day_of(plan.starts_at) != self._reading.day:
            self._reading.go_to(day_of(plan.starts_at))
        self._reading.read()
        if self._grid.sheet is not None and self._grid.sheet.view.day == self._reading.day:
            self._grid.go_to(Place(plan.room, plan.starts_at, plan.starts_at + SLOT))

    def _on_step_done(self, changes: Any) -> None:
        self._say(changes)
        self._reading.read()

    def _say(self, changes: Any) -> None:
        warnings = changes.made.get("warnings") or []
        skipped = [say_day(date.fromisoformat(day)) for day in changes.made.get("skipped") or []]
        rest = f"遇休息日不排的：{'、'.join(skipped)}。" if skipped else ""
        self.said.emit("".join((f"{changes.title}，已存好。", rest, *warnings)))

    def _on_calm(self) -> None:
        self._fresh = frozenset()
        self.show()
