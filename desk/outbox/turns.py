"""Whose turn it is to send (轮到谁发): one command on its way at a time, a clerk before the queue.

A clerk asks with `of_clerk`, and may go on without the turn if it does not come in time; what waits
in the journal is sent row by row, each with `of_queue`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """One turn, given to one thread at a time; safe from several threads, not for one twice."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._is_taken = False
        self._clerks = 0  # who ask for it

    @property
    def is_wanted(self) -> bool:
        """Whether a clerk waits for it."""
        return self._clerks > 0

    @contextmanager
    def of_clerk(self, within: float | None = None) -> Iterator[bool]:
        """Take the next turn, and give whether it came.

        Args:
            within: seconds; waits as long as it takes, if not given.
        """
        with self._change:
            self._clerks += 1
            is_mine = self._change.wait_for(lambda: not self._is_taken, within)
            self._clerks -= 1
            self._is_taken = self._is_taken or is_mine
            self._change.notify_all()
        with self._given_back(if_mine=is_mine):
            yield is_mine

    @contextmanager
    def of_queue(self) -> Iterator[None]:
        """Take a turn that no clerk asks for, however long that takes."""
        with self._change:
            self._change.wait_for(lambda: not (self._is_taken or self.is_wanted))
            self._is_taken = True
        with self._given_back():
            yield

    @contextmanager
    def _given_back(self, *, if_mine: bool = True) -> Iterator[None]:
        try:
            yield
        finally:
            if if_mine:
                with self._change:
                    self._is_taken = False
                    self._change.notify_all()
