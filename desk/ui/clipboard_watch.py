"""A copied telephone or identity number leaves the clipboard after half a minute (剪贴板)."""

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from desk.rules.looks import REVEALED_FOR

_NUMBER = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx]|0[0-9]{9,11})(?![0-9])")


def holds_number(text: str) -> bool:
    """Return whether a text holds a telephone or identity number, however it is spaced."""
    return _NUMBER.search(re.sub(r"[\s-]", "", text)) is not None


class ClipboardWatch(QObject):
    """Clears what this program put there, and nothing that came from elsewhere since.

    Args:
        is_ours: whether the clipboard holds what this program copied; not all platforms know.
    """

    def __init__(
        self, parent: QObject | None = None, *, is_ours: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self._clipboard: QClipboard = QGuiApplication.clipboard()
        self._is_ours = is_ours or self._clipboard.ownsClipboard
        self._copied = ""
        self.timer = QTimer(self, singleShot=True)
        self.timer.setInterval(int(REVEALED_FOR.total_seconds() * 1000))
        self.timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._on_copied)

    def clear(self) -> None:
        """Empty the clipboard if the number is still there."""
        if self._copied and self._clipboard.text() == self._copied:
            self._clipboard.clear()
        self._copied = ""

    def _on_copied(self) -> None:
        text = self._clipboard.text() if self._is_ours() else ""
        if not holds_number(text):
            return
        self._copied = text
        self.timer.start()
