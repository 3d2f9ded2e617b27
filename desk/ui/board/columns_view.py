"""All columns of the board side by side (看板): one card is current, whatever happens around it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.queries.board_columns import Board
from desk.queries.case_board import BoardRow
from desk.rules.codes import CaseStatus
from desk.ui.board.card_list import BoardColumn
from desk.ui.board.column_model import CaseColumn, Deliver
from desk.ui.theme import say_state

Stage = tuple[str, frozenset[CaseStatus]]
LoadColumn = Callable[[frozenset[CaseStatus], BoardRow, Deliver, Callable[[], None]], None]
_NARROWEST = 168


class ColumnsView(QWidget):
    """Columns by stage; arrows walk over all cards.

    Signals:
        current_changed: another card is current, or none.
        entered: Enter or a double click on the current card.
        digit_pressed: 1 to 9 on the current card.
    """

    current_changed = Signal()
    entered = Signal()
    digit_pressed = Signal(int)

    def __init__(
        self,
        load: LoadColumn,
        unit_names: Mapping[int, str],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._load, self._names, self._clock = load, unit_names, clock
        self.columns: list[BoardColumn] = []
        self.stages: tuple[Stage, ...] = ()
        self._at = 0
        self._is_quiet = False
        inner = QWidget()
        say_state(inner, ground="clear")
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(9)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Show these columns."""
        if tuple(stages) == self.stages:
            return
        self.stages = tuple(stages)
        self._at = 0
        for old in self.columns:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.columns = [self._make(name, statuses) for name, statuses in stages]
        for made in self.columns:
            made.setMinimumWidth(_NARROWEST)
            self._row.addWidget(made, 1)

    def sizes(self) -> list[int]:
        """Return how many cards each column has read."""
        return [column.list.cards.rowCount() for column in self.columns]

    def show_board(self, board: Board) -> None:
        """Show this state; the current card, every scroll position and the keyboard stay."""
        current = self.current_row()
        here = self.columns[self._at].list.currentIndex().row() if self.columns else 0
        scrolled = [column.list.verticalScrollBar().value() for column in self.columns]
        self._is_quiet = True
        for column, rows, (_, statuses) in zip(
            self.columns, board.columns, self.stages, strict=True
        ):
            total, late = board.counts.of(statuses)
            column.list.cards.show(rows, total=total)
            column.show_counts(total, late)
        if current is not None:
            self._find_again(current.id, here)
        for column, value in zip(self.columns, scrolled, strict=True):
            column.list.verticalScrollBar().setValue(value)
        self._is_quiet = False
        self.current_changed.emit()

    def current_row(self) -> BoardRow | None:
        """Return the card that is current."""
        if not self.columns:
            return None
        return self.columns[self._at].list.current_row()

    def place(self) -> tuple[int, int]:
        """Return where the current card stands: column and position."""
        return self._at, max(self.columns[self._at].list.currentIndex().row(), 0)

    def select_case(self, case_id: int) -> bool:
        """Make a case current if its card has been read."""
        for at, column in enumerate(self.columns):
            position = column.list.cards.pages.position(case_id)
            if position is not None:
                self._go(at, position)
                return True
        return False

    def select_at(self, column: int, position: int) -> None:
        """Make the card at a place current, or the one before it where the column ends."""
        self._go(column, position)

    def take_keyboard(self) -> None:
        """Put the keyboard on the current card, or on the first one there is."""
        if self.current_row() is None:
            filled = [at for at, c in enumerate(self.columns) if c.list.cards.rowCount()]
            if filled:
                self._go(filled[0], 0)
        if self.columns:
            self.columns[self._at].list.setFocus()

    def repaint_clocks(self) -> None:
        """Let every clock on screen look at the time."""
        now = self._clock()
        for column in self.columns:
            column.list.repaint_clocks(now)

    def _make(self, name: str, statuses: frozenset[CaseStatus]) -> BoardColumn:
        def load(after: BoardRow, deliver: Deliver, give_up: Callable[[], None]) -> None:
            self._load(statuses, after, deliver, give_up)

        model = CaseColumn(load, self._names, self._clock, self)
        made = BoardColumn(name, model, self._names, self._clock)
        cards = made.list
        cards.side_asked.connect(self._on_side_asked)
        cards.entered.connect(self.entered)
        cards.doubleClicked.connect(lambda _index: self.entered.emit())
        cards.digit_pressed.connect(self.digit_pressed)
        cards.current_changed.connect(lambda: self._on_current_changed(made))
        cards.focused.connect(lambda: self._on_current_changed(made))
        return made

    def _on_side_asked(self, by: int) -> None:
        here = self.columns[self._at].list
        index = here.currentIndex()
        at = self._at + by
        while 0 <= at < len(self.columns):
            cards = self.columns[at].list
            if cards.cards.rowCount():
                beside = cards.indexAt(here.visualRect(index).center())
                first = cards.visible_rows()
                row = beside.row() if beside.isValid() else first[-1]
                self._go(at, row)
                cards.setFocus()
                self._scroll.ensureWidgetVisible(self.columns[at], 0, 0)
                return
            at += by

    def _go(self, at: int, position: int) -> None:
        self._at = at
        self.columns[at].list.select_at(position)
        self._on_current_changed(self.columns[at])

    def _on_current_changed(self, column: BoardColumn) -> None:
        """Let only one column have a current card."""
        if self._is_quiet or column.list.current_row() is None:
            return
        self._is_quiet = True
        self._at = self.columns.index(column)
        for other in self.columns:
            if other is not column:
                other.list.clearSelection()
                other.list.setCurrentIndex(other.list.rootIndex())
        self._is_quiet = False
        self.current_changed.emit()

    def _find_again(self, case_id: int, here: int) -> None:
        """Keep the card current wherever it went; else its neighbour of before."""
        had_keyboard = any(column.list.hasFocus() for column in self.columns)
        if not self.select_case(case_id):
            self.columns[self._at].list.select_at(here)
        for at, other in enumerate(self.columns):
            if at != self._at:
                other.list.setCurrentIndex(other.list.rootIndex())
        if had_keyboard:
            self.columns[self._at].list.setFocus()
