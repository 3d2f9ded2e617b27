"""From the first window to the lock: the real program on a database of its own."""

import os
import sys
from datetime import date

import PySide6
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from desk.actions.staffing import ResetPassword
from desk.app import is_broken, main, prefer_known_input_method, wants_window
from desk.exchange.safe_copies import copies, copy_now
from desk.program import Program
from desk.rules.moments import day_of
from desk.settings import load_settings
from desk.store.backup import contents_of
from tests.exchange.test_organisation import filled
from tests.small_hall import PASSWORD, STREET


@pytest.fixture
def start_program(qtbot):
    """Start the program on a database and wait until it is open."""
    started = []

    def start(url, **options):
        program = Program(url, **options)
        program.tasks.broke.connect(lambda error: pytest.fail(f"{type(error).__name__}: {error}"))
        started.append(program)
        program.start()
        qtbot.waitUntil(lambda: not program.tasks.is_busy, timeout=30_000)
        return program

    yield start
    for program in started:
        program.stop()
        program.frame.close()
        program.frame.deleteLater()


def sign_in(program, qtbot, login, password=PASSWORD):
    program.page.login.set_text(login)
    program.page.password.set_text(password)
    program.page.password.setFocus()
    QTest.keyClick(program.page.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.tasks.is_busy, timeout=20_000)


def sign_in_first(program, qtbot, login):
    """Sign in for the first time: the administrator's password is changed for one's own."""
    sign_in(program, qtbot, login)
    program.page.new.set_text("own-words-26")
    program.page.again.set_text("own-words-26")
    program.page._keep.click()
    qtbot.waitUntil(lambda: not program.tasks.is_busy, timeout=20_000)


def test_the_first_window_is_there_before_the_database(qtbot, sqlite_hall_url):
    program = Program(sqlite_hall_url)
    program.start()
    assert program.frame.isVisible()
    assert program.page.isVisible()
    qtbot.waitUntil(lambda: not program.tasks.is_busy, timeout=30_000)
    program.stop()
    program.frame.close()


def test_the_page_names_the_hall_and_signing_in_opens_the_window(
    start_program, qtbot, sqlite_hall_url
):
    program = start_program(sqlite_hall_url)
    assert STREET in program.frame.windowTitle()
    sign_in_first(program, qtbot, "1001")
    assert program.window.isVisible()
    assert load_settings().last_login == "1001"
    assert STREET in load_settings().hall_name


def test_a_wrong_password_stays_on_the_page_with_a_sentence(start_program, qtbot, sqlite_hall_url):
    program = start_program(sqlite_hall_url)
    sign_in(program, qtbot, "1001", "falsch-falsch")
    assert program.window is None
    assert "工号或密码不对" in program.page.password.state().sentence
    assert program.page.login.text() == "1001"


def test_a_first_password_must_be_changed(start_program, qtbot, sqlite_hall, sqlite_hall_url):
    member = sqlite_hall.person("李敏").staff_id
    request = ResetPassword(**sqlite_hall.by("许诺"), staff=member, password="first-2026")
    sqlite_hall.sign_in("许诺").carry_out(request)
    program = start_program(sqlite_hall_url)
    sign_in(program, qtbot, "1001", "first-2026")
    assert program.window is None

    page = program.page
    page.new.set_text("short")
    page._keep.click()
    assert "8 位" in page.new.state().sentence
    page.new.set_text("my-own-2026")
    page.again.set_text("my-own-2027")
    page._keep.click()
    assert "不一样" in page.again.state().sentence
    page.again.set_text("my-own-2026")
    page._keep.click()
    qtbot.waitUntil(lambda: program.window is not None)

    program.lock()
    sign_in(program, qtbot, "1001", "my-own-2026")
    assert program.window.isVisible()


def test_after_a_lock_the_same_person_finds_everything_as_it_was(
    start_program, qtbot, sqlite_hall_url
):
    program = start_program(sqlite_hall_url)
    sign_in_first(program, qtbot, "6001")
    window = program.window
    section = window.pages.front.section()
    section.begin()
    section.form.set_values({"单位全称": "写到一半"})
    dialog = QDialog(window)
    dialog.open()

    program.lock()
    assert program.page.isVisible()
    assert not window.isVisible()
    assert not dialog.isVisible()
    assert "许诺" in program.page._head.text()

    sign_in(program, qtbot, "6001", "own-words-26")
    assert program.window is window
    assert window.isVisible()
    assert dialog.isVisible()
    assert section.form.values()["单位全称"] == "写到一半"
    dialog.close()


def test_somebody_else_gets_a_window_of_his_own(start_program, qtbot, sqlite_hall_url):
    program = start_program(sqlite_hall_url)
    sign_in_first(program, qtbot, "6001")
    window = program.window
    program.lock()
    sign_in_first(program, qtbot, "1001")
    assert program.window is not window
    assert program.window.desk.person.name == "李敏"


def test_nobody_at_the_desk_locks_the_screen(start_program, qtbot, sqlite_hall_url):
    program = start_program(sqlite_hall_url)
    sign_in_first(program, qtbot, "1001")
    assert program._idle._timer.interval() == 10 * 60_000
    program._idle.start(1 / 60_000)
    qtbot.waitUntil(program.page.isVisible)


def test_a_key_keeps_the_screen_open(start_program, qtbot, sqlite_hall_url):
    program = start_program(sqlite_hall_url)
    sign_in_first(program, qtbot, "1001")
    program.frame.activateWindow()
    qtbot.waitUntil(program.frame.isActiveWindow)
    window, timer = program.frame.windowHandle(), program._idle._timer
    program._idle.start(10)
    before = timer.timerId()
    QTest.keyClick(window, "x")
    assert timer.timerId() != before  # it counts anew


def test_the_first_start_of_the_day_leaves_a_copy(start_program, sqlite_hall_url):
    program = start_program(sqlite_hall_url)
    (copy,) = copies(sqlite_hall_url)
    assert copy.day == day_of(program.page._welcome.moment)


def test_a_new_file_opens_with_the_set_up(start_program, tmp_path):
    program = start_program(f"sqlite:///{tmp_path / 'new.db'}")
    assert program.set_up.screen.isVisible()
    assert (tmp_path / "new.db").exists()


def test_a_set_up_ends_at_the_door_of_the_new_hall(start_program, qtbot, tmp_path):
    program = start_program(f"sqlite:///{tmp_path / 'new.db'}")
    screen = program.set_up.screen
    screen.take_workbook(filled(tmp_path / "组织.xlsx"))
    qtbot.waitUntil(lambda: bool(screen.organisation().street))
    screen.show_step(4)
    screen._next.click()
    qtbot.waitUntil(lambda: program.set_up is None, timeout=20_000)
    assert "街道建好了" in program.page._said.text()
    assert program.page.login.text() == "9001"
    sign_in(program, qtbot, "9001", "fictional-2027")
    assert program.window.pages.page.label == "管理"


def test_a_copy_can_be_restored_instead_of_setting_up(
    start_program, qtbot, sqlite_hall_url, tmp_path
):
    copy = copy_now(sqlite_hall_url, date(2026, 11, 22)).file
    program = start_program(f"sqlite:///{tmp_path / 'new.db'}")
    program.set_up.screen.restore_wanted.emit(copy)
    qtbot.waitUntil(lambda: program.set_up is None, timeout=20_000)
    assert STREET in program.frame.windowTitle()
    sign_in_first(program, qtbot, "6001")
    assert program.window.isVisible()


def test_the_demo_street_is_one_press_away_and_leaves_the_file_empty(
    start_program, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr("desk.first_day.DEMO_CASES", 8)
    program = start_program(f"sqlite:///{tmp_path / 'new.db'}")
    program.set_up.screen.demo_wanted.emit()
    qtbot.waitUntil(lambda: program.set_up is None, timeout=120_000)
    assert "1001" in program.page._foot._words
    sign_in(program, qtbot, "1001", "qingrong1")
    assert program.window.isVisible()
    assert contents_of(f"sqlite:///{tmp_path / 'new.db'}").street == ""


def test_a_file_that_is_no_database_is_named_in_a_sentence(start_program, tmp_path):
    (tmp_path / "broken.db").write_bytes(b"this is no database at all" * 100)
    program = start_program(f"sqlite:///{tmp_path / 'broken.db'}")
    assert "打不开" in program.page._said.text()


@pytest.mark.parametrize(
    ("given", "is_window"),
    [
        ([], True),
        (["--demo"], True),
        (["--database", "sqlite:///hall.db"], True),
        (["--database=sqlite:///hall.db", "--demo"], True),
        (["upgrade"], False),
        (["--help"], False),
        (["rates", "--database", "x"], False),
    ],
)
def test_only_a_subcommand_goes_to_the_command_line(given, is_window):
    assert wants_window(given) is is_window


def test_a_subcommand_is_carried_out_without_a_window(capsys, tmp_path):
    assert main(["upgrade", "--database", f"sqlite:///{tmp_path / 'cli.db'}"]) == 0
    assert (tmp_path / "cli.db").exists()


def test_the_release_of_qt_that_kills_the_process_is_refused():
    assert is_broken("6.12.0", (3, 11))
    assert not is_broken("6.12.0", (3, 12))
    assert not is_broken("6.11.3", (3, 11))
    assert not is_broken(PySide6.__version__, sys.version_info[:2])


def test_fcitx_without_its_plugin_speaks_through_ibus(monkeypatch):
    monkeypatch.setenv("QT_IM_MODULE", "fcitx5")
    prefer_known_input_method()
    assert os.environ["QT_IM_MODULE"] == "ibus"
    monkeypatch.setenv("QT_IM_MODULE", "compose")
    prefer_known_input_method()
    assert os.environ["QT_IM_MODULE"] == "compose"
