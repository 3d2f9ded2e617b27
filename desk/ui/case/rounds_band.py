"""The rounds of a case as a band (第 1 轮 → 非双是 → 第 2 轮): why each began, how it ended."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.case_reaching import RoundMark
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip
from desk.ui.widgets.verdict_chip import VerdictChip


class RoundsBand(QWidget):
    """One line below the head; hidden while the case is in its first round."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[RoundMark, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.hide()

    def show_case(self, file: CaseFile) -> None:
        """Show the rounds of a case."""
        self.setVisible(len(file.rounds) > 1)
        if file.rounds == self._marks:
            return
        self._marks = file.rounds
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for mark in file.rounds:
            self._add(mark, is_last=mark is file.rounds[-1])
        self._row.addStretch(1)
        self.setAccessibleName(self.sentence())

    def sentence(self) -> str:
        """Return the band as it is read out."""
        said = []
        for mark in self._marks:
            reason = f"，因{mark.reason}" if mark.reason else ""
            verdict = f"，{label(mark.verdict)}" if mark.verdict else ""
            said.append(f"第 {mark.number} 轮 {_day(mark)} 起{reason}{verdict}")
        return "；".join(said)

    def _add(self, mark: RoundMark, *, is_last: bool) -> None:
        if mark.number > 1:
            self._row.addWidget(text_label("→", "label"))
        tone = Tone.NOW if is_last else Tone.PAST
        self._row.addWidget(StatusChip(f"第 {mark.number} 轮", tone))
        because = f"{_day(mark)} 起　{mark.reason}".strip("　")
        self._row.addWidget(text_label(because, "caption"))
        chip = VerdictChip()
        self._row.addWidget(chip)
        chip.show_verdict(mark.verdict)


def _day(mark: RoundMark) -> str:
    day = in_shanghai(mark.started_at)
    return f"{day.month}-{day.day}"
