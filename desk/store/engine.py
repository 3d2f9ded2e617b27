"""Engines: one SQLite file, or the shared PostgreSQL; how each is set up."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from desk.rules.errors import DatabaseAway
from desk.rules.search_text import joined_tokens, unnamed
from desk.store.on_disk import LASTING, careful_address
from desk.store.patience import patience
from desk.store.secure_way import tls_options

WRITES = "desk_writes"
_BUSY_MS = 10_000
_UNKNOWN_ADDRESS = "数据库地址只能以 sqlite:/// 或 postgresql:// 开头，请核对后再试。"
# one way to the server: no row, and nothing changes, for a login that is not the owner's
_AS_OWNER = (
    "SELECT set_config('role', rolname, false) FROM pg_roles "
    "WHERE rolname = 'desk_owner' AND pg_has_role(session_user, oid, 'MEMBER')"
)
# for this transaction alone; a window that thinks for longer than this within one has gone
_BRIEFLY = (
    "SELECT set_config('idle_in_transaction_session_timeout', '3s', true), "
    "set_config('lock_timeout', '2s', true)"
)


def _parsed(url: str | URL) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise DatabaseAway(_UNKNOWN_ADDRESS) from error


def sqlite_path(url: str | URL) -> Path | None:
    """Return the file of a SQLite address, or None for PostgreSQL."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def make_engine(url: str | URL, *, silence: float | None = None) -> Engine:
    """Return an engine for `url`; PostgreSQL always goes through psycopg 3.

    Args:
        silence: after how many seconds a silent server is given up; never, if not given.

    Raises:
        DatabaseAway: the address is not one this program understands.
    """
    parsed = _parsed(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite_engine(parsed)
    if backend == "postgresql":
        from desk.store.watchdog import watched_engine  # noqa: PLC0415 - loads the driver, 0.1 s

        engine = watched_engine(
            parsed.set(drivername="postgresql+psycopg"),
            silence,
            {"application_name": "case-desk", **_planning(parsed), **tls_options(parsed)},
        )
        event.listen(engine, "connect", _work_as_owner)
        if silence is not None:
            event.listen(engine, "begin", _hold_briefly)
        return engine
    raise DatabaseAway(_UNKNOWN_ADDRESS)


def _planning(parsed: URL) -> dict[str, str]:
    """Return how the server plans for us: what it would compile (JIT) takes it longer than to run.

    What is asked here is short, but the policies make it look costly: 10 ms for each text by which
    a case is found.
    """
    asked = parsed.query.get("options", "")
    return {"options": f"-c jit=off {asked}".strip()}


def _hold_briefly(connection: Connection) -> None:
    """Hold no row for long from a window, and wait for nobody's: its cable may be pulled out."""
    if connection.get_execution_options().get(WRITES, False) and not patience():
        connection.exec_driver_sql(_BRIEFLY)


def _work_as_owner(connection: Any, _record: Any) -> None:
    """Let whoever maintains the database work as its owner; members of staff stay who they are."""
    try:
        connection.execute(_AS_OWNER)
        connection.commit()
    except Exception:
        connection.close()  # nobody else would: it never came into the pool
        raise


def _sqlite_engine(url: URL) -> Engine:
    file = sqlite_path(url)
    address = ":memory:" if file is None else careful_address(file)
    engine = create_engine(
        url, creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False)
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    connection.create_function("search_tokens", 1, joined_tokens, deterministic=True)
    connection.create_function("search_unnamed", 2, unnamed, deterministic=True)
    cursor = connection.cursor()
    for pragma in (
        *LASTING,  # the file is the journal (HOUSE.md decision 17)
        f"busy_timeout={_BUSY_MS}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    level = cursor.execute("PRAGMA synchronous").fetchone()[0]
    cursor.close()
    if level != 2:  # noqa: PLR2004 - FULL, as asked for above
        raise DatabaseAway("数据库文件不能以安全方式打开（synchronous），请联系管机器的同事。")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that reads and then writes fails at once with "locked" (PERFORMANCE.md 5).
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
