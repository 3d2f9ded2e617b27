"""The real program on a fresh demo street, on both engines, with nobody signed in yet."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk.program import Program
from desk.ui.theme import apply_theme
from tests.databases import ENGINES
from tests.demo_street import STREETS, logins_of, street_file
from tests.stories.person import Person
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
    """Every story is told in the light theme in the usual size."""
    return apply_theme(qapp, "light")


@pytest.fixture(params=ENGINES)
def street_url(request, tmp_path: Path):
    """Run the story twice: on the demo street in a SQLite file and on a PostgreSQL server."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_street_url")
        return
    server = request.getfixturevalue("postgres")
    name = server.create(STREETS["street_url"][0])
    server.set_logins(logins_of(server, "street_url"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def sqlite_street_url(made_once, sqlite_template, tmp_path):
    """Return the address of the demo street in a SQLite file of its own."""
    file = tmp_path / "street.db"
    shutil.copyfile(street_file(made_once, "street_url", sqlite_template), file)
    return f"sqlite:///{file}"


@pytest.fixture
def open_program(qtbot):
    """Open the real program on a database; return whoever sits down before it."""
    opened = []

    def start(url):
        program = Program(url)
        program.tasks.broke.connect(lambda error: pytest.fail(f"{type(error).__name__}: {error}"))
        opened.append(program)
        with qtbot.waitExposed(program.frame):
            program.start()
        program.frame.activateWindow()
        qtbot.waitUntil(program.frame.isActiveWindow)
        person = Person(qtbot, program)
        person.quiet()
        return person

    yield start
    for program in opened:
        program.stop()
        program.frame.close()
        program.frame.deleteLater()
    QApplication.sendPostedEvents(None, 0)
