"""Which cases of the window share place or rarest words with what is being written (重复件候选).

One walk over the street's newest cases, through the index of street and day: how many of the
rarest words stand in each is counted by the database, only the likeliest are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, case, func, literal, or_, select, text

from desk.rules.codes import CaseStatus
from desk.rules.likeness import Frequencies, rarest, said_as
from desk.rules.repeats import Appeal, PlaceTie
from desk.store.database import Reader
from desk.store.models import Case, Place
from desk.store.person_facts import mentionable
from desk.store.sight import seen_by

ENDED = (CaseStatus.MERGED, CaseStatus.WITHDRAWN)
_WALK = 5000  # of the window, the newest; no hall takes in more in 90 days
_PROBES = 14  # the rarest words of a text
_LIKELIEST = 60  # that are read and judged
_HERE = 0.3  # what the place is worth beside all the words


@dataclass(frozen=True, slots=True)
class AskedRepeat:
    """What is written so far; of a kept case only its id, its own facts count then."""

    phone: str = ""
    other_phone: str = ""
    name: str = ""
    id_number: str = ""
    address: str = ""
    place: int | None = None
    category: int | None = None
    text: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Estates:
    """The places of a street by id: to which estate each belongs, and what it is called."""

    root: Mapping[int, int]
    names: Mapping[int, str]

    def tie(self, mine: int | None, theirs: int | None, *, same_building: bool) -> PlaceTie:
        """Return how near to each other two places are."""
        if mine is None or theirs is None:
            return PlaceTie.UNKNOWN
        if self.root.get(mine) != self.root.get(theirs):
            return PlaceTie.ELSEWHERE
        is_building = mine == theirs and self.root.get(mine) != mine
        return PlaceTie.BUILDING if same_building or is_building else PlaceTie.PLACE

    def within(self, place: int | None) -> list[int]:
        """Return every place of the estate that a place belongs to."""
        root = self.root.get(place or 0)
        return [one for one, its in self.root.items() if its == root] if root else []

    def called(self, *places: int | None) -> set[str]:
        """Return what the estates of some places, and all in them, are called."""
        found = {one for place in places for one in self.within(place)}
        return {self.names[one] for one in found}


def estates_of(reader: Reader) -> Estates:
    """Return the places of the reader's street."""
    rows = reader.session.execute(
        select(Place.id, Place.parent_id, Place.name).where(
            Place.street_id == reader.person.street_id
        )
    ).all()
    return Estates(
        {row.id: row.parent_id or row.id for row in rows}, {row.id: row.name for row in rows}
    )


def probe(
    reader: Reader,
    sought: AskedRepeat,
    mine: Appeal,
    known: Frequencies,
    span: tuple[datetime, datetime],
    estate: Estates,
) -> list[int]:
    """Return the cases of the window whose texts share most of the rarest words, or the place."""
    here = estate.within(sought.place)
    probes = rarest(mine.said, known, _PROBES)
    if not probes and not here:
        return []
    newest = (
        select(Case.id, Case.details, Case.place_id, Case.received_at)
        .where(
            Case.street_id == reader.person.street_id,
            Case.received_at.between(*span),
            Case.id != (sought.case or 0),
            Case.status.not_in(ENDED),
            mentionable(reader.person),
            seen_by(reader.person),
        )
        .order_by(Case.received_at.desc())
        .limit(_WALK)
        .subquery()
    )
    position = func.instr if reader.session.get_bind().dialect.name == "sqlite" else func.strpos

    def stands(word: str) -> ColumnElement[bool]:
        return or_(*(position(newest.c.details, one) > 0 for one in said_as(word)))

    whole = known.total(probes) or 1.0
    parts = [
        case((stands(word), literal(round(known.weight(word) / whole, 4))), else_=0.0)
        for word in probes
    ]
    if here:
        parts.append(case((newest.c.place_id.in_(here), literal(_HERE)), else_=0.0))
    score: ColumnElement[float] = reduce(add, parts)
    # asked for once: a condition on it would count every word a second time
    best = select(newest.c.id, score.label("score")).order_by(
        text("score DESC"), newest.c.received_at.desc()
    )
    rows = reader.session.execute(best.limit(_LIKELIEST))
    return [row.id for row in rows if row.score > 0]
