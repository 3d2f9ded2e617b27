"""What pickers offer: units, staff, places, categories, as valid today."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.codes import Role, UnitKind
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.models import Category, Place, ServiceItem, Staff, StaffRole, Unit, UnitVersion
from desk.store.models.hall import today_rows


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit to choose."""

    id: int
    name: str
    short_name: str
    kind: UnitKind
    parent_id: int | None
    phone: str | None
    is_always_open: bool
    opening_hours: str | None


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """A member of staff to choose."""

    id: int
    login: str
    name: str
    unit_id: int
    desk_name: str | None
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A housing estate or building, with the community and grid it brings."""

    id: int
    name: str
    community_id: int
    grid_id: int | None
    is_border: bool
    pinyin: str


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """A category to choose; `path` is what is shown (“物业与小区 › 电梯”)."""

    id: int
    parent_id: int | None
    name: str
    path: str
    pinyin: str
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class DirectoryChoice:
    """A matter that others handle (事项目录): where to go, whom to ask, what to bring."""

    id: int
    name: str
    pinyin: str
    where: str
    contact: str
    phone: str
    address: str
    hours: str
    materials: tuple[str, ...]
    basis: str


def units(reader: Reader) -> list[UnitChoice]:
    """Return all units of today in the order of the organisation."""
    rows = reader.session.execute(
        select(
            Unit.id,
            UnitVersion.name,
            UnitVersion.short_name,
            Unit.kind,
            UnitVersion.parent_id,
            UnitVersion.phone,
            Unit.is_always_open,
            UnitVersion.opening_hours,
        )
        .join(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(
            Unit.street_id == reader.person.street_id,
            today_rows(UnitVersion, day_of(reader.now)),
        )
        .order_by(UnitVersion.position, Unit.id)
    )
    return [UnitChoice(*row) for row in rows]


def staff(reader: Reader) -> list[StaffChoice]:
    """Return everyone who works here today."""
    today = day_of(reader.now)
    held: dict[int, set[Role]] = {}
    for staff_id, role in reader.session.execute(
        select(StaffRole.staff_id, StaffRole.role).where(today_rows(StaffRole, today))
    ):
        held.setdefault(staff_id, set()).add(role)
    rows = reader.session.execute(
        select(Staff.id, Staff.login, Staff.name, Staff.unit_id, Staff.desk_name)
        .where(
            Staff.street_id == reader.person.street_id,
            Staff.is_built_in.is_(False),
            today_rows(Staff, today),
        )
        .order_by(Staff.login)
    )
    return [StaffChoice(*row, roles=frozenset(held.get(row.id, set()))) for row in rows]


def places(reader: Reader) -> list[PlaceChoice]:
    """Return the housing estates and buildings in use."""
    rows = reader.session.execute(
        select(
            Place.id, Place.name, Place.community_id, Place.grid_id, Place.is_border, Place.pinyin
        )
        .where(Place.street_id == reader.person.street_id, Place.valid_to.is_(None))
        .order_by(Place.name)
    )
    return [PlaceChoice(*row) for row in rows]


def categories(reader: Reader) -> list[CategoryChoice]:
    """Return the categories in use, parents before children."""
    rows = reader.session.execute(
        select(Category.id, Category.parent_id, Category.name, Category.pinyin, Category.unit_id)
        .where(Category.street_id == reader.person.street_id, Category.valid_to.is_(None))
        .order_by(Category.position, Category.id)
    ).all()
    names = {row.id: row.name for row in rows}
    return [
        CategoryChoice(
            id=row.id,
            parent_id=row.parent_id,
            name=row.name,
            path=f"{names[row.parent_id]} › {row.name}" if row.parent_id in names else row.name,
            pinyin=row.pinyin,
            unit_id=row.unit_id,
        )
        for row in rows
    ]


def directory(reader: Reader) -> list[DirectoryChoice]:
    """Return the matters that are in the directory today, in its order."""
    names = {unit.id: unit for unit in units(reader)}
    rows = reader.session.scalars(
        select(ServiceItem)
        .where(ServiceItem.street_id == reader.person.street_id, ServiceItem.valid_to.is_(None))
        .order_by(ServiceItem.position, ServiceItem.id)
    )
    return [_directory_choice(row, names.get(row.unit_id or 0)) for row in rows]


def _directory_choice(row: ServiceItem, unit: UnitChoice | None) -> DirectoryChoice:
    return DirectoryChoice(
        id=row.id,
        name=row.name,
        pinyin=row.pinyin,
        where=row.office or (unit.name if unit else ""),
        contact=row.contact or "",
        phone=row.phone or (unit.phone if unit else None) or "",
        address=row.address or "",
        hours=row.hours or "",
        materials=tuple(row.materials),
        basis=row.basis or "",
    )
