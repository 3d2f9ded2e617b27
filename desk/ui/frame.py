"""The one window of the program (窗口): sign-in, set-up or work, one at a time."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from desk.rules.tally import Tally
from desk.ui.icons import icon

_WIDTH, _HEIGHT = 1366, 768
_NARROWEST, _LOWEST = 1024, 640
_TITLE = 40  # what a window manager adds at the top


class Frame(QMainWindow):
    """Holds whatever is to be seen; what is behind stays as it is.

    Signals:
        closing: the window is about to go.
    """

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stack = QStackedWidget()
        self._hidden: list[QWidget] = []
        self.setCentralWidget(self._stack)
        self.setWindowIcon(icon("logo", "accent"))
        self.setMinimumSize(_NARROWEST, _LOWEST)
        self.resize(_WIDTH, _HEIGHT)
        self._hall, self._tally = "", Tally()
        self.may_close: Callable[[], bool] = lambda: True  # who says no asks, and closes later
        self._show_title()

    def set_hall(self, hall: str) -> None:
        """Name the hall in the title."""
        self._hall = hall
        self._show_title()

    def set_tally(self, tally: Tally) -> None:
        """Say in the title how many cases are over and near: the task bar shows it."""
        self._tally = tally
        self._show_title()

    def front(self, widget: QWidget) -> None:
        """Bring a widget to the front; it is added the first time."""
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        left_at: QWidget | None = widget.focusWidget()
        (widget if left_at is None else left_at).setFocus()

    def drop(self, widget: QWidget) -> None:
        """Give a widget up for good."""
        self._stack.removeWidget(widget)
        widget.deleteLater()

    def hide_others(self) -> None:
        """Hide every other window of the program: nothing is to be read while it is locked."""
        for window in QApplication.topLevelWidgets():
            if window is not self and window.isVisible():
                self._hidden.append(window)
                window.hide()

    def show_others(self) -> None:
        """Bring back the windows that were hidden, as far as they still exist."""
        for window in self._hidden:
            if isValid(window):
                window.show()
        self._hidden = []

    def close_others(self) -> None:
        """Close the windows that were hidden: somebody else works here now."""
        for window in self._hidden:
            if isValid(window):
                window.close()
        self._hidden = []

    def fit_screen(self) -> None:
        """Fill a screen that has no room for the usual size with a title and a task bar.

        At 150 % even the smallest size is larger than a hall's screen: then that screen counts.
        """
        room = self.screen().availableGeometry()
        self.setMinimumSize(min(_NARROWEST, room.width()), min(_LOWEST, room.height() - _TITLE))
        if room.width() <= _WIDTH or room.height() <= _HEIGHT + _TITLE:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def come_forward(self) -> None:
        """Stand in front of everything else; only the clerk's own press asks for it."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it (F11)."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _show_title(self) -> None:
        name = f"{self._hall} — 案台" if self._hall else "案台"
        self.setWindowTitle(f"{self._tally.short()}{name}")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the program; drafts are safe already."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
