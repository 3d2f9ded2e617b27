"""Scenes of plans, gathered opinions and the three lists (治理清单的界面图)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from desk.cli.scenes import at_view
from desk.ui.main_window import MainWindow
from desk.ui.widgets.action_bar import ActionBar

_LATER_MS = 1500


def with_bar(view: int, action: str) -> Callable[[MainWindow], None]:
    """Return what shows a view of a page, then presses one of its actions."""

    def prepare(window: MainWindow) -> None:
        at_view(view)(window)
        QTimer.singleShot(_LATER_MS, partial(press, window))

    def press(window: MainWindow) -> None:
        page = window.pages.front
        for bar in page.findChildren(ActionBar) if page is not None else ():
            if action in bar.labels():
                bar.press(action)

    return prepare
