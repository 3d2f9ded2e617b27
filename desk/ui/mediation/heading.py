"""The head of a mediation's file (卷头): what it is, where it stands, what it still lacks."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.mediation_file import WholeMediation
from desk.rules.clock_faces import ClockFace, ClockState
from desk.rules.mediation_life import OPEN_MEDIATIONS
from desk.rules.wording import label
from desk.ui.mediation.words import due_face, title_of
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import ClockChip, StatusChip
from desk.ui.widgets.focus_row import FocusRow
from desk.ui.widgets.giving_way import GivingWay

_READY = "材料齐了，可以归档。"
_LACKS = "还差什么才能归档"
_NO_FACE = ClockFace("调解", ClockState.WAIT, "未起", "受理后起算。")


class MediationHeading(QWidget):
    """Title, kind, status, time left and number in one line; a long title gives way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = GivingWay("title")
        self._kind = StatusChip("", Tone.PLUM)
        self._status = StatusChip("", Tone.NOW)
        self._private = StatusChip("不公开", Tone.PAST)
        self._staggers = StatusChip("错开入场", Tone.PAST)
        self._due = ClockChip(_NO_FACE)
        self._number = text_label("", "label")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (
            self._title,
            self._kind,
            self._status,
            self._private,
            self._staggers,
            self._due,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._number)

    def show_file(self, file: WholeMediation, now: datetime) -> None:
        """Show this mediation."""
        head = file.head
        self._title.set_words(title_of(file))
        self._kind.set_status(label(head.kind), Tone.PLUM)
        tone = Tone.NOW if file.status in OPEN_MEDIATIONS else Tone.PAST
        self._status.set_status(label(file.status), tone)
        self._private.setVisible(head.is_private)
        self._staggers.setVisible(head.staggers)
        face = due_face(head, now)
        self._due.setVisible(face is not None)
        self._due.set_face(face or _NO_FACE)
        self._number.setText(head.number)
        self.setAccessibleName(f"{head.number} {title_of(file)} {label(file.status)}")

    def words(self) -> str:
        """Return what the head says, for whoever listens."""
        return self.accessibleName()


class LacksBox(FocusRow):
    """What is still missing before the dossier can be archived; always to be seen.

    In a narrow window it is one line that unfolds while it has the keyboard.
    """

    corner = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_state(self, kind="inner")
        self._is_short = False
        self._head = text_label(_LACKS, "strong")
        self._words, self._line = text_label("", "label", wraps=True), GivingWay("label")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._head, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._line, 1)
        self._fold()

    def show_archived(self, number: str, day: date) -> None:
        """Show under which number it lies in the archive; nothing is missing any more."""
        self._head.setText("已归档")
        self._words.setText(f"卷号 {number}，{day:%Y-%m-%d} 归档。")
        self.setAccessibleName(f"已归档：{self._words.text()}")

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Show these sentences, or that nothing is missing."""
        self._head.setText(f"{_LACKS}（{len(sentences)}）" if sentences else "可以归档")
        self._words.setText("　".join(sentences) or _READY)
        self._line.set_words(self._words.text())
        self.setAccessibleName(f"{_LACKS}：{'；'.join(sentences) or _READY}")

    def sentences(self) -> str:
        """Return what is said."""
        return self._words.text()

    def set_short(self, *, is_short: bool) -> None:
        """Take one line, and all that is needed only while the keyboard is here."""
        self._is_short = is_short
        strong, none = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(strong if is_short else none)
        self._fold()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Unfold."""
        super().focusInEvent(event)
        self._fold()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold again."""
        super().focusOutEvent(event)
        self._fold()

    def _fold(self) -> None:
        is_folded = self._is_short and not self.hasFocus()
        self._words.setHidden(is_folded)
        self._line.setVisible(is_folded)
