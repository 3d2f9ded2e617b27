"""The boards (看板): what burns, and where; cards by stage or lines of a table, always live."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desk.queries.case_board import Board, BoardRow, Whose, board_page, whole_board
from desk.queries.lookups import CategoryChoice, UnitChoice, categories, units
from desk.rules.codes import CaseStatus
from desk.ui.board.board_page import BoardPage
from desk.ui.board.board_work import BoardWork
from desk.ui.board.column_model import Deliver
from desk.ui.board.narrowing import WHOSE, Narrowing
from desk.ui.board.ticker import ticker_of
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.screen import Screen
from desk.ui.theme import say_state
from desk.ui.widgets.composing import KeyShortcut, is_composing

_TOGETHER_MS = 120  # colleagues' changes within this time are read in one go
_VIEWS = tuple(Whose)


class BoardScreen(Screen):
    """Open cases of me, my unit or everyone; selection and scrolling outlive every refresh."""

    title = "看板"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.narrowing = Narrowing()
        self.is_table = False
        self._names: dict[int, str] = {}
        self._views: tuple[str, ...] = tuple(WHOSE.values())
        self._generation = 0
        self._goes_on_at: tuple[int, int] | None = None
        self._wants_keyboard = False
        self._selects: int | None = None
        self.page = BoardPage(desk, self, self._names, self._load_more)
        self.work = BoardWork(desk, self.page.bar, self.page.host, self.page.notice, self.current)
        self._soon = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read names and cases, and put the keyboard on the current card."""
        self.desk.ask(units, owner=self, done=self._on_units)
        self.desk.ask(categories, owner=self, done=self._on_categories)
        self._wants_keyboard = True
        self.reload()

    def views(self) -> tuple[str, ...]:
        """Return 我的, 本单位, 全部 with how many each holds."""
        return self._views

    def chosen_view(self) -> int:
        """Return whose cases are shown."""
        return _VIEWS.index(self.narrowing.whose)

    def choose_view(self, index: int) -> None:
        """Show someone else's cases."""
        self.narrow("whose", _VIEWS[index])

    def help_page(self) -> str:
        """Return the handbook page about the boards."""
        return "board"

    def current(self) -> BoardRow | None:
        """Return the selected card or line."""
        return self.page.current_row(is_table=self.is_table)

    def narrow(self, name: str, value: object) -> None:
        """Change one part of the filter."""
        if name == "tag":
            tag, left_out = value if isinstance(value, tuple) else (None, False)
            changed = self.narrowing.with_part("tag", tag)
            self._show_narrowing(changed.with_part("leaves_tag_out", left_out))
        else:
            self._show_narrowing(self.narrowing.with_part(name, value))

    def clear_filters(self) -> None:
        """Show everything again, of whomever the view is."""
        self._show_narrowing(self.narrowing.cleared())

    def show_layout(self, *, is_table: bool) -> None:
        """Show cards or lines; the selected case stays selected."""
        row = self.current()
        self.is_table = is_table
        self._selects = row.id if row is not None else None
        self._wants_keyboard = True
        self.page.show_layout(is_table=is_table)
        self.reload()

    def reload(self) -> None:
        """Read the board as it is now, as far down as it was read before."""
        self._soon.stop()
        self._generation += 1
        stages = [statuses for _, statuses in self.narrowing.stages]
        self.page.columns.set_stages(self.narrowing.stages)
        sizes = self.page.columns.sizes()
        if self.is_table:
            wanted = self.narrowing.as_filter()
            stages, sizes = [wanted.statuses], [self.page.table.lines.rowCount()]
        query = partial(whole_board, wanted=self.narrowing.as_filter(), stages=stages, sizes=sizes)
        show = partial(self._on_board, self._generation)
        self.desk.ask(query, owner=self, done=show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put one layer away with Esc: panel, sentence, picked unit, filters."""
        if event.key() == Qt.Key.Key_Escape and not is_composing() and self._close_layer():
            self.page.take_keyboard()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tick while it can be seen."""
        super().showEvent(event)
        ticker_of(self).ticked.connect(self.page.repaint_clocks, Qt.ConnectionType.UniqueConnection)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        ticker_of(self).ticked.disconnect(self.page.repaint_clocks)

    def _build(self) -> None:
        say_state(self, ground="window")
        self.page.columns.set_stages(self.narrowing.stages)
        self.setFocusProxy(self.page)

    def _connect(self) -> None:
        page, work = self.page, self.work
        page.filters.chosen.connect(self.narrow)
        page.filters.cleared.connect(self.clear_filters)
        page.filters.layout_chosen.connect(lambda table: self.show_layout(is_table=table))
        for view in (page.columns, page.table):
            view.current_changed.connect(work.follow)
            view.entered.connect(work.enter)
            view.digit_pressed.connect(work.pick)
        work.said.connect(self.said)
        work.case_wanted.connect(self.case_wanted)
        work.dispatched.connect(self._on_dispatched)
        work.refused.connect(self.reload)
        page.host.opened.connect(lambda _panel: work.follow())
        self.desk.changed.connect(self._on_changed)
        self._soon.timeout.connect(self.reload)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(page.host.submit)
        KeyShortcut(GlobalKey.NEXT_PANE, self).pressed.connect(page.next_pane)

    def _close_layer(self) -> bool:
        if self.page.close_layer() or self.work.drop_pick():
            return True
        if self.narrowing.is_active:
            self.clear_filters()
            return True
        return False

    def _show_narrowing(self, narrowing: Narrowing) -> None:
        self.narrowing = narrowing
        self.page.filters.show_narrowing(narrowing)
        self.views_changed.emit()
        self.reload()

    def _load_more(
        self,
        statuses: frozenset[CaseStatus] | None,
        after: BoardRow,
        deliver: Deliver,
        give_up: Callable[[], None],
    ) -> None:
        narrowing = self.narrowing.as_filter()
        wanted = narrowing if statuses is None else narrowing.of(statuses)
        query = partial(board_page, wanted=wanted, after=after)
        self.desk.ask(query, owner=self, done=deliver, failed=lambda _error: give_up())

    def _on_board(self, generation: int, board: Board) -> None:
        if generation != self._generation:
            return  # answers a question asked before the last change of the filter
        self.page.show_board(board, is_table=self.is_table)
        if self._goes_on_at is not None:
            self.page.columns.select_at(*self._goes_on_at)
            self._goes_on_at = None
        if self._selects is not None:
            self.page.select_case(self._selects)
            self._selects = None
        if self._wants_keyboard:
            self._wants_keyboard = False
            self.page.take_keyboard()
        counts = board.counts
        self._views = tuple(f"{words} {counts.whose[whose]}" for whose, words in WHOSE.items())
        self.views_changed.emit()
        self.badge_changed.emit(counts.open)
        self.work.follow()

    def _on_dispatched(self) -> None:
        if not self.is_table:
            self._goes_on_at = self.page.columns.place()
        self.reload()

    def _on_changed(self, changes: Any, who: object) -> None:
        row = self.current()
        if row is not None and isinstance(who, str) and who and changes.touches(row.id):
            self.page.notice.say(f"{row.seq:05} 已由 {who}：{changes.title}。")
        if changes.cases or not who:
            self._soon.start()

    def _on_units(self, found: list[UnitChoice]) -> None:
        self._names.update({unit.id: unit.short_name for unit in found})
        self.page.filters.set_units(found)
        self.page.repaint_all()

    def _on_categories(self, found: list[CategoryChoice]) -> None:
        self.page.filters.set_categories(found)
