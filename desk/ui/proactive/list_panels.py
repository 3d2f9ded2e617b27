"""Panels of the three lists (需求出题、登记资源、立项对接, and how they end)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.actions.demands import (
    ChangeDemand,
    ChangeResource,
    MoveDemand,
    MoveResource,
    OfferResource,
    RaiseDemand,
    WhistleForDemand,
)
from desk.actions.joint_projects import ChangeProject, MoveProject, ProjectFacts, StartProject
from desk.queries.three_lists import DemandRow, ProjectRow, ResourceRow, ThreeLists
from desk.queries.whistle_views import WhistleRow
from desk.queries.whistles import whistle_board
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.proactive_codes import DemandState, ProjectState, ResourceKind, ResourceState
from desk.rules.wording import label
from desk.ui.case.form_parts import SeveralUnits
from desk.ui.keys import GlobalKey, shown
from desk.ui.proactive.steps import ProactivePanel, ProactiveStep, shown_day, unit_items
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem

_NO_NAMES = "不写群众的姓名、电话。"
_OPEN = frozenset({DemandState.OPEN, DemandState.WHISTLED})


class DemandPanel(ProactivePanel):
    """需求出题: what is needed, by whom, until when."""

    deed, title, verb = ProactiveStep.DEMAND, "需求", "存入需求清单"

    def build(self) -> None:
        """Begin with the asker's own unit."""
        self._title = self.form.text(
            "title", "需要什么", required=True, hint="一句话，如 要一间老人活动室"
        )
        self._details = self.form.text("details", "具体情况", lines=4, hint=_NO_NAMES)
        self._by = self.form.text("wanted_by", "希望什么时候前（可空）", hint="如 12-31")
        if isinstance(self.file, ThreeLists):
            self._unit = self.pick("unit", "出题单位", unit_items(self.file.units))
            self._unit.set_value(self.file.own_unit)
        else:
            self.form.fill(self.theirs(self.file))

    def theirs(self, file: DemandRow | ThreeLists) -> Mapping[str, Any]:
        """Return what is on record."""
        if isinstance(file, ThreeLists):
            return {}
        return {
            "title": file.title,
            "details": file.details,
            "wanted_by": shown_day(file.wanted_by),
        }

    def request(self, head: Any) -> RaiseDemand | ChangeDemand:
        """Raise it, or correct it."""
        said: dict[str, Any] = {"title": self._title.text(), "details": self._details.text()}
        day = self._by.text()
        wanted = self.near_day("wanted_by", day, "") if day.strip() else None
        if isinstance(self.file, ThreeLists):
            unit = self.must_pick("unit", self._unit, "请选出题单位。")
            return RaiseDemand(**head, **said, wanted_by=wanted, unit=unit)
        return ChangeDemand(
            **head, **said, wanted_by=wanted, demand=self.file.id, seen=self.file.version
        )


class WhistlePanel(ProactivePanel):
    """吹哨解题: the whistle that is to settle a demand."""

    deed, title, verb = ProactiveStep.WHISTLE, "吹哨解题", "关联哨单"

    def build(self) -> None:
        """Offer the whistles that the asker knows of, the newest first."""
        self.form.add(text_label(self.file.title, "label", wraps=True))
        hint = f"还没有吹的，先按 {shown(GlobalKey.WHISTLES)} 到“吹哨”里吹，再回来选。"
        self._whistle = self.pick("whistle", "哨单", (), hint=hint)
        self.desk.ask(whistle_board, owner=self, done=self._offer)

    def _offer(self, found: Sequence[WhistleRow]) -> None:
        self._whistle.set_items(PickItem(one.id, one.number, one.matter) for one in found)

    def request(self, head: Any) -> WhistleForDemand:
        """Tie both together."""
        whistle = self.must_pick("whistle", self._whistle, "请选一张哨单。")
        return WhistleForDemand(
            **head, demand=self.file.id, seen=self.file.version, whistle=whistle
        )


@dataclass(frozen=True, slots=True)
class Ending:
    """How a line ends: which line, and which ways there are."""

    row: Any
    ways: tuple[Any, ...]

    @property
    def id(self) -> int:
        """Which line it is: what was drafted of it stays with it."""
        return int(self.row.id)

    @property
    def version(self) -> int:
        """At which version it was read."""
        return int(self.row.version)


class EndPanel(ProactivePanel):
    """办结、撤回、停用: how it ended, and why."""

    deed, title, verb = ProactiveStep.END, "了结这一条", "记下"

    def build(self) -> None:
        """Ask for the way, if there are several, and the words."""
        ending: Ending = self.file
        self.form.add(text_label(ending.row.title, "label", wraps=True))
        self._way = self.form.choice(
            "state", "结果", [Choice(one, label(one)) for one in ending.ways], required=True
        )
        self._way.chips.set_value(ending.ways[0])
        self._note = self.form.text(
            "note", "说明", lines=3, hint=f"怎么解决的、做成了什么，或为什么没成。{_NO_NAMES}"
        )

    def request(self, head: Any) -> MoveDemand | MoveResource | MoveProject:
        """Write it down."""
        row, way, note = self.file.row, self._way.value(), self._note.text()
        if isinstance(row, DemandRow):
            state = DemandState(str(way))
            return MoveDemand(**head, demand=row.id, seen=row.version, state=state, note=note)
        if isinstance(row, ResourceRow):
            return MoveResource(
                **head, resource=row.id, seen=row.version, state=ResourceState(str(way)), note=note
            )
        return MoveProject(
            **head, project=row.id, seen=row.version, state=ProjectState(str(way)), note=note
        )


class ResourcePanel(ProactivePanel):
    """登记资源: what is offered, by whom, who keeps in touch."""

    deed, title, verb = ProactiveStep.RESOURCE, "资源", "存入资源清单"

    def build(self) -> None:
        """Begin with the asker's own unit."""
        kinds = [Choice(one, label(one)) for one in ResourceKind]
        self._kind = self.form.choice("kind", "哪一类", kinds, required=True, small=True)
        self._title = self.form.text(
            "title", "能提供什么", required=True, hint="如 一楼会议室周末空着"
        )
        self._by = self.form.text(
            "offered_by", "提供单位", required=True, hint="单位、企业或社会组织的名称"
        )
        self._phone = self.form.text("phone", "办公电话（可空）", hint="只写办公电话")
        self._unit = self.pick("unit", "联系单位", ())
        self._until = self.form.text("open_until", "用到哪天（可空）", hint="如 12-31")
        self._details = self.form.text("details", "怎么用", lines=3, hint=_NO_NAMES)
        if isinstance(self.file, ThreeLists):
            self._unit.set_items(unit_items(self.file.units))
            self._unit.set_value(self.file.own_unit)
        else:
            self._unit.set_items([PickItem(self.file.unit_id, self.file.unit)])
            self.form.fill(self.theirs(self.file))

    def theirs(self, file: ResourceRow | ThreeLists) -> Mapping[str, Any]:
        """Return what is on record."""
        if isinstance(file, ThreeLists):
            return {}
        return {
            "kind": file.kind,
            "title": file.title,
            "offered_by": file.offered_by,
            "phone": file.phone,
            "unit": file.unit_id,
            "open_until": shown_day(file.open_until),
            "details": file.details,
        }

    def request(self, head: Any) -> OfferResource | ChangeResource:
        """Offer it, or correct it."""
        kind = self._kind.value()
        if kind is None:
            raise RuleBroken("请选资源是哪一类。", field="kind")
        until = self._until.text()
        said: dict[str, Any] = {
            "kind": ResourceKind(str(kind)),
            "title": self._title.text(),
            "offered_by": self._by.text(),
            "phone": self._phone.text(),
            "unit": self.must_pick("unit", self._unit, "请选联系单位。"),
            "open_until": self.near_day("open_until", until, "") if until.strip() else None,
            "details": self._details.text(),
        }
        if isinstance(self.file, ThreeLists):
            return OfferResource(**head, **said)
        return ChangeResource(**head, **said, resource=self.file.id, seen=self.file.version)


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """A project that is being written: what it may bring together, and what it is for at first.

    Attributes:
        row: the project, where it is there already.
        demand, resource: what it was begun from.
    """

    lists: ThreeLists
    row: ProjectRow | None = None
    demand: int | None = None
    resource: int | None = None

    @property
    def id(self) -> int:
        """Which project it is."""
        return self.row.id if self.row is not None else 0

    @property
    def version(self) -> int:
        """At which version it was read."""
        return self.row.version if self.row is not None else 0


class ProjectPanel(ProactivePanel):
    """立项对接: which demands are met with which resources, by whom, from when to when."""

    deed, title, verb = ProactiveStep.PROJECT, "共驻共建项目", "存入项目清单"

    def build(self) -> None:
        """Begin with what it was begun from."""
        plan: ProjectPlan = self.file
        lists, row = plan.lists, plan.row
        mine = {one for one, _ in row.demands} if row else set()
        wanted = [one for one in lists.demands if one.state in _OPEN or one.id in mine]
        used = {one for one, _ in row.resources} if row else set()
        offered = [
            one for one in lists.resources if one.state is ResourceState.OFFERED or one.id in used
        ]
        self._title = self.form.text("title", "项目名称", required=True)
        demands = SeveralUnits(
            "为哪些需求", [PickItem(one.id, one.title, one.unit) for one in wanted], hint="可选几条"
        )
        self._demands = self.form.units("demands", "为哪些需求", demands)
        resources = SeveralUnits(
            "用哪些资源", [PickItem(one.id, one.title, one.offered_by) for one in offered],
            hint="可空",
        )  # fmt: skip
        self._resources = self.form.units("resources", "用哪些资源", resources)
        self._unit = self.pick("unit", "牵头单位", unit_items(lists.units))
        self._starts = self.form.text("starts_on", "开始", required=True, hint="如 今天、11-2")
        self._ends = self.form.text("ends_on", "计划完成", required=True, hint="如 12-31")
        self._details = self.form.text("details", "怎么做", lines=4, hint=_NO_NAMES)
        if row is not None:
            self.form.fill(self.theirs(plan))
            return
        first = next((one.title for one in wanted if one.id == plan.demand), "")
        self._title.set_text(first)
        self._demands.set_value([plan.demand] if plan.demand else [])
        self._resources.set_value([plan.resource] if plan.resource else [])
        self._unit.set_value(lists.own_unit)
        self._starts.set_text(shown_day(day_of(self.desk.now())))

    def theirs(self, file: ProjectPlan) -> Mapping[str, Any]:
        """Return what is on record."""
        row = file.row
        if row is None:
            return {}
        return {
            "title": row.title,
            "demands": [one for one, _ in row.demands],
            "resources": [one for one, _ in row.resources],
            "unit": row.unit_id,
            "starts_on": shown_day(row.starts_on),
            "ends_on": shown_day(row.ends_on),
            "details": row.details,
        }

    def request(self, head: Any) -> StartProject | ChangeProject:
        """Start it, or correct it."""
        facts = ProjectFacts(
            title=self._title.text(),
            details=self._details.text(),
            unit=self.must_pick("unit", self._unit, "请选牵头单位。"),
            starts_on=self.near_day("starts_on", self._starts.text(), "请填开始的日期。"),
            ends_on=self.near_day("ends_on", self._ends.text(), "请填计划完成的日期。"),
            demands=_ids(self._demands.value()),
            resources=_ids(self._resources.value()),
        )
        row = self.file.row
        if row is None:
            return StartProject(**head, facts=facts)
        return ChangeProject(**head, project=row.id, seen=row.version, facts=facts)


def _ids(chosen: list[object]) -> tuple[int, ...]:
    return tuple(one for one in chosen if isinstance(one, int))
