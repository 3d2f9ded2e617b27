"""The panel for whom a case is about (被反映单位、人员): who is concerned loses it at once."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from desk.actions.recusal import RecordAccused
from desk.queries.intake import IntakeHall, intake_hall
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.rights import is_recused
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_SIGNED = (
    "意见书已签发：反映的是主办的，已出的文书作废，重新分拨；"
    "反映的是签批领导的，文书作废，由主办重报、别的领导签。"
)
_ANSWERED = "答复已经送达，不动。由别人回访；他还要求办的，新的一轮重新分拨，不回原单位。"
_LATER: Mapping[CaseStatus, str] = MappingProxyType(
    {
        CaseStatus.SEALING: _SIGNED,
        CaseStatus.DELIVERING: _SIGNED,
        CaseStatus.FOLLOW_UP: _ANSWERED,
        CaseStatus.CLOSED: _ANSWERED,
        CaseStatus.ARCHIVED: "已经归档，办过的不动；记下后被反映的看不到，纪工委照样看得到。",
        CaseStatus.MERGED: "此件已并入主件，主件和并入的各件都照此回避。",
    }
)


class AccusedPanel(DeedPanel):
    """记被反映单位: unit, person, whether it is a report, and from where it is known."""

    deed, title, verb = Deed.ACCUSE, "被反映单位、人员", "记下"
    keeps_draft = False  # whom somebody complains about is not left lying on a desk

    def build(self) -> None:
        """Say what it means, then ask whom it is about."""
        words = (
            "记下后，被反映的单位和人员立刻看不到这一件，也不能承办、审签、送达、回访；"
            "正由他们办的，收回重新分拨，原来的时限不变。两项都空着，就是没有被反映的。"
        )
        self.form.add(text_label(words, "label", wraps=True))
        if later := _LATER.get(self.file.status):
            self.form.add(text_label(later, "strong", wraps=True))
        self._unit = self.form.picker("unit", "被反映单位", PickerField("被反映单位"))
        self._staff = self.form.picker("staff", "被反映人员", PickerField("被反映人员"))
        self._mine = text_label("您本人也要回避，记下后您就看不到这一件了。", "strong", wraps=True)
        self._mine.hide()
        self.form.add(self._mine)
        self._report = self.form.check("as_report", "是举报件（转纪工委，诉求人一律保密）")
        self._report.setVisible(not self.file.stand.is_secret)
        self._reason = self.form.text(
            "reason", "从哪里知道的", required=True, hint="如：诉求人补充说明。办理过程里会留下。"
        )
        for field in (self._unit, self._staff):
            field.chosen.connect(lambda _id: self._look_at_me())
        self.desk.ask(intake_hall, owner=self, done=self._on_hall)

    def request(self, head: OnCase) -> RecordAccused:
        """Record whom the case is about."""
        return RecordAccused(
            **head,
            unit=_id(self._unit),
            staff=_id(self._staff),
            as_report=self._report.isChecked(),
            reason=self._reason.text(),
        )

    def _look_at_me(self) -> None:
        stand = replace(
            self.file.stand, accused_unit_id=_id(self._unit), accused_staff_id=_id(self._staff)
        )
        self._mine.setVisible(is_recused(stand, self.desk.person))

    def _on_hall(self, hall: IntakeHall) -> None:
        names = {unit.id: unit.short_name for unit in hall.units}
        self._unit.set_items(
            PickItem(unit.id, unit.short_name, search=unit.name) for unit in hall.units
        )
        self._staff.set_items(
            PickItem(one.id, one.name, one.login, names.get(one.unit_id, "")) for one in hall.staff
        )
        self._unit.set_value(self.file.stand.accused_unit_id)
        self._staff.set_value(self.file.stand.accused_staff_id)


def _id(field: PickerField) -> int | None:
    chosen = field.value()
    return None if chosen is None else int(str(chosen))
