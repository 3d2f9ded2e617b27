"""Reminds whoever works here of what is his to stop (到期提醒): one bundle, never the keyboard.

What is near is said quietly for a few seconds; what is over stays until it has been read. Asked
anew after a change, and by one timer at the next moment at which anything becomes near or over.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desk.queries.clock_reminders import OwnLimits, own_limits
from desk.rules.clock_reminders import (
    OwnLimit,
    Stage,
    bundle_words,
    limit_words,
    tally,
    untold,
    wake_at,
)
from desk.rules.errors import DeskError
from desk.rules.tally import Tally
from desk.settings import load_settings
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.messages import Messages, Said
from desk.ui.read_marks import ReadMarks
from desk.ui.widgets.bundle import BundleLine

_PAUSE_MS = 1_000  # after a change: many often come together
_LONGEST_MS = 3_600_000
_NEAR, _OVER = "near", "over"


@dataclass(frozen=True, slots=True)
class _Found:
    """The reader's limits, what he has read at this desk, and whether he wants to hear it."""

    own: OwnLimits
    read: tuple[str, ...]
    sounds: bool


def _limits_and_marks(reader: Any, *, marks: ReadMarks) -> _Found:
    return _Found(own_limits(reader), marks.load(), load_settings().reminder_sound)


class Reminders(QObject):
    """Tells one person of his limits and counts them.

    Args:
        beep: makes a short sound; used only where it is turned on at this machine.

    Signals:
        counted: how many cases are over and near; carries the Tally.
        case_wanted: the clerk wants to see a case; carries its id.
        list_wanted: he wants to see all that was said today.
    """

    counted = Signal(object)
    case_wanted = Signal(object)
    list_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        messages: Messages,
        parent: QObject,
        *,
        beep: Callable[[], object] = QApplication.beep,
    ) -> None:
        super().__init__(parent)
        self._desk, self._messages, self._beep = desk, messages, beep
        self._marks = ReadMarks(desk.person.staff_id)
        self._told: set[str] = set()  # in this sitting, read or not
        self._lines: dict[str, dict[str, OwnLimit]] = {_NEAR: {}, _OVER: {}}
        self._is_awake = self._is_asking = self._is_late = False
        self._has_begun = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self.ask)
        desk.changed.connect(lambda _changes, _who: self._soon())
        messages.bundle.read.connect(self._on_read)

    def start(self) -> None:
        """Begin with one summary of what has come up meanwhile."""
        self._is_awake, self._has_begun = True, False
        self.ask()

    def stop(self) -> None:
        """Say nothing while the screen is locked; what was not read is said again afterwards."""
        self._is_awake = False
        self._pause.stop()
        self._next.stop()
        for key, limits in self._lines.items():
            for one in limits.values():
                self._told -= one.marks(self._desk.now())
            limits.clear()
            self._messages.bundle.drop(key)
        self.counted.emit(Tally())

    def ask(self) -> None:
        """Look now; never two questions at a time."""
        if not self._is_awake:
            return
        if self._is_asking:
            self._is_late = True
            return
        self._is_asking, self._is_late = True, False
        query = partial(_limits_and_marks, marks=self._marks)
        self._desk.ask(query, owner=self, done=self._on_found, failed=self._on_failure)

    def _soon(self) -> None:
        if self._is_awake and not self._pause.isActive():
            self._pause.start()

    def _on_failure(self, _error: DeskError) -> None:
        self._is_asking = False  # that the database is away is said elsewhere
        self._next.start(_LONGEST_MS // 60)

    def _on_found(self, found: _Found) -> None:
        self._is_asking = False
        if not self._is_awake:
            return
        own, now = found.own, self._desk.now()
        self.counted.emit(tally(own.limits, now))
        fresh = untold(own.limits, own.hours, self._told | set(found.read), now)
        self._follow(own.limits, now)
        if fresh:
            self._tell(fresh)
            if found.sounds and not own.hours.is_quiet:
                self._beep()
        self._has_begun = True
        left = (wake_at(own.limits, own.hours, now) - now).total_seconds() * 1000
        self._next.start(min(max(int(left) + 50, 50), _LONGEST_MS))
        if self._is_late:
            self.ask()

    def _tell(self, fresh: list[OwnLimit]) -> None:
        """Put each behind the bell, and all of them into one line of the bundle for each kind."""
        now = self._desk.now()
        for one in fresh:
            self._told |= one.marks(now)
        stages = {one.key: _OVER if one.stage(now) is Stage.OVER else _NEAR for one in fresh}
        self._messages.keep(
            [
                Said(limit_words(one, now), now, _LOOK[stages[one.key]], one.summary, one.case_id)
                for one in fresh
            ]
        )
        if not self._has_begun and len(fresh) > 1:
            worst = _OVER if _OVER in stages.values() else _NEAR
            stages = dict.fromkeys(stages, worst)
        shown = {line.key for line in self._messages.bundle.lines()}
        for key, limits in self._lines.items():
            if key not in shown:
                limits.clear()
            limits.update((one.key, one) for one in fresh if stages[one.key] == key)
            for one in fresh:
                if stages[one.key] != key:
                    limits.pop(one.key, None)
            self._show(key)
        self._keep(self._lines[_NEAR].values())

    def _show(self, key: str) -> None:
        limits = sorted(self._lines[key].values(), key=lambda one: (one.due_at, one.seq))
        if not limits:
            self._messages.bundle.drop(key)
            return
        now, state, stays = self._desk.now(), _LOOK[key], key == _OVER
        if len({one.case_id for one in limits}) == 1:
            words, detail = limit_words(limits[0], now), limits[0].summary
            leads: Callable[[], None] = partial(self._leave_to_case, key, limits[0].case_id)
        else:
            words = bundle_words(limits, now)
            detail = f"按 {GlobalKey.REMINDERS} 看是哪几件。"
            leads = self.list_wanted.emit
        line = BundleLine(words, detail, state, stays, leads, key)
        self._messages.bundle.add_lines([line])

    def _follow(self, limits: Iterable[OwnLimit], now: datetime) -> None:
        """Take away what was done meanwhile, here or by a colleague, or has more time now."""
        running = {one.key: one for one in limits if one.stage(now) is not None}
        for key, shown in self._lines.items():
            before = dict(shown)
            shown.clear()
            shown.update((one, running[one]) for one in before if one in running)
            if shown != before:
                self._show(key)

    def _leave_to_case(self, key: str, case_id: int) -> None:
        self._keep(self._lines[key].values())
        self._lines[key].clear()
        self._messages.bundle.drop(key)
        self.case_wanted.emit(case_id)

    def _on_read(self) -> None:
        """Keep what was put away: it is not said again at this desk."""
        for limits in self._lines.values():
            self._keep(limits.values())
            limits.clear()

    def _keep(self, limits: Iterable[OwnLimit]) -> None:
        now = self._desk.now()
        marks = {mark for one in limits for mark in one.marks(now)}
        if marks:
            self._desk.work(partial(self._marks.add, marks), owner=self, done=lambda _: None)


_LOOK = {_NEAR: "warn", _OVER: "bad"}
