"""Search on the shared database (检索): what is written, and what it may tell to whom.

Nobody reads or writes `case_search` there but through these functions (HOUSE.md decision 14). They
apply the same predicate of sight as the policy on `cases`, say of each hit only which case it is
and in which fact each word stood, and never give the text itself away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from desk.rules.search_text import IDEOGRAPHS, IDEOGRAPHS_IN_TOKEN, OTHERS_IN_TOKEN
from desk.store.row_conditions import CASE, WORDS
from desk.store.sight import HELD, WORKERS

# newer cases have a higher `seek`: milliseconds since 2000, and room for many of the same moment
EPOCH = 946_684_800
TIES = 22
MONTH = "#"  # in a query what stands for the key of a street and month; never in a word
WALK = 2000  # the newest texts that are looked at before the index is asked
_WIDE = " OR ".join(f"ascii(letter) BETWEEN {first} AND {last}" for first, last in IDEOGRAPHS)
# two ideographs or four other letters, fewer at the end of a line: `rules.search_text.tokens`
_TOKENS = """
CREATE OR REPLACE FUNCTION search_tokens(p_doc text) RETURNS text[] LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT substr(line, place, CASE WHEN _WIDE THEN _TWO ELSE _FOUR END)),
    '{}')
  FROM string_to_table(p_doc, E'\\n') AS line
  CROSS JOIN generate_series(1, length(line)) AS place
  CROSS JOIN substr(line, place, 1) AS letter
$$
"""
# the tokens of this street and month, and who may see the case; the latter again whenever somebody
# more may
_FILED = """
CREATE OR REPLACE FUNCTION guard_search_filed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.grams := array_to_tsvector(ARRAY(
    SELECT search_key(NEW.street_id, search_month(NEW.seek)) || token
    FROM unnest(search_tokens(NEW.doc)) AS token));
  NEW.known_to := (SELECT c.seen_by || ARRAY[c.first_responder_id, c.recorder_id]
    FROM cases c WHERE c.id = NEW.case_id);
  RETURN NEW;
END $$
"""
_SIGHTED = """
CREATE OR REPLACE FUNCTION guard_search_sighted() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE case_search SET known_to = NEW.seen_by || ARRAY[NEW.first_responder_id, NEW.recorder_id]
    WHERE case_id = NEW.id;
  RETURN NULL;
END $$
"""
_FIELDS = """
CREATE OR REPLACE FUNCTION search_fields(p_doc text, p_fields text, p_words text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT string_agg(substr(p_fields, 1 + length(head) - length(replace(head, E'\n', '')), 1), ''
    ORDER BY place)
  FROM unnest(p_words) WITH ORDINALITY AS asked(word, place)
  CROSS JOIN left(p_doc, strpos(p_doc, word) - 1) AS head
$$
"""
_MONTH = """
CREATE OR REPLACE FUNCTION search_month(p_seek bigint) RETURNS integer LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
  SELECT (extract(year FROM day) * 12 + extract(month FROM day))::integer
  FROM (SELECT to_timestamp((p_seek >> _TIES) / 1000 + _EPOCH) AT TIME ZONE 'UTC' AS day) AS moment
$$
"""
# Each token is kept behind the key of its street and month, so that the index has a short list for
# every month, and a common piece is read no further back than it is asked for. Two months of a
# street never have one key; what another street has under the same is left out by its cases.
_KEY = """
CREATE OR REPLACE FUNCTION search_key(p_street bigint, p_month integer) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT lpad(to_hex((p_street + p_month * 61) % 4096), 3, '0')
$$
"""
_WRITE = """
CREATE OR REPLACE FUNCTION write_search(p_case bigint, p_is_kept boolean, p_doc text, p_fields text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one record; base bigint; place bigint;
BEGIN
  SELECT street_id, received_at INTO one FROM cases
    WHERE id = p_case AND (is_owner() OR is_in_hand(p_case) OR (_CASE));
  IF NOT FOUND THEN RAISE EXCEPTION '这一件不归您办理' USING ERRCODE = '42501'; END IF;
  IF p_doc IS NULL THEN
    DELETE FROM case_search WHERE case_id = p_case AND is_kept = p_is_kept; RETURN; END IF;
  UPDATE case_search SET doc = p_doc, fields = p_fields
    WHERE case_id = p_case AND is_kept = p_is_kept;
  IF FOUND THEN RETURN; END IF;
  base := floor((extract(epoch FROM one.received_at) - _EPOCH) * 1000)::bigint << _TIES;
  SELECT max(seek) INTO place FROM case_search
    WHERE seek >= base AND seek < base + (1::bigint << _TIES);
  INSERT INTO case_search (case_id, is_kept, street_id, seek, doc, fields)
    VALUES (p_case, p_is_kept, one.street_id, coalesce(place + 1, base), p_doc, p_fields);
END $$
"""
# First the newest are walked, where what is common is found at once; what is rare comes from the
# index, one month first, then four, then sixteen. Never left to the planner: it was wrong by 1,000.
_SEARCH = """
CREATE OR REPLACE FUNCTION search_cases(p_street bigint, p_words text[], p_query text,
  p_most integer, p_before bigint)
RETURNS TABLE (found_case bigint, found_seek bigint, found_in text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_street bigint := my_street(); v_me bigint := my_staff(); v_units bigint[] := my_units();
  v_roles text[] := my_roles(); v_all boolean := oversees(); v_secrets boolean := keeps_secrets();
  v_recused bigint[] := my_recused_units(); v_known bigint[] := v_units || v_me;
  v_border bigint; v_count integer := 0; v_more integer; v_months integer := 1;
  v_from integer; v_to integer; v_oldest integer;
BEGIN
  IF is_owner() THEN v_all := true; v_secrets := true; v_recused := '{}'; v_street := p_street;
  END IF;
  RETURN QUERY SELECT s.case_id, s.seek, _FOUND_IN
    FROM (SELECT * FROM case_search w WHERE w.street_id = v_street AND w.seek < p_before
      ORDER BY w.seek DESC LIMIT _WALK) s JOIN cases c ON c.id = s.case_id
    WHERE _CONTAINS AND _SIGHT ORDER BY s.seek DESC LIMIT p_most;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count >= p_most THEN RETURN; END IF;
  SELECT w.seek INTO v_border FROM case_search w WHERE w.street_id = v_street
    AND w.seek < p_before ORDER BY w.seek DESC OFFSET _WALK - 1 LIMIT 1;
  IF v_border IS NULL THEN RETURN; END IF;
  SELECT search_month(min(w.seek)) INTO v_oldest FROM case_search w WHERE w.street_id = v_street;
  v_from := search_month(v_border);
  WHILE v_from >= v_oldest LOOP
    v_to := greatest(v_from - v_months + 1, v_oldest);
    IF v_all OR v_secrets THEN
      RETURN QUERY _SOME_MONTHS;
    ELSE
      RETURN QUERY _SOME_MONTHS_KNOWN;
    END IF;
    GET DIAGNOSTICS v_more = ROW_COUNT;
    v_count := v_count + v_more;
    IF v_count >= p_most THEN RETURN; END IF;
    v_from := v_to - 1;
    v_months := v_months * 4;
  END LOOP;
END $$
"""
# of cases that a board holds already: looked at one by one, for there are few open ones
_AMONG_CASES = """
CREATE OR REPLACE FUNCTION search_among(p_words text[], p_cases bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_street bigint := my_street(); v_me bigint := my_staff(); v_units bigint[] := my_units();
  v_roles text[] := my_roles(); v_all boolean := oversees(); v_secrets boolean := keeps_secrets();
  v_recused bigint[] := my_recused_units();
BEGIN
  IF is_owner() THEN v_all := true; v_secrets := true; v_recused := '{}';
    SELECT c.street_id INTO v_street FROM cases c WHERE c.id = p_cases[1]; END IF;
  RETURN QUERY SELECT s.case_id FROM case_search s JOIN cases c ON c.id = s.case_id
    WHERE s.case_id = ANY (p_cases) AND _CONTAINS AND _SIGHT;
END $$
"""
_SOME_MONTHS = """SELECT s.case_id, s.seek, _FOUND_IN
      FROM (SELECT replace(p_query, '_HASH', search_key(v_street, month))::tsquery AS asked
        FROM generate_series(v_to, v_from) AS month OFFSET 0) m
      CROSS JOIN LATERAL (SELECT h.case_id, h.is_kept, h.seek, h.doc, h.fields FROM case_search h
        WHERE h.grams @@ m.asked_AMONG OFFSET 0) s
      JOIN cases c ON c.id = s.case_id
      WHERE s.seek < v_border AND _CONTAINS AND _SIGHT
      ORDER BY s.seek DESC LIMIT p_most - v_count"""
_CONTAINS = """(strpos(s.doc, p_words[1]) > 0 AND (cardinality(p_words) = 1
        OR NOT EXISTS (SELECT FROM unnest(p_words) AS word WHERE strpos(s.doc, word) = 0)))"""
# `row_rights.CASE`, of a row in hand left out; and of a text that is kept `sight.in_own_hands`;
# of two texts of a case the one that says more, if it may
_SIGHT = """c.street_id = v_street
      AND (c.accused_staff_id IS NULL OR c.accused_staff_id <> v_me)
      AND (c.accused_unit_id IS NULL OR c.accused_unit_id <> ALL (v_recused))
      AND ((NOT c.is_secret AND v_all) OR (c.is_secret AND v_secrets)
        OR c.first_responder_id = v_me OR c.recorder_id = v_me OR c.seen_by && v_units)
      AND s.is_kept = ((c.hides_appellant AND (is_owner() OR _OWN)) IS TRUE)
      AND (_NAMED OR NOT EXISTS (SELECT FROM unnest(p_words) AS word
        WHERE strpos(search_unnamed(s.doc, s.fields), word) = 0))"""
# what is under seal (封存) is found by what it is about, never by whom
_FOUND_IN = """search_fields(CASE WHEN _NAMED THEN s.doc
        ELSE search_unnamed(s.doc, s.fields) END, s.fields, p_words)"""
_OWN = """c.first_responder_id = v_me OR c.recorder_id = v_me OR c.handler_id = v_me
        OR (v_roles && _WORKERS AND EXISTS (SELECT FROM assignments a WHERE a.case_id = c.id
          AND a.round_no = c.round_no AND a.unit_id = ANY (v_units) AND a.status IN (_HELD)))"""


def _texts(codes: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{code.value}'" for code in sorted(codes))


# what stands for what, the outermost first
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "_SOME_MONTHS_KNOWN": _SOME_MONTHS.replace("_AMONG", " AND h.known_to && v_known"),
        "_SOME_MONTHS": _SOME_MONTHS.replace("_AMONG", ""),
        "_CONTAINS": _CONTAINS,
        "_SIGHT": _SIGHT,
        "_FOUND_IN": _FOUND_IN,
        "_OWN": _OWN,
        "_CASE": CASE,
        **WORDS,
        "_WORKERS": f"ARRAY[{_texts(WORKERS)}]",
        "_HELD": _texts(HELD),
        "_WIDE": _WIDE,
        "_TWO": str(IDEOGRAPHS_IN_TOKEN),
        "_FOUR": str(OTHERS_IN_TOKEN),
        "_EPOCH": str(EPOCH),
        "_TIES": str(TIES),
        "_WALK": str(WALK),
        "_HASH": MONTH,
    }
)


def _written(statement: str) -> str:
    for word, meaning in _WORDS.items():
        statement = re.sub(rf"{word}\b", meaning.strip().replace("\\", r"\\"), statement)
    return statement.strip()


SEARCH_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "search_tokens(text)": _written(_TOKENS),
        "search_fields(text, text, text[])": _written(_FIELDS),
        "search_month(bigint)": _written(_MONTH),
        "search_key(bigint, integer)": _written(_KEY),
        "write_search(bigint, boolean, text, text)": _written(_WRITE),
        "search_cases(bigint, text[], text, integer, bigint)": _written(_SEARCH),
        "search_among(text[], bigint[])": _written(_AMONG_CASES),
    }
)


def search_guards() -> Iterator[str]:
    """Yield what keeps tokens and sight of the shared database's search in step with the cases."""
    yield _written(_FILED)
    yield _written(_SIGHTED)
    yield (
        "CREATE TRIGGER guard_search_filed BEFORE INSERT OR UPDATE OF doc ON case_search "
        "FOR EACH ROW EXECUTE FUNCTION guard_search_filed()"
    )
    yield (
        "CREATE TRIGGER guard_search_sighted AFTER UPDATE OF seen_by ON cases FOR EACH ROW "
        "WHEN (NEW.seen_by IS DISTINCT FROM OLD.seen_by) EXECUTE FUNCTION guard_search_sighted()"
    )


def search_index_guards() -> Iterator[str]:
    """Yield what keeps the token index of a SQLite file in step with the texts.

    The function `search_tokens` is the program's own: who writes a text without it is refused.
    """
    add = "INSERT INTO case_index(rowid, tokens) VALUES (NEW.seek, search_tokens(NEW.doc));"
    drop = (
        "INSERT INTO case_index(case_index, rowid, tokens) "
        "VALUES ('delete', OLD.seek, search_tokens(OLD.doc));"
    )
    for name, event, steps in (
        ("added", "INSERT", add),
        ("changed", "UPDATE", drop + add),
        ("removed", "DELETE", drop),
    ):
        yield (f"CREATE TRIGGER guard_search_{name} AFTER {event} ON case_search BEGIN {steps} END")
