"""What the writer of the demo looks up once: ids by name, limits, calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.demo.sample import LIVELY, OLD
from desk.rules.codes import Role, UnitKind
from desk.rules.deadlines import TimeRule
from desk.rules.numbering import NumberFormat, NumberKind, seed_formats
from desk.rules.working_days import Calendar
from desk.store.hall_rules import hall_calendar, time_rules
from desk.store.models import (
    Case,
    Category,
    Letterhead,
    Place,
    Staff,
    StaffRole,
    Unit,
    UnitVersion,
)


@dataclass(frozen=True, slots=True)
class Someone:
    """A member of staff as history lines name him."""

    id: int
    name: str
    unit_id: int
    desk_name: str


@dataclass(frozen=True, slots=True)
class StreetIndex:
    """The demo street by name."""

    street_id: int
    units: Mapping[str, int]
    handler_of: Mapping[int, Someone]
    by_role: Mapping[Role, tuple[Someone, ...]]
    categories: Mapping[tuple[str, str], int]
    category_unit: Mapping[int, int]
    places: Mapping[str, tuple[int, int | None]]
    rules: Mapping[int, TimeRule]
    calendar: Calendar
    formats: Mapping[NumberKind, NumberFormat]


def street_index(session: Session, street_id: int, on: date) -> StreetIndex:
    """Return the index of the street in the database."""
    found = session.execute(
        select(UnitVersion.short_name, UnitVersion.unit_id)
        .join(Unit, Unit.id == UnitVersion.unit_id)
        .where(Unit.kind != UnitKind.OUTSIDE)
    )
    units = {row.short_name: row.unit_id for row in found}
    people = {
        row.id: Someone(row.id, row.name, row.unit_id, row.desk_name or "")
        for row in session.scalars(
            select(Staff).where(Staff.is_built_in.is_(False)).order_by(Staff.login)
        )
    }
    roles: dict[Role, list[Someone]] = {}
    for staff_id, role in session.execute(
        select(StaffRole.staff_id, StaffRole.role).order_by(StaffRole.id)
    ):
        roles.setdefault(role, []).append(people[staff_id])
    prefix = session.scalars(
        select(Letterhead.prefix).where(Letterhead.body == "street").limit(1)
    ).one()
    categories, defaults = _categories(session)
    return StreetIndex(
        street_id=street_id,
        units=units,
        handler_of={
            someone.unit_id: someone
            for role in (Role.HANDLER, Role.COMMUNITY)
            for someone in reversed(roles.get(role, []))
        },
        by_role={role: tuple(found) for role, found in roles.items()},
        categories=categories,
        category_unit=defaults,
        places={
            name: (place, grid)
            for name, place, grid in session.execute(select(Place.name, Place.id, Place.grid_id))
        },
        rules=time_rules(session, street_id, on),
        calendar=hall_calendar(session, street_id, on),
        formats=seed_formats(prefix),
    )


def _categories(session: Session) -> tuple[dict[tuple[str, str], int], dict[int, int]]:
    rows = session.scalars(select(Category).order_by(Category.position)).all()
    names = {row.id: row.name for row in rows}
    found = {(names[row.parent_id], row.name): row.id for row in rows if row.parent_id}
    return found, {row.id: row.unit_id for row in rows if row.unit_id}


def cases_since(session: Session) -> tuple[int, datetime | None]:
    """Return how many cases the street has, and since when they come as often as now.

    Some of its people were there the year before, too (`demo.sample`): these few do not count.
    """
    count = session.scalar(select(func.count(Case.id))) or 0
    oldest = select(Case.received_at).order_by(Case.received_at, Case.id)
    skipped = count // OLD if count >= LIVELY else 0
    return count, session.scalar(oldest.offset(skipped).limit(1))
