"""Hears at once that somebody wrote into the database (实时更新), on a connection of its own.

PostgreSQL tells its listeners; of one file a listener asks for `data_version`, which costs a glance
at shared memory. What was written is read elsewhere: here it is only known that something was.
"""

import select
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from desk.rules.told import Told
from desk.store.telling import CHANNEL, SOMEBODY_CAME

_LOOK_SECONDS = 0.15  # how often one file is asked
_AGAIN_SECONDS = 2.0  # how soon a lost connection is tried again
_ALIVE_SECONDS = 30.0  # how often a silent server is asked whether it is there


Tell = Callable[[Told], None]


class Listening(threading.Thread):
    """Listens in the background until it is stopped; what ends the connection only delays it.

    Args:
        tell: called in the background thread with what was heard.
    """

    def __init__(self, engine: Engine, street_id: int, tell: Tell) -> None:
        super().__init__(name="desk-listening", daemon=True)
        self._engine, self._street, self._tell = engine, str(street_id), tell
        self._bell, self._button = socket.socketpair()  # Windows waits for sockets alone
        self._has_ended = False

    def stop(self) -> None:
        """Listen no more, and drop the connection."""
        self._has_ended = True
        with suppress(OSError):  # it had ended by itself
            self._button.send(b".")

    def run(self) -> None:
        """Listen, and begin anew whenever the connection is lost."""
        listen = self._on_file if self._engine.dialect.name == "sqlite" else self._on_server
        lost = (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error, OSError)
        with self._bell, self._button:
            while not self._has_ended:
                try:
                    listen()
                except lost:
                    self._tell(Told.LOST)
                    self._is_told_within(_AGAIN_SECONDS)

    def _is_told_within(self, seconds: float, *sources: Any) -> bool:
        """Wait for one of the sources, or for the end; return whether one has something to say."""
        found, _, _ = select.select([self._bell, *sources], [], [], seconds)
        return bool(found) and self._bell not in found

    def _on_server(self) -> None:
        lent = self._engine.raw_connection()
        driver: Any = lent.dbapi_connection
        lent.detach()  # no pool hands it out or resets it: it is closed here, dead or not
        with closing(driver):
            driver.autocommit = True
            driver.execute(f"LISTEN {CHANNEL}")
            self._tell(Told.LINES)  # whatever happened while nobody listened
            while not self._has_ended:
                if self._is_told_within(_ALIVE_SECONDS, driver):
                    self._pass_on(note.payload for note in driver.notifies(timeout=0))
                elif not self._has_ended:
                    driver.execute("SELECT 1")

    def _pass_on(self, payloads: Iterable[str]) -> None:
        """Tell once what many notices say, and nothing of other streets."""
        parts = [payload.partition(":") for payload in payloads]
        ours = {what for street, _, what in parts if street == self._street}
        if ours - {SOMEBODY_CAME}:
            self._tell(Told.LINES)
        if SOMEBODY_CAME in ours:
            self._tell(Told.OPENED)

    def _on_file(self) -> None:
        with closing(sqlite3.connect(self._engine.url.database or "", timeout=0)) as connection:
            seen = _version_of(connection)
            while not self._has_ended:
                self._is_told_within(_LOOK_SECONDS)
                now = _version_of(connection)
                if now != seen:
                    seen = now
                    self._tell(Told.LINES)
                    self._tell(Told.OPENED)


def _version_of(connection: sqlite3.Connection) -> int:
    """Return a figure that changes whenever another connection has written into the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
