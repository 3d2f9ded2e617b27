"""The three lists (三张清单): 需求, 资源, 项目; one reading serves all three."""

from functools import partial
from typing import Any

from desk.actions.demands import MoveDemand, MoveResource
from desk.actions.joint_projects import MoveProject
from desk.queries.three_lists import (
    DemandRow,
    ProjectRow,
    ResourceRow,
    ThreeLists,
    three_lists,
)
from desk.rules.proactive import DEMANDS_AT_WORK
from desk.rules.proactive_codes import DemandState, ProjectState, ResourceState
from desk.rules.wording import label
from desk.ui.keys import ActionKey, LetterKey, ListsKey
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.list_panels import (
    DemandPanel,
    Ending,
    EndPanel,
    ProjectPanel,
    ProjectPlan,
    ResourcePanel,
    WhistlePanel,
)
from desk.ui.proactive.section import ListSection
from desk.ui.proactive.steps import ProactiveHost, shown_day
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow

_MET, _DROPPED = DemandState.MET, DemandState.DROPPED


class ThreeListSection(ListSection):
    """What the three have in common: they are read together."""

    name = ""

    def __init__(self, page: Screen, host: ProactiveHost, card: LinesCard) -> None:
        super().__init__(page, host, card)
        self._lists, self._is_read = ThreeLists(), False

    def view(self) -> str:
        """Return how many are still at work."""
        if not self._is_read:
            return self.name
        return f"{self.name} {sum(self.is_open(one) for one in self.every())}"

    def head(self) -> tuple[str, str]:
        """Return how many there are."""
        return f"{self.name}清单", f"{len(self.every())} 条"

    def load(self, then: int | None = None) -> None:
        """Read the lists."""

        def came(lists: ThreeLists) -> None:
            self._lists, self._is_read = lists, True
            self.fresh.emit(then)

        self.desk.ask(three_lists, owner=self, done=came)

    def every(self) -> tuple[Any, ...]:
        """Return the lines of this list."""
        raise NotImplementedError

    def is_open(self, one: Any) -> bool:
        """Return whether somebody still has to do something."""
        raise NotImplementedError

    def one(self, key: int | None) -> Any:
        """Return a line by its id, or None."""
        return next((one for one in self.every() if one.id == key), None)

    def end(self, row: Any, *ways: Any) -> None:
        """Open the form in which a line ends."""
        self.open(EndPanel, Ending(row, ways))


class DemandSection(ThreeListSection):
    """需求清单."""

    name = "需求"

    def every(self) -> tuple[DemandRow, ...]:
        """Return the demands."""
        return self._lists.demands

    def is_open(self, one: DemandRow) -> bool:
        """Return whether it waits for a project, a whistle or its end."""
        return one.state in DEMANDS_AT_WORK

    def empty(self) -> str:
        """Say who raises demands."""
        return "还没有需求。本单位、本社区需要什么又自己办不了的，按“需求出题”写上。"

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return [_demand_row(one) for one in self.every()]

    def show(self, key: int | None) -> None:
        """Show a demand."""
        one: DemandRow | None = self.one(key)
        if one is None:
            self.lines_card.show_lines("需求清单", "", [("", self.empty())])
            return
        ended = f"{shown_day(one.ended_on)} {one.end_note}".strip()
        parts = [
            ("出题单位", f"{one.unit}　{one.raised_on:%Y-%m-%d} {one.raised_by}"),
            ("具体情况", one.details),
            ("希望在", f"{one.wanted_by:%Y-%m-%d} 前" if one.wanted_by else ""),
            ("对接项目", "\n".join(one.projects)),
            ("吹哨解题", one.whistle),
            ("结果", ended),
        ]
        self.lines_card.show_lines(one.title, label(one.state), parts)
        self.offered.emit()

    def items(self, key: int | None) -> list[ActionItem]:
        """Return bringing it together, its end, a new one."""
        one: DemandRow | None = self.one(key)
        items = self._of_demand(one) if one is not None else []
        if self._lists.may_raise:
            new = partial(self.open, DemandPanel, self._lists)
            main = not any(item.is_main for item in items)
            items.append(ActionItem("需求出题", ListsKey.NEW, new, "add", is_main=main))
        return items

    def _of_demand(self, one: DemandRow) -> list[ActionItem]:
        items = []
        if one.state in {DemandState.OPEN, DemandState.WHISTLED} and self._lists.may_raise:
            plan = ProjectPlan(self._lists, demand=one.id)
            match = partial(self.open, ProjectPanel, plan)
            items.append(ActionItem("立项对接", LetterKey.NEXT, match, "link", is_main=True))
        if not one.may_keep:
            return items
        if self.is_open(one):
            end = partial(self.end, one, _MET, _DROPPED)
            items.append(ActionItem("办结、撤回", ListsKey.FINISH_PLAN, end, "done"))
            blow = partial(self.open, WhistlePanel, one)
            items.append(ActionItem("吹哨解题", ActionKey.WHISTLE, blow, "whistle"))
            items.append(ActionItem("更改", "", partial(self.open, DemandPanel, one), "edit"))
        else:
            items.append(ActionItem("恢复", "", partial(self._reopen, one), "redo"))
        return items

    def _reopen(self, one: DemandRow) -> None:
        head = self.desk.by_me()
        request = MoveDemand(**head, demand=one.id, seen=one.version, state=DemandState.OPEN)
        self.act(request, f"“{one.title}”又在清单上。")


class ResourceSection(ThreeListSection):
    """资源清单."""

    name = "资源"

    def every(self) -> tuple[ResourceRow, ...]:
        """Return the resources."""
        return self._lists.resources

    def is_open(self, one: ResourceRow) -> bool:
        """Return whether it may be used."""
        return one.state is ResourceState.OFFERED

    def empty(self) -> str:
        """Say who offers resources."""
        return "还没有资源。驻区单位、企业能提供的场地、人员、物资，按“登记资源”写上。"

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return [_resource_row(one) for one in self.every()]

    def show(self, key: int | None) -> None:
        """Show a resource."""
        one: ResourceRow | None = self.one(key)
        if one is None:
            self.lines_card.show_lines("资源清单", "", [("", self.empty())])
            return
        until = f"{one.open_until:%Y-%m-%d}" if one.open_until else ""
        parts = [
            ("提供单位", "　".join(filter(None, (one.offered_by, one.phone)))),
            ("联系单位", one.unit),
            ("用到", until + ("（已过）" if one.is_over else "")),
            ("怎么用", one.details),
            ("用在项目", "\n".join(one.projects)),
            ("说明", one.end_note),
        ]
        note = f"{label(one.kind)} · {label(one.state)}"
        self.lines_card.show_lines(one.title, note, parts)
        self.offered.emit()

    def items(self, key: int | None) -> list[ActionItem]:
        """Return using it, stopping it, a new one."""
        one: ResourceRow | None = self.one(key)
        items = []
        if one is not None and self.is_open(one) and self._lists.may_raise:
            plan = ProjectPlan(self._lists, resource=one.id)
            match = partial(self.open, ProjectPanel, plan)
            items.append(ActionItem("立项对接", LetterKey.NEXT, match, "link", is_main=True))
        if one is not None and one.may_keep:
            if self.is_open(one):
                stop = partial(self.end, one, ResourceState.ENDED)
                items.append(ActionItem("停用", ListsKey.FINISH_PLAN, stop, "close"))
            else:
                items.append(ActionItem("恢复可用", "", partial(self._again, one), "redo"))
            edit = partial(self.open, ResourcePanel, one)
            items.append(ActionItem("更改", "", edit, "edit"))
        if self._lists.may_raise:
            new = partial(self.open, ResourcePanel, self._lists)
            main = not any(item.is_main for item in items)
            items.append(ActionItem("登记资源", ListsKey.NEW, new, "add", is_main=main))
        return items

    def _again(self, one: ResourceRow) -> None:
        head, state = self.desk.by_me(), ResourceState.OFFERED
        request = MoveResource(**head, resource=one.id, seen=one.version, state=state)
        self.act(request, f"“{one.title}”又可以用了。")


class ProjectSection(ThreeListSection):
    """项目清单."""

    name = "项目"

    def every(self) -> tuple[ProjectRow, ...]:
        """Return the projects."""
        return self._lists.projects

    def is_open(self, one: ProjectRow) -> bool:
        """Return whether it is under way."""
        return one.state is ProjectState.RUNNING

    def empty(self) -> str:
        """Say where projects come from."""
        return "还没有项目。在“需求”或“资源”里选一条，按“立项对接”。"

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return [_project_row(one) for one in self.every()]

    def show(self, key: int | None) -> None:
        """Show a project."""
        one: ProjectRow | None = self.one(key)
        if one is None:
            self.lines_card.show_lines("项目清单", "", [("", self.empty())])
            return
        parts = [
            ("牵头单位、时间", f"{one.unit}　{one.starts_on:%Y-%m-%d} 到 {one.ends_on:%Y-%m-%d}"),
            ("为这些需求", "\n".join(name for _, name in one.demands)),
            ("用这些资源", "\n".join(name for _, name in one.resources)),
            ("怎么做", one.details),
            ("结果", f"{shown_day(one.ended_on)} {one.end_note}".strip()),
        ]
        self.lines_card.show_lines(one.title, label(one.state), parts)
        self.offered.emit()

    def items(self, key: int | None) -> list[ActionItem]:
        """Return its end, or that it goes on, and a new one."""
        one: ProjectRow | None = self.one(key)
        items = []
        if one is not None and one.may_keep:
            if self.is_open(one):
                end = partial(self.end, one, ProjectState.DONE, ProjectState.DROPPED)
                edit = partial(self.open, ProjectPanel, ProjectPlan(self._lists, one))
                items = [
                    ActionItem("项目了结", LetterKey.NEXT, end, "done", is_main=True),
                    ActionItem("更改", "", edit, "edit"),
                ]
            else:
                items = [ActionItem("恢复", "", partial(self._again, one), "redo")]
        if self._lists.may_raise:
            new = partial(self.open, ProjectPanel, ProjectPlan(self._lists))
            main = not any(item.is_main for item in items)
            items.append(ActionItem("立项对接", ListsKey.NEW, new, "add", is_main=main))
        return items

    def _again(self, one: ProjectRow) -> None:
        head, state = self.desk.by_me(), ProjectState.RUNNING
        request = MoveProject(**head, project=one.id, seen=one.version, state=state)
        self.act(request, f"“{one.title}”接着做。")


def _demand_row(one: DemandRow) -> WorkRow:
    by = f"{one.wanted_by:%m-%d} 前" if one.wanted_by else ""
    late = "，已过期" if one.is_late else ""
    note = one.whistle or "、".join(one.projects) or f"{one.raised_on:%Y-%m-%d} 出题"
    said = "　".join(filter(None, (f"{by}{late}", note)))
    return WorkRow(one.id, one.title, tag=label(one.state), corner=one.unit, note=said)


def _resource_row(one: ResourceRow) -> WorkRow:
    until = f"用到 {one.open_until:%Y-%m-%d}" if one.open_until else ""
    gone = "，已过" if one.is_over else ""
    note = "　".join(filter(None, (f"{until}{gone}", "、".join(one.projects))))
    tag = label(one.kind) if one.state is ResourceState.OFFERED else label(one.state)
    return WorkRow(one.id, one.title, tag=tag, corner=one.offered_by, note=note or one.unit)


def _project_row(one: ProjectRow) -> WorkRow:
    late = "，已过期" if one.is_late else ""
    note = f"{one.ends_on:%Y-%m-%d} 前{late}　{len(one.demands)} 条需求"
    if one.resources:
        note += f"，{len(one.resources)} 项资源"
    return WorkRow(one.id, one.title, tag=label(one.state), corner=one.unit, note=note)
