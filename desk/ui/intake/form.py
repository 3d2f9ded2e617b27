"""The first screen of an intake (首屏六样, the exit apart): person, address, words, category."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall
from desk.queries.lookups import PlaceChoice
from desk.ui.intake.address_field import AddressField
from desk.ui.intake.category_field import CategoryField
from desk.ui.intake.facts import Content
from desk.ui.intake.states import check_phone
from desk.ui.keys import GlobalKey, shown
from desk.ui.widgets.cards import Card
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.text_area import TextArea

_PHONE_HINT = "来过的会带出姓名和地址；不留可空着"
_NAME_HINT = "不愿留名可空着"
_OFFERED = "按电话带出，可改；不愿留名可空着"
_SPOKEN = "怎么说就怎么写，时间、地点、起因、经过、请求"


class IntakeForm(Card):
    """Telephone, appellant, address, what is asked for, category.

    Signals:
        changed: something was written or chosen.
        person_changed: telephone or name are different now.
        aim_changed: telephone, estate or category are different now.
    """

    changed = Signal()
    person_changed = Signal()
    aim_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("诉求")
        self._hall: IntakeHall | None = None
        self._offered = {"name": "", "address": ""}
        self._card = {"name": "", "address": ""}
        self._visits = ""
        self.phone = CheckedField("电话", check=self._check_phone, hint=_PHONE_HINT)
        self.name = CheckedField("诉求人", hint=_NAME_HINT)
        self.address = AddressField()
        self.details = CheckedField("诉求内容", lines=3, required=True)
        self.details.set_beside(_SPOKEN)
        self.category = CategoryField()
        self._build()
        self._connect()

    def set_hall(self, hall: IntakeHall) -> None:
        """Offer the estates of the hall."""
        self._hall = hall
        self.address.set_places(hall.places, self._chips_of)

    def set_short(self, *, is_short: bool) -> None:
        """Show only what a call of twenty seconds needs."""
        self.name.setVisible(not is_short)
        self.category.setVisible(not is_short)

    def content(self) -> dict[str, Any]:
        """Return what is in the form."""
        place = self.address.place()
        return {
            "phone": self.phone.text(),
            "name": self.name.text(),
            "address": self.address.text(),
            "place": place.id if place else None,
            "community": place.community_id if place else None,
            "grid": place.grid_id if place else None,
            "details": self.details.text(),
            "category": self.category.value(),
        }

    def restore(self, content: Content) -> None:
        """Show what was written before."""
        self._offered = {"name": "", "address": ""}
        self._card = {"name": "", "address": ""}
        self.phone.set_text(content.get("phone") or "")
        self.name.set_text(content.get("name") or "")
        self.name.set_hint(_NAME_HINT)
        self.address.set_text(content.get("address") or "")
        self.details.set_text(content.get("details") or "")
        self.category.set_value(content.get("category"))

    def offer_person(self, name: str, address: str) -> None:
        """Write what is known of the person where nothing is written, never over anything."""
        for key, field, known in (
            ("name", self.name, name),
            ("address", self.address, address),
        ):
            ours = self._offered[key]
            if not field.text() or (ours and field.text() == ours):
                self._offered[key] = known
                field.set_text(known)
                if known and isinstance(field.edit, QLineEdit) and field.edit.hasFocus():
                    field.edit.selectAll()  # who is about to write writes over it, not behind it
        self.name.set_hint(_OFFERED if self._offered["name"] else _NAME_HINT)

    def take_person(self, name: str, address: str) -> None:
        """Write what is known of the person because the clerk asked for it."""
        self._offered = {"name": name, "address": address}
        for field, known in ((self.name, name), (self.address, address)):
            if known:
                field.set_text(known)

    def take_card(self, name: str, address: str) -> tuple[str, ...]:
        """Write what a card says where nothing is written, or what a card has said before.

        A name that was only begun is completed; what an earlier visit brought gives way.

        Returns:
            What is left as it is because something else is written there.
        """
        left = []
        for key, field, said in (("name", self.name, name), ("address", self.address, address)):
            written = field.text().strip()
            ours = not written or written in {self._card[key], self._offered[key]}
            if said and (ours or (key == "name" and said.startswith(written))):
                self._card[key], self._offered[key] = said, ""
                field.set_text(said)
            elif said and said != written:
                left.append(field.edit.accessibleName())
        return tuple(left)

    def differs_from(self, name: str, address: str) -> bool:
        """Return whether something else is written than what is known."""
        return any(
            known and known != written.text().strip()
            for known, written in ((name, self.name), (address, self.address))
        )

    def say_visits(self, sentence: str) -> None:
        """Say below the telephone that the person was here before."""
        self._visits = sentence
        if self.phone.text():
            self.phone.set_state(self._check_phone(self.phone.text()))

    def say_likely(self, sentence: str) -> None:
        """Say below the telephone, while it is being written, that somebody was here before."""
        told = f"{sentence}，按 {shown(GlobalKey.PERSON)} 看"
        self.phone.set_hint(told if sentence else _PHONE_HINT)

    def _check_phone(self, text: str) -> FieldState:
        found = check_phone(text)
        if self._visits and found.state is Check.OK:
            return FieldState(Check.OK, f"{found.sentence} · {self._visits}")
        return found

    def _chips_of(self, place: PlaceChoice) -> Iterable[tuple[str, str]]:
        hall = self._hall
        if hall is None:
            return
        yield hall.unit_name(place.community_id), "pin"
        if place.grid_id is not None:
            yield hall.unit_name(place.grid_id), "people"
        worker = hall.grid_worker(place.grid_id)
        if worker:
            yield f"网格员 {worker}", "person"

    def _build(self) -> None:
        person = QHBoxLayout()
        person.setSpacing(20)
        person.addWidget(self.phone, 1)
        person.addWidget(self.name, 1)
        if isinstance(self.details.edit, TextArea):
            self.details.edit.set_foot("每秒自动存草稿")
        self.body.setContentsMargins(16, 10, 16, 10)
        self.body.setSpacing(8)
        self.body.addLayout(person)
        self.body.addWidget(self.address)
        self.body.addWidget(self.details)
        self.body.addWidget(self.category)
        self.extra = QVBoxLayout()
        self.extra.setSpacing(8)
        self.body.addLayout(self.extra)
        self.category.comes_after(self.details.edit)

    def _connect(self) -> None:
        for field in (self.phone, self.name, self.address, self.details):
            field.changed.connect(self.changed)
        self.details.changed.connect(self.category.follow)
        self.category.chosen.connect(self.changed)
        self.phone.changed.connect(self.person_changed)
        self.name.changed.connect(self.person_changed)
        self.phone.changed.connect(self.aim_changed)
        self.address.chosen.connect(self.aim_changed)
        self.category.chosen.connect(self.aim_changed)
