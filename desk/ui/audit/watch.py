"""The watch on the chain (留痕链核对): looked at after each sign-in, told to those who must know.

Everybody's desk notes where the chain stands; only the auditor, the leaders and the 纪工委 see
that something does not fit. Work goes on meanwhile.
"""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.exchange.anchor_file import look_and_note
from desk.queries.chain_health import ChainState
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.ui.audit.chain_pane import anchors_of
from desk.ui.desk import Desk
from desk.ui.icons import icon
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import Card, text_label

_WORDS = "留痕链不一致：库里的记录与以前记下的锚点对不上。请照常工作，打开“留痕”看是哪几条。"
_AGAIN_MS = 5000


class ChainWatch(QWidget):
    """One line that stays above the pages until the chain fits again or is explained.

    Signals:
        page_wanted: whoever must know wants to see what does not fit.
    """

    page_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_told = may_in_hall(Deed.WATCH_CHAIN, desk.person)
        card = Card()
        card.set_state("bad")
        card.body.setContentsMargins(12, 6, 8, 6)
        side = tokens().sizes.icon
        mark = text_label("")
        mark.setPixmap(icon("error", "bad").pixmap(side, side))
        self.words = text_label(_WORDS, "strong", wraps=True)
        go = KeyButton("去看", icon="verify")
        go.clicked.connect(self.page_wanted)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(go)
        card.body.addLayout(row)
        sizes = tokens().sizes
        whole = QHBoxLayout(self)
        whole.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, 0)
        whole.addWidget(card)
        desk.changed.connect(lambda _changes, _asker: self._look_again())
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.look)
        self.hide()

    def look(self) -> None:
        """Compare in the background, and note where the chain stands now.

        An alarm must not get lost because the database was busy just then: it is asked again.
        """
        query = partial(look_and_note, file=anchors_of(self._desk))
        self._desk.ask(
            query, owner=self, done=self._show, failed=lambda _error: self._again.start()
        )

    def _look_again(self) -> None:
        """Take the alarm away as soon as somebody has explained it."""
        if self.isVisible():
            self.look()

    def _show(self, state: ChainState) -> None:
        self._again.stop()
        self.setVisible(self._is_told and state.is_broken)
