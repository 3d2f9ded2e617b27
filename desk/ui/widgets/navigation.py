"""The way to every part of the program (导航): only what the role has, always at the same spot."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui.keys import GlobalKey
from desk.ui.theme import THEME, tokens
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.navigation_groups import GroupTitle
from desk.ui.widgets.navigation_parts import FootButton, NavButton, NavItem, Person, Sign
from desk.ui.widgets.navigation_places import Places

__all__ = ["NavItem", "Navigation"]

_NARROW = 1280


class Navigation(QWidget):
    """The places at the left; folds to icons where the window is narrow.

    Args:
        host: the window in which the keys of the places work.
        hands_over: whether 交班 is offered.

    Signals:
        chosen: the clerk wants to go to a place; carries its id.
        wishes_changed: a group was opened or folded; carries the choices of this machine.
        hand_over_asked: 交班.
        lock_asked: 锁屏.
        trail_asked: who works here wants to see the log about himself.
    """

    chosen = Signal(object)
    wishes_changed = Signal(str)
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
        self._is_folded = False
        self.setAccessibleName("导航")
        self._sign, self._person = Sign(street, hall), Person()
        self._person.clicked.connect(self.trail_asked)
        feet = [self._foot("锁屏", GlobalKey.LOCK, self.lock_asked.emit)]
        if hands_over:
            feet.insert(0, self._foot("交班", GlobalKey.HAND_OVER, self.hand_over_asked.emit))
        self._feet = tuple(feet)
        self._places = Places(host, self)
        self._places.chosen.connect(self.chosen)
        self._places.wishes_changed.connect(self.wishes_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        column.addWidget(self._sign)
        column.addSpacing(10)
        column.addWidget(self._places, 1)
        column.addWidget(self._person)
        for foot in self._feet:
            column.addWidget(foot)
        self._fit_width()
        THEME.changed.connect(self._fit_width)

    def set_items(self, items: Iterable[NavItem], first: Sequence[str] = ()) -> None:
        """Offer these places, which are those of the role; its own groups get room first."""
        self._places.set_items(items, first)
        self._order_tabs()

    def set_wishes(self, words: str) -> None:
        """Open and fold the groups as was chosen at this machine before."""
        self._places.set_wishes(words)

    def set_current(self, place: object) -> None:
        """Show where the clerk is, without a signal."""
        self._places.set_current(place)

    def set_count(self, place: object, count: int) -> None:
        """Show how many cases wait at a place."""
        self._places.set_count(place, count)

    def button(self, place: object) -> NavButton:
        """Return the line of a place."""
        return next(button for button in self._places.buttons if button.item.id == place)

    def title(self, group: str) -> GroupTitle:
        """Return the head of a group."""
        return next(title for title in self._places.titles if title.heading == group)

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
        self._places.set_folded(folded=folded)
        self._fit_width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().nav)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keys at the foot behind the places: before, Qt ignores it at the chain's end."""
        super().showEvent(event)
        self._order_tabs()

    def _order_tabs(self) -> None:
        last = self._places.buttons[-1:]
        for one, after in pairwise([*last, self._person, *self._feet]):
            self.setTabOrder(one, after)

    def _foot(self, label: str, key: str, handler: Callable[[], None]) -> FootButton:
        made = FootButton(label, key)
        made.clicked.connect(handler)
        KeyShortcut(key, self._host).pressed.connect(made.click)
        return made

    def _fit_width(self) -> None:
        sizes = tokens().sizes
        self.setFixedWidth(sizes.navigation_folded if self._is_folded else sizes.navigation)
