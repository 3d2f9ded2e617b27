"""One of the lists of a page: what it shows and what it offers (分栏页的一张单子)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.rules.errors import DeskError
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.preview import open_preview
from desk.ui.screen import Screen
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.step_panel import StepHost, StepPanel
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow

# what an answer calls the line that it made
_MADE = ("letter", "talk", "honour", "gathering", "demand", "resource", "project")


class Section(QObject):
    """What all of them can do.

    Signals:
        fresh: other lines are to be shown; carries the line to choose, or None.
        offered: what may be done has changed.
    """

    fresh = Signal(object)
    offered = Signal()

    follows = True  # whether what colleagues do is read at once; figures of a year are not

    def __init__(self, page: Screen, host: StepHost, card: ReadingCard) -> None:
        super().__init__(page)
        self.page, self.host, self.card = page, host, card

    @property
    def desk(self) -> Desk:
        """The desk of the page."""
        return self.page.desk

    # What each of them says for itself

    def view(self) -> str:
        """Return the label of the view, with what waits there."""
        raise NotImplementedError

    def head(self) -> tuple[str, str]:
        """Return what stands above the list, and a quieter word."""
        raise NotImplementedError

    def empty(self) -> str:
        """Say what to do where nothing is."""
        raise NotImplementedError

    def load(self, then: int | None = None) -> None:
        """Read everything anew."""
        raise NotImplementedError

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        raise NotImplementedError

    def show(self, key: int | None) -> None:
        """Show a line in the card."""
        raise NotImplementedError

    def items(self, key: int | None) -> list[ActionItem]:
        """Return what may be done with a line."""
        raise NotImplementedError

    # What none or some of them say otherwise

    def leave(self) -> None:
        """Show nothing more in the card: another list is on."""

    def on_space(self, key: int | None) -> bool:
        """Do what the space bar does on a line; return whether it did anything."""
        del key
        return False

    def on_panel(self, panel: object) -> None:
        """Take notice that a panel opened or closed."""
        del panel

    def open(self, kind: type[StepPanel], file: Any) -> None:
        """Open a panel about a line."""
        self.host.open(kind, file)

    def act(self, request: Any, said: str) -> None:
        """Do what needs no form."""

        def done(changes: Any) -> None:
            self.done(changes, said)

        self.desk.act(request, owner=self, done=done, failed=self.refused)

    def done(self, changes: Any, said: str = "") -> None:
        """Say what was done, and read everything anew."""
        self.page.said.emit(said or f"{changes.title}。")
        made = [changes.made.get(name) for name in _MADE]
        self.load(next((one for one in made if one is not None), None))

    def refused(self, error: DeskError) -> None:
        """Say why it was not done."""
        self.page.said.emit(str(error))
        self.load()

    def preview(self, paper: int) -> ActionItem:
        """Return the action that shows a paper before it is printed."""
        look: Callable[[], Any] = partial(open_preview, self.desk, paper, self.page)
        return ActionItem("预览、打印", GlobalKey.PAPER_PREVIEW, look, "print")
