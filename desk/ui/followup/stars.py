"""One to five stars for a part of the service (分项评价): digits, arrows or the mouse."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import tokens
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import edge, paint_focus

MOST = 5
_SIDE = 22.0
_GAP = 6.0
_INNER = 0.42


class Stars(Painted):
    """How many stars somebody gave, or none yet; Backspace or 0 takes them back.

    Signals:
        given: another number of stars; carries it, or None.
    """

    given = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._value: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.set_value(None)

    def value(self) -> int | None:
        """Return the number of stars, or None."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show another number of stars, without a signal."""
        self._value = value
        said = "未评" if value is None else f"{value} 星"
        self.setAccessibleName(f"{self._name} {said}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for five stars and the edge of the focus."""
        return QSize(round(MOST * (_SIDE + _GAP) + _GAP), max(tokens().sizes.filter, 24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give stars by digit, one more or less by arrow."""
        text, key = event.text(), event.key()
        if text and text in "12345":
            self._give(int(text))
        elif text == "0" or key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._give(None)
        elif key == Qt.Key.Key_Right:
            self._give(min((self._value or 0) + 1, MOST))
        elif key == Qt.Key.Key_Left:
            self._give((self._value or 1) - 1 or None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give as many stars as stand left of the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = int((event.position().x() - _GAP) // (_SIDE + _GAP)) + 1
        self._give(min(max(at, 1), MOST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw five stars; those given are filled."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        for at in range(MOST):
            is_given = self._value is not None and at < self._value
            painter.setPen(edge(look.accent if is_given else look.edge, 1.4))
            painter.setBrush(look.accent if is_given else look.surface)
            centre = QPointF(_GAP + at * (_SIDE + _GAP) + _SIDE / 2, middle)
            painter.drawPolygon(_star(centre, _SIDE / 2 - 1))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), look, 4)
        painter.end()

    def _give(self, value: int | None) -> None:
        if value != self._value:
            self.set_value(value)
            self.given.emit(value)


def _star(centre: QPointF, radius: float) -> QPolygonF:
    corners = []
    for corner in range(10):
        angle = -pi / 2 + corner * pi / 5
        reach = radius if corner % 2 == 0 else radius * _INNER
        corners.append(centre + QPointF(cos(angle) * reach, sin(angle) * reach))
    return QPolygonF(corners)
