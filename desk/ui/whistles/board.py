"""The coordinator's board of whistles (吹哨看板): a column for each stage, what burns on top."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.whistle_views import WhistleRow
from desk.rules.whistle_codes import WhistleStage
from desk.rules.wording import label
from desk.ui.queue_page import queue_card
from desk.ui.theme import tokens
from desk.ui.whistles.words import whistle_line
from desk.ui.widgets.cards import SectionHead
from desk.ui.work_list import WorkList

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class WhistleColumn(WorkList):
    """One column; the arrows to the sides lead to the next ones.

    Signals:
        left: an arrow to the side was pressed; carries -1 or 1.
        entered: the keyboard or the mouse came here.
    """

    left = Signal(int)
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here now."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the side."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.left.emit(step)


class WhistleBoard(QWidget):
    """Five columns; one card is chosen in all of them together.

    Signals:
        chosen: another whistle is chosen; carries its id, or None.
        opened: Enter on it.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._here = WhistleStage.REVIEW
        self._heads: dict[WhistleStage, SectionHead] = {}
        self.columns: dict[WhistleStage, WhistleColumn] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().sizes.gutter // 2)
        for stage in WhistleStage:
            head = self._heads[stage] = SectionHead(label(stage))
            column = self.columns[stage] = WhistleColumn(
                f"吹哨 {label(stage)}", now, tall=True, parent=self
            )
            column.left.connect(self._go)
            column.entered.connect(partial(self.go_to, stage))
            column.opened.connect(self.opened)
            column.passed.connect(column.go_on)
            column.chosen.connect(lambda _id, at=stage: self._on_chosen(at))
            row.addWidget(queue_card(head, column), 1)
        self.setFocusProxy(self.columns[WhistleStage.REVIEW])

    def current_id(self) -> int | None:
        """Return the chosen whistle."""
        return self.columns[self._here].current_id()

    def explanation(self) -> str:
        """Say what the clock of the chosen whistle means."""
        return self.columns[self._here].explanation()

    def show_rows(self, rows: Sequence[WhistleRow]) -> None:
        """Show these in their columns; what should be answered first is on top."""
        now = self._now()
        for stage, column in self.columns.items():
            mine = [row for row in rows if row.stage is stage]
            mine.sort(key=_burning)
            self._heads[stage].set_note(str(len(mine)))
            column.set_rows([whistle_line(row, now) for row in mine])
        if self.current_id() is None:
            self._here = next((s for s, c in self.columns.items() if c.rows()), self._here)
            self.setFocusProxy(self.columns[self._here])
        self._mark()

    def choose(self, whistle: int) -> bool:
        """Choose a whistle, wherever it stands; return whether it is on the board."""
        for stage, column in self.columns.items():
            if whistle in {row.id for row in column.rows()}:
                column.choose(whistle)
                self.go_to(stage)
                return True
        return False

    def go_to(self, stage: WhistleStage, *, focus: bool = False) -> None:
        """Make a column the one that counts."""
        is_other = stage is not self._here or not self.columns[stage].selectedIndexes()
        self._here = stage
        self.setFocusProxy(self.columns[stage])
        self._mark()
        if focus:
            self.columns[stage].setFocus()
        if is_other:
            self.chosen.emit(self.current_id())

    def _mark(self) -> None:
        """Let one card alone look chosen."""
        for stage, column in self.columns.items():
            if stage is self._here:
                column.setCurrentIndex(column.currentIndex())
            else:
                column.clearSelection()

    def _go(self, step: int) -> None:
        order = list(WhistleStage)
        at = order.index(self._here)
        while 0 <= at + step < len(order):
            at += step
            if self.columns[order[at]].rows():
                self.go_to(order[at], focus=True)
                return

    def _on_chosen(self, stage: WhistleStage) -> None:
        if stage is self._here:
            self.chosen.emit(self.current_id())


def _burning(row: WhistleRow) -> tuple[datetime, int]:
    facts = row.facts
    return (facts.due_at if facts is not None and facts.due_at else row.raised_at, row.id)
