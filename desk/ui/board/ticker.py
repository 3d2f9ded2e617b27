"""The one beat of a window (节拍): every clock on it looks at the time when it ticks."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

_BEAT_MS = 1000


class Ticker(QObject):
    """Ticks once a second while anyone listens; listeners repaint only what has changed.

    Signals:
        ticked: a second has gone by.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self.ticked)
        self._timer.start()


def ticker_of(widget: QWidget) -> Ticker:
    """Return the one ticker of the window that `widget` stands in."""
    window = widget.window()
    found = window.findChild(Ticker, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Ticker) else Ticker(window)
