"""Which cases are worth comparing with the one that is being written (重复件候选), by index alone.

Those that say one of its rare words, those of its estate, and the very newest: however many cases
there are, only so many rows are looked at. On the shared database nobody reads the index of words,
so a function answers there; it tells only cases that the asker sees and may know of.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    DateTime,
    Table,
    Text,
    column,
    func,
    literal,
    select,
    table,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from desk.rules.codes import CaseStatus, Purpose
from desk.rules.rights import Person
from desk.rules.search_text import SearchTerm, search_terms
from desk.store.models import Case, CaseSearch
from desk.store.person_facts import mentionable
from desk.store.search_functions import MONTH
from desk.store.search_index import first_seek
from desk.store.sight import seen_by

ENDED = (CaseStatus.MERGED, CaseStatus.WITHDRAWN)
_SAYING, _HERE, _NEWEST = 800, 600, 400  # rows at most of each kind
_TEXTS = cast("Table", CaseSearch.__table__)
_INDEX = table("case_index", column("rowid", BigInteger))
_FIELD = """
CREATE OR REPLACE FUNCTION cases_to_compare(p_street bigint, p_query text, p_places bigint[],
  p_from timestamptz, p_to timestamptz, p_first bigint, p_last bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
  v_me bigint := my_staff(); v_street bigint := my_street(); v_units bigint[] := my_units();
  v_recused bigint[] := my_recused_units(); v_all boolean := oversees();
BEGIN
  IF is_owner() THEN v_all := true; v_recused := '{}'; v_street := p_street; END IF;
  RETURN QUERY WITH near AS MATERIALIZED (
    (SELECT s.case_id AS id
      FROM (SELECT replace(p_query, '_MONTH', search_key(v_street, month))::tsquery AS asked
        FROM generate_series(search_month(p_first), search_month(p_last)) AS month
        WHERE p_query <> '' OFFSET 0) m
      CROSS JOIN LATERAL (SELECT h.case_id, h.seek FROM case_search h
        WHERE h.grams @@ m.asked AND h.street_id + 0 = v_street AND NOT h.is_kept OFFSET 0) s
      WHERE s.seek BETWEEN p_first AND p_last ORDER BY s.seek DESC LIMIT _SAYING)
    UNION (SELECT x.id FROM unnest(p_places) AS p(id), LATERAL (SELECT c.id, c.received_at
        FROM cases c WHERE c.place_id = p.id AND c.received_at BETWEEN p_from AND p_to
        ORDER BY c.received_at DESC LIMIT _HERE) x
      ORDER BY x.received_at DESC LIMIT _HERE)
    UNION (SELECT c.id FROM cases c
      WHERE c.street_id = v_street AND c.received_at BETWEEN p_from AND p_to
      ORDER BY c.received_at DESC, c.id DESC LIMIT _NEWEST))
  SELECT c.id FROM near n JOIN cases c ON c.id = n.id
  WHERE c.street_id = v_street AND c.received_at BETWEEN p_from AND p_to
    AND NOT c.is_secret AND c.purpose <> '_MEDIATION' AND c.status NOT IN (_ENDED)
    AND (c.accused_staff_id IS NULL OR c.accused_staff_id <> v_me)
    AND (c.accused_unit_id IS NULL OR c.accused_unit_id <> ALL (v_recused))
    AND (v_all OR c.first_responder_id = v_me OR c.recorder_id = v_me OR c.seen_by && v_units);
END $$
"""


def _written() -> str:
    words = {
        "_SAYING": str(_SAYING),
        "_HERE": str(_HERE),
        "_NEWEST": str(_NEWEST),
        "_MONTH": MONTH,
        "_MEDIATION": Purpose.MEDIATION.value,
        "_ENDED": ", ".join(f"'{status.value}'" for status in ENDED),
    }
    statement = _FIELD
    for word, meaning in words.items():
        statement = statement.replace(word, meaning)
    return statement.strip()


FIELD_FUNCTIONS = {
    "cases_to_compare(bigint, text, bigint[], timestamptz, timestamptz, bigint, bigint)": _written()
}


def cases_to_compare(
    session: Session,
    person: Person,
    words: Collection[Sequence[str]],
    places: Sequence[int],
    span: tuple[datetime, datetime],
) -> list[int]:
    """Return cases of a time that the person sees: they say a word, lie there, or are the newest.

    Args:
        words: rare words, each with every way of saying it.
        places: the estate with its buildings, or nothing.
    """
    terms = {term for word in words for way in word for term in search_terms(way)}
    if session.get_bind().dialect.name == "sqlite":
        return _of_file(session, person, terms, places, span)
    told = func.cases_to_compare(
        literal(person.street_id, BigInteger),
        literal(" | ".join(sorted(_for_server(terms))), Text),
        literal(list(places), ARRAY(BigInteger)),
        *(literal(moment, DateTime(timezone=True)) for moment in span),
        *(literal(first_seek(moment), BigInteger) for moment in span),
        type_=BigInteger,
    )
    return list(session.scalars(select(told)))


def _for_server(terms: Collection[SearchTerm]) -> Iterator[str]:
    for term in terms:
        tokens = [f"'{MONTH}{token}'" + ":*" * term.is_prefix for token in term.tokens]
        yield f"({' & '.join(tokens)})"


def _for_file(terms: Collection[SearchTerm]) -> Iterator[str]:
    for term in terms:
        tokens = [f'"{token}"' + "*" * term.is_prefix for token in term.tokens]
        yield f"({' AND '.join(tokens)})"


def _of_file(
    session: Session,
    person: Person,
    terms: Collection[SearchTerm],
    places: Sequence[int],
    span: tuple[datetime, datetime],
) -> list[int]:
    during = Case.received_at.between(*span)
    newest = (Case.received_at.desc(), Case.id.desc())
    parts: list[Any] = [
        select(Case.id)
        .where(Case.street_id == person.street_id, during)
        .order_by(*newest)
        .limit(_NEWEST)
    ]
    if places:
        here = select(Case.id).where(Case.place_id.in_(places), during)
        parts.append(here.order_by(Case.received_at.desc()).limit(_HERE))
    if terms:
        parts.append(_saying(person, terms, span))
    near = union(*(select(part.subquery().c[0]) for part in parts))
    # "is true": else the file looks for the few among all cases of the street
    rows = session.scalars(
        select(Case.id).where(
            Case.id.in_(near),
            Case.status.not_in(ENDED),
            mentionable(person).is_(True),
            seen_by(person).is_(True),
        )
    )
    return list(rows)


def _saying(person: Person, terms: Collection[SearchTerm], span: tuple[datetime, datetime]) -> Any:
    query = " OR ".join(sorted(_for_file(terms)))
    return (
        select(_TEXTS.c.case_id)
        .select_from(_INDEX)
        .join(_TEXTS, _TEXTS.c.seek == _INDEX.c.rowid)
        .where(
            text("case_index MATCH :said").bindparams(said=query),
            _INDEX.c.rowid.between(first_seek(span[0]), first_seek(span[1])),
            _TEXTS.c.street_id == person.street_id,
            _TEXTS.c.is_kept.is_(False),
        )
        .order_by(_INDEX.c.rowid.desc())
        .limit(_SAYING)
    )
