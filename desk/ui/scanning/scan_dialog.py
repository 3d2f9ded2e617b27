"""Scanning at the counter (扫描): one Enter for each page, Ctrl+Enter takes them as one PDF."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTemporaryDir
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk.exchange.page_scanner import (
    list_arguments,
    listed_scanners,
    option_arguments,
    pdf_of_pages,
    program,
    scan_arguments,
    told_options,
)
from desk.rules.errors import DeskError
from desk.rules.moments import in_shanghai
from desk.settings import change_settings
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey, ScanKey
from desk.ui.scanning.scan_run import ScanRun, taken_pages
from desk.ui.scanning.scan_side import ScanSide
from desk.ui.theme import tokens
from desk.ui.widgets.cards import SectionHead
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.pages_view import PagesView

_NO_PROGRAM = (
    "这台电脑上没有装扫描程序。请用扫描仪自带的程序存成文件，再按“选文件…”；"
    "或请管机器的同事装上 sane-utils。"
)
_SEARCHING = "正在找扫描仪…"
_NO_SCANNER = "没有找到扫描仪。请看看它开着没有、线插好没有，再按“再找一次”。"
_READY = "放好第 {page} 页，按回车扫描。"
_RUNNING = "正在扫描，已扫 {share}%。"


class ScanDialog(QDialog):
    """Pages so far at the left, how they are scanned at the right.

    Args:
        chosen: gets the pages as the bytes of one PDF.
    """

    def __init__(self, desk: Desk, parent: QWidget, chosen: Callable[[bytes], object]) -> None:
        super().__init__(parent)
        self._desk, self._chosen = desk, chosen
        self._pages: list[bytes] = []
        self._folder = QTemporaryDir()
        self.run = ScanRun(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("扫描")
        self.setAccessibleName("扫描")
        self._build()
        self._connect()

    @property
    def page_count(self) -> int:
        """How many pages were scanned."""
        return len(self._pages)

    @property
    def folder(self) -> Path:
        """Where pages lie on their way from the scanner; gone when the window is."""
        return Path(self._folder.path())

    def look_for_scanners(self) -> None:
        """Ask which scanners there are."""
        self._hold(_SEARCHING if program() else _NO_PROGRAM)
        if program():
            self.run.ask(list_arguments(), self._on_listed)

    def scan(self) -> None:
        """Scan the next page, or all that lie in the feeder."""
        if not self.side.scan.isEnabled() or self.run.is_running:
            return
        self._hold(_RUNNING.format(share=0))
        arguments = scan_arguments(self.side.wish(), self.folder, self.page_count + 1)
        self.run.ask(arguments, lambda _answer: self._take_over(""))

    def drop_page(self) -> None:
        """Take the last page away."""
        if self._pages and not self.run.is_running:
            self._pages.pop()
            self._show_pages()

    def take_all(self) -> None:
        """Hand the pages over as one PDF."""
        if self._pages and not self.run.is_running:
            change_settings(page_scanner=self.side.chosen().device)

            def hand_over(pdf: bytes) -> None:
                self.accept()
                self._chosen(pdf)

            self._bind(hand_over)

    def add_pages(self, sentence: str, pages: list[bytes]) -> None:
        """Add pages to those scanned so far, and say what went wrong afterwards, if anything."""
        self._pages += pages
        self._show_pages()
        if sentence and self.side.scanners:
            self.side.say(sentence, "bad")

    def done(self, result: int) -> None:
        """Let the scanner go, and leave no page on this machine."""
        self.run.forget(self._folder.remove)
        super().done(result)

    def sizeHint(self) -> QSize:
        """Return a size that shows most of a page on a hall's screen."""
        return QSize(980, 660)

    def _build(self) -> None:
        margin = tokens().sizes.margin
        self.pages = PagesView(lambda work, done: self._desk.work(work, owner=self, done=done))
        self.pages.setAccessibleName("已扫的页")
        self._head = SectionHead("还没有扫")
        self.side = ScanSide()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._head)
        left.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, 12, margin, margin)
        row.setSpacing(tokens().sizes.gutter)
        row.addLayout(left, 1)
        row.addWidget(self.side)

    def _connect(self) -> None:
        side = self.side
        self.run.moved.connect(lambda share: side.say(_RUNNING.format(share=share)))
        self.run.failed.connect(self._take_over)
        side.scanner.activated.connect(lambda _at: self._ask_options())
        for button, work in (
            (side.scan, self.scan),
            (side.again, self.look_for_scanners),
            (side.drop, self.drop_page),
            (side.take, self.take_all),
            (side.leave, self.reject),
        ):
            button.clicked.connect(work)
        KeyShortcut(ListKey.OPEN, self).pressed.connect(self.scan)
        KeyShortcut(ScanKey.DROP_PAGE, self).pressed.connect(self.drop_page)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.take_all)

    def _on_listed(self, answer: str) -> None:
        self.side.show_scanners(listed_scanners(answer))
        if self.side.scanners:
            self._ask_options()
        else:
            self._hold(_NO_SCANNER)

    def _ask_options(self) -> None:
        self._hold(_SEARCHING)

        def told(answer: str) -> None:
            self.side.show_options(told_options(answer))
            self._show_pages()

        self.run.ask(option_arguments(self.side.chosen()), told)

    def _take_over(self, sentence: str) -> None:
        """Take what the scanner gave, also where it went wrong in the middle."""
        self._desk.work(
            partial(taken_pages, self.folder),
            owner=self,
            done=partial(self.add_pages, sentence),
            failed=self._refuse,
        )

    def _hold(self, sentence: str) -> None:
        """Let nothing be scanned for now; looking again is offered where there is no scanner."""
        self.side.say(sentence)
        self.side.let_scan(may=False, pages=self.page_count)
        self.side.again.setVisible(sentence == _NO_SCANNER)

    def _show_pages(self) -> None:
        count = self.page_count
        self._head.set_text(f"已扫 {count} 页" if count else "还没有扫")
        if count:
            self._bind(self._show_pdf)
        else:
            self.pages.clear()
        is_ready = bool(self.side.scanners)
        self.side.again.setVisible(not is_ready)
        self.side.say(_READY.format(page=count + 1) if is_ready else _NO_SCANNER)
        self.side.let_scan(may=is_ready, pages=count)

    def _bind(self, done: Callable[[bytes], None]) -> None:
        work = partial(pdf_of_pages, list(self._pages), self.side.dots())
        self._desk.work(work, owner=self, done=done, failed=self._refuse)

    def _show_pdf(self, pdf: bytes) -> None:
        self.pages.opened.connect(self.pages.go_to, Qt.ConnectionType.SingleShotConnection)
        self.pages.show_pdf(pdf)  # the last page, just scanned, comes into sight

    def _refuse(self, error: DeskError) -> None:
        self.side.say(str(error), "bad")


def open_scanning(desk: Desk, parent: QWidget, chosen: Callable[[bytes], object]) -> ScanDialog:
    """Open scanning above `parent`; `chosen` gets the PDF of all pages."""
    window = parent.window()
    dialog = ScanDialog(desk, window, chosen)
    dialog.resize(dialog.sizeHint().boundedTo(window.size()))
    dialog.open()
    dialog.look_for_scanners()
    return dialog


def scan_name(desk: Desk) -> str:
    """Return what a scan made now is called."""
    return f"扫描件 {in_shanghai(desk.now()):%m-%d %H.%M.%S}.pdf"
