"""Signing opinions (审签): the paper as it will be printed, checked against its case.

Enter signs, the space bar looks at the next one; both only while the list or the paper has the
focus. In the note Ctrl+Enter signs, so that a line break never becomes a signature.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.queries.sign_queue import SignQueue, SignRow, on_time_words, sign_queue
from desk.queries.sign_sheet import SignSheet, sign_sheet
from desk.rules.codes import CaseStatus
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, GlobalKey, ListKey
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.scroll_column import side_column
from desk.ui.signoff.folder import FolderPrint
from desk.ui.signoff.marks import Marks
from desk.ui.signoff.note_card import NoteCard
from desk.ui.signoff.offers import SignOffers
from desk.ui.signoff.paper_pane import PaperPane, Wanted
from desk.ui.signoff.queue_rows import desk_rows, next_wanted, signed_row, waiting_row
from desk.ui.signoff.results_pane import ResultsPane
from desk.ui.signoff.side import ChecksCard, RouteCard
from desk.ui.signoff.views import View, views_for
from desk.ui.signoff.work import SignWork
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_MINUTE_MS = 60_000


class SignoffScreen(Screen):
    """The queue at the left, the paper in the middle, what the case says at the right."""

    title = "审签"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.queue = SignQueue((), (), 0)
        self.sheet: SignSheet | None = None
        self.marks = Marks()
        self.work = SignWork(desk, self)
        self.folder = FolderPrint(desk, self)
        self._views = views_for(desk.person)
        self.view = self._views[0]
        self._build()
        self.offers = SignOffers(self)
        self._connect()

    def arrive(self) -> None:
        """Load the queue; the focus goes to the list."""
        self._reload()
        self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return what waits, what was signed and where all of it lies, with their counts."""
        return tuple(view.label(self.queue) for view in self._views)

    def chosen_view(self) -> int:
        """Return which of them is on."""
        return self._views.index(self.view)

    def choose_view(self, index: int) -> None:
        """Show what waits, what was signed, or where all of it lies."""
        self.view = self._views[index]
        self.sheet = None
        self.show_middle(self.pane)
        self.refresh()

    def help_page(self) -> str:
        """Return the handbook page on signing."""
        return "signoff"

    def row(self) -> SignRow | None:
        """Return the chosen opinion."""
        here = self.list.current_id()
        return next((row for row in self.view.rows(self.queue) if row.case_id == here), None)

    def open_sheet(self) -> SignSheet | None:
        """Return the sheet on show if it can be signed or sent back now."""
        sheet = self.sheet
        if sheet is None or self.work.is_busy or sheet.status is not CaseStatus.SIGNING:
            return None
        return sheet if self.view is View.WAITING else None

    def refresh(self) -> None:
        """Show the queue anew: what was chosen, and how long each has waited by now."""
        self._show_queue(self.queue)

    def show_middle(self, part: QWidget) -> None:
        """Show the paper in the middle, or the grid of the folder."""
        self._middle.setCurrentWidget(part)
        if part is self.pane:
            self.list.setFocus()
            self.offers.show()

    def _build(self) -> None:
        sizes = tokens().sizes
        self.list = WorkList("待签的文书，最先到期的在上", self.desk.now, tall=True)
        self.pane, self.results = PaperPane(self.desk), ResultsPane(self.desk)
        self.checks, self.route, self.note = ChecksCard(), RouteCard(), NoteCard(self.desk)
        self._head = SectionHead("最先到期的在上")
        left = queue_card(self._head, self.list)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(self.pane)
        self._middle.addWidget(self.results)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.gutter)
        column.addWidget(side_column(self.checks, self.route), 1)
        column.addWidget(self.note)
        self._empty = EmptyState(self.view.empty)
        self.bar = ActionBar(self)
        self.finish_key = KeyShortcut(GlobalKey.FINISH, self)
        self.list.explain_in(self, self.said.emit)
        self.enter_key = KeyShortcut(ListKey.OPEN, self.list)  # where the bar has no Enter
        parts = ((left, 31), (middle, 55), (side, 28))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.case_wanted)  # a double click; Enter is the signature
        self.list.passed.connect(self.list.go_on)
        for source in (self.pane.refused, self.work.said, self.folder.said, self.results.said):
            source.connect(self.said)
        self.results.put_away.connect(partial(self.show_middle, self.pane))
        self.work.stale.connect(self._reload)
        self.desk.changed.connect(self._on_changed)
        for key, handler in (
            (ActionKey.NOTE, self.note.setFocus),
            (GlobalKey.PAPER_PREVIEW, self.pane.pages.setFocus),
        ):
            KeyShortcut(key, self).pressed.connect(handler)
        self.finish_key.pressed.connect(self.offers.finish)
        self.enter_key.pressed.connect(self.offers.sign)
        fit = KeyShortcut(ListKey.FIT_WIDTH, self.list)  # the paper itself has the key already
        fit.pressed.connect(self.pane.pages.fit_width)
        PaneWalk(self, [self.list, self.pane.pages, self.results, self.note, self.bar])
        minutes = QTimer(self, interval=_MINUTE_MS)  # “在您处 21 时 30 分” goes on
        minutes.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        minutes.start()

    def _reload(self) -> None:
        self.desk.ask(sign_queue, owner=self, done=self._show_queue)

    def _show_queue(self, queue: SignQueue) -> None:
        self.queue = queue
        rows, now = self.view.rows(queue), self.desk.now()
        self.marks.keep(queue.waiting)
        self._head.set_text(self.view.head)
        self._head.set_note(f"共 {len(rows)} 份")
        self.badge_changed.emit(len(queue.waiting))
        self.subtitle_changed.emit(on_time_words(queue.waiting, now))
        self.views_changed.emit()
        self.note.setVisible(self.view is View.WAITING)
        self._empty.set_sentence(self.view.empty)
        self._stack.setCurrentIndex(0 if rows else 1)
        before = self.list.current_id()
        if self.view is View.EVERYWHERE:
            self.list.set_rows(desk_rows(rows, now))
        elif self.view is View.SIGNED:
            self.list.set_rows([signed_row(row, now) for row in rows])
        else:
            held = self.marks.holds
            self.list.set_rows([waiting_row(row, now, is_marked=held(row)) for row in rows])
        if before is not None and self.list.current_id() == before:
            self._look_at(before)
        if not rows:
            self.sheet = None
            self.pane.clear()
        self.offers.show()

    def _on_chosen(self, case_id: int | None) -> None:
        self.sheet = None
        self.note.show_case(case_id if self.view is View.WAITING else None)
        if case_id is not None:
            self._look_at(case_id)

    def _look_at(self, case_id: int) -> None:
        row = self.row()
        if row is None:
            return
        is_signed = row.here is None
        ahead = None if is_signed else next_wanted(self.view.rows(self.queue), case_id)
        self.pane.show_paper(Wanted(case_id, row.version, is_signed), ahead=ahead)
        query = partial(sign_sheet, case_id=case_id)
        self.desk.ask(query, owner=self, done=self._show_sheet)

    def _show_sheet(self, sheet: SignSheet) -> None:
        if sheet.case_id != self.list.current_id():
            return
        changed: list[str] = []
        if self.sheet is not None and self.sheet.case_id == sheet.case_id:
            before = dict(self.sheet.sections)
            changed = [name for name, words in sheet.sections if words != before.get(name)]
        self.sheet = sheet
        self.marks.opened(sheet)
        self.checks.show_checks(sheet.checks, changed, sheet.differences)
        self.route.show_route(sheet.route, self.desk.now())
        self.offers.show()

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.cases and self.isVisible():
            self._reload()
