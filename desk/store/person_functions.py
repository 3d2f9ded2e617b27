"""Finding a person's and a place's cases on the shared database (一人一档、一地一档).

Names and numbers are read only for one's own work, so whoever asks whether somebody was here
before is answered by functions that compare and tell nothing of what they compared: ids of cases
the asker may see anyway, of all others that they exist (DOMAIN.md 9.4). Reports, mediations,
cases about the asker, and whom a case under seal (封存) is about, are not even counted.
"""

from types import MappingProxyType

from desk.rules.codes import Purpose, Resolution, Satisfaction
from desk.rules.lifecycle import OPEN
from desk.rules.neighbour_words import BLANKED, DELICATE, LONGEST, NOBODY, SHORTEST
from desk.store.contact_rights import OPEN as UNSEALED
from desk.store.sight import HELD, WORKERS

MOST_OF_A_NAME = 300  # the newest of this name are compared by address
MOST_OF_A_NUMBER = 500
MOST_OF_A_START = 200


def _list(words: object) -> str:
    assert isinstance(words, frozenset)  # noqa: S101
    return "ARRAY[" + ", ".join(f"'{word.value}'" for word in sorted(words)) + "]"


_BLANKS = "".join(
    f"    v_said := regexp_replace(v_said, '{pattern}', '{instead}', 'g');\n"
    for pattern, instead in BLANKED
)
_WORDS = MappingProxyType(
    {
        "_HEAD": (
            "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$"
        ),
        "_BLANKS": _BLANKS,
        "_OPEN": _list(OPEN),
        "_HELD": _list(HELD),
        "_WORKERS": _list(WORKERS),
        # what may be known to exist
        "_TOLD": (
            f"c.street_id = v_street AND NOT c.is_secret AND c.purpose <> '{Purpose.MEDIATION}' "
            "AND (c.accused_staff_id IS NULL OR c.accused_staff_id <> v_me) "
            "AND (c.accused_unit_id IS NULL OR c.accused_unit_id <> ALL (v_recused))"
        ),
        # whom it is about may be asked for: `store.sealing`
        "_NAMED": f"_TOLD AND {UNSEALED}",
        "_SEEN": (
            "(v_oversees OR c.first_responder_id = v_me OR c.recorder_id = v_me "
            "OR c.seen_by && v_units)"
        ),
        # `store.sight.in_own_hands`
        "_MINE": (
            "(c.first_responder_id = v_me OR c.recorder_id = v_me OR c.handler_id = v_me "
            "OR v_works AND EXISTS (SELECT FROM assignments x WHERE x.case_id = c.id "
            "AND x.round_no = c.round_no AND x.unit_id = ANY (v_units) "
            "AND x.status = ANY (_HELD)))"
        ),
        "_ME": """
  v_me bigint := my_staff();
  v_street bigint := my_street();
  v_units bigint[] := my_units();
  v_recused bigint[] := my_recused_units();
  v_oversees boolean := oversees();
  v_works boolean := my_roles() && _WORKERS;""",
        "_NAMES": str(MOST_OF_A_NAME),
        "_NUMBERS": str(MOST_OF_A_NUMBER),
        "_STARTS": str(MOST_OF_A_START),
        "_NOBODY": f"'{NOBODY}'",
        "_DELICATE": f"'{DELICATE}'",
        "_LONGEST": str(LONGEST),
        "_SHORTEST": str(SHORTEST),
        "_SOLVED": f"'{Resolution.YES}'",
        "_BAD": f"'{Satisfaction.DISSATISFIED}'",
    }
)


def _written(body: str) -> str:
    """Return the words of a function with the conditions filled in."""
    for _ in range(2):  # conditions are made of others
        for word, meaning in _WORDS.items():
            body = body.replace(word, meaning)
    return body.strip()


# who gave a number that begins so: how many numbers there are (two stand for more), and of the
# only one how often and how many open; fewer than seven digits ask nothing
PERSON_OF_START = _written("""
CREATE OR REPLACE FUNCTION person_of_start(p_start text)
RETURNS TABLE (numbers bigint, counted bigint, still_open bigint) _HEAD
DECLARE _ME
BEGIN
  IF length(p_start) < 7 OR p_start !~ '^[0-9]+$' THEN RETURN; END IF;
  RETURN QUERY SELECT count(DISTINCT f.phone), count(*),
    count(*) FILTER (WHERE c.status = ANY (_OPEN))
  FROM (SELECT x.phone, x.case_id FROM private_facts x
    WHERE x.phone >= p_start AND x.phone <= p_start || repeat('9', 13)
    ORDER BY x.phone LIMIT _STARTS) f
  JOIN cases c ON c.id = f.case_id WHERE _NAMED;
END $$
""")
# A number of seven digits and more stands for the only one that begins so.
# The facts one starts from are those of cases the asker may see, and what he typed himself. Who
# asked to be hidden is counted under his own number and found by those whose work he is.
CASES_OF_PERSON = _written("""
CREATE OR REPLACE FUNCTION cases_of_person(p_cases bigint[], p_phone text, p_blind text,
  p_plain text, p_name text, p_place bigint, p_address text)
RETURNS TABLE (case_id bigint, is_open boolean, facet bigint, by_phone boolean,
  by_identity boolean, by_name boolean, is_nameless boolean) _HEAD
DECLARE _ME
  v_phone text := nullif(p_phone, '');
BEGIN
  IF v_phone ~ '^1[0-9]{6,9}$' THEN
    SELECT min(x.phone) INTO v_phone FROM (SELECT f.phone, f.case_id FROM private_facts f
      WHERE f.phone >= p_phone AND f.phone <= p_phone || repeat('9', 13)
      ORDER BY f.phone LIMIT _STARTS) x
    JOIN cases c ON c.id = x.case_id WHERE _NAMED HAVING count(DISTINCT x.phone) = 1;
  END IF;
  RETURN QUERY
  WITH anchor AS MATERIALIZED (
    SELECT f.phone::text, f.name::text, f.address::text, c.place_id, n.blind_index::text,
      CASE WHEN n.blind_index IS NULL THEN n.cipher END AS plain
    FROM private_facts f JOIN cases c ON c.id = f.case_id
    LEFT JOIN identity_numbers n ON n.owner_id = f.case_id
    WHERE f.case_id = ANY (p_cases) AND _NAMED AND _SEEN AND (NOT c.hides_appellant OR _MINE)
    UNION SELECT v_phone, nullif(p_name, ''), nullif(p_address, ''), p_place,
      nullif(p_blind, ''), nullif(p_plain, '')),
  hit AS (
    SELECT x.case_id AS id, 1 AS way FROM (SELECT DISTINCT a.phone FROM anchor a) a
      CROSS JOIN LATERAL (SELECT f.case_id FROM private_facts f WHERE f.phone = a.phone
        ORDER BY f.case_id DESC LIMIT _NUMBERS) x
    UNION SELECT f.case_id, 1 FROM anchor a JOIN private_facts f ON f.other_phone = a.phone
    UNION SELECT n.case_id, 2 FROM anchor a JOIN identity_numbers n
      ON n.street_id = v_street AND n.blind_index = a.blind_index AND n.case_id = n.owner_id
    UNION SELECT n.case_id, 2 FROM anchor a JOIN identity_numbers n
      ON n.street_id = v_street AND n.blind_index IS NULL AND n.cipher = a.plain
      AND n.case_id = n.owner_id
    UNION SELECT x.case_id, 3 FROM anchor a
      CROSS JOIN LATERAL (SELECT f.case_id, f.address FROM private_facts f
        WHERE f.name = a.name ORDER BY f.case_id DESC LIMIT _NAMES) x
      JOIN cases c ON c.id = x.case_id WHERE x.address = a.address OR c.place_id = a.place_id),
  way AS (
    SELECT h.id, bool_or(h.way = 1) AS p, bool_or(h.way = 2) AS i, bool_or(h.way = 3) AS n
    FROM hit h GROUP BY h.id),
  known AS (
    SELECT w.*, c.status, f.name, coalesce(f.phone, '#' || f.case_id) AS number,
      _SEEN AND (NOT c.hides_appellant OR _MINE) AS is_seen
    FROM way w JOIN cases c ON c.id = w.id JOIN private_facts f ON f.case_id = w.id
    WHERE _NAMED AND (w.p OR NOT c.hides_appellant OR _MINE)),
  newest AS (
    SELECT k.*, coalesce(k.name, '') AS called,
      bool_or(k.p) OVER same AS any_p, max(k.id) OVER same AS last_id FROM known k
    WINDOW same AS (PARTITION BY k.number, coalesce(k.name, '')))
  SELECT CASE WHEN k.is_seen THEN k.id END, k.status = ANY (_OPEN),
    dense_rank() OVER (ORDER BY k.any_p DESC, k.last_id DESC), k.p, k.i, k.n, k.name IS NULL
  FROM newest k ORDER BY k.id DESC;
END $$
""")
# how many cases of which category came from a place, span by span, and how many of them lately
CASES_OF_PLACES = _written("""
CREATE OR REPLACE FUNCTION cases_of_places(p_places bigint[], p_starts timestamptz[],
  p_since timestamptz)
RETURNS TABLE (span integer, category_id bigint, counted bigint, still_open bigint,
  lately bigint) _HEAD
DECLARE _ME
BEGIN
  RETURN QUERY SELECT width_bucket(c.received_at, p_starts), c.category_id, count(*),
    count(*) FILTER (WHERE c.status = ANY (_OPEN)), count(*) FILTER (WHERE c.received_at > p_since)
  FROM cases c WHERE c.place_id = ANY (p_places) AND _TOLD GROUP BY 1, 2;
END $$
""")
# `rules.neighbour_words.key_sentence`
KEY_SENTENCE = _written("""
CREATE OR REPLACE FUNCTION key_sentence(p_text text, p_names text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_said text;
  v_name text;
BEGIN
  FOR v_said IN SELECT btrim(t.s) FROM regexp_split_to_table(p_text, '[。；\\n]')
    WITH ORDINALITY AS t(s, at) ORDER BY t.at LOOP
    FOR v_name IN SELECT n FROM unnest(p_names) n WHERE n <> '' ORDER BY length(n) DESC LOOP
      v_said := replace(v_said, v_name, _NOBODY);
    END LOOP;
_BLANKS
    IF length(v_said) >= _SHORTEST AND v_said !~ _DELICATE THEN
      RETURN left(v_said, _LONGEST) || CASE WHEN length(v_said) > _LONGEST THEN '…' ELSE '' END;
    END IF;
  END LOOP;
  RETURN '';
END $$
""")
# the newest cases of these kinds that were solved there: which, only where it is in sight
SOLVED_THERE = _written("""
CREATE OR REPLACE FUNCTION solved_there(p_places bigint[], p_categories bigint[], p_most integer)
RETURNS TABLE (case_id bigint, category_id bigint, unit_id bigint, received_at timestamptz,
  closed_at timestamptz, measures text, decision text) _HEAD
DECLARE _ME
BEGIN
  RETURN QUERY
  SELECT CASE WHEN s.is_seen THEN s.id END, s.category_id, s.unit_id, s.received_at, s.closed_at,
    key_sentence(coalesce((SELECT r.measures FROM rounds r WHERE r.case_id = s.id
      AND r.number = s.round_no), s.answer, ''), s.names),
    key_sentence(coalesce((SELECT o.decision FROM opinions o WHERE o.case_id = s.id
      AND o.signed_at IS NOT NULL ORDER BY o.round_no DESC, o.revision DESC LIMIT 1),
      s.answer, ''), s.names)
  FROM (SELECT x.* FROM unnest(p_places) AS p(id), unnest(p_categories) AS k(id),
    LATERAL (SELECT c.id, c.category_id, coalesce(c.lead_unit_id, c.first_unit_id) AS unit_id,
        c.received_at, c.closed_at, c.round_no, c.answer, _SEEN AS is_seen,
        ARRAY[f.name, f.address, f.site, f.workplace, f.guardian, f.representatives,
          f.other_party]::text[] AS names
      FROM cases c JOIN private_facts f ON f.case_id = c.id
      WHERE c.place_id = p.id AND c.category_id = k.id AND c.resolution = _SOLVED
      AND c.closed_at IS NOT NULL AND NOT c.hides_appellant
      AND c.satisfaction IS DISTINCT FROM _BAD AND _TOLD
      ORDER BY c.closed_at DESC LIMIT p_most) x
    ORDER BY x.closed_at DESC LIMIT p_most) s ORDER BY s.closed_at DESC;
END $$
""")
PERSON_FUNCTIONS = MappingProxyType(
    {
        "person_of_start(text)": PERSON_OF_START,
        "cases_of_person(bigint[], text, text, text, text, bigint, text)": CASES_OF_PERSON,
        "cases_of_places(bigint[], timestamptz[], timestamptz)": CASES_OF_PLACES,
        "key_sentence(text, text[])": KEY_SENTENCE,
        "solved_there(bigint[], bigint[], integer)": SOLVED_THERE,
    }
)
