"""Databases of the server that are put back as they were, not dropped and copied anew.

A new database is cheap; what costs is that every connection to it begins without knowing a table
or a policy. So tests that want the same database get one another has used: all rows are as in its
template again, and its connections are still open (`tests.kept_connections`). One whose tables,
rights or functions were changed is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

MOST_USES = 300  # rows that were removed still take room; up to here no test has got slower
_LARGE = 20_000  # rows: such a database is rather copied again
# what nobody changes who only works in a hall
_CATALOGUES = (
    "pg_class",
    "pg_attribute",
    "pg_attrdef",
    "pg_constraint",
    "pg_index",
    "pg_trigger",
    "pg_policy",
    "pg_proc",
    "pg_type",
    "pg_namespace",
    "pg_rewrite",
    "pg_extension",
    "pg_event_trigger",
    "pg_statistic",
    "pg_default_acl",
    "pg_largeobject_metadata",
)
_OF_DATABASE = (
    ("pg_database", "datname = current_database()"),
    (
        "pg_db_role_setting",
        "setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())",
    ),
)
_TABLES = """
SELECT c.relname, ARRAY(SELECT a.attname::text FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  ORDER BY a.attnum)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1
"""
_END_OTHERS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> ALL (%s)
"""
_COUNT = "count(*), count(*) FILTER (WHERE age(xmin) < age(%(since)s::text::xid))"
_NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
Counts = dict[str, tuple[int, int]]  # of a table: its rows, and how many are new
Rows = dict[str, tuple[bool, list[bytes]]]  # of a table: whether these are all its rows, and they


@dataclass(frozen=True, slots=True)
class Template:
    """What all databases are in the beginning that were copied from one template."""

    counting: str
    counts: dict[str, int]
    tables: dict[str, list[str]]
    rows: dict[str, list[bytes]]

    @classmethod
    def of(cls, connection: psycopg.Connection[Any]) -> "Template":
        """Read it from a copy that nobody has changed yet."""
        tables = dict(connection.execute(_TABLES).fetchall())
        counting = " UNION ALL ".join(_counts(tables))
        counts = {name: row[0] for name, row in _counted(connection, counting, "3").items()}
        if sum(counts[name] for name in tables) > _LARGE:
            return cls("", {}, {}, {})
        rows = {name: _copied(connection, name, tables[name]) for name in tables if counts[name]}
        return cls(counting, counts, tables, rows)


class KeptDatabase:
    """One database of the server that is used by one test after the other."""

    def __init__(self, connection: psycopg.Connection[Any], template: Template) -> None:
        self._connection = connection
        # No trigger may look at rows that are put back. Said once: whenever it is said, the server
        # plans anew what counts all tables, which takes longer than counting.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET plan_cache_mode = force_generic_plan")
        self._template = template
        self._uses = 0
        self._since = self._this_moment()

    @property
    def pid(self) -> int:
        """Which process of the server puts it back."""
        return self._connection.info.backend_pid

    def close(self) -> None:
        """Let go of it, so that it can be dropped."""
        self._connection.close()

    def mark(self) -> str:
        """Return what is another one after every change."""
        row = self._connection.execute(_NEXT).fetchone()
        assert row is not None
        return str(row[0])

    def put_back(self, staying: list[int]) -> bool:
        """Let all rows be as in the template; return False where that is not to be had.

        Args:
            staying: processes of the connections that may stay open.
        """
        self._uses += 1
        if not self._template.counting or self._uses >= MOST_USES:
            return False
        self._connection.execute(_END_OTHERS, ([*staying, self.pid],))
        if not self.load({}):
            return False
        self._since = self._this_moment()
        return True

    def save(self) -> Rows | None:
        """Return the rows of all tables that differ from the template; None: more than rows."""
        changed = self._changed()
        if changed is None:
            return None
        return {name: self._rows_of(name, only_new=more) for name, more in changed.items()}

    def load(self, saved: Rows) -> bool:
        """Let all rows be as in the template, but for these tables."""
        changed = self._changed()
        if changed is None:
            return False
        with self._connection.transaction():
            for name, more in changed.items():
                self._put_back_rows(name, is_only_more=more)
            for name, (is_all, rows) in saved.items():
                if is_all:
                    self._connection.execute(_of("DELETE FROM {}", name))
                self._write(name, rows)
        return True

    def _changed(self) -> dict[str, bool] | None:
        """Return which tables differ from the template, and whether only by more rows."""
        if not self._template.counting:
            return None
        counts = _counted(self._connection, self._template.counting, self._since)
        there = self._template.counts
        changed = {name: found for name, found in counts.items() if found != (there[name], 0)}
        if not changed.keys() <= self._template.tables.keys():
            return None
        return {name: count - new == there[name] for name, (count, new) in changed.items()}

    def _rows_of(self, table: str, *, only_new: bool) -> tuple[bool, list[bytes]]:
        columns = sql.SQL(", ").join(map(sql.Identifier, self._template.tables[table]))
        query = _of("SELECT {columns} FROM {}", table, columns=columns)
        if only_new:
            query += sql.SQL(" WHERE age(xmin) < age({}::text::xid)").format(self._since)
        with self._connection.cursor().copy(sql.SQL("COPY ({}) TO STDOUT").format(query)) as copy:
            return not only_new, [bytes(line) for line in copy]

    def _put_back_rows(self, table: str, *, is_only_more: bool) -> None:
        remove = _of("DELETE FROM {}", table)
        if is_only_more and self._template.counts[table]:
            remove += sql.SQL(" WHERE age(xmin) < age({}::text::xid)").format(self._since)
        self._connection.execute(remove)
        if not is_only_more:
            self._write(table, self._template.rows.get(table, []))

    def _write(self, table: str, rows: list[bytes]) -> None:
        columns = self._template.tables[table]
        with self._connection.cursor().copy(_copy("FROM STDIN", table, columns)) as copy:
            for line in rows:
                copy.write(line)

    def _this_moment(self) -> str:
        """Return the transaction after which all rows are new."""
        row = self._connection.execute("SELECT pg_current_xact_id()::xid::text").fetchone()
        assert row is not None
        return str(row[0])


def _counts(tables: dict[str, list[str]]) -> Iterator[str]:
    for name in (*tables, *_CATALOGUES):
        yield f"SELECT '{name}', {_COUNT} FROM \"{name}\""
    for name, condition in _OF_DATABASE:
        yield f"SELECT '{name}', {_COUNT} FROM {name} WHERE {condition}"


def _counted(connection: psycopg.Connection[Any], counting: str, since: str) -> Counts:
    rows = connection.execute(counting, {"since": since}, prepare=True)
    return {name: (count, new) for name, count, new in rows}


def _of(statement: str, table: str, **parts: sql.Composable) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table), **parts)


def _copy(where: str, table: str, columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + where).format(sql.Identifier(table), names)


def _copied(connection: psycopg.Connection[Any], table: str, columns: list[str]) -> list[bytes]:
    with connection.cursor().copy(_copy("TO STDOUT", table, columns)) as copy:
        return [bytes(line) for line in copy]
