"""The four exits of an intake (怎么办): one press saves, numbers and prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desk.ui.icons import paint_icon
from desk.ui.keys import shown
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    BUTTON_RADIUS,
    edge,
    key_cap_width,
    paint_box,
    paint_focus,
    paint_key_cap,
    paint_text,
    text_width,
)

_LOWEST = 0.75  # of its height, where the screen is low
_PAD = 14.0


@dataclass(frozen=True, slots=True)
class ExitItem:
    """One way out of the intake, with one line that says what it means."""

    id: object
    label: str
    key: str
    icon: str
    line: str
    is_main: bool = False


class ExitButton(PaintedButton):
    """A large button: icon, verb, key, and one line of explanation."""

    def __init__(self, item: ExitItem, parent: QWidget | None = None) -> None:
        super().__init__(item.label, parent)
        self._item = item
        self._is_main = item.is_main
        self.setAccessibleDescription(f"{item.line}。快捷键 {shown(item.key)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def item(self) -> ExitItem:
        """Which exit this is."""
        return self._item

    def set_main(self, *, is_main: bool) -> None:
        """Give the weight of the usual way to this exit, or take it away."""
        self._is_main = is_main
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the verb with its key, and for the line below."""
        look = tokens()
        verb = text_width(look.font(Type.SECTION, bold=True), self.text())
        line = text_width(look.font(Type.LABEL), self._item.line)
        head = look.sizes.icon + 10 + verb + 12 + key_cap_width(look, self._item.key)
        return QSize(round(max(head, line) + 2 * _PAD), look.sizes.exit)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the verb with its key, and below for one line that may be cut."""
        look = tokens()
        verb = text_width(look.font(Type.SECTION, bold=True), self.text())
        head = look.sizes.icon + 10 + verb + 12 + key_cap_width(look, self._item.key)
        return QSize(round(head + 2 * _PAD), round(look.sizes.exit * _LOWEST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both lines."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        ground = look.accent if self._is_main else look.surface
        if self.isDown() or self.underMouse():
            ground = mixed(ground, look.text, 0.12 if self.isDown() else 0.05)
        inner = area.adjusted(4, 4, -4, -4) if self._is_main and self.hasFocus() else area
        rim = None if self._is_main else edge(look.edge)
        paint_box(painter, inner, ground, rim, BUTTON_RADIUS + 1)
        ink = look.on_accent if self._is_main else look.text
        half = (area.height() - 2 * 8) / 2
        head = QRectF(area.left() + _PAD, area.top() + 8, area.width() - 2 * _PAD, half)
        line = QRectF(head.left(), head.bottom(), head.width(), half)
        cap = key_cap_width(look, self._item.key)
        key = QRectF(head.right() - cap, head.top(), cap, head.height())
        if self.width() < self.minimumSizeHint().width():  # the verb first, whatever gives way
            verb = head
            key.moveTop(line.top())
            line.adjust(0, 0, -cap - 4, 0)
        else:
            side = float(look.sizes.icon)
            spot = QRectF(head.left(), head.center().y() - side / 2, side, side)
            paint_icon(painter, self._item.icon, spot, ink if self._is_main else look.accent)
            verb = head.adjusted(side + 10, 0, -cap - 8, 0)
        paint_key_cap(painter, key, self._item.key, look, on=ink if self._is_main else None)
        paint_text(painter, verb, self.text(), look.font(Type.SECTION, bold=True), ink)
        quiet = ink if self._is_main else look.text2
        paint_text(painter, line, self._item.line, look.font(Type.LABEL), quiet)
        if self.hasFocus():
            paint_focus(painter, area, look, BUTTON_RADIUS + 1)
        painter.end()


class ExitButtons(QWidget):
    """The exits side by side, each as wide as the others.

    Args:
        host: the screen in which the keys of the exits work.

    Signals:
        chosen: the clerk took an exit; carries its id.
    """

    chosen = Signal(object)

    def __init__(
        self, host: QWidget, items: Sequence[ExitItem], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent or host)
        self.setAccessibleName("怎么办")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._buttons = [ExitButton(item, self) for item in items]
        for button in self._buttons:
            row.addWidget(button, 1)
            button.clicked.connect(lambda _on=False, b=button: self.chosen.emit(b.item.id))
            shortcut = KeyShortcut(button.item.key, host)
            shortcut.pressed.connect(button.click)

    def button(self, item_id: object) -> ExitButton:
        """Return the button of one exit."""
        return next(button for button in self._buttons if button.item.id == item_id)

    def set_main(self, item_id: object | None) -> None:
        """Mark the usual way; None marks none."""
        for button in self._buttons:
            button.set_main(is_main=button.item.id == item_id)
