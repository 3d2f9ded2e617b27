"""The one way through the frozen tables: what two people decided to erase, as it is done (抹除)."""

from desk.store.models import Event

_OPEN = (
    "EXISTS (SELECT 1 FROM erasures e WHERE e.case_id = {case} AND e.is_granted "
    "AND e.counts IS NULL AND e.decided_by <> e.asked_by)"
)
_LINE = (
    "EXISTS (SELECT 1 FROM erasures e WHERE e.street_id = OLD.street_id AND e.is_granted "
    "AND e.counts IS NULL AND e.decided_by <> e.asked_by AND ("
    "EXISTS (SELECT 1 FROM event_cases c WHERE c.event_id = OLD.id AND c.case_id = e.case_id) "
    "OR OLD.result LIKE '%' || e.case_id || '%'))"
)
_KEPT_OF_A_LINE = tuple(
    column.name for column in Event.__table__.columns if column.name not in {"payload", "salt"}
)

FUNCTIONS = (
    "CREATE OR REPLACE FUNCTION guard_erases_file(p_case bigint) RETURNS boolean LANGUAGE sql "
    "STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT "
    + _OPEN.format(case="p_case")
    + " $$",
    "CREATE OR REPLACE FUNCTION guard_erases_line(p_line bigint, p_street bigint, p_result text) "
    "RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ "
    "SELECT "
    + _LINE.replace("OLD.street_id", "p_street")
    .replace("OLD.id", "p_line")
    .replace("OLD.result", "p_result")
    + " $$",
)


def line_may_go(dialect: str) -> str:
    """Return the condition that a history line is only blanked, and lawfully."""
    alike = "IS NOT DISTINCT FROM" if dialect == "postgresql" else "IS"
    same = " AND ".join(f"NEW.{name} {alike} OLD.{name}" for name in _KEPT_OF_A_LINE)
    lawful = (
        "guard_erases_line(OLD.id, OLD.street_id, OLD.result)" if dialect == "postgresql" else _LINE
    )
    return f"(NEW.payload = '{{}}' AND NEW.salt = '' AND {same} AND {lawful})"


def row_may_go(dialect: str) -> str:
    """Return the condition that a paper's row is blanked lawfully."""
    lawful = (
        "guard_erases_file(OLD.case_id)"
        if dialect == "postgresql"
        else _OPEN.format(case="OLD.case_id")
    )
    return f"(NEW.row = '{{}}' AND {lawful})"
