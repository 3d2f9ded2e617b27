"""Tells at the foot of the window what is under way (正在做的事); asks before it is given up."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.long_work import LongWorks, works_of
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.status_line import StatusLine
from desk.ui.widgets.verb_dialog import Verb, VerbDialog, ask_verb
from desk.ui.works_box import WorksBox


class WorkNews(QObject):
    """A word in the status line while something is under way; it leads to the list."""

    def __init__(self, desk: Desk, status: StatusLine, host: QWidget) -> None:
        super().__init__(host)
        self._works, self._status, self._host = works_of(desk.tasks), status, host
        self._is_leaving = False
        self.box = WorksBox(desk, host)
        self._works.changed.connect(self._show)
        self._works.moved.connect(self._show)
        status.work_pressed.connect(self.box.open_box)
        KeyShortcut(GlobalKey.WORKS, host).pressed.connect(self.box.open_box)
        self._show()

    def may_close(self) -> bool:
        """Return whether the program may end now; else ask, and end it when so decided."""
        if self._is_leaving or not self._works.running():
            return True
        ask_before_end(self._host.window(), self._works, self._leave)
        return False

    def _leave(self) -> None:
        self._is_leaving = True
        self._host.window().close()

    def _show(self) -> None:
        self._status.set_work(self._works.short())


def ask_before_end(over: QWidget, works: LongWorks, end: Callable[[], None]) -> VerbDialog:
    """Ask whether the program is to end although something is under way."""
    titles = "、".join(f"“{one.plan.title}”" for one in works.running())

    def decided(verb: object) -> None:
        if verb == "end":
            works.stop_all()
            end()

    return ask_verb(
        over,
        "还有事没有做完",
        f"{titles}还在做。关掉程序就会停下：已经写好的都在，没做的下次要重新开始。",
        (Verb("end", "停下并关掉", ButtonKind.DANGER), Verb("stay", "让它做完")),
        decided,
    )
