"""Loads what pages need while nobody touches anything (空闲时先载入), one page at a time.

A page's code is read from the disk when the page is opened first; on an old machine the window
keeps still for that. Whoever pauses for a moment does not notice, and finds the page ready.
"""

import sys
from collections import deque
from collections.abc import Iterable
from importlib import import_module

from PySide6.QtCore import QObject

from desk.ui.idle import IdleWatch
from desk.ui.pages import Page

_PAUSE = 3 / 60  # minutes without key or mouse before the first page


class LoadingAhead(QObject):
    """Loads the modules of some pages in pauses, in the order of the navigation."""

    def __init__(self, pages: Iterable[Page], parent: QObject) -> None:
        super().__init__(parent)
        homes = (page.home.partition(":")[0] for page in pages)
        self._waiting = deque(module for module in homes if module not in sys.modules)
        self._pause = IdleWatch(self)
        self._pause.idle.connect(self.load_next)
        if self._waiting:
            self._pause.start(_PAUSE)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The modules that are still to be loaded."""
        return tuple(self._waiting)

    def load_next(self) -> None:
        """Load one page's module, and go on in the next pause."""
        if self._waiting:
            import_module(self._waiting.popleft())
        if self._waiting:
            self._pause.start(_PAUSE)
        else:
            self._pause.stop()
