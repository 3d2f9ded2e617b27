"""Arranging a booking (安排一场): written, asked for, refused with other times, or booked."""

from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.queries.room_gaps import Gap, nearest_gaps
from desk.rules.bookings import SlotTaken
from desk.rules.errors import DeskError, RuleBroken
from desk.ui.desk import Desk
from desk.ui.rooms.plan import Plan, request_of, taking, wish_of


class Mode(StrEnum):
    """How far somebody is with a booking."""

    IDLE = "idle"
    WRITING = "writing"
    REFUSED = "refused"


class Arranging(QObject):
    """One booking on its way; what was wished for is kept until it is booked.

    Signals:
        changed: the mode, the plan or what is offered instead.
        booked: it is done; carries the Changes and the Plan.
        troubled: a rule stands against it; carries the field's name, or None, and the sentence.
    """

    changed = Signal()
    booked = Signal(object, object)
    troubled = Signal(object, str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.mode = Mode.IDLE
        self.plan: Plan | None = None
        self.gaps: tuple[Gap, ...] | None = None  # None until they have been looked for
        self.refusal = ""
        self.is_busy = False

    def write(self, plan: Plan) -> None:
        """Begin with a plan, or go on with it."""
        self._show(Mode.WRITING, plan)

    def put_away(self, plan: Plan | None) -> None:
        """Close the layer; the plan is kept for the next time, None keeps nothing."""
        self._show(Mode.IDLE, plan)

    def submit(self, plan: Plan) -> None:
        """Ask for it; a second press while one is under way is none."""
        if self.is_busy:
            return
        self.is_busy = True
        self.plan = plan
        self._desk.act(
            request_of(plan, self._desk.by_me()),
            owner=self,
            done=partial(self._on_done, plan),
            failed=partial(self._on_failed, plan),
        )

    def take(self, number: int) -> None:
        """Take one of the offered times for the same people."""
        gaps = self.gaps or ()
        if self.mode is Mode.REFUSED and self.plan is not None and number <= len(gaps):
            self.submit(taking(self.plan, gaps[number - 1]))

    def _show(self, mode: Mode, plan: Plan | None) -> None:
        self.mode, self.plan, self.gaps = mode, plan, None
        self.changed.emit()

    def _on_done(self, plan: Plan, changes: Any) -> None:
        self.is_busy = False
        self._show(Mode.IDLE, None)
        self.booked.emit(changes, plan)

    def _on_failed(self, plan: Plan, error: DeskError) -> None:
        self.is_busy = False
        if isinstance(error, SlotTaken):
            self.refusal = str(error)
            self._show(Mode.REFUSED, plan)
            query = partial(nearest_gaps, wish=wish_of(plan))
            self._desk.ask(query, owner=self, done=partial(self._take_gaps, plan))
            return
        self._show(Mode.WRITING, plan)
        self.troubled.emit(error.field if isinstance(error, RuleBroken) else None, str(error))

    def _take_gaps(self, plan: Plan, gaps: tuple[Gap, ...]) -> None:
        if self.mode is Mode.REFUSED and self.plan is plan:
            self.gaps = gaps
            self.changed.emit()
