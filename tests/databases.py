"""Databases for tests: both engines, each made once by the real migrations and then copied."""

import shutil
import signal
import subprocess
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from desk.rules.moments import SHANGHAI
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.upgrade import upgrade
from tests.clock import HandClock
from tests.demo_street import ENGINES, build_on_server, wanted_streets
from tests.made_once import MadeOnce
from tests.postgres_server import OWNER, PostgresServer
from tests.remembered_halls import HallMemory, Known, PostgresBase, SqliteBase
from tests.small_hall import COMMAND_LINE, SmallHall, found_small_hall, stay_open

FOUNDED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI)
EMPTY, FOUNDED = "hall_empty", "hall_founded"  # databases of the server that others copy
_REMEMBERED: dict[str, Known] = {name: OrderedDict() for name in ENGINES}

# the server's own time, as far as its rules ask for it, is the test's where the test has one
_TIME_OF_THE_TEST = """
CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS
$$ BEGIN RETURN coalesce(nullif(current_setting('desk.now', true), '')::timestamptz, now()); END $$
"""


def _found(url: str) -> None:
    engine = make_engine(url)
    found_small_hall(engine, HandClock(FOUNDED_AT))
    engine.dispose()


def _copy(file: Path, target: Path) -> str:
    shutil.copyfile(file, target)
    return f"sqlite:///{target}"


def _make_server(place: Path) -> None:
    """Make the files of a server with an empty database and one with the small hall."""
    with _server_to_be_copied(place) as server:
        server.create(name=EMPTY)
        upgrade(server.url(EMPTY))
        engine = make_engine(server.url(EMPTY))
        with engine.begin() as connection:
            connection.execute(text(_TIME_OF_THE_TEST))
        engine.dispose()
        server.create(EMPTY, FOUNDED)
        _found(server.url(FOUNDED))


def _add_street(data: Path, fixture: str, place: Path) -> None:
    """Make the files of a server that has one more street."""
    with _server_to_be_copied(place, data) as server:
        build_on_server(server, fixture, EMPTY)


@contextmanager
def _server_to_be_copied(place: Path, data: Path | None = None) -> Iterator[PostgresServer]:
    """Run a server while its databases are made; afterwards its files are at this place."""
    with tempfile.TemporaryDirectory(prefix="desk-pg-") as folder:
        server = PostgresServer(Path(folder), data)
        try:
            yield server
        finally:
            server.stop(signal.SIGINT)
        subprocess.run(["mv", str(server.data), str(place)], check=True)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest, made_once: MadeOnce) -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for this session (for each worker of it)."""
    name = "server"
    data = made_once.get(name, _make_server)
    for fixture in wanted_streets(request.session.items):
        name += f"-{fixture}"
        data = made_once.get(name, partial(_add_street, data, fixture))
    with tempfile.TemporaryDirectory(prefix="desk-pg-") as folder:
        server = PostgresServer(Path(folder), data)
        server.remember_logins()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def sqlite_template(made_once: MadeOnce) -> Path:
    """Return an empty SQLite database with the newest schema, to be copied."""
    return made_once.get("empty.db", lambda file: upgrade(f"sqlite:///{file}"))


@pytest.fixture(scope="session")
def sqlite_hall_template(made_once: MadeOnce, sqlite_template: Path) -> Path:
    """Return a SQLite database with the small hall, to be copied."""
    return made_once.get("hall.db", lambda file: _found(_copy(sqlite_template, file)))


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """Name the empty PostgreSQL database with the newest schema, to be copied."""
    return EMPTY


@pytest.fixture(scope="session")
def postgres_hall_template(postgres: PostgresServer) -> str:
    """Name the PostgreSQL database with the small hall, to be copied."""
    return FOUNDED


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of an empty SQLite database with the newest schema."""
    return _copy(sqlite_template, tmp_path / "empty.db")


@pytest.fixture
def sqlite_hall_url(sqlite_hall_template: Path, tmp_path: Path) -> str:
    """Return the address of a SQLite database with the small hall."""
    return _copy(sqlite_hall_template, tmp_path / "hall.db")


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database with the newest schema."""
    name = postgres.create(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def postgres_hall_url(postgres: PostgresServer, postgres_hall_template: str) -> Iterator[str]:
    """Return the address of a PostgreSQL database with the small hall."""
    name = postgres.create(postgres_hall_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> str:
    """Run the test twice: on an empty SQLite database and on an empty PostgreSQL one."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    return str(request.getfixturevalue(fixture))


@pytest.fixture(params=ENGINES)
def hall_url(request: pytest.FixtureRequest) -> str:
    """Run the test twice: on SQLite and on PostgreSQL, each with the small hall."""
    fixture = {"sqlite": "sqlite_hall_url", "postgresql": "postgres_hall_url"}[request.param]
    return str(request.getfixturevalue(fixture))


@pytest.fixture(params=ENGINES)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Run the test twice on a database without any table, for what the upgrade itself does."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def engine(engine_url: str) -> Iterator[Engine]:
    """Return an engine on an empty database with the newest schema; closed afterwards."""
    engine = make_engine(engine_url)
    yield engine
    engine.dispose()


@pytest.fixture
def hall(hall_url: str, clock: HandClock, request: pytest.FixtureRequest) -> Iterator[SmallHall]:
    """Return a small hall in 青榕街道 (units, staff and rules, no cases) on both engines."""
    server = None if hall_url.startswith("sqlite") else request.getfixturevalue("postgres")
    with _small_hall(hall_url, clock, server) as made:
        yield made


@pytest.fixture
def sqlite_hall(sqlite_hall_url: str, clock: HandClock) -> Iterator[SmallHall]:
    """Return the small hall on SQLite alone, for tests of windows and papers."""
    with _small_hall(sqlite_hall_url, clock) as made:
        yield made


@contextmanager
def _small_hall(
    url: str, clock: HandClock, server: PostgresServer | None = None
) -> Iterator[SmallHall]:
    engine = stay_open(make_engine(url), OWNER)
    hall = SmallHall.copied(engine, clock, template=(FOUNDED, engine.dialect.name))
    base = PostgresBase(server.kept(engine.url.database or "")) if server else SqliteBase(engine)
    hall.memory = HallMemory(base, _REMEMBERED[engine.dialect.name])
    yield hall
    engine.dispose()
    base.close()


@pytest.fixture
def database(hall: SmallHall) -> Database:
    """Return the small hall's database as the built-in 命令行 sees it."""
    return hall.sign_in(COMMAND_LINE)
