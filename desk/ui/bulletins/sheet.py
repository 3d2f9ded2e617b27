"""A bulletin as it will stand on paper (通报纸样), set anew a moment after the last word."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.forms import render
from desk.rules.errors import DeskError
from desk.settings import fonts_folder
from desk.ui.desk import Desk
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.cards import SectionHead
from desk.ui.widgets.pages_view import PagesView

_PAUSE_MS = 700


class BulletinSheet(QFrame):
    """The pages of one row; only the newest is set, however fast somebody writes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[str, Mapping[str, Any]] | None = None
        self._is_setting = False
        say_state(self, kind="column")
        self.head = SectionHead("纸样")
        self.pages = PagesView(self._run)
        self.pages.setAccessibleName("通报纸样")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.pages, 1)
        self.setMinimumWidth(tokens().sizes.navigation * 2)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._set)
        self.pages.page_changed.connect(self._show_page)
        self.pages.opened.connect(lambda _count: self._show_page(1))

    def show_row(self, code: str, row: Mapping[str, Any], *, at_once: bool = False) -> None:
        """Show a row; at once, or a moment after the last change."""
        self._wanted = (code, dict(row))
        if at_once:
            self._pause.stop()
            self._set()
        else:
            self._pause.start()

    def clear(self) -> None:
        """Show no paper."""
        self._wanted = None
        self._pause.stop()
        self.head.set_note("")
        self.pages.clear()

    def _set(self) -> None:
        if self._wanted is None or self._is_setting:
            return
        self._is_setting = True
        self.head.set_note("正在排版…")
        code, row = self._wanted
        work = partial(_pdf, code, row)
        done = partial(self._on_set, self._wanted)
        self._desk.work(work, owner=self, done=done, failed=self._on_failure)

    def _on_set(self, wanted: tuple[str, Mapping[str, Any]], pdf: bytes) -> None:
        self._is_setting = False
        if wanted is self._wanted:
            self.pages.show_pdf(pdf)
        elif self._wanted is not None:
            self._set()

    def _on_failure(self, error: DeskError) -> None:
        self._is_setting = False
        self.head.set_note(str(error))

    def _show_page(self, page: int) -> None:
        self.head.set_note(f"第 {page} 页 共 {self.pages.page_count()} 页")

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._desk.work(work, owner=self, done=done)


def _pdf(code: str, row: Mapping[str, Any]) -> bytes:
    return render(code, row, fonts_folder=fonts_folder()).pdf
