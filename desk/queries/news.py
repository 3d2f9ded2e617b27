"""What colleagues have just done (别人刚做的): the history lines after the last one seen here.

The place in the street's chain rises by one per line and in the order of commits on both
engines, so nothing is missed; the head of the chain is one row, cheap enough to ask each second.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, text

from desk.store.database import Changes, Reader
from desk.store.mediation_sight import known_to
from desk.store.models import Case, ChainHead, Event, Mediation, Staff
from desk.store.sight import seen_by
from desk.store.telling import MOST, QUIET

_HIDDEN = text("SELECT place, cases, mediations FROM hidden_news(:after)")
_SOMEBODY = "同事"  # who did what is kept from the reader is not told


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of a colleague; without words where it is about a case kept from the reader."""

    changes: Changes
    who: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new since a place in the chain.

    Attributes:
        place: the newest place; ask from there next time.
        heard: colleagues' lines, oldest first; the reader's own are left out.
        is_too_much: more happened than is worth telling one by one; load everything again.
    """

    place: int
    heard: tuple[Heard, ...] = ()
    is_too_much: bool = False


def news(reader: Reader, *, after: int | None) -> News:
    """Return what has happened since a place; the first time only where the chain stands."""
    place = reader.session.scalar(
        select(ChainHead.place).where(ChainHead.street_id == reader.person.street_id)
    )
    newest = place or 0
    if after is None or newest <= after:
        return News(newest)
    rows = _lines(reader, after, newest)
    lines = rows[:MOST]
    touched = {case for changes, _ in lines for case in changes.cases}
    query = select(Case.id).where(Case.id.in_(sorted(touched)), seen_by(reader.person))
    seen = set(reader.session.scalars(query)) if touched else set()
    known = _known(reader, {one for changes, _ in lines for one in changes.mediations})
    heard = tuple(
        _told(
            changes,
            who,
            is_open=seen.issuperset(changes.cases) and known.issuperset(changes.mediations),
        )
        for changes, who in lines
    )
    return News(newest, heard, is_too_much=len(rows) > MOST)


def _lines(reader: Reader, after: int, newest: int) -> list[tuple[Changes, str]]:
    """Return what colleagues did between two places, oldest first, and who they are.

    On the shared database lines about what is kept from the reader are told by a function that
    says nothing but ids.
    """
    found = {
        place: (Changes.from_result(result), who)
        for place, result, who in reader.session.execute(
            select(Event.place, Event.result, Staff.name)
            .join(Staff, Staff.id == Event.made_by)
            .where(
                Event.street_id == reader.person.street_id,
                Event.place > after,
                Event.kind.not_in(QUIET),
                Event.sent_by != reader.person.staff_id,
            )
            .order_by(Event.place)
            .limit(MOST + 1)
        )
    }
    if reader.session.get_bind().dialect.name == "postgresql":
        for place, cases, mediations in reader.session.execute(_HIDDEN, {"after": after}):
            kept = Changes("", tuple(json.loads(cases)), tuple(json.loads(mediations)))
            found.setdefault(place, (kept, _SOMEBODY))
    return [found[place] for place in sorted(found) if place <= newest]


def _known(reader: Reader, mediations: set[int]) -> set[int]:
    """Return which of these mediations the reader may know of; the rest keep silent (9.4)."""
    if not mediations:
        return set()
    query = select(Mediation.id).where(
        Mediation.id.in_(sorted(mediations)), known_to(reader.person, reader.now)
    )
    return set(reader.session.scalars(query))


def _told(changes: Changes, who: str, *, is_open: bool) -> Heard:
    """Leave out what was made; of what is kept from the reader only ids, to put its page away."""
    title = changes.title if is_open else ""
    told = Changes(title, changes.cases, changes.mediations)
    # without a name, boards load everything again: not for a mediation that is none of theirs
    return Heard(told, who if is_open or not changes.cases else "")


def everything() -> Changes:
    """Return the word for “load everything again”: changes that name no case."""
    return Changes("别的窗口有许多更新")


def together(heard: Sequence[Heard]) -> Changes:
    """Return many changes as one, so that every screen reads once and not once for each."""
    return Changes(
        everything().title,
        tuple({case for line in heard for case in line.changes.cases}),
        tuple({one for line in heard for one in line.changes.mediations}),
    )
