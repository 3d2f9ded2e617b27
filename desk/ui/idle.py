"""Knows when nobody is at the desk (无人操作): no key, no mouse, in any of our windows."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_MINUTE_MS = 60_000


class IdleWatch(QObject):
    """Counts the minutes since the last sign of a person.

    It watches the windows themselves, not each widget: few events pass there.

    Signals:
        idle: nobody has touched anything for the set time.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.idle)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_window_changed)
            self._on_window_changed(app.focusWindow())

    def start(self, minutes: float) -> None:
        """Begin to count."""
        self._timer.start(round(minutes * _MINUTE_MS))

    def stop(self) -> None:
        """Count no more (the screen is locked already)."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin anew at each sign of a person; never keep an event."""
        if event.type() in _SIGNS and self._timer.isActive():
            self._timer.start()
        return False

    def _on_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # once is enough
            window.installEventFilter(self)
