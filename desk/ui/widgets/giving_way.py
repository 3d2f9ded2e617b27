"""One line of words, cut with “…” where there is no room (让位的一行字)."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desk.ui.theme import say_state
from desk.ui.widgets.glyphs import spell_missing
from desk.ui.widgets.painting import paint_text

_NARROWEST = 120


class GivingWay(QLabel):
    """A label that never makes its neighbours narrower; its tool tip has the whole of it."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_state(self, role=role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        """Show other words."""
        self.setText(spell_missing(words))
        self.setToolTip(words)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the first words."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), _NARROWEST), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write as much of it as there is room for."""
        painter = QPainter(self)
        colour = self.palette().color(self.foregroundRole())
        paint_text(painter, QRectF(self.contentsRect()), self.text(), self.font(), colour)
        painter.end()
