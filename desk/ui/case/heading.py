"""The head of a case file: what it is about, its level, where it stands, its numbers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.mediation_list import CaseMediation
from desk.rules.codes import CaseStatus, Urgency
from desk.rules.wording import label
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import LevelChip, StatusChip
from desk.ui.widgets.giving_way import GivingWay
from desk.ui.widgets.verdict_chip import VerdictChip

_PAST = frozenset({CaseStatus.ARCHIVED, CaseStatus.GUIDED, CaseStatus.MERGED, CaseStatus.WITHDRAWN})
_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class CaseHeading(QWidget):
    """Title, chips and numbers in one line; the title gives way where it is narrow.

    Signals:
        mediation_wanted: a mediation that came from the case; carries its id.
    """

    mediation_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = GivingWay("title")
        self._level = LevelChip(Urgency.ROUTINE)
        self._status = StatusChip("", Tone.NOW)
        self._complex = StatusChip("情况复杂", Tone.PAST)
        self._waits = StatusChip("待确认派单", Tone.NOW)
        self._late = StatusChip("离线补录", Tone.PAST)
        self._together = StatusChip("", Tone.NOW)
        self._round, self._verdict = StatusChip("", Tone.PAST), VerdictChip()
        self._mediated = KeyButton("", kind=ButtonKind.QUIET, parent=self)
        self._mediated.hide()
        self._mediated.clicked.connect(self._on_mediated_clicked)
        self._mediation: int | None = None
        self._numbers = text_label("", "label")
        self._numbers.setTextInteractionFlags(_SELECTABLE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._title)
        for chip in (
            self._level,
            self._status,
            self._waits,
            self._late,
            self._complex,
            self._round,
        ):
            row.addWidget(chip)
        row.addWidget(self._verdict)
        row.addWidget(self._together)
        row.addWidget(self._mediated)
        row.addStretch(1)
        row.addWidget(self._numbers)

    def show_case(self, file: CaseFile) -> None:
        """Show this case."""
        self._title.set_words(file.summary)
        self._level.set_level(file.urgency)
        self._status.set_status(label(file.status), Tone.PAST if file.status in _PAST else Tone.NOW)
        self._waits.setVisible(file.dispatch.proposal is not None)
        self._complex.setVisible(file.is_complex)
        self._late.setVisible(file.uploaded_at is not None)
        self._round.set_status(f"第 {file.round.number} 轮", Tone.PAST)
        is_new = bool(file.rounds) and file.rounds[-1].verdict is None and len(file.rounds) > 1
        self._verdict.show_verdict(file.verdict, "上次" if is_new else "")
        together = together_words(file)
        self._together.set_status(together, Tone.NOW)
        self._together.setVisible(bool(together))
        self._together.setToolTip(_who_else(file))
        outside = "　".join(f"{platform} {number}" for platform, number in file.outside_numbers)
        self._numbers.setText("　".join(filter(None, (file.number, outside))))
        self._show_mediations(file.mediations)
        words = (file.number, file.summary, label(file.status), together)
        self.setAccessibleName(" ".join(filter(None, words)))

    def _show_mediations(self, found: tuple[CaseMediation, ...]) -> None:
        """Say that the case went to mediation, to whoever may know of it; the newest counts."""
        newest = found[-1] if found else None
        self._mediation = newest.id if newest is not None else None
        self._mediated.setVisible(newest is not None)
        if newest is not None:
            words = f"已转调解（{label(newest.status)}）"
            self._mediated.setText(words)
            self._mediated.setAccessibleName(f"{words} {newest.number}")
            self._mediated.setToolTip(newest.number)
            self._mediated.updateGeometry()

    def mediated(self) -> str:
        """Return what is said about a mediation, or nothing."""
        return "" if self._mediated.isHidden() else self._mediated.text()

    def _on_mediated_clicked(self) -> None:
        if self._mediation is not None:
            self.mediation_wanted.emit(self._mediation)

    def verdict(self) -> str:
        """Return what the appellant said in one word, or nothing."""
        return "" if self._verdict.isHidden() else self._verdict.text()

    def status(self) -> str:
        """Return the status in words."""
        return self._status.text()


def together_words(file: CaseFile) -> str:
    """Return who else is answered with the case, or with which one it goes (合并)."""
    others = [link for link in file.links if link.is_merged and link.repeats_this]
    if others:
        return f"另有 {len(others)} 位诉求人"
    main = next((link for link in file.links if link.is_merged), None)
    return f"并入 {main.number}" if main is not None else ""


def _who_else(file: CaseFile) -> str:
    """Return where each of the others stands, a line each."""
    return "\n".join(
        f"{link.number}　{link.appellant}　{label(link.status)}"
        for link in file.links
        if link.is_merged
    )
