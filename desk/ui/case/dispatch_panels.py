"""Panels of the dispatchers: 分拨、改派、改级."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from desk.actions.dispatching import DispatchCase, GradeCase
from desk.queries.case_file import CaseFile
from desk.queries.dispatch_hints import DispatchOptions, dispatch_options
from desk.queries.lookups import UnitChoice
from desk.rules.chief_dispatch import goes_unasked
from desk.rules.codes import AssignmentRole, CaseStatus, UnitKind, Urgency
from desk.rules.deeds import Deed
from desk.rules.urgency import Judgement, suggest_urgency
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.dispatch_words import PROPOSES, told_before
from desk.ui.case.form_parts import SeveralUnits, Ticks, coded
from desk.ui.case.matter_units import MatterUnits
from desk.ui.desk import Desk
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

# As the 交办单 prints them beside its boxes (resources/layouts/dispatch-slip.toml).
REQUIREMENTS = (
    "10分钟内联系",
    "30分钟内核实",
    "上门见面",
    "书面答复",
    "3个工作日内报意见书",
)
_QUESTIONS = (
    ("may_stir_opinion", "可能引发舆情"),
    ("may_petition", "可能越级上访"),
    ("is_clear", "事情清楚"),
    ("is_easy", "容易解决"),
)


class DispatchPanel(DeedPanel):
    """分拨 or 改派: lead by a digit or by name, supports, grid, level, requirements."""

    deed, title, verb = Deed.DISPATCH, "分拨", "分拨"

    def __init__(self, desk: Desk, file: CaseFile, option: object = None) -> None:
        super().__init__(desk, file, option)
        self._show_way()

    def build(self) -> None:
        """Ask for units first; everything else has an answer already."""
        form = self.form
        for sentence in told_before(self.file):
            form.add(text_label(sentence, "label", wraps=True))
        self._lead = form.picker("lead", "主办单位", PickerField("主办单位", required=True))
        self._lead.set_hint("按数字选建议的单位，或写名字、拼音首字母。")
        self._supports = form.units("supports", "协办单位", SeveralUnits("协办单位（双派）", ()))
        self._grid = form.picker("grid", "网格", PickerField("网格"))
        self._matters = MatterUnits(form, self.file)
        for changed in (self._lead.chosen, self._supports.changed, self._grid.chosen):
            changed.connect(self._offer_units)
        self._wanted: dict[str, Any] = {}
        self._names: dict[int, str] = {}
        self._kinds: dict[int, UnitKind] = {}
        for name in ("lead", "supports", "grid"):
            self._remember(name)
        self._urgency = form.choice("urgency", "级别", coded(Urgency))
        self._urgency.chips.set_value(self.file.urgency)
        self._complex = form.check("is_complex", "情况复杂（分拨时限 24 小时）")
        self._complex.setChecked(self.file.is_complex)
        self._requirements = form.ticks("requirements", "办理要求", Ticks("办理要求", REQUIREMENTS))
        self._instruction = form.text("instruction", "拟办意见", lines=2, hint="印在交办单上。")
        self._reason = form.text("reason", "改派理由", required=True, hint="原承办单位会看到。")
        self._reason.setVisible(self._is_again)
        self._directly = form.check("directly", "不再等一把手确认，按代理规则直接派出")
        self._ask_options()

    def named(self) -> tuple[str, str]:
        """Call it 改派 where the case has been dispatched before, as on the way here."""
        return ("改派", "改派") if self._is_again else (self.title, self.verb)

    def request(self, head: OnCase) -> DispatchCase:
        """Send the case to its units."""
        lead, grid = self._lead.value(), self._grid.value()
        return DispatchCase(
            **head,
            lead=int(str(lead)),
            supports=tuple(int(str(unit)) for unit in self._supports.value()),
            grid=None if grid is None else int(str(grid)),
            urgency=Urgency(self._urgency.value()),
            is_complex=self._complex.isChecked(),
            requirements=tuple(self._requirements.value()),
            instruction=self._instruction.text(),
            reason=self._reason.text() if self._is_again else "",
            matters=self._matters.chosen(),
            directly=self._directly.isChecked() and self.file.dispatch.goes_directly,
        )

    def submit(self) -> None:
        """Ask for the lead first."""
        self._lead.close_list()
        if self._lead.value() is None:
            self.missing("lead", "请选主办单位，主办只能有一个。")
            return
        super().submit()

    def theirs(self, file: CaseFile) -> Mapping[str, Any]:
        """Say who leads the case now and how it is graded."""
        supports = [p.unit_id for p in file.parts if p.role is AssignmentRole.SUPPORT]
        return {
            "lead": file.lead_unit_id,
            "supports": supports,
            "urgency": file.urgency,
            "is_complex": file.is_complex,
        }

    def start(self) -> None:
        """Open the list of suggestions."""
        super().start()
        if self._lead.value() is None and self._wanted.get("ready"):
            self._lead.open_list()

    def take_file(self, file: CaseFile) -> None:
        """Ask for a reason if it was sent meanwhile; offer the inspectors if it is theirs now."""
        before = self.file.dispatch.asked
        super().take_file(file)
        self._reason.setVisible(self._is_again)
        self._show_way()
        if file.dispatch.asked is not before:
            self._ask_options()

    def _ask_options(self) -> None:
        query = partial(dispatch_options, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_options)

    @property
    def _is_again(self) -> bool:
        return self.file.status is not CaseStatus.RECEIVED

    def _show_way(self) -> None:
        """Say on the button whether the case goes out or somebody is asked first."""
        state = self.file.dispatch
        self._directly.setVisible(state.goes_directly)
        self._directly.setChecked(state.goes_directly)
        kinds = {self._kinds[unit] for unit in self._chosen() if unit in self._kinds}
        goes_out = state.goes_directly or self._is_again or goes_unasked(state.asked, kinds)
        asked = None if goes_out else state.asked
        self.button.setText(self.named()[1] if asked is None else PROPOSES[asked])

    def _remember(self, name: str) -> None:
        """Keep what a draft puts back until the units are known."""
        entry = self.form.entries[name]

        def write(value: Any) -> None:
            self._wanted[name] = value
            entry.write(value)

        self.form.entries[name] = type(entry)(
            entry.label, entry.read, write, entry.say, entry.in_words, entry.focus
        )

    def _offer_units(self) -> None:
        """Offer the chosen units for every matter of a case with several."""
        self._matters.offer({unit: self._names.get(unit, "") for unit in self._chosen()})
        self._show_way()

    def _chosen(self) -> list[int]:
        chosen = [self._lead.value(), *self._supports.value(), self._grid.value()]
        return [int(str(unit)) for unit in chosen if unit is not None]

    def _on_options(self, options: DispatchOptions) -> None:
        everyone = (*options.units, *options.grids)
        self._names = {unit.id: unit.short_name for unit in everyone}
        self._kinds = {unit.id: unit.kind for unit in everyone}
        items = ranked_items(options)
        self._lead.set_items(items)
        self._supports.set_items(items)
        self._grid.set_items(_item(unit, "") for unit in options.grids)
        wanted, self._wanted = self._wanted, {"ready": True}
        if "ready" not in wanted:  # later on what stands there stays
            for name, value in wanted.items():
                self.form.entries[name].write(value)
        self._offer_units()
        if self._lead.edit.hasFocus() and self._lead.value() is None:
            self._lead.open_list()


class GradePanel(DeedPanel):
    """改级: the four questions, the level they suggest, and the dispatchers' own word."""

    deed, title, verb = Deed.GRADE, "定级", "定级"

    def build(self) -> None:
        """Ask the four questions; the level follows until it is chosen by hand."""
        self._questions = self.form.ticks(
            "judgement", "四项判断", Ticks("四项判断（不印给诉求人）", (w for _, w in _QUESTIONS))
        )
        self._questions.set_value(
            word for name, word in _QUESTIONS if getattr(self.file.judgement, name)
        )
        self._suggestion = text_label("", "label", wraps=True)
        self.form.add(self._suggestion)
        self._urgency = self.form.choice("urgency", "级别", coded(Urgency), required=True)
        self._urgency.chips.set_value(self.file.urgency)
        self._complex = self.form.check("is_complex", "情况复杂（分拨时限 24 小时）")
        self._complex.setChecked(self.file.is_complex)
        self._reason = self.form.text(
            "reason", "理由", hint="改级会重算办理时限，原时限留在办理过程里。"
        )
        self._questions.changed.connect(self._suggest)
        self._suggest()

    def request(self, head: OnCase) -> GradeCase:
        """Set the level."""
        return GradeCase(
            **head,
            urgency=Urgency(self._urgency.value()),
            is_complex=self._complex.isChecked(),
            judgement=self._judgement(),
            reason=self._reason.text(),
        )

    def theirs(self, file: CaseFile) -> Mapping[str, Any]:
        """Say how the case is graded now."""
        ticked = [word for name, word in _QUESTIONS if getattr(file.judgement, name)]
        return {"judgement": ticked, "urgency": file.urgency, "is_complex": file.is_complex}

    def _judgement(self) -> Judgement:
        ticked = set(self._questions.value())
        return Judgement(**{name: word in ticked for name, word in _QUESTIONS})

    def _suggest(self) -> None:
        suggestion = suggest_urgency(self._judgement())
        self._suggestion.setText(f"建议 {label(suggestion.urgency)}。{suggestion.reason}")


def ranked_items(options: DispatchOptions) -> list[PickItem]:
    """Return the units to choose from: the suggested ones first, who leads the case now last."""
    hinted = {hint.unit_id: hint.beside_name for hint in options.hints}
    order = {unit: place for place, unit in enumerate(hinted)}
    others = len(order)
    if options.lead is not None:
        hinted[options.lead], order[options.lead] = "现主办", others + 1
    ranked = sorted(options.units, key=lambda unit: order.get(unit.id, others))
    return [_item(unit, hinted.get(unit.id, "")) for unit in ranked]


def _item(unit: UnitChoice, reason: str) -> PickItem:
    return PickItem(unit.id, unit.short_name, search=unit.name, note=reason)
