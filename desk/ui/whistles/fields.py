"""The fields of a whistle (哨单的栏目), the same on the page and beside a case."""

from datetime import datetime
from typing import Any

from desk.actions.whistle_words import Call, WhistleWords
from desk.queries.lookups import places
from desk.queries.whistle_options import WhistleOptions
from desk.queries.whistle_views import WhistleFile
from desk.rules.errors import RuleBroken
from desk.rules.whistle_codes import WhistleKind
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.form_parts import SeveralUnits, coded
from desk.ui.whistles.lines import read_lines
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_HINT = "写要协调的事，不写诉求人的姓名和电话：被叫的单位都会看到。"
_OTHERWISE = "一行一个，如：执法队 1030 值班室 13800000031"


class WhistleFields:
    """Adds the fields to a panel's form, and reads them back."""

    def __init__(self, panel: FormPanel[Any]) -> None:
        self._panel, form = panel, panel.form
        self._options: WhistleOptions | None = None
        self._place: int | None = None  # until the list of estates is there
        self.kind = form.choice("kind", "类型", coded(WhistleKind), required=True, small=True)
        asked = "叫哪些单位"
        several = SeveralUnits(asked, (), hint="输入几个字或拼音，可多选", word="叫")
        self.units = form.units("units", asked, several)
        self.required = form.moment(
            "required_at", "要求到场", MomentEdit("要求到场", panel.desk.now, required=True)
        )
        self.site = form.text("site", "地点", required=True, hint="到哪里报到，写到门口。")
        self.matter = form.text("matter", "事由", lines=3, required=True, hint=_HINT)
        self.steps = form.text("steps_taken", "已采取措施", lines=2, hint="做过什么、为什么不够。")
        self.level = form.choice("level", "吹哨级别", (), required=True, small=True)
        self.otherwise = form.text(
            "contacts", "个别单位的时间、联系人（可空）", lines=2, hint=_OTHERWISE
        )
        self.place = form.picker("place", "小区", PickerField("小区（可空）", hint="输入几个字"))
        self.caller = form.text("caller", "吹哨人", required=True)
        self.phone = form.text("caller_phone", "吹哨人电话", hint="留办公电话。")
        self.kind.chips.set_value(WhistleKind.KEY)
        self.kind.chosen.connect(lambda _kind: self._set_time())
        self.caller.set_text(panel.desk.person.name)
        panel.desk.ask(places, owner=panel, done=self._on_places)

    def take_options(self, options: WhistleOptions) -> None:
        """Offer what may be chosen; what was written before stays."""
        self._options = options
        self.level.set_choices([Choice(one, one) for one in options.levels])
        chosen = self.units.value()
        self.units.set_items(PickItem(unit, name) for unit, name in options.units)
        self.units.set_value(chosen or options.suggested)
        if self.level.value() is None:
            self.level.chips.set_value(options.level)
        for field, words in (
            (self.site, options.site),
            (self.matter, options.matter),
            (self.phone, options.phone),
        ):
            if not field.text():
                field.set_text(words)
        if self.required.moment() is None:
            self._set_time()
        if options.place_id is not None and self.place.value() is None:
            self._set_place(options.place_id)

    def show(self, file: WhistleFile) -> None:
        """Show what a whistle says already."""
        row = file.row
        self.kind.chips.set_value(row.kind)
        self.level.chips.set_value(row.level)
        for field, words in (
            (self.site, row.site),
            (self.matter, row.matter),
            (self.steps, file.steps_taken),
            (self.caller, file.caller),
            (self.phone, file.caller_phone),
        ):
            field.set_text(words)
        self.units.set_value([one.unit_id for one in row.units])
        first = next((one.required_at for one in row.units if one.required_at), None)
        if first is not None:
            self.required.set_moment(first)
        self._set_place(file.place_id)

    def said(self) -> WhistleWords:
        """Return what stands in the fields.

        Raises:
            RuleBroken: a unit, or the time by which it should be there, is missing.
        """
        self.required.check_now()
        due = self.required.moment()
        if due is None:
            raise RuleBroken("请填要求到场的时间，例如 1030。", field="required_at")
        place = self.place.value()
        return WhistleWords(
            level=str(self.level.value() or ""),
            kind=WhistleKind(str(self.kind.value())),
            caller=self.caller.text(),
            caller_phone=self.phone.text(),
            place=place if isinstance(place, int) else None,
            site=self.site.text(),
            matter=self.matter.text(),
            steps_taken=self.steps.text(),
            units=self._calls(due),
        )

    def _calls(self, due: datetime) -> tuple[Call, ...]:
        chosen = [int(str(unit)) for unit in self.units.value()]
        names = dict(self._options.units) if self._options else {}
        listed = [(unit, names.get(unit, "")) for unit in chosen]
        typed = read_lines(
            self.otherwise.text(),
            listed,
            self._panel.desk.now(),
            field="contacts",
            looks_back=False,
        )
        own = {one.unit: one for one in typed}
        return tuple(
            Call(
                unit=unit,
                required_at=(own[unit].at if unit in own else None) or due,
                contact=" ".join(own[unit].words) if unit in own else "",
            )
            for unit in chosen
        )

    def _set_time(self) -> None:
        if self._options is not None and self.kind.value() is not None:
            kind = WhistleKind(str(self.kind.value()))
            self.required.set_moment(self._options.required_at(kind, self._panel.desk.now()))

    def _set_place(self, place: int | None) -> None:
        self._place = place
        self.place.set_value(place)

    def _on_places(self, found: Any) -> None:
        kept = self.place.value() or self._place
        self.place.set_items(PickItem(one.id, one.name, search=one.pinyin) for one in found)
        self.place.set_value(kept)
