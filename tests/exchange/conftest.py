"""Databases of the fictional 青榕街道 with its organisation and without any case."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import desk.actions.ledger_import  # noqa: F401 - registers the action
from desk.actions.founding import FoundStreet
from desk.demo.street import demo_street
from desk.rules.codes import Role
from desk.rules.moments import SHANGHAI
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.ids import new_id
from tests.clock import HandClock
from tests.postgres_server import PostgresServer


@pytest.fixture(scope="session")
def command_line() -> Person:
    """Return the built-in 命令行 of the street."""
    unit = new_id()
    return Person(
        staff_id=new_id(),
        name="命令行",
        street_id=new_id(),
        unit_ids=frozenset({unit}),
        roles=frozenset(Role),
        home_unit_id=unit,
        is_built_in=True,
    )


def _found(url: str, person: Person) -> None:
    clock = HandClock(datetime(2026, 11, 1, 9, 0, tzinfo=SHANGHAI))
    database = Database(make_engine(url), person, clock=clock)
    database.carry_out(
        FoundStreet(made_by=person.staff_id, happened_at=clock(), plan=demo_street())
    )
    database.close()


@pytest.fixture(scope="session")
def founded_file(
    sqlite_template: Path, command_line: Person, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Make the street's SQLite file, once."""
    file = tmp_path_factory.mktemp("street") / "street.db"
    shutil.copyfile(sqlite_template, file)
    _found(f"sqlite:///{file}", command_line)
    return file


@pytest.fixture(scope="session")
def founded_name(postgres: PostgresServer, postgres_template: str, command_line: Person) -> str:
    """Make the street's PostgreSQL database, once."""
    name = postgres.create(postgres_template)
    _found(postgres.url(name), command_line)
    return name


class Streets:
    """Makes copies of the street on one engine."""

    def __init__(
        self, request: pytest.FixtureRequest, kind: str, folder: Path, clock: HandClock
    ) -> None:
        self._request, self._kind, self._folder, self._clock = request, kind, folder, clock
        self._made: list[tuple[Database, str]] = []

    def copy(self) -> Database:
        """Return a copy of the street, as the built-in 命令行 sees it."""
        name = ""
        if self._kind == "sqlite":
            file = self._folder / f"street{len(self._made)}.db"
            shutil.copyfile(self._request.getfixturevalue("founded_file"), file)
            url = f"sqlite:///{file}"
        else:
            server = self._request.getfixturevalue("postgres")
            name = server.create(self._request.getfixturevalue("founded_name"))
            url = server.url(name)
        person = self._request.getfixturevalue("command_line")
        database = Database(make_engine(url), person, clock=self._clock)
        self._made.append((database, name))
        return database

    def drop(self) -> None:
        """Close all copies and drop those on the server."""
        for database, name in self._made:
            database.close()
            if name:
                self._request.getfixturevalue("postgres").drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def streets(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[Streets]:
    """Run the test on both engines."""
    made = Streets(request, request.param, tmp_path, clock)
    yield made
    made.drop()


@pytest.fixture
def street(streets: Streets) -> Database:
    """Return the street with its organisation and no case."""
    return streets.copy()


@pytest.fixture
def second_street(streets: Streets) -> Database:
    """Return another database with the same organisation and no case."""
    return streets.copy()
