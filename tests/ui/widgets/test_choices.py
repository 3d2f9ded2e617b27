"""One of few by a digit; boxes to tick; filters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk.ui.widgets.buttons import FilterButton
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips
from tests.ui.widgets.keyboard import show

KINDS = [
    Choice("lift", "物业与小区 › 电梯"),
    Choice("fire", "治安与公共安全 › 消防"),
    Choice("x", "其他…"),
]


@pytest.fixture
def chips(qtbot):
    made = ChoiceChips("类别", KINDS)
    show(qtbot, made)
    made.setFocus()
    return made


def test_a_digit_chooses(qtbot, chips):
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.keyClick(chips.focusWidget(), "2")
    assert chosen.args == ["fire"]
    assert chips.value() == "fire"
    assert chips.chips()[1].hasFocus()


def test_a_digit_without_a_choice_does_nothing(qtbot, chips):
    with qtbot.assertNotEmitted(chips.chosen):
        qtbot.keyClick(chips.focusWidget(), "9")


def test_arrows_go_round(qtbot, chips):
    qtbot.keyClick(chips.focusWidget(), Qt.Key.Key_Left)
    assert chips.value() == "x"
    qtbot.keyClick(chips.focusWidget(), Qt.Key.Key_Right)
    assert chips.value() == "lift"


def test_setting_a_value_says_nothing(qtbot, chips):
    with qtbot.assertNotEmitted(chips.chosen):
        chips.set_value("fire")
    assert [chip.isChecked() for chip in chips.chips()] == [False, True, False]


def test_the_choices_are_one_stop_of_the_tab_key(chips):
    chips.set_value("fire")
    stops = [chip.focusPolicy() == Qt.FocusPolicy.StrongFocus for chip in chips.chips()]
    assert stops == [False, True, False]


def test_the_value_stays_when_it_is_offered_again_and_goes_when_it_is_not(chips):
    chips.set_value("fire")
    chips.set_choices(KINDS[1:])
    assert chips.value() == "fire"
    chips.set_choices(KINDS[:1])
    assert chips.value() is None


def test_choices_go_on_in_a_second_row_where_it_is_narrow(qtbot):
    window = QWidget()
    chips = ChoiceChips("类别", KINDS)
    column = QVBoxLayout(window)
    column.addWidget(chips)
    column.addStretch()
    show(qtbot, window, 380, 300)
    tops = {chip.y() for chip in chips.chips()}
    assert len(tops) > 1
    assert chips.height() >= max(tops) + chips.chips()[0].height()


def test_digits_mean_nothing_to_views(qtbot):
    views = ChoiceChips("视图", [Choice(1, "我的", 5), Choice(2, "全部", 38)], numbered=False)
    show(qtbot, views)
    views.setFocus()
    with qtbot.assertNotEmitted(views.chosen):
        qtbot.keyClick(views.focusWidget(), "2")
    views.set_count(2, 39)
    assert views.chips()[1].accessibleDescription() == "39 件"


def test_a_box_is_ticked_with_the_space_bar_and_enter_goes_on(qtbot, chips):
    box = CheckChip("事情清楚", "3", chips.window())
    box.show()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not box.isChecked()
    assert not box.hasFocus()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()


def test_enter_goes_on_from_the_choice_that_holds(qtbot, chips):
    field = QLineEdit(chips.window())
    field.show()
    first = chips.chips()[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert (first.isChecked(), first.hasFocus()) == (True, True)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert field.hasFocus()


def test_a_filter_reads_out_its_value(qtbot):
    button = FilterButton("级别")
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.set_value("紧急、快处", active=True)
    assert button.accessibleName() == "级别 紧急、快处"
    assert button.sizeHint().width() > before


def test_the_keyboard_stays_when_other_choices_are_offered(qtbot, chips):
    assert chips.chips()[0].hasFocus()
    chips.set_choices(KINDS[1:])
    qtbot.wait(0)  # the chips of before go now
    assert chips.chips()[0].hasFocus()
    qtbot.keyClick(chips.focusWidget(), "1")
    assert chips.value() == "fire"
