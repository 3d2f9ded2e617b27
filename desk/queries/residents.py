"""How many people live where (常住人口), for 万人诉求比 and for the administration page."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from desk.queries import lookups
from desk.queries.administration import Record, Register
from desk.rules.moments import day_of
from desk.rules.residents import LIVED_IN, WHOLE_STREET
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import ResidentCount
from desk.store.models.hall import today_rows

_UNKNOWN = "还没有填"


def residents_on(reader: Reader, day: date) -> Mapping[int | None, int]:
    """Return how many people live in each unit on a day; None stands for the whole street."""
    rows = reader.session.execute(
        select(ResidentCount.unit_id, ResidentCount.residents).where(
            ResidentCount.street_id == reader.person.street_id, today_rows(ResidentCount, day)
        )
    )
    return {row.unit_id: row.residents for row in rows}


def resident_register(reader: Reader) -> Register:
    """Return the street, its communities and grids with the numbers of today and later ones."""
    today = day_of(reader.now)
    known = residents_on(reader, today)
    coming = _coming(reader, today)
    lived_in = [unit for unit in lookups.units(reader) if unit.kind in LIVED_IN]
    places = [
        (None, WHOLE_STREET, ""),
        *((unit.id, unit.name, f"{label(unit.kind)}　") for unit in lived_in),
    ]
    return Register(
        tuple(
            Record(
                unit or 0,
                name,
                f"{kind}{_said(known.get(unit))}",
                {
                    "单位": name,
                    "常住人口": str(known.get(unit, "")),
                    "从哪天起": today.isoformat(),
                },
                coming.get(unit, ""),
            )
            for unit, name, kind in places
        )
    )


def _said(residents: int | None) -> str:
    return _UNKNOWN if residents is None else f"{residents} 人"


def _coming(reader: Reader, today: date) -> Mapping[int | None, str]:
    """Say of each unit which number begins later."""
    rows = reader.session.execute(
        select(ResidentCount.unit_id, ResidentCount.residents, ResidentCount.valid_from)
        .where(ResidentCount.street_id == reader.person.street_id, ResidentCount.valid_from > today)
        .order_by(ResidentCount.valid_from)
    )
    found: dict[int | None, list[str]] = {}
    for unit, residents, start in rows:
        found.setdefault(unit, []).append(f"{start:%Y-%m-%d} 起 {residents} 人")
    return {unit: "以后：" + "，".join(said) + "。" for unit, said in found.items()}
