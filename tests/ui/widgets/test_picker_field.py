"""Choosing from a list: by words, pinyin, arrows and digits; the keyboard stays in the line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui.widgets.checked_field import Check, CheckedField
from desk.ui.widgets.pick_item import PickItem, PickList
from desk.ui.widgets.picker_field import PickerField
from tests.ui.widgets.keyboard import commit, compose, show

UNITS = [
    PickItem(11, "城建办", note="主任 张伟"),
    PickItem(12, "执法队", search="城管"),
    PickItem(13, "榕东社区"),
    PickItem(14, "榕西社区"),
]


@pytest.fixture
def form(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    window.unit = PickerField("主办单位", UNITS, required=True)
    window.next = CheckedField("说明")
    column.addWidget(window.unit)
    column.addWidget(window.next)
    column.addStretch()
    show(qtbot, window)
    window.unit.setFocus()
    return window


def type_in(qtbot, form, text):
    qtbot.keyClicks(form.unit.edit, text)


def key(qtbot, form, pressed):
    qtbot.keyClick(form.unit.edit, pressed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rd", ["榕东社区"]),
        ("rong", ["榕东社区", "榕西社区"]),
        ("社区", ["榕东社区", "榕西社区"]),
        ("城管", ["执法队"]),
        ("张伟", ["城建办"]),
        ("社区 东", ["榕东社区"]),
        ("没有的", []),
    ],
)
def test_choices_are_found_by_words_and_pinyin(typed, found):
    assert [item.label for item in PickList(UNITS).matching(typed)] == found


def test_what_begins_with_the_word_comes_first():
    items = [PickItem(1, "大东路"), PickItem(2, "东门")]
    assert [item.id for item in PickList(items).matching("东")] == [2, 1]


def test_pinyin_letters_and_enter_choose_and_go_on(qtbot, form):
    type_in(qtbot, form, "rd")
    assert form.unit.offered() == ["榕东社区"]
    with qtbot.waitSignal(form.unit.chosen) as chosen:
        key(qtbot, form, Qt.Key.Key_Return)
    assert chosen.args == [13]
    assert form.unit.text() == "榕东社区"
    assert form.next.edit.hasFocus()


def test_a_digit_takes_the_choice_with_this_number(qtbot, form):
    key(qtbot, form, Qt.Key.Key_Down)
    assert form.unit.is_open()
    type_in(qtbot, form, "2")
    assert form.unit.value() == 12
    assert not form.unit.is_open()


def test_arrows_move_in_the_list_and_the_keyboard_stays_in_the_line(qtbot, form):
    key(qtbot, form, Qt.Key.Key_Down)
    key(qtbot, form, Qt.Key.Key_Down)
    key(qtbot, form, Qt.Key.Key_Down)
    assert form.unit.edit.hasFocus()
    key(qtbot, form, Qt.Key.Key_Return)
    assert form.unit.value() == 13


def test_escape_closes_the_list_only_and_keeps_the_text(qtbot, form):
    seen = []
    form.keyPressEvent = lambda event: seen.append(event.key())
    type_in(qtbot, form, "ro")
    key(qtbot, form, Qt.Key.Key_Escape)
    assert not form.unit.is_open()
    assert form.unit.text() == "ro"
    assert seen == []


def test_what_is_not_in_the_list_is_said_and_kept(qtbot, form):
    commit(form.unit.edit, "水务局")
    form.next.setFocus()
    assert form.unit.state().state is Check.BAD
    assert "水务局" in form.unit.state().sentence
    assert form.unit.text() == "水务局"
    assert form.unit.value() is None


def test_leaving_with_only_one_thing_it_can_mean_takes_it(qtbot, form):
    type_in(qtbot, form, "cjb")
    form.next.setFocus()
    assert form.unit.value() == 11


def test_leaving_a_required_choice_empty_is_said_when_checked(form):
    assert form.unit.check_now().sentence == "请选择主办单位。"


def test_going_on_writing_withdraws_the_choice(qtbot, form):
    form.unit.set_value(11)
    form.unit.edit.end(False)
    with qtbot.waitSignal(form.unit.chosen) as chosen:
        type_in(qtbot, form, "x")
    assert chosen.args == [None]
    assert form.unit.value() is None


def test_digits_and_enter_belong_to_the_input_method_while_composing(qtbot, form):
    key(qtbot, form, Qt.Key.Key_Down)
    compose(form.unit.edit, "rong")
    key(qtbot, form, Qt.Key.Key_Return)
    key(qtbot, form, Qt.Key.Key_2)
    assert form.unit.value() is None
    assert form.unit.edit.hasFocus()


def test_the_list_follows_committed_text_only(form):
    compose(form.unit.edit, "rongxi")
    assert not form.unit.is_open()
    commit(form.unit.edit, "榕西")
    assert form.unit.offered()[0] == "榕西社区"


def test_an_address_may_hold_digits(qtbot):
    streets = [PickItem(1, "榕荫里小区 7 栋"), PickItem(2, "榕荫里小区 8 栋")]
    field = PickerField("地址", streets, numbered=False)
    show(qtbot, field)
    field.setFocus()
    qtbot.keyClicks(field.edit, "8")
    assert field.offered() == ["榕荫里小区 8 栋"]


def test_other_choices_leave_the_text_alone(form):
    form.unit.set_value(11)
    form.unit.set_items([PickItem(21, "民政办")])
    assert form.unit.text() == "城建办"
    form.unit.open_list()
    assert form.unit.offered() == ["民政办"]
