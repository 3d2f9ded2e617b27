"""Panels in which a whistle is raised, or written anew after it came back (吹哨、改后重报)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from desk.actions.whistles import ChangeWhistle, RaiseWhistle
from desk.queries.whistle_options import WhistleOptions, whistle_options
from desk.queries.whistle_views import WhistleFile
from desk.rules.errors import RuleBroken
from desk.ui.sections.step_panel import StepPanel
from desk.ui.whistles.fields import WhistleFields
from desk.ui.whistles.kinds import WhistleForm
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


@dataclass(frozen=True, slots=True)
class NewWhistle:
    """A whistle that is being written on the page; there is one at a time.

    Attributes:
        below: the whistle that could not settle it one level below.
    """

    below: WhistleFile | None = None
    version: int = 0

    @property
    def id(self) -> int:
        """What was drafted of it stays with what it rises from."""
        return self.below.id if self.below is not None else 0


class RaisePanel(StepPanel):
    """吹哨: from nothing, or one level up."""

    deed, title, verb = WhistleForm.RAISE, "吹哨", "吹哨"
    is_wide = True

    def build(self) -> None:
        """Add the fields, with what is usual filled in."""
        self._fields = WhistleFields(self)
        self._caller = PickerField("吹哨单位", required=True, hint="以哪个单位的名义")
        self.form.picker("caller_unit", "吹哨单位", self._caller)
        below: WhistleFile | None = self.file.below
        level = below.row.level if below is not None else None
        query = partial(whistle_options, below=level)
        self.desk.ask(query, owner=self, done=self._on_options)

    def request(self, head: Any) -> RaiseWhistle:
        """Raise it."""
        below: WhistleFile | None = self.file.below
        return RaiseWhistle(
            **head,
            caller_unit=_unit_of(self._caller),
            said=self._fields.said(),
            cases=tuple(case for case, _number in below.cases) if below is not None else (),
            risen_from=below.id if below is not None else None,
        )

    def _on_options(self, options: WhistleOptions) -> None:
        self._caller.set_items(PickItem(unit, name) for unit, name in options.callers)
        if options.callers:
            self._caller.set_value(options.callers[0][0])
        below: WhistleFile | None = self.file.below
        self._fields.take_options(options)
        if below is not None and not self._fields.matter.text():
            self._fields.site.set_text(below.row.site)
            self._fields.matter.set_text(below.row.matter)
            self._fields.steps.set_text(below.result_note)


class ChangePanel(StepPanel):
    """改后重报: what it says, written anew."""

    deed, title, verb = WhistleForm.CHANGE, "改后重报", "重报"
    is_wide = True

    def build(self) -> None:
        """Show what it says now."""
        self._fields = WhistleFields(self)
        self.desk.ask(whistle_options, owner=self, done=self._on_options)

    def request(self, head: Any) -> ChangeWhistle:
        """Hand it in again."""
        file: WhistleFile = self.file
        return ChangeWhistle(**head, whistle=file.id, seen=file.version, said=self._fields.said())

    def _on_options(self, options: WhistleOptions) -> None:
        self._fields.take_options(options)
        self._fields.show(self.file)


def _unit_of(field: PickerField) -> int:
    chosen = field.value()
    if not isinstance(chosen, int):
        raise RuleBroken("请选以哪个单位的名义吹哨。", field="caller_unit")
    return chosen
