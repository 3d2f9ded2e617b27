"""How this hall's latest cases were filed, word by word (建议所依据的近期件).

Counted anew each time from so many latest cases that a hall of any size takes the same time; only
the cut texts are kept, until a case changes. No report, no mediation (DOMAIN.md 9.4).
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from desk.rules.codes import Purpose
from desk.rules.likeness import Features
from desk.rules.suggestions import WordUse, learnt
from desk.store.case_words import case_words
from desk.store.database import Reader
from desk.store.models import Case, Place
from desk.store.sight import seen_by

_LEARN_FROM = 1500  # cases; older ones say little about how people speak of it now


@dataclass(frozen=True, slots=True)
class Filed:
    """One of the latest cases, as it was filed."""

    case: int
    category: int
    unit: int | None
    words: Features


def word_use(reader: Reader) -> WordUse:
    """Return under which categories the words of the hall's latest cases stood."""
    return learnt((one.category, one.words) for one in _latest_filed(reader))


def unit_use(reader: Reader, *, without: int) -> WordUse:
    """Return to which units the words of the hall's latest cases went, leaving one case out."""
    sent = _latest_filed(reader, Case.lead_unit_id.is_not(None))
    return learnt(
        (one.unit, one.words) for one in sent if one.unit is not None and one.case != without
    )


def place_names(reader: Reader) -> tuple[str, ...]:
    """Return the names of the hall's places: where something is says nothing of what it is."""
    return tuple(
        reader.session.scalars(select(Place.name).where(Place.street_id == reader.person.street_id))
    )


def _latest_filed(reader: Reader, *conditions: ColumnElement[bool]) -> list[Filed]:
    """Return the latest cases that the reader sees and that may teach, newest first."""
    rows = reader.session.execute(
        select(Case.id, Case.version, Case.category_id, Case.lead_unit_id)
        .where(
            seen_by(reader.person),
            Case.is_secret.is_(False),
            Case.purpose != Purpose.MEDIATION,
            *conditions,
        )
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(_LEARN_FROM)
    ).all()
    words = case_words(reader.session, [(row.id, row.version) for row in rows])
    return [
        Filed(row.id, row.category_id, row.lead_unit_id, words.get(row.id, frozenset()))
        for row in rows
    ]
