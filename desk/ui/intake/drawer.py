"""The advice beside the form, or in a drawer above it where there is no room (提示抽屉)."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desk.ui.intake.side_bar import SideBar
from desk.ui.keys import GlobalKey
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.composing import KeyShortcut

_NARROW = 6  # times the navigation: less has no room for form and advice side by side
_PART, _SHARE = 33, 0.48
_TURNED = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}


class SideDrawer(QObject):
    """Ctrl+Tab and Alt+J open it, Esc and going back to the form close it.

    Args:
        work: what holds the row.
        row: the form, and beside it the side bar.
        button: says what is in the drawer, and opens it; seen only where there is one.
    """

    def __init__(self, work: QWidget, row: QHBoxLayout, side: SideBar, button: KeyButton) -> None:
        super().__init__(work)
        self._work, self._row, self._side, self._button = work, row, side, button
        self._is_drawer = False
        self._came_from: QWidget | None = None
        self._cards = {
            side.repeat: "可能是重复件",
            side.visitor: "这位诉求人来过",
            side.drafts: "有没存完的草稿",
        }
        row.addWidget(side, _PART)
        button.hide()
        button.clicked.connect(side.level.focus_first)
        side.level.asked.connect(self.open)
        self._out = KeyShortcut(GlobalKey.OUT, side)
        self._out.pressed.connect(self.close)
        self._out.setEnabled(False)
        for card in self._cards:
            card.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @property
    def is_drawer(self) -> bool:
        """Whether the advice has to lie above the form."""
        return self._is_drawer

    def follow(self) -> None:
        """Put the side bar where there is room for it."""
        look, side = tokens().sizes, self._side
        is_drawer = self._work.width() < _NARROW * look.navigation
        if is_drawer is not self._is_drawer:
            self._is_drawer = is_drawer
            self._out.setEnabled(is_drawer)
            self._button.setVisible(is_drawer)
            side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=is_drawer)
            say_state(side, ground="window" if is_drawer else "clear")
            edge = look.gutter if is_drawer else 0
            self._row.removeWidget(side)
            if not is_drawer:
                self._row.addWidget(side, _PART)
            side.set_margin(edge)
            side.setHidden(is_drawer)
            self._say()
        if is_drawer:
            wide = round(self._work.width() * _SHARE)
            side.setGeometry(self._work.width() - wide, 0, wide, self._work.height())

    def open(self) -> None:
        """Show what lies in the drawer."""
        if self._is_drawer and self._side.isHidden():
            self._came_from = self._work.focusWidget()
            self._side.show()
            self._side.raise_()

    def close(self) -> None:
        """Put the drawer back and go on where the clerk was."""
        if self._is_drawer and not self._side.isHidden():
            back = self._came_from
            self._side.hide()
            if back is not None:
                back.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say on the button which card is there."""
        if event.type() in _TURNED:
            self._say()
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        found = (words for card, words in self._cards.items() if not card.isHidden())
        words = next(found, "提示、分级")
        self._button.setText(words)
        self._button.setAccessibleName(f"{words}，打开提示栏")
        self._button.updateGeometry()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        work, side = self._work, self._side
        if now is not None and work.isAncestorOf(now) and not side.isAncestorOf(now):
            side.setHidden(self._is_drawer)
