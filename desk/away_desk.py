"""The desk of somebody who came in without the server (离线登记): opened, locked, left again."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk.ui.frame import Frame
from desk.ui.tasks import Tasks

if TYPE_CHECKING:  # brings in SQLAlchemy, which the first window does not wait for
    from desk.door import Entered
    from desk.ui.away_window import AwayWindow
    from desk.ui.desk import Desk


class AwayDesk(QObject):
    """Keeps the one window that works without the server.

    Signals:
        sign_in_wanted: the clerk wants to sign in, or leaves the desk.
    """

    sign_in_wanted = Signal()

    def __init__(self, frame: Frame, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._tasks = frame, tasks
        self._desk: Desk | None = None
        self.window: AwayWindow | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody works without the server."""
        return self.window is not None

    @property
    def name(self) -> str:
        """Who works here."""
        return self._desk.person.name if self._desk is not None else ""

    def open(self, entered: "Entered") -> None:
        """Bring the form to the front: as it was left by the same person, or a fresh one."""
        person = entered.database.person
        if self._desk is None or self._desk.person.staff_id != person.staff_id:
            self.leave()
            self._make(entered)
        if self.window is not None:
            self._frame.front(self.window)
            self.window.wake()

    def rest(self) -> None:
        """Do nothing more while the screen is locked."""
        if self.window is not None:
            self.window.rest()

    def leave(self) -> None:
        """Give the window up; what was typed is a draft, what was kept is in the journal."""
        if self.window is not None:
            self.window.close_down()
            self._frame.drop(self.window)
            self.window = None
        if self._desk is not None:
            self._desk.close()
            self._desk.deleteLater()
            self._desk = None

    def _make(self, entered: "Entered") -> None:
        desk_module = import_module("desk.ui.desk")
        window_module = import_module("desk.ui.away_window")
        self._desk = desk_module.Desk(entered.database, self._tasks, self, has_met=False)
        self.window = window_module.AwayWindow(self._desk, entered.database)
        self.window.sign_in_wanted.connect(self.sign_in_wanted)
