"""Joint projects (共驻共建项目): demands and resources brought together, and what came of it.

A project that is done has met its demands; one that came to nothing gives them back to the list.
Source: DOMAIN.md 003-10.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.actions.demands import changing, end, require_keeper
from desk.rules.errors import RuleBroken
from desk.rules.proactive import DEMANDS_AT_WORK, PROJECT_MOVES
from desk.rules.proactive_codes import DemandState, ProjectState, ResourceState
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Demand, JointProject, OfferedResource, ProjectLink
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """What is said of a project.

    Attributes:
        demands, resources: what it brings together.
    """

    title: str = words("项目", longest=100)
    details: str = words("怎么做", Field.BODY, default="")
    unit: int
    starts_on: date
    ends_on: date
    demands: tuple[int, ...] = ()
    resources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProject(Request):
    """Bring demands and resources together (立项对接)."""

    facts: ProjectFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProject(Request):
    """Correct a project that is under way (更改项目)."""

    project: int
    seen: int
    facts: ProjectFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveProject(Request):
    """Say that a project is done, came to nothing, or goes on (项目完成、未成、恢复)."""

    project: int
    seen: int
    state: ProjectState
    note: str = words("说明", Field.BODY, default="")


@action(StartProject, "project.started")
def start_project(tx: Transaction, request: StartProject) -> Changes:
    """Start a project.

    Raises:
        NotAllowed: it is led by another unit.
        RuleBroken: something is missing, or a demand or resource cannot be taken.
    """
    row = JointProject(
        id=new_id(),
        street_id=tx.street_id,
        state=ProjectState.RUNNING,
        made_by=request.made_by,
        made_at=request.happened_at,
        version=1,
    )
    _write(tx, row, request.facts)
    tx.add(row)
    _link(tx, row, request.facts)
    return _told(f"立项对接：{row.title}", row)


@action(ChangeProject, "project.changed")
def change_project(tx: Transaction, request: ChangeProject) -> Changes:
    """Correct a project; a demand that is taken out is open again.

    Raises:
        NotAllowed: it is led by another unit.
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it has ended, or something is missing.
    """
    row = changing(tx, JointProject, request.project, request.seen)
    require_keeper(tx, row.unit_id)
    if row.state is not ProjectState.RUNNING:
        raise RuleBroken("这个项目已经了结。要改，请先恢复。")
    _write(tx, row, request.facts)
    _link(tx, row, request.facts)
    return _told(f"更改项目：{row.title}", row)


@action(MoveProject, "project.moved")
def move_project(tx: Transaction, request: MoveProject) -> Changes:
    """Say what became of a project; its demands follow.

    Raises:
        NotAllowed: it is led by another unit.
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is so already, or it is not said what came of it.
    """
    row = changing(tx, JointProject, request.project, request.seen)
    require_keeper(tx, row.unit_id)
    if request.state not in PROJECT_MOVES[row.state]:
        raise RuleBroken(f"这个项目现在是“{label(row.state)}”，不能这样改，请刷新后再看。")
    is_over = request.state is not ProjectState.RUNNING
    if is_over and not request.note.strip():
        raise RuleBroken("请写明做成了什么，或为什么没成。", field="note")
    row.state = request.state
    end(row, request, is_over=is_over)
    _move_demands(tx, row, request)
    return _told(f"项目{label(row.state)}：{row.title}", row, request.note)


def _write(tx: Transaction, row: JointProject, facts: ProjectFacts) -> None:
    require_keeper(tx, facts.unit)
    if not facts.title.strip():
        raise RuleBroken("请写项目的名称。", field="title")
    if facts.ends_on < facts.starts_on:
        raise RuleBroken("完成日期早于开始日期，请核对。", field="ends_on")
    if not facts.demands:
        raise RuleBroken("请至少选一条需求，项目是为它做的。", field="demands")
    row.title, row.details = facts.title.strip(), facts.details or None
    row.unit_id, row.starts_on, row.ends_on = facts.unit, facts.starts_on, facts.ends_on
    row.changed_at = tx.now


def _link(tx: Transaction, row: JointProject, facts: ProjectFacts) -> None:
    """Let a project have exactly these demands and resources."""
    links = tx.session.scalars(select(ProjectLink).where(ProjectLink.project_id == row.id)).all()
    wanted = {("demand", one) for one in facts.demands}
    wanted |= {("resource", one) for one in facts.resources}
    there = {_what(link): link for link in links}
    for what in sorted(there.keys() - wanted):
        if what[0] == "demand":
            _give_back(tx, what[1])
        tx.session.delete(there[what])
    for kind, one in sorted(wanted - there.keys()):
        if kind == "demand":
            _take(tx, one)
            _add(tx, row, demand=one)
        else:
            _require_offered(tx, one)
            _add(tx, row, resource=one)


def _what(link: ProjectLink) -> tuple[str, int]:
    """Return what a link is to; exactly one of both stands in it."""
    if link.demand_id is not None:
        return "demand", link.demand_id
    return "resource", link.resource_id or 0


def _require_offered(tx: Transaction, resource: int) -> None:
    found = tx.own(OfferedResource, resource, "请从列表里选资源。", field="resources")
    if found.state is not ResourceState.OFFERED:
        raise RuleBroken(f"资源“{found.title}”已停用，请换一项。", field="resources")


_NO_RESOURCE = "请从列表里选资源。"


def _add(
    tx: Transaction, row: JointProject, *, demand: int | None = None, resource: int | None = None
) -> None:
    tx.add(
        ProjectLink(
            id=new_id(),
            street_id=tx.street_id,
            project_id=row.id,
            demand_id=demand,
            resource_id=resource,
        )
    )


def _take(tx: Transaction, demand: int) -> None:
    row = tx.own(Demand, demand, "请从列表里选需求。", field="demands")
    if row.state not in {DemandState.OPEN, DemandState.WHISTLED}:
        raise RuleBroken(f"需求“{row.title}”{label(row.state)}，请换一条。", field="demands")
    _become(tx, row, DemandState.MATCHED)


def _give_back(tx: Transaction, demand: int) -> None:
    row = tx.own(Demand, demand, "请从列表里选需求。")
    if row.state is DemandState.MATCHED:
        _become(tx, row, DemandState.WHISTLED if row.whistle_id else DemandState.OPEN)


def _become(tx: Transaction, row: Demand, state: DemandState) -> None:
    tx.watch(row)
    row.state = state
    row.version += 1
    row.changed_at = tx.now


def _move_demands(tx: Transaction, project: JointProject, request: MoveProject) -> None:
    wanted = select(ProjectLink.demand_id).where(
        ProjectLink.project_id == project.id, ProjectLink.demand_id.is_not(None)
    )
    rows = tx.session.scalars(select(Demand).where(Demand.id.in_(wanted)).order_by(Demand.id))
    for row in rows.all():
        if request.state is ProjectState.DROPPED:
            _give_back(tx, row.id)
        elif request.state is ProjectState.DONE and row.state in _UNMET:
            _become(tx, row, DemandState.MET)
            end(row, request, is_over=True)
        elif request.state is ProjectState.RUNNING and row.state in _COME_BACK:
            _take_again(tx, row)


_UNMET: Collection[DemandState] = DEMANDS_AT_WORK
_COME_BACK = frozenset({DemandState.MET, DemandState.OPEN})


def _take_again(tx: Transaction, row: Demand) -> None:
    """Let a demand of a project that goes on wait for it again."""
    if row.state is DemandState.MET:  # by way of the list, as every demand that comes back
        _become(tx, row, DemandState.OPEN)
        row.end_note = row.ended_by = row.ended_at = None
        tx.session.flush()
    _become(tx, row, DemandState.MATCHED)


def _told(title: str, row: JointProject, detail: str = "") -> Changes:
    return Changes(title, made={"project": row.id}, detail=detail)
