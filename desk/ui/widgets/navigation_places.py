"""The places of the navigation (导航里的去处): in titled groups that fold where room is short."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.ui.theme import tokens
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.navigation_groups import (
    TITLE_HEIGHT,
    GroupTitle,
    NavLine,
    Wishes,
    open_groups,
)
from desk.ui.widgets.navigation_parts import LOW_ROW, NavButton, NavItem

_GAP = 2
_PART = 8  # above a title, and above what has none


class Places(QWidget):
    """Where one may go; a group of one has no title.

    Args:
        host: the window in which the keys of the places work.

    Signals:
        chosen: the clerk wants to go to a place; carries its id.
        wishes_changed: a group was opened or folded; carries the choices to be kept.
    """

    chosen = Signal(object)
    wishes_changed = Signal(str)

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self.buttons: list[NavButton] = []
        self.titles: list[GroupTitle] = []
        self._shortcuts: list[KeyShortcut] = []
        self._wishes = Wishes()
        self._first: tuple[str, ...] = ()
        self._is_folded = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)

    def set_items(self, items: Iterable[NavItem], first: Sequence[str] = ()) -> None:
        """Offer these places; what stands together and has one group gets one title.

        Args:
            first: the groups that get room before the others where it is short.
        """
        self._clear()
        self._first = tuple(first)
        for group, found in groupby(items, lambda item: item.group):
            members = list(found)
            has_title = bool(group) and len(members) > 1
            if has_title:
                self._add_title(group)
            elif self.buttons and self.buttons[-1].heading:
                self._column.addSpacing(_PART)
            for item in members:
                self._add_button(item, group if has_title else "")
        self._column.addStretch()
        for one, after in pairwise(self._lines()):
            self.setTabOrder(one, after)
        self._fit()

    def set_wishes(self, words: str) -> None:
        """Open and fold as was chosen at this machine before."""
        self._wishes = Wishes.read(words)
        self._fit()

    def set_current(self, place: object) -> None:
        """Show where the clerk is."""
        for button in self.buttons:
            button.setChecked(button.item.id == place)
        self._show_titles()

    def set_count(self, place: object, count: int) -> None:
        """Show how many cases wait at a place."""
        for button in self.buttons:
            if button.item.id == place:
                button.set_count(count)
        self._show_titles()

    def set_folded(self, *, folded: bool) -> None:
        """Show icons only."""
        self._is_folded = folded
        for line in self._lines():
            line.set_folded(folded=folded)

    def minimumSizeHint(self) -> QSize:
        """Return what is there when every group is folded: a low window folds them."""
        alone = sum(1 for button in self.buttons if not button.heading)
        titles = len(self.titles) * (TITLE_HEIGHT + _GAP + _PART)
        return QSize(40, alone * (LOW_ROW + _GAP) + titles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what has no room any more, and open again what has."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; to the left folds a group, to the right opens it."""
        shown = [line for line in self._lines() if not line.isHidden()]
        at = next((n for n, line in enumerate(shown) if line.hasFocus()), None)
        key = event.key()
        aim: NavLine | None = None
        if at is not None:
            steps = {
                Qt.Key.Key_Up: max(at - 1, 0),
                Qt.Key.Key_Down: min(at + 1, len(shown) - 1),
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: len(shown) - 1,
            }
            if key in steps:
                aim = shown[steps[Qt.Key(key)]]
            elif key == Qt.Key.Key_Left:
                aim = self._to_the_left(shown[at])
            elif key == Qt.Key.Key_Right:
                aim = self._to_the_right(shown[at])
        if aim is None:
            super().keyPressEvent(event)
        else:
            aim.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above what has no title and stands below a group."""
        painter = QPainter(self)
        painter.setPen(tokens().nav_sel)
        above = None
        for line in self._lines():
            is_alone = isinstance(line, NavButton) and not line.heading
            if is_alone and isinstance(above, NavButton) and above.heading:
                y = line.geometry().top() - _PART // 2 - 1
                painter.drawLine(6, y, self.width() - 6, y)
            above = line
        painter.end()

    def _clear(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        while (old := self._column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._shortcuts, self.buttons, self.titles = [], [], []

    def _add_title(self, group: str) -> None:
        if self.buttons:
            self._column.addSpacing(_PART // 2)
        title = GroupTitle(group, self)
        title.clicked.connect(lambda _on=False, t=title: self._turn(t, is_open=not t.is_open))
        title.set_folded(folded=self._is_folded)
        self._column.addWidget(title)
        self.titles.append(title)

    def _add_button(self, item: NavItem, group: str) -> None:
        button = NavButton(item, group, self)
        button.clicked.connect(lambda _on=False, b=button: self._choose(b))
        button.set_folded(folded=self._is_folded)
        self._column.addWidget(button)
        self.buttons.append(button)
        if item.key:
            shortcut = KeyShortcut(item.key, self._host)
            shortcut.pressed.connect(button.click)
            self._shortcuts.append(shortcut)

    def _lines(self) -> list[GroupTitle | NavButton]:
        """Return titles and places as they stand, from the top."""
        heads = {title.heading: title for title in self.titles}
        lines: list[GroupTitle | NavButton] = []
        for button in self.buttons:
            if (head := heads.pop(button.heading, None)) is not None:
                lines.append(head)
            lines.append(button)
        return lines

    def _to_the_left(self, line: NavLine) -> NavLine:
        if isinstance(line, GroupTitle):
            self._turn(line, is_open=False)
            return line
        group = line.heading if isinstance(line, NavButton) else ""
        return next((title for title in self.titles if title.heading == group), line)

    def _to_the_right(self, line: NavLine) -> NavLine:
        if not isinstance(line, GroupTitle):
            return line
        if not line.is_open:
            self._turn(line, is_open=True)
            return line
        return _members(self.buttons, line)[0]

    def _turn(self, title: GroupTitle, *, is_open: bool) -> None:
        if title.is_open != is_open:
            self._wishes = self._wishes.with_choice(title.heading, is_open=is_open)
            self._fit()
            self.wishes_changed.emit(self._wishes.words())

    def _choose(self, button: NavButton) -> None:
        self.set_current(button.item.id)
        self.chosen.emit(button.item.id)

    def _fit(self) -> None:
        """Open what has room at the height that there is."""
        lines = (self.height() - self.minimumSizeHint().height()) // (LOW_ROW + _GAP)
        sizes = [(title.heading, len(_members(self.buttons, title))) for title in self.titles]
        sizes.sort(key=lambda size: size[0] not in self._first)
        opened = open_groups(sizes, self._wishes, lines)
        for title in self.titles:
            title.is_open = title.heading in opened
            for button in _members(self.buttons, title):
                button.setVisible(title.is_open)
        self._show_titles()

    def _show_titles(self) -> None:
        for title in self.titles:
            members = _members(self.buttons, title)
            whole = [button.count for button in members if button.item.counts_all]
            title.set_state(
                is_open=title.is_open,
                is_here=any(button.isChecked() for button in members),
                count=max(whole, default=0) or sum(button.count for button in members),
            )


def _members(buttons: Sequence[NavButton], title: GroupTitle) -> list[NavButton]:
    """Return the places that stand under a title."""
    return [button for button in buttons if button.heading == title.heading]
