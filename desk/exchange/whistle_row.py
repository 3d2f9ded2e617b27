"""One whistle as a ledger tells it (吹哨台账的一行, EXCHANGE.md 2.3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from desk.exchange import cells
from desk.exchange.cells import Cell
from desk.exchange.row_shape import Reader, RowShape
from desk.exchange.write_workbook import shown_moment
from desk.rules.whistle_codes import WhistleKind, WhistleResult
from desk.rules.whistle_settings import tidy_level

_BETWEEN = re.compile("[;；]")


class Moments(tuple[datetime | None, ...]):
    """Moments in the order of the units, empty where one did not come; written with “;”."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return them as a ledger writes them."""
        return ";".join(shown_moment(one) if one else "" for one in self)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhistleRow:
    """The facts of one row; "" and None are what the ledger left open."""

    row_number: int
    outside_number: str
    level: str
    caller_unit: str
    raised_at: datetime
    matter: str
    units: tuple[str, ...]
    kind: WhistleKind | None = None
    linked: tuple[str, ...] = ()
    required_at: Moments | None = None
    arrived_at: Moments | None = None
    result: WhistleResult | None = None
    resolved_at: datetime | None = None
    rating: str = ""
    remark: str = ""


def _moments(cell: Cell) -> Moments | None:
    """Return several moments, each in its place."""
    if cell.is_blank:
        return None
    if isinstance(cell.value, datetime) or not _BETWEEN.search(cell.text):
        return Moments((cells.moment(cell),))
    parts = _BETWEEN.split(cell.text)
    return Moments(
        cells.moment(Cell(part.strip(), cell.heading, cell.epoch, cell.notes))
        if part.strip()
        else None
        for part in parts
    )


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "outside_number": lambda cell: cells.identifier(cell, limit=60),
        "level": lambda cell: tidy_level(cells.line(cell, limit=40)),
        "caller_unit": lambda cell: cells.line(cell, limit=60),
        "raised_at": cells.moment,
        "kind": lambda cell: cells.code(WhistleKind, cell),
        "matter": cells.body,
        "linked": cells.several,
        "units": cells.several,
        "required_at": _moments,
        "arrived_at": _moments,
        "result": lambda cell: cells.code(WhistleResult, cell),
        "resolved_at": cells.moment,
        "rating": lambda cell: cells.line(cell, limit=200),
        "remark": cells.body,
    }
)


def _early(row: WhistleRow) -> tuple[str, ...]:
    """Return the steps that lie before the whistle."""
    early = []
    if row.resolved_at is not None and row.resolved_at < row.raised_at:
        early.append("resolved_at")
    if any(at is not None and at < row.raised_at for at in row.arrived_at or ()):
        early.append("arrived_at")
    return tuple(early)


WHISTLE_SHAPE = RowShape(
    row=WhistleRow,
    readers=READERS,
    required=("outside_number", "level", "caller_unit", "raised_at", "matter", "units"),
    early=_early,
)
