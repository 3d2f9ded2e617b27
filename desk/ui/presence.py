"""Says who else has the same case open (还有谁在看), and lets the others know of this desk."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desk.queries.open_cases import Other, others_at
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.ui.desk import Desk

_BEAT_MS = 10_000  # three times within the half minute after which a desk counts as gone
_KEPT_QUIET = frozenset({Deed.ACCUSE, Deed.REVEAL})  # that it is written says something by itself


class Presence(QObject):
    """One desk at one case; whoever leaves is forgotten at once.

    Signals:
        others_changed: who else is there now; carries the Others.
    """

    others_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: int | None = None
        self._writing = ""
        self._is_asking = self._asks_again = False
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        desk.somebody_came.connect(self._ask)

    def open_case(self, case_id: int) -> None:
        """Let the others know that this desk shows a case."""
        if case_id != self._case:
            self._case, self._writing = case_id, ""
            self.others_changed.emit(())
            self._timer.start()
            self._beat()

    def write(self, deed: Deed | None) -> None:
        """Let the others know that something is being written, or no longer."""
        writing = "" if deed is None or deed in _KEPT_QUIET else deed.value
        if self._case is not None and writing != self._writing:
            self._writing = writing
            self._beat()

    def leave(self) -> None:
        """Be at no case any more; nothing of it is kept."""
        if self._case is not None:
            self._case, self._writing = None, ""
            self._timer.stop()
            self.others_changed.emit(())
            self._desk.touch_presence(None, owner=self._desk, done=_nothing)

    def _beat(self) -> None:
        self._desk.touch_presence(
            self._case, self._writing, owner=self, done=lambda _done: self._ask()
        )

    def _ask(self) -> None:
        """Ask who else is there: never two questions at a time, however many come and go."""
        case = self._case
        self._asks_again = self._is_asking
        if case is None or self._is_asking:
            return
        self._is_asking = True
        query = partial(others_at, case_id=case)
        self._desk.ask(query, owner=self, done=partial(self._show, case), failed=self._on_failed)

    def _show(self, case: int, others: Sequence[Other]) -> None:
        self._is_asking = False
        if self._asks_again or case != self._case:
            self._ask()
        else:
            self.others_changed.emit(others)

    def _on_failed(self, _error: DeskError) -> None:
        self._is_asking = self._asks_again = False  # that the database is away is said elsewhere


def _nothing(_answer: object) -> None:
    """Do nothing: that the database is away is said elsewhere."""
