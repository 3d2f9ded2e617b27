"""A hall for each module of this folder and engine; every test begins on its own morning."""

from datetime import datetime, timedelta

import pytest

from desk.rules.moments import SHANGHAI
from desk.store.engine import make_engine
from desk.ui.theme import apply_theme
from tests.clock import HandClock
from tests.databases import ENGINES
from tests.life.seats import Seats
from tests.postgres_server import OWNER
from tests.small_hall import SmallHall, stay_open
from tests.ui.case_life import CaseLife
from tests.ui.patience import patient

FRIDAY = 4


def pytest_itemcollected(item):
    """Menus and overlays ask a screen for what the offscreen one has not; that is no trouble."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def qtbot(qtbot):
    """Wait patiently: these tests run beside others."""
    return patient(qtbot)


def pytest_generate_tests(metafunc):
    """Tell every move and every refusal on both engines."""
    if "hall" in metafunc.fixturenames:
        metafunc.parametrize("hall", ENGINES, indirect=True, scope="module")


@pytest.fixture(scope="module")
def hall(request, tmp_path_factory):
    """A small hall that all tests of a module share."""
    is_file = request.param == "sqlite"
    template = request.getfixturevalue(f"{request.param.removesuffix('ql')}_hall_template")
    if is_file:
        database = tmp_path_factory.mktemp("life") / "hall.db"
        database.write_bytes(template.read_bytes())
        url = f"sqlite:///{database}"
    else:
        server = request.getfixturevalue("postgres")
        database = server.create(template)
        url = server.url(database)
    engine = stay_open(make_engine(url), OWNER)
    yield SmallHall(engine, HandClock(datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)))
    engine.dispose()
    if not is_file:
        server.drop(database)  # the next module's hall: its connections stay open


@pytest.fixture(scope="module")
def seats(hall, qapp):
    """Where members of staff sit all through a module: their desks, and a file of cases each."""
    apply_theme(qapp, "light")
    made = Seats(hall)
    yield made
    made.close()


@pytest.fixture
def life(hall, qapp):
    """Cases at any stage of their life, in a hall where the next working day has just begun."""
    apply_theme(qapp, "light")
    today = hall.clock()
    days = 1 if today.weekday() < FRIDAY else 7 - today.weekday()
    hall.clock.set(f"{today.date() + timedelta(days=days)} 09:00")
    return CaseLife(hall)


@pytest.fixture
def desk_of(life, seats):
    """Sit members of staff down at their desks by name."""
    return seats.desk_of


@pytest.fixture
def clerk_of(qtbot, life, seats):
    """Sit members of staff down before the file of a case, each at one desk of his own."""
    return lambda name, case: seats.clerk(qtbot, life, name).at(case)
