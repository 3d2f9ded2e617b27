"""Who may have come with the same thing before, on the shared database (重复件).

Names and numbers are read only for one's own work, so this function compares and tells nothing of
what it compared: of cases the asker may see how they are tied to the one in hand, of others no
more than number, day, unit and status, and these only for the very same number or the same name
at the same place (DOMAIN.md 9.4). Reports, mediations and cases about the asker are never among
them; who asked to be hidden is found by nobody but those whose work he is, and whom a case under
seal (封存) is about by nobody at all.
"""

from desk.rules.codes import Purpose
from desk.store.contact_rights import OPEN as UNSEALED

MOST_TIES = 300
# way 1: the same number; 2: the same name at the same place; 3: a number with one digit wrong and
# no other name; 9: asked for by id, whatever it is
REPEAT_TIES = """
CREATE OR REPLACE FUNCTION repeat_ties(p_case bigint, p_phones text[], p_name text, p_place bigint,
  p_building text, p_from timestamptz, p_to timestamptz, p_ids bigint[])
RETURNS TABLE (case_id bigint, way integer, same_building boolean, is_dismissed boolean,
  is_seen boolean, number text, seq integer, received_at timestamptz, unit_id bigint, status text,
  place_id bigint, category_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_me bigint := my_staff(); v_street bigint := my_street(); v_units bigint[] := my_units();
  v_recused bigint[] := my_recused_units(); v_all boolean := oversees();
  v_phones text[] := p_phones; v_name text := coalesce(p_name, '');
  v_building text := coalesce(p_building, '');
BEGIN
  IF p_case IS NOT NULL THEN
    SELECT array_remove(ARRAY[f.phone, f.other_phone]::text[], NULL), coalesce(f.name, ''),
      coalesce(substring(replace(coalesce(f.address, ''), ' ', '') FROM '([0-9]{1,3})(?:_HOUSE)'),
        '')
      INTO v_phones, v_name, v_building
      FROM private_facts f JOIN cases c ON c.id = f.case_id
      WHERE c.id = p_case AND _TOLD AND _SEEN AND _NAMED;
  END IF;
  RETURN QUERY
  WITH near AS (
    SELECT overlay(n.phone placing d.digit::text from at.place) AS phone
    FROM unnest(v_phones) AS n(phone), generate_series(2, 11) AS at(place),
      generate_series(0, 9) AS d(digit)
    WHERE n.phone ~ '^1[0-9]{10}$' AND substr(n.phone, at.place, 1) <> d.digit::text),
  hit AS MATERIALIZED (
    SELECT f.case_id AS id, 1 AS tie FROM private_facts f WHERE f.phone = ANY (v_phones)
    UNION ALL SELECT f.case_id, 1 FROM private_facts f WHERE f.other_phone = ANY (v_phones)
    UNION ALL SELECT f.case_id, 2 FROM private_facts f JOIN cases c ON c.id = f.case_id
      WHERE v_name <> '' AND f.name = v_name AND c.place_id = p_place
    UNION ALL SELECT f.case_id, 3 FROM near n JOIN private_facts f ON f.phone = n.phone
      WHERE v_name = '' OR f.name IS NULL OR f.name = v_name
    UNION ALL SELECT i, 9 FROM unnest(p_ids) AS i),
  best AS (
    SELECT h.id, min(h.tie) FILTER (WHERE _NAMED OR h.tie = 9) AS tie
    FROM hit h JOIN cases c ON c.id = h.id
    WHERE _TOLD AND c.received_at BETWEEN p_from AND p_to AND c.id IS DISTINCT FROM p_case
    GROUP BY h.id)
  SELECT c.id, b.tie, _NAMED AND v_building <> '' AND replace(coalesce(f.address, ''), ' ', '')
      ~* ('(^|[^0-9a-z])0*' || v_building || '(_HOUSE)'),
    EXISTS (SELECT FROM repeat_verdicts v WHERE v.taken_back_at IS NULL
      AND (v.case_id = p_case AND v.other_id = c.id OR v.case_id = c.id AND v.other_id = p_case
        OR v.other_id = c.id AND EXISTS (SELECT FROM private_facts x
          JOIN cases c ON c.id = x.case_id
          WHERE x.case_id = v.case_id AND x.phone = ANY (v_phones) AND _NAMED))),
    _SEEN, c.number::text, c.seq, c.received_at, coalesce(c.lead_unit_id, c.first_unit_id),
    c.status::text, c.place_id, c.category_id
  FROM best b JOIN cases c ON c.id = b.id JOIN private_facts f ON f.case_id = c.id
  WHERE b.tie IS NOT NULL AND (b.tie < 3 OR _SEEN)
  ORDER BY b.tie, c.received_at DESC LIMIT _MOST;
END $$
"""
_WORDS = {
    "_TOLD": (
        f"c.street_id = v_street AND NOT c.is_secret AND c.purpose <> '{Purpose.MEDIATION}' "
        "AND (c.accused_staff_id IS NULL OR c.accused_staff_id <> v_me) "
        "AND (c.accused_unit_id IS NULL OR c.accused_unit_id <> ALL (v_recused))"
    ),
    "_SEEN": (
        "(v_all OR c.first_responder_id = v_me OR c.recorder_id = v_me OR c.seen_by && v_units)"
    ),
    # whom it is about may be asked for: `store.person_facts.named`
    "_NAMED": f"({UNSEALED} AND (NOT c.hides_appellant OR _MINE) IS TRUE)",
    "_MINE": "c.first_responder_id = v_me OR c.recorder_id = v_me OR c.handler_id = v_me",
    "_HOUSE": "栋|幢|号楼|座",
    "_MOST": str(MOST_TIES),
}


def _written(statement: str) -> str:
    for word, meaning in _WORDS.items():
        statement = statement.replace(word, meaning)
    return statement.strip()


REPEAT_FUNCTIONS = {
    "repeat_ties(bigint, text[], text, bigint, text, timestamptz, timestamptz, bigint[])": _written(
        REPEAT_TIES
    )
}
