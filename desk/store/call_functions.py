"""What a number was rung for and asked, whichever case it was about (同一号码): on the server.

The wish not to be rung, and the cap of a day, hold for the number (DOMAIN.md 9.2), also where the
other case is kept from whoever is about to ring: told is that there was a call, or a wish, never
about what. Whoever asks names a case that he sees, and no number: which one it has stays there. A
wish holds for ever; which case it was said in is not told once that one is under seal (封存).
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.calling import RANG_IN
from desk.store.contact_rights import OPEN, replaced

_CALLS_OF_CALLER = """
CREATE OR REPLACE FUNCTION calls_of_caller(p_case bigint, p_from timestamptz, p_to timestamptz)
RETURNS SETOF timestamptz LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT sees_case(p_case) OR _KEPT THEN RETURN; END IF;
  RETURN QUERY SELECT t.happened_at FROM private_facts mine
    JOIN private_facts f ON f.phone IN (mine.phone, mine.other_phone)
    JOIN cases c ON c.id = f.case_id JOIN contacts t ON t.case_id = c.id
    WHERE mine.case_id = p_case AND c.street_id = mine.street_id AND c.id <> p_case
    AND t.way = 'phone'
    AND t.happened_at >= p_from AND t.happened_at < p_to
    AND t.over_reason IS DISTINCT FROM '_RANG_IN';
END $$
"""
_WISH_OF_CALLER = """
CREATE OR REPLACE FUNCTION wish_of_caller(p_case bigint)
RETURNS TABLE (case_id bigint, wished_at timestamptz) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT sees_case(p_case) OR _KEPT THEN RETURN; END IF;
  RETURN QUERY SELECT CASE WHEN _OPEN THEN c.id END, c.do_not_call_at FROM private_facts mine
    JOIN private_facts f ON f.phone IN (mine.phone, mine.other_phone)
    JOIN cases c ON c.id = f.case_id
    WHERE mine.case_id = p_case AND c.street_id = mine.street_id AND c.id <> p_case
    AND c.do_not_call_at IS NOT NULL
    ORDER BY c.do_not_call_at DESC LIMIT 1;
END $$
"""
# whether there is somebody to ring at all: a limit runs only for him who left a number
_CAN_BE_RUNG = """
CREATE OR REPLACE FUNCTION can_be_rung(p_case bigint)
RETURNS TABLE (has_phone boolean, has_other boolean) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT coalesce(f.phone, '') <> '', coalesce(f.other_phone, '') <> ''
    FROM private_facts f WHERE f.case_id = p_case AND sees_case(p_case);
END $$
"""
# how often somebody with this number was here, and how many of his cases are open: reports,
# mediations, cases about whoever asks and what is under seal are not even counted (DOMAIN.md 9.4)
_MENTIONS_OF_NUMBER = """
CREATE OR REPLACE FUNCTION mentions_of_number(p_number text, p_open text[])
RETURNS TABLE (counted bigint, still_open bigint) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT count(*), count(*) FILTER (WHERE c.status = ANY (p_open))
    FROM private_facts f JOIN cases c ON c.id = f.case_id
    WHERE f.phone = p_number AND c.street_id = (SELECT my_street()) AND NOT c.is_secret AND _OPEN
    AND c.purpose <> 'mediation'
    AND (c.accused_staff_id IS NULL OR c.accused_staff_id <> (SELECT my_staff()))
    AND (c.accused_unit_id IS NULL
      OR c.accused_unit_id <> ALL ((SELECT my_recused_units())::bigint[]));
END $$
"""
# how many cases whoever brought this one has brought since: for the leaders' list of calls
_TIMES_OF_CALLER = """
CREATE OR REPLACE FUNCTION times_of_caller(p_case bigint, p_since timestamptz)
RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT sees_case(p_case) OR _KEPT THEN RETURN 0; END IF;
  RETURN (SELECT count(*) FROM private_facts mine
    JOIN cases this ON this.id = mine.case_id
    JOIN private_facts f ON f.phone = mine.phone JOIN cases c ON c.id = f.case_id
    WHERE mine.case_id = p_case AND c.street_id = this.street_id
    AND c.received_at >= p_since AND c.received_at <= this.received_at AND _OPEN);
END $$
"""
_WORDS = {
    "_OPEN": OPEN,
    "_RANG_IN": RANG_IN,
    # under seal (封存): whom it is about is nobody's to ask who has not just said why
    "_KEPT": "(is_sealed(p_case) AND p_case <> ALL ((SELECT my_looks())::bigint[]))",
}
CALL_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "calls_of_caller(bigint, timestamptz, timestamptz)": replaced(_CALLS_OF_CALLER, _WORDS),
        "wish_of_caller(bigint)": replaced(_WISH_OF_CALLER, _WORDS),
        "can_be_rung(bigint)": _CAN_BE_RUNG,
        "mentions_of_number(text, text[])": replaced(_MENTIONS_OF_NUMBER, _WORDS),
        "times_of_caller(bigint, timestamptz)": replaced(_TIMES_OF_CALLER, _WORDS),
    }
)
