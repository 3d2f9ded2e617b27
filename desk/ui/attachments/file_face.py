"""What is shown of an attachment that is no photo (录音、文档): its facts, or a PDF's pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pypdfium2 import PdfiumError  # type: ignore[import-untyped]
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.queries.attachments import AttachmentView, attachment_bytes, recording_seconds
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.file_kinds import FileFamily, say_size
from desk.rules.recordings import say_length
from desk.ui.attachments.opened_files import OPENED, opened_files_of
from desk.ui.attachments.picture_pane import arrow_of
from desk.ui.desk import Desk
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pages_view import PagesView

_BROKEN = "这份 PDF 在这里打不开，可能已损坏。可用本机程序打开试试。"
_HINT = "用本机的播放器或办公软件打开；临时文件在锁屏或退出时自动删除。"


class FileFace(QWidget):
    """One recording, document or PDF; the desktop's own programs open what is not shown here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: AttachmentView | None = None
        self.caption = text_label("", "label")
        self.facts = text_label("", "section")
        self.said = text_label(_HINT, "hint")
        self.open = KeyButton("用本机程序打开", icon="unfold")
        self.open.clicked.connect(self.open_outside)
        self.pages = PagesView(self._run)
        for widget in (self.pages, self.open):
            widget.installEventFilter(self)
        self._build()

    def show_view(self, view: AttachmentView, place: str) -> None:
        """Show another attachment."""
        is_other = self._view is None or self._view.id != view.id
        self._view = view
        self.caption.setText(f"{view.name}　{place}".strip())
        if not is_other:
            return
        self.said.setText(_HINT)
        self._say_facts(view, None)
        is_pdf = view.family is FileFamily.PDF
        self._stack.setCurrentWidget(self.pages if is_pdf else self._middle)
        if is_pdf:
            self.pages.clear()
            self._ask_bytes(view, self.pages.show_pdf)
        elif view.is_timed:
            query = partial(recording_seconds, attachment_id=view.id)
            self._desk.ask(query, owner=self, done=partial(self._say_facts, view))

    def open_outside(self) -> None:
        """Let the desktop open the file."""
        view = self._view
        if view is None:
            return

        def open_it(content: bytes) -> None:
            opened_files_of(self._desk).open(view, content, owner=self)
            self.said.setText(OPENED)

        self._ask_bytes(view, open_it)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave the arrows to the left and right to the window: they turn to another file."""
        arrow = arrow_of(event) if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.KeyPress and arrow is not None and arrow[0]:
            event.ignore()
            return True
        return False

    def take_keyboard(self) -> None:
        """Put the keyboard where this attachment is read or opened."""
        on_pages = self._stack.currentWidget() is self.pages
        (self.pages if on_pages else self.open).setFocus()

    def sizeHint(self) -> QSize:
        """Return the size of half a small screen."""
        return QSize(480, 420)

    def _build(self) -> None:
        self._middle = QWidget()
        say_state(self._middle, ground="clear")
        inner = QVBoxLayout(self._middle)
        inner.setSpacing(12)
        inner.addStretch()
        for widget in (self.facts, self.open, self.said):
            inner.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch()
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._middle)
        self._stack.addWidget(self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(holder, 1)

    def _say_facts(self, view: AttachmentView, seconds: int | None) -> None:
        if self._view is view:
            length = [say_length(seconds)] if seconds is not None else []
            self.facts.setText(" · ".join([view.family, *length, say_size(view.size)]))

    def _ask_bytes(self, view: AttachmentView, done: Callable[[bytes], None]) -> None:
        def read(content: bytes | None) -> None:
            if content is not None and self._view is view:
                done(content)

        self._desk.ask(partial(attachment_bytes, attachment_id=view.id), owner=self, done=read)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._desk.work(partial(_tried, work), owner=self, done=done, failed=self._on_broken)

    def _on_broken(self, error: DeskError) -> None:
        self.said.setText(str(error))
        self._stack.setCurrentWidget(self._middle)


def _tried(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except PdfiumError as error:
        raise RuleBroken(_BROKEN) from error
