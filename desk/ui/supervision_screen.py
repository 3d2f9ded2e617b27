"""Supervision on one page (督办): what is owed, was issued, came from above, is silent, is closed.

Enter acts on the line that is chosen, the space bar goes on to the next; one key urges from any
list (Ctrl+F6).
"""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile, case_file
from desk.queries.steering_board import SteeringBoard, steering_board
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.steering.card import SteeringCard
from desk.ui.steering.lists import Kind, SteeringLists
from desk.ui.steering.work import SteeringWork
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList


class SupervisionScreen(Screen):
    """The list at the left, the case with its strip in the middle, the panel at the right."""

    title = "督办"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        steers = may_in_hall(Deed.STEER, desk.person)
        kinds = tuple(one for one in Kind if steers or one is not Kind.ISSUED)
        self.lists = SteeringLists(kinds, kinds[0])
        self._has_chosen = False
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read all lists; the keyboard is in the one on show."""
        self._reload()
        self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the lists with their counts."""
        return self.lists.names()

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self.lists.kinds.index(self.lists.kind)

    def choose_view(self, index: int) -> None:
        """Show another list."""
        self.lists.kind, self._has_chosen = self.lists.kinds[index], True
        self.work.host.close_panel()
        self._show()
        self.views_changed.emit()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on supervision."""
        return "supervision"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the panel away with Esc."""
        is_out = event.key() == Qt.Key.Key_Escape and not is_composing()
        if is_out and self.work.host.close_layer():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self._head = SectionHead("")
        self.list = WorkList("督办、催办和没有动静的件", self.desk.now)
        self.card = SteeringCard(self.desk)
        self.work = SteeringWork(self.desk, self)
        self._empty = EmptyState("")
        self.bar = ActionBar(self)
        left = queue_card(self._head, self.list)
        parts = ((left, 34), (self.card, 46), (self.work.host, 38))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        work = self.work
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: work.act())
        self.list.passed.connect(self.list.go_on)
        self.list.explain_in(self, self.said.emit)
        work.said.connect(self.said)
        work.case_wanted.connect(self.case_wanted)
        work.done.connect(self.list.setFocus)
        work.host.opened.connect(lambda _panel: self._offer())
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(work.host.submit)
        KeyShortcut(GlobalKey.PAPER_PREVIEW, self).pressed.connect(work.preview)
        PaneWalk(self, [self.list, self.card, work.host, self.bar])

    def _reload(self) -> None:
        self.desk.ask(steering_board, owner=self, done=self._on_board)

    def _on_board(self, board: SteeringBoard) -> None:
        self.lists.take(board, may_move=not self._has_chosen)
        self.badge_changed.emit(self.lists.waiting())
        self._show()
        self.views_changed.emit()

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.cases and self.isVisible():
            self._reload()

    def _show(self) -> None:
        rows, before = self.lists.rows(self.desk.now()), self.list.current_id()
        head, note = self.lists.head()
        self._head.set_text(head)
        self._head.set_note(note)
        self._empty.set_sentence(self.lists.empty())
        self._stack.setCurrentIndex(0 if rows else 1)
        self.list.set_rows(rows)
        if not rows:
            self.work.take(None)
        elif before == self.list.current_id():
            self._ask()
        self._offer()

    def _on_chosen(self, _row: int | None) -> None:
        self.work.host.close_panel()
        self.work.take(None)
        self._ask()
        self._offer()

    def _ask(self) -> None:
        case = self.lists.case_of(self.list.current_id())
        if case is not None:
            self.desk.ask(partial(case_file, case_id=case), owner=self, done=self._show_file)

    def _show_file(self, file: CaseFile | None) -> None:
        here = self.list.current_id()
        if file is not None and file.id == self.lists.case_of(here):
            narrowed = self.lists.narrowed(file, here)
            self.card.show_case(narrowed)
            self.work.take(narrowed, self.lists.first())
            self._offer()

    def _offer(self) -> None:
        self.bar.set_items(self.work.items())
