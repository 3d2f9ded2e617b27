"""How a case stands with its appellant (双是、第几轮): small chips below its title."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.rules.codes import Urgency
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import LevelChip, StatusChip
from desk.ui.widgets.verdict_chip import VerdictChip


class CaseChips(QWidget):
    """Level, round, and what the appellant said last time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = LevelChip(Urgency.ROUTINE)
        self._round, self._verdict = StatusChip("", Tone.NOW), VerdictChip()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for chip in (self._level, self._round, self._verdict):
            row.addWidget(chip)
        row.addStretch(1)

    def show_case(self, file: CaseFile) -> None:
        """Show how this case stands."""
        self._level.set_level(file.urgency)
        self._round.set_status(f"第 {file.round.number} 轮", Tone.NOW)
        self._round.setVisible(file.round.number > 1)
        self._verdict.show_verdict(file.verdict, "上次")

    def texts(self) -> list[str]:
        """Return what the chips say."""
        shown = [chip for chip in (self._round, self._verdict) if not chip.isHidden()]
        return [chip.text() for chip in shown]
