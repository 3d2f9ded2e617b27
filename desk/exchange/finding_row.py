"""One finding as a ledger tells it (未诉先办台账的一行)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from desk.exchange import cells
from desk.exchange.row_shape import Reader, RowShape
from desk.rules.early_action_codes import DiscoverWay


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """The facts of one row; "" and None are what the ledger left open."""

    row_number: int
    outside_number: str
    found_at: datetime
    way: DiscoverWay
    community: str
    category: str
    situation: str
    unit: str
    found_by: str = ""
    grid: str = ""
    address: str = ""
    subcategory: str = ""
    measure: str = ""
    is_solved: bool | None = None
    resolved_at: datetime | None = None
    linked: tuple[str, ...] = ()
    note: str = ""
    rechecked_at: datetime | None = None


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "outside_number": lambda cell: cells.identifier(cell, limit=60),
        "found_at": cells.moment,
        "way": lambda cell: cells.code(DiscoverWay, cell),
        "found_by": cells.name,
        "community": lambda cell: cells.line(cell, limit=60),
        "grid": lambda cell: cells.line(cell, limit=60),
        "address": cells.line,
        "category": lambda cell: cells.line(cell, limit=60),
        "subcategory": lambda cell: cells.line(cell, limit=60),
        "situation": cells.body,
        "unit": lambda cell: cells.line(cell, limit=60),
        "measure": cells.body,
        "is_solved": cells.yes_no,
        "resolved_at": cells.moment,
        "linked": cells.several,
        "note": cells.body,
        "rechecked_at": cells.moment,
    }
)


def _early(row: FindingRow) -> tuple[str, ...]:
    """Return nothing: what was solved before it was found is refused, not hinted at."""
    del row
    return ()


FINDING_SHAPE = RowShape(
    row=FindingRow,
    readers=READERS,
    required=(
        "outside_number",
        "found_at",
        "way",
        "community",
        "category",
        "situation",
        "unit",
    ),
    early=_early,
)
