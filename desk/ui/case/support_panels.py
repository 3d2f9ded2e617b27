"""Panels about supporting units (协办): 协办反馈、加派、撤下."""

from types import MappingProxyType
from typing import Any

from desk.actions.support import AddSupport, DropSupport, ReportSupport
from desk.queries.support_options import SupportOptions, support_options
from desk.rules.codes import AssignmentStatus, HandlingResult
from desk.rules.deeds import Deed
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.dispatch_deeds import supports_to_drop
from desk.ui.case.form_parts import SeveralUnits, Ticks, coded
from desk.ui.case.words import contact_words
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem

_UNIT, _TEAM = "unit:", "team:"


class SupportPanel(DeedPanel):
    """协办反馈: what a supporting unit did, and how it ended for that unit."""

    deed, title, verb = Deed.REPORT_SUPPORT, "协办反馈", "反馈给主办"

    def build(self) -> None:
        """Say who leads and whether the appellant was rung; ask for result and words."""
        told = [f"主办 {self.file.lead_unit}", contact_words(self.file, self.desk.now())]
        self.form.add(text_label("　".join(filter(None, told)), "label", wraps=True))
        self._result = self.form.choice(
            "result", "协办结果", coded(HandlingResult), required=True, small=True
        )
        self._feedback = self.form.text("feedback", "协办做了什么", lines=5, required=True)

    def submit(self) -> None:
        """Ask for the result first."""
        if self._result.value() is None:
            self.missing("result", "请选协办的结果，考核时各单位分开算。")
            return
        super().submit()

    def request(self, head: OnCase) -> ReportSupport:
        """Report it to the lead."""
        result = HandlingResult(self._result.value())
        return ReportSupport(**head, result=result, feedback=self._feedback.text())


class AddSupportPanel(DeedPanel):
    """加派: further units and teams, each with its own clocks."""

    deed, title, verb = Deed.ADD_SUPPORT, "加派协办", "加派"
    stands_for = MappingProxyType({"teams": "units"})

    def build(self) -> None:
        """Ask for units or teams, and why."""
        self._wanted: Any = None
        hint = "单位和队伍都可以写名字或拼音首字母，可以选几个。"
        field = SeveralUnits("加派谁", (), hint=hint)
        self._whom = self.form.units("units", "加派谁", field)
        entry = self.form.entries["units"]

        def write(value: Any) -> None:
            self._wanted = value  # a draft comes before the list
            entry.write(value)

        self.form.entries["units"] = type(entry)(
            entry.label, entry.read, write, entry.say, entry.in_words, entry.focus
        )
        self._reason = self.form.text(
            "reason", "理由", required=True, hint="印不到纸上，办理过程里看得到。"
        )
        self.desk.ask(support_options, owner=self, done=self._on_options)

    def submit(self) -> None:
        """Ask for units first."""
        self._whom.picker.close_list()
        if not self._whom.value():
            self.missing("units", "请选要加派的单位或队伍。")
            return
        super().submit()

    def request(self, head: OnCase) -> AddSupport:
        """Give them a part."""
        chosen = [str(one) for one in self._whom.value()]
        return AddSupport(
            **head,
            units=tuple(_ids(chosen, _UNIT)),
            teams=tuple(_ids(chosen, _TEAM)),
            reason=self._reason.text(),
        )

    def _on_options(self, options: SupportOptions) -> None:
        there = {
            part.unit_id
            for part in self.file.parts
            if part.status not in {AssignmentStatus.RETURNED, AssignmentStatus.REPLACED}
        }
        accused = self.file.stand.accused_unit_id
        items = [
            PickItem(f"{_TEAM}{team.id}", team.name, note=f"{team.kind} · {team.unit}")
            for team in options.teams
            if team.unit_id not in there and team.unit_id != accused
        ]
        items += [
            PickItem(f"{_UNIT}{unit.id}", unit.short_name, search=unit.name)
            for unit in options.units
            if unit.id not in there and unit.id != accused
        ]
        self._whom.set_items(items)
        if self._wanted is not None:
            self._whom.set_value(self._wanted)
            self._wanted = None
        if self._whom.picker.edit.hasFocus() and not self._whom.value():
            self._whom.picker.open_list()


class DropSupportPanel(DeedPanel):
    """撤下协办: who no longer has to report, so that the case can be finished."""

    deed, title, verb = Deed.DROP_SUPPORT, "撤下协办", "撤下"

    def build(self) -> None:
        """Ask which of them, and why."""
        self._parts = {
            f"{part.unit}（{label(part.status)}）": part.id for part in supports_to_drop(self.file)
        }
        self._which = self.form.ticks("parts", "撤下谁", Ticks("撤下谁", self._parts))
        if len(self._parts) == 1:
            self._which.set_value(self._parts)
        self._reason = self.form.text(
            "reason", "理由", required=True, hint="撤下的单位会看到；它的时限停下，仍能查看此件。"
        )

    def submit(self) -> None:
        """Ask for at least one."""
        if not self._which.value():
            self.missing("parts", "请勾选要撤下的协办单位。")
            return
        super().submit()

    def request(self, head: OnCase) -> DropSupport:
        """End their parts."""
        return DropSupport(
            **head,
            parts=tuple(self._parts[name] for name in self._which.value()),
            reason=self._reason.text(),
        )


def _ids(chosen: list[str], prefix: str) -> list[int]:
    return [int(one.removeprefix(prefix)) for one in chosen if one.startswith(prefix)]
