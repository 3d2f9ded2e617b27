"""Honours of a year (年度荣誉): units beside their figures, and who was named by whom, and why."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.queries.lookups import units
from desk.queries.rate_figures import period_report
from desk.queries.talks import say_figures
from desk.rules.assessment_codes import HonourKind
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.models import Honour, Staff
from desk.store.patience import takes_long


@dataclass(frozen=True, slots=True, kw_only=True)
class HonourLine:
    """A name for an honour: of a unit, or of somebody in it."""

    id: int
    version: int = 0
    kind: HonourKind
    unit: str
    person: str
    reason: str
    named_by: str
    named_at: datetime
    is_given: bool
    given_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdraw_note: str


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit's year in one line; units only, never a person."""

    unit_id: int
    unit: str
    figures: str

    @property
    def id(self) -> int:
        """Return by what its line is known: below 0, for it is no name yet."""
        return -self.unit_id


@dataclass(frozen=True, slots=True)
class HonourBoard:
    """Who was named in a year, and the units' figures for those who decide."""

    year: int = 0
    names: tuple[HonourLine, ...] = ()
    figures: tuple[UnitYear, ...] = ()
    units: tuple[tuple[int, str], ...] = ()
    may_steer: bool = False


@takes_long
def honour_board(reader: Reader, year: int) -> HonourBoard:
    """Return what was named in a year, and what the units' year looks like."""
    known = units(reader)
    may_steer = may_in_hall(Deed.STEER, reader.person)
    offered = tuple((one.id, one.short_name) for one in known)
    figures = _figures(reader, year) if may_steer else ()
    return HonourBoard(year, _names(reader, year), figures, offered, may_steer)


def _figures(reader: Reader, year: int) -> tuple[UnitYear, ...]:
    known = {one.short_name: one.id for one in units(reader)}
    last = min(date(year, 12, 31), day_of(reader.now))
    rows = period_report(reader, date(year, 1, 1), last)["rows"]
    return tuple(
        UnitYear(known[row["key"]], row["key"], say_figures(row))
        for row in rows
        if row["key"] in known
    )


def _names(reader: Reader, year: int) -> tuple[HonourLine, ...]:
    short = {one.id: one.short_name for one in units(reader)}
    namer, giver, taker = aliased(Staff), aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(Honour, namer.name, giver.name, taker.name)
        .join(namer, namer.id == Honour.named_by)
        .outerjoin(giver, giver.id == Honour.given_by)
        .outerjoin(taker, taker.id == Honour.withdrawn_by)
        .where(Honour.street_id == reader.person.street_id, Honour.year == year)
        .order_by(Honour.kind.desc(), Honour.named_at, Honour.id)
    )
    return tuple(
        HonourLine(
            id=row.id,
            kind=row.kind,
            unit=short.get(row.unit_id, "（已撤销的单位）"),
            person=row.person or "",
            reason=row.reason,
            named_by=named_by,
            named_at=row.named_at,
            is_given=row.is_given,
            given_by=given_by or "",
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=withdrawn_by or "",
            withdraw_note=row.withdraw_note or "",
        )
        for row, named_by, given_by, withdrawn_by in rows
    )
