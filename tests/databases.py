"""Databases for tests: both engines, each made once by the real migrations and then copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.upgrade import upgrade
from tests.clock import HandClock
from tests.postgres_server import PostgresServer
from tests.small_hall import COMMAND_LINE, SmallHall

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty SQLite database with the newest schema, once."""
    file = tmp_path_factory.mktemp("template") / "hall.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """Make an empty PostgreSQL database with the newest schema, once."""
    name = postgres.create()
    upgrade(postgres.url(name))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of an empty SQLite database with the newest schema."""
    file = tmp_path / "hall.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database with the newest schema."""
    name = postgres.create(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> str:
    """Run the test twice: on an empty SQLite database and on an empty PostgreSQL one."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
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
def hall(engine: Engine, clock: HandClock) -> SmallHall:
    """Return a small hall in 青榕街道 (units and staff, no cases) on both engines."""
    return SmallHall(engine, clock)


@pytest.fixture
def database(hall: SmallHall) -> Database:
    """Return the small hall's database as the built-in 命令行 sees it."""
    return hall.sign_in(COMMAND_LINE)
