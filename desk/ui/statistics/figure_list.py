"""From a figure to its cases (下钻): which they are, one by one; Esc leads back to the figure."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.figure_papers import MOST, IssueFigureList
from desk.queries.figure_cases import PAGE, Figure, FigureCase, figure_cases, say_figure
from desk.queries.statistics_page import FigureLook, figure_look
from desk.rules.measures import MEASURE_LABELS
from desk.ui.board.ask_row import AskRow
from desk.ui.desk import Desk
from desk.ui.printing import papers_of
from desk.ui.statistics.case_table import CaseTable
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import is_composing

_READING = "正在找出这些件…"
_NONE = "没有这样的件。"


class FigureList(QWidget):
    """The cases behind one figure; beside it further ones of the same row (1 未响应, 2 已响应 …).

    Signals:
        case_wanted: open this case; carries its id.
        left: back to the figures.
        said: a sentence for the status line.
        changed: another list is shown, or it was read.
    """

    case_wanted = Signal(object)
    left = Signal()
    said = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._figures: tuple[Figure, ...] = ()
        self._at = 0
        self._counts: list[int | None] = []
        self._is_read = False
        self._is_waiting = False
        self.chips = ChoiceChips("哪些件", small=True)
        self.table = CaseTable("统计清单")
        self.ask = AskRow(self)
        self._card = Card("统计清单", note=" ")
        self._build()
        self.chips.chosen.connect(self._on_chosen)
        self.table.opened.connect(self.case_wanted)
        self.table.end_near.connect(self._read_more)

    def figure(self) -> Figure | None:
        """Return the figure whose cases are shown."""
        return self._figures[self._at] if self._figures else None

    def count(self) -> int | None:
        """Return how many cases it counts, once they were read."""
        return self._counts[self._at] if self._is_read else None

    def show_figures(self, figures: Sequence[Figure], counts: Sequence[int] = ()) -> None:
        """Show the cases of the first of these figures; the others are at hand beside it.

        Args:
            counts: how large each of them is, as the figures say that led here.
        """
        self._figures, self._at, self._is_read = tuple(figures), 0, False
        self._counts = list(counts) or [None] * len(self._figures)
        self.ask.put_away()
        self.table.set_cases([])
        self.table.setFocus()
        self.reload()

    def reload(self) -> None:
        """Read the cases as they are now; the chosen one stays chosen."""
        figure = self.figure()
        if figure is None:
            return
        self._show_head()
        self._is_waiting = True
        query = partial(figure_look, figure=figure, size=self._size())
        done = partial(self._on_read, self._figures, self._at)
        self._desk.ask(query, owner=self, done=done)

    def print_list(self) -> None:
        """Print all cases of the figure, as far as one list may be long."""
        figure, count = self.figure(), self.count()
        if figure is None or not count:
            self.said.emit(_NONE)
            return
        if count > MOST:
            words = f"这里有 {count} 件，一份清单最多 {MOST} 件。请先选一个单位，或缩短期间。"
            self.said.emit(words)
            return
        query = partial(figure_cases, figure=figure, size=MOST)
        self._desk.ask(query, owner=self, done=partial(self._issue, figure))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc, choose another list of the same row by its digit."""
        text = event.text()
        if event.key() == Qt.Key.Key_Escape and not is_composing():
            self.left.emit()
        elif text.isdecimal() and 1 <= int(text) <= len(self._figures):
            self.chips.set_value(int(text) - 1)
            self._on_chosen(int(text) - 1)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        sizes = tokens().sizes
        self._card.body.addWidget(self.chips)
        self._card.body.addWidget(self.table, 1)
        self._card.body.addWidget(self.ask)
        page = QVBoxLayout(self)
        page.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        page.addWidget(self._card)

    def _size(self) -> int:
        return max(PAGE, len(self.table.cases))

    def _on_chosen(self, at: object) -> None:
        if isinstance(at, int) and at != self._at:
            self._at, self._is_read = at, False
            self.table.set_cases([])
            self.table.setFocus()
            self.reload()

    def _on_read(self, figures: tuple[Figure, ...], at: int, look: FigureLook) -> None:
        if (figures, at) != (self._figures, self._at):
            return  # another figure was asked for meanwhile
        self._counts[at], self._is_read = look.count, True
        self._is_waiting = False
        self.table.set_cases(look.cases)
        self._show_head()

    def _read_more(self) -> None:
        figure, count, read = self.figure(), self.count(), self.table.cases
        if figure is None or self._is_waiting or count is None or not 0 < len(read) < count:
            return
        self._is_waiting = True
        query = partial(figure_cases, figure=figure, after=read[-1])
        self._desk.ask(query, owner=self, done=partial(self._on_more, figure, len(read)))

    def _on_more(self, figure: Figure, read: int, cases: tuple[FigureCase, ...]) -> None:
        if figure == self.figure() and read == len(self.table.cases):
            self._is_waiting = False
            self.table.add_cases(cases)

    def _show_head(self) -> None:
        figure, count = self.figure(), self.count()
        assert figure is not None  # noqa: S101 - it has just been asked for
        if self._card.head is not None:
            self._card.head.set_text(say_figure(figure))
            words = _READING if count is None else f"共 {count} 件" if count else _NONE
            self._card.head.set_note(words)
        choices = [
            Choice(at, MEASURE_LABELS[one.measure], self._counts[at])
            for at, one in enumerate(self._figures)
        ]
        self.chips.set_choices(choices)
        self.chips.set_value(self._at)
        self.chips.setVisible(len(choices) > 1)
        self.changed.emit()

    def _issue(self, figure: Figure, cases: tuple[FigureCase, ...]) -> None:
        request = IssueFigureList(
            **self._desk.by_me(),
            scope=say_figure(figure),
            cases=tuple(case.id for case in cases),
        )
        self._desk.act(request, owner=self, done=self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        papers_of(self._desk).print_paper(changes.made["paper"], owner=self)
