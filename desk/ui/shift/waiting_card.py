"""Handovers that wait, and those that are done (待接班、交接记录)."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.handover import Written
from desk.rules.moments import say_moment
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label


class _WrittenCard(Card):
    """A card of handovers, made anew as a whole."""

    def __init__(self, head: str) -> None:
        super().__init__(head)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.body.addLayout(self._column)
        self._rows: list[QWidget] = []
        self.buttons: list[KeyButton] = []

    def show_written(self, found: Sequence[Written], now: datetime) -> None:
        """Show these handovers; without any the card is not there."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.buttons = [], []
        for one in found:
            self._rows.append(self._row(one, now))
            self._column.addWidget(self._rows[-1])
        self.setVisible(bool(found))

    def focus_first(self) -> None:
        """Put the keyboard on the first button."""
        if self.buttons:
            self.buttons[0].setFocus()

    def _row(self, one: Written, now: datetime) -> QWidget:
        raise NotImplementedError

    def _line(self, words: str, below: str, button: KeyButton) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(text_label(words, "strong", wraps=True))
        if below:
            column.addWidget(text_label(below, "label", wraps=True))
        layout.addLayout(column, 1)
        layout.addWidget(button)
        self.buttons.append(button)
        return row


class WaitingCard(_WrittenCard):
    """What waits to be taken over, by oneself or by a colleague.

    Signals:
        take_asked: the clerk takes over; carries the id.
        withdraw_asked: the clerk takes his own back; carries the id.
    """

    take_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("待接班")
        self.set_state("warn")

    def _row(self, one: Written, now: datetime) -> QWidget:
        at = say_moment(one.written_at, seen_at=now)
        words = f"{at} {one.from_name} 交给 {one.to_name}：{summary(one)}"
        if one.is_mine:
            button = KeyButton("收回", kind=ButtonKind.QUIET, parent=self)
            button.clicked.connect(partial(self.withdraw_asked.emit, one.id))
        else:
            button = KeyButton("接班", parent=self)
            button.clicked.connect(partial(self.take_asked.emit, one.id))
        return self._line(words, one.note, button)


class RecentCard(_WrittenCard):
    """The latest handovers, whose paper can be printed again.

    Signals:
        print_asked: the clerk wants the paper; carries its id.
    """

    print_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("最近的交接")

    def _row(self, one: Written, now: datetime) -> QWidget:
        at = say_moment(one.taken_at or one.written_at, seen_at=now)
        button = KeyButton("打印", kind=ButtonKind.QUIET, parent=self)
        button.setAccessibleName(f"打印 {one.paper_number}")
        button.clicked.connect(partial(self.print_asked.emit, one.paper_id))
        return self._line(f"{at} {one.from_name} → {one.to_name}", summary(one), button)


def summary(one: Written) -> str:
    """Say how much is in it."""
    counts = (
        ("cases", "在办 {} 件"),
        ("supports", "协办 {} 件"),
        ("calls", "回电 {} 个"),
        ("items", "保管 {} 样"),
        ("mediations", "留意调解 {} 件"),
        ("whistles", "留意哨单 {} 张"),
    )
    said = [words.format(len(one.row[name])) for name, words in counts if one.row.get(name)]
    return "，".join(said) or "没有未了的事"
