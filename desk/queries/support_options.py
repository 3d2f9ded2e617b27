"""Who can be asked in to support a case (加派): units, and the hall's teams (三支队伍)."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.queries.lookups import UnitChoice, units
from desk.rules.codes import UnitKind
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.models import Team
from desk.store.models.hall import today_rows

_NOT_ASKED = frozenset({UnitKind.STREET, UnitKind.INSPECTION})


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team to call in."""

    id: int
    name: str
    kind: str
    unit_id: int
    unit: str
    phone: str
    note: str


@dataclass(frozen=True, slots=True)
class SupportOptions:
    """Everyone who may be asked in."""

    units: tuple[UnitChoice, ...]
    teams: tuple[TeamChoice, ...]


def support_options(reader: Reader) -> SupportOptions:
    """Return units and teams of today."""
    everyone = units(reader)
    return SupportOptions(
        units=tuple(unit for unit in everyone if unit.kind not in _NOT_ASKED),
        teams=teams(reader),
    )


def teams(reader: Reader) -> tuple[TeamChoice, ...]:
    """Return the teams that can be called in today, by kind and name."""
    names = {unit.id: unit.short_name for unit in units(reader)}
    rows = reader.session.scalars(
        select(Team)
        .where(Team.street_id == reader.person.street_id, today_rows(Team, day_of(reader.now)))
        .order_by(Team.kind, Team.name, Team.id)
    )
    return tuple(
        TeamChoice(
            id=row.id,
            name=row.name,
            kind=row.kind,
            unit_id=row.unit_id,
            unit=names.get(row.unit_id, ""),
            phone=row.phone or "",
            note=row.note or "",
        )
        for row in rows
    )
