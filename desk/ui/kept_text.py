"""A text as it stood before something was typed into it by a machine (原来的字): put back."""

from typing import Self

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid


class KeptText:
    """Remembers the text, the caret and the selection of whatever has the keyboard."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._text, self._anchor, self._caret = "", 0, 0
        if isinstance(widget, QLineEdit):
            self._text, self._caret = widget.text(), widget.cursorPosition()
            start = widget.selectionStart()
            ends = (start, widget.selectionEnd()) if start >= 0 else (self._caret, self._caret)
            self._anchor = ends[0] if ends[1] == self._caret else ends[1]
        elif isinstance(widget, QTextEdit | QPlainTextEdit):
            cursor = widget.textCursor()
            self._text = widget.toPlainText()
            self._anchor, self._caret = cursor.anchor(), cursor.position()

    @classmethod
    def of(cls, widget: QWidget | None) -> Self | None:
        """Return what is to be kept of a widget; None where there is none, or it is a secret."""
        return None if widget is None or hides_typing(widget) else cls(widget)

    def put_back(self) -> None:
        """Write the text as it was; only what differs is replaced, so undoing goes on working."""
        widget = self._widget
        if not isValid(widget):
            return
        if isinstance(widget, QLineEdit):
            start, end, middle = _difference(widget.text(), self._text)
            if start != end or middle:
                widget.setSelection(start, end - start)
                widget.insert(middle)
            widget.setSelection(self._anchor, self._caret - self._anchor)
        elif isinstance(widget, QTextEdit | QPlainTextEdit):
            start, end, middle = _difference(widget.toPlainText(), self._text)
            cursor = widget.textCursor()
            if start != end or middle:
                _select(cursor, start, end)
                cursor.insertText(middle)
            _select(cursor, self._anchor, self._caret)
            widget.setTextCursor(cursor)

    def focus(self) -> None:
        """Give the keyboard back."""
        if isValid(self._widget):
            self._widget.setFocus()


def hides_typing(widget: QWidget | None) -> bool:
    """Return whether what is typed there is a secret: a password."""
    return isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal


def _select(cursor: QTextCursor, anchor: int, caret: int) -> None:
    cursor.setPosition(anchor)
    cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)


def _difference(now: str, before: str) -> tuple[int, int, str]:
    """Return from where to where the text differs, in units of Qt, and what stood there."""
    start = 0
    while start < min(len(now), len(before)) and now[start] == before[start]:
        start += 1
    tail = 0
    while tail < min(len(now), len(before)) - start and now[-1 - tail] == before[-1 - tail]:
        tail += 1
    end = len(now) - tail
    return _units(now[:start]), _units(now[:end]), before[start : len(before) - tail]


def _units(text: str) -> int:
    """Return how many positions of Qt a text takes: two for a rare character."""
    return len(text.encode("utf-16-le")) // 2
