"""One of the lists on the page 治理清单: what they share beyond the page of letters."""

from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.screen import Screen
from desk.ui.sections.section import Section


class ListSection(Section):
    """A list whose lines lead to lines of their own in the card."""

    def __init__(self, page: Screen, host: ProactiveHost, card: LinesCard) -> None:
        super().__init__(page, host, card)
        self.lines_card = card

    def open_row(self, key: int | None) -> None:
        """Go on with Enter: into the lines of the card."""
        del key
        self.lines_card.cases.setFocus()

    def open_line(self, key: int | None) -> None:
        """Open a line of the card with Enter."""
        del key
