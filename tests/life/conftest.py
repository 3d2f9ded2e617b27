"""A hall for each module of this folder and engine; every test begins on its own morning."""

from datetime import datetime, timedelta

import pytest

from desk.rules.moments import SHANGHAI
from desk.store.engine import make_engine
from desk.ui.theme import apply_theme
from tests.clock import HandClock
from tests.databases import ENGINES
from tests.life.clerk import Clerk
from tests.small_hall import SmallHall
from tests.ui.case_life import CaseLife
from tests.ui.desks import Desks
from tests.ui.patience import patient

FRIDAY = 4
_REFUSED, _BY_PERSON = "test_refused_", "test_refused_for_another"


def pytest_itemcollected(item):
    """Menus and overlays ask a screen for what the offscreen one has not; that is no trouble."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def qtbot(qtbot):
    """Wait patiently: these tests run beside others."""
    return patient(qtbot)


def pytest_generate_tests(metafunc):
    """Tell moves, and refusals that hang on who somebody is, on both engines.

    The other refusals are words of the rules: tests/actions hears them on both engines.
    """
    if "hall" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        engines = ENGINES[:1] if name.startswith(_REFUSED) and name != _BY_PERSON else ENGINES
        metafunc.parametrize("hall", engines, indirect=True, scope="module")


@pytest.fixture(scope="module")
def hall(request, tmp_path_factory):
    """A small hall that all tests of a module share."""
    template = request.getfixturevalue(f"{request.param.removesuffix('ql')}_hall_template")
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("life") / "hall.db"
        file.write_bytes(template.read_bytes())
        url = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres")
        url = server.url(server.create(template))
    engine = make_engine(url)
    yield SmallHall(engine, HandClock(datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)))
    engine.dispose()


@pytest.fixture
def life(hall, qapp):
    """Cases at any stage of their life, in a hall where the next working day has just begun."""
    apply_theme(qapp, "light")
    today = hall.clock()
    days = 1 if today.weekday() < FRIDAY else 7 - today.weekday()
    hall.clock.set(f"{today.date() + timedelta(days=days)} 09:00")
    return CaseLife(hall)


@pytest.fixture
def desk_of(life):
    """Sign members of staff in by name; all desks are closed afterwards."""
    desks = Desks(life.hall)
    yield desks.sign_in
    desks.close()


@pytest.fixture
def clerk_of(qtbot, life, desk_of):
    """Sit members of staff down before the file of a case, each at one desk of his own."""
    seated = {}

    def sit(name, case):
        if name not in seated:
            seated[name] = Clerk(qtbot, life, desk_of(name))
        return seated[name].at(case)

    return sit
