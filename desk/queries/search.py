"""Find cases (查找): any piece of number, name, phone, address, words, pinyin; newest first.

A case is found by its canonical text, every word of the query in it; exactly what LIKE would find
(`store.search_index`). Who asked to be hidden is found by name, number and address only by those
whose work he is (DOMAIN.md 9.4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from desk.rules.codes import CaseStatus
from desk.rules.id_cards import looks_like_id
from desk.rules.moments import day_of
from desk.rules.numbering import AskedNumber, read_number
from desk.rules.papers import PAPER_TITLES
from desk.rules.search_text import ESCAPE, SearchField, like_pattern, search_terms
from desk.rules.temporary_numbers import read_temporary_number
from desk.store.database import Reader
from desk.store.identities import has_number
from desk.store.models import (
    Case,
    CaseAlias,
    IdentityNumber,
    Paper,
    UnitVersion,
)
from desk.store.models.hall import today_rows
from desk.store.paper_sight import paper_seen_by
from desk.store.sealing import sealed_since, shown_appellant, under_seal
from desk.store.search_index import NEWEST, search
from desk.store.sight import knows_appellant, seen_by

MOST = 8
_MOST_EXACT = 20  # of one number: every year has its own
_FIRST_YEAR = 2000  # of which numbers tell
_BEFORE, _BEHIND = 12, 40  # letters around what was found
_CALLED = {
    SearchField.NUMBER: "编号",
    SearchField.OUTSIDE: "外部编号",
    SearchField.PERSON: "诉求人",
    SearchField.PHONE: "电话",
    SearchField.ADDRESS: "地址",
    SearchField.CONTENT: "内容",
}


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case that was found.

    Attributes:
        why: in which facts the words stand, in words; of the facts only what was typed.
        piece: what was said around the first word that stands in it, else what it is about.
        words: what to mark, as it was searched: in lower case.
    """

    id: int
    number: str
    seq: int
    received_at: datetime
    unit: str
    status: CaseStatus
    why: str
    appellant: str = ""
    piece: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperHit:
    """A paper that was found by its number; opening it opens its case, or itself if it has none."""

    id: int
    case_id: int | None
    number: str
    title: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a query has found.

    Attributes:
        goes_on: give it to the next search as `before`; None where there is no more.
    """

    cases: tuple[CaseHit, ...] = ()
    papers: tuple[PaperHit, ...] = ()
    goes_on: int | None = None

    @property
    def is_more(self) -> bool:
        """Whether older cases were found that are not told yet."""
        return self.goes_on is not None


def find(reader: Reader, text: str, *, most: int = MOST, before: int | None = None) -> Found:
    """Return what fits `text`: the case of exactly that number first, then the newest.

    Args:
        before: go on behind this place, where an earlier search said that there is more.
    """
    terms = search_terms(text)
    if not terms:
        return Found()
    asked = read_number(text)
    found = dict.fromkeys(_exactly(reader, text, asked) if before is None else (), "编号")
    words = tuple(term.word for term in terms)
    place = NEWEST if before is None else before
    asker = (reader.session, reader.person)
    hits = search(*asker, terms, now=reader.now, most=most + 1, before=place)
    for hit in hits[:most]:
        found.setdefault(hit.case, _why(hit.found_in, words))
    rows = {row.id: row for row in _rows(reader, list(found))}
    cases = [_hit(rows[case], why, words) for case, why in found.items() if case in rows]
    papers = _papers(reader, asked, most) if before is None else ()
    return Found(tuple(cases), papers, hits[most - 1].seek if len(hits) > most else None)


def _exactly(reader: Reader, text: str, asked: AskedNumber | None) -> Iterator[int]:
    """Yield the cases that have or had this number, or whose appellant has it."""
    if asked is not None:
        yield from _ids(reader, _numbered(asked, reader.now.year))
    earlier = _earlier_called(text, asked)
    if earlier is not None:
        yield from _ids(reader, earlier)
    if looks_like_id(text):
        yield from _ids(reader, _of_person(reader, text))


def _of_person(reader: Reader, number: str) -> ColumnElement[bool]:
    """Return the condition that the appellant gave exactly this identity number (盲索引)."""
    found = has_number(reader.session, reader.person.street_id, number)
    owned = select(IdentityNumber.case_id).where(IdentityNumber.case_id.is_not(None), found)
    before = sealed_since(reader.session, reader.person.street_id, day_of(reader.now))
    return and_(Case.id.in_(owned), knows_appellant(reader.person), ~under_seal(before))


def _ids(reader: Reader, condition: ColumnElement[bool]) -> Sequence[int]:
    query = (
        select(Case.id)
        .where(seen_by(reader.person), condition)
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(_MOST_EXACT)
    )
    return reader.session.scalars(query).all()


def _rows(reader: Reader, cases: Sequence[int]) -> Sequence[Any]:
    today = day_of(reader.now)
    unit = and_(UnitVersion.unit_id == Case.lead_unit_id, today_rows(UnitVersion, today))
    before = sealed_since(reader.session, reader.person.street_id, today)
    query = (
        select(
            Case.id,
            Case.number,
            Case.seq,
            Case.received_at,
            Case.status,
            shown_appellant(before).label("appellant_shown"),
            Case.summary,
            Case.details,
            UnitVersion.short_name,
        )
        .select_from(Case)
        .outerjoin(UnitVersion, unit)
        .where(seen_by(reader.person), Case.id.in_(cases))
    )
    return reader.session.execute(query).all()


def _numbered(asked: AskedNumber, this_year: int) -> ColumnElement[bool]:
    # every year is named, so that each is one look into the index of numbers
    years = range(_FIRST_YEAR, this_year + 2) if asked.year is None else (asked.year,)
    wanted = and_(Case.seq == asked.seq, Case.year.in_(years))
    if asked.letters:
        wanted = and_(wanted, Case.number.startswith(asked.letters, autoescape=True))
    return wanted


def _earlier_called(text: str, asked: AskedNumber | None) -> ColumnElement[bool] | None:
    """Return the condition that a case once had this number: 暂存号, or before a restore."""
    temporary = read_temporary_number(text)
    if temporary is not None:
        named = CaseAlias.number == temporary
    elif asked is not None and asked.year is not None:
        ending = f"〔{asked.year}〕{asked.seq:05}号"
        named = CaseAlias.number.endswith(ending, autoescape=True)
    else:
        return None
    return Case.id.in_(select(CaseAlias.case_id).where(named))


def _hit(row: Any, why: str, words: tuple[str, ...]) -> CaseHit:
    return CaseHit(
        row.id,
        row.number,
        row.seq,
        row.received_at,
        row.short_name or "",
        row.status,
        why,
        row.appellant_shown,
        _piece(row.summary, row.details, words),
        words,
    )


def _why(found_in: Sequence[SearchField], words: Sequence[str]) -> str:
    """Return in which facts the words stand; of the facts only what was typed is repeated."""
    found: dict[SearchField, list[str]] = {}
    for word, field in zip(words, found_in, strict=True):
        found.setdefault(field, []).append(word)
    return "，".join(f"{_CALLED[field]}含“{' '.join(said)}”" for field, said in found.items())


def _piece(summary: str, details: str, words: Sequence[str]) -> str:
    """Return what was said around the first of the words that stands there; one line."""
    if any(word in summary.lower() for word in words):
        return summary
    said = " ".join(details.split())
    places = [place for word in words if (place := said.lower().find(word)) >= 0]
    if not places:
        return summary
    start = max(min(places) - _BEFORE, 0)
    piece = said[start : min(places) + _BEHIND]
    return "…" * (start > 0) + piece + "…" * (start + len(piece) < len(said))


def _papers(reader: Reader, asked: AskedNumber | None, most: int) -> tuple[PaperHit, ...]:
    """Return papers of exactly the number that was typed; it must say letters and year."""
    if asked is None or asked.year is None or not asked.letters:
        return ()
    pattern = like_pattern(f"{asked.letters}〔{asked.year}〕")
    rows = reader.session.execute(
        select(Paper.id, Paper.case_id, Paper.number, Paper.code, Paper.issued_at)
        .outerjoin(Case, Case.id == Paper.case_id)
        .where(paper_seen_by(reader.person, reader.now), Paper.number.like(pattern, escape=ESCAPE))
        .order_by(Paper.issued_at.desc())
    )
    hits = [
        PaperHit(
            row.id, row.case_id, row.number, PAPER_TITLES.get(row.code, row.code), row.issued_at
        )
        for row in rows
        if read_number(row.number) == asked
    ]
    return tuple(hits[:most])
