"""Ctrl+K: what is typed is found, chosen by keys, and given back to where one was."""

import threading
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desk.actions.appointments import BookAppointment
from desk.actions.demands import RaiseDemand
from desk.actions.intake import Appellant, RegisterCase
from desk.actions.topics import OpenTopic
from desk.queries.appointments import appointments_named
from desk.queries.list_hits import ListName
from desk.queries.search import find
from desk.rules.codes import Channel, Exit, Purpose
from desk.rules.moments import SHANGHAI
from desk.ui.palette import Palette, PaletteAction


@pytest.fixture
def cases(sqlite_hall):
    """Register two cases and return their ids by name."""

    def register(name, phone):
        request = RegisterCase(
            **sqlite_hall.by("李敏"),
            exit=Exit.TRANSFER,
            channel=Channel.VISIT,
            details="电梯停在半空。",
            category=sqlite_hall.category("楼道漏电"),
            first_unit=sqlite_hall.unit("信联办"),
            appellant=Appellant(name=name, phone=phone, address="榕荫里"),
            purpose=Purpose.COMPLAINT,
        )
        sqlite_hall.clock.forward(minutes=1)
        return sqlite_hall.sign_in("李敏").carry_out(request).cases[0]

    return {
        "陈桂芳": register("陈桂芳", "13800000023"),
        "梁老师": register("梁老师", "13800000031"),
    }


@pytest.fixture
def palette(qtbot, desk_of, cases):
    """Open a window with a field that has the focus, and the palette above it."""
    host = QWidget()
    field = QLineEdit(host)
    QVBoxLayout(host).addWidget(field)
    host.resize(1000, 700)
    qtbot.addWidget(host)
    made = Palette(desk_of("李敏"), host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    field.setFocus()
    return made


def type_and_wait(qtbot, palette, text):
    palette.line.setText(text)
    palette._search_now()
    qtbot.waitUntil(lambda: palette._asking is None)


def test_a_topic_stands_above_the_cases_and_the_newest_case_is_still_chosen(
    qtbot, palette, cases, sqlite_hall
):
    request = OpenTopic(**sqlite_hall.by("周航"), name="电梯停运", cases=tuple(cases.values()))
    topic = sqlite_hall.sign_in("周航").carry_out(request).made["topic"]
    wanted = []
    palette.topic_wanted.connect(wanted.append)
    palette.open_for()
    for typed in ("dtty", "电梯"):
        type_and_wait(qtbot, palette, typed)
        row = palette.rows()[0]
        assert (row.group, row.head, row.mark) == ("专题", "电梯停运", "在办")
    assert palette.list.currentIndex().row() == 1
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert wanted == [topic]


@pytest.mark.parametrize(
    ("typed", "is_offered"),
    [("13800000023", True), ("1380000", True), ("138000", False), ("261120000262", False)],
)
def test_the_page_of_a_person_is_offered_for_what_may_be_a_telephone_number(
    qtbot, palette, typed, is_offered
):
    palette.open_for()
    type_and_wait(qtbot, palette, typed)
    assert ("一人一档" in [row.head for row in palette.rows()]) is is_offered


def test_a_phone_tail_finds_the_case_and_enter_opens_it(qtbot, palette, cases):
    palette.open_for()
    type_and_wait(qtbot, palette, "0023")
    (row,) = palette.rows()
    assert (row.group, row.head) == ("案件", "00001")
    assert "电话含“0023”" in row.why
    assert "陈**" in row.note
    assert (row.mark, row.words) == ("待分拨", ("0023",))
    with qtbot.waitSignal(palette.case_wanted) as wanted:
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert wanted.args == [cases["陈桂芳"]]
    assert not palette.isVisible()


def test_arrows_choose_another_row(qtbot, palette, cases):
    palette.open_for()
    type_and_wait(qtbot, palette, "榕荫里")
    assert [row.head for row in palette.rows()] == ["00002", "00001"]
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.case_wanted) as wanted:
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert wanted.args == [cases["陈桂芳"]]


def test_a_scanned_code_opens_its_case_at_once(qtbot, palette):
    palette.open_for()
    palette.line.setText("CD1:77:receipt:5")
    with qtbot.waitSignal(palette.case_wanted) as wanted:
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert wanted.args == [77]


def test_escape_gives_the_focus_back(qtbot, palette):
    field = palette._host.findChild(QLineEdit)
    palette.open_for()
    assert QApplication.focusWidget() is palette.line
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is field


def test_nothing_found_is_said_in_a_sentence(qtbot, palette):
    palette.open_for()
    type_and_wait(qtbot, palette, "没有这个人")
    assert palette.rows() == ()
    assert "没有找到" in palette._said.text()


def test_nothing_reacts_while_an_input_method_composes(qtbot, palette):
    palette.open_for()
    type_and_wait(qtbot, palette, "榕荫里")
    QApplication.sendEvent(palette.line, QInputMethodEvent("rong", []))
    with qtbot.assertNotEmitted(palette.case_wanted):
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_all_actions_of_this_place_are_offered_with_their_keys(qtbot, palette):
    done = []
    palette.offer([PaletteAction("锁屏", "Ctrl+L", lambda: done.append("lock"))])
    palette.open_for(all_actions=True)
    assert [(row.group, row.head, row.key) for row in palette.rows()] == [
        ("动作", "锁屏", "Ctrl+L")
    ]
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert done == ["lock"]


def test_the_last_keystroke_wins_over_a_search_that_still_runs(qtbot, palette, desk_of):
    """The first search waits in the lane until the second has been typed."""
    gate = threading.Event()
    palette.open_for()
    palette._desk.ask(lambda _reader: gate.wait(5), owner=palette, done=lambda _answer: None)
    first = ask_now(palette, "0023")
    second = ask_now(palette, "0031")
    assert (first.is_stopped, second.is_stopped) == (True, False)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)  # nothing of an older text is taken
    assert palette.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not palette._desk.tasks.is_busy)
    assert [row.head for row in palette.rows()] == ["00002"]


def ask_now(palette, text):
    palette.line.setText(text)
    palette._search_now()
    return palette._asking


def test_what_is_typed_while_a_search_runs_appears_at_once(qtbot, palette):
    """The window goes on: no keystroke waits for an answer."""
    gate = threading.Event()
    palette.open_for()
    palette._desk.ask(lambda _reader: gate.wait(60), owner=palette, done=lambda _answer: None)
    ask_now(palette, "0023")
    qtbot.waitUntil(lambda: palette._said.text() == "正在查找…")
    QTest.keyClicks(palette.line, "45678")
    assert palette.line.text().endswith("45678")
    assert palette._said.text() == "正在查找…"  # there is no answer yet
    gate.set()
    qtbot.waitUntil(lambda: not palette._desk.tasks.is_busy)


def test_arrow_down_at_the_end_goes_on_with_older_cases(qtbot, palette, cases, monkeypatch):
    monkeypatch.setattr("desk.ui.palette.find", partial(find, most=1))
    palette.open_for()
    type_and_wait(qtbot, palette, "榕荫里")
    assert [row.head for row in palette.rows()] == ["00002"]
    assert "更早的" in palette._said.text()
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(palette.rows()) == 2)
    assert "第 2 行，共 2 行：案件，00001，陈**" in palette.line.accessibleDescription()
    assert palette._said.text() == ""
    with qtbot.waitSignal(palette.case_wanted) as wanted:
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert wanted.args == [cases["陈桂芳"]]


def test_the_box_teaches_what_can_be_typed(qtbot, palette):
    palette.open_for()
    assert "电话后四位" in palette._said.text()
    type_and_wait(qtbot, palette, "777")
    qtbot.waitUntil(lambda: "只写一部分再试" in palette._said.text())


def test_what_was_found_is_drawn_bold_and_underlined(qtbot, palette):
    """Not by colour alone: without the words the very same row has other ink."""
    palette.open_for()
    type_and_wait(qtbot, palette, "半空")
    marked = palette.list.grab().toImage()
    (row,) = [one for one in palette.rows() if one.head == "00001"]
    at = palette.rows().index(row)
    palette.list._rows.rows[at] = replace(row, words=("没有",))
    assert palette.list.grab().toImage() != marked


@pytest.mark.usefixtures("cases")
def test_a_demand_is_found_by_its_words_and_leads_to_its_list(qtbot, palette, sqlite_hall):
    request = RaiseDemand(
        **sqlite_hall.by("陈静"),
        title="沿江步道要加两处救生圈",
        details="去年有孩子落水。",
        unit=sqlite_hall.unit("榕东社区"),
    )
    demand = sqlite_hall.sign_in("陈静").carry_out(request).made["demand"]
    wanted = []
    palette.line_wanted.connect(wanted.append)
    palette.open_for()
    for typed in ("救生圈", "孩子 步道"):
        type_and_wait(qtbot, palette, typed)
        (row,) = [one for one in palette.list.rows() if one.group == "治理清单"]
        assert (row.head, row.note) == ("沿江步道要加两处救生圈", "需求")
        row.carry_out()
    assert [(hit.where, hit.id) for hit in wanted] == [(ListName.DEMANDS, demand)] * 2
    type_and_wait(qtbot, palette, "圈")
    assert [one for one in palette.list.rows() if one.group == "治理清单"] == []


@pytest.mark.usefixtures("cases")
def test_whoever_asks_for_his_appointment_is_found_by_name_and_by_the_end_of_his_number(
    qtbot, palette, sqlite_hall
):
    book = BookAppointment(
        **sqlite_hall.by("李敏"),
        starts_at=datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI),
        name="欧阳先生",
        phone="138 0000 0061",
        matter="餐馆油烟直排",
    )
    appointment = sqlite_hall.sign_in("李敏").carry_out(book).made["appointment"]
    wanted = []
    palette.appointment_wanted.connect(wanted.append)
    palette.open_for()
    for typed in ("欧阳", "0061", "13800000061"):
        type_and_wait(qtbot, palette, typed)
        (row,) = [one for one in palette.list.rows() if one.group == "预约"]
        said = (row.head, row.note, row.why)
        assert said == ("欧阳先生", "11 月 3 日 09:30 窗口", "餐馆油烟直排")
        row.carry_out()
    assert [one.id for one in wanted] == [appointment] * 3
    for typed in ("0062", "13800010061", "先"):
        type_and_wait(qtbot, palette, typed)
        assert [one for one in palette.list.rows() if one.group == "预约"] == []
    assert sqlite_hall.sign_in("赵强").read(partial(appointments_named, text="欧阳")) == ()
