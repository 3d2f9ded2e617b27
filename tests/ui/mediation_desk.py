"""Sits someone down before the mediations, and works them by keys alone."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLabel

from desk.ui.mediation_screen import MediationScreen
from tests.actions.mediating import Mediating
from tests.actions.work import Work
from tests.ui.case_desk import Sitting


class MediationSitting(Sitting):
    """One person before the page of mediations."""

    @property
    def panel(self):
        """The form or panel that is open, if any."""
        return self.screen.right.opening.panel or self.page.host.panel

    def write(self, text):
        """Write where the keyboard is; Chinese comes from an input method, already composed."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(self.focused(), event)

    def shows(self):
        """Return the words of every label that can be seen in the file."""
        return [label.text() for label in self.screen.findChildren(QLabel) if label.isVisible()]


def mediating_of(hall):
    """Return what moves mediations along in this hall."""
    return Mediating(Work(hall, hall.clock))


def sit_at_mediations(qtbot, hall, desk_of, who, mediation=None):
    """Open the mediations for someone, at one of them."""
    desk = desk_of(who)
    desk.set_time(hall.clock())
    sitting = MediationSitting(qtbot, hall, desk, MediationScreen(desk))
    if mediation is not None:
        sitting.screen.open_mediation(mediation)
        sitting.quiet()
    return sitting
