"""What is known of grids and communities on a day (网格的事实): who works there, what is asked.

Shared by the actions that print cards and signs, and by the queries of the page 网格.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import UnitKind
from desk.rules.contact_signs import Named
from desk.rules.grid_codes import GridListKind, GridPostKind
from desk.rules.grid_lists import DUTIES, ITEMS, Duty, EvaluationItem, duties_of, items_of
from desk.rules.wording import label
from desk.store.models import GridList, GridPost, Unit, UnitVersion
from desk.store.models.hall import today_rows

_ORDER = {kind: at for at, kind in enumerate(GridPostKind)}


@dataclass(frozen=True, slots=True)
class GridUnit:
    """A grid or community as it is on a day.

    Attributes:
        community_id: the community itself, or that which a grid belongs to.
        phone: its own office number, else its community's.
    """

    id: int
    name: str
    kind: UnitKind
    community_id: int
    community: str
    phone: str
    community_phone: str
    households: int | None


def grid_units(session: Session, street_id: int, on: date) -> dict[int, GridUnit]:
    """Return the communities of a street and their grids, in the order of the organisation."""
    rows = session.execute(
        select(
            Unit.id,
            Unit.kind,
            UnitVersion.short_name,
            UnitVersion.parent_id,
            UnitVersion.phone,
            UnitVersion.households,
        )
        .join(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(
            Unit.street_id == street_id,
            Unit.kind.in_([UnitKind.COMMUNITY, UnitKind.GRID]),
            today_rows(UnitVersion, on),
        )
        .order_by(UnitVersion.position, Unit.id)
    ).all()
    communities = {row.id: row for row in rows if row.kind is UnitKind.COMMUNITY}
    found: dict[int, GridUnit] = {}
    for row in rows:
        above = row if row.kind is UnitKind.COMMUNITY else communities.get(row.parent_id)
        if above is None:
            continue
        found[row.id] = GridUnit(
            id=row.id,
            name=row.short_name,
            kind=row.kind,
            community_id=above.id,
            community=above.short_name,
            phone=row.phone or above.phone or "",
            community_phone=above.phone or "",
            households=row.households,
        )
    return {unit.id: _with_sum(unit, found.values()) for unit in found.values()}


def _with_sum(unit: GridUnit, every: Iterable[GridUnit]) -> GridUnit:
    """Return a community with the households of its grids, where nobody has said its own."""
    if unit.kind is UnitKind.GRID or unit.households:
        return unit
    grids = (one.households or 0 for one in every if one.community_id == unit.id != one.id)
    return replace(unit, households=sum(grids) or None)


def posts_of(session: Session, street_id: int, units: Iterable[int], on: date) -> list[GridPost]:
    """Return who has a post in these units on a day, in the order in which cards name them."""
    rows = session.scalars(
        select(GridPost).where(
            GridPost.street_id == street_id,
            GridPost.unit_id.in_(list(units)),
            today_rows(GridPost, on),
        )
    )
    return sorted(rows, key=lambda row: (_ORDER[row.kind], row.position, row.id))


def post_title(post: GridPost) -> str:
    """Return what somebody is called: his own title, or the word for his post."""
    return post.title or label(post.kind)


def named(post: GridPost, unit: GridUnit) -> Named:
    """Return somebody as cards name him; without a number of his own it is the unit's."""
    return Named(post_title(post), post.name, post.phone or unit.phone, post.area or "")


def duties_on(session: Session, street_id: int, on: date) -> tuple[Duty, ...]:
    """Return the duties that hold on a day; ours where the hall has written none."""
    row = _list_on(session, street_id, GridListKind.DUTIES, on)
    return DUTIES if row is None else duties_of(row.items)


def items_on(session: Session, street_id: int, on: date) -> tuple[EvaluationItem, ...]:
    """Return what a month is judged by on a day; ours where the hall has written nothing."""
    row = _list_on(session, street_id, GridListKind.EVALUATION, on)
    return ITEMS if row is None else items_of(row.items)


def public_services(duties: Iterable[Duty]) -> tuple[str, ...]:
    """Return the services that cards and signs name."""
    return tuple(duty.text for duty in duties if duty.is_public)


def led_communities(session: Session, staff_id: int, on: date) -> frozenset[int]:
    """Return the communities whose secretary somebody is on a day."""
    return frozenset(
        session.scalars(
            select(GridPost.unit_id).where(
                GridPost.kind == GridPostKind.SECRETARY,
                GridPost.staff_id == staff_id,
                today_rows(GridPost, on),
            )
        )
    )


def code_places(unit: GridUnit, place: str, hall_phone: str) -> Mapping[str, str]:
    """Return what stands for the places in the line of a code square."""
    return {
        "地点": place,
        "网格": unit.name if unit.kind is UnitKind.GRID else "",
        "社区": unit.community,
        "社区电话": unit.community_phone,
        "大厅电话": hall_phone,
    }


def _list_on(session: Session, street_id: int, kind: GridListKind, on: date) -> GridList | None:
    return session.scalar(
        select(GridList).where(
            GridList.street_id == street_id, GridList.kind == kind, today_rows(GridList, on)
        )
    )
