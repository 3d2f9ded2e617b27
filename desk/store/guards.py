"""Triggers that keep the rules even against foreign SQL, generated from the tables in `rules`.

Migrations hold tables and data only; every upgrade drops and recreates all guards at its end
(HOUSE.md decision 12). The same promises on both engines:

* a case moves only along `rules.lifecycle.MOVES`, and its version rises by exactly one;
* who first received it, when, and under which number never changes;
* the log and the sight of a case are append-only, the log is chained;
* an issued paper's number and data never change; counters only rise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, text

from desk.rules.early_actions import MOVES as EARLY_ACTION_MOVES
from desk.rules.lifecycle import MOVES
from desk.rules.mediation_life import MEDIATION_MOVES
from desk.rules.supervising import MOVES as SUPERVISION_MOVES
from desk.store.anchors import POSTGRESQL_ANCHOR, SQLITE_ANCHOR
from desk.store.booking_guards import booking_moves, booking_promises
from desk.store.erasure_guards import FUNCTIONS, line_may_go, row_may_go
from desk.store.fixed_rows import APPEND_ONLY, FIXED, KEPT
from desk.store.leader_guards import leader_promises
from desk.store.letter_guards import letter_promises
from desk.store.line_guards import line_guards
from desk.store.pg_roles import STAFF
from desk.store.policies import function_rights, guarded_tables, table_rights
from desk.store.proactive_guards import proactive_promises
from desk.store.rate_marks import rate_guards, sqlite_rate_guards
from desk.store.search_functions import search_guards, search_index_guards
from desk.store.sight_guards import VERSION_STANDS, on_the_server, sight_guards
from desk.store.telling import telling_guards
from desk.store.whistle_guards import whistle_promises

PREFIX = "guard_"
_TRIGGER = re.compile(r"\s*CREATE (?:CONSTRAINT )?TRIGGER .+? ON (\w+)", re.DOTALL)


def renew_guards(connection: Connection) -> None:
    """Drop every guard and create the present set."""
    if connection.dialect.name == "sqlite":
        drop_guards(connection)
        for statement in sqlite_guards():
            connection.exec_driver_sql(statement)
        return
    in_one_journey(connection, [one for part in guard_parts() for one in part])


def in_one_journey(connection: Connection, statements: Sequence[str]) -> None:
    """Have the server do statements one after the other, without an answer in between.

    A thousand of them took three times as long one by one, while every desk waited.
    """
    every = ";\n".join(statement.strip().rstrip(";") for statement in statements)
    connection.exec_driver_sql(every, execution_options={"no_parameters": True})


def guard_parts() -> list[list[str]]:
    """Return the guards of the shared database in parts that may be renewed one by one.

    The functions come first, then each table by itself, never without its policies.
    """
    functions = list(function_rights())
    tables = {name: [*_drops_of(name), *table_rights(name)] for name in guarded_tables()}
    for statement in postgresql_guards():
        of_table = _TRIGGER.match(statement)
        (functions if of_table is None else tables[of_table[1]]).append(statement)
    return [functions, *tables.values()]


def guard_names(connection: Connection) -> set[str]:
    """Return the names of the guards in the database."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return {name for name in connection.scalars(text(query)) if name.startswith(PREFIX)}


def drop_guards(connection: Connection) -> None:
    """Drop every guard of a file; whoever does it renews them before the transaction ends."""
    for name in sorted(guard_names(connection)):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _drops_of(table: str) -> Iterator[str]:
    yield (
        "DO $$ DECLARE one record; BEGIN FOR one IN SELECT tgname FROM pg_trigger "  # noqa: S608
        f"WHERE tgrelid = '{table}'::regclass AND NOT tgisinternal "
        f"AND starts_with(tgname, '{PREFIX}') LOOP "
        f"EXECUTE format('DROP TRIGGER %I ON {table}', one.tgname); END LOOP; END $$"
    )


_Moves = Mapping[Any, frozenset[Any]]
_OF_FILES: Mapping[str, _Moves] = MappingProxyType({"cases": MOVES, "mediations": MEDIATION_MOVES})
_OF_STATES: Mapping[str, _Moves] = MappingProxyType(
    {"supervisions": SUPERVISION_MOVES, "early_actions": EARLY_ACTION_MOVES}
)


def _allowed(moves: _Moves) -> str:
    pairs = sorted(
        f"'{current.value}>{target.value}'"
        for current, targets in moves.items()
        for target in targets
    )
    return ", ".join(pairs)


def _promises(dialect: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (name, table, event, condition under which it refuses, sentence)."""
    for table, moves in _OF_FILES.items():
        yield (
            f"{table}_move",
            table,
            "UPDATE",
            (
                "NEW.status <> OLD.status AND "
                f"(OLD.status || '>' || NEW.status) NOT IN ({_allowed(moves)})"
            ),
            "状态流转不允许",
        )
        yield (
            f"{table}_version",
            table,
            "UPDATE",
            VERSION_STANDS,
            "版本号必须加一",
        )
    for table, moves in _OF_STATES.items():
        moved = (
            f"NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ({_allowed(moves)})"
        )
        yield f"{table}_move", table, "UPDATE", moved, "状态流转不允许"
    explained = "OLD.explained_at IS NOT NULL AND NEW.explained_at <> OLD.explained_at"
    yield "urgings_explained", "urgings", "UPDATE", explained, "已经说明过"
    yield "bookings_move", "bookings", "UPDATE", booking_moves(), "状态流转不允许"
    yield "counters_rise", "counters", "UPDATE", "NEW.last <> OLD.last + 1", "编号只能逐一递增"
    for table, columns in FIXED.items():
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)
        if table == "papers":
            row = "NEW.row IS DISTINCT FROM OLD.row"
            changed = changed.replace(row, f"({row} AND NOT {row_may_go(dialect)})")
        yield f"{table}_fixed", table, "UPDATE", changed, "这些内容登记后不能更改"
    for table in ("erasures", "export_requests"):  # asked by one, decided by another
        alone = "NEW.is_granted AND NEW.decided_by = OLD.asked_by"
        yield f"{table}_by_two", table, "UPDATE", alone, "要由另一个人决定"
        yield f"{table}_begun", table, "INSERT", "NEW.is_granted IS NOT NULL", "要由另一个人决定"
    yield from letter_promises()
    yield from leader_promises()
    yield from whistle_promises()
    yield from proactive_promises()
    for table in (*APPEND_ONLY, *KEPT, "counters"):
        yield f"{table}_kept", table, "DELETE", "1 = 1", "记录不能删除"
    for table in (
        "chain_anchors",
        "events",
        "event_cases",
        "event_mediations",
        "case_units",
        "print_log",
        "seal_uses",
    ):
        refused = f"NOT {line_may_go(dialect)}" if table == "events" else "1 = 1"
        yield f"{table}_frozen", table, "UPDATE", refused, "记录只能追加，不能修改"


def sqlite_guards() -> list[str]:
    """Return the guards as SQLite triggers."""
    about_bookings = (
        (one.name, one.table, one.event, one.condition, one.sentence)
        for one in booking_promises("sqlite")
    )
    refusing = [
        f"CREATE TRIGGER {PREFIX}{name} BEFORE {event} ON {table} WHEN "
        f"{condition.replace('IS DISTINCT FROM', 'IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        for name, table, event, condition, sentence in (*_promises("sqlite"), *about_bookings)
    ]
    return [*refusing, SQLITE_ANCHOR, *search_index_guards(), *sqlite_rate_guards()]


_REFUSE = """
CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = '23514';
END $$
"""

_CHAIN = """
CREATE OR REPLACE FUNCTION guard_chain() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head record;
BEGIN
  IF NOT is_owner() THEN NEW.recorded_at := desk_now(); END IF;
  INSERT INTO chain_heads (street_id, place, hash)
    VALUES (NEW.street_id, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM chain_heads WHERE street_id = NEW.street_id FOR UPDATE;
  NEW.session_user := session_user;
  NEW.place := head.place + 1;
  NEW.previous_hash := head.hash;
  NEW.hash := encode(sha256(convert_to(concat_ws('|', head.hash, NEW.place, NEW.id, NEW.command,
    NEW.made_by, NEW.sent_by, NEW.session_user,
    to_char(NEW.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00',
    to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00',
    NEW.digest), 'UTF8')), 'hex');
  UPDATE chain_heads SET place = NEW.place, hash = NEW.hash WHERE street_id = NEW.street_id;
  RETURN NEW;
END $$
"""


def postgresql_guards() -> list[str]:
    """Return the guards as PostgreSQL functions and triggers."""
    triggers = [
        f"CREATE TRIGGER {PREFIX}{name} BEFORE {event} ON {table} FOR EACH ROW "
        f"WHEN ({on_the_server(table, condition)}) EXECUTE FUNCTION guard_refuse('{sentence}')"
        for name, table, event, condition, sentence in _promises("postgresql")
    ]
    chain = (
        "CREATE TRIGGER guard_events_chain BEFORE INSERT ON events "
        "FOR EACH ROW EXECUTE FUNCTION guard_chain()"
    )
    return [
        _REFUSE,
        _CHAIN,
        *FUNCTIONS,
        *triggers,
        chain,
        *sight_guards(),
        *POSTGRESQL_ANCHOR,
        *_booking_guards(),
        *search_guards(),
        *rate_guards(),
        *telling_guards(),
        *line_guards(),
        *_callable_by_nobody(),
    ]


def _callable_by_nobody() -> Iterator[str]:
    """Yield what keeps a trigger's function from being put on a table of somebody's own.

    What the condition of a trigger asks, whoever changes the row must be able to call.
    """
    yield (  # made of these words alone
        "DO $$ DECLARE one record; BEGIN FOR one IN SELECT oid::regprocedure AS f, "  # noqa: S608
        "prorettype = 'trigger'::regtype AS is_trigger FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'guard_') LOOP "
        "EXECUTE 'REVOKE ALL ON FUNCTION ' || one.f || ' FROM PUBLIC'; "
        "IF NOT one.is_trigger THEN "
        f"EXECUTE 'GRANT EXECUTE ON FUNCTION ' || one.f || ' TO {STAFF}'; END IF; "
        "END LOOP; END $$"
    )


def _booking_guards() -> Iterator[str]:
    """Yield functions and triggers; a WHEN cannot look into other tables on PostgreSQL."""
    for one in booking_promises("postgresql"):
        row = "OLD" if one.event == "DELETE" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {PREFIX}{one.name}() RETURNS trigger LANGUAGE plpgsql "
            "SECURITY DEFINER SET search_path = public, pg_temp "  # it looks where a clerk may not
            f"AS $$ BEGIN IF {one.condition} THEN "
            f"RAISE EXCEPTION USING MESSAGE = '{one.sentence}', ERRCODE = '23514'; END IF; "
            f"RETURN {row}; END $$"
        )
        yield (
            f"CREATE TRIGGER {PREFIX}{one.name} BEFORE {one.event} ON {one.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {PREFIX}{one.name}()"
        )
