"""Where the texts are kept by which cases are found (检索), on both engines.

On the shared database `search_functions` writes and asks; the file of a small hall has a token
index of its own, kept in step by triggers.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    SQLColumnExpression,
    Table,
    and_,
    any_,
    column,
    delete,
    false,
    func,
    or_,
    select,
    table,
    text,
    update,
)
from sqlalchemy import case as first_of
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from desk.rules.moments import day_of
from desk.rules.rights import Person
from desk.rules.search_text import SearchField, SearchTerm, SearchText
from desk.store.models import Case, CaseSearch
from desk.store.sealing import sealed_since, under_seal
from desk.store.search_functions import EPOCH, MONTH, TIES
from desk.store.sight import in_own_hands, seen_by

NEWEST = (1 << 63) - 1
_TOKENS_ASKED = 4  # of a word; the text itself is looked at for the others
_TEXTS = cast("Table", CaseSearch.__table__)
_INDEX = table("case_index", column("rowid", BigInteger))


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A case that contains every word.

    Attributes:
        seek: give it to the next search, which goes on behind this case.
        found_in: for each word the fact in which it stands.
    """

    case: int
    seek: int
    found_in: tuple[SearchField, ...]


def put_search_text(
    session: Session, case: Case, found: SearchText, kept: SearchText | None
) -> None:
    """Write by what a case is found, and by what those who work on it find it besides."""
    session.flush()
    both = ((False, found), (True, kept))
    if session.get_bind().dialect.name == "sqlite":
        for is_kept, one in both:
            _put(session, case, is_kept=is_kept, one=one)
    else:
        session.execute(
            select(*(_written(case, is_kept=is_kept, one=one) for is_kept, one in both))
        )


def _written(case: Case, *, is_kept: bool, one: SearchText | None) -> ColumnElement[Any]:
    doc, fields = (one.doc, one.fields) if one else (None, None)
    return func.write_search(case.id, is_kept, doc, fields)


def _put(session: Session, case: Case, *, is_kept: bool, one: SearchText | None) -> None:
    this = and_(_TEXTS.c.case_id == case.id, _TEXTS.c.is_kept == is_kept)
    if one is None:
        session.execute(delete(_TEXTS).where(this))
        return
    values = {"doc": one.doc, "fields": one.fields}
    changed: Any = session.execute(update(_TEXTS).where(this).values(values))
    if not changed.rowcount:
        first = first_seek(case.received_at)
        taken = select(func.max(_TEXTS.c.seek)).where(
            _TEXTS.c.street_id == case.street_id,
            _TEXTS.c.seek.between(first, first + (1 << TIES) - 1),
        )
        last = session.scalar(taken)
        key = {"case_id": case.id, "is_kept": is_kept, "street_id": case.street_id}
        seek = first if last is None else last + 1
        session.execute(_TEXTS.insert().values(key | values | {"seek": seek}))


def first_seek(received_at: datetime) -> int:
    """Return the lowest place in the order of search for a case of this moment."""
    return (int(received_at.timestamp() * 1000) - EPOCH * 1000) << TIES


def search(
    session: Session,
    person: Person,
    terms: Sequence[SearchTerm],
    *,
    now: datetime,
    most: int,
    before: int = NEWEST,
) -> list[SearchHit]:
    """Return the newest cases that the person may see and that contain every term.

    Args:
        before: only cases behind this place, to go on where an earlier search ended.
    """
    if not terms:
        return []
    if session.get_bind().dialect.name == "sqlite":
        return _search_file(session, person, terms, now=now, most=most, before=before)
    query = " & ".join(
        f"'{MONTH}{token}'" + ":*" * term.is_prefix for term in terms for token in _some_of(term)
    )
    words = [term.word for term in terms]
    told = func.search_cases(person.street_id, words, query, most, before)
    rows = session.execute(select(told.table_valued("found_case", "found_seek", "found_in")))
    return [SearchHit(row[0], row[1], tuple(map(SearchField, row[2]))) for row in rows]


def _some_of(term: SearchTerm) -> Iterator[str]:
    """Yield tokens from all over a word: a few narrow down as well as all of a long one."""
    last, steps = len(term.tokens) - 1, min(len(term.tokens), _TOKENS_ASKED) - 1
    yield from (term.tokens[last * step // max(steps, 1)] for step in range(steps + 1))


def containing(
    session: Session,
    person: Person,
    terms: Sequence[SearchTerm],
    cases: Select[int],
    now: datetime,
) -> frozenset[int]:
    """Return those of the cases that contain every term, as `search` would find them.

    Args:
        cases: the ids of cases that the person may see, few enough to be looked at one by one.
    """
    words = [term.word for term in terms]
    if session.get_bind().dialect.name != "sqlite":
        ids = list(session.scalars(cases))
        told = select(func.search_among(words, cast_to(ids, ARRAY(BigInteger))))
        return frozenset(session.scalars(told)) if ids else frozenset()
    rows = session.scalars(
        select(_TEXTS.c.case_id)
        .join(Case, Case.id == _TEXTS.c.case_id)
        .where(
            _TEXTS.c.case_id.in_(cases),
            *(func.instr(_TEXTS.c.doc, word) > 0 for word in words),
            _own_text(person),
            _found_unnamed(session, person, words, now),
        )
    )
    return frozenset(rows)


def one_of(
    session: Session, number: SQLColumnExpression[int], cases: Collection[int]
) -> ColumnElement[bool]:
    """Return the condition that a number is one of many, given to the database as one value."""
    if session.get_bind().dialect.name == "sqlite":
        told = func.json_each(json.dumps(sorted(cases))).table_valued("value")
        return number.in_(select(told.c.value))
    return number == any_(cast_to(sorted(cases), ARRAY(BigInteger)))


def _own_text(person: Person) -> ColumnElement[bool]:
    """Return the condition that a text is the one which the person finds its case by."""
    may_know = and_(Case.hides_appellant, in_own_hands(person))
    return _TEXTS.c.is_kept == func.coalesce(may_know, false())


def _sealed(session: Session, person: Person, now: datetime) -> ColumnElement[bool]:
    return under_seal(sealed_since(session, person.street_id, day_of(now)))


def _found_unnamed(
    session: Session, person: Person, words: Sequence[str], now: datetime
) -> ColumnElement[bool]:
    """Return the condition that what is under seal is found by what it is about, not by whom."""
    unnamed = func.search_unnamed(_TEXTS.c.doc, _TEXTS.c.fields)
    return or_(
        ~_sealed(session, person, now), and_(*(func.instr(unnamed, word) > 0 for word in words))
    )


def _search_file(
    session: Session,
    person: Person,
    terms: Sequence[SearchTerm],
    *,
    now: datetime,
    most: int,
    before: int,
) -> list[SearchHit]:
    words = [term.word for term in terms]
    query = " AND ".join(
        f'"{token}"' + "*" * term.is_prefix for term in terms for token in _some_of(term)
    )
    there = _TEXTS.c.street_id == person.street_id  # as the index of places begins
    # a condition, and no join: one text after the other is looked up, the newest first, whatever
    # the file knows of how many there are
    fits = (
        select(_TEXTS.c.case_id)
        .join(Case, Case.id == _TEXTS.c.case_id)
        .where(
            there,
            _TEXTS.c.seek == _INDEX.c.rowid,
            *(func.instr(_TEXTS.c.doc, word) > 0 for word in words),
            seen_by(person),
            _own_text(person),
            _found_unnamed(session, person, words, now),
        )
        .correlate(_INDEX)
        .exists()
    )
    matches = text("case_index MATCH :query").bindparams(query=query)
    found = session.scalars(
        select(_INDEX.c.rowid)
        .where(matches, _INDEX.c.rowid < before, fits)
        .order_by(_INDEX.c.rowid.desc())
        .limit(most)
    ).all()
    unnamed = func.search_unnamed(_TEXTS.c.doc, _TEXTS.c.fields)
    doc = first_of((_sealed(session, person, now), unnamed), else_=_TEXTS.c.doc)
    rows = session.execute(
        select(_TEXTS.c.case_id, _TEXTS.c.seek, doc, _TEXTS.c.fields)
        .join(Case, Case.id == _TEXTS.c.case_id)
        .where(there, _TEXTS.c.seek.in_(found))
        .order_by(_TEXTS.c.seek.desc())
    )
    return [
        SearchHit(case, seek, tuple(SearchText(doc, fields).field_of(t.word) for t in terms))
        for case, seek, doc, fields in rows
    ]
