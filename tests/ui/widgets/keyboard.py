"""What an input method sends: a word being composed, then a word committed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication


def compose(widget, preedit):
    """Let `widget` show `preedit` under the caret, not yet committed."""
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def commit(widget, text):
    """End composing with `text`."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def show(qtbot, widget, width=900, height=500):
    """Show `widget` as a window of its own that has the keyboard."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key in `widget`."""
    qtbot.keyClick(widget, key, modifier)
