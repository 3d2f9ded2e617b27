"""A list in which several lines can be marked (勾选): the space bar marks, Enter does it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk.ui.work_list import WorkList


class MarkedList(WorkList):
    """A work list whose Enter is a deed; a double click still opens the case.

    Signals:
        entered: Enter on the list.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Enter apart from a double click; all else as in every list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
