"""Buttons that show their key (按钮): every action says how to reach it without the mouse."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desk.ui.icons import paint_icon
from desk.ui.keys import shown
from desk.ui.theme import Tokens, Type, mixed, tokens
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

_PAD = 14.0
_GAP = 8.0
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class ButtonKind(StrEnum):
    """How much a button weighs."""

    MAIN = "main"  # at most one per screen
    PLAIN = "plain"
    QUIET = "quiet"  # a link in the flow of the text
    DANGER = "danger"  # cannot be taken back


class KeyButton(PaintedButton):
    """A button with an icon, a verb and the cap of its key."""

    def __init__(
        self,
        text: str,
        key: str = "",
        *,
        icon: str = "",
        kind: ButtonKind = ButtonKind.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._key, self._icon, self._kind = key, icon, kind
        self._is_tall = False
        if key:
            self.setAccessibleDescription(f"快捷键 {shown(key)}")

    @property
    def kind(self) -> ButtonKind:
        """How much the button weighs."""
        return self._kind

    def listen(self, host: QWidget) -> None:
        """Let its key press it wherever the focus is in `host`, as long as it can be seen."""
        KeyShortcut(self._key, host).pressed.connect(self._on_key)

    def set_tall(self, *, tall: bool) -> None:
        """Take the height of the action bar."""
        self._is_tall = tall
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room for icon, words and key."""
        look = tokens()
        width = text_width(self._font(look), self.text()) + 2 * self._pad
        if self._icon:
            width += look.sizes.icon + _GAP
        if self._key:
            width += key_cap_width(look, self._key) + _GAP
        height = look.sizes.action if self._is_tall else look.sizes.button
        if self._kind is ButtonKind.QUIET:
            height = max(look.sizes.filter, 24)
        return QSize(round(width + 1), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon, words and key in the middle; what is quiet lines up at the left."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        self._paint_ground(painter, area, look)
        ink = self._ink(look)
        content = self.sizeHint().width() - 2 * self._pad
        spare = 0.0 if self._kind is ButtonKind.QUIET else (area.width() - content) / 2
        left = area.left() + max(spare, self._pad)
        if self._icon:
            side = float(look.sizes.icon)
            paint_icon(painter, self._icon, _spot(area, left, side), ink)
            left += side + _GAP
        font = self._font(look)
        beside = key_cap_width(look, self._key) + _GAP if self._key else 0.0
        room = area.right() - self._pad - beside - left  # longer words end in an ellipsis
        width = min(text_width(font, self.text()) + 1, room)
        words = QRectF(left, area.top(), width, area.height())
        paint_text(painter, words, self.text(), font, ink)
        if self._key:
            cap = QRectF(words.right() + _GAP, area.top(), beside - _GAP, area.height())
            on = ink if self._kind is ButtonKind.MAIN and self.isEnabled() else None
            paint_key_cap(painter, cap, self._key, look, on=on)
        painter.end()

    def _on_key(self) -> None:
        if self.isVisible():
            self.click()

    @property
    def _pad(self) -> float:
        return 6.0 if self._kind is ButtonKind.QUIET else _PAD

    def _font(self, look: Tokens) -> QFont:
        return look.font(Type.BODY, bold=self._kind is ButtonKind.MAIN)

    def _ink(self, look: Tokens) -> QColor:
        if not self.isEnabled():
            return look.text3
        return {
            ButtonKind.MAIN: look.on_accent,
            ButtonKind.PLAIN: look.text,
            ButtonKind.QUIET: look.accent,
            ButtonKind.DANGER: look.colour("danger"),
        }[self._kind]

    def _paint_ground(self, painter: QPainter, area: QRectF, look: Tokens) -> None:
        fill, pen = self._ground(look)
        if self.isDown():
            fill = mixed(fill or look.surface, look.text, 0.12)
        elif self.underMouse() and self.isEnabled():
            fill = mixed(fill or look.surface, look.text, 0.05)
        has_ring = self.hasFocus()
        if has_ring and self._kind is ButtonKind.MAIN:
            area = area.adjusted(4, 4, -4, -4)  # two pixels of edge, two of gap
        if fill is not None or pen is not None:
            paint_box(painter, area, fill, pen, BUTTON_RADIUS)
        if has_ring:
            paint_focus(painter, self.area(), look, BUTTON_RADIUS)

    def _ground(self, look: Tokens) -> tuple[QColor | None, QPen | None]:
        if self._kind is ButtonKind.QUIET:
            return None, None
        if not self.isEnabled():
            return look.surface, edge(look.line, dashed=True)
        if self._kind is ButtonKind.MAIN:
            return look.accent, None
        if self._kind is ButtonKind.DANGER:
            return look.surface, edge(look.colour("danger"))
        return look.surface, edge(look.edge)


class IconButton(PaintedButton):
    """A button with an icon only (search, bell, close); its name is read out and on the tooltip."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._icon = icon
        self._count = 0
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_count(self, count: int) -> None:
        """Show how many things wait; none shows nothing."""
        self._count = count
        self.setAccessibleDescription(f"{count} 条" if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a target large enough for any pointer."""
        side = tokens().sizes.button
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon and, above it, the count."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        if self.underMouse() and self.isEnabled():
            paint_box(painter, area, look.column, None, BUTTON_RADIUS)
        side = float(look.sizes.icon)
        spot = _spot(area, area.center().x() - side / 2, side)
        paint_icon(painter, self._icon, spot, look.text2 if self.isEnabled() else look.text3)
        if self._count:
            words = str(self._count) if self._count < 100 else "99+"  # noqa: PLR2004
            width = max(text_width(look.font(Type.CAPTION), words) + 8, 16.0)
            left = min(area.center().x() + 1, area.right() - width)
            badge = QRectF(left, area.top() + 1, width, 16)
            paint_box(painter, badge, look.accent, None, 8)
            paint_text(painter, badge, words, look.font(Type.CAPTION), look.on_accent, _MIDDLE)
        if self.hasFocus():
            paint_focus(painter, area, look, BUTTON_RADIUS)
        painter.end()


class FilterButton(PaintedButton):
    """A filter: its name small, its value plain; a tinted ground while it narrows the list.

    Args:
        key: the cap of the key that presses it stands instead of a value.
    """

    def __init__(
        self,
        name: str,
        value: str = "不限",
        *,
        icon: str = "fold",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._icon, self._key = icon, key
        if key:
            self.setAccessibleDescription(f"快捷键 {shown(key)}")
        self.set_value(value, active=False)

    def set_value(self, value: str, *, active: bool) -> None:
        """Show the chosen value; `active` when it leaves something out."""
        self._value, self._is_active = value, active
        self.setAccessibleName(f"{self.text()} {value}".rstrip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for name, value and the small arrow."""
        look = tokens()
        font = look.font(Type.LABEL)
        width = text_width(look.font(Type.CAPTION), self.text()) + text_width(font, self._value)
        width += key_cap_width(look, self._key) if self._key else 0
        width += 10 + _GAP - 2 + (look.sizes.icon_small + 4 if self._icon else 0) + 8
        return QSize(round(width + 1), look.sizes.filter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, value and arrow."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        fill = look.accent_tint if self._is_active else look.surface
        if self.underMouse():
            fill = mixed(fill, look.text, 0.05)
        rim = look.accent if self._is_active else look.edge
        paint_box(painter, area, fill, edge(rim))
        small, plain = look.font(Type.CAPTION), look.font(Type.LABEL)
        ink = look.accent if self._is_active else look.text
        left = area.left() + 10
        wide = text_width(small, self.text())
        name = QRectF(left, area.top(), wide + 1, area.height())
        paint_text(painter, name, self.text(), small, ink if self._is_active else look.text2)
        left += wide + _GAP - 2
        wide = text_width(plain, self._value)
        paint_text(
            painter, QRectF(left, area.top(), wide + 1, area.height()), self._value, plain, ink
        )
        if self._key:
            cap = QRectF(left, area.top(), key_cap_width(look, self._key), area.height())
            paint_key_cap(painter, cap, self._key, look)
        if self._icon:
            side = float(look.sizes.icon_small)
            paint_icon(painter, self._icon, _spot(area, area.right() - 6 - side, side), ink)
        if self.hasFocus():
            paint_focus(painter, area, look, 4)
        painter.end()


def _spot(area: QRectF, left: float, side: float) -> QRectF:
    return QRectF(left, area.center().y() - side / 2, side, side)
