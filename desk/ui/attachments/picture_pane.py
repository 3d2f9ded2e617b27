"""One photo to look at closely (看图): zoomed and moved by keys, wheel and mouse."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desk.ui.attachments.sight import Sight, frame_of, kept_inside, zoomed
from desk.ui.theme import THEME, Type, mixed, tokens
from desk.ui.widgets.painting import paint_focus, paint_text

ZOOM = 1.25
_STEP = 60.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_SMALLER = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)


def arrow_of(event: QKeyEvent) -> tuple[int, int] | None:
    """Return where an arrow key points, as steps to the right and down."""
    return _ARROWS.get(Qt.Key(event.key()))


def growth_of(event: QKeyEvent) -> int:
    """Return 1 for plus, -1 for minus, 0 for any other key."""
    return (event.key() in _LARGER) - (event.key() in _SMALLER)


class PicturePane(QWidget):
    """Shows one picture; two of them show the same part when their sights are shared.

    Signals:
        sight_changed: the clerk zoomed or moved; carries the Sight.
        focused: the keyboard has come here.
    """

    sight_changed = Signal(object)
    focused = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setMinimumSize(160, 120)
        self.picture = QImage()
        self._instead = ""
        self.sight = Sight()
        self._held: QPointF | None = None
        THEME.changed.connect(self.update)

    def show_picture(self, picture: QImage, name: str) -> None:
        """Show a picture as a whole."""
        self.picture, self._instead = picture, ""
        self.setAccessibleDescription(name)
        self.sight = Sight()
        self.update()

    def show_words(self, words: str) -> None:
        """Say something where the picture would be."""
        self.picture, self._instead = QImage(), words
        self.setAccessibleDescription(words)
        self.update()

    def set_sight(self, sight: Sight) -> None:
        """Show the part that another pane shows; nobody is told."""
        self.sight = kept_inside(sight, self.size(), self.picture.size())
        self.update()

    def fit(self) -> None:
        """Show the whole picture."""
        self._go(Sight())

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Show less or more of the picture; the point `at` stays where it is."""
        point = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        self._go(zoomed(self.sight, factor, point, self.size(), self.picture.size()))

    def move_by(self, right: float, down: float) -> None:
        """Move the picture's middle by so many points of the screen."""
        frame, sight = self.frame(), self.sight
        x, y = sight.x + right / frame.width(), sight.y + down / frame.height()
        self._go(Sight(sight.zoom, x, y))

    def frame(self) -> QRectF:
        """Return where the whole picture lies in this widget."""
        return frame_of(self.sight, self.size(), self.picture.size())

    def sizeHint(self) -> QSize:
        """Return the size of half a small screen."""
        return QSize(480, 420)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the window which of two pictures is spoken of."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with + and -, move with Shift and the arrows; the rest belongs to the window."""
        arrow, shift = arrow_of(event), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if growth_of(event):
            self.zoom(ZOOM ** growth_of(event))
        elif arrow is not None and shift:
            self.move_by(arrow[0] * _STEP, arrow[1] * _STEP)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the pointer is."""
        self.zoom(ZOOM if event.angleDelta().y() > 0 else 1 / ZOOM, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the picture along."""
        if self._held is not None and not self.picture.isNull():
            moved = self._held - event.position()
            self._held = event.position()
            self.move_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the picture."""
        self._held = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the part that is seen, or the words instead of a picture."""
        look = tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), mixed(look.column, look.text, 0.05))
        if self.picture.isNull():
            middle = Qt.AlignmentFlag.AlignCenter
            font = look.font(Type.LABEL)
            paint_text(painter, QRectF(self.rect()), self._instead, font, look.text2, middle)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.frame(), self.shown_picture())
            self.paint_above(painter)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), look, 0)
        painter.end()

    def shown_picture(self) -> QImage:
        """Return the picture as it is to be seen now."""
        return self.picture

    def paint_above(self, painter: QPainter) -> None:
        """Draw what lies above the picture; nothing here."""

    def _go(self, sight: Sight) -> None:
        if not self.picture.isNull():
            self.set_sight(sight)
            self.sight_changed.emit(self.sight)
