"""What was said before (以前说过、办过的) beside the call: open promises on top, then all else."""

from datetime import datetime

from PySide6.QtCore import Qt

from desk.queries.case_file import CaseFile
from desk.queries.case_reaching import say_contacts
from desk.ui.followup.said_before import promises_of, said_before
from desk.ui.scroll_column import scrolled
from desk.ui.theme import say_state
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.timeline import Timeline

_NAME = "以前说过、办过的"


class BeforeCard(Card):
    """The right of the page; reached with Ctrl+Tab and read with the arrow keys."""

    def __init__(self) -> None:
        super().__init__(_NAME)
        self.timeline = Timeline()
        self._count = text_label("", "label", wraps=True)
        self._promises = text_label("", "strong", wraps=True)
        say_state(self._promises, state="warn")
        self.body.addWidget(self._count)
        self.body.addWidget(self._promises)
        self.pages = scrolled(self.timeline)
        self.pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages.setAccessibleName(_NAME)
        self.body.addWidget(self.pages, 1)

    def show_case(self, file: CaseFile, now: datetime) -> None:
        """Show everything said before about a case."""
        self.timeline.set_entries(said_before(file, now))
        promises = promises_of(file, now)
        self._promises.setText(promises)
        self._promises.setVisible(bool(promises))
        self._count.setText(say_contacts(file.contacts))
        self._count.setVisible(bool(file.contacts))

    def promises(self) -> str:
        """Return which promised calls are still to be made."""
        return self._promises.text()
