"""Long work goes on whatever page is open, says how far it is, and can be stopped."""

from threading import Event

import pytest
from PySide6.QtCore import QObject

from desk.rules.errors import RuleBroken
from desk.ui.frame import Frame
from desk.ui.long_work import LongPlan, WorkState, works_of
from desk.ui.widgets.status_line import StatusLine
from desk.ui.widgets.verb_dialog import VerbDialog
from desk.ui.work_news import WorkNews
from desk.ui.work_row import OwnWork

PLAN = LongPlan(
    "导出台账", key="export", said=lambda rows: f"已导出 {rows} 件。", stopped="没有导出。"
)


class Rows:
    """Work that goes on a row at a time, when the test lets it."""

    def __init__(self, of):
        self.of, self.may_go_on, self.reached = of, Event(), Event()

    def __call__(self, door):
        door.begin_part("正在读台账", self.of)
        for row in range(1, self.of + 1):
            door.told(row)
            if row == self.of // 2:
                self.reached.set()
                assert self.may_go_on.wait(20)
        return self.of


@pytest.fixture
def desk(desk_of):
    return desk_of("李敏")


@pytest.fixture
def said(desk):
    told = []
    desk.tasks.said.connect(told.append)
    return told


def begun(qtbot, desk, rows, **more):
    work = desk.begin_long(PLAN, rows, owner=desk, **more)
    assert rows.reached.wait(20)
    return work


def ended(qtbot, desk):
    qtbot.waitUntil(lambda: not works_of(desk.tasks).running() and not desk.tasks.is_busy)


def test_reads_and_saves_go_past_it_and_its_end_is_said_though_its_page_is_gone(qtbot, desk, said):
    page, names, updated = QObject(), [], []
    rows = Rows(200)
    work = desk.begin_long(PLAN, rows, owner=page, done=updated.append)
    assert rows.reached.wait(20)
    page.deleteLater()
    desk.ask(lambda reader: reader.person.name, owner=desk, done=names.append)
    desk.work(lambda: "文件", owner=desk, done=names.append)
    qtbot.waitUntil(lambda: len(names) == 2)
    assert work.words() == "正在读台账，已 100 / 200 件"
    rows.may_go_on.set()
    ended(qtbot, desk)
    assert (said, updated) == (["已导出 200 件。"], [])
    assert work.state is WorkState.DONE
    assert work.words().endswith("已导出 200 件。")


def test_the_foot_of_the_window_says_how_far_it_is_and_leads_to_the_button_that_stops_it(
    qtbot, desk, said
):
    status = StatusLine()
    qtbot.addWidget(status)
    status.show()
    WorkNews(desk, status, status)
    own = OwnWork(desk, "export")
    qtbot.addWidget(own)
    assert not own.isVisible()
    rows, refused = Rows(40), []
    begun(qtbot, desk, rows, failed=refused.append)
    own.show()
    qtbot.waitUntil(lambda: status._work.text() == "导出台账 50%")
    assert own.is_running
    assert own.words() == "正在读台账，已 20 / 40 件"
    status._work.click()
    box = status.findChild(WorkNews).box
    assert box.isVisible()
    box.rows[0].stop.click()
    assert "正在停下" in box.rows[0].words()
    rows.may_go_on.set()
    ended(qtbot, desk)
    assert said == ["“导出台账”已停下，没有导出。"]
    assert len(refused) == 1
    assert not box.rows[0].stop.isVisible()
    assert not status._work.isVisible()
    assert not own.isVisible()


def test_what_the_history_has_already_is_done_to_the_end(qtbot, desk, said):
    rows = Rows(10)

    def work(door):
        door.past_stopping("正在写文件")
        return rows(door)

    one = desk.begin_long(PLAN, work, owner=desk)
    assert rows.reached.wait(20)
    # begin_part inside keeps what was said: it may not be stopped any more
    assert not one.may_stop
    one.stop()
    rows.may_go_on.set()
    ended(qtbot, desk)
    assert said == ["已导出 10 件。"]


def test_what_goes_wrong_is_said_and_leaves_nothing_running(qtbot, desk, said):
    def refused(door):
        raise RuleBroken("这个文件夹不能写入。")

    work = desk.begin_long(PLAN, refused, owner=desk)
    ended(qtbot, desk)
    assert said == ["“导出台账”没有做完：这个文件夹不能写入。"]
    assert work.state is WorkState.FAILED


def test_a_fault_of_the_program_ends_it_too(qtbot, desk):
    broke = []
    desk.tasks.broke.disconnect()
    desk.tasks.broke.connect(broke.append)

    def faulty(door):
        return 1 / 0

    work = desk.begin_long(PLAN, faulty, owner=desk)
    qtbot.waitUntil(lambda: not work.is_running)
    qtbot.waitUntil(lambda: bool(broke))
    assert "程序出错" in work.words()


def test_who_closes_the_program_meanwhile_is_asked(qtbot, desk):
    frame, status, rows = Frame(), StatusLine(), Rows(20)
    qtbot.addWidget(frame)
    frame.front(status)
    frame.show()
    frame.may_close = WorkNews(desk, status, status).may_close
    begun(qtbot, desk, rows)
    for verb, is_there in (("stay", True), ("end", False)):
        frame.close()
        assert frame.isVisible()
        question = next(one for one in frame.findChildren(VerbDialog) if one.isVisible())
        question.button(verb).click()
        assert frame.isVisible() is is_there
    rows.may_go_on.set()
    ended(qtbot, desk)
    assert not works_of(desk.tasks).running()
