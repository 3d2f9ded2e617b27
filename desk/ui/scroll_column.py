"""A card's contents that may be longer than the card (可滚动的一栏)."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desk.ui.theme import say_state, tokens


class _Column(QScrollArea):
    """Scrolls downwards only: it is never narrower than what stands in it."""

    def minimumSizeHint(self) -> QSize:
        """Return the width that the contents need, and room for the bar."""
        inside = self.widget()
        wanted = inside.minimumSizeHint().width() if inside is not None else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(wanted + bar, super().minimumSizeHint().height())


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a scroll area around `widget` that looks like the card below it."""
    area = _Column()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    say_state(widget, ground="clear")
    area.setWidget(widget)
    return area


def side_column(*cards: QWidget) -> QWidget:
    """Return cards above each other, as high as their contents."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(tokens().sizes.gutter)
    for card in cards:
        layout.addWidget(card)
    layout.addStretch()
    return scrolled(column)
