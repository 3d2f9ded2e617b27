"""A keyboard before the real program: keys go to whatever the system says is in front."""

import time
from typing import ClassVar
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desk.ui.drafts import drafts_of
from desk.ui.scanner import Scanner
from desk.ui.widgets.choice_chips import ChoiceChips

Key = Qt.Key
ALT, CTRL, SHIFT, NO = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
MOST_TABS = 60
_SOON_MS = 500  # a timer that fires once within this time is part of what is going on now
_PATIENCE = 60.0  # seconds; a machine may be busy
_LOOK_AGAIN_MS = 2


def in_front():
    """Return the window that the keyboard writes to, as the system sees it."""
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window is in front"
    return window


class Hands:
    """Presses keys and says words, and waits until everything has come to rest."""

    _programs: ClassVar = WeakSet()  # several desks in one process, each hears every key

    def __init__(self, qtbot, program):
        self.qtbot, self.program = qtbot, program
        self._programs.add(program)

    def press(self, key, modifiers=NO):
        """Press a key wherever the keyboard is, and let everything come to rest."""
        QTest.keyClick(in_front(), key, modifiers)
        self.quiet()

    def alt(self, letter):
        """Press Alt and a letter or digit."""
        self.press(getattr(Key, f"Key_{letter}"), ALT)

    def ctrl(self, letter):
        """Press Ctrl and a letter."""
        self.press(getattr(Key, f"Key_{letter}"), CTRL)

    def dial(self, digits):
        """Type plain letters and digits."""
        for digit in digits:
            QTest.keyClick(in_front(), digit)
        self._is_a_hand()

    def say(self, words):
        """Commit words as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.focused(), event)

    def quiet(self):
        """Wait until everything asked has been answered and drawn."""
        give_up = time.monotonic() + _PATIENCE
        while not self._is_calm():
            assert time.monotonic() < give_up, "the program does not come to rest"
            self.qtbot.wait(_LOOK_AGAIN_MS)

    def tab_to(self, name):
        """Go by Tab to what is called so, or to a choice of the row that is called so."""
        for _ in range(MOST_TABS):
            focused = self.focused()
            row = focused.parentWidget()
            choice_of = row.accessibleName() if isinstance(row, ChoiceChips) else ""
            if name in {focused.accessibleName(), choice_of}:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"no Tab leads to {name}")

    def focused(self):
        """What has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    def _is_calm(self):
        for _ in range(2):  # what is drawn now may ask for something more
            if self._is_working():
                return False
            QCoreApplication.processEvents()
        return not self._is_working()

    def _is_working(self):
        program = self.program
        if program.tasks.is_busy:
            return True
        if program.window is not None and not drafts_of(program.window.desk).is_loaded:
            return True
        self._is_a_hand()
        timers = program.frame.findChildren(QTimer)
        soon = [t for t in timers if t.isActive() and t.isSingleShot() and t.interval() < _SOON_MS]
        for timer in soon:
            _let_pass(timer)
        return bool(soon)

    def _is_a_hand(self):
        """Let what came as fast as from a reader go on: these keys are pressed by a person."""
        for program in [one for one in self._programs if isValid(one)]:
            scanner = program.findChild(Scanner)
            if scanner is not None:
                _let_pass(scanner._over)
                scanner._begin()


def _let_pass(timer):
    """Let the time be up for which a field waits in case somebody types on: nobody does."""
    usual = timer.interval()
    timer.start(0)
    QCoreApplication.processEvents()
    timer.setInterval(usual)
