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
from desk.store.pg_login_functions import login_statements
from desk.store.pg_roles import ROLE_ADMIN, leave_role_admin, prepare_roles, work_as

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
        if engine.dialect.name == "postgresql":
            _prepare_roles(engine)
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            _migrate(connection)
        if file is not None:
            onto_disk(file.parent)  # what SQLite removed must not come back (RELIABILITY.md 4.3)
    except DBAPIError as error:
        raise sorted_out(error) from error
    finally:
        engine.dispose()


def prepare_server(url: str) -> None:
    """Create the roles of a shared server, without which no table of ours can be made there.

    Raises:
        DatabaseAway: this login may not, or the server cannot be reached.
    """
    engine = make_engine(url)
    try:
        _prepare_roles(engine)
    except DBAPIError as error:
        raise sorted_out(error) from error
    finally:
        engine.dispose()


def _prepare_roles(engine: Engine) -> None:
    """Create the roles of the server and what makes logins; all else is done as the owner."""
    with engine.begin() as connection:
        connection.exec_driver_sql("RESET ROLE")
        if prepare_roles(connection):
            work_as(connection, ROLE_ADMIN)
            for statement in login_statements():
                connection.execute(text(statement))
            leave_role_admin(connection)
    engine.dispose()  # connections opened from now on work as the owner


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - costs 0.4 s at start

    config = _config()
    config.attributes["connection"] = connection
    with connection.begin():
        command.upgrade(config, "head")
        renew_guards(connection)  # with the tables or not at all, should the power fail here
