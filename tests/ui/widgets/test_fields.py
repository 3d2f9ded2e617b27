"""Fields: checked on leaving, never while composing; nothing is cut, nothing is cleared."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.composing import is_composing
from tests.ui.widgets.keyboard import commit, compose, show

GOOD = FieldState(Check.OK, "号码格式正确")
SHORT = FieldState(Check.BAD, "号码少一位，请核对；不留可空着。")


@pytest.fixture
def asked():
    return []


@pytest.fixture
def form(qtbot, asked):
    """A phone number, a name and a long text below each other."""

    def check(text):
        asked.append(text)
        return GOOD if len(text) == 11 else SHORT

    window = QWidget()
    column = QVBoxLayout(window)
    window.phone = CheckedField("电话", check=check, hint="不留可空着", required=True)
    window.name = CheckedField("诉求人")
    window.words = CheckedField("诉求内容", lines=3, check=lambda _text: FieldState())
    for field in (window.phone, window.name, window.words):
        column.addWidget(field)
    show(qtbot, window)
    window.phone.setFocus()
    return window


def test_a_field_is_checked_when_the_clerk_leaves_it_and_not_before(qtbot, form, asked):
    qtbot.keyClicks(form.phone.edit, "1380000")
    assert asked == []
    form.name.setFocus()
    assert asked == ["1380000"]
    assert form.phone.state() == SHORT


def test_the_sentence_of_the_check_stands_below_and_is_read_out(qtbot, form):
    qtbot.keyClicks(form.phone.edit, "1380000")
    form.name.setFocus()
    assert form.phone.edit.accessibleDescription() == SHORT.sentence
    assert form.phone.edit.property("state") == "bad"


def test_going_on_writing_withdraws_the_sentence(qtbot, form):
    form.phone.set_text("1380000")
    assert form.phone.state() == SHORT
    form.phone.edit.setFocus()
    form.phone.edit.end(False)
    qtbot.keyClicks(form.phone.edit, "0023")
    assert form.phone.state() == FieldState()
    form.name.setFocus()
    assert form.phone.state() == GOOD


def test_leaving_without_a_change_does_not_ask_again(form, asked):
    form.phone.set_text("13800000023")
    form.phone.setFocus()
    form.name.setFocus()
    assert asked == ["13800000023"]


def test_nothing_is_checked_while_an_input_method_composes(qtbot, form, asked):
    form.phone.setFocus()
    compose(form.phone.edit, "yaosanba")
    assert is_composing()
    form.phone.check_now()
    assert asked == []
    commit(form.phone.edit, "幺三八")
    assert not is_composing()
    form.phone.check_now()
    assert asked == ["幺三八"]


def test_enter_belongs_to_the_input_method_while_composing(qtbot, form):
    form.phone.setFocus()
    compose(form.phone.edit, "cheng")
    qtbot.keyClick(form.phone.edit, Qt.Key.Key_Return)
    assert form.phone.edit.hasFocus()


def test_enter_goes_on_to_the_next_field(qtbot, form):
    form.phone.setFocus()
    qtbot.keyClick(form.phone.edit, Qt.Key.Key_Return)
    assert form.name.edit.hasFocus()


def test_ctrl_enter_is_left_to_the_form(qtbot, form):
    seen = []
    form.keyPressEvent = lambda event: seen.append(event.text())
    for field in (form.phone, form.words):
        field.setFocus()
        qtbot.keyClick(field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [text for text in seen if text] == ["\r", "\r"]
    assert form.words.text() == ""


def test_a_long_name_with_rare_characters_is_kept_whole(form):
    name = "张𠮷李" * 400
    form.name.set_text(name)
    assert form.name.text() == name


def test_tab_leaves_a_text_area_and_enter_makes_a_line(qtbot, form):
    form.words.setFocus()
    qtbot.keyClicks(form.words.edit, "a")
    qtbot.keyClick(form.words.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(form.words.edit, "b")
    assert form.words.text() == "a\nb"
    qtbot.keyClick(form.words.edit, Qt.Key.Key_Tab)
    assert not form.words.edit.hasFocus()


def test_a_text_area_counts_characters_not_code_units(form):
    form.words.set_text("张𠮷\n李")
    assert form.words.edit.length() == 3


def test_a_text_area_grows_with_its_text_and_stops_growing(qtbot, form):
    area = form.words.edit
    few = area.minimumHeight()
    area.set_text("一行\n" * 7)
    qtbot.waitUntil(lambda: area.minimumHeight() > few)
    some = area.minimumHeight()
    area.set_text("一行\n" * 60)
    qtbot.waitUntil(lambda: area.minimumHeight() > some)
    assert area.minimumHeight() < 60 * 26


def test_lines_of_a_text_area_are_twenty_six_pixels_apart(form):
    area = form.words.edit
    area.set_text("一行\n二行")
    first, second = area.document().firstBlock(), area.document().lastBlock()
    layout = area.document().documentLayout()
    gap = layout.blockBoundingRect(second).top() - layout.blockBoundingRect(first).top()
    assert 25 <= gap <= 27


def test_composing_in_a_text_area_does_not_change_its_text(qtbot, form):
    area = form.words.edit
    area.setFocus()
    with qtbot.assertNotEmitted(area.text_changed):
        compose(area, "dianti")
    with qtbot.waitSignal(area.text_changed) as changed:
        commit(area, "电梯")
    assert changed.args == ["电梯"]


def test_pasting_keeps_the_text_and_drops_the_looks(form):
    pasted = QMimeData()
    pasted.setHtml("<b>第一行</b>")
    pasted.setText("第一行\r\n第二行")
    form.words.edit.insertFromMimeData(pasted)
    assert form.words.text() == "第一行\n第二行"


def test_what_was_written_can_be_undone_but_setting_it_cannot(qtbot, form):
    area = form.words.edit
    area.set_text("原来的")
    area.setFocus()
    qtbot.keyClicks(area, "x")
    area.undo()
    area.undo()
    assert area.text() == "原来的"


def test_every_field_has_a_name_for_the_reader(form):
    assert form.phone.edit.accessibleName() == "电话，必填"
    assert form.name.edit.accessibleName() == "诉求人"
    assert form.words.edit.accessibleName() == "诉求内容"


def test_chips_inside_the_line_leave_room_for_the_text(form):
    form.name.set_chips([("榕东社区", "pin"), ("第 3 网格", "people")], "由小区带出")
    assert form.name.edit.textMargins().right() > 100
    form.name.set_chips([])
    assert form.name.edit.textMargins().right() == 0


def test_fields_side_by_side_keep_their_lines_level(qtbot):
    window = QWidget()
    row = QHBoxLayout(window)
    one, other = CheckedField("电话"), CheckedField("地址", hint="很长的提示 " * 40)
    row.addWidget(one)
    row.addWidget(other)
    show(qtbot, window, 500, 300)
    assert one.edit.mapTo(window, one.edit.rect().topLeft()).y() == (
        other.edit.mapTo(window, other.edit.rect().topLeft()).y()
    )


def test_the_height_of_a_line_is_the_same_with_and_without_the_focus(qtbot, form):
    form.name.setFocus()
    with_focus = form.name.edit.height()
    form.phone.setFocus()
    assert form.name.edit.height() == with_focus == 38
    assert isinstance(form.name.edit, QLineEdit)
