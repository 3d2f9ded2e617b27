"""Functions that the policies of the shared database ask: who is signed in, what for (行权限).

They run as the owner of the tables and are keyed on the login (`session_user`), so nobody can say
to be somebody else; `store.people.person_of` and `store.sight` say the same for the windows. A
login whose person has left, or that belongs to nobody, is in no street and sees nothing.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from desk.rules.codes import Role, UnitKind
from desk.rules.deeds import WORKING_ROLES
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_rights import OUTCOME_SEERS
from desk.rules.numbering import NumberKind
from desk.rules.rights import KEEPERS_OF_SECRETS, OVERSEERS
from desk.store.anchors import CHAIN_LINKS, FILES_AUDITED, NUMBERS_AUDITED
from desk.store.call_functions import CALL_FUNCTIONS
from desk.store.contact_functions import CONTACT_FUNCTIONS
from desk.store.grid_functions import MY_LED_COMMUNITIES
from desk.store.known_commands import ANSWER_TO, KNOWN_COMMANDS
from desk.store.layout_functions import KEEPS_LAYOUT
from desk.store.looks import LOOKS_AT_FILES
from desk.store.number_functions import MEDIATION_OF_NUMBER
from desk.store.paper_functions import PAPER_FUNCTIONS
from desk.store.person_functions import PERSON_FUNCTIONS
from desk.store.reception_functions import MY_RECEPTION_DAYS, SEATS_TAKEN
from desk.store.repeat_field import FIELD_FUNCTIONS
from desk.store.repeat_functions import REPEAT_FUNCTIONS
from desk.store.sealing_functions import SEALED_BEFORE, SEARCH_UNNAMED
from desk.store.search_functions import SEARCH_FUNCTIONS
from desk.store.search_health import UNSEARCHABLE
from desk.store.telling import HIDDEN_NEWS
from desk.store.whistle_functions import WHISTLE_FUNCTIONS

_DATED = r"\1.valid_from <= desk_today() AND (\1.valid_to IS NULL OR \1.valid_to > desk_today())"


def _texts(roles: Iterable[Role]) -> str:
    return "ARRAY[" + ", ".join(f"'{role.value}'" for role in sorted(roles)) + "]"


_WORDS = MappingProxyType(
    {
        "_WORKING": _texts(WORKING_ROLES),
        "_SECRETARY": _texts({Role.SECRETARY}),
        "_STREET": f"'{UnitKind.STREET.value}'",
        "_APPLIED": f"'{MediationStatus.APPLIED.value}'",
    }
)


def _written(body: str) -> str:
    """Return the words of a function with the roles and codes filled in."""
    for word, meaning in _WORDS.items():
        body = body.replace(word, meaning)
    body = re.sub(r"_VALID\((\w)\)", _DATED, body).strip()
    # what reads no table is no query: PL/pgSQL works it out without planning and running one
    return body if re.search(r"\sFROM\s", body) else body.removeprefix("SELECT ")


_NOW = "SELECT now()"
_TODAY = "SELECT (desk_now() AT TIME ZONE 'Asia/Shanghai')::date"
# who has left has no row here any more
_ME = """
SELECT s.{column} FROM staff s WHERE s.login = session_user AND NOT s.is_built_in
AND (s.valid_to IS NULL OR s.valid_to > desk_today())
"""
_MY_ROLES = """
SELECT coalesce(array_agg(DISTINCT r.role::text), '{}') FROM staff_roles r
WHERE r.staff_id = (SELECT my_staff()) AND _VALID(r)
"""
# his own, and those of whom he stands in for: a deputy must see what he signs
_MY_SEEING_ROLES = """
SELECT coalesce(array_agg(DISTINCT r.role::text), '{}') FROM staff_roles r
WHERE r.staff_id IN (SELECT my_staff() UNION ALL
  SELECT d.principal_id FROM deputies d
  WHERE d.deputy_id = (SELECT my_staff()) AND _VALID(d))
AND _VALID(r)
"""
_UNITS_BELOW = """
WITH RECURSIVE below(id) AS (
  SELECT s.unit_id FROM staff s WHERE s.id = (SELECT my_staff())
  UNION SELECT v.unit_id FROM unit_versions v JOIN below b ON v.parent_id = b.id
    WHERE _VALID(v))
SELECT coalesce(array_agg(id), '{}') FROM below
"""
_MY_UNITS = "SELECT CASE WHEN my_seeing_roles() && _WORKING THEN my_units_below() ELSE '{}' END"
# the units about which a complaint concerns him: `rules.rights.recused_units`
_MY_RECUSED_UNITS = """
WITH RECURSIVE above(id) AS (
  SELECT s.unit_id FROM staff s WHERE s.id = (SELECT my_staff())
  UNION SELECT v.parent_id FROM unit_versions v JOIN above a ON v.unit_id = a.id
    JOIN units u ON u.id = v.parent_id
    WHERE u.kind <> _STREET AND _VALID(v))
SELECT (SELECT coalesce(array_agg(id), '{}') FROM above)
  || CASE WHEN keeps_secrets() THEN '{}'::bigint[] ELSE my_units() END
"""
_MY_COLLEAGUES = """
SELECT coalesce(array_agg(s.id), '{}') FROM staff s
WHERE s.unit_id = ANY ((SELECT my_units())::bigint[])
"""
# mediations that came from a case about this person or his unit
_MY_KEPT_MEDIATIONS = """
SELECT coalesce(array_agg(m.id), '{}') FROM mediations m JOIN cases c ON c.id = m.case_id
WHERE c.accused_staff_id = (SELECT my_staff())
  OR c.accused_unit_id = ANY ((SELECT my_recused_units())::bigint[])
"""
# what somebody works on himself; who only looks for a reason changes nothing
_MY_WORKING_MEDIATIONS = """
SELECT coalesce(array_agg(m.id), '{}') FROM mediations m
WHERE m.street_id = (SELECT my_street()) AND (
  m.secretary_id = (SELECT my_staff())
  OR (m.status = _APPLIED AND (
    m.registered_by = (SELECT my_staff()) OR (SELECT my_roles()) && _SECRETARY))
  OR m.mediator_id IN (SELECT d.id FROM mediators d WHERE d.staff_id = (SELECT my_staff()))
  OR m.id IN (SELECT h.mediation_id FROM mediation_helpers h
    WHERE h.staff_id = (SELECT my_staff()) AND h.until IS NULL)
  OR (m.written_in = my_transaction() AND m.changed_at > desk_now() - interval '1 hour'))
"""
# the first half of `store.mediation_sight.content_seen_by`; the director reads them all
_MY_MEDIATIONS = """
SELECT my_working_mediations() || coalesce(array_agg(l.mediation_id), '{}')
FROM mediation_looks l JOIN mediations m ON m.id = l.mediation_id
WHERE l.staff_id = (SELECT my_staff()) AND l.until > desk_now()
AND m.street_id = (SELECT my_street())
"""
# ids are the only numbers of so many digits that the answer to a command holds
_IDS_IN = """
CREATE OR REPLACE FUNCTION ids_in(p_text text) RETURNS bigint[] LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(m[1]::bigint), '{}') FROM regexp_matches(p_text, '[0-9]{15,19}', 'g') m
$$
"""
_MY_TRANSACTION = "SELECT pg_current_xact_id_if_assigned()::text::bigint"
# a case or a mediation that this very transaction has made or changed
_OF_NOW = "xmin = pg_current_xact_id()::xid"
_IS_IN_HAND = f"""
SELECT EXISTS (SELECT FROM cases c WHERE c.id = p_id AND c.{_OF_NOW})
  OR EXISTS (SELECT FROM mediations m WHERE m.id = p_id AND m.{_OF_NOW})
"""  # noqa: S608 - made of the words above alone
# a line may say of nothing but what was changed with it, and under its newest version
_MAY_LINK = f"""
SELECT EXISTS (SELECT FROM events e
  WHERE e.id = p_event AND e.{_OF_NOW} AND e.sent_by = (SELECT my_staff()))
AND (EXISTS (SELECT FROM cases c
    WHERE c.id = p_id AND c.version = p_version AND c.{_OF_NOW})
  OR EXISTS (SELECT FROM mediations m
    WHERE m.id = p_id AND m.version = p_version AND m.{_OF_NOW}))
"""  # noqa: S608 - made of the words above alone
# the groups that the table of roles gives to a login; nobody gets others
_GROUPS_OF = """
SELECT coalesce(array_agg(DISTINCT 'desk_' || r.role), '{}') FROM staff_roles r
JOIN staff s ON s.id = r.staff_id WHERE s.login = p_login AND NOT s.is_built_in
AND (r.valid_to IS NULL OR r.valid_to > desk_today())
"""
_SIGHT = "SELECT my_{0}roles() && {1}"
# the next number of a kind in a year: a locked row, no gaps; only ever for one's own street
_NEXT_NUMBER = """
CREATE OR REPLACE FUNCTION next_number(p_street bigint, p_kind text, p_year integer)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE given integer;
BEGIN
  IF p_kind <> ALL (ARRAY[_KINDS]) THEN
    RAISE EXCEPTION '没有这一类编号' USING ERRCODE = '42501'; END IF;
  INSERT INTO counters AS c (street_id, kind, year, last)
    VALUES (CASE WHEN is_owner() THEN p_street ELSE my_street() END, p_kind, p_year, 1)
    ON CONFLICT (street_id, kind, year) DO UPDATE SET last = c.last + 1 RETURNING c.last INTO given;
  RETURN given;
END $$
""".replace("_KINDS", ", ".join(f"'{kind.value}'" for kind in NumberKind))
# A login is changed with its row in `staff_secrets`, and so not without a line in the log; a
# member of staff who is being added has no such row yet, but his own one needs a line too.
_NOTE_LOGIN = """
CREATE OR REPLACE FUNCTION note_login(p_login text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE staff_secrets x SET changed_at = desk_now() FROM staff s
  WHERE x.staff_id = s.id AND s.login = p_login AND NOT s.is_built_in;
  IF NOT FOUND AND NOT is_owner() AND NOT EXISTS (SELECT FROM staff s
    WHERE s.login = p_login AND s.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION '找不到这名人员' USING ERRCODE = '42501'; END IF;
END $$
"""
# an administrator about the people of his street; who maintains the database founds streets
_MAY_ADMINISTER_LOGIN = """
SELECT is_owner() OR EXISTS (SELECT FROM staff s
  WHERE s.login = p_login AND NOT s.is_built_in AND s.street_id = my_street()
  AND administers())
"""
# in whichever street: the server knows each login once
_IS_LOGIN_TAKEN = """
SELECT administers() AND EXISTS (SELECT FROM staff s
  WHERE s.login = p_login AND NOT s.is_built_in)
"""
_IS_OWNER = "SELECT pg_has_role(session_user, 'desk_owner', 'MEMBER')"


def _function(head: str, returns: str, body: str) -> str:
    """Return what creates a function; written in PL/pgSQL, its plan is kept for the session."""
    return (
        f"CREATE OR REPLACE FUNCTION {head} RETURNS {returns} LANGUAGE plpgsql STABLE "
        "SECURITY DEFINER SET search_path = public, pg_temp "
        f"AS $$ BEGIN RETURN ({_written(body)}); END $$"
    )


# name with arguments → the statement that creates it, in an order in which they build on each other
DEFINERS: Mapping[str, str] = MappingProxyType(
    {
        "desk_now()": _function("desk_now()", "timestamptz", _NOW),
        "desk_today()": _function("desk_today()", "date", _TODAY),
        "is_owner()": _function("is_owner()", "boolean", _IS_OWNER),
        "ids_in(text)": _IDS_IN,
        "my_transaction()": _function("my_transaction()", "bigint", _MY_TRANSACTION),
        "my_staff()": _function("my_staff()", "bigint", _ME.format(column="id")),
        "my_street()": _function("my_street()", "bigint", _ME.format(column="street_id")),
        "my_roles()": _function("my_roles()", "text[]", _MY_ROLES),
        "my_seeing_roles()": _function("my_seeing_roles()", "text[]", _MY_SEEING_ROLES),
        "my_units_below()": _function("my_units_below()", "bigint[]", _UNITS_BELOW),
        "my_units()": _function("my_units()", "bigint[]", _MY_UNITS),
        "oversees()": _function(
            "oversees()", "boolean", _SIGHT.format("seeing_", _texts(OVERSEERS))
        ),
        "keeps_secrets()": _function(
            "keeps_secrets()", "boolean", _SIGHT.format("seeing_", _texts(KEEPERS_OF_SECRETS))
        ),
        "my_recused_units()": _function("my_recused_units()", "bigint[]", _MY_RECUSED_UNITS),
        **WHISTLE_FUNCTIONS,
        "my_colleagues()": _function("my_colleagues()", "bigint[]", _MY_COLLEAGUES),
        **PAPER_FUNCTIONS,
        "my_led_communities()": _function("my_led_communities()", "bigint[]", MY_LED_COMMUNITIES),
        "my_reception_days()": _function("my_reception_days()", "bigint[]", MY_RECEPTION_DAYS),
        "my_kept_mediations()": _function("my_kept_mediations()", "bigint[]", _MY_KEPT_MEDIATIONS),
        "my_working_mediations()": _function(
            "my_working_mediations()", "bigint[]", _MY_WORKING_MEDIATIONS
        ),
        "my_mediations()": _function("my_mediations()", "bigint[]", _MY_MEDIATIONS),
        "is_in_hand(bigint)": _function("is_in_hand(p_id bigint)", "boolean", _IS_IN_HAND),
        "known_commands(uuid[])": KNOWN_COMMANDS,
        "answer_to(uuid)": ANSWER_TO,
        "may_link(bigint, integer, bigint)": _function(
            "may_link(p_id bigint, p_version integer, p_event bigint)", "boolean", _MAY_LINK
        ),
        "groups_of_login(text)": _function("groups_of_login(p_login text)", "text[]", _GROUPS_OF),
        "directs_mediations()": _function(
            "directs_mediations()", "boolean", _SIGHT.format("", _texts({Role.DIRECTOR}))
        ),
        "knows_outcomes()": _function(
            "knows_outcomes()", "boolean", _SIGHT.format("", _texts(OUTCOME_SEERS))
        ),
        "audits()": _function("audits()", "boolean", _SIGHT.format("", _texts({Role.AUDITOR}))),
        "administers()": _function(
            "administers()", "boolean", _SIGHT.format("", _texts({Role.ADMINISTRATOR}))
        ),
        "may_administer_login(text)": _function(
            "may_administer_login(p_login text)", "boolean", _MAY_ADMINISTER_LOGIN
        ),
        "is_login_taken(text)": _function(
            "is_login_taken(p_login text)", "boolean", _IS_LOGIN_TAKEN
        ),
        "hidden_news(integer)": HIDDEN_NEWS,
        "next_number(bigint, text, integer)": _NEXT_NUMBER,
        "mediation_of_number(bigint, text[])": MEDIATION_OF_NUMBER,
        "seats_taken(bigint, timestamptz, timestamptz)": SEATS_TAKEN,
        **CONTACT_FUNCTIONS,
        **CALL_FUNCTIONS,
        "note_login(text)": _NOTE_LOGIN,
        "keeps_layout(text)": KEEPS_LAYOUT,
        "sealed_before()": SEALED_BEFORE,
        "search_unnamed(text, text)": SEARCH_UNNAMED,
        "chain_links(bigint, bigint[])": CHAIN_LINKS,
        "looks_at_files(bigint[])": LOOKS_AT_FILES,
        "numbers_audited(bigint[])": NUMBERS_AUDITED,
        "files_audited(text)": FILES_AUDITED,
        **PERSON_FUNCTIONS,
        **REPEAT_FUNCTIONS,
        **SEARCH_FUNCTIONS,
        **FIELD_FUNCTIONS,
        "unsearchable_cases()": UNSEARCHABLE,
    }
)
