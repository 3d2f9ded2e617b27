"""What waits at this desk for the server (待上传): kept, sent in the background, then told of.

A desk on one file has none of this: its file is the journal (HOUSE.md decision 5).
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal

from desk.outbox.journal import Journal, JournalRow, NotKept, State, journal_name
from desk.outbox.outbox import Changes, Database, Outbox, Request
from desk.outbox.sender import Pass
from desk.settings import data_folder
from desk.ui.tasks import Lane, Tasks

_NO_JOURNAL = (
    "本机留底打不开，可能是磁盘已满：服务器不通时登记不能暂存在本机。请管机器的同事看一下磁盘。"
)
_CLOSING_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """How many intakes are where.

    Attributes:
        waiting: what waits for the server.
        refused: what it did not take and nobody has opened again.
    """

    waiting: int = 0
    refused: int = 0
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """The list of what waits, as it was read."""

    rows: tuple[JournalRow, ...] = ()
    next_try: datetime | None = None


class Uploads(QObject):
    """The journal of this workstation and the thread that sends it; the desk owns it.

    Signals:
        changed: something waits more or less, or the server came or went; carries Standing.
        arrived: what waited is with the server; carries Sent.
        refused: the server did not take it; carries the JournalRow and the sentence.
        failed: a sentence: nothing can be kept here.
    """

    changed = Signal(object)
    arrived = Signal(object)
    refused = Signal(object, str)
    failed = Signal(str)
    _passed = Signal(object, object)

    def __init__(
        self,
        database: Database,
        tasks: Tasks,
        clock: Callable[[], datetime],
        parent: QObject,
        *,
        has_met: bool = True,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._clock, self._has_met = tasks, clock, has_met
        self._database = database
        self._journal: Journal | None = None
        self._outbox: Outbox | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.standing = Standing()
        self._passed.connect(self._on_pass)
        self.go_on(database)

    def go_on(self, database: Database) -> None:
        """Send as whoever has just signed in."""
        self._database, self._outbox = database, None
        self._tasks.run(partial(self._open, database), owner=self, done=self._on_opened)

    def carry_out(self, request: Request) -> Changes:
        """Carry out a request in the background's thread, journaled first."""
        if self._outbox is None:
            return self._database.carry_out(request)
        changes = self._outbox.carry_out(request)
        self._tell(Pass(is_away=self._outbox.sender.is_away))
        return changes

    def try_now(self) -> None:
        """Send what waits at once (the server answers again, or the clerk wants it)."""
        if self._outbox is not None:
            self._outbox.sender.wake()

    def ask_list(self, *, owner: QObject, done: Callable[[Waiting], None]) -> None:
        """Read what waits and what was refused; then call `done`."""
        self._tasks.run(self._list, owner=owner, done=done, lane=Lane.PAPER)

    def give_up(self, row: JournalRow, reason: str, *, done: Callable[[], None]) -> None:
        """Send a row no more; the reason stays with it."""

        def dropped() -> None:
            if self._journal is not None:
                self._journal.drop(row.command, reason, self._clock())
                self._tell(Pass(is_away=self.standing.is_away))

        self._tasks.run(dropped, owner=self, done=lambda _nothing: done(), lane=Lane.PAPER)

    def rest(self) -> None:
        """Send nothing while nobody is signed in; the thread ends by itself."""
        self._stop.set()
        self.try_now()

    def close(self) -> None:
        """Stop and close the journal; what waits is sent after the next sign-in."""
        self.rest()
        if self._thread is not None:
            self._thread.join(_CLOSING_SECONDS)
        if self._journal is not None:
            self._journal.close()

    def _open(self, database: Database) -> str:
        url = database.engine.url.render_as_string(hide_password=True)
        try:
            if self._journal is None:
                self._journal = Journal(data_folder() / "outbox" / journal_name(url))
                self._journal.prune(self._clock())
        except NotKept:
            return _NO_JOURNAL
        outbox = Outbox(
            self._journal,
            database,
            clock=self._clock,
            on_pass=self._tell,
            has_met=self._has_met,
        )
        self._outbox = outbox
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=_send_until, args=(outbox, self._stop, database), name="desk-sender", daemon=True
        )
        self._thread.start()
        return ""

    def _on_opened(self, trouble: str) -> None:
        if trouble:
            self.failed.emit(trouble)

    def _tell(self, result: Pass) -> None:
        """Bring what a thread has done to the window's own."""
        if self._journal is None or not shiboken6.isValid(self):
            return
        standing = Standing(
            len(self._journal.pending()), len(self._journal.at(State.REFUSED)), result.is_away
        )
        self._passed.emit(result, standing)

    def _on_pass(self, result: Pass, standing: Standing) -> None:
        for sent in result.done:
            self.arrived.emit(sent)
        for row, error in result.refused:
            self.refused.emit(row, str(error))
        if standing != self.standing:
            self.standing = standing
            self.changed.emit(standing)

    def _list(self) -> Waiting:
        if self._journal is None or self._outbox is None:
            return Waiting()
        rows = (*self._journal.at(State.REFUSED), *self._journal.pending())
        return Waiting(rows, self._outbox.sender.next_try)


def _send_until(outbox: Outbox, stop: threading.Event, database: Database) -> None:
    try:
        outbox.sender.run(stop)
    finally:
        database.close()
