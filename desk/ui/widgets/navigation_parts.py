"""The pieces of the navigation (导航的各部分): its lines, the street's name, who works here."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.icons import paint_icon
from desk.ui.keys import shown
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.navigation_groups import LEFT_OF_LABEL, NavLine, paint_count
from desk.ui.widgets.painted import Painted, PaintedButton
from desk.ui.widgets.painting import edge, key_cap_width, paint_box, paint_text, text_width

LOW_ROW = 28  # what a full navigation leaves for a line
_ROW = 36
_ICON_LEFT = 13.0
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place to go.

    Attributes:
        group: the title it stands under where there are several of the group.
        counts_all: its count has those of the others of its group in it.
    """

    id: object
    label: str
    icon: str
    key: str = ""
    group: str = ""
    counts_all: bool = False


class NavButton(NavLine):
    """One line of the navigation: icon, name, and the count or else the key.

    Args:
        group: the title it stands under, if there is one.
    """

    def __init__(self, item: NavItem, group: str = "", parent: QWidget | None = None) -> None:
        super().__init__(item.label, parent)
        self.item, self.heading = item, group
        self.count = 0
        self._is_folded = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how many cases wait there; none shows the key again."""
        self.count = count
        key = f"快捷键 {shown(self.item.key)}" if self.item.key else ""
        parts = [f"{count} 件" if count else "", key]
        self.setAccessibleDescription("，".join(part for part in parts if part))
        self.update()

    def set_folded(self, *, folded: bool) -> None:
        """Show the icon only; the name moves to the tooltip."""
        self._is_folded = folded
        key = f"（{shown(self.item.key)}）" if self.item.key else ""
        self.setToolTip(f"{self.text()}{key}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        scale = tokens().sizes.row
        return QSize(40, max(_ROW, scale))

    def minimumSizeHint(self) -> QSize:
        """Return what a low screen leaves: still a target that a pointer can hit."""
        return QSize(40, LOW_ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line; the chosen one has a ground and a bar at its left."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        is_on = self.isChecked()
        if is_on or self.underMouse():
            ground = look.nav_sel if is_on else mixed(look.nav, look.nav_sel, 0.5)
            paint_box(painter, area, ground, None, 5)
        if is_on:
            bar = QRectF(area.left(), area.center().y() - 10, 3, 20)
            paint_box(painter, bar, look.nav_text, None, 1.5)
        side = float(look.sizes.icon)
        left = (area.width() - side) / 2 if self._is_folded else _ICON_LEFT
        spot = QRectF(left, area.center().y() - side / 2, side, side)
        paint_icon(painter, self.item.icon, spot, look.nav_text)
        if self._is_folded:
            if self.count:
                paint_box(
                    painter, QRectF(area.right() - 11, area.top() + 4, 8, 8), look.nav_text, None, 4
                )
        else:
            self._paint_words(painter, area)
        if self.hasFocus():
            paint_box(painter, area, None, edge(look.nav_text, 2.0), 5)
        painter.end()

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        look = tokens()
        words = area.adjusted(LEFT_OF_LABEL, 0, -6, 0)
        if self.count:
            words.setRight(paint_count(painter, area, self.count) - 4)
        else:
            small, right = look.font(Type.CAPTION), shown(self.item.key)
            label = text_width(look.font(Type.BODY), self.text())
            if label + text_width(small, right) > words.width() - 4:
                right = ""  # the name first; its tool tip says the key
            paint_text(painter, words, right, small, look.nav_text2, _RIGHT)
            words.adjust(0, 0, -text_width(small, right) - 4, 0)
        paint_text(painter, words, self.text(), look.font(Type.BODY), look.nav_text)


class Sign(Painted):
    """The name of the street above the places."""

    def __init__(self, street: str, hall: str) -> None:
        super().__init__()
        self._street, self._hall = street, hall
        self.is_folded = False
        self.setAccessibleName(f"{street} {hall}")

    def sizeHint(self) -> QSize:
        """Return the height of the top bar, so that the two make one line."""
        return QSize(40, tokens().sizes.top_bar)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark and the two names."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        side = 30.0
        left = (area.width() - side) / 2 if self.is_folded else 6.0
        mark = QRectF(left, area.center().y() - side / 2, side, side)
        paint_box(painter, mark, look.accent, None, 6)
        paint_icon(painter, "logo", mark.adjusted(4, 4, -4, -4), look.on_accent)
        if not self.is_folded:
            left = mark.right() + 8
            upper = QRectF(left, area.center().y() - 18, area.right() - left, 20)
            paint_text(painter, upper, self._street, look.font(Type.INPUT), look.nav_text)
            lower = QRectF(left, area.center().y() + 2, area.right() - left, 17)
            paint_text(painter, lower, self._hall, look.font(Type.CAPTION), look.nav_text2)
        painter.end()


class FootButton(PaintedButton):
    """A key and its word at the foot of the navigation."""

    def __init__(self, label: str, key: str) -> None:
        super().__init__(label)
        self._key = key
        self.is_folded = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(f"快捷键 {shown(key)}")
        self.setToolTip(f"{label}（{shown(key)}）")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a target that a pointer can hit."""
        return QSize(40, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap and its word."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        if self.underMouse():
            paint_box(painter, area, look.nav_sel, None, 4)
        width = min(key_cap_width(look, self._key), area.width())
        left = (area.width() - width) / 2 if self.is_folded else 10.0
        cap = QRectF(left, area.center().y() - 9, width, 18)
        paint_box(painter, cap, look.nav_sel, edge(look.nav_text2), 3)
        paint_text(painter, cap, shown(self._key), look.font(Type.CAPTION), look.nav_text, _MIDDLE)
        if not self.is_folded:
            words = area.adjusted(66, 0, 0, 0)
            paint_text(painter, words, self.text(), look.font(Type.CAPTION), look.nav_text2)
        if self.hasFocus():
            paint_box(painter, area, None, edge(look.nav_text, 2.0), 4)
        painter.end()


class Person(PaintedButton):
    """Who is at this desk; behind the name is what the log has about him."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.desk = "", ""
        self.is_folded = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("关于我的留痕")

    def sizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(40, 50)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a figure, the name and the desk."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        painter.setPen(look.nav_sel)
        painter.drawLine(int(area.left()) + 6, 0, int(area.right()) - 6, 0)
        if self.underMouse():
            paint_box(painter, area.adjusted(0, 2, 0, -2), look.nav_sel, None, 4)
        side = float(look.sizes.icon)
        left = (area.width() - side) / 2 if self.is_folded else 10.0
        spot = QRectF(left, area.center().y() - side / 2, side, side)
        paint_icon(painter, "person", spot, look.nav_text)
        if not self.is_folded:
            upper = QRectF(LEFT_OF_LABEL, 8, area.width() - LEFT_OF_LABEL, 20)
            paint_text(painter, upper, self.name, look.font(Type.INPUT), look.nav_text)
            lower = QRectF(LEFT_OF_LABEL, 28, area.width() - LEFT_OF_LABEL, 17)
            paint_text(painter, lower, self.desk, look.font(Type.CAPTION), look.nav_text2)
        if self.hasFocus():
            paint_box(painter, area.adjusted(0, 2, 0, -2), None, edge(look.nav_text, 2.0), 4)
        painter.end()
