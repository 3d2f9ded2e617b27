"""The real program on a fresh demo street, on both engines, with nobody signed in yet."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk.actions.administration import SetSetting
from desk.demo.build import build_demo
from desk.program import Program
from desk.store.signing_in import sign_in_built_in
from desk.ui.theme import apply_theme
from tests.databases import ENGINES
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


@pytest.fixture(scope="session")
def sqlite_street_template(sqlite_template, tmp_path_factory):
    """Build the demo street without any case in a SQLite file, once."""
    file = tmp_path_factory.mktemp("street") / "street.db"
    shutil.copyfile(sqlite_template, file)
    build_demo(f"sqlite:///{file}", cases=0)
    ring_at_every_hour(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_street_template(postgres, postgres_template):
    """Build the demo street without any case on PostgreSQL, once; return it with its logins."""
    name = postgres.create(postgres_template)
    build_demo(postgres.url(name), cases=0)
    ring_at_every_hour(postgres.url(name))
    return name, postgres.logins()


def ring_at_every_hour(url: str) -> None:
    """Let the street have no quiet hours: the stories are told by day and by night."""
    hall = sign_in_built_in(url)
    facts = {"key": "quiet_hours", "value": [0, 0]}
    hall.carry_out(SetSetting(made_by=hall.person.staff_id, happened_at=hall.now(), **facts))
    hall.close()


@pytest.fixture(params=ENGINES)
def street_url(request, tmp_path: Path):
    """Run the story twice: on the demo street in a SQLite file and on a PostgreSQL server."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_street_url")
        return
    server = request.getfixturevalue("postgres")
    template, logins = request.getfixturevalue("postgres_street_template")
    name = server.create(template)
    server.set_logins(logins)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def sqlite_street_url(sqlite_street_template, tmp_path):
    """Return the address of the demo street in a SQLite file of its own."""
    file = tmp_path / "street.db"
    shutil.copyfile(sqlite_street_template, file)
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
