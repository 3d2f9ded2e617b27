"""What may be one thing behind many cases (可能的类案), beside the dispatchers' queue."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.clusters import Proposal
from desk.ui.keys import CaseKey, GlobalKey
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label

_MOST = 1  # the units to dispatch to need the room


class ClustersCard(Card):
    """The strongest one with its reason, the number of all; hidden while there is none.

    Signals:
        topic_asked: open a topic with these cases; carries the Proposal.
        page_asked: the page of topics.
    """

    topic_asked = Signal(object)
    page_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("可能的类案", key=GlobalKey.TOPICS, parent=parent)
        self._inside = QWidget()
        say_state(self._inside, ground="clear")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._more = KeyButton("看全部", kind=ButtonKind.QUIET)
        self._more.clicked.connect(self.page_asked)
        self.body.addWidget(self._inside)
        self.body.addWidget(self._more)
        self._shown: tuple[Proposal, ...] = ()
        self.hide()

    def show_proposals(self, found: tuple[Proposal, ...]) -> None:
        """Show the first ones, unless they stand there already: the keyboard may be on one."""
        self.setVisible(bool(found))
        self._more.setText(f"看全部 {len(found)} 条")
        if found[:_MOST] == self._shown:
            return
        self._shown = found[:_MOST]
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in self._shown:
            self._column.addWidget(text_label(one.reason, wraps=True))
            words = "开专题" if one.topic is None else "列入专题"
            button = KeyButton(words, CaseKey.TOPIC, kind=ButtonKind.PLAIN)
            button.setAccessibleName(f"{words}：{one.name}")
            button.clicked.connect(partial(self._ask, one))
            self._column.addWidget(button)

    def reasons(self) -> list[str]:
        """Return the reasons on show."""
        return [one.reason for one in self._shown]

    def ask_first(self) -> None:
        """Ask for the strongest one to be taken up (Shift+F7)."""
        if self._shown:
            self.topic_asked.emit(self._shown[0])

    def _ask(self, one: Proposal, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.topic_asked.emit(one)
