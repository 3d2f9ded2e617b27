"""Sits someone down at the record desk, and works it by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desk.ui.record_screen import RecordScreen
from tests.actions.mediations import Mediations
from tests.ui.case_desk import CTRL, Sitting

KEYS = (1, 2, 3, 4, 6, 7, 9)  # input methods take 5 and 8


class RecordSitting(Sitting):
    """One person before the record desk."""

    def write(self, text):
        """Write where the keyboard is, as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focused(), event)

    def compose(self, letters):
        """Have letters in the input method that are no word yet."""
        QApplication.sendEvent(self.focused(), QInputMethodEvent(letters, []))

    def speak(self, seat, text):
        """Let somebody speak (1 = the mediator), and write down what he says."""
        self.ctrl(KEYS[seat - 1])
        self.write(text)

    def come_back(self):
        """Turn to this window again; keys go to the one in front."""
        self.screen.activateWindow()
        self.qtbot.waitUntil(self.screen.isActiveWindow)

    def ctrl(self, key):
        """Press Ctrl and a letter or digit."""
        self.press(getattr(Qt.Key, f"Key_{key}"), CTRL)
        self.quiet()

    def said(self):
        """Return who said what, as the desk shows it."""
        return [(block.who, block.text) for block in self.page.record.blocks()]

    def finish(self):
        """Ctrl+Enter, until what follows has been answered too."""
        super().finish()
        self.quiet()


def mediations_of(hall):
    """Return what moves mediations along in this hall."""
    return Mediations(hall, hall.clock)


def sit_at_record(qtbot, hall, desk_of, who, mediation):
    """Open the sitting that is under way for someone."""
    desk = desk_of(who)
    desk.set_time(hall.clock())
    sitting = RecordSitting(qtbot, hall, desk, RecordScreen(desk))
    sitting.screen.open_sitting(mediation)
    sitting.quiet()
    sitting.quiet()
    return sitting
