"""Looking at a paper before it is printed (F9 预览): the very pages that the printer gets."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desk.rules.errors import DeskError
from desk.rules.moments import say_moment
from desk.settings import load_settings
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.looks import note_look
from desk.ui.printing import (
    DEFAULT_PRINTER,
    ReadyPaper,
    papers_of,
    printer_names,
    save_pdf,
)
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, SectionHead, text_label
from desk.ui.widgets.checked_field import TextLine
from desk.ui.widgets.chips import KeyCap
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.pages_view import PagesView

_SIDE = 18  # width of the side column in characters
_MOST = 99


class CopiesLine(TextLine):
    """How many copies; the arrows make it one more or less."""

    def __init__(self) -> None:
        super().__init__("1")
        self.setValidator(QIntValidator(1, _MOST, self))
        self.setAccessibleName("份数")

    def value(self) -> int:
        """Return the number of copies; an empty field means one."""
        return min(max(int(self.text() or 1), 1), _MOST)

    def set_value(self, copies: int) -> None:
        """Ask for so many copies."""
        self.setText(str(min(max(copies, 1), _MOST)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count up and down with the arrows."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.set_value(self.value() + step)
        else:
            super().keyPressEvent(event)


class PaperPreview(QDialog):
    """One stored paper with its printer, its copies and the prints made so far.

    Args:
        paper_id: the stored paper; its first rendering is proved before it is shown.
    """

    def __init__(self, desk: Desk, paper_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._papers = desk, papers_of(desk)
        self._ready: ReadyPaper | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("预览文书")
        self.setAccessibleName("预览文书")
        self._build()
        self._connect()
        self._papers.open(paper_id, owner=self, done=self._show_paper, failed=self._refuse)
        desk.work(_printers, owner=self, done=self._offer_printers, failed=self._refuse)

    def print_now(self) -> None:
        """Print as many copies as were asked for on the chosen printer."""
        if self._ready is None or not self._print.isEnabled():
            return
        self._print.setEnabled(False)
        printer = str(self.printer.currentData() or "")
        self._papers.send(
            self._ready,
            printer,
            self.copies.value(),
            owner=self,
            done=self._on_printed,
            failed=self._refuse,
        )

    def save_as(self) -> None:
        """Ask where to keep the PDF."""
        if self._ready is None:
            return
        name = f"{self._ready.title} {self._ready.number}.pdf"
        choose_target(self, "另存 PDF", self.save_to, "PDF 文件 (*.pdf)", name=name)

    def save_to(self, target: Path) -> None:
        """Keep the PDF as `target`."""
        if self._ready is not None:
            work = partial(save_pdf, self._ready.pdf, target)
            self._desk.work(work, owner=self, done=self._on_saved, failed=self._refuse)

    def sizeHint(self) -> QSize:
        """Return a size that shows a page's whole width on a hall's screen."""
        return QSize(1020, 690)

    def _build(self) -> None:
        margin = tokens().sizes.margin
        self.pages = PagesView(self._run)
        self._head = SectionHead("正在准备文书…")
        self._turn = text_label("", "label")
        for widget in (
            self._turn,
            KeyCap(ListKey.PAGE_ON),
            text_label("适合宽度", "label"),
            KeyCap(ListKey.FIT_WIDTH),
        ):
            self._head.add(widget)
        self._warning = text_label("", "label", wraps=True)
        say_state(self._warning, state="warn")
        self._warning.hide()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._head)
        left.addWidget(self._warning)
        left.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, 12, margin, margin)
        row.setSpacing(tokens().sizes.gutter)
        row.addLayout(left, 1)
        row.addWidget(self._side())

    def _side(self) -> QWidget:
        side = Card("打印")
        self.printer = QComboBox()
        self.printer.setAccessibleName("打印机")
        self.printer.addItem(DEFAULT_PRINTER, "")
        self.printer.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.copies = CopiesLine()
        self._print = KeyButton("打印", GlobalKey.PRINT, icon="print", kind=ButtonKind.MAIN)
        self._print.setEnabled(False)
        self._save = KeyButton("另存 PDF", icon="save")
        self._save.setEnabled(False)
        self._close = KeyButton("关闭", GlobalKey.OUT)
        for button in (self._print, self._save, self._close):
            button.setSizePolicy(
                button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy()
            )
        self._said = text_label("", "label", wraps=True)
        self._prints = text_label("", "hint", wraps=True)
        for name, field in (("打印机", self.printer), ("份数", self.copies)):
            caption = text_label(name, "label")
            caption.setBuddy(field)
            side.body.addWidget(caption)
            side.body.addWidget(field)
        side.body.addSpacing(4)
        for widget in (self._print, self._save, self._said):
            side.body.addWidget(widget)
        side.body.addStretch()
        side.body.addWidget(text_label("打印过", "label"))
        side.body.addWidget(self._prints)
        side.body.addWidget(self._close)
        letter = side.fontMetrics().horizontalAdvance("字")
        side.setFixedWidth(letter * (_SIDE + 1))  # the page beside it must not jump
        return side

    def _connect(self) -> None:
        self._print.clicked.connect(self.print_now)
        self._save.clicked.connect(self.save_as)
        self._close.clicked.connect(self.close)
        self.pages.page_changed.connect(self._show_page)
        self.pages.opened.connect(lambda _count: self._show_page(1))
        KeyShortcut(GlobalKey.PRINT, self).pressed.connect(self.print_now)

    def _run(self, work: object, done: object) -> None:
        self._desk.work(work, owner=self, done=done)  # type: ignore[arg-type]

    def _show_paper(self, ready: ReadyPaper) -> None:
        self._ready = ready
        self.setWindowTitle(f"{ready.title} {ready.number}")
        self.copies.set_value(ready.copies)
        self._head.set_text(ready.title)
        self._head.set_note(ready.number)
        self._warning.setText(ready.warning)
        self._warning.setVisible(bool(ready.warning))
        now = self._desk.now()
        lines = [
            f"{say_moment(line.printed_at, seen_at=now)} {line.who} {line.copies} 份"
            for line in ready.prints
        ]
        self._prints.setText("\n".join(lines) or "还没有打印过")
        self._print.setEnabled(True)
        self._save.setEnabled(True)
        self.pages.show_pdf(ready.pdf)
        self.pages.setFocus()
        if ready.case_id is not None:
            note_look(self._desk, ready.case_id, "预览文书")

    def _offer_printers(self, found: tuple[list[str], str]) -> None:
        names, remembered = found
        for name in names:
            self.printer.addItem(name, name)
        self.printer.setCurrentIndex(max(self.printer.findData(remembered), 0))

    def _show_page(self, page: int) -> None:
        self._turn.setText(f"第 {page} 页 共 {self.pages.page_count()} 页")

    def _on_printed(self) -> None:
        self._print.setEnabled(True)
        self._say(f"已送到{self.printer.currentText()}，{self.copies.value()} 份。", "ok")

    def _on_saved(self, target: Path) -> None:
        self._say(f"已存为“{target.name}”。", "ok")

    def _refuse(self, error: DeskError) -> None:
        self._print.setEnabled(self._ready is not None)
        if self._ready is None:
            self._head.set_text("这份文书现在不能看")
        self._say(str(error), "bad")

    def _say(self, sentence: str, state: str) -> None:
        self._said.setText(sentence)
        say_state(self._said, state=state)


def open_preview(desk: Desk, paper_id: int, parent: QWidget) -> PaperPreview:
    """Open the preview of a stored paper above `parent`."""
    window = parent.window()
    preview = PaperPreview(desk, paper_id, window)
    preview.resize(preview.sizeHint().boundedTo(window.size()))
    preview.open()
    return preview


def _printers() -> tuple[list[str], str]:
    return printer_names(), load_settings().printer
