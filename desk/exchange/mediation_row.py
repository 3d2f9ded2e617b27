"""One mediation as a ledger tells it (调解台账的一行)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from desk.exchange import cells
from desk.exchange.cells import Cell
from desk.exchange.row_shape import Reader, RowShape
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import (
    AgreementKind,
    Difficulty,
    DisputeKind,
    LedgerOutcome,
    MediationSource,
    Performance,
)
from desk.rules.moments import day_of

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationRow:
    """The facts of one row; "" and None are what the ledger left open."""

    row_number: int
    outside_number: str
    received_on: date
    source: MediationSource
    kind: DisputeKind
    applicant: str
    respondent: str
    facts: str
    mediator: str
    difficulty: Difficulty | None = None
    applicant_phone: str = ""
    respondent_phone: str = ""
    community: str = ""
    room: str = ""
    mediated_at: datetime | None = None
    outcome: LedgerOutcome | None = None
    agreement: AgreementKind | None = None
    amount: Decimal | None = None
    performance: Performance | None = None
    closed_on: date | None = None
    is_confirmed: bool | None = None
    note: str = ""


def _amount(cell: Cell) -> Decimal | None:
    """Return an amount of money in yuan, to the fen."""
    found = cells.number(cell)
    if found is None:
        return None
    if found < 0 or found != found.quantize(Decimal("0.01")):
        raise RuleBroken(f"“{cell.text}”不是金额，请写元，最多两位小数。")
    return found


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "outside_number": lambda cell: cells.identifier(cell, limit=60),
        "received_on": cells.day,
        "source": lambda cell: cells.code(MediationSource, cell),
        "kind": lambda cell: cells.code(DisputeKind, cell),
        "difficulty": lambda cell: cells.code(Difficulty, cell),
        "applicant": cells.name,
        "applicant_phone": cells.phone,
        "respondent": cells.name,
        "respondent_phone": cells.phone,
        "community": lambda cell: cells.line(cell, limit=60),
        "facts": cells.body,
        "mediator": cells.name,
        "room": lambda cell: cells.line(cell, limit=60),
        "mediated_at": cells.moment,
        "outcome": lambda cell: cells.code(LedgerOutcome, cell),
        "agreement": lambda cell: cells.code(AgreementKind, cell),
        "amount": _amount,
        "performance": lambda cell: cells.code(Performance, cell),
        "closed_on": cells.day,
        "is_confirmed": cells.yes_no,
        "note": cells.body,
    }
)


def _early(row: MediationRow) -> tuple[str, ...]:
    """Return the days that lie before the day of reception."""
    on = {"closed_on": row.closed_on}
    if row.mediated_at is not None:
        on["mediated_at"] = day_of(row.mediated_at)
    return tuple(field for field, day in on.items() if day is not None and day < row.received_on)


MEDIATION_SHAPE = RowShape(
    row=MediationRow,
    readers=READERS,
    required=(
        "outside_number",
        "received_on",
        "source",
        "kind",
        "applicant",
        "respondent",
        "facts",
        "mediator",
    ),
    early=_early,
)
