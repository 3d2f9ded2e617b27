"""Points that units were given or lost for a month (加分、扣分), withdrawn ones marked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.queries.lookups import units
from desk.queries.sign_desks import Signer, signers_at
from desk.rules.codes import Role
from desk.store.database import Reader
from desk.store.models import BonusPoint, Staff

_MOST = 500


@dataclass(frozen=True, slots=True)
class PointsRow:
    """Points for a unit and a month; who withdrew them, where somebody did."""

    id: int
    month: str
    unit: str
    hundredths: int
    reason: str
    approved_by: str
    given_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class PointsDesk:
    """Everything needed to give points: those there are, the units, who may approve them."""

    rows: tuple[PointsRow, ...]
    units: tuple[tuple[int, str], ...]
    leaders: tuple[Signer, ...]


def points_desk(reader: Reader) -> PointsDesk:
    """Return the points given so far, the newest month first, with what can be chosen."""
    names = {unit.id: unit.short_name for unit in units(reader)}
    return PointsDesk(
        _rows(reader, names),
        tuple(sorted(names.items(), key=lambda one: one[1])),
        signers_at(reader, None, Role.LEADER),
    )


def _rows(reader: Reader, names: dict[int, str]) -> tuple[PointsRow, ...]:
    approver, withdrawer = aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(BonusPoint, approver.name, withdrawer.name)
        .join(approver, approver.id == BonusPoint.approved_by)
        .outerjoin(withdrawer, withdrawer.id == BonusPoint.withdrawn_by)
        .where(BonusPoint.street_id == reader.person.street_id)
        .order_by(BonusPoint.month.desc(), BonusPoint.id.desc())
        .limit(_MOST)
    )
    return tuple(
        PointsRow(
            id=row.id,
            month=row.month,
            unit=names.get(row.unit_id, "（已撤销的单位）"),
            hundredths=row.hundredths,
            reason=row.reason,
            approved_by=approved_by,
            given_at=row.given_at,
            withdrawn_by=withdrawn_by or "",
            withdrawn_at=row.withdrawn_at,
        )
        for row, approved_by, withdrawn_by in rows
    )
