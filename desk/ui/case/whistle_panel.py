"""吹哨: call units together for a case, from its own file (DOMAIN.md 002-14)."""

from functools import partial

from desk.actions.whistles import RaiseWhistle
from desk.queries.whistle_options import WhistleOptions, whistle_options
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.whistles.fields import WhistleFields
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class WhistlePanel(DeedPanel):
    """Whom to call where, by when; what is known of the case is filled in, never about whom."""

    deed, title, verb = Deed.WHISTLE_FOR_CASE, "吹哨", "吹哨"
    is_wide = True

    def build(self) -> None:
        """Say which whistles there are already, and add the fields."""
        there = "、".join(f"{one.number}（{label(one.state)}）" for one in self.file.whistles)
        if there:
            self.form.add(text_label(f"此件已吹过哨：{there}。", "label", wraps=True))
        self._fields = WhistleFields(self)
        self._caller = PickerField("吹哨单位", required=True, hint="以哪个单位的名义")
        self.form.picker("caller_unit", "吹哨单位", self._caller)
        query = partial(whistle_options, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_options)

    def submit(self) -> None:
        """Say first what cannot be read."""
        try:
            self.request(self.head())
        except RuleBroken as refused:
            if refused.field in self.form.entries:
                self.missing(refused.field, str(refused))
            else:
                self.say(str(refused))
            return
        super().submit()

    def request(self, head: OnCase) -> RaiseWhistle:
        """Raise it."""
        chosen = self._caller.value()
        if not isinstance(chosen, int):
            raise RuleBroken("请选以哪个单位的名义吹哨。", field="caller_unit")
        return RaiseWhistle(
            made_by=head["made_by"],
            happened_at=head["happened_at"],
            cases=(head["case"],),
            caller_unit=chosen,
            said=self._fields.said(),
        )

    def _on_options(self, options: WhistleOptions) -> None:
        self._caller.set_items(PickItem(unit, name) for unit, name in options.callers)
        if options.callers:
            self._caller.set_value(options.callers[0][0])
        self._fields.take_options(options)
