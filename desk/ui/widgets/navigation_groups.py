"""The groups of the navigation (导航的组): their titles, and which of them are open.

A group is open unless somebody at this machine has folded it, or there is no room for it: then
what was opened last comes first, and the others in their order from the top.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.icons import paint_icon
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import edge, paint_box, paint_text, text_width

__all__ = ["GroupTitle", "NavLine", "Wish", "Wishes", "open_groups"]

TITLE_HEIGHT = 24  # a target that a pointer can hit
LEFT_OF_LABEL = 40.0
_MANY = 999
_ARROW_LEFT = 15.0
_OPEN, _FOLDED = "+", "-"
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_ARROWS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody at this machine chose for one group."""

    group: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """The choices of this machine, the latest first."""

    chosen: tuple[Wish, ...] = ()

    @classmethod
    def read(cls, words: str) -> "Wishes":
        """Read what `words` wrote; what is no choice is left out."""
        return cls(
            tuple(
                Wish(word[1:], word[0] == _OPEN)
                for word in words.split()
                if word[0] in (_OPEN, _FOLDED)
            )
        )

    def words(self) -> str:
        """Return the choices as one line to be kept."""
        return " ".join(f"{_OPEN if wish.is_open else _FOLDED}{wish.group}" for wish in self.chosen)

    def with_choice(self, group: str, *, is_open: bool) -> "Wishes":
        """Return the choices with a new one in front."""
        rest = tuple(wish for wish in self.chosen if wish.group != group)
        return Wishes((Wish(group, is_open), *rest))

    def in_turn(self, groups: Iterable[str]) -> list[str]:
        """Return the groups that may be open, in the order in which they get room."""
        there = list(groups)
        opened = [wish.group for wish in self.chosen if wish.is_open and wish.group in there]
        settled = {wish.group for wish in self.chosen}
        return [*opened, *(group for group in there if group not in settled)]


def open_groups(groups: Sequence[tuple[str, int]], wishes: Wishes, lines: int) -> frozenset[str]:
    """Return which groups are open where there is room for so many lines in them.

    Args:
        groups: name and number of lines of each, from the top.
        lines: how many lines there is room for, beside titles and what has no title.
    """
    sizes = dict(groups)
    found: set[str] = set()
    for at, group in enumerate(wishes.in_turn(sizes)):
        was_asked = at == 0 and bool(wishes.chosen) and wishes.chosen[0].group == group
        if sizes[group] <= lines or was_asked:  # what was just opened is never refused
            found.add(group)
            lines -= sizes[group]
    return frozenset(found)


class NavLine(PaintedButton):
    """One line of the navigation; leaves the arrows to the whole."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter and the space bar."""
        if event.key() in _ARROWS and not is_composing():
            event.ignore()
            return
        super().keyPressEvent(event)


class GroupTitle(NavLine):
    """The head of a group: opens and folds it; folded, it says how much waits in it."""

    def __init__(self, group: str, parent: QWidget | None = None) -> None:
        super().__init__(group, parent)
        self.heading = group
        self.is_open = True
        self.is_here = False  # the page in front is one of this group's
        self._count = 0
        self._is_narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_state(self, *, is_open: bool, is_here: bool, count: int) -> None:
        """Show whether the group is open, holds the page in front, and how much waits in it."""
        self.is_open, self.is_here, self._count = is_open, is_here, count
        self._describe()
        self.update()

    def set_folded(self, *, folded: bool) -> None:
        """Show the arrow only; the name moves to the tooltip."""
        self._is_narrow = folded
        self.update()

    def sizeHint(self) -> QSize:
        """Return a low line."""
        return QSize(40, max(TITLE_HEIGHT, tokens().sizes.clock_chip))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arrow and the name; folded, also the count, and where the clerk is."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        holds_page = self.is_here and not self.is_open
        if holds_page or self.underMouse():
            ground = look.nav_sel if holds_page else mixed(look.nav, look.nav_sel, 0.5)
            paint_box(painter, area, ground, None, 5)
        ink = look.nav_text if holds_page else look.nav_text2
        side = float(look.sizes.icon_small)
        left = (area.width() - side) / 2 if self._is_narrow else _ARROW_LEFT
        spot = QRectF(left, area.center().y() - side / 2, side, side)
        paint_icon(painter, "fold" if self.is_open else "unfold", spot, ink)
        waits = 0 if self.is_open else self._count
        if self._is_narrow and waits:
            dot = QRectF(area.right() - 11, area.top() + 2, 8, 8)
            paint_box(painter, dot, look.nav_text, None, 4)
        if not self._is_narrow:
            small = look.font(Type.CAPTION)
            words = area.adjusted(LEFT_OF_LABEL, 0, -6, 0)
            if waits:
                words.setRight(paint_count(painter, area, waits) - 4)
            paint_text(painter, words, self.text(), small, ink)
        if self.hasFocus():
            paint_box(painter, area, None, edge(look.nav_text, 2.0), 5)
        painter.end()

    def _describe(self) -> None:
        parts = ["已展开" if self.is_open else "已收起"]
        if self._count and not self.is_open:
            parts.append(f"里面有 {self._count} 件")
        if self.is_here:
            parts.append("正在看的页在这一组")
        parts.append("按左键收起" if self.is_open else "按右键展开")
        self.setAccessibleDescription("，".join(parts))
        self.setToolTip(f"{self.text()}（{parts[0]}）")


def paint_count(painter: QPainter, area: QRectF, count: int) -> float:
    """Draw how many cases wait at the right of a line; return where the figure begins."""
    look = tokens()
    small = look.font(Type.CAPTION)
    words = str(count) if count <= _MANY else f"{_MANY}+"
    width = max(text_width(small, words) + 16, 28.0)
    badge = QRectF(area.right() - 8 - width, area.center().y() - 9, width, 18)
    paint_box(painter, badge, mixed(look.nav, look.nav_sel, 0.5), None, 9)
    paint_text(painter, badge, words, small, look.nav_text, _MIDDLE)
    return badge.left()
