"""Whose work an appellant's contact data is, as the shared database keeps it (联系方式的行权限).

HOUSE.md decision 19: own work needs no ceremony; everybody else says why he looks, for half a
minute. `store.sight.at_hand` says the same for the windows. What somebody writes and takes back
again leaves no line in the log, so nothing that this very transaction has written makes a case
anybody's work; who reads on in a case that he is changing is named in the server's own log, which
no rollback empties.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from desk.rules.codes import CaseStatus, Exit
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.looks import MOST_LOOKS, REVEALED_FOR
from desk.rules.rights import KEEPERS_OF_SECRETS
from desk.store.keeping_times import ENDED_CASES
from desk.store.sight import HELD, WORKERS


def listed(codes: Iterable[StrEnum]) -> str:
    """Return codes as they stand within the brackets of a list in SQL."""
    return ", ".join(f"'{code.value}'" for code in sorted(codes))


def replaced(statement: str, words: Mapping[str, str]) -> str:
    """Return a statement with what its words in capitals stand for, the outermost first."""
    for word, meaning in words.items():
        statement = statement.replace(word, meaning.strip())
    return statement.strip()


_CODES = {
    "_ENDED": listed(ENDED_CASES),
    "_HELD": listed(HELD),
    "_CALLED_BACK": f"'{CaseStatus.FOLLOW_UP.value}'",
    "_CLOSED": f"'{CaseStatus.CLOSED.value}'",
    "_ON_SPOT": f"'{Exit.ON_SPOT.value}'",
    "_CALLERS": f"ARRAY[{listed(STEP_OF[Deed.FOLLOW_UP].roles)}]",
    "_KEEPERS": f"ARRAY[{listed(KEEPERS_OF_SECRETS)}]",
    "_WORKERS": f"ARRAY[{listed(WORKERS)}]",
    "_UNSEALED_FOR": "240",  # `rules.hall_settings`: unseal_minutes
    "_MOST": str(MOST_LOOKS),
    "_SHOWN_FOR": f"interval '{int(REVEALED_FOR.total_seconds())} seconds'",
}
# about `cases c`: what is not under seal (`store.sealing`)
OPEN = replaced(
    """
(c.status NOT IN (_ENDED) OR coalesce(c.closed_at, c.changed_at) >= (SELECT sealed_before()))
""",
    _CODES,
)
# about `cases c`: `store.sight.in_own_hands`
IN_OWN_HANDS = replaced(
    """
(c.first_responder_id = (SELECT my_staff()) OR c.recorder_id = (SELECT my_staff())
  OR (c.handler_id = (SELECT my_staff()) AND is_settled(c.xmin))
  OR holds_part(c.id, c.round_no))
""",
    _CODES,
)
# about `cases c`: `store.sight.at_hand`
AT_HAND = replaced(
    """
(_IN_OWN_HANDS
  OR ((c.status = _CALLED_BACK OR (c.status = _CLOSED AND c.exit = _ON_SPOT
      AND c.satisfaction IS NULL AND NOT c.is_imported))
    AND ((SELECT my_roles()) && _CALLERS
      OR ((SELECT my_roles()) && _KEEPERS
        AND (c.is_secret OR c.accused_unit_id IS NOT NULL OR c.accused_staff_id IS NOT NULL)))
    AND is_settled(c.xmin))
  OR promised_call(c.id))
""",
    {"_IN_OWN_HANDS": IN_OWN_HANDS, **_CODES},
)
# of a row that names its case: at hand, a reason given, or being changed and written down outside
CONTACT = replaced(
    """
EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id AND ((_OPEN AND _AT_HAND)
  OR c.id = ANY ((SELECT my_looks())::bigint[]) OR (_OF_NOW AND is_noted(c.id))))
""",
    {"_OPEN": OPEN, "_AT_HAND": AT_HAND},
)

# who handles cases, and in which units: `store.sight.in_own_hands`
_MY_HANDS = """
CREATE OR REPLACE FUNCTION my_hands() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN CASE WHEN my_roles() && _WORKERS THEN my_units_below() ELSE '{}' END; END $$
"""
# Two things that hang on a case. As functions the server plans the rights on them once for a desk,
# not with every question about contact data (16 ms for a change of it).
_HOLDS_PART = """
CREATE OR REPLACE FUNCTION holds_part(p_case bigint, p_round integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN EXISTS (SELECT FROM assignments a WHERE a.case_id = p_case AND a.round_no = p_round
  AND a.unit_id = ANY ((SELECT my_hands())::bigint[]) AND a.status IN (_HELD)
  AND is_settled(a.xmin)) AND sees_case(p_case); END $$
"""
_PROMISED_CALL = """
CREATE OR REPLACE FUNCTION promised_call(p_case bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN EXISTS (SELECT FROM contacts t WHERE t.case_id = p_case
  AND coalesce(t.call_owner_id, t.staff_id) = ANY ((SELECT my_callers())::bigint[])
  AND t.call_back_at IS NOT NULL AND t.called_back_at IS NULL
  AND is_settled(t.xmin)) AND sees_case(p_case); END $$
"""
# whose promises to ring somebody are kept by whoever is there: his own, and his unit's
_MY_CALLERS = """
CREATE OR REPLACE FUNCTION my_callers() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN my_staff() || CASE WHEN my_roles() && _CALLERS THEN
  (SELECT coalesce(array_agg(s.id), '{}') FROM staff s
    WHERE s.unit_id = ANY ((SELECT my_units_below())::bigint[]))
  ELSE '{}'::bigint[] END; END $$
"""
_MY_LOOKS = """
CREATE OR REPLACE FUNCTION my_looks() RETURNS bigint[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN (SELECT coalesce(array_agg(l.case_id), '{}') FROM case_looks l
  WHERE l.staff_id = (SELECT my_staff()) AND l.street_id = (SELECT my_street())
  AND l.until > (SELECT desk_now())
  AND is_settled(l.xmin)); END $$
"""
# Of a row that one sees: whether it would be there without this very transaction. A row keeps 32
# bits of who wrote it; the rest is taken from our own number, which is never far from it.
_IS_SETTLED = """
CREATE OR REPLACE FUNCTION is_settled(p_row xid) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine bigint := pg_current_xact_id_if_assigned()::text::bigint;
  written bigint := p_row::text::bigint; apart bigint;
BEGIN
  IF mine IS NULL OR written < 3 THEN RETURN true; END IF;
  apart := written - (mine & 4294967295);
  IF apart > 2147483647 THEN apart := apart - 4294967296; END IF;
  IF apart < -2147483648 THEN apart := apart + 4294967296; END IF;
  RETURN coalesce(pg_xact_status((mine + apart)::text::xid8) <> 'in progress', true);
END $$
"""
_IS_SEALED = """
CREATE OR REPLACE FUNCTION is_sealed(p_case bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN EXISTS (SELECT FROM cases c WHERE c.id = p_case
  AND c.street_id = my_street() AND NOT _OPEN); END $$
"""
_IS_NOTED = """
CREATE OR REPLACE FUNCTION is_noted(p_case bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RAISE LOG 'case-desk: % reads contact data of case %', session_user, p_case;
  RETURN true;
END $$
"""
CONTACT_RIGHTS: Mapping[str, str] = MappingProxyType(
    {
        "is_settled(xid)": _IS_SETTLED.strip(),
        "is_noted(bigint)": _IS_NOTED.strip(),
        "is_sealed(bigint)": replaced(_IS_SEALED, {"_OPEN": OPEN}),
        "my_hands()": replaced(_MY_HANDS, _CODES),
        "holds_part(bigint, integer)": replaced(_HOLDS_PART, _CODES),
        "promised_call(bigint)": replaced(_PROMISED_CALL, _CODES),
        "my_callers()": replaced(_MY_CALLERS, _CODES),
        "my_looks()": replaced(_MY_LOOKS, _CODES),
    }
)
# what is looked at when somebody says why he looks, or that he looked as part of his work
LOOK_AT_CASE = replaced(
    """
trim(NEW.reason) <> '' AND NEW.looked_at BETWEEN desk_now() - interval '10 minutes'
  AND desk_now() + interval '1 minute'
AND NEW.until BETWEEN NEW.looked_at AND NEW.looked_at + CASE WHEN is_sealed(NEW.case_id)
  THEN interval '_UNSEALED_FOR minutes' ELSE _SHOWN_FOR END
AND sees_case(NEW.case_id)
AND (NEW.until = NEW.looked_at OR (SELECT count(*) FROM case_looks l
  WHERE l.staff_id = my_staff() AND l.until > desk_now() - interval '1 day'
  AND l.until > l.looked_at) < _MOST)
""",
    _CODES,
)
