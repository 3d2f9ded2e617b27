"""Brings what is known of the person to the form and the cards beside it (人员提示)."""

from PySide6.QtCore import QObject

from desk.queries.person_page import Likely
from desk.queries.visitors import Visitor
from desk.rules.same_person import say_times
from desk.ui.desk import Desk
from desk.ui.intake.form import IntakeForm
from desk.ui.intake.lookups import Lookups
from desk.ui.intake.side_bar import SideBar


class Advice(QObject):
    """Offers, and never writes over anything that somebody wrote."""

    def __init__(self, desk: Desk, form: IntakeForm, side: SideBar, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._side = form, side
        self._lookups = Lookups(desk, self)
        self._visitor: Visitor | None = None
        self._lookups.visitor_found.connect(self._on_visitor)
        self._lookups.likely_found.connect(self._on_likely)
        self._lookups.namesakes_found.connect(self._on_namesakes)
        self._lookups.neighbours_found.connect(side.neighbours.show_found)
        side.visitor.take_wanted.connect(self._on_take)
        form.person_changed.connect(self.follow)
        form.aim_changed.connect(self.follow)
        form.address.changed.connect(self._offer)

    def follow(self) -> None:
        """Look up what the form says now."""
        form = self._form
        place = form.address.place()
        self._lookups.follow_person(form.phone.text(), form.name.text())
        self._lookups.follow_aim(place.id if place else None, form.category.value())
        self._offer()

    def forget(self) -> None:
        """Begin with someone else."""
        self._visitor = None
        self._lookups.forget()

    def _on_likely(self, found: Likely | None) -> None:
        """Say what is known of a number that is still being written; it brings nothing back."""
        if self._visitor is None or not self._visitor.times:
            self._side.visitor.show_likely(found)
        is_one = found is not None and found.numbers == 1
        self._form.say_likely(say_times(found.times, found.still_open) if is_one and found else "")

    def _on_visitor(self, found: Visitor | None) -> None:
        had_one = self._visitor is not None
        self._visitor = found
        if found is None:
            self._form.say_visits("")
            if had_one:
                self._form.offer_person("", "")
                self._side.visitor.hide()
            return
        self._form.offer_person(found.name, found.address)
        self._form.say_visits(say_times(found.times, found.open))
        self._side.visitor.show_visitor(found, self._words(found))

    def _on_namesakes(self, found: object) -> None:
        if isinstance(found, list) and (found or self._visitor is None):
            self._side.visitor.show_namesakes(found)

    def _on_take(self) -> None:
        """Write name and address as they were at the last visit (Alt+P)."""
        if self._visitor is not None:
            self._form.take_person(self._visitor.name, self._visitor.address)
            self._offer()

    def _offer(self) -> None:
        if self._visitor is not None:
            self._side.visitor.offer(self._words(self._visitor))

    def _words(self, known: Visitor) -> str:
        """Return what Alt+P would write, where it differs from what is written."""
        if self._form.differs_from(known.name, ""):
            return f"改用上次登记的 {known.name}"
        return "改用上次登记的地址" if self._form.differs_from("", known.address) else ""
