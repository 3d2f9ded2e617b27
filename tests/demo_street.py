"""Streets that take long to build, made once for all workers of a run: a demo, one without cases.

On the server they lie in the files that every worker's server starts from. Nobody pays for them
whose tests do not ask for them.
"""

import pickle
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pytest

from desk.actions.administration import SetSetting
from desk.demo.build import build_demo
from desk.rules.moments import SHANGHAI
from desk.store.signing_in import sign_in_built_in
from tests.made_once import MadeOnce
from tests.postgres_server import Logins, PostgresServer

CASES = 240
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI)
ENGINES = ("sqlite", "postgresql")


def build_street_with_cases(url: str) -> None:
    """Build what tests only look at."""
    build_demo(url, cases=CASES, seed=7, now=NOW)


def build_street_of_stories(url: str) -> None:
    """Build a street without any case and without quiet hours: stories are told day and night."""
    build_demo(url, cases=0)
    hall = sign_in_built_in(url)
    made_by = hall.person.staff_id
    never = SetSetting(made_by=made_by, happened_at=hall.now(), key="quiet_hours", value=[0, 0])
    hall.carry_out(never)
    hall.close()


# by the fixture that asks for it: the database's name, and what builds it
STREETS: dict[str, tuple[str, Callable[[str], None]]] = {
    "demo_url": ("hall_demo", build_street_with_cases),
    "street_url": ("hall_street", build_street_of_stories),
}


def wanted_streets(items: Iterable[pytest.Item]) -> list[str]:
    """Return which streets tests want on the server, by the fixtures that ask for them."""
    given = [item.callspec.params for item in items if hasattr(item, "callspec")]
    return [one for one in STREETS if any(params.get(one) == ENGINES[1] for params in given)]


def build_on_server(server: PostgresServer, fixture: str, template: str) -> None:
    """Build a street on a server; the logins there stay as they are, those of the street lie by."""
    database, build = STREETS[fixture]
    logins = server.logins()
    server.create(template, database)
    build(server.url(database))
    (server.data / f"logins.{database}").write_bytes(pickle.dumps(server.logins()))
    server.set_logins(logins)  # those of the small hall have the same names


def logins_of(server: PostgresServer, fixture: str) -> Logins:
    """Return how the logins were when a street had been built."""
    file = server.data / f"logins.{STREETS[fixture][0]}"
    logins: Logins = pickle.loads(file.read_bytes())  # noqa: S301 - our own
    return logins


def street_file(made_once: MadeOnce, fixture: str, template: Path) -> Path:
    """Return a street's SQLite file, to be copied."""
    database, build = STREETS[fixture]

    def make(file: Path) -> None:
        shutil.copyfile(template, file)
        build(f"sqlite:///{file}")

    return made_once.get(f"{database}.db", make)


@pytest.fixture(scope="session")
def sqlite_demo_url(
    made_once: MadeOnce, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Return the address of the demo street in a file."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copyfile(street_file(made_once, "demo_url", sqlite_template), file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session", params=ENGINES)
def demo_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a demo street that tests only look at, the same one on both engines."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_demo_url"))
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.url(STREETS["demo_url"][0])
