"""The strip in the case file (谁手里多久): for who oversees, and where somebody was urged."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.holding import case_strip
from desk.rules.codes import Role
from desk.rules.holding import CaseStrip
from desk.ui.desk import Desk
from desk.ui.steering.held_strip import HeldStrip
from desk.ui.steering.words import is_steered

_WATCHERS = frozenset({Role.LEADER, Role.CHIEF, Role.INSPECTOR})


class CaseStripBand(QWidget):
    """The strip in one line; away where nobody asks how long a case lay where."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: int | None = None
        self.strip = HeldStrip(in_one_line=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        self.hide()

    def show_case(self, file: CaseFile) -> None:
        """Read in whose hands this case was, where somebody wants to know."""
        is_wanted = is_steered(file) or bool(self._desk.person.roles & _WATCHERS)
        if file.id != self._case or not is_wanted:
            self.hide()  # until its own strip is there
        self._case = file.id
        if is_wanted:
            query = partial(case_strip, case_id=file.id)
            self._desk.ask(query, owner=self, done=partial(self._show, file.id))

    def _show(self, case_id: int, strip: CaseStrip | None) -> None:
        if case_id == self._case and strip is not None and strip.held:
            self.strip.show_strip(strip, self._desk.now())
            self.show()
