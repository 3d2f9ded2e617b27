"""The screen that faces the resident (对面屏, F10)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desk.ui.intake.facing import _NUMBER_MS
from desk.ui.resident_window import screen_for_residents
from tests.ui.intake_desk import CTRL, PHONE, WORDS, sit_down

Key = Qt.Key


@pytest.fixture
def clerk(qtbot, sqlite_hall, desk_of):
    found = sit_down(qtbot, sqlite_hall, desk_of("李敏"))
    found.said = []
    found.screen.said.connect(found.said.append)
    return found


def seen(clerk):
    """Return everything that the resident can read."""
    window = clerk.screen.facing.window
    labels = window.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisibleTo(window))


def test_the_resident_reads_his_own_words_and_then_his_number_and_nothing_else(clerk):
    clerk.press(Key.Key_F10)
    assert "对面屏" in clerk.said[-1]
    assert "请稍候" in seen(clerk)
    assert QApplication.focusWidget() is clerk.form.phone.edit, "the caret stays"

    clerk.write_walk_in()
    assert WORDS in seen(clerk)
    for kept in (PHONE, "陈桂芳", "紧急", "常态"):
        assert kept not in seen(clerk)
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_1)
    clerk.save()
    number = clerk.case()[0].number
    assert number in seen(clerk)
    assert WORDS not in seen(clerk)

    clerk.form.details.setFocus()
    clerk.say("下一位的事。")  # the next one begins: the number is gone
    assert number not in seen(clerk)
    assert "下一位的事。" in seen(clerk)
    clerk.press(Key.Key_F10)
    assert not clerk.screen.facing.window.isVisible()


def test_the_number_goes_by_itself(clerk):
    clerk.press(Key.Key_F10)
    clerk.write_walk_in()
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_1)
    clerk.save()
    facing = clerk.screen.facing
    assert facing._over.isActive()
    assert facing._over.interval() == _NUMBER_MS
    facing._over.timeout.emit()
    assert clerk.case()[0].number not in seen(clerk)


def test_nothing_is_left_when_the_form_is_left_or_another_draft_is_taken_up(clerk):
    clerk.press(Key.Key_F10)
    clerk.form.details.setFocus()
    clerk.say("甲的事。")
    clerk.press(Key.Key_S, CTRL)  # kept as a draft; the next person
    assert "甲的事。" not in seen(clerk)
    clerk.form.details.setFocus()
    clerk.say("乙的事。")
    assert "乙的事。" in seen(clerk)

    (draft,) = clerk.screen._keeping.drafts.all(clerk.desk.person.staff_id, "intake")[-1:]
    clerk.screen.begin(draft.content)
    assert "的事。" not in seen(clerk), "who stands there now is not known"
    clerk.press(Key.Key_F10)
    assert draft.content["details"] in seen(clerk)

    clerk.screen.hide()  # another page, or the lock
    assert "的事。" not in seen(clerk)
    clerk.screen.show()
    assert "的事。" not in seen(clerk)


def test_who_asked_to_be_hidden_is_not_written_on_a_wall(clerk):
    clerk.press(Key.Key_F10)
    clerk.screen.work.sheet.more.is_secret.setChecked(True)
    clerk.form.details.setFocus()
    clerk.say("举报一件事。")
    assert "举报" not in seen(clerk)
    assert "保密" in seen(clerk)


def test_it_stands_where_the_clerk_does_not_work(qapp):
    own = qapp.primaryScreen()
    assert screen_for_residents(own, [own]) is None
    assert screen_for_residents(None, [own]) is own
