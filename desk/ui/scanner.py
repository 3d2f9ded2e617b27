"""A receipt that is scanned opens its case (扫码枪): a burst of keys that ends in Enter.

The letters reach whatever has the focus while they come; when the burst turns out to be one of
our codes, they are taken out of the text again and the Enter is kept.
"""

import re
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

RECEIPT = re.compile(r"CD1[:：](\d{1,19})(?:[:：].*)?", re.IGNORECASE)
_OF_NO_CASE = re.compile(r"CD1[:：]0[:：][a-z-]+[:：](\d{1,19})", re.IGNORECASE)
_PAUSE = 0.15  # seconds; nobody types a whole code at this pace
_LONGEST = 120
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def case_of(code: str) -> int | None:
    """Return the case id in a scanned code, or None when it is not one of ours."""
    found = RECEIPT.fullmatch(code.strip())
    return int(found.group(1)) if found else None


def paper_of(code: str) -> int | None:
    """Return the id of the paper in a scanned code where it belongs to no case, else None."""
    found = _OF_NO_CASE.fullmatch(code.strip())
    return int(found.group(1)) if found else None


class Scanner(QObject):
    """Listens at our windows for bursts.

    Signals:
        scanned: one of our codes was read; carries the case id.
        paper_scanned: a list of the hall was read, which belongs to no case; carries its id.
    """

    scanned = Signal(object)
    paper_scanned = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._burst, self._last = "", 0.0
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_window_changed)
            self._on_window_changed(app.focusWindow())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Collect what comes fast; keep the Enter behind one of our codes."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        now = monotonic()
        if now - self._last > _PAUSE:
            self._burst = ""
        if event.key() in _ENTER:
            return self._on_end()
        if event.text() and event.text().isprintable():
            self._last = now
            self._burst = (self._burst + event.text())[-_LONGEST:]
        return False

    def _on_end(self) -> bool:
        burst, self._burst = self._burst, ""
        case, paper = case_of(burst), paper_of(burst)
        if case is None:
            return False
        take_out(QApplication.focusWidget(), burst)
        if paper is not None:
            self.paper_scanned.emit(paper)
        else:
            self.scanned.emit(case)
        return True

    def _on_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)


def take_out(widget: QWidget | None, burst: str) -> None:
    """Take the letters of a scanned code out of the text into which they fell."""
    if isinstance(widget, QLineEdit):
        start = widget.cursorPosition() - len(burst)
        if start >= 0 and widget.text()[start : start + len(burst)] == burst:
            widget.setSelection(start, len(burst))
            widget.insert("")
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(burst)
        )
        if cursor.selectedText() == burst:
            cursor.removeSelectedText()
