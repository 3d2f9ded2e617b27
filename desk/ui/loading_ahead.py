"""Makes pages ready while nobody touches anything (空闲时先备好), one step in each pause.

A page's code is read from the disk and its fields are built when it is opened first; on an old
machine the window keeps still for that. Whoever pauses for a moment does not notice, and finds the
page ready: it only has to read what it shows.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable
from importlib import import_module

from PySide6.QtCore import QObject

from desk.ui.idle import IdleWatch
from desk.ui.pages import Page

_PAUSE = 3 / 60  # minutes without key or mouse before the next step


class LoadingAhead(QObject):
    """Loads the modules of some pages in pauses, then builds them, in the order of the navigation.

    Args:
        make: builds a page that nobody has opened yet; it reads nothing.
    """

    def __init__(
        self, pages: Iterable[Page], make: Callable[[Page], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._to_make = deque(pages)
        homes = (page.home.partition(":")[0] for page in self._to_make)
        self._to_load = deque(module for module in homes if module not in sys.modules)
        self._pause = IdleWatch(self)
        self._pause.idle.connect(self.go_on)
        if self._to_make:
            self._pause.start(_PAUSE)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The modules that are still to be loaded, then the pages that are still to be built."""
        return *self._to_load, *(page.name for page in self._to_make)

    def go_on(self) -> None:
        """Take the next step, and wait for the next pause."""
        if self._to_load:
            import_module(self._to_load.popleft())
        elif self._to_make:
            self._make(self._to_make.popleft())
        if self.waiting:
            self._pause.start(_PAUSE)
        else:
            self._pause.stop()
