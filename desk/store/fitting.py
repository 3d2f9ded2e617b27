"""Which schema a database has, and whether this program fits it (版本相合, RELIABILITY.md 7).

The window asks this before anybody is in, so nothing is imported here but what the question needs.
"""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from desk.rules.versions import Fit, fit_of

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def newest_revision() -> str:
    """Return the revision this program works with."""
    return revisions()[-1]


def revisions() -> list[str]:
    """Return all revisions of the schema, the oldest first."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("2*.py"))


def revision_of(engine: Engine) -> str | None:
    """Return the database's revision, or None when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)


def require_current(engine: Engine) -> Fit:
    """Return how this program fits the database.

    Raises:
        WrongVersion: the database must be made or upgraded first, or is newer and does not say
            which programs it still takes.
    """
    found, mine = revision_of(engine), newest_revision()
    return fit_of(mine, found, _oldest_client(engine, found) if found and found >= mine else None)


def _oldest_client(engine: Engine, found: str) -> str | None:
    """Return who may still write, if the database says it of the very version that it has."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("schema_info"):
            return None
        said = text("SELECT min_client FROM schema_info WHERE version = :version")
        oldest = connection.scalar(said, {"version": found})
        return None if oldest is None else str(oldest)
