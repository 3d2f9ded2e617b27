"""Signing opinions (审签): the paper as it will be printed, checked against its case.

Enter signs, the space bar looks at the next one; both only while the list or the paper has the
focus. In the note Ctrl+Enter signs, so that a line break never becomes a signature.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.actions.signing import SignOpinion
from desk.queries.sign_queue import SignQueue, SignRow, SignSheet, sign_queue, sign_sheet
from desk.rules.codes import CaseStatus
from desk.rules.errors import DeskError, StaleCase
from desk.rules.opinion_checks import Verdict, may_be_signed
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, GlobalKey, ListKey
from desk.ui.printing import papers_of
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.scroll_column import side_column
from desk.ui.signoff.note_card import NoteCard
from desk.ui.signoff.paper_pane import PaperPane, Wanted
from desk.ui.signoff.queue_rows import next_wanted, signed_row, waiting_row
from desk.ui.signoff.side import ChecksCard, RouteCard
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_SIGN, _NEXT = "同意签发", "看下一份"
_DONE = "都签完了，今天没有会超期的。"
_WAITING, _SIGNED = 0, 1
_MINUTE_MS = 60_000


class SignoffScreen(Screen):
    """The queue at the left, the paper in the middle, what the case says at the right."""

    title = "审签"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._papers = papers_of(desk)
        self._queue = SignQueue((), (), 0)
        self._view = _WAITING
        self._sheet: SignSheet | None = None
        self._is_acting = False
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Load the queue; the focus goes to the list."""
        self._reload()
        self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return what waits and what was signed, with their counts."""
        return f"等我签 {len(self._queue.waiting)}", f"我签过的 {self._queue.signed_count}"

    def chosen_view(self) -> int:
        """Return which of both is on."""
        return self._view

    def choose_view(self, index: int) -> None:
        """Show what waits, or what was signed."""
        self._view = index
        self._sheet = None
        self._show_queue(self._queue)
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on signing."""
        return "signoff"

    def sign(self) -> None:
        """Sign the opinion on show, unless something blocks it."""
        sheet = self._open_sheet()
        if sheet is None:
            return
        if not may_be_signed(sheet.checks):
            blocked = next(c for c in sheet.checks if c.verdict is Verdict.BLOCKED)
            self.said.emit(f"{blocked.text}，不能签发。{blocked.detail}。")
            return
        self._act(sheet, is_agreed=True)

    def send_back(self) -> None:
        """Send the opinion back; what is to be changed must be said in the note."""
        sheet = self._open_sheet()
        if sheet is None:
            return
        if not self.note.text():
            self.said.emit("退回修改请先在批注里写明要改什么，再按一次 Alt+T。")
            self.note.demand()
            return
        self._act(sheet, is_agreed=False)

    def _build(self) -> None:
        sizes = tokens().sizes
        self.list = WorkList("待签的文书，最先到期的在上", self.desk.now, tall=True)
        self.pane = PaperPane(self.desk)
        self.checks, self.route, self.note = ChecksCard(), RouteCard(), NoteCard(self.desk)
        self._head = SectionHead("最先到期的在上")
        left = queue_card(self._head, self.list)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.gutter)
        column.addWidget(side_column(self.checks, self.route), 1)
        column.addWidget(self.note)
        self._empty = EmptyState(_DONE)
        self.bar = ActionBar(self)
        parts = ((left, 31), (self.pane, 55), (side, 28))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.case_wanted)  # a double click; Enter is the signature
        self.list.passed.connect(self.list.go_on)
        self.pane.refused.connect(self.said)
        self.desk.changed.connect(self._on_changed)
        for key, handler in (
            (ActionKey.NOTE, self.note.setFocus),
            (GlobalKey.FINISH, self.sign),
            (GlobalKey.PAPER_PREVIEW, self.pane.pages.setFocus),
        ):
            KeyShortcut(key, self).pressed.connect(handler)
        fit = KeyShortcut(ListKey.FIT_WIDTH, self.list)  # the paper itself has the key already
        fit.pressed.connect(self.pane.pages.fit_width)
        PaneWalk(self, [self.list, self.pane.pages, self.note, self.bar])
        minutes = QTimer(self, interval=_MINUTE_MS)  # “在您处 21 时 30 分” goes on
        minutes.timeout.connect(lambda: self._show_queue(self._queue) if self.isVisible() else None)
        minutes.start()

    def _reload(self) -> None:
        self.desk.ask(sign_queue, owner=self, done=self._show_queue)

    def _rows(self) -> tuple[SignRow, ...]:
        return self._queue.waiting if self._view == _WAITING else self._queue.signed

    def _show_queue(self, queue: SignQueue) -> None:
        self._queue = queue
        rows, now = self._rows(), self.desk.now()
        is_waiting = self._view == _WAITING
        self._head.set_text("最先到期的在上" if is_waiting else "最近签的在上")
        self._head.set_note(f"共 {len(rows)} 份")
        self.badge_changed.emit(len(queue.waiting))
        self.views_changed.emit()
        self._empty.set_sentence(_DONE if is_waiting else "您还没有签过文书。")
        self._stack.setCurrentIndex(0 if rows else 1)
        before = self.list.current_id()
        line = waiting_row if is_waiting else signed_row
        self.list.set_rows([line(row, now) for row in rows])
        if before is not None and self.list.current_id() == before:
            self._look_at(before)
        if not rows:
            self._sheet = None
            self.pane.clear()
        self._offer()

    def _on_chosen(self, case_id: int | None) -> None:
        self._sheet = None
        self.note.show_case(case_id if self._view == _WAITING else None)
        if case_id is not None:
            self._look_at(case_id)

    def _look_at(self, case_id: int) -> None:
        row = next((row for row in self._rows() if row.case_id == case_id), None)
        if row is None:
            return
        is_signed = self._view == _SIGNED
        ahead = None if is_signed else next_wanted(self._queue.waiting, case_id)
        self.pane.show_paper(Wanted(case_id, row.version, is_signed), ahead=ahead)
        query = partial(sign_sheet, case_id=case_id)
        self.desk.ask(query, owner=self, done=self._show_sheet)

    def _show_sheet(self, sheet: SignSheet) -> None:
        if sheet.case_id != self.list.current_id():
            return
        changed: list[str] = []
        if self._sheet is not None and self._sheet.case_id == sheet.case_id:
            before = dict(self._sheet.sections)
            changed = [name for name, words in sheet.sections if words != before.get(name)]
        self._sheet = sheet
        self.checks.show_checks(sheet.checks, changed)
        self.route.show_route(sheet.route, sheet.submitted_at, self.desk.now())
        self._offer()

    def _open_sheet(self) -> SignSheet | None:
        """Return the sheet on show if it can be signed or sent back now."""
        sheet = self._sheet
        if sheet is None or self._is_acting or sheet.status is not CaseStatus.SIGNING:
            return None
        return sheet if self._view == _WAITING else None

    def _offer(self) -> None:
        items = []
        if self._open_sheet() is not None:
            sign = partial(_unless_on_button, _SIGN, self.sign)
            items = [
                ActionItem(_SIGN, ListKey.OPEN, sign, "sign", is_main=True),
                ActionItem("退回修改", ActionKey.RETURN, self.send_back, "return"),
            ]
        if self._sheet is not None:
            go_on = partial(_unless_on_button, _NEXT, self.list.go_on)
            words = "打印待签稿" if self._view == _WAITING else "打印"
            items += [
                ActionItem(_NEXT, ListKey.NEXT, go_on),
                ActionItem(words, GlobalKey.PRINT, self.pane.print_shown, "print"),
                ActionItem("打开案件卷", "", self.list.open_current, is_quiet=True),
            ]
        self.bar.set_items(items)

    def _act(self, sheet: SignSheet, *, is_agreed: bool) -> None:
        request = SignOpinion(
            **self.desk.by_me(),
            case=sheet.case_id,
            seen=sheet.version,
            is_agreed=is_agreed,
            remark=self.note.text(),
        )

        def done(changes: Any) -> None:
            self._is_acting = False
            self.note.sent(sheet.case_id)
            after = "已转去盖章。" if is_agreed else "批注已一并送到拟稿人。"
            self.said.emit(f"{changes.title}。{after}")
            if is_agreed:
                self._papers.settle(sheet.case_id)
            self.list.setFocus()

        def failed(error: DeskError) -> None:
            self._is_acting = False
            self.said.emit(str(error))
            if isinstance(error, StaleCase):
                self._reload()

        self._is_acting = True
        self.desk.act(request, owner=self, done=done, failed=failed)

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.cases and self.isVisible():
            self._reload()


def _unless_on_button(label: str, handler: Callable[[], None]) -> None:
    """Do it, unless the key was meant for another button that has the focus."""
    focused = QApplication.focusWidget()
    if isinstance(focused, KeyButton) and focused.text() != label:
        focused.click()
    else:
        handler()
