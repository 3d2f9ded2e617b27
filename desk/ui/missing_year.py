"""The warning that a year's holidays are not known (节假日表还没有), until the notice is there.

From 1 November on dispatchers, leaders and the administrator have it before their eyes; whoever
keeps the limits may import the notice.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.calendar import missing_notice
from desk.rules.deeds import Deed
from desk.rules.holiday_years import missing_notice_words
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.icons import icon
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import Card, text_label


class MissingYearBar(QWidget):
    """One line with the way to import the notice; nothing where all is known.

    Args:
        margin: at the sides and above, where the page itself has none.

    Signals:
        import_wanted: somebody who may goes to import it.
    """

    import_wanted = Signal()

    def __init__(self, desk: Desk, *, margin: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_wanted = False
        card = Card()
        card.set_state("warn")
        card.body.setContentsMargins(12, 6, 8, 6)
        self.words = text_label("", "", wraps=True)
        mark = text_label("")
        side = tokens().sizes.icon
        mark.setPixmap(icon("warning", "near").pixmap(side, side))
        go_on = KeyButton("去导入", icon="calendar")
        go_on.clicked.connect(self.import_wanted)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(go_on)
        card.body.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(margin, tokens().sizes.gutter if margin else 0, margin, 0)
        whole.addWidget(card)
        go_on.setVisible(may_in_hall(Deed.KEEP_LIMITS, desk.person))
        self.hide()

    def look(self) -> None:
        """Ask whether a year is missing, and say so."""
        self._is_wanted = True
        self._desk.ask(missing_notice, owner=self, done=self._show)

    def rest(self) -> None:
        """Say nothing here."""
        self._is_wanted = False
        self.hide()

    def _show(self, year: int | None) -> None:
        self.words.setText("" if year is None else missing_notice_words(year))
        self.setVisible(year is not None and self._is_wanted)
