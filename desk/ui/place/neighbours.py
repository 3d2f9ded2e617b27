"""How neighbours were helped (邻居的同类件是这样办好的): what was done and answered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.place_page import Neighbour
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.rows_card import RowsCard

_NONE = "这里还没有办好的同类件。"
_HEAD = "邻居的同类件是这样办好的"


def say_end(one: Neighbour) -> str:
    """Return who solved it, when, and in how many days."""
    day = one.closed_on
    took = "当天办好" if one.days == 1 else f"用了 {one.days} 天"
    return f"{one.unit} · {day.year} 年 {day.month} 月 {day.day} 日办结 · {took}"


class NeighboursCard(RowsCard):
    """Solved cases of one category at one place, without a person or a door.

    Signals:
        case_wanted: open one that the reader may see; carries its id.
    """

    case_wanted = Signal(object)

    def __init__(self, most: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(_HEAD, parent=parent)
        self._most = most
        self.body.addWidget(self.rows)

    def show_neighbours(self, found: Sequence[Neighbour], category: str) -> None:
        """Show these; without any it says so."""
        if self.head is not None:
            self.head.set_note(category)
        column = self.fresh_rows()
        if not found:
            column.addWidget(text_label(_NONE, "label", wraps=True))
        for one in found[: self._most]:
            column.addWidget(rule())
            column.addWidget(text_label(f"“{one.answer}。”", "reading", wraps=True))
            if one.measures:
                column.addWidget(text_label(f"怎么办的：{one.measures}。", "label", wraps=True))
            column.addWidget(text_label(say_end(one), "hint", wraps=True))
            if one.case is not None:
                button = KeyButton("打开这一件", kind=ButtonKind.QUIET)
                button.clicked.connect(lambda _on=False, key=one.case: self.case_wanted.emit(key))
                column.addWidget(button)
