"""What was found at this place before anybody complained (此处的未诉先办)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.early_actions import FindingRow
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.rows_card import RowsCard


class FindingsCard(RowsCard):
    """One line per finding, the newest on top.

    Signals:
        finding_wanted: show a finding; carries its id.
    """

    finding_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("此处的未诉先办", parent=parent)
        self.body.addWidget(self.rows)
        self.hide()

    def show_findings(self, found: Sequence[FindingRow]) -> None:
        """Show these; without any the card is not there."""
        column = self.fresh_rows()
        for one in found:
            column.addLayout(self._row(one))
        self.setVisible(bool(found))

    def _row(self, one: FindingRow) -> QHBoxLayout:
        line = QHBoxLayout()
        day = in_shanghai(one.found_at)
        said = f"{day.month}-{day.day}　{one.situation.splitlines()[0]}　{label(one.state)}"
        line.addWidget(text_label(said, wraps=True), 1)
        look = KeyButton("看", kind=ButtonKind.QUIET)
        look.setAccessibleName(f"看 {one.number}")
        look.clicked.connect(partial(self._look, one.id))
        line.addWidget(look)
        return line

    def _look(self, finding: int) -> None:
        self.finding_wanted.emit(finding)
