"""The same step for many cases (成批办理): what is marked, done one after the other."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from desk.rules.errors import DeskError
from desk.ui.desk import ByMe, Desk


class OnList(Protocol):
    """A line of a list, as far as a step for many needs to know it."""

    @property
    def key(self) -> int:
        """By what it is known in its list."""

    @property
    def case_id(self) -> int:
        """Whose case."""

    @property
    def seq(self) -> int:
        """Its running number, by which it is named."""

    @property
    def version(self) -> int:
        """The version that was on screen."""


Make = Callable[[ByMe, OnList], Any]


class ManyRun(QObject):
    """Knows which cases are marked; a refusal names its case and stops nothing.

    Signals:
        did: one was done; carries its case.
        over: all were tried; carries how many were done, and what was refused in sentences.
    """

    did = Signal(object)
    over = Signal(int, str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.marked: list[int] = []
        self._rest: list[OnList] = []
        self._make: Make | None = None
        self._count = 0
        self._refused: list[str] = []

    def toggle(self, key: int) -> None:
        """Mark a line, or leave it out again."""
        if key in self.marked:
            self.marked.remove(key)
        else:
            self.marked.append(key)

    def keep(self, keys: Iterable[int]) -> None:
        """Forget marks of lines that are gone."""
        there = set(keys)
        self.marked = [key for key in self.marked if key in there]

    def go(self, rows: Sequence[OnList], make: Make, *, done_before: int = 0) -> None:
        """Do it for these, in their order; the marks are used up."""
        self._rest, self._make = list(rows), make
        self._count, self._refused = done_before, []
        self.marked.clear()
        self._next()

    def _next(self) -> None:
        if not self._rest or self._make is None:
            self.over.emit(self._count, "".join(self._refused))
            return
        row = self._rest.pop(0)

        def done(_changes: object) -> None:
            self._count += 1
            self.did.emit(row.case_id)
            self._next()

        def refused(error: DeskError) -> None:
            self._refused.append(f"{row.seq:05}：{error}")
            self._next()

        request = self._make(self._desk.by_me(), row)
        self._desk.act(request, owner=self, done=done, failed=refused)
