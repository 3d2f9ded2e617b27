"""The one road from a sentence to the screen (消息): status line now, bundle for what must be seen.

A sentence that answers the clerk's own step goes to the status line and the bundle; the bell
keeps what was said today.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desk.rules.moments import day_of
from desk.ui.widgets.bundle import Bundle, BundleLine
from desk.ui.widgets.status_line import StatusLine

_KEPT = 500
_STATUS_MS = 12_000


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, with the time at which it was said.

    Attributes:
        detail: a quieter word below it.
        case_id: the case it is about, if any.
    """

    sentence: str
    at: datetime
    state: str = ""
    detail: str = ""
    case_id: int | None = None


class Messages(QObject):
    """Says sentences to whoever works here, and keeps them behind the bell.

    Signals:
        unread_changed: how many sentences have not been looked at.
    """

    unread_changed = Signal(int)

    def __init__(self, host: QWidget, status: StatusLine) -> None:
        super().__init__(host)
        self._status = status
        self.bundle = Bundle(host)
        self._kept: deque[Said] = deque(maxlen=_KEPT)
        self._unread = 0
        self._parts: list[str] = ["", ""]
        self._calm = QTimer(self, singleShot=True)
        self._calm.timeout.connect(lambda: self._set_part(0, ""))

    def say(self, sentence: str, at: datetime, *, state: str = "", stays: bool = False) -> None:
        """Put a sentence where it is seen without taking the focus."""
        self.keep([Said(sentence, at, state)])
        self.bundle.add_lines([BundleLine(sentence, state=state, stays=stays, key=sentence)])

    def keep(self, said: Sequence[Said]) -> None:
        """Put sentences behind the bell, the first on top; nothing is shown now."""
        self._kept.extendleft(reversed(said))
        self._set_unread(self._unread + len(said))

    def note(self, words: str) -> None:
        """Show words in the status line for a while; nobody needs to read them."""
        self._set_part(0, words)
        self._calm.start(_STATUS_MS)

    def keep_note(self, words: str) -> None:
        """Show words in the status line until others take their place (drafts, updating)."""
        self._set_part(1, words)

    def kept(self) -> Sequence[Said]:
        """Return what was said, newest first."""
        return tuple(self._kept)

    def read_all(self, now: datetime) -> Sequence[Said]:
        """Return what was said today, newest first; this counts as read."""
        self._set_unread(0)
        self.bundle.put_away()
        return tuple(said for said in self._kept if day_of(said.at) == day_of(now))

    def _set_unread(self, number: int) -> None:
        self._unread = number
        self.unread_changed.emit(number)

    def _set_part(self, at: int, words: str) -> None:
        self._parts[at] = words
        self._status.set_parts(*self._parts)
