"""Going round the parts of a screen with one key (换栏): work, side panel, action bar."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desk.ui.keys import GlobalKey
from desk.ui.widgets.composing import KeyShortcut


class PaneWalk(QObject):
    """Moves the focus to the next pane, to where it was when that pane was left.

    Args:
        host: the screen in which Ctrl+Tab works.
        panes: in the order in which they are visited; hidden ones are passed over.
    """

    def __init__(self, host: QWidget, panes: Sequence[QWidget]) -> None:
        super().__init__(host)
        self._panes = list(panes)
        self._left: dict[QWidget, QWidget] = {}
        KeyShortcut(GlobalKey.NEXT_PANE, host).pressed.connect(self.go_on)

    def go_on(self) -> None:
        """Put the focus into the next pane that can take it."""
        here = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(self._panes) if _holds(pane, here)), -1)
        if at >= 0 and here is not None:
            self._left[self._panes[at]] = here
        for step in range(1, len(self._panes) + 1):
            pane = self._panes[(at + step) % len(self._panes)]
            if (target := self._target(pane)) is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _target(self, pane: QWidget) -> QWidget | None:
        remembered = self._left.get(pane)
        if remembered is not None and _holds(pane, remembered) and _can_take(remembered):
            return remembered
        inside = [pane, *pane.findChildren(QWidget)]
        return next((widget for widget in inside if _can_take(widget)), None)


def _holds(pane: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (pane is widget or pane.isAncestorOf(widget))


def _can_take(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()
