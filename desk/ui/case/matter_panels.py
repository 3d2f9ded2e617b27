"""Panels of the matters of a case (事项): answer them, give them to units, add what comes up."""

from collections.abc import Mapping
from typing import Any

from desk.actions.matters import AddMatter, AnswerMatter, AssignMatter, MatterUnit
from desk.queries.case_file import CaseFile
from desk.queries.case_views import MatterView
from desk.rules.codes import AssignmentRole, AssignmentStatus
from desk.rules.deeds import Deed
from desk.rules.matters import heading_of
from desk.rules.rights import Person
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import LabelledChoice
from desk.ui.case.matter_blocks import blocks_of, first_gap, matters_now
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_GONE = frozenset({AssignmentStatus.RETURNED, AssignmentStatus.REPLACED})
_SEVERAL = 2


class AnswerMatterPanel(DeedPanel):
    """逐项答复: a block for each matter that this person's unit answers."""

    deed, title, verb = Deed.ANSWER_MATTER, "逐项答复", "记下答复"
    is_wide = True

    def build(self) -> None:
        """Show the matters of one's own; the lead sees all of them."""
        said = "写好一项就可以先记下；没写的事项留着原样。"
        self.form.add(text_label(said, "label", wraps=True))
        self._blocks = blocks_of(self.form, own_matters(self.file, self.desk.person))

    def start(self) -> None:
        """Go to the matter that was asked for, else to the first that lacks something."""
        wanted = f"answer_{self.option}" if self.option is not None else first_gap(self._blocks)
        entry = self.form.entries.get(wanted)
        if entry is None:
            super().start()
        else:
            entry.focus()

    def request(self, head: OnCase) -> AnswerMatter:
        """Answer what was written."""
        said = [block.answer() for block in self._blocks if block.says_something_new()]
        return AnswerMatter(**head, answers=tuple(said))

    def theirs(self, file: CaseFile) -> Mapping[str, Any]:
        """Say what is on record for each matter now."""
        return recorded(file)


class AssignMatterPanel(DeedPanel):
    """事项分给单位: which of the units on the case has which matter."""

    deed, title, verb = Deed.ASSIGN_MATTER, "事项分给单位", "分给单位"

    def build(self) -> None:
        """Offer the units on the case for every matter."""
        units = units_on(self.file)
        said = "只能分给已参加这一件的单位；要别的单位，请先加派。"
        self.form.add(text_label(said, "label", wraps=True))
        self._chosen: dict[int, tuple[LabelledChoice, int | None]] = {}
        for matter in matters_now(self.file):
            words = f"{matter.seq}. {heading_of(matter.content)}"
            offered = [Choice(unit, name) for unit, name in units.items()]
            field = self.form.choice(f"unit_{matter.id}", words, offered)
            field.chips.set_value(matter.unit_id)
            self._chosen[matter.id] = field, matter.unit_id

    def start(self) -> None:
        """Go to the matter that was asked for, else to the first."""
        entry = self.form.entries.get(f"unit_{self.option}")
        if entry is None:
            super().start()
        else:
            entry.focus()

    def request(self, head: OnCase) -> AssignMatter:
        """Give away what has another unit now."""
        wanted = {
            matter: int(str(field.value()))
            for matter, (field, before) in self._chosen.items()
            if field.value() not in {None, before}
        }
        given = tuple(MatterUnit(matter, unit) for matter, unit in wanted.items())
        return AssignMatter(**head, matters=given)

    def theirs(self, file: CaseFile) -> Mapping[str, Any]:
        """Say who has which matter now."""
        return {f"unit_{matter.id}": matter.unit_id for matter in file.matters}


class AddMatterPanel(DeedPanel):
    """添加事项: what came up while the case is being handled, one line each."""

    deed, title, verb = Deed.ADD_MATTER, "添加事项", "添加"

    def build(self) -> None:
        """Ask for the matters, and for a unit where there are several."""
        self._contents = self.form.text(
            "contents",
            "新提出的事项",
            lines=4,
            required=True,
            hint="一行写一件，意见书逐项答复。另一回事请用“再开一件”。",
        )
        units = units_on(self.file)
        self._unit: LabelledChoice | None = None
        if len(units) >= _SEVERAL:
            offered = [Choice(unit, name) for unit, name in units.items()]
            self._unit = self.form.choice("unit", "由谁答复", offered)
            self._unit.chips.set_value(self.file.lead_unit_id)

    def request(self, head: OnCase) -> AddMatter:
        """Add what was written, line by line."""
        lines = [line.strip() for line in self._contents.text().splitlines()]
        unit = self._unit.value() if self._unit is not None else None
        return AddMatter(
            **head,
            contents=tuple(line for line in lines if line),
            unit=None if unit is None else int(str(unit)),
        )


def own_matters(file: CaseFile, person: Person) -> list[MatterView]:
    """Return the matters of the round that this person may answer: the lead all, others theirs."""
    mine = [
        part
        for part in file.stand.parts
        if part.status not in _GONE | {AssignmentStatus.WAITING}
        and (person.is_built_in or part.unit_id in person.unit_ids)
    ]
    if any(part.role is AssignmentRole.LEAD for part in mine):
        return matters_now(file)
    units = {part.unit_id for part in mine}
    return [matter for matter in matters_now(file) if matter.unit_id in units]


def units_on(file: CaseFile) -> dict[int, str]:
    """Return the units that have a part in the case now, the lead first."""
    return {part.unit_id: part.unit for part in file.parts if part.status not in _GONE}


def recorded(file: CaseFile) -> dict[str, Any]:
    """Return what is on record for each matter, as the fields of its block read it."""
    found: dict[str, Any] = {}
    for matter in file.matters:
        found[f"result_{matter.id}"] = matter.result
        found[f"answer_{matter.id}"] = matter.answer
        found[f"basis_{matter.id}"] = matter.basis
    return found


def pointless_deeds(file: CaseFile, person: Person) -> set[Deed]:
    """Return what the rights allow but where there is nothing to do about matters."""
    found = set()
    if len(file.matters) < _SEVERAL or not own_matters(file, person):
        found.add(Deed.ANSWER_MATTER)
    if len(file.matters) < _SEVERAL or len(units_on(file)) < _SEVERAL:
        found.add(Deed.ASSIGN_MATTER)
    return found
