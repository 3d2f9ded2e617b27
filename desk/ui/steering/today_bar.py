"""What of supervision and urging waits for somebody today, above his desk (督办提示)."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.steering_board import SteeringToday, steering_today
from desk.rules.codes import Role
from desk.rules.deeds import HALL_DEEDS, STEP_OF, Deed
from desk.ui.desk import Desk
from desk.ui.icons import icon
from desk.ui.keys import GlobalKey
from desk.ui.steering.words import today_words
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label

_ASKED: frozenset[Role] = HALL_DEEDS[Deed.STEER] | STEP_OF[Deed.REPORT_SUPERVISION].roles
_PAGE = "supervision"


class SteeringBar(QWidget):
    """One line with the way to the page 督办; nothing where nothing waits.

    Signals:
        place_wanted: somebody goes to the page; carries its name.
    """

    place_wanted = Signal(str)

    def __init__(self, desk: Desk, *, margin: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        card = Card()
        card.set_state("warn")
        card.body.setContentsMargins(12, 6, 8, 6)
        self.words = text_label("", "", wraps=True)
        mark = text_label("")
        side = tokens().sizes.icon
        mark.setPixmap(icon("bell", "near").pixmap(side, side))
        self.button = KeyButton("打开督办", GlobalKey.STEERING, kind=ButtonKind.QUIET)
        self.button.clicked.connect(lambda: self.place_wanted.emit(_PAGE))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        card.body.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(margin, tokens().sizes.gutter if margin else 0, margin, 0)
        whole.addWidget(card)
        self.hide()
        desk.changed.connect(self._on_changed)

    def look(self) -> None:
        """Ask what waits, and say so; who neither steers nor is steered is not asked."""
        person = self._desk.person
        if person.is_built_in or person.roles & _ASKED:
            self._desk.ask(steering_today, owner=self, done=self._show)

    def _show(self, today: SteeringToday) -> None:
        self.words.setText(today_words(today, self._desk.now()))
        self.setVisible(bool(self.words.text()))

    def _on_changed(self, changes: Any, _who: object) -> None:
        page = self.parentWidget()
        if changes.cases and page is not None and page.isVisible():
            self.look()
