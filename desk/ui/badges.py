"""The figures in the navigation (导航里的数), renewed a moment after anything has changed."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from desk.queries.waiting import waiting_counts
from desk.ui.desk import Desk
from desk.ui.page_stack import PageStack
from desk.ui.widgets.navigation import Navigation

_PAUSE_MS = 700


class Badges(QObject):
    """Asks how much waits at each place; a page that is open says its own figure.

    Args:
        parent: the window; it lives as long.
    """

    def __init__(
        self, desk: Desk, navigation: Navigation, pages: PageStack, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._navigation = desk, navigation
        self._said_by_pages: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        desk.changed.connect(lambda _changes, _who: self._soon())
        pages.badge_changed.connect(self._on_page_said)

    def ask(self) -> None:
        """Ask for the figures now."""
        self._desk.ask(waiting_counts, owner=self, done=self._on_counts)

    def _soon(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _on_counts(self, counts: Mapping[str, int]) -> None:
        for place, number in counts.items():
            if place not in self._said_by_pages:
                self._navigation.set_count(place, number)

    def _on_page_said(self, place: str, number: int) -> None:
        self._said_by_pages.add(place)
        self._navigation.set_count(place, number)
