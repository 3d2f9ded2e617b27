"""Hears what colleagues do (实时更新), and whether the database still answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desk.clock import steady_seconds
from desk.queries.news import News, everything, news, together
from desk.rules.errors import DeskError
from desk.rules.told import Told
from desk.ui.desk import Desk

_SLOW_MS, _AWAY_MS = 8_000, 2_000  # asked unheard, in case a notice got lost; while it is away
_CALM_MS, _FLOOD_MS = 200, 800  # rest after an answer; while colleagues do one thing after another
_FEW = 3  # so many changes are told one by one, more of them as one


@dataclass(frozen=True, slots=True)
class _Answer:
    """News, with the server's time and the steady second at which it was told."""

    news: News
    server_now: datetime
    told_at: float


def _news_and_time(reader: Any, *, after: int | None) -> _Answer:
    told_at = steady_seconds()
    return _Answer(news(reader, after=after), reader.now, told_at)


class _Bell(QObject):
    """Brings what the listener hears in its thread to this one; it outlives whoever listens.

    Signals:
        rung: something was heard; carries what.
    """

    rung = Signal(object)


class Live(QObject):
    """Asks for news when the database says that there are any, and tells every screen.

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
        self._is_awake = self._is_asking = self._asks_again = False
        self._is_connected = True
        self._in_a_row = 0  # answers that told of something, without a moment of quiet
        self._bell = _Bell()
        self._bell.rung.connect(self._on_rung)
        self._end_listening: Callable[[], None] | None = None
        self._timer = QTimer(self, interval=_SLOW_MS)
        self._timer.timeout.connect(self.ask_now)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._on_rested)

    @property
    def is_listening(self) -> bool:
        """Whether the database tells this desk by itself what happens."""
        return self._end_listening is not None

    def start(self) -> None:
        """Begin to listen."""
        self._is_awake = True
        self.ask_now()
        self._timer.start()

    def stop(self) -> None:
        """Listen no more (the screen is locked)."""
        self._is_awake = False
        self._timer.stop()
        self._rest.stop()
        if self._end_listening is not None:
            self._end_listening()
            self._end_listening = None

    def ask_now(self) -> None:
        """Ask once; never two questions at a time, but once more for what is heard meanwhile."""
        if self._is_asking:
            self._asks_again = True
            return
        self._is_asking, self._asks_again = True, False
        query = partial(_news_and_time, after=self._place)
        self._desk.ask(query, owner=self, done=self._on_answer, failed=self._on_failure)

    def _on_rung(self, told: Told) -> None:
        if not self._is_awake:
            return
        if told is Told.OPENED:
            self._desk.somebody_came.emit()
        elif self._rest.isActive():
            self._asks_again = True
        else:
            self.ask_now()

    def _on_rested(self) -> None:
        if self._asks_again:
            self.ask_now()
        else:
            self._in_a_row = 0

    def _on_answer(self, answer: _Answer) -> None:
        self._is_asking = False
        if self._is_awake:
            self._rest.start(self._pause_after(answer.news))
            self._listen()
        self._desk.hear_time(answer.server_now, answer.told_at)
        self._on_news(answer.news)

    def _pause_after(self, found: News) -> int:
        """Return how long to rest: what comes alone is told at once, a flood by the second."""
        self._in_a_row = self._in_a_row + 1 if found.heard else 0
        is_flood = len(found.heard) > _FEW or self._in_a_row > _FEW
        return _FLOOD_MS if is_flood else _CALM_MS

    def _listen(self) -> None:
        """Have a listener of one's own once the database has answered, and not before."""
        if self._end_listening is None:
            self._end_listening = self._desk.listen(self._bell.rung.emit)
            self.destroyed.connect(self._end_listening)

    def _on_news(self, found: News) -> None:
        self._place = found.place
        if not self._is_connected:
            self._is_connected = True
            self._timer.setInterval(_SLOW_MS)
            self.connected.emit(True)  # noqa: FBT003 - a signal carries positions only
        if found.is_too_much:
            self._desk.changed.emit(everything(), "")
        elif len(found.heard) > _FEW:
            self._desk.changed.emit(together(found.heard), "")
        else:
            for line in found.heard:
                self._desk.changed.emit(line.changes, line.who)
        said = [line for line in found.heard if line.changes.title]
        if said and not found.is_too_much:
            self.heard.emit(f"刚才 {said[-1].who} {said[-1].changes.title}")

    def _on_failure(self, _error: DeskError) -> None:
        self._is_asking = False
        if self._is_connected:
            self._is_connected = False
            self._timer.setInterval(_AWAY_MS)
            self.connected.emit(False)  # noqa: FBT003 - a signal carries positions only
