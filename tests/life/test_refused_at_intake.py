"""登记: what the counter is told before a number is given; the form stays as it was written."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk.rules.codes import Exit, Purpose
from tests.ui.intake_desk import CTRL, sit_down

Key = Qt.Key


@pytest.fixture
def counter(qtbot, life, desk_of):
    """李敏 before an ordinary appeal, written down to its category."""
    desk = desk_of("李敏")
    desk.set_time(life.hall.clock())
    clerk = sit_down(qtbot, life.hall, desk)
    takes_in(clerk)
    return clerk


def takes_in(clerk):
    """Write an ordinary appeal, down to its category."""
    clerk.write_walk_in()
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_1)
    clerk.quiet()


def writes(clerk, name, words):
    """Go to a field and write it anew."""
    field = clerk.screen.work.sheet._field(name)
    clerk.screen.work.sheet.more.set_open(is_open=True)
    field.setFocus()
    clerk.press(Key.Key_A, CTRL)
    if words:
        clerk.say(words)
    else:
        clerk.press(Key.Key_Backspace)


def takes(clerk, name, words):
    """Go to a list and take what is called so."""
    writes(clerk, name, words)
    clerk.press(Key.Key_Return)


def written(clerk):
    """Return everything that stands in the form."""
    return {name: said for name, said in clerk.screen.work.content().items() if said is not None}


def refused(clerk, key, name, sentence):
    """Take an exit, hear this beside the field; no number is given and nothing is lost."""
    clerk.quiet()
    known, before = len(clerk.cases()), written(clerk)
    field = clerk.screen.work.sheet._field(name)
    clerk.press(key)
    clerk.qtbot.waitUntil(lambda: field.state().sentence == sentence, timeout=20_000)
    assert field.isAncestorOf(QApplication.focusWidget())
    assert len(clerk.cases()) == known
    assert written(clerk) == before


def test_without_words_there_is_nothing_to_save(counter):
    writes(counter, "details", "")
    refused(counter, Key.Key_F7, "details", "请写下诉求内容，诉求人怎么说就怎么写。")
    writes(counter, "details", "灯座漏电。")
    counter.save()


def test_an_answer_on_the_spot_is_written_down(counter):
    counter.press(Key.Key_F5)  # unfolds what this exit asks for
    refused(counter, Key.Key_F5, "answer", "现场答复要写下答复的内容，登记表上会印出来。")
    writes(counter, "answer", "当面说明了。")
    counter.save(Key.Key_F5)
    assert counter.cases()[-1][0].exit is Exit.ON_SPOT


def test_who_is_guided_on_is_told_why_and_where(counter):
    counter.press(Key.Key_F8)
    refused(counter, Key.Key_F8, "answer", "引导对接要写下向诉求人解释了什么。")
    writes(counter, "answer", "归公积金中心管。")
    refused(counter, Key.Key_F8, "guided_to", "请写明引导到哪里（单位、对接人、电话）。")
    writes(counter, "guided_to", "市公积金中心")
    counter.save(Key.Key_F8)


def test_who_is_complained_about_does_not_answer_it(counter):
    takes(counter, "accused_staff", "李敏")
    sentence = "被反映的人不能答复或办理这一件，请选“受理转办”。"
    refused(counter, Key.Key_F6, "accused_staff", sentence)
    writes(counter, "accused_staff", "")
    takes(counter, "accused_unit", "信联办")
    sentence = "被反映的单位不能答复或办理这一件，请选“受理转办”。"
    refused(counter, Key.Key_F6, "accused_unit", sentence)
    writes(counter, "accused_unit", "")
    takes(counter, "accused_unit", "南塘社区")
    sentence = "反映本街道单位、人员的件不由本单位自办，请选“受理转办”，由纪工委或领导指定谁来办。"
    refused(counter, Key.Key_F6, "accused_unit", sentence)
    counter.save(Key.Key_F7)


def test_a_report_is_neither_answered_nor_taken_on_at_the_counter(counter):
    chips = counter.screen.work.sheet.more.codes("purpose")
    chips.set_value(Purpose.REPORT)
    sentence = "举报件不在窗口答复，也不由本单位自办，请选“受理转办”，由纪工委或领导指定谁来办。"
    counter.quiet()
    known, before = len(counter.cases()), written(counter)
    counter.press(Key.Key_F6)
    counter.qtbot.waitUntil(lambda: counter.foot._head_note.text() == sentence, timeout=20_000)
    assert chips.isAncestorOf(QApplication.focusWidget())
    assert (len(counter.cases()), written(counter)) == (known, before)
    counter.save(Key.Key_F7)
    assert counter.cases()[-1][0].is_secret


def test_a_number_of_another_platform_is_taken_in_once(counter):
    writes(counter, "platform", "12345")
    writes(counter, "outside_number", "GD-7")
    counter.save()
    takes_in(counter)
    writes(counter, "platform", "12345")
    writes(counter, "outside_number", "GD-7")
    sentence = "12345的编号 GD-7 已登记过，请先按这个编号查找。"
    refused(counter, Key.Key_F7, "outside_number", sentence)
    writes(counter, "outside_number", "GD-8")
    counter.save()


def test_a_visit_has_an_end_of_matters(counter):
    writes(counter, "matters", "\n".join(f"第 {n} 件事" for n in range(1, 101)))
    refused(counter, Key.Key_F7, "matters", "一件最多 99 个事项，请分开登记。")
    writes(counter, "matters", "路灯不亮\n电梯停运")
    counter.save()


def test_too_long_a_name_is_counted_and_kept(counter):
    writes(counter, "other_party", "某" * 201)
    field = counter.screen.work.sheet._field("other_party")
    counter.press(Key.Key_F7)
    counter.qtbot.waitUntil(lambda: bool(field.state().sentence), timeout=20_000)
    assert field.text() == "某" * 201
    assert "最多" in field.state().sentence
    assert "请删减" in field.state().sentence


def test_a_moment_to_come_is_no_moment_of_a_visit(qtbot, life, desk_of):
    desk, wrong = desk_of("李敏"), life.hall.clock() + timedelta(days=1)
    desk.set_time(wrong)  # the clock of this machine is wrong
    clerk = sit_down(qtbot, life.hall, desk)
    takes_in(clerk)
    clerk.quiet()
    desk.set_time(wrong)  # however long the writing took
    sentence = "发生时间在现在之后，或早得不合常理，请改成诉求人来到或来电的时间。"
    refused(clerk, Key.Key_F7, "happened_at", sentence)


def test_who_writes_for_a_colleague_says_why(counter, life):
    content = counter.screen.work.content()
    colleague = life.hall.person("周航").staff_id
    counter.screen.begin({**content, "first_responder": colleague})  # a draft that comes back
    counter.quiet()
    sentence = "首问人不是您本人，请写一句理由（如代为登记、接访会补录）。"
    refused(counter, Key.Key_F7, "first_responder_reason", sentence)
    writes(counter, "first_responder_reason", "代为登记")
    counter.save()
