"""Panels of honours (提名、撤回)."""

from dataclasses import dataclass
from typing import Any

from desk.actions.honours import NameHonour, WithdrawHonour
from desk.queries.honours import HonourBoard, UnitYear
from desk.rules.assessment_codes import HonourKind
from desk.rules.wording import label
from desk.ui.letters.step_kinds import StepKind
from desk.ui.sections.step_panel import StepPanel
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice


@dataclass(frozen=True, slots=True)
class HonourPlan:
    """A name that is being written: of which year, and the unit that was chosen, if one was."""

    board: HonourBoard
    unit: UnitYear | None = None
    version: int = 0

    @property
    def id(self) -> int:
        """Which plan it is: what was drafted of it stays with it."""
        return self.unit.unit_id if self.unit is not None else 0


class NamePanel(StepPanel):
    """提名: a unit beside its figures, or somebody whom people name."""

    deed, title, verb = StepKind.NAME, "提名", "提名"

    def build(self) -> None:
        """Ask for the kind first; the name follows it."""
        plan: HonourPlan = self.file
        offered = [Choice(one, label(one)) for one in HonourKind]
        self._kind = self.form.choice("kind", "提名什么", offered, required=True)
        self._unit = self.units(plan.board.units)
        self._person = self.form.text("person", "姓名", required=True)
        self._reason = self.form.text(
            "reason",
            "提名理由",
            lines=4,
            required=True,
            hint="写做了什么、效果怎样；不按分数提名人。",
        )
        self.form.add(text_label("个人只由人提名，程序不算分、不排名。", "hint", wraps=True))
        if plan.unit is not None:
            self._unit.set_value(plan.unit.unit_id)
            self._reason.set_text(f"全年{plan.unit.figures}。")
        self._kind.chosen.connect(self._show_kind)
        self._kind.chips.set_value(HonourKind.UNIT if plan.unit else HonourKind.PERSON)
        self._show_kind(self._kind.value())

    def request(self, head: Any) -> NameHonour:
        """Hand the name in."""
        kind = HonourKind(str(self._kind.value()))
        return NameHonour(
            **head,
            year=self.file.board.year,
            kind=kind,
            unit=self.unit_of(self._unit),
            person=self._person.text() if kind is HonourKind.PERSON else "",
            reason=self._reason.text(),
        )

    def _show_kind(self, kind: object) -> None:
        self._person.setVisible(kind == HonourKind.PERSON)


class WithdrawPanel(StepPanel):
    """撤回: why the name no longer stands."""

    deed, title, verb = StepKind.WITHDRAW, "撤回提名", "撤回"

    def build(self) -> None:
        """Show who was named, and ask for the reason."""
        name = "".join(filter(None, (self.file.unit, self.file.person)))
        words = f"{label(self.file.kind)}：{name}"
        self.form.add(text_label(words, "label", wraps=True))
        self._note = self.form.text("note", "为什么撤回", lines=2, required=True)

    def request(self, head: Any) -> WithdrawHonour:
        """Take it back."""
        return WithdrawHonour(**head, honour=self.file.id, note=self._note.text())
