"""The three lists (三张清单): demands, resources, and the projects that bring them together.

They name no case and are for the whole street; of a whistle only who sees it reads the number.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from desk.queries.lookups import UnitChoice, units
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.proactive import DEMANDS_AT_WORK
from desk.rules.proactive_codes import DemandState, ProjectState, ResourceKind, ResourceState
from desk.rules.rights import Person, may_in_hall
from desk.store.database import Reader
from desk.store.models import (
    Demand,
    JointProject,
    OfferedResource,
    ProjectLink,
    Staff,
    Whistle,
)
from desk.store.whistle_sight import whistle_seen_by

_MOST = 500


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A demand.

    Attributes:
        projects: what is being done about it; whistle: the whistle that is to settle it.
    """

    id: int
    version: int
    title: str
    details: str
    unit_id: int
    unit: str
    wanted_by: date | None
    state: DemandState
    whistle_id: int | None
    whistle: str
    projects: tuple[str, ...]
    raised_by: str
    raised_on: date
    end_note: str
    ended_on: date | None
    is_late: bool
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource that somebody offers."""

    id: int
    version: int
    kind: ResourceKind
    title: str
    details: str
    offered_by: str
    phone: str
    unit_id: int
    unit: str
    open_until: date | None
    state: ResourceState
    projects: tuple[str, ...]
    raised_on: date
    end_note: str
    is_over: bool  # the day until which it stands has gone by
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with what it brings together."""

    id: int
    version: int
    title: str
    details: str
    unit_id: int
    unit: str
    starts_on: date
    ends_on: date
    state: ProjectState
    demands: tuple[tuple[int, str], ...]
    resources: tuple[tuple[int, str], ...]
    end_note: str
    ended_on: date | None
    is_late: bool
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ThreeLists:
    """All three, with what forms offer.

    Attributes:
        may_raise: whether the reader may add lines; own_unit: whose they are at first.
    """

    demands: tuple[DemandRow, ...] = ()
    resources: tuple[ResourceRow, ...] = ()
    projects: tuple[ProjectRow, ...] = ()
    units: tuple[UnitChoice, ...] = ()
    own_unit: int | None = None
    may_raise: bool = False
    # a new line is a form of its own, about nothing that is there
    id: int = 0
    version: int = 0


def three_lists(reader: Reader) -> ThreeLists:
    """Return the three lists: what is open first, the latest on top."""
    known = units(reader)
    short = {unit.id: unit.short_name for unit in known}
    links = _links(reader)
    return ThreeLists(
        demands=_demands(reader, short, links),
        resources=_resources(reader, short, links),
        projects=_projects(reader, short, links),
        units=tuple(known),
        own_unit=reader.person.home_unit_id,
        may_raise=may_in_hall(Deed.KEEP_LISTS, reader.person),
    )


@dataclass(frozen=True, slots=True)
class _Links:
    """Names of both sides, by the other one's id."""

    of_demand: defaultdict[int, list[str]]
    of_resource: defaultdict[int, list[str]]
    demands: defaultdict[int, list[tuple[int, str]]]
    resources: defaultdict[int, list[tuple[int, str]]]


def _links(reader: Reader) -> _Links:
    rows = reader.session.execute(
        select(
            ProjectLink.project_id,
            JointProject.title,
            JointProject.state,
            ProjectLink.demand_id,
            Demand.title,
            ProjectLink.resource_id,
            OfferedResource.title,
        )
        .join(JointProject, JointProject.id == ProjectLink.project_id)
        .outerjoin(Demand, Demand.id == ProjectLink.demand_id)
        .outerjoin(OfferedResource, OfferedResource.id == ProjectLink.resource_id)
        .where(ProjectLink.street_id == reader.person.street_id)
        .order_by(ProjectLink.id)
    )
    found = _Links(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for project, title, state, demand, wanted, resource, offered in rows:
        stands = state is not ProjectState.DROPPED
        if demand is not None:
            found.demands[project].append((demand, wanted))
            if stands:
                found.of_demand[demand].append(title)
        if resource is not None:
            found.resources[project].append((resource, offered))
            if stands:
                found.of_resource[resource].append(title)
    return found


def _may_keep(person: Person, unit: int) -> bool:
    keeps = may_in_hall(Deed.KEEP_LISTS, person)
    return keeps and (unit in person.unit_ids or may_in_hall(Deed.KEEP_TOPICS, person))


def _demands(reader: Reader, short: dict[int, str], links: _Links) -> tuple[DemandRow, ...]:
    person, today = reader.person, day_of(reader.now)
    rows = reader.session.execute(
        select(Demand, Staff.name, Whistle.number)
        .join(Staff, Staff.id == Demand.raised_by)
        .outerjoin(Whistle, and_(Whistle.id == Demand.whistle_id, whistle_seen_by(person)))
        .where(Demand.street_id == person.street_id)
        .order_by(Demand.state.in_(DEMANDS_AT_WORK).desc(), Demand.raised_at.desc(), Demand.id)
        .limit(_MOST)
    )
    return tuple(
        DemandRow(
            id=row.id,
            version=row.version,
            title=row.title,
            details=row.details or "",
            unit_id=row.unit_id,
            unit=short.get(row.unit_id, ""),
            wanted_by=row.wanted_by,
            state=row.state,
            whistle_id=row.whistle_id if whistle else None,
            whistle=whistle or "",
            projects=tuple(links.of_demand.get(row.id, ())),
            raised_by=who,
            raised_on=day_of(row.raised_at),
            end_note=row.end_note or "",
            ended_on=day_of(row.ended_at) if row.ended_at else None,
            is_late=_is_late(row.wanted_by, today) and row.state in DEMANDS_AT_WORK,
            may_keep=_may_keep(person, row.unit_id),
        )
        for row, who, whistle in rows
    )


def _is_late(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _resources(reader: Reader, short: dict[int, str], links: _Links) -> tuple[ResourceRow, ...]:
    person, today = reader.person, day_of(reader.now)
    is_open = OfferedResource.state == ResourceState.OFFERED
    rows = reader.session.scalars(
        select(OfferedResource)
        .where(OfferedResource.street_id == person.street_id)
        .order_by(is_open.desc(), OfferedResource.raised_at.desc(), OfferedResource.id)
        .limit(_MOST)
    )
    return tuple(
        ResourceRow(
            id=row.id,
            version=row.version,
            kind=row.kind,
            title=row.title,
            details=row.details or "",
            offered_by=row.offered_by,
            phone=row.phone or "",
            unit_id=row.unit_id,
            unit=short.get(row.unit_id, ""),
            open_until=row.open_until,
            state=row.state,
            projects=tuple(links.of_resource.get(row.id, ())),
            raised_on=day_of(row.raised_at),
            end_note=row.end_note or "",
            is_over=_is_late(row.open_until, today),
            may_keep=_may_keep(person, row.unit_id),
        )
        for row in rows
    )


def _projects(reader: Reader, short: dict[int, str], links: _Links) -> tuple[ProjectRow, ...]:
    person, today = reader.person, day_of(reader.now)
    is_open = JointProject.state == ProjectState.RUNNING
    rows = reader.session.scalars(
        select(JointProject)
        .where(JointProject.street_id == person.street_id)
        .order_by(is_open.desc(), JointProject.made_at.desc(), JointProject.id)
        .limit(_MOST)
    )
    return tuple(
        ProjectRow(
            id=row.id,
            version=row.version,
            title=row.title,
            details=row.details or "",
            unit_id=row.unit_id,
            unit=short.get(row.unit_id, ""),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            state=row.state,
            demands=tuple(links.demands.get(row.id, ())),
            resources=tuple(links.resources.get(row.id, ())),
            end_note=row.end_note or "",
            ended_on=day_of(row.ended_at) if row.ended_at else None,
            is_late=row.state is ProjectState.RUNNING and row.ends_on < today,
            may_keep=_may_keep(person, row.unit_id),
        )
        for row in rows
    )
