"""What every face of the start page is (工作台的一面), and the frame that most of them share."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.start.watches import Watches
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import Card, SectionHead
from desk.ui.widgets.composing import KeyShortcut


class Face(QWidget):
    """The start page for one kind of work.

    Signals:
        case_wanted: open this case's file; carries the id.
        intake_wanted: open a new intake.
        place_wanted: go to another page by its name.
        mediation_wanted: open this mediation; carries the id.
        said: a sentence for the status line.
        subtitle_changed: words beside the title.
        badge_changed: how many things wait here.
    """

    case_wanted = Signal(object)
    intake_wanted = Signal(object)
    place_wanted = Signal(str)
    mediation_wanted = Signal(object)
    said = Signal(str)
    subtitle_changed = Signal(str)
    badge_changed = Signal(int)

    name = ""
    title = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.bar = ActionBar(self)
        self.columns = QHBoxLayout()
        sizes = tokens().sizes
        self.columns.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        self.columns.setSpacing(sizes.gutter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.columns, 1)
        whole.addWidget(self.bar)
        desk.changed.connect(self._on_changed)

    def load(self) -> None:
        """Read what lies on this desk."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus where work goes on."""
        self.setFocus()

    def explain_with(self, watches: Watches) -> None:
        """Let F4 say in the status line what the first of these clocks means."""
        key = KeyShortcut(GlobalKey.EXPLAIN_CLOCK, self)
        key.pressed.connect(lambda: self.said.emit(watches.explanation(self.desk.now())))

    def add_columns(self, parts: Sequence[tuple[QWidget, int]]) -> None:
        """Put columns beside each other, each with its share of the width."""
        for part, share in parts:
            self.columns.addWidget(part, share)

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.cases and self.isVisible():
            self.load()


def list_card(head: SectionHead | None, *widgets: QWidget) -> Card:
    """Return a card around a list, with narrow edges so that the list's cards have room."""
    card = Card()
    card.body.setContentsMargins(8, 10, 8, 8)
    if head is not None:
        card.body.addWidget(head)
    for widget in widgets:
        card.body.addWidget(widget, 1 if widget is widgets[0] else 0)
    return card
