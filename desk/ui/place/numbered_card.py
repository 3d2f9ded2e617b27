"""What else there is about a place, each with a number of its own (此处的未诉先办、哨单)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.early_actions import FindingRow
from desk.queries.whistle_views import WhistleRow
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.whistles.words import whistle_note
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.rows_card import RowsCard


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """One of them: by which it is opened, and what its line says."""

    id: int
    number: str
    words: str


class NumberedCard(RowsCard):
    """One line for each, the newest on top; without any the card is not there.

    Signals:
        wanted: show one; carries its id.
    """

    wanted = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.body.addWidget(self.rows)
        self.hide()

    def show_lines(self, found: Sequence[NumberedLine]) -> None:
        """Show these."""
        column = self.fresh_rows()
        for one in found:
            column.addLayout(self._row(one))
        self.setVisible(bool(found))

    def _row(self, one: NumberedLine) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(text_label(one.words, wraps=True), 1)
        look = KeyButton("看", kind=ButtonKind.QUIET)
        look.setAccessibleName(f"看 {one.number}")
        look.clicked.connect(partial(self._look, one.id))
        line.addWidget(look)
        return line

    def _look(self, which: int) -> None:
        self.wanted.emit(which)


def finding_lines(found: Sequence[FindingRow]) -> list[NumberedLine]:
    """Say findings: “9-3　楼道灯不亮　已化解”."""
    return [
        NumberedLine(one.id, one.number, _line(one.found_at, one.situation, label(one.state)))
        for one in found
    ]


def whistle_lines(found: Sequence[WhistleRow]) -> list[NumberedLine]:
    """Say whistles: “9-3　占道经营　已归档，到 3/3”."""
    return [
        NumberedLine(one.id, one.number, _line(one.raised_at, one.matter, whistle_note(one)))
        for one in found
    ]


def _line(at: datetime, words: str, how_far: str) -> str:
    day = in_shanghai(at)
    return f"{day.month}-{day.day}　{words.splitlines()[0].rstrip('。')}　{how_far}"
