"""A list of what goes into other hands (交班清单): each line can be left out by unticking it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import CheckChip


@dataclass(frozen=True, slots=True)
class TickLine:
    """One thing: its id, the words to tick, a quieter second line, and what can be done to it."""

    id: int
    words: str
    below: str = ""
    verb: str = ""
    do: Callable[[], None] | None = None


class TickList(Card):
    """A card of ticked lines; what is ticked stays so while the list is read again.

    Signals:
        ticked: another line was ticked or unticked.
    """

    ticked = Signal()

    def __init__(self, head: str, empty: str) -> None:
        super().__init__(head)
        self._empty = text_label(empty, "hint", wraps=True)
        self.body.addWidget(self._empty)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.body.addLayout(self._column)
        self._chips: dict[int, CheckChip] = {}
        self._rows: list[QWidget] = []
        self._left_out: set[int] = set()

    def put(self, lines: Sequence[TickLine]) -> None:
        """Show other lines; new ones are ticked."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._chips, self._rows = {}, []
        for line in lines:
            self._rows.append(self._row(line))
        self._empty.setVisible(not lines)
        if self.head is not None:
            self.head.set_note(f"{len(lines)} 项" if lines else "")

    @property
    def has_lines(self) -> bool:
        """Whether there is anything to tick."""
        return bool(self._chips)

    def chosen(self) -> tuple[int, ...]:
        """Return what is ticked, from the top."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def _row(self, line: TickLine) -> QWidget:
        row = QWidget(self)
        whole = QVBoxLayout(row)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = QHBoxLayout()
        chip = CheckChip(line.words)
        chip.setAccessibleName(f"{line.words} {line.below}".strip())
        chip.setChecked(line.id not in self._left_out)
        chip.toggled.connect(lambda on, key=line.id: self._on_toggled(key, is_on=on))
        self._chips[line.id] = chip
        top.addWidget(chip)
        top.addStretch()
        if line.do is not None:
            button = KeyButton(line.verb, kind=ButtonKind.QUIET, parent=row)
            button.setAccessibleName(f"{line.verb} {line.words}")
            button.clicked.connect(line.do)
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        whole.addLayout(top)
        if line.below:
            below = text_label(line.below, "hint", wraps=True)
            below.setContentsMargins(31, 0, 0, 4)
            whole.addWidget(below)
        self._column.addWidget(row)
        return row

    def _on_toggled(self, key: int, *, is_on: bool) -> None:
        (self._left_out.discard if is_on else self._left_out.add)(key)
        self.ticked.emit()
