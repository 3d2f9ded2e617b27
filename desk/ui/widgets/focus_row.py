"""A row that can have the keyboard (可选中的一行) and shows it by an edge."""

from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from desk.ui.theme import tokens
from desk.ui.widgets.painting import paint_focus


class FocusRow(QFrame):
    """What all such rows share: the edge that says where the keyboard is."""

    corner = 4

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop showing it."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge that says where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, self.rect().toRectF(), tokens(), self.corner)
            painter.end()
