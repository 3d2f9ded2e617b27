"""What helped the neighbours, beside the form (邻居的同类件): once place and kind are known."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.place_page import Neighbour
from desk.ui.keys import GlobalKey
from desk.ui.place.neighbours import say_end
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import Card, text_label


class OfferedNeighbours(Card):
    """The newest solved case of this category at this place, and the way to all of them.

    Signals:
        site_wanted: open the page of the place (Ctrl+T).
    """

    site_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("邻居的同类件是这样办好的", parent=parent)
        self._answer = text_label("", wraps=True)
        self._end = text_label("", "hint", wraps=True)
        whole = KeyButton("一地一档", GlobalKey.SITE, parent=self)
        whole.clicked.connect(self.site_wanted)
        for part in (self._answer, self._end, whole):
            self.body.addWidget(part)
        self.hide()

    def show_found(self, found: Sequence[Neighbour]) -> None:
        """Show the newest; with none there is no card."""
        self.setVisible(bool(found))
        if found:
            self._answer.setText(f"“{found[0].answer}。”")
            self._end.setText(say_end(found[0]))

    def answer(self) -> str:
        """Return what is shown, or nothing."""
        return "" if self.isHidden() else self._answer.text()
