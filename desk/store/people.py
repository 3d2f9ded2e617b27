"""Members of staff as the rules see them, with the roles and units they have today."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import Role, UnitKind
from desk.rules.deeds import WORKING_ROLES
from desk.rules.rights import Person
from desk.store.looked_up import once
from desk.store.models import Deputy, Staff, StaffRole, Unit, UnitVersion
from desk.store.models.hall import today_rows


def units_below(session: Session, unit_id: int, on: date) -> frozenset[int]:
    """Return a unit with all units below it (a community with its grids)."""
    parents = _parents(session, on)
    found, fresh = {unit_id}, {unit_id}
    while fresh:
        fresh = {unit for unit, above in parents.items() if above in fresh} - found
        found |= fresh
    return frozenset(found)


def _parents(session: Session, on: date) -> Mapping[int, int | None]:
    """Return of each unit the one it belongs to on a day."""

    def read() -> dict[int, int | None]:
        query = select(UnitVersion.unit_id, UnitVersion.parent_id)
        rows = session.execute(query.where(today_rows(UnitVersion, on)))
        return {row.unit_id: row.parent_id for row in rows}

    return once(session, ("parents", on), read, of=(UnitVersion,))


def _streets(session: Session) -> frozenset[int]:
    """Return the units that are a street itself."""
    query = select(Unit.id).where(Unit.kind == UnitKind.STREET)
    return once(session, "streets", lambda: frozenset(session.scalars(query)), of=(Unit,))


def staff_name(session: Session, staff_id: int) -> str | None:
    """Return the name of a member of staff, or None."""
    query = select(Staff.name).where(Staff.id == staff_id)
    return once(session, ("staff", staff_id), lambda: session.scalar(query), of=(Staff,))


def units_above(session: Session, unit_id: int, on: date) -> frozenset[int]:
    """Return the units that a unit belongs to (a grid's community), without the street itself."""
    parents, streets, found = _parents(session, on), _streets(session), set[int]()
    above = parents.get(unit_id)
    while above is not None and above not in found | streets:
        found.add(above)
        above = parents.get(above)
    return frozenset(found)


def units_about(session: Session, unit_id: int, on: date) -> frozenset[int]:
    """Return the units that a complaint about one unit concerns: above it, itself, below (回避)."""
    return units_above(session, unit_id, on) | units_below(session, unit_id, on)


def principals_of(session: Session, staff_id: int, on: date) -> frozenset[int]:
    """Return those for whom somebody stands in on a day (代理人)."""
    return frozenset(
        session.scalars(
            select(Deputy.principal_id).where(Deputy.deputy_id == staff_id, today_rows(Deputy, on))
        )
    )


def roles_of(session: Session, staff_ids: Collection[int], on: date) -> frozenset[Role]:
    """Return the roles that any of these people has on a day."""
    rows = select(StaffRole.role).where(
        StaffRole.staff_id.in_(staff_ids), today_rows(StaffRole, on)
    )
    return frozenset(Role(role) for role in session.scalars(rows))


def who_has(
    session: Session, staff_ids: Collection[int], roles: Collection[Role], on: date
) -> frozenset[int]:
    """Return which of these people have one of these roles on a day."""
    rows = select(StaffRole.staff_id).where(
        StaffRole.staff_id.in_(staff_ids), StaffRole.role.in_(roles), today_rows(StaffRole, on)
    )
    return frozenset(session.scalars(rows))


def chief_deputies(session: Session, street_id: int, on: date) -> frozenset[int]:
    """Return who stands in for the first leader of a street on a day."""
    chiefs = select(StaffRole.staff_id).where(
        StaffRole.street_id == street_id, StaffRole.role == Role.CHIEF, today_rows(StaffRole, on)
    )
    rows = select(Deputy.deputy_id).where(Deputy.principal_id.in_(chiefs), today_rows(Deputy, on))
    return frozenset(session.scalars(rows))


def person_of(session: Session, staff: Staff, on: date) -> Person:
    """Return a member of staff with the roles and units of the day `on`."""
    acts_for = principals_of(session, staff.id, on)
    roles = roles_of(session, [staff.id], on)
    acting = roles_of(session, acts_for, on) if acts_for else frozenset()
    # who only keeps the machine, checks the log or sits in the hall for another firm (驻场第三方)
    # sees no case because of his unit
    works = staff.is_built_in or bool((roles | acting) & WORKING_ROLES)
    return Person(
        staff_id=staff.id,
        name=staff.name,
        street_id=staff.street_id,
        unit_ids=units_below(session, staff.unit_id, on) if works else frozenset(),
        roles=roles,
        home_unit_id=staff.unit_id,
        desk_name=staff.desk_name or "",
        is_built_in=staff.is_built_in,
        units_above=units_above(session, staff.unit_id, on),
        acts_for=acts_for,
        acting_roles=acting,
    )
