"""Connections to databases that tests use one after the other: they stay open between them.

A new connection knows nothing: it reads every table, its rights and its rules, and plans every
statement, before it answers. Nothing that a test said of its session is there in the next one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Engine

from desk.store.watchdog import WatchedConnection

MOST = 3  # connections of one login that wait
_FORGET = b"RESET SESSION AUTHORIZATION; RESET ALL; UNLISTEN *; DISCARD TEMP"


class KeptConnection(WatchedConnection):
    """A connection that is not closed, but waits for the next test that wants one like it."""

    room: "list[KeptConnection] | None" = None

    def close(self) -> None:
        """Wait for the next test, if the session is whole; else close."""
        if self.room is None or self in self.room:
            return
        if len(self.room) < MOST and self._is_fresh_again():
            self.room.append(self)
        else:
            super().close()

    def end(self) -> None:
        """Close for good."""
        super().close()

    @property
    def _is_whole(self) -> bool:
        return not self.closed and self.info.transaction_status is TransactionStatus.IDLE

    def _is_fresh_again(self) -> bool:
        if not self._is_whole:
            return False
        self.autocommit = False
        self.read_only = self.deferrable = self.isolation_level = None
        self._notice_handlers.clear()
        return self.pgconn.exec_(_FORGET).status == ExecStatus.COMMAND_OK


class Rooms:
    """Where the connections to one database wait, by who they are."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, list[KeptConnection]] = defaultdict(list)

    def serve(self, engine: Engine, who: str) -> Engine:
        """Let an engine take the connections that wait here, and leave its own here."""
        pool: Any = engine.pool
        pool._creator = partial(self._take, pool._creator, self._waiting[who])
        return engine

    def processes(self) -> list[int]:
        """Return which processes of the server serve those that wait."""
        return [one.info.backend_pid for one in self._all() if not one.closed]

    def close(self) -> None:
        """Close all that wait here."""
        for one in self._all():
            one.end()
        self._waiting.clear()

    def _all(self) -> Iterator[KeptConnection]:
        for room in self._waiting.values():
            yield from room

    @staticmethod
    def _take(connect: Callable[[], Any], room: list[KeptConnection]) -> KeptConnection:
        while room:
            waiting = room.pop()
            if not waiting.closed:
                return waiting
        made = connect()
        made.__class__ = KeptConnection
        made.room = room
        kept: KeptConnection = made
        return kept
