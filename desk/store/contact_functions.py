"""What the shared database tells of contact data that is nobody's own work (联系方式的函数).

The policy on `private_facts` gives it to those whose work a case is. A hall does more with it:
somebody is recognised by the number he gives, an opinion is checked against the name, leaders
ring people themselves, a ledger goes out. Each function here tells what one query tells, to whom
that query may tell it, about cases that he sees. Where whole rows go out, the server's own log
says who asked, since a transaction that is taken back leaves no line in ours.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.codes import Purpose, Role
from desk.rules.deeds import HALL_DEEDS, STEP_OF, WORKING_ROLES, Deed
from desk.rules.rights import DONE_BY_DEPUTIES, KEEPERS_OF_SECRETS
from desk.store.contact_rights import CONTACT_RIGHTS, IN_OWN_HANDS, OPEN, listed, replaced
from desk.store.row_conditions import CASE, WORDS

_LEADERS = frozenset({Role.LEADER, Role.CHIEF})
LETTER_DEEDS = (Deed.SIGN, Deed.SIGN_ON_PAPER, Deed.SEAL, Deed.DELIVER)
_HEAD = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
_SEES_CASE = """
CREATE OR REPLACE FUNCTION sees_case(p_case bigint) RETURNS boolean _HEAD AS $$
BEGIN RETURN is_owner() OR EXISTS (SELECT FROM cases WHERE id = p_case AND (_CASE)); END $$
"""
# of whoever gave the whole number: `queries.visitors`
_CASES_OF_NUMBER = """
CREATE OR REPLACE FUNCTION cases_of_number(p_number text) RETURNS SETOF bigint _HEAD AS $$
BEGIN
  RETURN QUERY SELECT c.id FROM private_facts f _SEEN
    WHERE f.phone = p_number AND _MENTIONABLE AND _OPEN
    AND (NOT c.hides_appellant OR _IN_OWN_HANDS);
END $$
"""
_CALLER_OF_NUMBER = """
CREATE OR REPLACE FUNCTION caller_of_number(p_number text)
RETURNS TABLE (case_id bigint, name text, address text) _HEAD AS $$
BEGIN
  RETURN QUERY SELECT c.id, f.name::text, f.address::text FROM private_facts f _SEEN
    WHERE f.phone = p_number AND _MENTIONABLE AND NOT c.hides_appellant AND _OPEN
    ORDER BY c.received_at DESC, c.id DESC LIMIT 1;
END $$
"""
# enough to ask “是尾号 0023 吗”, not enough to ring anybody
_NAMESAKES = """
CREATE OR REPLACE FUNCTION namesakes(p_name text, p_tail integer, p_most integer)
RETURNS TABLE (tail text, place text, visits bigint, last_at timestamptz) _HEAD AS $$
BEGIN
  RETURN QUERY SELECT right(f.phone, least(p_tail, 4)), max(l.name)::text, count(*),
      max(c.received_at)
    FROM private_facts f _SEEN LEFT JOIN places l ON l.id = c.place_id
    WHERE f.name = p_name AND f.phone IS NOT NULL AND _MENTIONABLE AND NOT c.hides_appellant
    AND _OPEN GROUP BY f.phone ORDER BY max(c.received_at) DESC LIMIT p_most;
END $$
"""
# to whom a letter goes, while it is somebody's to sign, seal or deliver
_ADDRESSEE = """
CREATE OR REPLACE FUNCTION addressee(p_case bigint) RETURNS varchar _HEAD AS $$
BEGIN
  RETURN (SELECT f.name FROM private_facts f _SEEN
    WHERE f.case_id = p_case AND NOT c.hides_appellant AND _LETTER_IN_HAND);
END $$
"""
# whose papers somebody handles: letters, what his own unit took in, files (`require_reader`)
_FOR_PAPER = """
CREATE OR REPLACE FUNCTION contact_for_paper(p_case bigint) RETURNS SETOF private_facts _HEAD AS $$
BEGIN
  IF NOT my_roles() && _WORKING THEN RETURN; END IF;
  PERFORM is_noted(p_case);
  RETURN QUERY SELECT f.* FROM private_facts f _SEEN
    WHERE f.case_id = p_case AND _OPEN AND (_LETTER_IN_HAND OR (NOT c.hides_appellant
      AND (_FILING OR c.first_unit_id = ANY ((SELECT my_units_below())::bigint[]))));
END $$
"""
# a text of an opinion without the name: who sees the case reads the opinion itself anyway
_MASKED = """
CREATE OR REPLACE FUNCTION masked_words(p_case bigint, p_words text) RETURNS text _HEAD AS $$
BEGIN
  RETURN coalesce((SELECT replace(p_words, f.name, c.appellant_shown) FROM private_facts f _SEEN
    WHERE f.case_id = p_case AND f.name <> ''
    AND EXISTS (SELECT FROM opinions o WHERE o.case_id = p_case)), p_words);
END $$
"""
# which cases came from the same person, without saying from whom: `queries.clusters`
_CALLERS = """
CREATE OR REPLACE FUNCTION same_callers(p_cases bigint[])
RETURNS TABLE (found_case bigint, first_case bigint) _HEAD AS $$
BEGIN
  RETURN QUERY SELECT c.id, min(c.id) OVER (PARTITION BY
      coalesce(nullif(f.phone, ''), nullif(f.name, ''), c.id::text))
    FROM private_facts f _SEEN
    WHERE f.case_id = ANY (p_cases) AND _MENTIONABLE AND NOT c.hides_appellant AND _OPEN;
END $$
"""
# a leader's own list of calls (早报); who asked to be hidden is not on it
_TO_RING = """
CREATE OR REPLACE FUNCTION contact_to_ring(p_case bigint)
RETURNS TABLE (name text, sex text, phone text) _HEAD AS $$
BEGIN
  IF NOT my_roles() && _LEADERS THEN RETURN; END IF;
  PERFORM is_noted(p_case);
  RETURN QUERY SELECT f.name::text, f.sex::text, f.phone::text FROM private_facts f _SEEN
    WHERE f.case_id = p_case AND NOT c.hides_appellant AND _OPEN;
END $$
"""
# a ledger: who, when and why is in our log before the file is there
_FOR_LEDGER = """
CREATE OR REPLACE FUNCTION contacts_for_ledger(p_cases bigint[]) RETURNS SETOF private_facts
_HEAD AS $$
BEGIN
  IF NOT my_roles() && _EXPORTERS THEN RETURN; END IF;
  RAISE LOG 'case-desk: % reads contact data of % cases for a ledger', session_user,
    cardinality(p_cases);
  RETURN QUERY SELECT f.* FROM private_facts f _SEEN
    WHERE f.case_id = ANY (p_cases) AND (_OPEN OR c.id = ANY ((SELECT my_looks())::bigint[]));
END $$
"""
# a case that whoever asks may see, by the same words as the policy on `cases`
_SEEN = """JOIN cases c ON c.id = f.case_id
      AND EXISTS (SELECT FROM cases WHERE id = f.case_id AND (_CASE))"""


def _arm(deed: Deed) -> str:
    """Return the condition on `cases c` that whoever asks may do this to its letter now."""
    step = STEP_OF[deed]
    roles = "(SELECT my_seeing_roles())" if deed in DONE_BY_DEPUTIES else "(SELECT my_roles())"
    who = f"{roles} && ARRAY[{listed(step.roles)}]"
    who = who if deed is Deed.SIGN else f"({who} OR _KEPT)"
    return f"(c.status IN ({listed(step.statuses)}) AND {who})"


# what the desks do for other cases, the keepers do for those that the desks may not see
_KEPT = """((SELECT my_roles()) && _KEEPERS
      AND (c.is_secret OR c.accused_unit_id IS NOT NULL OR c.accused_staff_id IS NOT NULL))"""
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "_HEAD": _HEAD,
        "_SEEN": _SEEN,
        "_MENTIONABLE": f"(NOT c.is_secret AND c.purpose <> '{Purpose.MEDIATION.value}')",
        "_IN_OWN_HANDS": IN_OWN_HANDS,
        "_LETTER_IN_HAND": f"({' OR '.join(map(_arm, LETTER_DEEDS))})",
        "_FILING": f"((SELECT my_roles()) && _ARCHIVISTS OR {_arm(Deed.ARCHIVE)})",
        "_ARCHIVISTS": f"ARRAY[{listed({Role.ARCHIVIST})}]",
        "_KEPT": _KEPT,
        "_KEEPERS": f"ARRAY[{listed(KEEPERS_OF_SECRETS)}]",
        "_LEADERS": f"ARRAY[{listed(_LEADERS)}]",
        "_WORKING": f"ARRAY[{listed(WORKING_ROLES)}]",
        "_EXPORTERS": f"ARRAY[{listed(HALL_DEEDS[Deed.EXPORT])}]",
        "_OPEN": OPEN,
        "_CASE": CASE,
        **WORDS,
    }
)
CONTACT_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        **CONTACT_RIGHTS,
        "sees_case(bigint)": replaced(_SEES_CASE, _WORDS),
        "cases_of_number(text)": replaced(_CASES_OF_NUMBER, _WORDS),
        "caller_of_number(text)": replaced(_CALLER_OF_NUMBER, _WORDS),
        "namesakes(text, integer, integer)": replaced(_NAMESAKES, _WORDS),
        "addressee(bigint)": replaced(_ADDRESSEE, _WORDS),
        "contact_for_paper(bigint)": replaced(_FOR_PAPER, _WORDS),
        "masked_words(bigint, text)": replaced(_MASKED, _WORDS),
        "same_callers(bigint[])": replaced(_CALLERS, _WORDS),
        "contact_to_ring(bigint)": replaced(_TO_RING, _WORDS),
        "contacts_for_ledger(bigint[])": replaced(_FOR_LEDGER, _WORDS),
    }
)
