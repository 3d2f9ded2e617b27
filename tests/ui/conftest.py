"""Windows are tested without a screen; the theme is applied as the program does it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desk.queries.start import start
from desk.ui.main_window import MainWindow
from desk.ui.theme import apply_theme
from tests.ui.case_life import CaseLife
from tests.ui.desks import Desks
from tests.ui.patience import patient


def pytest_itemcollected(item):
    """Menus and overlays ask a screen for what the offscreen one has not; that is no trouble."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def qtbot(qtbot):
    """Wait patiently: these tests run beside others."""
    return patient(qtbot)


@pytest.fixture(autouse=True)
def light_theme(qapp):
    """Every test starts with the light theme in the usual size."""
    return apply_theme(qapp, "light")


@pytest.fixture
def life(sqlite_hall):
    """Bring cases of the small hall to any stage of their life."""
    return CaseLife(sqlite_hall)


@pytest.fixture
def desk_of(qapp, sqlite_hall):
    """Sign members of staff of the small hall in by name; all desks are closed afterwards."""
    desks = Desks(sqlite_hall)
    yield desks.sign_in
    desks.close()


@pytest.fixture
def open_window(qtbot, desk_of, sqlite_hall):
    """Open the window for a member of staff."""
    opened = []

    def open_for(name):
        desk = desk_of(name)
        window = MainWindow(desk, sqlite_hall.sign_in(name).read(start))
        window.resize(1366, 768)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: not desk.tasks.is_busy)
        opened.append(window)
        return window

    yield open_for
    for window in opened:
        window.rest()
