"""The boards (看板): what burns, and where; cards by stage or lines of a table, always live."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desk.queries.board_columns import Board
from desk.queries.case_board import BoardRow, Whose
from desk.queries.lookups import categories, units
from desk.ui.board.board_export import BoardExport
from desk.ui.board.board_page import BoardPage
from desk.ui.board.board_reader import BoardReader
from desk.ui.board.board_work import BoardWork
from desk.ui.board.named_filters import NamedFiltersMenu
from desk.ui.board.narrowing import WHOSE, Narrowing
from desk.ui.board.ticker import ticker_of
from desk.ui.case.case_page import open_more
from desk.ui.desk import Desk
from desk.ui.keys import BoardKey, GlobalKey
from desk.ui.screen import Screen
from desk.ui.theme import say_state
from desk.ui.widgets.composing import KeyShortcut, is_composing

_TOGETHER_MS = 40  # changes within this time are read in one go; `Live` gathers the rest
_UNSEEN_MS = 20_000  # what is kept from this board's reader can change its figures at most
_VIEWS = tuple(Whose)


class BoardScreen(Screen):
    """Open cases of me, my unit or everyone; selection and scrolling outlive every refresh."""

    title = "看板"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.narrowing = Narrowing()
        self.is_table = False
        self._views: tuple[str, ...] = tuple(WHOSE.values())
        self._goes_on_at: tuple[int, int] | None = None
        self._wants_keyboard = False
        self._selects: int | None = None
        self._reader = BoardReader(desk, self)
        self.page = BoardPage(desk, self, self._reader.more)
        self.work = BoardWork(desk, self.page.bar, self.page.host, self.page.notice, self.current)
        at_hand = (desk, lambda: self.narrowing, self.page.found.ask, self)
        self.named, self.export = NamedFiltersMenu(*at_hand), BoardExport(*at_hand)
        self._soon = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._later = QTimer(self, singleShot=True, interval=_UNSEEN_MS)
        say_state(self, ground="window")
        self.setFocusProxy(self.page)
        self._connect()

    def arrive(self) -> None:
        """Read names and cases, and put the keyboard on the current card."""
        self.desk.ask(units, owner=self, done=self.page.set_units)
        self.desk.ask(categories, owner=self, done=self.page.filters.set_categories)
        self._wants_keyboard = True
        self.named.arrive(self.reload)

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
        self._later.stop()
        self.page.columns.set_stages(self.narrowing.stages)
        if self.is_table:
            sizes = [self.page.table.lines.rowCount()]
            self._reader.read_table(self.narrowing, sizes)
        else:
            self._reader.read_columns(self.narrowing, self.page.columns.sizes())

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

    def _connect(self) -> None:
        page, work = self.page, self.work
        open_named = partial(self.named.open_at, page.filters.named)
        page.filters.chosen.connect(self.narrow)
        page.found.cleared.connect(self.clear_filters)
        page.found.typed.connect(partial(self.narrow, "words"))
        page.found.left.connect(page.take_keyboard)
        page.found.save_asked.connect(self.named.ask_name)
        page.found.export_asked.connect(self.export.begin)
        page.filters.named.clicked.connect(open_named)
        self.named.chosen.connect(self._show_narrowing)
        self.named.named.connect(page.show_name)
        self.named.find_asked.connect(page.found.begin)
        for speaker in (self.named, self.export):
            speaker.said.connect(self.said)
        page.filters.layout_chosen.connect(lambda table: self.show_layout(is_table=table))
        for view in (page.columns, page.table):
            view.current_changed.connect(work.follow)
            view.entered.connect(work.enter)
            view.digit_pressed.connect(work.pick)
        work.said.connect(self.said)
        work.case_wanted.connect(self.case_wanted)
        work.dispatched.connect(self._on_sent)
        work.refused.connect(self.reload)
        work.taken_back.connect(self._on_sent)
        page.host.opened.connect(lambda _panel: work.follow())
        self.desk.changed.connect(self._on_changed)
        for timer in (self._soon, self._later):
            timer.timeout.connect(self.reload)
        self._reader.came.connect(self._on_board)
        for where in (page.shown, page.filters):  # where nothing can be written
            KeyShortcut(BoardKey.NAMED_FILTERS, where).pressed.connect(open_named)
        KeyShortcut(BoardKey.FIND_HERE, self).pressed.connect(page.found.begin)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(page.host.submit)
        KeyShortcut(GlobalKey.NEXT_PANE, self).pressed.connect(page.next_pane)
        KeyShortcut(GlobalKey.MORE, self).pressed.connect(partial(open_more, page.bar))

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
        self.page.found.show_narrowing(narrowing)
        self.named.show_name()
        self.views_changed.emit()
        self.reload()

    def _on_board(self, board: Board) -> None:
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
        if not self.narrowing.is_active:  # beside the page's name stands what there is to do
            self.badge_changed.emit(counts.open)
        self.work.follow()

    def _on_sent(self, taken_back: int | None = None) -> None:
        """Go on where a card was sent from; what was taken back is current again."""
        self._selects = taken_back
        is_gone = taken_back is None and not self.is_table
        self._goes_on_at = self.page.columns.place() if is_gone else None
        self.reload()

    def _on_changed(self, changes: Any, who: object) -> None:
        row = self.current()
        if row is not None and isinstance(who, str) and who and changes.touches(row.id):
            self.page.notice.say(f"{row.seq:05} 已由 {who}：{changes.title}。")
        if changes.cases and not changes.title and not self._reader.has_read(changes.cases):
            if not self._later.isActive():
                self._later.start()
        elif changes.cases or not who:
            self._soon.start()
