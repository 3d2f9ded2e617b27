"""The way to every part of the program (导航): only what the role has, always at the same spot."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui.keys import GlobalKey
from desk.ui.theme import THEME, tokens
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.navigation_parts import FootButton, NavButton, NavItem, Person, Sign

__all__ = ["NavItem", "Navigation"]

_NARROW = 1280


class Navigation(QWidget):
    """The places at the left; folds to icons where the window is narrow.

    Args:
        host: the window in which the keys of the places work.
        hands_over: whether 交班 is offered.

    Signals:
        chosen: the clerk wants to go to a place; carries its id.
        hand_over_asked: 交班.
        lock_asked: 锁屏.
        trail_asked: who works here wants to see the log about himself.
    """

    chosen = Signal(object)
    hand_over_asked = Signal()
    lock_asked = Signal()
    trail_asked = Signal()

    def __init__(
        self,
        host: QWidget,
        street: str,
        hall: str = "诉求服务大厅",
        *,
        hands_over: bool = True,
    ) -> None:
        super().__init__(host)
        self._host = host
        self._buttons: list[NavButton] = []
        self._shortcuts: list[KeyShortcut] = []
        self._is_folded = False
        self.setAccessibleName("导航")
        self._sign, self._person = Sign(street, hall), Person()
        self._person.clicked.connect(self.trail_asked)
        feet = [self._foot("锁屏", GlobalKey.LOCK, self.lock_asked.emit)]
        if hands_over:
            feet.insert(0, self._foot("交班", GlobalKey.HAND_OVER, self.hand_over_asked.emit))
        self._feet = tuple(feet)
        self._places = QVBoxLayout()
        self._places.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        column.addWidget(self._sign)
        column.addSpacing(10)
        column.addLayout(self._places)
        column.addStretch()
        column.addWidget(self._person)
        for foot in self._feet:
            column.addWidget(foot)
        self._fit_width()
        THEME.changed.connect(self._fit_width)

    def set_items(self, items: Iterable[NavItem]) -> None:
        """Offer these places, which are those of the role."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        while (old := self._places.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._shortcuts, self._buttons = [], []
        for item in items:
            if item.starts_group:
                self._places.addSpacing(14)
            button = NavButton(item, self)
            button.clicked.connect(lambda _on=False, b=button: self._choose(b))
            button.set_folded(folded=self._is_folded)
            self._places.addWidget(button)
            self._buttons.append(button)
            if item.key:
                shortcut = KeyShortcut(item.key, self._host)
                shortcut.pressed.connect(button.click)
                self._shortcuts.append(shortcut)
        self._order_tabs()

    def set_current(self, place: object) -> None:
        """Show where the clerk is, without a signal."""
        for button in self._buttons:
            button.setChecked(button.item.id == place)

    def set_count(self, place: object, count: int) -> None:
        """Show how many cases wait at a place."""
        for button in self._buttons:
            if button.item.id == place:
                button.set_count(count)

    def set_person(self, name: str, desk: str) -> None:
        """Show who is working here."""
        self._person.name, self._person.desk = name, desk
        self._person.setAccessibleName(f"{name} {desk}")
        self._person.setAccessibleDescription("按下看关于我的留痕")
        self._person.update()

    def is_folded(self) -> bool:
        """Whether only the icons are shown."""
        return self._is_folded

    def follow(self, window_width: int) -> None:
        """Fold below 1280 pixels of window, unfold above."""
        folded = window_width < _NARROW
        if folded == self._is_folded:
            return
        self._is_folded = folded
        parts: tuple[Sign | Person | FootButton, ...] = (self._sign, self._person, *self._feet)
        for part in parts:
            part.is_folded = folded
            part.update()
        for button in self._buttons:
            button.set_folded(folded=folded)
        self._fit_width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line above a group."""
        look = tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.nav)
        painter.setPen(look.nav_sel)
        for button in self._buttons:
            if button.item.starts_group:
                y = button.geometry().top() - 8
                painter.drawLine(14, y, self.width() - 14, y)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keys at the foot behind the places: before, Qt ignores it at the chain's end."""
        super().showEvent(event)
        self._order_tabs()

    def _order_tabs(self) -> None:
        for one, after in pairwise([*self._buttons, self._person, *self._feet]):
            self.setTabOrder(one, after)

    def _choose(self, button: NavButton) -> None:
        self.set_current(button.item.id)
        self.chosen.emit(button.item.id)

    def _foot(self, label: str, key: str, handler: Callable[[], None]) -> FootButton:
        made = FootButton(label, key)
        made.clicked.connect(handler)
        KeyShortcut(key, self._host).pressed.connect(made.click)
        return made

    def _fit_width(self) -> None:
        sizes = tokens().sizes
        self.setFixedWidth(sizes.navigation_folded if self._is_folded else sizes.navigation)
