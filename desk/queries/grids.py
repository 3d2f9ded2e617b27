"""Grids on screen (网格): who works there, how many households, what is open; never by person.

The work of a grid is counted as far as the reader may see it, and every number leads to its
cases and findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from desk.queries.lookups import StaffChoice, staff
from desk.rules.codes import UnitKind
from desk.rules.early_action_codes import EarlyActionState
from desk.rules.grid_codes import GridPostKind
from desk.rules.grid_lists import Duty, EvaluationItem
from desk.rules.grid_posts import may_keep
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.rights import OVERSEERS
from desk.store.database import Reader
from desk.store.grid_facts import (
    GridUnit,
    duties_on,
    grid_units,
    items_on,
    led_communities,
    post_title,
    posts_of,
)
from desk.store.models import Case, EarlyAction, Place
from desk.store.sight import seen_by
from desk.store.visit_sight import finding_seen_by

_MOST = 300
_UNDER_WAY = (EarlyActionState.OPEN, EarlyActionState.RESOLVED)


@dataclass(frozen=True, slots=True)
class PostLine:
    """Somebody with a post, as the page shows him."""

    id: int
    unit: int
    kind: GridPostKind
    title: str
    name: str
    own_phone: str
    phone: str
    area: str
    households: int | None
    is_public: bool
    valid_from: date
    valid_to: date | None
    is_me: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class GridLine:
    """A community or a grid with its people and its work.

    Attributes:
        looked_after: households that party members and others look after (包联).
        open_cases: cases that are not closed, as far as the reader sees them.
        findings: findings under way, likewise.
        may_keep: whether the reader may change who works there.
    """

    unit: GridUnit
    posts: tuple[PostLine, ...]
    looked_after: int
    open_cases: int
    findings: int
    places: tuple[str, ...]
    may_keep: bool

    @property
    def id(self) -> int:
        """Return which unit it is."""
        return self.unit.id

    @property
    def version(self) -> int:
        """Return that posts are rows of their own."""
        return 0


@dataclass(frozen=True, slots=True)
class GridBoard:
    """The communities and grids that the reader works with, and the hall's lists."""

    lines: tuple[GridLine, ...] = ()
    staff: tuple[StaffChoice, ...] = ()
    duties: tuple[Duty, ...] = ()
    items: tuple[EvaluationItem, ...] = ()
    led: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class GridCase:
    """A case behind the number of a grid."""

    case: int
    number: str
    summary: str
    status: str


@dataclass(frozen=True, slots=True)
class GridFinding:
    """A finding behind the number of a grid."""

    id: int
    number: str
    situation: str
    state: EarlyActionState
    case: int | None


def grid_board(reader: Reader) -> GridBoard:
    """Return the communities and grids, each community before its grids."""
    session, street, today = reader.session, reader.person.street_id, day_of(reader.now)
    known = grid_units(session, street, today)
    order = [unit for unit in _in_order(known) if _works_with(reader, unit)]
    posts = _posts(reader, known, today)
    cases = _counted(reader, Case.grid_id, Case.community_id, _open_cases(reader))
    findings = _counted(
        reader, EarlyAction.grid_id, EarlyAction.community_id, _open_findings(reader)
    )
    places = _places(reader)
    lines = tuple(
        GridLine(
            unit=unit,
            posts=posts.get(unit.id, ()),
            looked_after=sum(one.households or 0 for one in posts.get(unit.id, ())),
            open_cases=cases.get(unit.id, 0),
            findings=findings.get(unit.id, 0),
            places=places.get(unit.id, ()),
            may_keep=may_keep(reader.person, unit.id, unit.community_id),
        )
        for unit in order
    )
    return GridBoard(
        lines,
        tuple(staff(reader)),
        duties_on(session, street, today),
        items_on(session, street, today),
        led_communities(session, reader.person.staff_id, today),
    )


def cases_of_grid(reader: Reader, unit: int) -> tuple[GridCase, ...]:
    """Return the open cases of a grid or community that the reader sees, the oldest first."""
    rows = reader.session.execute(
        select(Case.id, Case.number, Case.summary, Case.status)
        .where(_open_cases(reader), or_(Case.grid_id == unit, Case.community_id == unit))
        .order_by(Case.received_at, Case.id)
        .limit(_MOST)
    )
    return tuple(GridCase(*row) for row in rows)


def findings_of_grid(reader: Reader, unit: int) -> tuple[GridFinding, ...]:
    """Return the findings under way in a grid or community, the oldest first."""
    here = or_(EarlyAction.grid_id == unit, EarlyAction.community_id == unit)
    rows = reader.session.execute(
        select(
            EarlyAction.id,
            EarlyAction.number,
            EarlyAction.situation,
            EarlyAction.state,
            EarlyAction.case_id,
        )
        .where(_open_findings(reader), here)
        .order_by(EarlyAction.found_at, EarlyAction.id)
        .limit(_MOST)
    )
    return tuple(GridFinding(*row) for row in rows)


def _works_with(reader: Reader, unit: GridUnit) -> bool:
    """Return whether a unit is of the reader's community, or he oversees the street."""
    person = reader.person
    everywhere = person.is_built_in or bool(person.roles & OVERSEERS)
    return everywhere or unit.community_id in person.unit_ids | person.units_above


def _in_order(known: Mapping[int, GridUnit]) -> list[GridUnit]:
    heads = [one for one in known.values() if one.kind is UnitKind.COMMUNITY]
    return [
        unit
        for head in heads
        for unit in (head, *(g for g in known.values() if g.community_id == head.id != g.id))
    ]


def _posts(
    reader: Reader, known: Mapping[int, GridUnit], today: date
) -> dict[int, tuple[PostLine, ...]]:
    found: dict[int, list[PostLine]] = {}
    for row in posts_of(reader.session, reader.person.street_id, known, today):
        line = PostLine(
            id=row.id,
            unit=row.unit_id,
            kind=row.kind,
            title=post_title(row),
            name=row.name,
            own_phone=row.phone or "",
            phone=row.phone or known[row.unit_id].phone,
            area=row.area or "",
            households=row.households,
            is_public=row.is_public,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            is_me=row.staff_id == reader.person.staff_id,
        )
        found.setdefault(row.unit_id, []).append(line)
    return {unit: tuple(lines) for unit, lines in found.items()}


def _open_cases(reader: Reader) -> ColumnElement[bool]:
    return seen_by(reader.person) & Case.status.in_(sorted(OPEN))


def _open_findings(reader: Reader) -> ColumnElement[bool]:
    return finding_seen_by(reader.person) & EarlyAction.state.in_(_UNDER_WAY)


def _counted(
    reader: Reader,
    grid: InstrumentedAttribute[int | None],
    community: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    which: ColumnElement[bool],
) -> dict[int, int]:
    """Return how many there are in each grid, and in each community as a whole."""
    found: dict[int, int] = {}
    for of in (grid, community):
        rows = reader.session.execute(select(of, func.count()).where(which).group_by(of))
        found |= {unit: number for unit, number in rows if unit is not None}
    return found


def _places(reader: Reader) -> dict[int, tuple[str, ...]]:
    rows = reader.session.execute(
        select(Place.name, Place.grid_id, Place.community_id)
        .where(Place.street_id == reader.person.street_id, Place.valid_to.is_(None))
        .order_by(Place.name)
    )
    found: dict[int, list[str]] = {}
    for name, grid, community in rows:
        for unit in filter(None, (grid, community)):
            found.setdefault(unit, []).append(name)
    return {unit: tuple(names) for unit, names in found.items()}
