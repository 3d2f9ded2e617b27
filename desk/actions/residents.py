"""How many people live where (常住人口): set with dates, so that past figures stay what they were.

The numbers make 万人诉求比 of the street, its communities and grids (DOMAIN.md 4.1).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.residents import LIVED_IN, MOST_PEOPLE, WHOLE_STREET
from desk.rules.rights import require_hall
from desk.store.gate import amount
from desk.store.ids import new_id
from desk.store.models import ResidentCount, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResidents(Request):
    """Say how many people live in a community, a grid or the whole street, from a day on.

    Attributes:
        unit: None for the whole street.
        residents: None where nobody knows from that day on.
    """

    unit: int | None
    residents: int | None = amount("常住人口", least=1, most=MOST_PEOPLE)
    valid_from: date


@action(SetResidents, "residents.set")
def set_residents(tx: Transaction, request: SetResidents) -> Changes:
    """Begin a number on a day; the one before it ends there, and a later one still comes.

    Raises:
        RuleBroken: nobody lives in such a unit, or it is said so already.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    name = WHOLE_STREET
    if request.unit is not None:
        unit = tx.own(Unit, request.unit, "请从列表里选社区或网格。", field="unit")
        if unit.kind not in LIVED_IN:
            raise RuleBroken("常住人口只填社区和网格。", field="unit")
        name = unit_name(tx.session, unit.id, tx.today)
    rows = _rows(tx, request.unit)
    start = request.valid_from
    before = next((row for row in rows if _covers(row, start)), None)
    if (None if before is None else before.residents) == request.residents:
        raise RuleBroken("没有不同的内容，不用保存。", field="residents")
    following = min((row.valid_from for row in rows if row.valid_from > start), default=None)
    if before is not None:
        _end(tx, before, start)
    fresh = residents_from(tx, request.unit, request.residents, start)
    for row in fresh:
        row.valid_to = following
    tx.add(*fresh)
    said = "不再计" if request.residents is None else f"{request.residents} 人"
    return Changes(f"更改常住人口：{name} {said}，{start:%Y-%m-%d} 起")


def residents_from(
    tx: Transaction, unit_id: int | None, residents: int | None, start: date
) -> list[ResidentCount]:
    """Return the row that says how many people live there from a day on; none where unknown."""
    if not residents:
        return []
    return [
        ResidentCount(
            id=new_id(),
            street_id=tx.street_id,
            unit_id=unit_id,
            residents=residents,
            valid_from=start,
            valid_to=None,
        )
    ]


def _rows(tx: Transaction, unit_id: int | None) -> list[ResidentCount]:
    return list(
        tx.session.scalars(
            select(ResidentCount).where(
                ResidentCount.street_id == tx.street_id,
                ResidentCount.unit_id.is_not_distinct_from(unit_id),
            )
        )
    )


def _covers(row: ResidentCount, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to > day)


def _end(tx: Transaction, row: ResidentCount, start: date) -> None:
    """End a row where another one begins; one that would never have counted is not kept."""
    tx.watch(row)
    if row.valid_from == start:
        tx.session.delete(row)
    else:
        row.valid_to = start
    tx.session.flush()
