"""吹哨 from a finding: what one unit cannot settle alone, with its facts filled in."""

from functools import partial
from typing import Any

from desk.actions.whistles import RaiseWhistle
from desk.queries.whistle_options import WhistleOptions, whistle_options
from desk.rules.errors import RuleBroken
from desk.ui.early.panels import EarlyStep, FindingPanel
from desk.ui.whistles.fields import WhistleFields
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class WhistlePanel(FindingPanel):
    """The fields of a whistle; place, matter and what was tried come from the finding."""

    deed, title, verb = EarlyStep.WHISTLE, "吹哨", "吹哨"
    is_wide = True

    def build(self) -> None:
        """Add the fields, with what is known filled in."""
        self._fields = WhistleFields(self)
        self._caller = PickerField("吹哨单位", required=True, hint="以哪个单位的名义")
        self.form.picker("caller_unit", "吹哨单位", self._caller)
        self.desk.ask(partial(whistle_options, below=None), owner=self, done=self._on_options)

    def request(self, head: Any) -> RaiseWhistle:
        """Raise it for the finding."""
        caller = self._caller.value()
        if not isinstance(caller, int):
            raise RuleBroken("请选以哪个单位的名义吹哨。", field="caller_unit")
        return RaiseWhistle(
            **head, caller_unit=caller, said=self._fields.said(), finding=self.file.id
        )

    def _on_options(self, options: WhistleOptions) -> None:
        self._caller.set_items(PickItem(unit, name) for unit, name in options.callers)
        if options.callers:
            self._caller.set_value(options.callers[0][0])
        self._fields.take_options(options)
        if not self._fields.matter.text():
            self._fields.site.set_text(self.file.address or self.file.community)
            self._fields.matter.set_text(self.file.situation)
            self._fields.steps.set_text(self.file.measure)
