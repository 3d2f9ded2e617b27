"""Two versions side by side, worked by keys: nothing is decided for anybody, nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desk.rules.deeds import Deed
from desk.rules.merging import differences, ties_of
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.conflict_view import ConflictView, Keep, conflict_of

K, NO = Qt.Key, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LABELS = {"summary": "标题", "details": "诉求内容", "phone": "电话", "address": "地址"}
BEFORE = {"summary": "漏水", "details": "三楼漏水", "phone": "1", "address": ""}


@pytest.fixture
def compare(qtbot):
    """Show what two people made of the same facts, inside a page with a key of its own."""

    def show(theirs, mine):
        found = differences(BEFORE, {**BEFORE, **theirs}, {**BEFORE, **mine})
        conflict = conflict_of(
            found, ties_of(Deed.CORRECT), LABELS, lambda _n, v: v or "", lambda _n: "14:03 陈静"
        )
        page = QWidget()
        page.taken = []
        KeyShortcut("Ctrl+Return", page).pressed.connect(lambda: page.taken.append("page"))
        view = ConflictView("此件刚有变化。", conflict)
        QVBoxLayout(page).addWidget(view)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        view.start()
        view.answers = []
        view.resolved.connect(view.answers.append)
        return view

    return show


@pytest.fixture
def press(qtbot):
    """Press a key wherever the keyboard is."""

    def key(view, key, modifier=NO):
        qtbot.keyClick(view.window().focusWidget(), key, modifier)

    return key


def stands_at(view, name):
    return view._has_focus(name)


def words_of(view):
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def test_before_theirs_and_mine_stand_beside_each_other_with_name_and_time(compare):
    view = compare({"phone": "2"}, {"phone": "3"})
    said = words_of(view)
    assert said.index("您打开时") < said.index("现在的（14:03 陈静）") < said.index("您写的")
    assert {"<b><u>2</u></b>", "<b><u>3</u></b>", "1"} <= set(said)
    assert "不能直接合并：“电话”两边都改了。请逐处选。" in said


def test_what_only_one_of_both_changed_is_put_together_with_one_key(compare, press):
    view = compare({"phone": "2"}, {"summary": "三楼漏水"})
    press(view, K.Key_M, CTRL)
    assert view.answers == [{"phone": Keep.THEIRS, "summary": Keep.MINE}]


def test_what_a_rule_ties_is_not_put_together_and_it_is_said_why(compare, press):
    view = compare({"details": "四楼漏水"}, {"summary": "三楼漏水"})
    press(view, K.Key_M, CTRL)
    assert view.answers == []
    assert not view.merge_button.isVisible()
    assert any("标题是照诉求内容写的" in words for words in words_of(view))


def test_digits_decide_and_lead_on_and_ctrl_enter_saves_in_the_view_alone(compare, press):
    view = compare({"summary": "甲", "phone": "2"}, {"summary": "乙", "phone": "3"})
    assert view.decisions() == {}
    assert not view.save_button.isEnabled()
    press(view, K.Key_Return, CTRL)
    assert view.answers == []
    assert "还有 2 处没有选" in " ".join(words_of(view))
    press(view, K.Key_1)
    assert stands_at(view, "phone")
    press(view, K.Key_2)
    press(view, K.Key_Return, CTRL)
    assert view.answers == [{"summary": Keep.MINE, "phone": Keep.THEIRS}]
    assert view.window().taken == []


def test_f3_walks_over_all_differences_and_round_and_back(compare, press):
    view = compare({"summary": "甲", "phone": "2"}, {"summary": "乙", "address": "1 栋"})
    assert stands_at(view, "summary")
    press(view, K.Key_F3)
    assert stands_at(view, "phone")
    press(view, K.Key_F3, SHIFT)
    press(view, K.Key_F3, SHIFT)
    assert stands_at(view, "address")


def test_marks_in_the_words_are_shown_and_never_obeyed(compare):
    view = compare({"details": "三楼<b>漏</b>水"}, {"details": "三楼\n漏水 & 停电"})
    texts = [label for label in view.findChildren(QLabel) if "&lt;b&gt;" in label.text()]
    assert len(texts) == 1
    assert any("<br>漏水 &amp; 停电" in words.replace("<b><u>", "") for words in words_of(view))
