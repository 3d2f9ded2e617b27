"""The newest question wins (最后选的为准): an answer to an older one is dropped, its read ended."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desk.rules.errors import DeskError
from desk.ui.desk import Desk, Query, Stop


class Newest(QObject):
    """Asks the database one question at a time for a page whose period is chosen quickly."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asking: Stop | None = None

    def ask(self, query: Query[Any], done: Callable[[Any], None]) -> None:
        """Ask; what was asked before is of no use any more."""
        self.drop()
        self._asking = asked = Stop()
        self._desk.ask(
            query,
            owner=self,
            done=partial(self._on_answer, asked, done),
            failed=partial(self._on_failed, asked),
            stop=asked,
        )

    def drop(self) -> None:
        """Wait for no answer any more."""
        if self._asking is not None:
            self._asking.stop()
            self._asking = None

    def _on_answer(self, asked: Stop, done: Callable[[Any], None], answer: Any) -> None:
        if asked is self._asking:
            self._asking = None
            done(answer)

    def _on_failed(self, asked: Stop, error: DeskError) -> None:
        if asked is self._asking:
            self._asking = None
            self._desk.tasks.said.emit(str(error))
