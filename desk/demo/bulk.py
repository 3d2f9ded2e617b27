"""Writes many invented rows at once (成批写入), past what makes one row after the other dear.

Only how they are handed over is short: whatever guard, trigger and foreign key the table has looks
at each of them.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Enum, Table

from desk.store.base import Base

Row = dict[str, Any]
_CACHE_KB = 262_144  # an index of a million entries is turned over in memory, not on the disk


def make_room(connection: Connection) -> None:
    """Let this connection hold more of a file in memory while it is filled."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")


def put_rows(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    """Add rows to a table; what a row does not say is empty."""
    if rows:
        table = Base.metadata.tables[name]
        values = list(map(tuple, _values(connection, table, rows)))
        connection.exec_driver_sql(_insert(connection, table), values)


def pour_rows(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    """Add rows to a table of a server in one stream (COPY), as a backup is restored."""
    table = Base.metadata.tables[name]
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(_stream(connection, table)) as stream:
        for values in _values(connection, table, rows):
            stream.write_row(values)


def _values(connection: Connection, table: Table, rows: Sequence[Row]) -> list[list[Any]]:
    """Return what the driver takes of each row, in the order of the columns."""
    columns = [(column.key, _processor(connection, column.type)) for column in table.columns]
    return [
        [
            value if (value := get(key)) is None or bound is None else bound(value)
            for key, bound in columns
        ]
        for get in (row.get for row in rows)
    ]


def _processor(connection: Connection, kind: Any) -> Callable[[Any], Any] | None:
    """Return what turns a value into what the driver takes; nothing stays nothing."""
    if isinstance(kind, Enum):
        return attrgetter("value")
    found: Callable[[Any], Any] | None = kind.dialect_impl(connection.dialect).bind_processor(
        connection.dialect
    )
    return found


def _insert(connection: Connection, table: Table) -> str:
    """Return the statement as the driver writes it."""
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join([mark] * len(table.c))
    return f"INSERT INTO {table.name} ({_names(connection, table)}) VALUES ({marks})"  # noqa: S608 - names of our own tables


def _stream(connection: Connection, table: Table) -> str:
    return f"COPY {table.name} ({_names(connection, table)}) FROM STDIN"


def _names(connection: Connection, table: Table) -> str:
    return ", ".join(connection.dialect.identifier_preparer.format_column(c) for c in table.c)
