"""The desk: the only door from a window to the database (HOUSE.md pattern 6)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypedDict, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from desk.clock import machine_now, steady_seconds
from desk.outbox.outbox import waits
from desk.queries.news import everything
from desk.rules.errors import DeskError
from desk.rules.rights import Person
from desk.rules.told import Told
from desk.store.database import Changes, Database, Reader, Request, Stop, is_shown, patient
from desk.ui.long_work import LongPlan, LongWork, WorkDoor, works_of
from desk.ui.tasks import Failed, Lane, Tasks
from desk.ui.uploads import Uploads

__all__ = ["ByMe", "Desk", "Query", "Stop"]

Answer = TypeVar("Answer")
Query = Callable[[Reader], Answer]
_WAITS = "已保存在本机，联网后自动上传。"
_DRIFT = timedelta(milliseconds=500)  # what is less may be the way to the server and back


class ByMe(TypedDict):
    """Who asks, and when: the head of every request."""

    made_by: int
    happened_at: datetime


class Desk(QObject):
    """What every window is given: ask the database, act on it, hear what changed.

    Signals:
        changed: something was changed here or by a colleague; carries Changes and who asked.
        somebody_came: a colleague opened a case somewhere, or left it.
    """

    changed = Signal(object, object)
    somebody_came = Signal()

    def __init__(
        self,
        database: Database,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        machine: Callable[[], datetime] = machine_now,
        has_met: bool = True,
    ) -> None:
        super().__init__(parent)
        self._database = database
        self.tasks = tasks
        self._has_left = False
        self._machine = machine
        self.set_time(database.now() if has_met else machine())
        self.uploads: Uploads | None = None
        if not self.database_url.startswith("sqlite"):
            self.uploads = Uploads(database, tasks, self.now, self, has_met=has_met)
            self.uploads.arrived.connect(lambda sent: self.changed.emit(sent.changes, self))
            self.uploads.failed.connect(self.tasks.said)

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self._database.person

    @property
    def database_url(self) -> str:
        """Where the database is, without a password."""
        return self._database.engine.url.render_as_string(hide_password=True)

    def now(self) -> datetime:
        """Return the server's time, as far as this machine knows it.

        It goes on from what the server last said by seconds that nobody can set back or forth.
        """
        return self._told + timedelta(seconds=steady_seconds() - self._told_at)

    def set_time(self, server_now: datetime, told_at: float | None = None) -> None:
        """Set this desk's clock by the server's.

        Args:
            told_at: the steady second at which the server said so; now, if not given.
        """
        self._told = server_now
        self._told_at = steady_seconds() if told_at is None else told_at

    def hear_time(self, server_now: datetime, told_at: float) -> None:
        """Follow the server's clock where this desk's has drifted from it."""
        here = self._told + timedelta(seconds=told_at - self._told_at)
        if abs(server_now - here) >= _DRIFT:
            self.set_time(server_now, told_at)

    def machine_ahead(self) -> timedelta:
        """Return how far this machine's own clock is ahead of the server's."""
        return self._machine() - self.now()

    def by_me(self) -> ByMe:
        """Return the head of a request made now by whoever is signed in."""
        return {"made_by": self.person.staff_id, "happened_at": self.now()}

    def ask(
        self,
        query: Query[Answer],
        *,
        owner: QObject,
        done: Callable[[Answer], None],
        failed: Failed | None = None,
        stop: Stop | None = None,
    ) -> None:
        """Read in the background, then call `done` with the answer.

        Args:
            stop: with it the read is ended when its answer is of no use any more.
        """
        work = self._closing_after(partial(self._database.read, query, stop=stop))
        self.tasks.run(work, owner=owner, done=done, failed=failed)

    def act(
        self,
        request: Request,
        *,
        owner: QObject,
        done: Callable[[Changes], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Carry out `request` in the background, then tell all windows what changed.

        A look, a rendering or a print changes nothing that is shown: nothing is read again.

        Args:
            done: called with what was changed; on the shared database perhaps with what is only
                kept here yet (`desk.outbox.outbox.waits`).
            failed: called with the DeskError while `owner` lives; else the sentence is said.
        """

        def finished(changes: Changes) -> None:
            if done is not None and shiboken6.isValid(owner):
                done(changes)
            if not is_shown(request):
                return
            if not waits(changes):
                self.changed.emit(changes, owner)
            elif changes.made.get("number", "") == "":
                self.tasks.said.emit(_WAITS)

        def refused(error: Any) -> None:
            if failed is not None and shiboken6.isValid(owner):
                failed(error)
            else:
                self.tasks.said.emit(str(error))

        road = self._database if self.uploads is None else self.uploads
        work = self._closing_after(partial(road.carry_out, request))
        # All must hear of the change, even if the owner has closed: so the desk owns the task.
        self.tasks.run(work, owner=self, done=finished, failed=refused, lane=Lane.SAVE)

    def work(
        self,
        work: Callable[[], Answer],
        *,
        owner: QObject,
        done: Callable[[Answer], None],
        failed: Failed | None = None,
    ) -> None:
        """Do work with papers or files in the background, away from the database's thread."""
        patiently = partial(_patiently, work)
        self.tasks.run(patiently, owner=owner, done=done, failed=failed, lane=Lane.PAPER)

    def try_out(
        self,
        work: Callable[[Database], Answer],
        *,
        owner: QObject,
        done: Callable[[Answer], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask the database several times in the background, without changing anything."""
        asked = self._closing_after(partial(work, self._database))
        self.tasks.run(asked, owner=owner, done=done, failed=failed)

    def begin_long(
        self,
        plan: LongPlan,
        work: Callable[[WorkDoor], Answer],
        *,
        owner: QObject,
        done: Callable[[Answer], None] | None = None,
        failed: Failed | None = None,
    ) -> LongWork:
        """Begin what takes minutes, beside everything else; how it ends is said whoever is there.

        Args:
            done: brings `owner` up to date, while it lives.
            failed: likewise, also when the work was stopped.
        """
        door = WorkDoor(self._database, self.by_me, plan.unit)
        long_work = LongWork(plan, door, self.person.name, works_of(self.tasks))

        def over(sentence: str) -> None:
            if long_work.has_changed and shiboken6.isValid(self):
                self.changed.emit(everything(), "")
            if sentence:
                self.tasks.said.emit(sentence)

        def finished(answer: Answer) -> None:
            over(long_work.finish(answer, self.now()))
            if done is not None and shiboken6.isValid(owner):
                done(answer)

        def refused(error: DeskError) -> None:
            over(long_work.fail(error, self.now()))
            if failed is not None and shiboken6.isValid(owner):
                failed(error)

        patiently = self._closing_after(partial(_patiently, partial(door.do, work)))
        works_of(self.tasks).take(long_work)
        # it belongs to the program, not to a page: its end is told whoever is there by then
        self.tasks.run(patiently, owner=long_work, done=finished, failed=refused, lane=Lane.LONG)
        return long_work

    def listen(self, tell: Callable[[Told], None]) -> Callable[[], None]:
        """Hear at once that colleagues did something; `tell` is called in a thread.

        Returns what ends it.
        """
        return self._database.listen(tell)

    def touch_presence(
        self, case: int | None, writing: str = "", *, owner: QObject, done: Callable[[Any], None]
    ) -> None:
        """Note which case this desk shows; that it cannot be noted is no trouble of the clerk's."""
        work = self._closing_after(partial(self._database.touch_presence, case, writing))
        self.tasks.run(work, owner=owner, done=done, failed=lambda _error: None)

    def renew(self, database: Database) -> None:
        """Go on with a fresh sign-in of the same person, after the screen was locked."""
        self._database, self._has_left = database, False
        self.set_time(database.now())
        if self.uploads is not None:
            self.uploads.go_on(database)

    def leave(self) -> None:
        """Drop the database connections (at lock): what is under way closes its own behind it."""
        self._has_left = True
        if self.uploads is not None:
            self.uploads.rest()
        # not in a lane: a program that ends drops what still waits there
        threading.Thread(target=self._database.close, name="desk-leaving").start()

    def close(self) -> None:
        """Drop the database connections at the end, when nothing is under way any more."""
        if self.uploads is not None:
            self.uploads.close()
        self._database.close()

    def _closing_after(self, work: Callable[[], Answer]) -> Callable[[], Answer]:
        """Return work that keeps no connection if the person has left by the time it is done.

        What somebody set going before he left may ask once more when its answer comes: a paper
        that was rendered stores its proof, a page that was loading loads its next part.
        """
        database = self._database

        def done_and_closed() -> Answer:
            try:
                return work()
            finally:
                if self._has_left or database is not self._database:
                    database.close()

        return done_and_closed


def _patiently(work: Callable[[], Answer]) -> Answer:
    """Do work whose statements may take long: a year's ledger, a bound book."""
    with patient():
        return work()
