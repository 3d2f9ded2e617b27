"""What each view of the page of bulletins is (通报页的一栏): a list, and what it shows."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.bulletins import BulletinRow
from desk.ui.desk import Desk
from desk.ui.queue_page import queue_card
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import SectionHead
from desk.ui.work_list import WorkList


class BulletinPane(QWidget):
    """One view of the page.

    Signals:
        said: a sentence for the status line.
        case_wanted: open this case; carries its id.
        figures_wanted: show the cases behind these figures.
        offered: other things may be done now.
        draft_wanted: write the bulletin of this kind for the period of this day.
    """

    said = Signal(str)
    case_wanted = Signal(object)
    figures_wanted = Signal(object)
    offered = Signal()
    draft_wanted = Signal(object, object)

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.head = SectionHead(name)
        self.list = WorkList(name, desk.now)
        self.list.passed.connect(self.list.go_on)
        self._side_by_side = QHBoxLayout(self)
        sizes = tokens().sizes
        self._side_by_side.setContentsMargins(
            sizes.margin, sizes.gutter, sizes.margin, sizes.gutter
        )
        self._side_by_side.setSpacing(sizes.gutter)

    def lay_out(self, parts: Sequence[tuple[QWidget, int]], share: int) -> None:
        """Put the list at the left, the parts beside it with their shares of the width."""
        for widget, wide in ((queue_card(self.head, self.list), share), *parts):
            self._side_by_side.addWidget(widget, wide)

    def show_bulletins(self, rows: Sequence[BulletinRow]) -> None:
        """Take the bulletins of the street; a pane that lists something else needs none."""

    def items(self) -> list[ActionItem]:
        """Return what may be done now."""
        return []
