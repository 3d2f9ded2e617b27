"""What the intake form needs to know of the hall (受理台): choices, limits, earlier words."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.queries.lookups import (
    CategoryChoice,
    DirectoryChoice,
    PlaceChoice,
    StaffChoice,
    UnitChoice,
    categories,
    directory,
    places,
    staff,
    units,
)
from desk.rules.deadlines import TimeRule
from desk.rules.grid_codes import GridPostKind
from desk.rules.moments import day_of
from desk.rules.working_days import Calendar
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar, time_rules
from desk.store.models import GridPost, Letterhead
from desk.store.models.hall import today_rows


@dataclass(frozen=True, slots=True)
class IntakeHall:
    """The hall as the form sees it today."""

    units: tuple[UnitChoice, ...]
    staff: tuple[StaffChoice, ...]
    places: tuple[PlaceChoice, ...]
    categories: tuple[CategoryChoice, ...]
    directory: tuple[DirectoryChoice, ...]
    rules: tuple[TimeRule, ...]
    calendar: Calendar
    today: date
    issuer: str = ""  # under whose name a slip goes out (抬头)
    query_hint: str = ""
    grid_workers: tuple[tuple[int, str], ...] = ()  # who is registered as 网格员, by grid

    def unit_name(self, unit_id: int | None) -> str:
        """Return the short name of a unit, or an empty text."""
        return next((u.short_name for u in self.units if u.id == unit_id), "")

    def staff_name(self, staff_id: int | None) -> str:
        """Return the name of a member of staff, or an empty text."""
        return next((s.name for s in self.staff if s.id == staff_id), "")

    def grid_worker(self, grid_id: int | None) -> str:
        """Return who works in a grid, or an empty text."""
        if grid_id is None:
            return ""
        named = "、".join(name for grid, name in self.grid_workers if grid == grid_id)
        return named or next((s.name for s in self.staff if s.unit_id == grid_id), "")


def intake_hall(reader: Reader) -> IntakeHall:
    """Return everything the form offers and counts with."""
    today = day_of(reader.now)
    street = reader.person.street_id
    issuer, query_hint = reader.session.execute(
        select(Letterhead.issuer, Letterhead.query_hint).where(
            Letterhead.street_id == street,
            Letterhead.body == "street",
            today_rows(Letterhead, today),
        )
    ).first() or ("", "")
    return IntakeHall(
        units=tuple(units(reader)),
        staff=tuple(staff(reader)),
        places=tuple(places(reader)),
        categories=tuple(categories(reader)),
        directory=tuple(directory(reader)),
        rules=tuple(time_rules(reader.session, street, today).values()),
        calendar=hall_calendar(reader.session, street, today),
        today=today,
        issuer=issuer,
        query_hint=query_hint or "",
        grid_workers=_grid_workers(reader, today),
    )


def _grid_workers(reader: Reader, today: date) -> tuple[tuple[int, str], ...]:
    rows = reader.session.execute(
        select(GridPost.unit_id, GridPost.name)
        .where(
            GridPost.street_id == reader.person.street_id,
            GridPost.kind == GridPostKind.WORKER,
            today_rows(GridPost, today),
        )
        .order_by(GridPost.unit_id, GridPost.position, GridPost.id)
    )
    return tuple((row.unit_id, row.name) for row in rows)
