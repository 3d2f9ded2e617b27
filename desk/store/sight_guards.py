"""Triggers of the shared database about who sees a case, and who may move it (行权限的触发器)."""

from desk.rules.codes import CaseStatus
from desk.rules.deeds import STEPS
from desk.rules.rights import KEEPERS_OF_SECRETS

VERSION_STANDS = "NEW.version <> OLD.version + 1"
# the units that may see a case, in the case itself: the policy on it asks no other table
_SEEN_BY = """
CREATE OR REPLACE FUNCTION guard_seen_by() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE cases SET seen_by = seen_by || NEW.unit_id
    WHERE id = NEW.case_id AND street_id = NEW.street_id AND NEW.unit_id <> ALL (seen_by);
  RETURN NULL;
END $$
"""
# whoever writes a case or a mediation goes on in this transaction, wherever that leads
_WRITTEN = """
CREATE OR REPLACE FUNCTION guard_written() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.written_in := my_transaction();
  RETURN NEW;
END $$
"""
# who may move a case from where it stands at all: `rules.deeds.STEPS`
_MOVER = """
CREATE OR REPLACE FUNCTION guard_cases_mover() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT (is_owner() OR my_seeing_roles() && CASE OLD.status {cases} ELSE '{{}}'::text[] END) THEN
    RAISE EXCEPTION USING MESSAGE = '这一步不归这个岗位', ERRCODE = '23514'; END IF;
  RETURN NEW;
END $$
"""


def _movers() -> str:
    """Return who may move a case away from each status, as the arms of a CASE."""
    arms = []
    for status in CaseStatus:
        roles = {r for step in STEPS if status in step.statuses for r in step.roles}
        if not roles <= KEEPERS_OF_SECRETS:
            roles |= KEEPERS_OF_SECRETS  # what the desks do, they do where the desks may not see
        texts = ", ".join(f"'{role.value}'" for role in sorted(roles))
        arms.append(f"WHEN '{status.value}' THEN ARRAY[{texts}]")
    return " ".join(arms)


def on_the_server(table: str, condition: str) -> str:
    """Return a condition where a trigger, and nobody else, changes who may see a case."""
    if table == "cases" and condition == VERSION_STANDS:
        return f"{condition} AND NEW.seen_by IS NOT DISTINCT FROM OLD.seen_by"
    return condition


def sight_guards() -> list[str]:
    """Return the functions and triggers."""
    seen = (
        "CREATE TRIGGER guard_case_units_seen AFTER INSERT ON case_units "
        "FOR EACH ROW EXECUTE FUNCTION guard_seen_by()"
    )
    mover = (
        "CREATE TRIGGER guard_cases_mover BEFORE UPDATE ON cases FOR EACH ROW "
        "WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION guard_cases_mover()"
    )
    written = [
        f"CREATE TRIGGER guard_{table}_written BEFORE INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION guard_written()"
        for table in ("cases", "mediations")
    ]
    return [_WRITTEN, *written, _SEEN_BY, _MOVER.format(cases=_movers()), seen, mover]
