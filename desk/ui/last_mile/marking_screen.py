"""A page on which many cases are marked and one step is taken for all of them (成批办理的页面)."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk
from desk.ui.last_mile.many_run import ManyRun, OnList
from desk.ui.last_mile.marked_list import MarkedList
from desk.ui.screen import Screen


class MarkingScreen(Screen):
    """Marks with the space bar and remembers which view is on; pages say what stands there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view = 0
        self.run = ManyRun(desk, self)
        self.list = MarkedList(self.title, desk.now, tall=True)
        self.list.passed.connect(self._on_space)
        self.desk.changed.connect(self._on_changed)

    # What each page says for itself

    def reload(self) -> None:
        """Read everything anew."""
        raise NotImplementedError

    def lines(self) -> Sequence[OnList]:
        """Return what may be marked now; nothing where no step is taken for many."""
        raise NotImplementedError

    def show_marks(self) -> None:
        """Show the lines again with their marks, and what is offered for them."""
        raise NotImplementedError

    # What all of them can do

    def arrive(self) -> None:
        """Load; the focus goes to the list."""
        self.reload()
        self.list.setFocus()

    def chosen_view(self) -> int:
        """Return which view is on."""
        return self.view

    def others(self, here: int | None) -> list[Any]:
        """Return what is marked besides the line `here`."""
        marked = self.run.marked
        return [row for row in self.lines() if row.key in marked and row.key != here]

    def marked_count(self) -> int:
        """Return how many cases the step would be taken for: the marked ones and this one."""
        return 1 + len(self.others(self.list.current_id()))

    def _on_space(self) -> None:
        """Mark a line where lines can be marked; everywhere go on to the next one."""
        here = self.list.current_id()
        if any(row.key == here for row in self.lines()) and here is not None:
            self.run.toggle(here)
            self.show_marks()
        self.list.go_on()

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.cases and self.isVisible():
            self.reload()
