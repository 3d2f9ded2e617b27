"""What kind of database this is and how full (数据库统计): numbers only, nothing of its content."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from desk.store.fitting import newest_revision, revisions

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_ESTIMATES = (
    "SELECT relname, greatest(reltuples, 0)::bigint FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What helps to find a fault.

    Attributes:
        size: in bytes.
        rows: how many rows each table has; of a server about how many, for everybody alike.
        revision: the version of the schema.
        program: the version that this program works with.
        missing: the changes of the schema that it has not yet.
    """

    engine: str
    version: str
    size: int
    rows: tuple[tuple[str, int], ...]
    revision: str
    program: str
    missing: tuple[str, ...]


def database_facts(session: Session) -> DatabaseFacts:
    """Count what there is; a file is read table by table, a server knows by itself."""
    is_file = session.get_bind().dialect.name == "sqlite"
    found = str(session.scalar(text("SELECT version_num FROM alembic_version")))
    return DatabaseFacts(
        engine="SQLite" if is_file else "PostgreSQL",
        version=str(
            session.scalar(text("SELECT sqlite_version()" if is_file else "SHOW server_version"))
        ),
        size=_file_size(session) if is_file else _server_size(session),
        rows=tuple(sorted(_file_rows(session) if is_file else _server_rows(session))),
        revision=found,
        program=newest_revision(),
        missing=tuple(one for one in revisions() if one > found),
    )


def _file_size(session: Session) -> int:
    pages, size = (
        int(session.scalar(text(f"PRAGMA {name}")) or 0) for name in ("page_count", "page_size")
    )
    return pages * size


def _server_size(session: Session) -> int:
    return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def _file_rows(session: Session) -> list[tuple[str, int]]:
    tables = session.scalars(text(_TABLES)).all()
    return [
        (name, int(session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0))  # noqa: S608
        for name in tables
    ]


def _server_rows(session: Session) -> list[tuple[str, int]]:
    return [(name, int(rows)) for name, rows in session.execute(text(_ESTIMATES))]
