"""How pages with a queue are laid out: the queue at the left, work beside it, the bar below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import Card, EmptyState, SectionHead
from desk.ui.work_list import WorkList


def queue_card(head: SectionHead, queue: WorkList) -> Card:
    """Return the card that holds a queue under its head."""
    card = Card()
    card.body.setContentsMargins(8, 10, 8, 8)
    card.body.addWidget(head)
    card.body.addWidget(queue, 1)
    return card


def lay_out_queue(
    page: QWidget, parts: Sequence[tuple[QWidget, int]], empty: EmptyState, bar: ActionBar
) -> QStackedLayout:
    """Lay the page out; return the stack whose first layer is the work, its second the empty state.

    Args:
        parts: what stands side by side, with the share of the width each takes.
    """
    sizes = tokens().sizes
    work = QWidget()
    row = QHBoxLayout(work)
    row.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
    row.setSpacing(sizes.gutter)
    for part, share in parts:
        row.addWidget(part, share)
    stack = QStackedLayout()
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(stack, 1)
    whole.addWidget(bar)
    stack.addWidget(work)  # now it has a parent; else it were a window for a moment
    stack.addWidget(empty)
    return stack
