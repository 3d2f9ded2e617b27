"""Who reads and writes what of a whistle on the shared database (吹哨的行权限).

A called unit learns of a whistle once 信联办 has agreed to it. Nobody reads one that came from a
case about himself or his unit, or from one that has become a report since (DOMAIN.md 9.4).
`store.whistle_sight` says the same of a signed-in person.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.whistling import RUNNERS

_HEAD = (
    "CREATE OR REPLACE FUNCTION {0}() RETURNS bigint[] LANGUAGE plpgsql STABLE "
    "SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN ({1}); END $$"
)
_CALLED = """
SELECT coalesce(array_agg(x.whistle_id), '{}') FROM (
  SELECT u.whistle_id FROM whistle_units u
    WHERE u.unit_id = ANY ((SELECT my_units())::bigint[])
    AND u.called_at IS NOT NULL AND u.withdrawn_at IS NULL
  UNION SELECT d.whistle_id FROM whistle_duties d
    WHERE d.unit_id = ANY ((SELECT my_units())::bigint[]) AND d.removed_at IS NULL) x
"""
_KEPT = """
SELECT coalesce(array_agg(DISTINCT w.whistle_id), '{}')
FROM whistle_cases w JOIN cases c ON c.id = w.case_id
WHERE c.accused_staff_id = (SELECT my_staff())
  OR c.accused_unit_id = ANY ((SELECT my_recused_units())::bigint[])
  OR (c.is_secret AND NOT (SELECT keeps_secrets()))
"""
WHISTLE_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "my_calls()": _HEAD.format("my_calls", _CALLED.strip()),
        "my_kept_whistles()": _HEAD.format("my_kept_whistles", _KEPT.strip()),
    }
)
_RUNNERS = ", ".join(f"'{role.value}'" for role in sorted(RUNNERS))
_RUNS = f"(SELECT my_roles()) && ARRAY[{_RUNNERS}]"
_MINE = "unit_id = ANY ((SELECT my_units())::bigint[])"
_CALLER = f"(caller_{_MINE} OR raised_by = (SELECT my_staff()))"
_OF_CALLER = f"EXISTS (SELECT 1 FROM whistles w WHERE w.id = whistle_id AND {_CALLER})"  # noqa: S608

# the unit that calls, whom it calls, whoever oversees the hall or sees one of its cases
WHISTLE = f"""
_STREET AND id <> ALL ((SELECT my_kept_whistles())::bigint[])
AND ((SELECT oversees()) OR {_CALLER} OR id = ANY ((SELECT my_calls())::bigint[])
  OR EXISTS (SELECT 1 FROM whistle_cases k WHERE k.whistle_id = whistles.id))
"""  # noqa: S608 - made of the words above alone
OF_WHISTLE = "_STREET AND EXISTS (SELECT 1 FROM whistles w WHERE w.id = whistle_id)"
OWN_WHISTLE = f"_STREET AND ({_RUNS} OR {_CALLER})"
BY_CALLER = f"_STREET AND ({_RUNS} OR {_OF_CALLER})"
BY_CALLER_OR_UNIT = f"_STREET AND ({_RUNS} OR {_MINE} OR {_OF_CALLER})"
ARRIVAL = f"{OF_WHISTLE} AND ({_RUNS} OR {_OF_CALLER} OR recorded_by = (SELECT my_staff()))"
