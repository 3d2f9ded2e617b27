"""Coming in (登录): login and password, and a password of one's own at the first time."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk.rules.errors import DatabaseAway, DeskError
from desk.ui.sign_in import SignInPage
from desk.ui.tasks import Lane, Tasks

if TYPE_CHECKING:  # brings in SQLAlchemy, which the first window does not wait for
    from desk.door import Entered


class Entry(QObject):
    """Works the page at the door.

    Signals:
        came_in: somebody has signed in; carries the Entered.
    """

    came_in = Signal(object)

    def __init__(self, page: SignInPage, tasks: Tasks, url: str, parent: QObject) -> None:
        super().__init__(parent)
        self.url = url
        self._page, self._tasks = page, tasks
        self._entered: Entered | None = None
        self._typed = ""  # until somebody is in: it opens the form while the server is away
        page.entered.connect(self._on_sign_in)
        page.password_chosen.connect(self._on_password_chosen)

    def _on_sign_in(self, login: str, password: str) -> None:
        self._typed = password
        work = partial(_enter, self.url, login, password)
        self._tasks.run(work, owner=self, done=self._on_entered, failed=self._on_failed)

    def _on_failed(self, error: DeskError) -> None:
        """Say why nobody came in; where the server is away, registering may still be allowed."""
        is_shared = not self.url.startswith("sqlite")
        if not (is_shared and isinstance(error, DatabaseAway)):
            self._page.show_failure(error)
            return
        work = partial(_enter_away, self.url, self._page.login.text(), self._typed)
        self._tasks.run(work, owner=self, done=self._go_in, failed=self._page.show_failure)

    def _on_entered(self, entered: "Entered") -> None:
        if entered.start.must_change:
            self._entered = entered
            start = entered.start
            words = f"{entered.database.person.name}，{start.must_change}"
            self._page.ask_new_password(words, start.password_rules)
        else:
            self._go_in(entered)

    def _on_password_chosen(self, password: str) -> None:
        entered = self._entered
        if entered is None:
            return
        self._typed = password
        work = partial(_change_password, entered, self._page.password.text(), password)
        self._tasks.run(
            work,
            owner=self,
            done=self._go_in,
            failed=self._page.show_failure,
        )

    def _go_in(self, entered: "Entered") -> None:
        self._entered = None
        self._page.set_waiting(waiting=False)
        keep = partial(_keep_for_away, entered, self.url, self._page.login.text(), self._typed)
        self._typed = ""
        self.came_in.emit(entered)
        self._tasks.run(keep, owner=self, done=_nothing, failed=_nothing, lane=Lane.PAPER)


def _nothing(_answer: object) -> None:
    """Do nothing: whether it was kept matters only on a day without the server."""


def _enter(url: str, login: str, password: str) -> "Entered":
    entered: Entered = import_module("desk.door").enter(url, login, password)
    return entered


def _enter_away(url: str, login: str, password: str) -> "Entered":
    entered: Entered = import_module("desk.door").enter_away(url, login, password)
    return entered


def _keep_for_away(entered: "Entered", url: str, login: str, password: str) -> None:
    import_module("desk.door").keep_for_away(entered, url, login, password)


def _change_password(entered: "Entered", old: str, new: str) -> "Entered":
    changed: Entered = import_module("desk.door").change_password(entered, old, new)
    return changed
