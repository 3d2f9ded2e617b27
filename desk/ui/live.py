"""Hears what colleagues do (实时更新), and whether the database still answers."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desk.clock import steady_seconds
from desk.queries.news import News, everything, news
from desk.rules.errors import DeskError
from desk.ui.desk import Desk

_OWN_FILE_MS, _SHARED_MS = 1_000, 2_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """News, with the server's time and the steady second at which it was told."""

    news: News
    server_now: datetime
    told_at: float


def _news_and_time(reader: Any, *, after: int | None) -> _Answer:
    told_at = steady_seconds()
    return _Answer(news(reader, after=after), reader.now, told_at)


class Live(QObject):
    """Asks for news at short intervals and passes colleagues' changes on to every screen.

    Signals:
        heard: a colleague's line for the status line, in words.
        connected: the database answers again, or no longer; carries which.
    """

    heard = Signal(str)
    connected = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent or desk)
        self._desk = desk
        self._place: int | None = None
        self._is_asking = False
        self._is_connected = True
        own_file = desk.database_url.startswith("sqlite")
        self._timer = QTimer(self, interval=_OWN_FILE_MS if own_file else _SHARED_MS)
        self._timer.timeout.connect(self.ask_now)

    def start(self) -> None:
        """Begin to listen."""
        self.ask_now()
        self._timer.start()

    def stop(self) -> None:
        """Listen no more (the screen is locked)."""
        self._timer.stop()

    def ask_now(self) -> None:
        """Ask once; never two questions at a time."""
        if self._is_asking:
            return
        self._is_asking = True
        query = partial(_news_and_time, after=self._place)
        self._desk.ask(query, owner=self, done=self._on_answer, failed=self._on_failure)

    def _on_answer(self, answer: _Answer) -> None:
        self._is_asking = False
        self._desk.hear_time(answer.server_now, answer.told_at)
        self._on_news(answer.news)

    def _on_news(self, found: News) -> None:
        self._place = found.place
        if not self._is_connected:
            self._is_connected = True
            self.connected.emit(True)  # noqa: FBT003 - a signal carries positions only
        if found.is_too_much:
            self._desk.changed.emit(everything(), "")
            return
        for line in found.heard:
            self._desk.changed.emit(line.changes, line.who)
        said = [line for line in found.heard if line.changes.title]
        if said:
            self.heard.emit(f"刚才 {said[-1].who} {said[-1].changes.title}")

    def _on_failure(self, _error: DeskError) -> None:
        self._is_asking = False
        if self._is_connected:
            self._is_connected = False
            self.connected.emit(False)  # noqa: FBT003 - a signal carries positions only
