"""What a workstation remembers, and what it writes down when the program is at fault."""

import json
import logging
import sys
import threading

import pytest

from desk.logs import catch_crashes, log_error, set_up_log, without_words
from desk.settings import (
    Settings,
    backup_folder,
    change_settings,
    chosen_database,
    data_folder,
    load_settings,
    settings_file,
)
from desk.ui.crash_dialog import CrashDialog, report_of

SECRET = "陈桂芳 13800000023"


@pytest.fixture
def log(tmp_path):
    """Write the log into a folder of this test; afterwards everything is as before."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    before, level = list(root.handlers), root.level
    yield set_up_log(tmp_path / "logs")
    sys.excepthook, threading.excepthook = hooks
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def broken():
    """Fail as a function that had a person's data in its hands."""
    try:
        int(SECRET)
    except ValueError as cause:
        raise RuntimeError(f"konnte {SECRET} nicht speichern") from cause


def caught():
    try:
        broken()
    except RuntimeError as error:
        return error


def test_the_log_says_where_but_never_what_was_typed(log):
    log_error(caught())
    written = log.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "ValueError" in written
    assert "broken" in written
    assert SECRET not in written
    assert str(log.parent.parent) not in written


def test_the_log_leaves_out_what_other_packages_say(log):
    logging.getLogger("sqlalchemy.engine").error("INSERT %s", SECRET)
    logging.getLogger("desk.store").error("wrote %d rows", 3)
    assert SECRET not in log.read_text(encoding="utf-8")
    assert "wrote 3 rows" in log.read_text(encoding="utf-8")


def test_an_error_in_any_thread_is_logged_and_reported(log):
    reported = []
    file = catch_crashes(log.parent, reported.append)
    sys.excepthook(RuntimeError, caught(), None)
    worker = threading.Thread(target=broken)
    worker.start()
    worker.join()
    assert [type(error) for error in reported] == [RuntimeError, RuntimeError]
    assert log.read_text(encoding="utf-8").count(" ERROR desk ") == 2
    file.close()


def test_the_crash_report_holds_no_personal_data(qtbot):
    report = report_of(caught())
    assert "RuntimeError" in report
    assert "PySide6" in report
    assert SECRET not in report
    dialog = CrashDialog(None, caught())
    qtbot.addWidget(dialog)
    assert dialog.report == report_of(caught())


def test_a_stack_is_shown_without_the_folders_of_the_user():
    assert "/home" not in without_words(caught())
    assert "tests/ui/test_logs_and_settings.py" in without_words(caught())


def test_settings_are_kept_and_read_again():
    change_settings(theme="dark", large_type=True)
    change_settings(last_login="1001")
    assert load_settings() == Settings(theme="dark", large_type=True, last_login="1001")


@pytest.mark.parametrize(
    "stored", ["", "{", "[]", '{"theme": 5, "large_type": "yes", "unknown": 1}', "\x00"]
)
def test_damaged_settings_count_as_not_set(stored):
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(stored, encoding="utf-8")
    assert load_settings() == Settings()


def test_settings_of_a_later_program_survive_being_unknown_here():
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(json.dumps({"theme": "dark", "later": True}), encoding="utf-8")
    assert load_settings().theme == "dark"


def test_the_database_is_chosen_in_this_order(monkeypatch):
    assert chosen_database() == f"sqlite:///{(data_folder() / 'hall.db').as_posix()}"
    change_settings(database_url="sqlite:///set.db")
    assert chosen_database() == "sqlite:///set.db"
    monkeypatch.setenv("CASE_DESK_DATABASE", "sqlite:///environment.db")
    assert chosen_database() == "sqlite:///environment.db"
    assert chosen_database("sqlite:///given.db") == "sqlite:///given.db"


def test_copies_lie_beside_the_database_unless_told_otherwise(tmp_path):
    assert backup_folder(tmp_path / "hall.db") == tmp_path / "backups"
    assert backup_folder() == data_folder() / "backups"
    change_settings(backup_folder=str(tmp_path / "other"))
    assert backup_folder(tmp_path / "hall.db") == tmp_path / "other"
