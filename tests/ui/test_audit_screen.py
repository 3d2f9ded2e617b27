"""The auditor's page, the alarm that only some see, and the trail behind one's own name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.actions.looking import LookAtContact
from desk.exchange.anchor_file import AnchorFile
from desk.rules.anchors import say_anchor
from desk.rules.trail import TrailGroup
from desk.settings import data_folder
from desk.store.models import Paper
from desk.ui.widgets.checked_field import Check

AUDITOR, CLERK, LEADER, INSPECTOR = "高远", "李敏", "郑伟", "秦岚"


@pytest.fixture
def looked(sqlite_hall, life):
    """A case whose appellant somebody looked at."""
    case = life.register()
    request = LookAtContact(**sqlite_hall.by(CLERK), case=case, where="案件卷")
    sqlite_hall.sign_in(CLERK).carry_out(request)
    return case


def audit(qtbot, window, view=0):
    window.pages.go("audit")
    page = window.pages.front
    page.choose_view(view)
    settled(qtbot, page)
    return page


def settled(qtbot, page):
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy)


def cells(page, column):
    return [page.table.item(row, column).text() for row in range(page.table.rowCount())]


def break_chain(hall, place=1):
    """Change a line and write nothing anew, as with the file alone."""
    with hall.engine.begin() as connection:
        for name in connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        change = text("UPDATE events SET hash = previous_hash WHERE place = :place")
        connection.execute(change, {"place": place})


def test_the_auditor_lands_on_the_sensitive_lines_and_opens_no_case(qtbot, looked, open_window):
    window = open_window(AUDITOR)

    page = window.pages.front
    settled(qtbot, page)

    assert window.pages.page.name == "audit"
    assert page.views()[page.chosen_view()] == "查看和导出"
    assert cells(page, 4) == ["查看联系方式（案件卷）"]
    assert page.table.hasFocus()
    assert not {"start", "board", "case", "admin"} & {page.name for page in window._available}
    assert looked


def test_lines_are_narrowed_by_person_and_number_and_printed(
    qtbot, looked, open_window, sqlite_hall
):
    page = audit(qtbot, open_window(AUDITOR), view=list(TrailGroup).index(TrailGroup.ALL))
    everything = page.table.rowCount()
    page.search.person.set_value(sqlite_hall.person(CLERK).staff_id)
    page.search.person.chosen.emit(sqlite_hall.person(CLERK).staff_id)
    qtbot.waitUntil(lambda: page.table.rowCount() < everything)
    assert set(cells(page, 2)) == {CLERK}

    page.search.number.set_text("没有")
    page.search.number.changed.emit("没有")
    qtbot.waitUntil(lambda: page.table.rowCount() == 0)
    page.search.number.set_text("00001")
    page.search.number.changed.emit("00001")
    qtbot.waitUntil(lambda: page.table.rowCount() > 0)

    page.bar.press("打印查到的")
    settled(qtbot, page)
    with Session(sqlite_hall.engine) as session:
        paper = session.scalars(select(Paper).where(Paper.code == "trail-list")).one()
    assert {line["who"] for line in paper.row["lines"]} == {CLERK}
    assert looked


def test_the_whole_chain_is_read_and_compared_with_paper(qtbot, looked, open_window, sqlite_hall):
    page = audit(qtbot, open_window(AUDITOR), view=4)
    assert page.chain.verdict.text() == "留痕链完整"
    page.bar.press("逐条核对一遍")
    settled(qtbot, page)
    assert page.chain.lines.text().startswith("逐条核对了 ")

    page.chain.paper.set_text("第 120 条")
    page.chain.compare.click()
    assert page.chain.paper.state().state is Check.BAD

    page.chain.paper.set_text("第 1 条 0000-0000-0000-0000")
    page.chain.compare.click()
    settled(qtbot, page)
    assert page.chain.verdict.text() == "留痕链不一致"
    assert "纸上记的锚点是第 1 条 0000-0000-0000-0000" in page.chain.lines.text()
    assert page.chain.next_step.text().startswith("下一步：请照常工作")

    break_chain(sqlite_hall)
    page.chain.paper.set_text("")
    page.bar.press("逐条核对一遍")
    settled(qtbot, page)
    assert "第 1 条留痕（" in page.chain.lines.text()
    assert looked


def test_only_those_who_must_know_see_the_alarm(qtbot, looked, open_window, sqlite_hall):
    clerk = open_window(CLERK)
    assert clerk.chain.isHidden()
    file = AnchorFile.of(data_folder(), clerk.desk.database_url, sqlite_hall.street_id)
    noted = file.read()[-1]
    assert say_anchor(noted).startswith(f"第 {noted.place} 条 ")

    break_chain(sqlite_hall, noted.place)  # the line itself: whoever writes on hides nothing
    clerk.chain.look()
    settled(qtbot, clerk)
    assert clerk.chain.isHidden()

    leader = open_window(LEADER)
    qtbot.waitUntil(leader.chain.isVisible, timeout=20_000)
    assert leader.chain.words.text().startswith("留痕链不一致")
    leader.chain.page_wanted.emit()
    page = leader.pages.front
    assert page.views() == ("留痕链",)
    settled(qtbot, page)
    page.chain.explain.click()
    settled(qtbot, page)
    assert page.chain.reason.state().state is Check.BAD
    inspector = open_window(INSPECTOR)
    qtbot.waitUntil(inspector.chain.isVisible, timeout=20_000)
    assert looked


def test_an_explained_break_is_no_alarm_any_more(qtbot, looked, open_window, sqlite_hall):
    first = open_window(CLERK)
    file = AnchorFile.of(data_folder(), first.desk.database_url, sqlite_hall.street_id)
    file.path.write_text(file.path.read_text().replace(file.read()[-1].hash, "0" * 64))
    leader = open_window(LEADER)
    assert leader.chain.isVisible()

    leader.chain.page_wanted.emit()
    page = leader.pages.front
    sqlite_hall.clock.forward(minutes=1)
    page.chain.reason.set_text("从昨晚的备份恢复过。")
    page.chain.explain.click()
    settled(qtbot, page)

    assert page.chain.verdict.text() == "留痕链完整"
    assert "郑伟已说明：从昨晚的备份恢复过。" in page.chain.lines.text()
    qtbot.waitUntil(leader.chain.isHidden)
    assert looked


def test_ones_own_trail_is_behind_ones_own_name(qtbot, looked, open_window):
    window = open_window(CLERK)

    QTest.mouseClick(window._navigation._person, Qt.MouseButton.LeftButton)
    page = window.pages.front
    settled(qtbot, page)

    assert page.title == "关于我的留痕"
    assert "查看联系方式（案件卷）" in cells(page, 4)
    assert page.bar.isHidden()
    assert page.help_page() == "audit"
    assert looked
