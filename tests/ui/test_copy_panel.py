"""A case is copied into another platform field by field; what one may not know is masked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import select

from desk.actions.closing import RevealPrivate
from desk.actions.platform_forms import SetPlatformForm
from desk.store.models import Event
from desk.ui.case.copy_panel import CopyPanel
from desk.ui.case_screen import CaseScreen
from tests.actions.work import LI, QIN, ZHOU, Work

LINES = ("反映人 = 诉求人、联系电话", "反映内容 = 诉求内容", "答复 = 处理意见")


def settled(qtbot, screen):
    qtbot.waitUntil(lambda: not screen.desk.tasks.is_busy, timeout=20_000)


@pytest.fixture
def screen_of(qtbot, desk_of, sqlite_hall):
    shown = []

    def open_one(name, case):
        for before in shown:
            before.hide()
        screen = CaseScreen(desk_of(name))
        qtbot.addWidget(screen)
        screen.resize(1240, 640)
        shown.append(screen)
        screen.show()
        screen.activateWindow()
        screen.open_case(case)
        settled(qtbot, screen)
        qtbot.keyClick(screen, Qt.Key.Key_F11, Qt.KeyboardModifier.AltModifier)
        settled(qtbot, screen)
        return screen

    return open_one


def test_a_form_is_copied_block_by_block_with_one_key(screen_of, qtbot, sqlite_hall):
    work = Work(sqlite_hall, sqlite_hall.clock)
    case = work.register(LI)
    screen = screen_of(LI, case)
    panel = screen.page.host.panel
    assert isinstance(panel, CopyPanel)
    assert "还没有回填模板" in panel.note.text()

    facts = {"is_import": False, "kind": "诉求台账", "lines": LINES, "separator": "空格"}
    work.ask(ZHOU, SetPlatformForm, name="信访信息系统", **facts)
    screen = screen_of(LI, case)
    panel, board = screen.page.host.panel, QGuiApplication.clipboard()
    qtbot.keyClick(panel.blocks, Qt.Key.Key_1)
    assert board.text() == "陈** 138****0023"
    panel.full.click()
    settled(qtbot, screen)
    qtbot.keyClick(panel.blocks, "1")
    assert board.text() == "陈桂芳 13800000023"
    qtbot.keyClick(panel.blocks, Qt.Key.Key_Return)
    assert board.text().startswith("七栋楼道漏电")
    assert "已复制“反映内容”" in panel.said()
    panel.submit()
    assert "没有内容" in panel.said()
    qtbot.keyClick(panel.blocks, "0")
    assert board.text().splitlines()[0] == "反映人：陈桂芳 13800000023"
    kinds = work.desk(QIN).read(lambda r: r.session.scalars(select(Event.kind)).all())
    assert "private.looked" in kinds


def test_who_looked_with_a_reason_has_it_masked_again_when_the_look_is_over(
    screen_of, qtbot, sqlite_hall
):
    work = Work(sqlite_hall, sqlite_hall.clock)
    case = work.register(LI)
    facts = {"is_import": False, "kind": "诉求台账", "lines": LINES}
    work.ask(ZHOU, SetPlatformForm, name="信访信息系统", **facts)
    panel = screen_of(QIN, case).page.host.panel
    assert not panel.full.isEnabled()
    assert "查看（写理由）" in panel.state.text()
    work.ask(QIN, RevealPrivate, case, reason="核对")
    screen = screen_of(QIN, case)
    panel = screen.page.host.panel
    panel.full.click()
    settled(qtbot, screen)
    assert panel.blocks.blocks[0].text.startswith("陈桂芳")
    sqlite_hall.clock.forward(minutes=1)
    screen.reload()
    settled(qtbot, screen)
    assert panel.blocks.blocks[0].text == "陈**"


def test_the_key_is_on_the_bar(screen_of, sqlite_hall):
    case = Work(sqlite_hall, sqlite_hall.clock).register(LI)
    screen = screen_of(LI, case)
    assert "回填" in screen.page.bar.labels()
