"""What a unit is called on a day (unit names have validity, HOUSE.md decision 16)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.models import UnitVersion
from desk.store.models.hall import today_rows


def unit_name(session: Session, unit_id: int | None, on: date) -> str:
    """Return the unit's short name on a day, or an empty text for no unit."""
    if unit_id is None:
        return ""
    name = session.scalar(
        select(UnitVersion.short_name).where(
            UnitVersion.unit_id == unit_id, today_rows(UnitVersion, on)
        )
    )
    return name or "（已撤销的单位）"
