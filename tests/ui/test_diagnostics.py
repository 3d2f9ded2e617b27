"""The pack for whoever looks for a fault: seen before it goes, and without a word about people."""

import logging
import zipfile

import pytest

from desk.exchange.diagnostics import database_facts
from desk.logs import keep_report, set_up_log
from desk.settings import change_settings, data_folder
from desk.ui.admin.health_section import HealthSection
from desk.ui.admin_screen import AdminScreen
from tests.actions.work import LI, Work

SECRETS = ("陈桂芳", "13800000023", "hunter2", "db.hall.cn", "楼道漏电", "1002")


@pytest.fixture
def section(qtbot, desk_of, sqlite_hall):
    Work(sqlite_hall, sqlite_hall.clock).register(LI)
    screen = AdminScreen(desk_of("许诺"))
    qtbot.addWidget(screen)
    screen.show()
    screen.show_section(HealthSection.title)
    qtbot.waitUntil(lambda: not screen.desk.tasks.is_busy)
    yield screen.section()
    screen.close()


@pytest.fixture
def log():
    """Write the log of this workstation; afterwards nobody does."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield set_up_log(data_folder() / "logs")
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_what_is_shown_is_what_is_written_and_it_names_nobody(qtbot, section, log, tmp_path):
    change_settings(
        database_url="postgresql://li:hunter2@db.hall.cn/desk", last_login="1002", theme="dark"
    )
    logging.getLogger("desk.ui").error("could not save 陈桂芳 13800000023 楼道漏电")
    keep_report(log.parent, "ValueError at 陈桂芳", section.desk.now())
    section.pack.click()
    window = section.diagnostics()
    qtbot.waitUntil(window.save.isEnabled)
    shown = {}
    for at in range(window.names.count()):
        window.names.setCurrentRow(at)
        shown[window.names.item(at).text()] = window.shown.toPlainText()
    target = tmp_path / "诊断.zip"
    window.save_to(target)
    qtbot.waitUntil(lambda: not section.desk.tasks.is_busy)

    with zipfile.ZipFile(target) as pack:
        inside = {name: pack.read(name).decode() for name in pack.namelist()}
    assert inside == shown
    whole = "\n".join(inside.values())
    assert [secret for secret in SECRETS if secret in whole] == []
    assert "theme：dark" in inside["设置.txt"]
    assert "database_url：填了" in inside["设置.txt"]
    assert "cases 1" in inside["数据库.txt"]
    assert "还没做的升级：没有" in inside["数据库.txt"]
    assert "ERROR desk.ui could not save" in inside["程序日志.txt"]
    assert "ValueError at" in inside["出错报告.txt"]
    assert "历史链：正常" in inside["体检.txt"]


def test_a_place_that_takes_nothing_is_said_so(qtbot, section, tmp_path):
    section.pack.click()
    window = section.diagnostics()
    qtbot.waitUntil(window.save.isEnabled)
    window.save_to(tmp_path / "no" / "诊断.zip")
    qtbot.waitUntil(lambda: "没有写成" in window._said.text())


def test_both_engines_say_how_full_they_are(hall):
    facts = hall.sign_in("许诺").read(database_facts)
    assert facts.revision == facts.program
    assert facts.size > 0
    assert "cases" in dict(facts.rows)
    assert facts.engine.lower().startswith(hall.engine.dialect.name)


def test_reports_make_room_for_newer_ones(tmp_path, clock):
    for _ in range(23):
        clock.forward(minutes=1)
        assert keep_report(tmp_path / "logs", "x", clock()) is not None
    assert len(list((tmp_path / "logs").iterdir())) == 20
    (tmp_path / "taken").write_text("")
    assert keep_report(tmp_path / "taken", "x", clock()) is None
