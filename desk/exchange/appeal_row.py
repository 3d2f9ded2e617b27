"""One appeal as a ledger tells it (诉求台账的一行): every platform's row ends in this shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desk.exchange import cells
from desk.exchange.cells import Cell
from desk.exchange.row_shape import Reader, RowShape
from desk.rules.codes import (
    Channel,
    Discontent,
    DispatchMode,
    FollowUpWay,
    HandlingResult,
    Purpose,
    Resolution,
    Satisfaction,
    SourceLevel,
    Urgency,
)
from desk.rules.errors import RuleBroken


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """The facts of one row, each in its own type; "" and None are what the ledger left open.

    Names of units, communities and categories are still words here: only the database of a
    street knows which of its own they mean.
    """

    row_number: int
    outside_number: str
    platform: str
    channel: Channel
    category: str
    details: str
    urgency: Urgency
    received_at: datetime
    title: str = ""
    source_level: SourceLevel | None = None
    appellant: str = ""
    phone: str = ""
    address: str = ""
    community: str = ""
    grid: str = ""
    subcategory: str = ""
    purpose: Purpose | None = None
    is_complex: bool | None = None
    first_responder: str = ""
    first_unit: str = ""
    dispatched_at: datetime | None = None
    dispatch_mode: DispatchMode | None = None
    lead_unit: str = ""
    support_units: tuple[str, ...] = ()
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    verified_at: datetime | None = None
    handled_at: datetime | None = None
    handle_until: datetime | None = None
    handling_result: HandlingResult | None = None
    opinion: str = ""
    opinion_at: datetime | None = None
    followed_up_at: datetime | None = None
    followup_way: FollowUpWay | None = None
    was_contacted: bool | None = None
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None
    discontent: tuple[Discontent | None, str] = (None, "")
    counts_in_rates: bool | None = None
    excluded_reason: str = ""
    repeat_of: str = ""
    is_national: bool | None = None
    tags: tuple[str, ...] = ()
    note: str = ""


REQUIRED = (
    "outside_number",
    "platform",
    "channel",
    "category",
    "details",
    "urgency",
    "received_at",
)

# The steps of a case in the order in which they normally follow one another.
STEPS = (
    "received_at",
    "dispatched_at",
    "accepted_at",
    "contacted_at",
    "verified_at",
    "handled_at",
    "opinion_at",
    "followed_up_at",
)


def _code(table: type[StrEnum]) -> Reader:
    return lambda cell: cells.code(table, cell)


def _line(limit: int) -> Reader:
    return lambda cell: cells.line(cell, limit=limit)


def _number(cell: Cell) -> str:
    return cells.identifier(cell, limit=60)


def _resolution(cell: Cell) -> Resolution | None:
    return cells.code_or_yes_no(Resolution, cell, yes=Resolution.YES, no=Resolution.NO)


def _satisfaction(cell: Cell) -> Satisfaction | None:
    return cells.code_or_yes_no(
        Satisfaction, cell, yes=Satisfaction.SATISFIED, no=Satisfaction.DISSATISFIED
    )


def _discontent(cell: Cell) -> tuple[Discontent | None, str]:
    """Return the listed reason, or “其他” with the ledger's own words."""
    words = cells.line(cell)
    try:
        return cells.code(Discontent, cell), ""
    except RuleBroken:
        return Discontent.OTHER, words


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "outside_number": _number,
        "platform": _line(60),
        "channel": _code(Channel),
        "category": _line(60),
        "subcategory": _line(60),
        "title": _line(200),
        "details": cells.body,
        "urgency": _code(Urgency),
        "source_level": _code(SourceLevel),
        "appellant": cells.name,
        "phone": cells.phone,
        "address": _line(200),
        "community": _line(60),
        "grid": _line(60),
        "purpose": _code(Purpose),
        "is_complex": cells.yes_no,
        "first_responder": cells.name,
        "first_unit": _line(60),
        "dispatch_mode": _code(DispatchMode),
        "lead_unit": _line(60),
        "support_units": cells.several,
        "handling_result": _code(HandlingResult),
        "opinion": cells.body,
        "followup_way": _code(FollowUpWay),
        "was_contacted": cells.yes_no,
        "resolution": _resolution,
        "satisfaction": _satisfaction,
        "discontent": _discontent,
        "counts_in_rates": cells.yes_no,
        "excluded_reason": _line(200),
        "repeat_of": _number,
        "is_national": cells.yes_no,
        "tags": cells.several,
        "note": cells.body,
    }
    | dict.fromkeys((*STEPS, "handle_until"), cells.moment)
)


def _early(row: AppealRow) -> tuple[str, ...]:
    """Return the steps that lie before the reception."""
    return tuple(
        step
        for step in STEPS[1:]
        if (moment := getattr(row, step)) is not None and moment < row.received_at
    )


APPEAL_SHAPE = RowShape(row=AppealRow, readers=READERS, required=REQUIRED, early=_early)
