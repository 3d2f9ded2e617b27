"""The layout of the boards: filters, columns or table, a panel beside them, the action bar."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.queries.board_columns import Board
from desk.queries.case_board import BoardRow
from desk.queries.lookups import UnitChoice
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.ui.board.column_model import Deliver
from desk.ui.board.columns_view import ColumnsView
from desk.ui.board.filter_bar import FilterBar
from desk.ui.board.find_row import FindRow
from desk.ui.board.table_view import BoardTable
from desk.ui.case.case_page import go_to_next_pane
from desk.ui.case.notice_line import NoticeLine
from desk.ui.case.panel_host import PanelHost
from desk.ui.desk import Desk
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState

LoadMore = Callable[[frozenset[CaseStatus] | None, BoardRow, Deliver, Callable[[], None]], None]
_EMPTY = "现在没有这样的件。新件会自动出现在这里。"


class BoardPage(QWidget):
    """What the boards look like; it knows widgets and places, not what may be done.

    Args:
        host: the screen inside which the keys work.
        load_more: reads the page after a row; for the table without statuses.
    """

    def __init__(self, desk: Desk, host: QWidget, load_more: LoadMore) -> None:
        super().__init__(host)
        self._names: dict[int, str] = {}

        def load_line(after: BoardRow, deliver: Deliver, give_up: Callable[[], None]) -> None:
            load_more(None, after, deliver, give_up)

        self.filters, self.notice = FilterBar(), NoticeLine()
        self.found = FindRow(exports=may_in_hall(Deed.EXPORT, desk.person))
        self.columns = ColumnsView(load_more, self._names, desk.now)
        self.table = BoardTable(load_line, self._names, desk.now)
        self.host = PanelHost(desk)
        self.bar = ActionBar(host)
        self._is_table = False
        self._empty = EmptyState(_EMPTY)
        self._build(host)
        self.host.opened.connect(self._on_panel_opened)

    def current_row(self, *, is_table: bool) -> BoardRow | None:
        """Return the selected card or line."""
        return self.table.current_row() if is_table else self.columns.current_row()

    def show_layout(self, *, is_table: bool) -> None:
        """Show cards or lines."""
        self._is_table = is_table
        self.filters.show_layout(is_table=is_table)
        self._stack.setCurrentWidget(self.table if is_table else self.columns)

    def select_case(self, case_id: int) -> None:
        """Make a case current if it has been read."""
        if self._is_table:
            self.table.select_case(case_id)
        else:
            self.columns.select_case(case_id)

    def show_board(self, board: Board, *, is_table: bool) -> None:
        """Show this state of the board."""
        self.filters.show_counts(board.counts)
        self.found.show_count(board.counts.open)
        if is_table:
            self.table.show_rows(board.columns[0], total=board.counts.open)
        elif len(board.columns) == len(self.columns.columns):
            self.columns.show_board(board)
        work: QWidget = self.table if is_table else self.columns
        self._stack.setCurrentWidget(work if board.counts.open else self._empty)

    def show_name(self, name: str) -> None:
        """Show by which name the present filter goes."""
        self.filters.named.set_value("", active=bool(name))
        self.found.show_name(name)

    def take_keyboard(self) -> None:
        """Put the keyboard on the current card or line; where there is none, on the filters."""
        if self._stack.currentWidget() is self._empty:
            self.filters.setFocus()
        elif self._is_table:
            self.table.take_keyboard()
        else:
            self.columns.take_keyboard()

    def repaint_clocks(self) -> None:
        """Let the clocks on screen look at the time."""
        if self._is_table:
            self.table.repaint_clocks()
        else:
            self.columns.repaint_clocks()

    def set_units(self, units: Sequence[UnitChoice]) -> None:
        """Know the units' names, and paint everything again with them."""
        self._names.update({unit.id: unit.short_name for unit in units})
        self.filters.set_units(units)
        for column in self.columns.columns:
            column.list.viewport().update()
        self.table.viewport().update()

    def close_layer(self) -> bool:
        """Put the uppermost layer away; return whether there was one."""
        return self.host.close_layer() or self.notice.close_layer()

    def next_pane(self) -> None:
        """Go from the cards to the panel, to the filters, to the actions, and round."""
        work: QWidget = self.table if self._is_table else self.columns
        go_to_next_pane((work, self.host, self.filters, self.found, self.bar))

    def _build(self, host: QWidget) -> None:
        sizes = tokens().sizes
        self.shown = shown = QWidget(self)
        self._stack = QStackedLayout(shown)
        for page in (self.columns, self.table, self._empty):
            self._stack.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(sizes.gutter)
        middle.addWidget(shown, 7)
        middle.addWidget(self.host, 5)
        self._middle = middle
        work = QVBoxLayout()
        work.setContentsMargins(sizes.margin, 12, sizes.margin, 4)
        work.setSpacing(12)
        work.addWidget(self.filters)
        work.addWidget(self.found)
        work.addWidget(self.notice)
        work.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(work, 1)
        column.addWidget(self.bar)
        outer = QVBoxLayout(host)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self)

    def _on_panel_opened(self, panel: object) -> None:
        self._middle.setStretch(1, 10 if self.host.wants_room else 5)
        if panel is None:
            self.take_keyboard()
