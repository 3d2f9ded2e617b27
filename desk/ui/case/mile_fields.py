"""What every seal and every delivery asks for (印章、送达方式): fields that panels share."""

from collections.abc import Callable
from typing import Any, TypedDict

from desk.queries.case_file import CaseFile
from desk.queries.case_views import PaperView
from desk.rules.codes import DeliveryWay, PaperState
from desk.rules.notices import NUMBERED
from desk.rules.papers import HANDED_OVER
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.form_parts import coded
from desk.ui.desk import ByMe
from desk.ui.last_mile.many_run import OnList
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_USUAL_COPIES = "2"  # one for the appellant, one for the file


class SealFacts(TypedDict):
    """What the register of seals is told."""

    seal: str
    copies: int
    approved_by: str


class WayFacts(TypedDict):
    """What a delivery is told."""

    way: DeliveryWay
    tracking: str
    witness: str
    note: str


class SealingPanel(DeedPanel):
    """Asks for the seal, the copies and who allowed it."""

    keeps_draft = False

    def ask_seal(self) -> None:
        """Add the fields; the seals are offered with `offer_seals`."""
        self._seal = self.form.picker("seal", "印章", PickerField("印章", (), required=True))
        self._copies = self.form.text("copies", "份数")
        self._copies.set_text(_USUAL_COPIES)
        self.approved_by = self.form.text("approved_by", "批准人")

    def offer_seals(self, seals: tuple[str, ...]) -> None:
        """Offer the hall's seals, the usual one chosen."""
        self._seal.set_items([PickItem(seal, seal) for seal in seals])
        if self._seal.value() is None:
            self._seal.set_value(seals[0])

    def seal_facts(self) -> SealFacts:
        """Return what was written."""
        return SealFacts(
            seal=str(self._seal.value() or ""),
            copies=int(self._copies.text()),
            approved_by=self.approved_by.text(),
        )

    def submit(self) -> None:
        """Ask for a number of copies that can be one."""
        if not self._copies.text().strip().isdecimal() or int(self._copies.text()) < 1:
            self.missing("copies", "份数请写 1 以上的整数。")
            return
        super().submit()

    def like(self) -> Callable[[ByMe, OnList], Any]:
        """Return how other papers of this kind are sealed in the same way."""
        raise NotImplementedError


class DeliveryPanel(DeedPanel):
    """Asks for the way, and what the way needs."""

    def ask_way(self) -> None:
        """Add the fields."""
        self._way = self.form.choice("way", "送达方式", coded(DeliveryWay), required=True)
        self._way.chips.set_value(DeliveryWay.IN_PERSON)
        self._tracking = self.form.text("tracking", "邮寄单号", required=True)
        self._witness = self.form.text("witness", "见证人", required=True)
        self._note = self.form.text("note", "说明")
        self._way.chosen.connect(lambda _value: self._show_needed())
        self.form.edited.connect(self._show_needed)
        self._show_needed()

    def way_facts(self) -> WayFacts:
        """Return what was written, without what another way would have needed."""
        way = DeliveryWay(self._way.value())
        return WayFacts(
            way=way,
            tracking=self._tracking.text() if way is DeliveryWay.MAIL else "",
            witness=self._witness.text() if way is DeliveryWay.REFUSED else "",
            note=self._note.text(),
        )

    def _show_needed(self) -> None:
        way = self._way.value()
        self._tracking.setVisible(way == DeliveryWay.MAIL)
        self._witness.setVisible(way == DeliveryWay.REFUSED)


def notices_at(file: CaseFile, state: PaperState) -> list[PaperView]:
    """Return the notices of a case that wait for their seal, or to be handed over."""
    return [paper for paper in file.papers if paper.code in NUMBERED and paper.state is state]


def opinions_at(file: CaseFile, state: PaperState) -> list[PaperView]:
    """Return the opinions of a case in this state."""
    served = HANDED_OVER - NUMBERED
    return [paper for paper in file.papers if paper.code in served and paper.state is state]
