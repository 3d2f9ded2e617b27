"""From an empty database to a hall (开张): found a street, restore a copy, or look at the demo."""

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk.rules.codes import Role
from desk.rules.errors import DeskError
from desk.ui.setup.kept import forget
from desk.ui.setup.screen import SetupScreen
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.actions.founding import StreetPlan
    from desk.outlook import Outlook

_FOUNDED = (
    "街道建好了。请用管理员的工号和密码登录，然后到“管理 · 证件号密钥”打印恢复单，封好存起来。"
)
_RESTORED = "已从备份恢复并校验。请用原来的工号和密码登录。"


class SetUp(QObject):
    """Works the set-up screen.

    Signals:
        done: there is a hall now; carries the Outlook, a login to offer and a sentence.
    """

    done = Signal(object, str, str)

    def __init__(self, tasks: Tasks, url: str, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._url = tasks, url
        self.screen = SetupScreen(tasks)
        self.screen.plan_ready.connect(self._on_plan_ready)
        self.screen.restore_wanted.connect(self._on_restore_wanted)
        self.screen.demo_wanted.connect(self._on_demo_wanted)

    def _on_plan_ready(self, plan: "StreetPlan") -> None:
        first = next((s.login for s in plan.staff if Role.ADMINISTRATOR in s.roles), "")

        def founded(outlook: "Outlook") -> None:
            forget()
            self.done.emit(outlook, first, _FOUNDED)

        work = partial(_found, self._url, plan)
        self._tasks.run(work, owner=self, done=founded, failed=self._on_failure)

    def _on_restore_wanted(self, file: Path) -> None:
        self.screen.say("正在恢复并校验。")
        self._tasks.run(
            partial(_restore, self._url, file),
            owner=self,
            done=lambda outlook: self.done.emit(outlook, "", _RESTORED),
            failed=self._on_failure,
        )

    def _on_demo_wanted(self) -> None:
        self.screen.say("正在准备演示街道，约需几秒。")
        self._tasks.run(
            _demo,
            owner=self,
            done=lambda outlook: self.done.emit(outlook, "", ""),
            failed=self._on_failure,
        )

    def _on_failure(self, error: DeskError) -> None:
        self.screen.set_waiting(waiting=False)
        self.screen.say(str(error))


def _found(url: str, plan: "StreetPlan") -> "Outlook":
    outlook: Outlook = import_module("desk.first_day").found(url, plan)
    return outlook


def _restore(url: str, file: Path) -> "Outlook":
    outlook: Outlook = import_module("desk.first_day").restore_copy(url, file)
    return outlook


def _demo() -> "Outlook":
    outlook: Outlook = import_module("desk.first_day").look_at_demo()
    return outlook
