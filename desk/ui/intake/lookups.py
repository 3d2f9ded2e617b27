"""Looks up person and neighbours while the clerk writes (边写边查), never in his way."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desk.queries.person_page import digits_of, likely_visitor
from desk.queries.place_page import neighbours_of
from desk.queries.visitors import namesakes, visitor
from desk.rules.errors import DeskError
from desk.rules.identity import FieldState, normalise_name, normalise_phone, phone_check
from desk.rules.same_person import FEWEST_DIGITS
from desk.ui.desk import Desk

_PAUSE_MS = 250
_SHORTEST_NAME = 2
Aim = tuple[int | None, int | None]  # estate, category
_NO_AIM: Aim = (None, None)


class Lookups(QObject):
    """Asks a moment after the last stroke; an answer to an older question is dropped.

    Signals:
        likely_found: how often somebody was here whose number begins so; carries a Likely, or None.
        visitor_found: who gave this telephone number before; carries a Visitor, or None.
        namesakes_found: people of this name, while no number is given; carries a list.
        neighbours_found: how cases of this category were solved at this place; carries a tuple.
    """

    likely_found = Signal(object)
    visitor_found = Signal(object)
    namesakes_found = Signal(object)
    neighbours_found = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person = ("", "")
        self._asked_person = ("", "")
        self._start = self._asked_start = ""
        self._aim: Aim = _NO_AIM
        self._asked_aim: Aim = _NO_AIM
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._ask)

    def follow_person(self, phone: str, name: str) -> None:
        """Note who is being written down."""
        is_whole = bool(phone.strip()) and phone_check(phone).state is not FieldState.WRONG
        number = normalise_phone(phone) if is_whole else ""
        asked = normalise_name(name) if not phone.strip() else ""
        self._person = (number, asked if len(asked) >= _SHORTEST_NAME else "")
        start = digits_of(phone)
        self._start = start if not is_whole and len(start) >= FEWEST_DIGITS else ""
        self._timer.start()

    def follow_aim(self, place: int | None, category: int | None) -> None:
        """Note what the appeal is about."""
        self._aim = (place, category)
        self._timer.start()

    def _ask_neighbours(self, place: int | None, category: int | None) -> None:
        if place is None or category is None:
            self.neighbours_found.emit(())
            return

        def found(solved: object) -> None:
            if self._asked_aim == (place, category):
                self.neighbours_found.emit(solved)

        query = partial(neighbours_of, place=place, category=category)
        self._desk.ask(query, owner=self, done=found, failed=self._on_failed)

    def forget(self) -> None:
        """Begin with someone else."""
        self._timer.stop()
        self._person = self._asked_person = ("", "")
        self._start = self._asked_start = ""
        self._aim = self._asked_aim = _NO_AIM
        self.visitor_found.emit(None)
        self.namesakes_found.emit([])
        self.neighbours_found.emit(())

    def _ask(self) -> None:
        if self._person != self._asked_person:
            self._asked_person = self._person
            self._ask_person(*self._person)
        if self._start != self._asked_start:
            self._asked_start = self._start
            self._ask_likely(self._start)
        if self._aim != self._asked_aim:
            self._asked_aim = self._aim
            self._ask_neighbours(*self._aim)

    def _ask_likely(self, start: str) -> None:
        if not start:
            self.likely_found.emit(None)
            return

        def found(likely: object) -> None:
            if start == self._asked_start:
                self.likely_found.emit(likely)

        query = partial(likely_visitor, phone=start)
        self._desk.ask(query, owner=self, done=found, failed=self._on_failed)

    def _ask_person(self, phone: str, name: str) -> None:
        asked = (phone, name)
        if phone:
            self.namesakes_found.emit([])
            self._desk.ask(
                partial(visitor, phone=phone),
                owner=self,
                done=lambda found: self._on_visitor(asked, found),
                failed=self._on_failed,
            )
            return
        self.visitor_found.emit(None)
        if not name:
            self.namesakes_found.emit([])
            return
        self._desk.ask(
            partial(namesakes, name=name),
            owner=self,
            done=lambda found: self._on_namesakes(asked, found),
            failed=self._on_failed,
        )

    def _on_visitor(self, asked: tuple[str, str], found: object) -> None:
        if asked == self._asked_person:
            self.visitor_found.emit(found)

    def _on_namesakes(self, asked: tuple[str, str], found: object) -> None:
        if asked == self._asked_person:
            self.namesakes_found.emit(found)

    def _on_failed(self, _error: DeskError) -> None:
        """Advice can wait: the form goes on without it, and saving will say what is wrong."""
