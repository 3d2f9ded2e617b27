"""The small hall at work: one of each test's own, or one per engine and module."""

import pytest

from desk.store.engine import make_engine
from tests.actions.rooms import Rooms
from tests.actions.work import Work
from tests.clock import HandClock
from tests.databases import ENGINES, FOUNDED_AT, _copy
from tests.postgres_server import OWNER
from tests.small_hall import SmallHall, stay_open

MORNING = "2026-11-02 09:00"


@pytest.fixture(scope="module", params=ENGINES)
def shared_hall(request, tmp_path_factory):
    """A hall that the tests of one module share, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_hall_template")
        url = _copy(template, tmp_path_factory.mktemp("shared") / "hall.db")
    else:
        server = request.getfixturevalue("postgres")
        name = server.create(request.getfixturevalue("postgres_hall_template"))
        url = server.url(name)
    engine = stay_open(make_engine(url), OWNER)
    yield SmallHall.copied(engine, HandClock(FOUNDED_AT))
    engine.dispose()
    if request.param == "postgresql":
        server.drop(name)


@pytest.fixture
def work(hall, clock):
    """A hall of the test's own at nine on an ordinary Monday."""
    return Work(hall, clock)


@pytest.fixture
def own_work(hall, clock):
    """The same, for what changes the hall itself."""
    return Work(hall, clock)


@pytest.fixture(scope="module")
def furnished(shared_hall):
    """The shared hall with rooms and mediators."""
    shared_hall.clock.set("2026-05-04 08:00")
    return Rooms(shared_hall, shared_hall.clock).furnish()


@pytest.fixture
def rooms(furnished):
    """Its rooms at eight on the Monday of a week in which nothing is booked yet."""
    furnished.next_week()
    return furnished
