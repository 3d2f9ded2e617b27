"""Knows whether an input method is composing (拼字): nothing reacts to keys while it is."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class _Watch(QObject):
    """Watches the widget that has the focus, and only that one."""

    one: ClassVar["_Watch | None"] = None  # asked at every stroke: not looked for each time

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: QWidget | None = None
        self.is_composing = False
        app.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, app.focusWidget())

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new
        self.is_composing = False
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the preedit text that passes by; never keep an event."""
        if isinstance(event, QInputMethodEvent):
            self.is_composing = bool(event.preeditString())
        return False


def _watch() -> _Watch | None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return None
    if _Watch.one is None or not isValid(_Watch.one):
        _Watch.one = _Watch(app)
    return _Watch.one


def is_composing() -> bool:
    """Whether the clerk is in the middle of a word in the input method."""
    watch = _watch()
    return watch is not None and watch.is_composing


class KeyShortcut(QShortcut):
    """A shortcut of one screen that keeps still while an input method is composing.

    Signals:
        pressed: the key was pressed and nobody is composing.
    """

    pressed = Signal()

    def __init__(self, sequence: str, host: QWidget) -> None:
        super().__init__(
            QKeySequence(sequence), host, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        _watch()
        self.setAutoRepeat(False)
        self.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        if not is_composing():
            self.pressed.emit()
