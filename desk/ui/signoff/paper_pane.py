"""The paper as it will be printed (待签文书), with the next one rendered ahead."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.queries.papers import paper_of_case
from desk.rules.errors import DeskError, RuleBroken
from desk.ui.desk import Desk
from desk.ui.keys import ListKey
from desk.ui.printing import Failed, ReadyPaper, papers_of
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.cards import SectionHead, text_label
from desk.ui.widgets.chips import KeyCap
from desk.ui.widgets.pages_view import PagesView


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper: the draft of a case at a version, what was signed, or one known by its id."""

    case_id: int
    version: int
    is_signed: bool = False
    paper: int | None = None


_OPINION = "群众诉求处理意见书"
_WITH_KEYS = 3.2  # times the navigation: so wide is a head with the keys for turning pages
_AHEAD = 4  # papers kept ready; a leader's queue is short


class PaperPane(QFrame):
    """Shows the draft of the chosen case; papers are known by case and version.

    Signals:
        refused: the paper could not be made ready; carries the sentence.
    """

    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._papers = desk, papers_of(desk)
        self._ready: dict[Wanted, ReadyPaper] = {}
        self._asked: set[Wanted] = set()
        self._wanted: Wanted | None = None
        say_state(self, kind="column")
        self.pages = PagesView(self._run)
        self.pages.setAccessibleName("待签文书")
        self.head = SectionHead(_OPINION)
        self._keys: list[QWidget] = []
        for words, key in (("适合宽度", ListKey.FIT_WIDTH), ("翻页", ListKey.PAGE_ON)):
            for widget in (text_label(words, "label"), KeyCap(key)):
                self.head.add(widget)
                self._keys.append(widget)
        self._warning = text_label("", "label", wraps=True)
        say_state(self._warning, state="warn")
        self._warning.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self._warning)
        column.addWidget(self.pages, 1)
        self.setMinimumWidth(tokens().sizes.navigation * 2)
        self.pages.page_changed.connect(self._show_page)
        self.pages.opened.connect(lambda _count: self._show_page(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where the paper's name needs their room."""
        super().resizeEvent(event)
        has_room = self.width() > _WITH_KEYS * tokens().sizes.navigation
        for widget in self._keys:
            widget.setVisible(has_room)

    def show_paper(
        self, wanted: Wanted, title: str = _OPINION, *, ahead: Wanted | None = None
    ) -> None:
        """Show a paper under its title, and then make another one ready."""
        self.head.set_text(title)
        is_other = wanted != self._wanted
        self._wanted = wanted
        self._make_ready(wanted)
        if is_other:
            self._show_wanted()
        if ahead is not None:
            self._make_ready(ahead)

    def clear(self) -> None:
        """Show no paper."""
        self._wanted = None
        self.head.set_note("")
        self._warning.hide()
        self.pages.clear()

    def shown(self) -> ReadyPaper | None:
        """Return the paper on show, if it is ready."""
        return self._ready.get(self._wanted) if self._wanted else None

    def print_shown(self) -> None:
        """Print the paper on show on this workstation's printer."""
        ready = self.shown()
        if ready is not None:
            self._papers.send_to_usual(ready)

    def is_ready(self, wanted: Wanted) -> bool:
        """Return whether a paper has been rendered already."""
        return wanted in self._ready

    def _make_ready(self, key: Wanted) -> None:
        if key in self._ready or key in self._asked:
            return
        self._asked.add(key)

        def done(ready: ReadyPaper) -> None:
            self._asked.discard(key)
            self._ready[key] = ready
            while len(self._ready) > _AHEAD:
                self._ready.pop(next(iter(self._ready)))
            if key == self._wanted:
                self._show_wanted()

        def failed(error: DeskError) -> None:
            self._asked.discard(key)
            if key == self._wanted:
                self.refused.emit(str(error))

        self._ask(key, done, failed)

    def _ask(self, key: Wanted, done: Callable[[ReadyPaper], None], failed: Failed) -> None:
        if key.paper is not None:
            self._papers.open(key.paper, owner=self, done=done, failed=failed)
            return
        if not key.is_signed:
            self._papers.draft(key.case_id, owner=self, done=done, failed=failed)
            return

        def found(paper_id: int | None) -> None:
            if paper_id is None:
                failed(RuleBroken("这一件没有留下签发的文书（可能是从台账导入的）。"))
            else:
                self._papers.open(paper_id, owner=self, done=done, failed=failed)

        query = partial(paper_of_case, case_id=key.case_id, code="opinion-notice")
        self._desk.ask(query, owner=self, done=found, failed=failed)

    def _show_wanted(self) -> None:
        ready = self.shown()
        if ready is None:
            self.head.set_note("正在排版…")
            self.pages.clear()
            return
        self._warning.setText(ready.warning)
        self._warning.setVisible(bool(ready.warning))
        self.pages.show_pdf(ready.pdf)

    def _show_page(self, page: int) -> None:
        self.head.set_note(f"第 {page} 页 共 {self.pages.page_count()} 页")

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._desk.work(work, owner=self, done=done)
