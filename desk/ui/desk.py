"""The desk: the only door from a window to the database (HOUSE.md pattern 6)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypedDict, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from desk.rules.rights import Person
from desk.store.database import Changes, Database, Reader, Request
from desk.ui.tasks import Failed, Lane, Tasks

Answer = TypeVar("Answer")
Query = Callable[[Reader], Answer]


class ByMe(TypedDict):
    """Who asks, and when: the head of every request."""

    made_by: int
    happened_at: datetime


class Desk(QObject):
    """What every window is given: ask the database, act on it, hear what changed.

    Signals:
        changed: something was changed here or by a colleague; carries Changes and who asked.
    """

    changed = Signal(object, object)

    def __init__(self, database: Database, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self.tasks = tasks
        self._has_left = False
        self._ahead = timedelta()  # how far the server's clock is ahead of this machine's
        self.set_time(database.now())

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self._database.person

    @property
    def database_url(self) -> str:
        """Where the database is, without a password."""
        return self._database.engine.url.render_as_string(hide_password=True)

    def now(self) -> datetime:
        """Return the server's time, as far as this machine knows it."""
        return datetime.now(UTC) + self._ahead

    def set_time(self, server_now: datetime) -> None:
        """Set this desk's clock by the server's."""
        self._ahead = server_now - datetime.now(UTC)

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
    ) -> None:
        """Read in the background, then call `done` with the answer."""
        work = self._closing_after(partial(self._database.read, query))
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

        Args:
            failed: called with the DeskError while `owner` lives; else the sentence is said.
        """

        def finished(changes: Changes) -> None:
            if done is not None and shiboken6.isValid(owner):
                done(changes)
            self.changed.emit(changes, owner)

        def refused(error: Any) -> None:
            if failed is not None and shiboken6.isValid(owner):
                failed(error)
            else:
                self.tasks.said.emit(str(error))

        work = self._closing_after(partial(self._database.carry_out, request))
        # All must hear of the change, even if the owner has closed: so the desk owns the task.
        self.tasks.run(work, owner=self, done=finished, failed=refused)

    def work(
        self,
        work: Callable[[], Answer],
        *,
        owner: QObject,
        done: Callable[[Answer], None],
        failed: Failed | None = None,
    ) -> None:
        """Do work with papers or files in the background, away from the database's thread."""
        self.tasks.run(work, owner=owner, done=done, failed=failed, lane=Lane.PAPER)

    def renew(self, database: Database) -> None:
        """Go on with a fresh sign-in of the same person, after the screen was locked."""
        self._database, self._has_left = database, False
        self.set_time(database.now())

    def leave(self) -> None:
        """Drop the database connections once what is under way has come back (at lock)."""
        self._has_left = True
        self.tasks.run(self._database.close, owner=self, done=lambda _nothing: None)

    def close(self) -> None:
        """Drop the database connections at the end, when nothing is under way any more."""
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
