"""What many came for at this place lately (此处的类案), with the way to its topic."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.place_page import ClusterThere
from desk.rules.clusters import Sign
from desk.ui.keys import CaseKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.rows_card import RowsCard


def say_cluster(one: ClusterThere) -> str:
    """Return how many came of a kind: “电梯故障：近 30 天 6 件”."""
    if not one.count:
        return f"专题“{one.topic_name}”在办"
    return f"{one.name}：近 {one.days} 天 {one.count} 件"


class ClustersCard(RowsCard):
    """One line per kind; the key means the first that leads somewhere.

    Args:
        may_open: whether the reader may open topics; others get to those that are there.

    Signals:
        topic_wanted: show a topic; carries its id, or the sign of one that may be.
    """

    topic_wanted = Signal(object)

    def __init__(self, *, may_open: bool, parent: QWidget | None = None) -> None:
        super().__init__("此处的类案", parent=parent)
        self._may_open = may_open
        self._first: int | Sign | None = None
        self.body.addWidget(self.rows)
        self.hide()

    def show_clusters(self, found: Sequence[ClusterThere]) -> None:
        """Show these; without any the card is not there."""
        self._first = None
        column = self.fresh_rows()
        for one in found:
            column.addLayout(self._row(one))
        self.setVisible(bool(found))

    def go(self) -> None:
        """Show the topic of the first line that has one, or may have one (Shift+F7)."""
        if self._first is not None and not self.isHidden():
            self.topic_wanted.emit(self._first)

    def _row(self, one: ClusterThere) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(text_label(say_cluster(one), wraps=True), 1)
        aim = self._aim(one)
        if aim is not None:
            is_first = self._first is None
            self._first = aim if is_first else self._first
            words = "看专题" if one.topic is not None else "看可能的类案"
            button = KeyButton(words, CaseKey.TOPIC if is_first else "", kind=ButtonKind.QUIET)
            button.setAccessibleName(f"{words}：{say_cluster(one)}")
            button.clicked.connect(partial(self.topic_wanted.emit, aim))
            line.addWidget(button)
        return line

    def _aim(self, one: ClusterThere) -> int | Sign | None:
        if one.topic is not None:
            return one.topic
        return Sign(one.place, one.category) if self._may_open else None
