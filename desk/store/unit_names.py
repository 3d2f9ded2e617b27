"""What a unit is called on a day (unit names have validity, HOUSE.md decision 16)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.looked_up import once
from desk.store.models import UnitVersion
from desk.store.models.hall import today_rows


def unit_name(session: Session, unit_id: int | None, on: date) -> str:
    """Return the unit's short name on a day, or an empty text for no unit."""
    if unit_id is None:
        return ""
    return _name_and_phone(session, unit_id, on)[0] or "（已撤销的单位）"


def unit_phone(session: Session, unit_id: int, on: date) -> str | None:
    """Return the unit's office number on a day, or None."""
    return _name_and_phone(session, unit_id, on)[1]


def _name_and_phone(session: Session, unit_id: int, on: date) -> tuple[str | None, str | None]:
    def read() -> tuple[str | None, str | None]:
        version = (UnitVersion.unit_id == unit_id, today_rows(UnitVersion, on))
        row = session.execute(select(UnitVersion.short_name, UnitVersion.phone).where(*version))
        name, phone = row.first() or (None, None)
        return name, phone

    return once(session, ("unit", unit_id, on), read, of=(UnitVersion,))
