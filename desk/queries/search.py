"""Find cases (查找): by number, phone tail, name, address, outside number; newest first.

A case is found by its canonical text (`case_search`), every word of the query in it. What comes
back names number, day, unit, status and why it was found, never its content (DOMAIN.md 9.4).
Who asked to be hidden is found by name, number and address only by those whose work he is.
F puts the token index of PERFORMANCE.md 2 in front of the LIKE; what is found stays the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from desk.rules.codes import CaseStatus
from desk.rules.id_cards import looks_like_id
from desk.rules.moments import day_of
from desk.rules.numbering import AskedNumber, read_number
from desk.rules.papers import PAPER_TITLES
from desk.rules.pinyin import initials
from desk.rules.search_text import ESCAPE, canonical, like_pattern, search_terms
from desk.rules.temporary_numbers import read_temporary_number
from desk.store.database import Reader
from desk.store.identities import has_number
from desk.store.models import (
    Case,
    CaseAlias,
    CaseSearch,
    IdentityNumber,
    OutsideNumber,
    Paper,
    PrivateFacts,
    UnitVersion,
)
from desk.store.models.hall import today_rows
from desk.store.sight import knows_appellant, paper_seen_by, seen_by

MOST = 8
_SHORTEST_TAIL = 4  # digits of a phone; fewer would fit half the hall


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case that was found, without content."""

    id: int
    number: str
    seq: int
    received_at: datetime
    unit: str
    status: CaseStatus
    why: str


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
    """What a query has found."""

    cases: tuple[CaseHit, ...] = ()
    papers: tuple[PaperHit, ...] = ()
    is_more: bool = False


def find(reader: Reader, text: str, *, most: int = MOST) -> Found:
    """Return what fits `text`: the case of exactly that number first, then the newest."""
    words = tuple(term.word for term in search_terms(text))
    if not words:
        return Found()
    asked = read_number(text)
    exact = [
        *_rows(reader, _earlier_called(text, asked), most),
        *(_rows(reader, _of_person(reader, text), most) if looks_like_id(text) else ()),
    ]
    if asked is not None:
        exact = [*_rows(reader, _numbered(asked), most), *exact]
    known = {row.id for row in exact}
    wide = _rows(reader, _containing(reader, words), most + 1) if _is_wide(text, asked) else []
    rows = [*exact, *(row for row in wide if row.id not in known)]
    outside = _outside_numbers(reader, [row.id for row in rows[:most]])
    hits = [
        _hit(row, "编号" if row.id in known else _why(row, words, outside.get(row.id, [])))
        for row in rows[:most]
    ]
    return Found(tuple(hits), _papers(reader, asked, most), is_more=len(rows) > most)


def _of_person(reader: Reader, number: str) -> ColumnElement[bool]:
    """Return the condition that the appellant gave exactly this identity number (盲索引)."""
    found = has_number(reader.session, reader.person.street_id, number)
    owned = select(IdentityNumber.case_id).where(IdentityNumber.case_id.is_not(None), found)
    return and_(Case.id.in_(owned), knows_appellant(reader.person))


def _is_wide(text: str, asked: AskedNumber | None) -> bool:
    """Return whether to look in all facts: not for a dated number, nor for three digits."""
    if asked is None:
        return True
    return asked.year is None and len(text.strip()) >= _SHORTEST_TAIL


def _select() -> Any:
    return select(
        Case.id,
        Case.number,
        Case.seq,
        Case.received_at,
        Case.status,
        UnitVersion.short_name,
        PrivateFacts.name,
        PrivateFacts.phone,
        PrivateFacts.other_phone,
        PrivateFacts.address,
        PrivateFacts.site,
    )


def _rows(reader: Reader, condition: ColumnElement[bool], most: int) -> Sequence[Any]:
    today = day_of(reader.now)
    unit = and_(UnitVersion.unit_id == Case.lead_unit_id, today_rows(UnitVersion, today))
    query = (
        _select()
        .select_from(Case)
        .join(CaseSearch, CaseSearch.case_id == Case.id)
        .outerjoin(PrivateFacts, PrivateFacts.case_id == Case.id)
        .outerjoin(UnitVersion, unit)
        .where(seen_by(reader.person), condition)
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(most)
    )
    return reader.session.execute(query).all()


def _numbered(asked: AskedNumber) -> ColumnElement[bool]:
    wanted = Case.seq == asked.seq
    if asked.year is not None:
        wanted = and_(wanted, Case.year == asked.year)
    if asked.letters:
        wanted = and_(wanted, Case.number.startswith(asked.letters, autoescape=True))
    return wanted


def _earlier_called(text: str, asked: AskedNumber | None) -> ColumnElement[bool]:
    """Return the condition that a case once had this number: 暂存号, or before a restore."""
    temporary = read_temporary_number(text)
    if temporary is not None:
        named = CaseAlias.number == temporary
    elif asked is not None and asked.year is not None:
        ending = f"〔{asked.year}〕{asked.seq:05}号"
        named = CaseAlias.number.endswith(ending, autoescape=True)
    else:
        return false()
    return Case.id.in_(select(CaseAlias.case_id).where(named))


def _containing(reader: Reader, words: Sequence[str]) -> ColumnElement[bool]:
    known = and_(Case.hides_appellant, knows_appellant(reader.person))
    return and_(*(_has(word) | and_(known, _is_of_person(word)) for word in words))


def _has(word: str) -> ColumnElement[bool]:
    return CaseSearch.doc.like(like_pattern(word), escape=ESCAPE)


def _is_of_person(word: str) -> ColumnElement[bool]:
    """Return the condition that a word stands in the facts that a hidden case is not filed by."""
    facts = (PrivateFacts.name, PrivateFacts.phone, PrivateFacts.other_phone, PrivateFacts.address)
    pattern = like_pattern(word)
    return or_(*(fact.like(pattern, escape=ESCAPE) for fact in (*facts, PrivateFacts.site)))


def _hit(row: Any, why: str) -> CaseHit:
    return CaseHit(
        row.id, row.number, row.seq, row.received_at, row.short_name or "", row.status, why
    )


def _why(row: Any, words: Sequence[str], outside: Sequence[str]) -> str:
    """Return in which facts the words stand; of the facts only what was typed is repeated."""
    fields = {
        "编号": [row.number, f"{row.seq:05}"],
        "外部编号": list(outside),
        "电话": [row.phone, row.other_phone],
        "诉求人": [row.name, initials(row.name or "")],
        "地址": [row.address, row.site],
    }
    found: dict[str, list[str]] = {}
    for word in words:
        where = next(
            (
                name
                for name, texts in fields.items()
                if any(word in canonical(text) for text in texts if text)
            ),
            "内容",
        )
        found.setdefault(where, []).append(word)
    return "，".join(f"{where}含“{' '.join(said)}”" for where, said in found.items())


def _outside_numbers(reader: Reader, cases: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if cases:
        query = select(OutsideNumber.case_id, OutsideNumber.number)
        for case, number in reader.session.execute(query.where(OutsideNumber.case_id.in_(cases))):
            found.setdefault(case, []).append(number)
    return found


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
