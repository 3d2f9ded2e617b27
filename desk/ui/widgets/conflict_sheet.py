"""Two people changed the same thing (同时改动): both values side by side, nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from desk.ui.theme import say_state
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import Card, rule, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class Keep(StrEnum):
    """Which of two values is to stay."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One field whose two values differ."""

    id: str
    label: str
    mine: str
    theirs: str


class ConflictSheet(Card):
    """Three columns: 您填的, 现在的, 留哪个; nothing is chosen beforehand.

    Signals:
        resolved: the clerk decided every line; carries {id: Keep}.
        postponed: the clerk wants to go on looking; nothing is saved, nothing is lost.
    """

    resolved = Signal(object)
    postponed = Signal()

    def __init__(
        self, sentence: str, who: str, rows: Sequence[ConflictRow], parent: QWidget | None = None
    ) -> None:
        super().__init__("这一件刚被改过", parent=parent)
        self.set_state("warn")
        self._choices: dict[str, ChoiceChips] = {}
        self.body.addWidget(text_label(sentence, "label", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        heads = ("", "您填的", f"现在的（{who}）", "留哪个")
        for column, head in enumerate(heads):
            grid.addWidget(text_label(head, "label"), 0, column)
        for at, row in enumerate(rows, start=1):
            self._add_row(grid, row, at * 2)
        self.body.addLayout(grid)
        self._save = KeyButton("按所选保存")
        self._save.setEnabled(False)
        self._save.clicked.connect(lambda: self.resolved.emit(self.decisions()))
        later = KeyButton("先不保存，接着看")
        later.clicked.connect(self.postponed)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(later)
        foot.addWidget(self._save)
        self.body.addLayout(foot)

    def decisions(self) -> dict[str, Keep]:
        """Return what has been decided so far."""
        return {
            row: Keep(str(chips.value()))
            for row, chips in self._choices.items()
            if chips.value() is not None
        }

    def choose(self, row: str, keep: Keep) -> None:
        """Decide one line, as a press on its chip does."""
        self._choices[row].set_value(keep)
        self._on_chosen()

    def _add_row(self, grid: QGridLayout, row: ConflictRow, at: int) -> None:
        grid.addWidget(rule(), at - 1, 0, 1, 4)
        grid.addWidget(text_label(row.label, "label"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._value(row.mine, f"{row.label}，您填的"), at, 1)
        grid.addWidget(self._value(row.theirs, f"{row.label}，现在的"), at, 2)
        both = [Choice(Keep.MINE, "您填的"), Choice(Keep.THEIRS, "现在的")]
        chips = ChoiceChips(f"{row.label}留哪个", both, small=True)
        chips.setMinimumWidth(chips.sizeHint().width())
        chips.chosen.connect(self._on_chosen)
        grid.addWidget(chips, at, 3, Qt.AlignmentFlag.AlignTop)
        self._choices[row.id] = chips

    def _value(self, text: str, name: str) -> QLabel:
        made = text_label(text or "（空）", wraps=True)
        made.setAccessibleName(name)
        made.setTextInteractionFlags(_SELECTABLE)
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        say_state(made, role="reading")
        return made

    def _on_chosen(self) -> None:
        self._save.setEnabled(len(self.decisions()) == len(self._choices))
