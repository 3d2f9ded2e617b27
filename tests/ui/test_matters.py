"""The matters of a case on its page: opened by Enter, given to units, added, answered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desk.actions.dispatching import DispatchCase
from desk.actions.handling import AcceptAssignment
from desk.rules.codes import HandlingResult, Urgency
from desk.ui.widgets.buttons import KeyButton
from tests.ui.case_desk import CTRL, RETURN, sit_at_case

BOTH = ("路灯不亮", "电梯停运")
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open a case for somebody."""
    return lambda who, case: sit_at_case(qtbot, life, desk_of, who, case)


@pytest.fixture
def case(life):
    """A case of two matters in the hands of 城建办 with 执法队 at its side."""
    case = life.register(matters=BOTH)
    supports = (life.hall.unit("综合行政执法队"),)
    life.do("周航", DispatchCase, case, lead=life.hall.unit("城建办"), supports=supports,
            urgency=Urgency.FAST)  # fmt: skip
    life.do("赵强", AcceptAssignment, case)
    life.do("孙浩", AcceptAssignment, case)
    life._to_handling(case)
    return case


def matters_key(sitting):
    sitting.press(Key.Key_M, CTRL | SHIFT)


def say(sitting, words, name=""):
    """Commit words as an input method does, in a field or where the keyboard is."""
    if name:
        sitting.go_to(name)
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(sitting.focused(), event)


def section(sitting):
    return sitting.page.facts._matters


def test_enter_on_a_matter_opens_its_answer(sit, life, case):
    sitting = sit("赵强", case)
    rows = section(sitting).rows
    rows[1].setFocus()

    sitting.press(RETURN)

    second = life.matters(case)[1].id
    assert sitting.panel.title == "逐项答复"
    say(sitting, "已修好。")
    assert sitting.panel.form.entries[f"answer_{second}"].read() == "已修好。"


def test_who_may_not_touch_the_matters_reads_them_only(sit, case):
    sitting = sit("吴芳", case)

    rows = section(sitting).rows

    assert [row.accessibleName().split()[2] for row in rows] == list(BOTH)
    assert {row.focusPolicy() for row in rows} == {Qt.FocusPolicy.NoFocus}


def test_the_dispatcher_gives_a_matter_away_by_a_digit(sit, life, case):
    sitting = sit("周航", case)
    matters_key(sitting)
    second = life.matters(case)[1].id
    assert sitting.panel.title == "事项分给单位"

    sitting.finish()
    assert "都没有变" in sitting.panel.said()
    sitting.choose(f"unit_{second}", 2)
    sitting.finish()

    assert sitting.panel is None
    assert life.matters(case)[1].unit_id == life.hall.unit("综合行政执法队")


def test_what_comes_up_is_added_line_by_line_for_the_unit_that_is_chosen(sit, life, case):
    sitting = sit("赵强", case)
    sitting.page.bar.press("添加事项")
    sitting.quiet()

    sitting.finish()
    assert sitting.panel is not None  # nothing was written yet
    say(sitting, "楼顶漏水")
    sitting.press(RETURN)
    say(sitting, "门禁坏了")
    sitting.choose("unit", 2)
    sitting.finish()

    added = life.matters(case)[2:]
    assert [row.content for row in added] == ["楼顶漏水", "门禁坏了"]
    assert {row.unit_id for row in added} == {life.hall.unit("综合行政执法队")}


def test_the_whole_follows_the_matters_until_it_is_chosen_by_hand(sit, life, case):
    sitting = sit("赵强", case)
    sitting.alt("B")
    first, second = (row.id for row in life.matters(case))
    whole = sitting.panel.form.entries["result"]

    sitting.choose(f"result_{first}", 1)
    assert whole.read() is None  # one matter says nothing of the whole
    sitting.choose(f"result_{second}", 4)
    assert whole.read() == HandlingResult.PARTLY
    sitting.choose("result", 3)
    sitting.choose(f"result_{second}", 1)

    assert whole.read() == HandlingResult.MEASURES


def test_solved_follows_the_result_and_can_be_ticked_against_it(sit, life, case):
    sitting = sit("赵强", case)
    matters_key(sitting)
    first = life.matters(case)[0].id
    solved = sitting.panel.form.entries[f"solved_{first}"]

    sitting.choose(f"result_{first}", 1)
    assert solved.read() is True
    sitting.choose(f"result_{first}", 4)
    assert solved.read() is False
    sitting.go_to(f"solved_{first}")
    sitting.press(Key.Key_Space)
    say(sitting, "讲清楚了，他认可。", f"answer_{first}")
    sitting.finish()

    row = life.matters(case)[0]
    assert (row.result, row.is_solved) == (HandlingResult.EXPLAINED, True)
    assert section(sitting).rows[0].accessibleName().endswith("已解释 算已解决")


def test_a_half_written_answer_is_there_again_after_the_panel_was_put_away(sit, life, case):
    sitting = sit("赵强", case)
    matters_key(sitting)
    first = life.matters(case)[0].id
    say(sitting, "写到一半", f"answer_{first}")
    sitting.press(Key.Key_Escape)

    matters_key(sitting)

    assert sitting.panel.form.entries[f"answer_{first}"].read() == "写到一半"


def test_the_other_case_of_the_visit_is_one_press_away(sit, life):
    first = life.register(summary="楼道漏电")
    second = life.register(summary="低保复核", same_visit=first)
    third = life.register(summary="路灯不亮", same_visit=second)
    wanted = []
    for shown, others in ((first, "低保复核 路灯不亮"), (third, "楼道漏电 低保复核")):
        sitting = sit("周航", shown)
        sitting.screen.case_wanted.connect(wanted.append)
        buttons = section(sitting).findChildren(KeyButton)
        assert [button.accessibleName().split()[-1] for button in buttons] == others.split()

    buttons[0].setFocus()
    sitting.press(Key.Key_Space)

    assert wanted == [first]
