"""The matters of a case among its facts (事项): unit, result, solved, the appellant's word.

Below them stand the other cases of the same visit (同一次来访).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.case_views import MatterView, SameVisitView
from desk.rules.codes import CaseStatus, HandlingResult, Resolution
from desk.rules.matters import SETTLED, counts_as_solved
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.focus_row import FocusRow

_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_NOT_BEGUN = frozenset({CaseStatus.RECEIVED, CaseStatus.DISPATCHED})
_SHORT = {
    HandlingResult.MEASURES: "待复查",
    HandlingResult.EXPLAINED: "已解释",
    HandlingResult.LEGAL_WAY: "法定途径",
    HandlingResult.HANDED_OVER: "转其他机关",
    HandlingResult.WITHDRAWN: "已撤回",
}


class MatterRow(FocusRow):
    """One matter: its number, words and unit; at the right how it ended and what he says of it.

    Signals:
        asked: the clerk wants to work on it; carries its id.
    """

    asked = Signal(object)
    corner = 6

    def __init__(self, matter: MatterView, file: CaseFile) -> None:
        super().__init__()
        self._id = matter.id
        say_state(self, kind="inner")
        number = text_label(str(matter.seq), "strong")
        say_state(number, state="accent")
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 6, 8, 6)
        line.setSpacing(10)
        line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(matter.content, wraps=True))
        said = _who(matter, file)
        if said:
            words.addWidget(text_label(said, "caption", wraps=True))
        line.addLayout(words, 1)
        chips = QVBoxLayout()
        chips.setSpacing(4)
        for chip in _chips(matter, file):
            chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignRight)
        chips.addStretch()
        line.addLayout(chips)
        spoken = [chip.text() for chip in _chips(matter, file)]
        self.setAccessibleName(" ".join([f"事项 {matter.seq}", matter.content, said, *spoken]))

    def offer(self, *, is_offered: bool) -> None:
        """Let Enter open the matter, or not."""
        policy = Qt.FocusPolicy.StrongFocus if is_offered else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self.setAccessibleDescription("按 Enter 办理这个事项" if is_offered else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open it with Enter."""
        if event.key() in _PRESSES and not is_composing():
            self.asked.emit(self._id)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it by double click too."""
        if self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.asked.emit(self._id)
        super().mouseDoubleClickEvent(event)


class MattersSection(QWidget):
    """All matters of a case, then the other cases of the visit.

    Signals:
        matter_asked: the clerk wants to work on a matter; carries its id.
        case_wanted: another case of the visit; carries its id.
    """

    matter_asked = Signal(object)
    case_wanted = Signal(object)

    def __init__(self, file: CaseFile) -> None:
        super().__init__()
        self.rows: list[MatterRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(4)
        if len(file.matters) > 1 or any(matter.result for matter in file.matters):
            self._add_matters(file)
        if file.same_visit:
            self._add_visit(file.same_visit)

    def offer(self, *, is_offered: bool) -> None:
        """Let Enter on a matter open it, or not."""
        for row in self.rows:
            row.offer(is_offered=is_offered)

    def _add_matters(self, file: CaseFile) -> None:
        self._column.addWidget(rule())
        head = QHBoxLayout()
        head.addWidget(text_label("事项", "label"))
        head.addStretch()
        open_ = sum(matter.result is None for matter in file.matters)
        said = f"{len(file.matters)} 项，{open_} 项未答复" if open_ else "逐项答复"
        head.addWidget(text_label(said if len(file.matters) > 1 else "", "hint"))
        self._column.addLayout(head)
        for matter in file.matters:
            row = MatterRow(matter, file)
            row.offer(is_offered=False)
            row.asked.connect(self.matter_asked)
            self._column.addWidget(row)
            self.rows.append(row)

    def _add_visit(self, others: tuple[SameVisitView, ...]) -> None:
        self._column.addWidget(rule())
        self._column.addWidget(text_label("同一次来访", "label"))
        for other in others:
            words = f"{other.seq:05}  {other.summary}（{label(other.status)}）"
            button = KeyButton(words, kind=ButtonKind.QUIET)
            policy = button.sizePolicy().Policy
            button.setSizePolicy(policy.Ignored, policy.Fixed)
            button.setToolTip(f"{other.number}  {other.summary}")
            button.setAccessibleName(f"同一次来访 {other.number} {other.summary}")
            button.clicked.connect(lambda _on=False, case=other.id: self.case_wanted.emit(case))
            self._column.addWidget(button)


def _who(matter: MatterView, file: CaseFile) -> str:
    """Return the unit, who answered when, in which later round, and whether it came up later."""
    parts = [matter.unit]
    if matter.answered_by and matter.answered_at is not None:
        at = say_moment(matter.answered_at, seen_at=file.read_at)
        parts.append(f"{matter.answered_by} {at} 答复")
    if matter.round_no > 1:
        parts.append(f"第 {matter.round_no} 轮")
    if matter.added_at is not None:
        parts.append("办理中提出")
    return " · ".join(part for part in parts if part)


def _chips(matter: MatterView, file: CaseFile) -> list[StatusChip]:
    found = []
    if matter.result is None:
        begun = file.status not in _NOT_BEGUN
        found.append(StatusChip("办理中" if begun else "未开始", Tone.PAST))
    else:
        usual = counts_as_solved(matter.result)
        is_solved = usual if matter.is_solved is None else matter.is_solved
        word = _SHORT.get(matter.result, label(matter.result))
        found.append(StatusChip(word, Tone.GOOD if is_solved else Tone.NOW))
        if is_solved is not usual:  # the unit says otherwise than its result
            word = "算已解决" if is_solved else "未解决"
            found.append(StatusChip(word, Tone.GOOD if is_solved else Tone.WARN))
    if matter.resolution is not None:
        tone = Tone.GOOD if matter.resolution in SETTLED else Tone.WARN
        found.append(StatusChip(f"诉求人：{_word(matter.resolution)}", tone))
    return found


def _word(resolution: Resolution) -> str:
    return "认可解释" if resolution is Resolution.EXPLAINED else label(resolution)
