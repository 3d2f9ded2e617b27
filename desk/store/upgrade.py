"""Bring a database to this program's schema, and say when the two do not fit (RELIABILITY.md 7).

A shared database is upgraded while desks are open. A migration that waits for somebody's open
transaction makes everybody else wait behind it (measured: as long as that one is open). So each
waits for a lock at most a tenth of a second, lets the desks through, and tries again; and the
guards are renewed table by table, as all at once held everybody up for a third of a second.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, delete, insert, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from desk.rules.errors import DatabaseAway, WrongVersion
from desk.rules.versions import NEWER
from desk.store.database import in_the_way, sorted_out
from desk.store.engine import WRITES, make_engine, sqlite_path
from desk.store.fitting import MIGRATIONS, newest_revision, revision_of, revisions
from desk.store.guards import drop_guards, guard_parts, in_one_journey, renew_guards
from desk.store.models import SchemaInfo
from desk.store.on_disk import onto_disk
from desk.store.pg_login_functions import login_statements
from desk.store.pg_roles import ROLE_ADMIN, leave_role_admin, prepare_roles, work_as
from desk.store.policies import guarded_tables
from desk.store.rate_marks import are_counted, recount
from desk.store.search_docs import cases_without_text, write_texts

if TYPE_CHECKING:
    from alembic.config import Config

# The oldest program that may write to a database of this schema: raised when something is removed.
OLDEST_CLIENT = "20261122m_upkeep"
_LOCK_WAIT = "100ms"
_TEXTS_AT_ONCE = 200  # cases, between which the desks go on
# ten minutes in all: as long as a nightly copy may read
_WAITS = (0.1, 0.2, 0.5, 1.0, *(2.0 for _ in range(300)))
_ONE_UPGRADE = 7326002
_BUSY = (
    "数据库一直有人在用（也可能正在备份），没有升级成，原来的还能照常用。"
    "请等备份做完，或请各窗口锁屏后再运行一次。"
)
_HALF = (
    "升级还差最后一步：数据库一直有人在用（也可能正在备份）。已打开的窗口照常用，"
    "新登录的要等升级做完。请等备份做完，或请各窗口锁屏后再运行一次升级。"
)
_UNFINISHED = "unfinished"  # in place of a version: no program signs in
_LOCK = "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE"


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - costs 0.4 s at start

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(
    url: str, *, pause: Callable[[float], None] = time.sleep, waits: Sequence[float] = _WAITS
) -> None:
    """Create or upgrade the database at `url`; a SQLite file is first made ready to be safe.

    Args:
        pause: what is done between two tries for a lock, given the seconds.
        waits: how long to wait after each try of one migration.

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
            raise WrongVersion(NEWER)
        if engine.dialect.name == "postgresql":
            _prepare_roles(engine)
        if found is None or file is not None:
            with engine.connect().execution_options(**{WRITES: True}) as connection:
                _migrate(connection)
        else:
            with _alone(engine):
                _migrate_beside_desks(engine, partial(_patiently, pause, waits))
        _complete_search(engine)
        _complete_rates(engine)
        if file is not None:
            onto_disk(file.parent)  # what SQLite removed must not come back (RELIABILITY.md 4.3)
    except DBAPIError as error:
        raise sorted_out(error) from error
    finally:
        engine.dispose()


def _complete_search(engine: Engine) -> None:
    """Write the texts by which cases are found, where this version writes them anew."""
    with Session(engine) as session:
        left = cases_without_text(session)
    for start in range(0, len(left), _TEXTS_AT_ONCE):
        some = left[start : start + _TEXTS_AT_ONCE]
        with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
            write_texts(session, some)


def _complete_rates(engine: Engine) -> None:
    """Make the sums of the figures, where no version before has kept them."""
    with engine.connect() as connection:
        if are_counted(connection):
            return
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        recount(connection)


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


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Let no two upgrades of a shared database meet: the second waits for the first."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ONE_UPGRADE})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ONE_UPGRADE})


def _migrate_beside_desks(engine: Engine, patiently: Callable[[Callable[[], None]], None]) -> None:
    """Take one migration after the other, then one table's guards after the other.

    Each waits until nobody is in its way. While guards are renewed every table has those of before
    or the new ones, and nobody signs in; if it ends there, the next upgrade goes on.
    """
    found, newest = revision_of(engine) or "", newest_revision()
    parts = guard_parts()
    with _briefly_waiting(engine) as connection:

        def do(work: Callable[[], None]) -> None:
            def step() -> None:
                with connection.begin():
                    work()

            patiently(step)

        for name in guarded_tables():
            do(partial(_look_for_room, connection, name))
        for revision in (one for one in revisions() if one > found):
            do(partial(_migrate_to, connection, revision))
        try:
            do(partial(_say_version, connection, _UNFINISHED))
            do(partial(in_one_journey, connection, parts[0]))
            for name, part in zip(guarded_tables(), parts[1:], strict=True):
                do(partial(in_one_journey, connection, [_LOCK.format(name), *part]))
            do(partial(_say_version, connection, newest))
        except DatabaseAway as error:
            raise DatabaseAway(_HALF) from error


@contextmanager
def _briefly_waiting(engine: Engine) -> Iterator[Connection]:
    """Give a connection that waits for no lock longer than desks can bear."""
    with engine.connect() as connection:
        connection.execute(text(f"SET lock_timeout = '{_LOCK_WAIT}'"))
        connection.commit()
        try:
            yield connection
        finally:
            connection.invalidate()  # its settings must serve nobody else


def _look_for_room(connection: Connection, table: str) -> None:
    """Lock a table for a moment, if it is there yet: who reads it for long is waited for first."""
    if inspect(connection).has_table(table):
        connection.exec_driver_sql(_LOCK.format(table))


def _patiently(
    pause: Callable[[float], None], waits: Sequence[float], step: Callable[[], None]
) -> None:
    for wait in waits:
        try:
            step()
        except OperationalError as error:
            if not in_the_way(error):
                raise
            pause(wait)
        else:
            return
    raise DatabaseAway(_BUSY)


def _migrate(connection: Connection) -> None:
    """Migrate to the newest revision with all guards, all of it or nothing."""
    with connection.begin():
        if connection.dialect.name == "sqlite":
            # it rebuilds a table under another name, and no trigger may name what is away
            drop_guards(connection)
        _run_migrations(connection, "head")
        renew_guards(connection)  # with the tables or not at all, should the power fail here
        _say_version(connection, newest_revision())


def _migrate_to(connection: Connection, revision: str) -> None:
    """Migrate to one revision; desks sign in before the next, but not before the last guards."""
    _run_migrations(connection, revision)
    _say_version(connection, _UNFINISHED if revision == newest_revision() else revision)


def _run_migrations(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - costs 0.4 s at start

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _say_version(connection: Connection, version: str) -> None:
    if inspect(connection).has_table(SchemaInfo.__tablename__):
        connection.execute(delete(SchemaInfo))
        connection.execute(insert(SchemaInfo).values(version=version, min_client=OLDEST_CLIENT))
