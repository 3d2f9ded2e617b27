"""Gives a silent server up (断线看门狗): no window waits longer than three seconds for an answer.

Keep-alives do not find a server that is frozen: its kernel goes on acknowledging (RELIABILITY.md
4.1). So each wait of the driver is watched here, and when nothing has come for too long, the socket
is shut: the driver then sees a lost connection, as after any other failure. What is known to take
long says so with `patient`; the command line watches nothing.
"""

import os
import socket
from collections.abc import Generator, Mapping
from contextlib import suppress
from math import inf
from time import monotonic
from typing import Any, TypeVar

import psycopg
from sqlalchemy import URL, Engine, create_engine

from desk.store.patience import patience

Answer = TypeVar("Answer")
# before that, the kernel finds a peer that is gone (milliseconds, seconds)
TCP_OPTIONS = {
    "connect_timeout": 2,
    "keepalives": 1,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}
# for windows alone: it also ends what a busy server has not yet read of a long list of rows
IMPATIENT = {"tcp_user_timeout": 1500}


class WatchedConnection(psycopg.Connection[Any]):
    """A connection whose server may be silent for `silence` seconds, and not longer."""

    silence = inf

    def wait(
        self, gen: Generator[Any, Any, Answer], interval: float = 0.1, timeout: float | None = None
    ) -> Answer:
        """Wait for the server as the driver does, but not for ever."""
        if timeout is not None:  # it listens for news, and nothing is owed to it
            return super().wait(gen, interval, timeout)
        return super().wait(self._watched(gen), interval)

    def _watched(self, gen: Generator[Any, Any, Answer]) -> Generator[Any, Any, Answer]:
        """Pass the driver's questions on, and shut the socket once it was silent for too long."""
        most, heard = max(self.silence, patience()), monotonic()
        try:
            asked = next(gen)
            while True:
                ready = yield asked
                if ready:
                    heard = monotonic()
                elif monotonic() - heard > most:
                    self._give_up()
                asked = gen.send(ready)
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    def _give_up(self) -> None:
        with suppress(OSError), socket.socket(fileno=os.dup(self.pgconn.socket)) as line:
            line.shutdown(socket.SHUT_RDWR)


# a statement is prepared when it comes again; all windows of a desk ask some two hundred of them
_PREPARED = (1, 300)


def watched_engine(url: URL, silence: float | None, options: Mapping[str, Any]) -> Engine:
    """Return an engine whose connections are given up once a server is silent for so long.

    Args:
        silence: seconds; None waits for ever.
        options: what the driver is told besides the address.
    """

    def connect() -> WatchedConnection:
        arguments, address = engine.dialect.create_connect_args(url)
        given: dict[str, Any] = {**address, **TCP_OPTIONS, **options}
        if silence is not None:
            given |= IMPATIENT
        made = WatchedConnection.connect(*arguments, **given)
        made.silence = inf if silence is None else silence
        made.prepare_threshold, made.prepared_max = _PREPARED
        return made

    engine = create_engine(url, creator=connect, pool_size=2, pool_pre_ping=True)
    return engine
