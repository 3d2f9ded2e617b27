"""A scan that nobody could tell (扫描件预览): its pages, and why it lies here."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.exchange.scan_folder import LeftOver, read_file
from desk.exchange.scans import shown_pdf
from desk.rules.errors import DeskError
from desk.ui.desk import Desk
from desk.ui.theme import say_state
from desk.ui.widgets.cards import SectionHead, text_label
from desk.ui.widgets.pages_view import PagesView

_BROKEN = "这个文件打不开，看不到内容。请重新扫描，或在文件夹里用别的程序打开看看。"


class ScanPane(QFrame):
    """Shows one file of the folder; it is read in the background."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path: Path | None = None
        say_state(self, kind="column")
        self.head = SectionHead("扫描件")
        self._reason = text_label("", "label", wraps=True)
        say_state(self._reason, state="warn")
        self.pages = PagesView(self._run)
        self.pages.setAccessibleName("扫描件")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self._reason)
        column.addWidget(self.pages, 1)

    def show_scan(self, scan: LeftOver | None) -> None:
        """Show a scan, or none."""
        path = scan.path if scan is not None else None
        self._say(scan.reason if scan is not None else "")
        if path == self._path:
            return
        self._path = path
        self.pages.clear()
        self.head.set_note(path.name if path is not None else "")
        if path is not None:
            self._desk.work(
                partial(_pdf_of, path),
                owner=self,
                done=partial(self._show, path),
                failed=partial(self._on_unreadable, path),
            )

    def _show(self, path: Path, pdf: bytes) -> None:
        if path != self._path:
            return
        if pdf:
            self.pages.show_pdf(pdf)
        else:
            self._say(_BROKEN)

    def _on_unreadable(self, path: Path, error: DeskError) -> None:
        if path == self._path:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._reason.setText(sentence)
        self._reason.setVisible(bool(sentence))

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._desk.work(work, owner=self, done=done)


def _pdf_of(path: Path) -> bytes:
    return shown_pdf(read_file(path))
