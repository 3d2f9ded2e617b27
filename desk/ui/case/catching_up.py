"""What became of the case on the screen (跟上最新情况): one question at a time."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.queries.case_file import CaseFile, CaseTurn, case_turn
from desk.queries.case_look import CaseNews
from desk.rules.errors import DeskError
from desk.rules.moments import say_moment
from desk.ui.desk import Desk

Shown = Callable[[], tuple[int | None, CaseFile | None]]


class CatchingUp(QObject):
    """Looks, whenever something was changed, whether it was the case that is shown.

    Args:
        shown: says which case is open, and what of it is on the screen.

    Signals:
        caught_up: nobody else changed it; carries the CaseFile, or None where it is kept from
            the reader now.
        told: colleagues changed it; carries what to say.
        refused: it could not be read; carries the sentence.
    """

    caught_up = Signal(object)
    told = Signal(str)
    refused = Signal(str)

    def __init__(self, desk: Desk, shown: Shown, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shown = desk, shown
        self._is_asking = self._asks_again = False
        desk.changed.connect(self._on_changed)

    def _on_changed(self, changes: Any, _who: object) -> None:
        case, _file = self._shown()
        if case is not None and (changes.touches(case) or not changes.cases):
            self._ask()

    def _ask(self) -> None:
        case, file = self._shown()
        self._asks_again = self._is_asking
        if case is None or self._is_asking:
            return
        self._is_asking = True
        query = partial(case_turn, case_id=case, since=None if file is None else file.version)
        self._desk.ask(query, owner=self, done=partial(self._on_turn, case), failed=self._on_failed)

    def _on_turn(self, case: int, turn: CaseTurn) -> None:
        self._is_asking = False
        open_now, _file = self._shown()
        if self._asks_again:
            self._ask()
        elif case == open_now and turn.news:
            self.told.emit(self._words(turn.news))
        elif case == open_now:
            self.caught_up.emit(turn.file)

    def _on_failed(self, error: DeskError) -> None:
        self._is_asking = self._asks_again = False
        self.refused.emit(str(error))

    def _words(self, news: tuple[CaseNews, ...]) -> str:
        last = news[0]
        at = say_moment(last.recorded_at, seen_at=self._desk.now())
        more = f"（另有 {len(news) - 1} 处）" if len(news) > 1 else ""
        return f"{last.who} {at} {last.title}{more}"
