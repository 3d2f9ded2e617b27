"""Planning a walk (排走访): building by building, each with its doors, and why one was not made."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from desk.actions.visits import Building, CancelVisit, PlanVisit
from desk.queries.visits import EarlyChoices, VisitFile, doors_of, early_choices
from desk.rules.codes import UnitKind
from desk.rules.early_action_codes import QuestionnaireKind
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.wording import choices
from desk.ui.early.panels import EarlyStep
from desk.ui.sections.step_panel import StepPanel
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_HOW = "一行一栋，例如 青榕花园3栋：1单元101-604。选了楼栋会带出上次走的户。"


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A walk that is not there yet: what a panel is about."""

    id: int = 0
    version: int = 0


class PlanPanel(StepPanel):
    """走访清单: what is asked, in which buildings, at which doors."""

    deed, title, verb = EarlyStep.PLAN, "新的走访", "排好并打印走访表"

    def build(self) -> None:
        """Ask for the walk; the buildings are written line by line."""
        form = self.form
        self._choices: EarlyChoices | None = None
        self._kind = form.choice(
            "kind", "问什么", [Choice(*one) for one in choices(QuestionnaireKind)]
        )
        self._kind.chips.set_value(QuestionnaireKind.TEN_QUESTIONS)
        self._community = form.picker("community", "社区", PickerField("社区", required=True))
        self._grid = form.picker("grid", "网格", PickerField("网格", hint="可以不选"))
        self._day = form.text("planned_on", "哪天走", hint="如 今天、明天、11-9")
        self._day.set_text("今天")
        self._place = form.picker("place", "加一栋", PickerField("加一栋", hint="选了就写到下面"))
        self._buildings = form.text("buildings", "楼栋和户号", lines=6, required=True, hint=_HOW)
        self._community.chosen.connect(lambda _value: self._offer())
        self._place.chosen.connect(self._on_place)
        self.desk.ask(early_choices, owner=self, done=self._on_choices)

    def request(self, head: Any) -> PlanVisit:
        """Plan it."""
        community, grid = self._community.value(), self._grid.value()
        if not isinstance(community, int):
            raise RuleBroken("请选社区。", field="community")
        day = self.coming_day("planned_on", self._day.text()) or day_of(self.desk.now())
        return PlanVisit(
            **head,
            kind=QuestionnaireKind(str(self._kind.value())),
            community=community,
            grid=grid if isinstance(grid, int) else None,
            planned_on=day,
            buildings=tuple(self._read(community)),
        )

    def _read(self, community: int) -> Iterator[Building]:
        known = {place.name: place for place in self._choices.places} if self._choices else {}
        for line in self._buildings.text().splitlines():
            name, _, doors = line.replace(":", "：").partition("：")
            if not name.strip():
                continue
            place = known.get(name.strip())
            if place is None or place.community_id != community:
                raise RuleBroken(
                    f"“{name.strip()}”不是这个社区的楼栋，请从“加一栋”里选。", field="buildings"
                )
            if not doors.strip():
                raise RuleBroken(f"请写“{name.strip()}”的户号，例如 101-604。", field="buildings")
            yield Building(place.id, doors)

    def _on_choices(self, offered: EarlyChoices) -> None:
        self._choices = offered
        self._community.set_items(
            PickItem(one.id, one.short_name, one.name) for one in offered.communities
        )
        if len(offered.communities) == 1:
            self._community.set_value(offered.communities[0].id)
        self._offer()

    def _offer(self) -> None:
        community = self._community.value()
        if self._choices is None:
            return
        self._grid.set_items(
            PickItem(one.id, one.short_name, one.name)
            for one in self._choices.units
            if one.kind is UnitKind.GRID and one.parent_id == community
        )
        self._place.set_items(
            PickItem(one.id, one.name, one.pinyin)
            for one in self._choices.places
            if one.community_id == community
        )

    def _on_place(self, place: object) -> None:
        if isinstance(place, int):
            self.desk.ask(
                partial(doors_of, place=place),
                owner=self,
                done=partial(self._add_building, self._place.text()),
            )

    def _add_building(self, name: str, doors: tuple[str, ...]) -> None:
        before = self._buildings.text().rstrip()
        line = f"{name}：{'、'.join(doors)}"
        self._buildings.set_text(f"{before}\n{line}" if before else line)
        self._place.set_value(None)
        self._buildings.setFocus()


class CancelPanel(StepPanel):
    """取消走访: it was not made."""

    deed, title, verb = EarlyStep.CANCEL, "取消走访", "取消这次走访"
    file: VisitFile

    def build(self) -> None:
        """Ask why."""
        self._reason = self.form.text("reason", "为什么取消", lines=2, required=True)

    def request(self, head: Any) -> CancelVisit:
        """Cancel it."""
        return CancelVisit(
            **head, visit=self.file.id, seen=self.file.version, reason=self._reason.text()
        )
