"""What may be done now: keys, order, overflow, taking back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from desk.ui.keys import ActionKey, GlobalKey, IntakeKey
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.exit_buttons import ExitButtons, ExitItem
from tests.ui.widgets.keyboard import compose, show

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def done():
    return []


@pytest.fixture
def screen(qtbot, done):
    """A screen with a line to write in and an action bar."""
    window = QWidget()
    column = QVBoxLayout(window)
    window.line = QLineEdit()
    window.bar = ActionBar(window)
    column.addWidget(window.line)
    column.addWidget(window.bar)
    window.bar.set_items(items(done))
    show(qtbot, window, 1300, 200)
    window.line.setFocus()
    return window


def items(done):
    return [
        ActionItem("吹哨", ActionKey.WHISTLE, lambda: done.append("吹哨")),
        ActionItem("已核实", ActionKey.VERIFIED, lambda: done.append("已核实"), is_main=True),
        ActionItem("退回分拨", ActionKey.RETURN, lambda: done.append("退回")),
        ActionItem("为什么不能办结", "", lambda: done.append("为什么"), is_quiet=True),
    ]


def buttons(screen):
    return [
        button
        for button in screen.bar.findChildren(KeyButton)
        if button.isVisible() and button.text() != "更多"
    ]


def test_the_main_action_stands_first_and_is_the_only_filled_one(screen):
    shown = buttons(screen)
    assert [button.text() for button in shown] == ["已核实", "吹哨", "退回分拨", "为什么不能办结"]
    assert [button.kind for button in shown].count(ButtonKind.MAIN) == 1


def test_a_key_works_wherever_the_focus_is(qtbot, screen, done):
    qtbot.keyClick(screen.line, Qt.Key.Key_H, ALT)
    qtbot.keyClick(screen.line, Qt.Key.Key_S, ALT)
    assert done == ["已核实", "吹哨"]


def test_no_key_works_while_an_input_method_composes(qtbot, screen, done):
    compose(screen.line, "hao")
    qtbot.keyClick(screen.line, Qt.Key.Key_H, ALT)
    assert done == []


def test_pressing_the_button_does_the_same(qtbot, screen, done):
    qtbot.mouseClick(buttons(screen)[0], Qt.MouseButton.LeftButton)
    buttons(screen)[1].setFocus()
    qtbot.keyClick(buttons(screen)[1], Qt.Key.Key_Return)
    assert done == ["已核实", "吹哨"]


def test_other_items_take_the_keys_of_the_old_ones(qtbot, screen, done):
    screen.bar.set_items([ActionItem("签收", ActionKey.ACCEPT, lambda: done.append("签收"))])
    screen.bar.set_items(items(done))
    screen.bar.set_items(items(done))
    qtbot.keyClick(screen.line, Qt.Key.Key_H, ALT)
    qtbot.keyClick(screen.line, Qt.Key.Key_Q, ALT)
    assert done == ["已核实"]


def test_what_has_no_room_waits_behind_more_and_keeps_its_key(qtbot, screen, done):
    screen.resize(420, 200)
    qtbot.waitUntil(lambda: len(buttons(screen)) < 4)
    assert buttons(screen)[0].text() == "已核实"
    qtbot.keyClick(screen.line, Qt.Key.Key_T, ALT)
    assert done == ["退回"]
    more = next(b for b in screen.bar.findChildren(KeyButton) if b.text() == "更多")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    menu = screen.bar.findChild(QMenu)
    assert "为什么不能办结" in [action.text() for action in menu.actions()]
    menu.actions()[-1].trigger()
    assert done == ["退回", "为什么"]
    menu.close()
    screen.resize(1300, 200)
    qtbot.waitUntil(lambda: len(buttons(screen)) == 4)


def test_a_full_bar_does_not_keep_the_window_wide(screen):
    assert len(buttons(screen)) == 4
    assert screen.minimumSizeHint().width() < 450


def test_taking_back_takes_the_main_place_until_it_is_too_late(qtbot, screen, done):
    screen.bar.offer_undo("撤回分拨", lambda: done.append("撤回"))
    assert screen.bar.labels()[0] == "撤回分拨"
    assert [b.kind for b in buttons(screen)].count(ButtonKind.MAIN) == 1
    qtbot.keyClick(buttons(screen)[0], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["撤回"]
    assert screen.bar.labels()[0] == "已核实"


def test_taking_back_ends_by_itself(qtbot, screen, done):
    screen.bar.offer_undo("撤回分拨", lambda: done.append("撤回"), seconds=0)
    qtbot.waitUntil(lambda: screen.bar.labels()[0] == "已核实")
    assert done == []


def test_the_bar_says_what_the_actions_are_about(screen):
    screen.bar.set_lead("选中", "00421")
    screen.bar.set_note("同类 41 件中 38 件归城建办", strong="城建办", key="1")
    texts = {label.text() for label in screen.bar.findChildren(type(screen.bar._lead))}
    assert {"选中", "00421", "城建办", "同类 41 件中 38 件归城建办"} <= texts


def test_a_short_label_may_be_spoken_in_full(qtbot, screen):
    screen.bar.set_items([ActionItem("打印", GlobalKey.PRINT, list, spoken="打印派单")])
    assert buttons(screen)[0].accessibleName() == "打印派单"
    assert buttons(screen)[0].accessibleDescription() == "快捷键 Ctrl+P"


def test_an_exit_is_taken_by_key_and_by_mouse(qtbot):
    window = QWidget()
    exits = ExitButtons(
        window,
        [
            ExitItem("spot", "现场答复", IntakeKey.ON_SPOT, "talk", "当场说清，诉求人认可"),
            ExitItem("transfer", "受理转办", IntakeKey.TRANSFER, "transfer", "交信联办分拨"),
        ],
    )
    QVBoxLayout(window).addWidget(exits)
    show(qtbot, window)
    exits.set_main("transfer")
    with qtbot.waitSignal(exits.chosen) as chosen:
        qtbot.keyClick(window, Qt.Key.Key_F7)
    assert chosen.args == ["transfer"]
    with qtbot.waitSignal(exits.chosen) as chosen:
        qtbot.mouseClick(exits.button("spot"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["spot"]
    assert exits.button("spot").height() == 84
    assert "F5" in exits.button("spot").accessibleDescription()
