"""Keeps the picture of each day at 23:00 by itself (23 时快照), whoever is at this desk.

One timer to the next 23:00 of the server's clock; what was missed is kept when somebody comes. If
another desk was quicker, there is nothing to do.
"""

from PySide6.QtCore import QObject, QTimer

from desk.actions.bulletins import KeepDayPicture
from desk.queries.missing_pictures import DuePicture, due_pictures
from desk.rules.day_pictures import next_due
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk

_LONGEST_MS = 3_600_000  # the desk's clock follows the server's: look again within the hour
_FIRST_MS = 30_000  # whoever has just signed in has other things to read


class DayPictures(QObject):
    """Asks what is due, and sends one picture after the other."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_awake = False
        self._waiting: list[DuePicture] = []
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self.ask)

    def start(self) -> None:
        """Begin; what is missing is looked for a little later."""
        self._is_awake = may_in_hall(Deed.ISSUE_BULLETIN, self._desk.person)
        if self._is_awake:
            self._next.start(_FIRST_MS)

    def stop(self) -> None:
        """Do nothing while the screen is locked."""
        self._is_awake = False
        self._next.stop()

    def ask(self) -> None:
        """Look now whether a picture is due."""
        if self._is_awake:
            self._desk.ask(due_pictures, owner=self, done=self._on_due, failed=self._on_failure)

    def left_ms(self) -> int:
        """Return after how many milliseconds to look again."""
        now = self._desk.now()
        return min(int((next_due(now) - now).total_seconds() * 1000) + 500, _LONGEST_MS)

    def _on_due(self, due: tuple[DuePicture, ...]) -> None:
        self._waiting = list(due)
        self._send_next()

    def _send_next(self) -> None:
        if not self._is_awake:
            return
        if not self._waiting:
            self._next.start(self.left_ms())
            return
        one = self._waiting.pop(0)
        request = KeepDayPicture(**self._desk.by_me(), day=one.day, picture=one.picture)
        self._desk.act(
            request,
            owner=self,
            done=lambda _changes: self._send_next(),
            failed=lambda _error: self._send_next(),  # another desk was quicker
        )

    def _on_failure(self, _error: DeskError) -> None:
        self._next.start(_LONGEST_MS // 60)  # that the database is away is said elsewhere
