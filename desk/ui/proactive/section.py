"""One of the lists on the page 治理清单: what they share beyond the page of letters."""

from typing import Any

from desk.ui.letters.section import Section
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.screen import Screen

_MADE = ("gathering", "demand", "resource", "project")


class ListSection(Section):
    """A list whose lines lead to lines of their own in the card."""

    def __init__(self, page: Screen, host: ProactiveHost, card: LinesCard) -> None:
        super().__init__(page, host, card)
        self.lines_card = card

    def leave(self) -> None:
        """Show nothing more in the card: another list is on."""

    def open_row(self, key: int | None) -> None:
        """Go on with Enter: into the lines of the card."""
        del key
        self.lines_card.cases.setFocus()

    def open_line(self, key: int | None) -> None:
        """Open a line of the card with Enter."""
        del key

    def done(self, changes: Any, said: str = "") -> None:
        """Say what was done, and read everything anew."""
        self.page.said.emit(said or f"{changes.title}。")
        made = [changes.made.get(name) for name in _MADE]
        self.load(next((one for one in made if one is not None), None))
