"""Whistles (吹哨报到): the coordinator's board, what I am called to, what we raised, what is done.

Enter takes the next step of the chosen whistle, N raises one; each further step has its letter in
the lists, and a sign-in sheet is typed in a line for each who came.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.whistle_views import WhistleFile, WhistleRow
from desk.queries.whistles import whistle_board, whistle_file
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.queue_page import queue_card
from desk.ui.screen import Screen
from desk.ui.sections.card import ReadingCard
from desk.ui.theme import tokens
from desk.ui.whistles.board import WhistleBoard
from desk.ui.whistles.lists import BOARD, NAMES, WhistleLists
from desk.ui.whistles.words import parts_of_file, state_words, whistle_line
from desk.ui.whistles.work import WhistleHost, WhistleWork
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_EMPTY = (
    "现在没有在办的哨单。按 N 吹哨，或在案件卷里按 Alt+S。",
    "现在没有叫您单位的哨。被叫到时会出现在这里，并显示还剩多少时间。",
    "您单位还没有在办的哨单。按 N 吹哨。",
    "还没有归档或撤销的哨单。",
)


class WhistleScreen(Screen):
    """Board or list, below or beside it the whistle and the panel of its next step."""

    title = "吹哨"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lists = WhistleLists(desk.person)
        self._build()
        self._connect()

    @property
    def host(self) -> WhistleHost:
        """Where panels stand."""
        return self.work.host

    def arrive(self) -> None:
        """Read everything; the keyboard is in the list on show."""
        self._reload()
        if self.work.host.panel is None:
            self._list().setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the lists with what is in each."""
        return self.lists.names()

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self.lists.kinds.index(self.lists.kind)

    def choose_view(self, index: int) -> None:
        """Show another list; what was written in a form is kept as a draft."""
        self.lists.kind = self.lists.kinds[index]
        self.work.host.close_panel()
        self._show(None)
        self.views_changed.emit()
        self._list().setFocus()

    def help_page(self) -> str:
        """Return the handbook page on whistles."""
        return "whistles"

    def open_whistle(self, whistle: int) -> None:
        """Show one whistle, wherever it stands."""
        self._reload(then=whistle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Esc; in the lists a digit takes a step, N raises a whistle."""
        lists = (*self.board.columns.values(), self.list)
        in_lists = any(one.hasFocus() for one in lists)
        if in_lists and self.work.press(event.text().upper()):
            return
        is_out = event.key() == Qt.Key.Key_Escape and not is_composing()
        if is_out and self.work.host.close_layer():
            self._list().setFocus()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        sizes = tokens().sizes
        self.board = WhistleBoard(self.desk.now)
        self._head = SectionHead("")
        self.list = WorkList("哨单", self.desk.now, tall=True)
        self._left = queue_card(self._head, self.list)
        self.card = ReadingCard(self.desk.now)
        self.card.setAccessibleName("哨单")
        self.work = WhistleWork(self.desk, self)
        self._empty = EmptyState("")
        self.bar = ActionBar(self)
        low = QHBoxLayout()
        low.setSpacing(sizes.gutter)
        for part, share in ((self._left, 34), (self.card, 46), (self.work.host, 44)):
            low.addWidget(part, share)
        self._parts = work = QVBoxLayout()
        work.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        work.setSpacing(sizes.gutter)
        work.addWidget(self.board, 9)
        work.addLayout(low, 11)
        work.addWidget(self._empty, 11)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(work, 1)
        whole.addWidget(self.bar)
        self._lay_out()

    def _connect(self) -> None:
        self.board.chosen.connect(self._on_chosen)
        self.board.opened.connect(lambda _id: self.work.act())
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _id: self.work.act())
        self.list.passed.connect(self.list.go_on)
        work = self.work
        work.said.connect(self.said)
        work.case_wanted.connect(self.case_wanted)
        work.wanted.connect(self.open_whistle)
        work.done.connect(self._on_done)
        work.host.opened.connect(lambda _panel: self._lay_out())
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(work.host.submit)
        KeyShortcut(GlobalKey.PAPER_PREVIEW, self).pressed.connect(work.preview)
        explain = KeyShortcut(GlobalKey.EXPLAIN_CLOCK, self)
        explain.pressed.connect(lambda: self.said.emit(self._list().explanation()))
        PaneWalk(self, [self.board, self._left, self.card, work.host, self.bar])

    def _list(self) -> WhistleBoard | WorkList:
        return self.board if self.lists.kind == BOARD else self.list

    def _reload(self, then: int | None = None) -> None:
        self.desk.ask(whistle_board, owner=self, done=partial(self._on_rows, then=then))

    def _on_rows(self, rows: tuple[WhistleRow, ...], then: int | None) -> None:
        self.lists.rows = rows
        self.badge_changed.emit(self.lists.waiting())
        self.lists.find(then)
        self._show(then)
        self.views_changed.emit()

    def _show(self, then: int | None) -> None:
        rows, now = self.lists.shown(), self.desk.now()
        self._head.set_text(NAMES[self.lists.kind])
        self._head.set_note(f"{len(rows)} 张")
        self._empty.set_sentence(_EMPTY[self.lists.kind])
        if self.lists.kind == BOARD:
            self.board.show_rows(rows)
        else:
            self.list.set_rows([whistle_line(row, now) for row in rows])
        if then is not None:
            self._list().choose(then)
        self._lay_out()
        self._on_chosen(self._list().current_id() if rows else None)

    def _lay_out(self) -> None:
        """Give the board its room, and the panel its own where one is open."""
        has_rows = bool(self.lists.shown())
        is_board, panel = self.lists.kind == BOARD, self.work.host.panel
        self._parts.setStretch(0, 9 if panel is None else 5)
        self.board.setVisible(is_board and has_rows and not self.work.host.wants_room)
        self._left.setVisible(not is_board and has_rows)
        self.card.setVisible(has_rows)
        self._empty.setVisible(not has_rows and panel is None)
        self.bar.set_items(self.work.items())

    def _on_chosen(self, whistle: int | None) -> None:
        panel = self.work.host.panel
        if panel is not None and isinstance(panel.file, WhistleFile) and panel.file.id != whistle:
            self.work.host.close_panel()
        if whistle is None:
            self.work.take(None)
            self.card.show_parts("", "", ())
            self._lay_out()
            return
        query = partial(whistle_file, whistle_id=whistle)
        self.desk.ask(query, owner=self, done=self._show_file)

    def _show_file(self, file: WhistleFile | None) -> None:
        if file is None or file.id != self._list().current_id():
            return
        self.work.take(file)
        parts: Sequence[tuple[str, str]] = parts_of_file(file, self.desk.now())
        self.card.show_parts(file.row.number, state_words(file.row), parts)
        self._lay_out()

    def _on_done(self, whistle: int | None) -> None:
        self._reload(then=whistle)
        self._list().setFocus()

    def _on_changed(self, changes: Any, asker: object) -> None:
        is_ours = asker in (self, self.work, self.work.host.panel)
        if not is_ours and "whistle" in changes.made and self.isVisible():
            self._reload()
