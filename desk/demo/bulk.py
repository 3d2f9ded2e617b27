"""Writes many invented rows at once (成批写入), past what makes one row after the other dear.

Only how they are handed over is short: every guard, trigger and foreign key looks at each of them.
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
    if not rows:
        return
    table = Base.metadata.tables[name]
    columns = [(column.key, _processor(connection, column.type)) for column in table.columns]
    values = [
        [
            value if (value := get(key)) is None or bound is None else bound(value)
            for key, bound in columns
        ]
        for get in (row.get for row in rows)
    ]
    connection.exec_driver_sql(_insert(connection, table), list(map(tuple, values)))


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
    names = ", ".join(connection.dialect.identifier_preparer.format_column(c) for c in table.c)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(table.c))})"  # noqa: S608
