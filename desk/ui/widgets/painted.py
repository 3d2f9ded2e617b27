"""Widgets that paint themselves from the tokens and follow when the theme changes."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desk.ui.theme import THEME
from desk.ui.widgets.composing import is_composing

_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Painted(QWidget):
    """Something to look at; its size follows from its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        THEME.changed.connect(self._on_theme_changed)

    def minimumSizeHint(self) -> QSize:
        """Return the same as the size hint: painted text is not squeezed."""
        return self.sizeHint()

    def area(self) -> QRectF:
        """Return the whole of the widget as painters need it."""
        return QRectF(self.rect())

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class PaintedButton(QAbstractButton):
    """Something to press; Enter and the space bar press it, and hovering shows."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        THEME.changed.connect(self._on_theme_changed)

    def minimumSizeHint(self) -> QSize:
        """Return the same as the size hint: painted text is not squeezed."""
        return self.sizeHint()

    def area(self) -> QRectF:
        """Return the whole of the button as painters need it."""
        return QRectF(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too, unless an input method is composing."""
        if event.key() in _PRESSES and not event.isAutoRepeat() and not is_composing():
            self.click()
            return
        super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
