"""Which cases of the window share place or rarest words with what is being written (重复件候选).

The indexes of words, places and days name the few that are worth comparing, whatever the number of
cases (`store.repeat_field`); how many of the rarest words stand in each of these is counted by the
database, only the likeliest are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, case, func, literal, or_, select, text

from desk.rules.likeness import Frequencies, rarest, said_as
from desk.rules.repeats import Appeal, PlaceTie
from desk.store.database import Reader
from desk.store.models import Case, Place
from desk.store.repeat_field import cases_to_compare
from desk.store.search_index import one_of

_PROBES = 14  # the rarest words of a text
_LIKELIEST = 60  # that are read and judged
_SHARE = 0.06  # of all cases, which one word or another may name
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
    asked = [said_as(word) for word in _rare_enough(probes, known)]
    field = cases_to_compare(reader.session, reader.person, asked, here, span)
    position = func.instr if reader.session.get_bind().dialect.name == "sqlite" else func.strpos

    def stands(word: str) -> ColumnElement[bool]:
        return or_(*(position(Case.details, one) > 0 for one in said_as(word)))

    whole = known.total(probes) or 1.0
    parts = [
        case((stands(word), literal(round(known.weight(word) / whole, 4))), else_=0.0)
        for word in probes
    ]
    if here:
        parts.append(case((Case.place_id.in_(here), literal(_HERE)), else_=0.0))
    score: ColumnElement[float] = reduce(add, parts)
    # asked for once: a condition on it would count every word a second time
    best = (
        select(Case.id, score.label("score"))
        .where(one_of(reader.session, Case.id, field), Case.id != (sought.case or 0))
        .order_by(text("score DESC"), Case.received_at.desc())
    )
    rows = reader.session.execute(best.limit(_LIKELIEST))
    return [row.id for row in rows if row.score > 0]


def _rare_enough(probes: Sequence[str], known: Frequencies) -> list[str]:
    """Return as many of the words, the rarest first, as a small part of all cases says."""
    chosen, part = [], 0.0
    for word in probes:
        more = known.counts.get(word, 0) / max(known.cases, 1)
        if part + more <= _SHARE:
            chosen.append(word)
            part += more
    return chosen
