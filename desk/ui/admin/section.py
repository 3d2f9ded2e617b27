"""What every part of the administration page is (管理的一部分)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk


class Section(QWidget):
    """One part of the page: it loads when it is shown, and says what it did.

    Signals:
        said: a sentence for the clerk.
        case_wanted: open this case's file; carries the id.
    """

    said = Signal(str)
    case_wanted = Signal(object)
    title = ""
    help_page = "admin"  # of the handbook

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def arrive(self) -> None:
        """Load; called each time the part is shown."""
