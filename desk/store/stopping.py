"""Ends a read that nobody waits for any more (作废的查询): the last keystroke wins.

SQLite asks between its own steps; PostgreSQL is told by a cancel of the running statement. What
has ended either way raises `NoLongerWanted`, which no clerk ever reads.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from desk.rules.errors import DeskError

_STEPS = 20_000  # of SQLite's own between two looks: a millisecond or two
_CANCEL_SECONDS = 1.0


class NoLongerWanted(DeskError):
    """The read was stopped: a newer question is on its way."""

    def __init__(self) -> None:
        super().__init__("这次查询已被更新的查询代替。")


class Stop:
    """Lets another thread end one read, before it begins or while it runs."""

    def __init__(self) -> None:
        self.is_stopped = False
        self._lock = threading.Lock()
        self._running: Any = None

    def stop(self) -> None:
        """End the read; never waits for a server."""
        self.is_stopped = True
        if self._running is not None:
            threading.Thread(target=self._cancel, name="desk-stopping", daemon=True).start()

    def require_wanted(self, *_statement: object) -> None:
        """Raise NoLongerWanted if the read was stopped."""
        if self.is_stopped:
            raise NoLongerWanted

    @contextmanager
    def watch(self, session: Session) -> Iterator[None]:
        """Let this session's statements be stopped.

        Raises:
            NoLongerWanted: they were, before they began.
        """
        self.require_wanted()
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", self.require_wanted)
        driver: Any = connection.connection.dbapi_connection
        if connection.dialect.name == "sqlite":
            driver.set_progress_handler(lambda: int(self.is_stopped), _STEPS)
        else:
            self._running = driver
        try:
            yield
        finally:
            event.remove(connection, "before_cursor_execute", self.require_wanted)
            if connection.dialect.name == "sqlite":
                driver.set_progress_handler(None, 0)
            with self._lock:  # no later statement of this connection is hit
                self._running = None

    def _cancel(self) -> None:
        with self._lock, suppress(Exception):  # a server that is away has nothing to stop
            if self._running is not None:
                self._running.cancel_safe(timeout=_CANCEL_SECONDS)
