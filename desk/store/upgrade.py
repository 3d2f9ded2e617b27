"""Bring a database to this program's schema, and say when the two do not fit (RELIABILITY.md 7)."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from desk.rules.errors import WrongVersion
from desk.store.database import sorted_out
from desk.store.engine import WRITES, make_engine, sqlite_path
from desk.store.guards import renew_guards
from desk.store.on_disk import onto_disk

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - costs 0.4 s at start

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def newest_revision() -> str:
    """Return the revision this program works with."""
    return max(path.stem for path in (_MIGRATIONS / "versions").glob("2*.py"))


def revision_of(engine: Engine) -> str | None:
    """Return the database's revision, or None when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)


def require_current(engine: Engine) -> None:
    """Raise WrongVersion unless the database has exactly this program's schema."""
    found = revision_of(engine)
    if found is None:
        raise WrongVersion("这个数据库还没有建好。请先运行“main.py upgrade”建库。")
    newest = newest_revision()
    if found > newest:
        raise WrongVersion("数据库比本程序新。请先把本机的程序升级到新版本，再打开。")
    if found < newest:
        raise WrongVersion("数据库比本程序旧。请由管机器的同事运行“main.py upgrade”升级数据库。")


def upgrade(url: str) -> None:
    """Create or upgrade the database at `url`; a SQLite file is first made ready to be safe.

    Raises:
        WrongVersion: the database is newer than this program.
        DatabaseAway: it cannot be reached or changed.
    """
    file = sqlite_path(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    try:
        found = revision_of(engine)
        if found is not None and found > newest_revision():
            raise WrongVersion("数据库比本程序新。请先把本机的程序升级到新版本，再打开。")
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            _migrate(connection)
        if file is not None:
            onto_disk(file.parent)  # what SQLite removed must not come back (RELIABILITY.md 4.3)
    except DBAPIError as error:
        raise sorted_out(error) from error
    finally:
        engine.dispose()


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - costs 0.4 s at start

    config = _config()
    config.attributes["connection"] = connection
    with connection.begin():
        command.upgrade(config, "head")
        renew_guards(connection)  # with the tables or not at all, should the power fail here
