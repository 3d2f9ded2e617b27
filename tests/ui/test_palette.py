"""Ctrl+K: what is typed is found, chosen by keys, and given back to where one was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desk.actions.intake import Appellant, RegisterCase
from desk.rules.codes import Channel, Exit, Purpose
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
    qtbot.waitUntil(lambda: bool(palette.rows()) or "没有找到" in palette._said.text())


def test_a_phone_tail_finds_the_case_and_enter_opens_it(qtbot, palette, cases):
    palette.open_for()
    type_and_wait(qtbot, palette, "0023")
    (row,) = palette.rows()
    assert (row.group, row.head) == ("案件", "00001")
    assert "电话含“0023”" in row.why
    assert "电梯" not in f"{row.head}{row.note}{row.why}{row.mark}"  # no content before opening
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


def test_a_late_answer_does_not_replace_a_newer_one(qtbot, palette):
    palette.open_for()
    type_and_wait(qtbot, palette, "0031")
    newest = palette.rows()
    palette._on_found("0023", palette._asked - 1, None)
    assert palette.rows() == newest
