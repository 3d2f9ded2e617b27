"""What a case is found by (检索): number, person, place, words and how names are spoken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from desk.rules.letter_parts import in_parts
from desk.rules.pinyin import initials, spoken_names, syllables
from desk.rules.search_text import SearchField, SearchText, search_text
from desk.store.looked_up import rows_of
from desk.store.models import (
    Case,
    CaseAlias,
    CaseSearch,
    Matter,
    OutsideNumber,
    Place,
    PrivateFacts,
)
from desk.store.search_index import put_search_text

Fact = tuple[SearchField, str | None]


@dataclass(frozen=True, slots=True)
class Findable:
    """The facts by which a case is found, as they were said."""

    number: str
    seq: int
    other_numbers: tuple[str, ...] = ()
    outside: tuple[str | None, ...] = ()
    name: str | None = None
    phones: tuple[str | None, ...] = ()
    addresses: tuple[str | None, ...] = ()
    place: str | None = None
    said: tuple[str | None, ...] = ()


def texts_of(facts: Findable, *, hides_appellant: bool) -> tuple[SearchText, SearchText | None]:
    """Return what anybody who sees the case finds it by, and what only those who work on it do."""
    known: list[Fact] = [
        (SearchField.NUMBER, facts.number),
        (SearchField.NUMBER, f"{facts.seq:05}"),
    ]
    known += [(SearchField.NUMBER, number) for number in facts.other_numbers]
    known += [(SearchField.OUTSIDE, number) for number in facts.outside]
    said = [(SearchField.CONTENT, words) for words in facts.said]
    everything = search_text([*known, *_of_person(facts), *said])
    return (search_text([*known, *said]), everything) if hides_appellant else (everything, None)


def _of_person(facts: Findable) -> Iterator[Fact]:
    yield SearchField.PERSON, facts.name
    yield from ((SearchField.PHONE, phone) for phone in facts.phones)
    yield from ((SearchField.ADDRESS, address) for address in (facts.place, *facts.addresses))
    name = facts.name or ""
    yield from ((SearchField.PERSON, line) for line in (*spoken_names(name), *in_parts(name)))
    for address in (facts.place, *facts.addresses):
        yield SearchField.ADDRESS, initials(address or "")
        yield SearchField.ADDRESS, syllables(address or "")


def search_texts(session: Session, case: Case) -> tuple[SearchText, SearchText | None]:
    """Return by what a case is found now."""
    facts = session.get_one(PrivateFacts, case.id)
    matters = sorted(rows_of(session, Matter, case.id), key=lambda row: row.seq)
    place = session.get(Place, case.place_id) if case.place_id is not None else None
    return texts_of(
        Findable(
            number=case.number,
            seq=case.seq,
            other_numbers=tuple(row.number for row in rows_of(session, CaseAlias, case.id)),
            outside=tuple(row.number for row in rows_of(session, OutsideNumber, case.id)),
            name=facts.name,
            phones=(facts.phone, facts.other_phone),
            addresses=(facts.address, facts.site),
            place=place.name if place else None,
            said=(case.summary, case.details, *(row.content for row in matters)),
        ),
        hides_appellant=case.hides_appellant,
    )


def cases_without_text(session: Session) -> list[int]:
    """Return the cases that cannot be found yet, the newest first."""
    has_text = select(CaseSearch.case_id).where(
        CaseSearch.case_id == Case.id, not_(CaseSearch.is_kept)
    )
    missing = select(Case.id).where(not_(has_text.exists())).order_by(Case.id.desc())
    return list(session.scalars(missing))


def write_texts(session: Session, cases: Sequence[int]) -> None:
    """Write by what these cases are found; a few hundred at a time, with the desks in between."""
    for case in session.scalars(select(Case).where(Case.id.in_(cases))).all():
        put_search_text(session, case, *search_texts(session, case))
