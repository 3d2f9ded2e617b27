"""Earlier cases beside the form: proposed while the clerk types, decided by one key each."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.models import RepeatVerdict
from tests.ui.intake_desk import ALT, OTHER, PHONE, SHIFT, WORDS
from tests.ui.test_intake import choose_category, clerk

__all__ = ["clerk"]

Key = Qt.Key
OTHERWISE = "楼道灯座漏电，小孩摸到发麻，赶快修。"


@pytest.fixture
def kept(clerk):
    """A clerk who has just saved a case; returns her and its row."""
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()
    return clerk, clerk.case()[0]


def verdicts(clerk):
    with Session(clerk.hall.engine) as session:
        return session.scalars(select(RepeatVerdict)).all()


def test_words_alone_bring_the_case_and_the_caret_stays_where_it_is(kept):
    clerk, _ = kept
    clerk.write_walk_in(phone="", name="", words=OTHERWISE)
    here = QApplication.focusWidget()
    clerk.quiet()

    (words,) = clerk.side.repeat.words()
    assert words.startswith("没看出是同一人，同一楼栋，说的是同一件事：")
    assert "漏电" in words
    assert QApplication.focusWidget() is here


def test_the_short_form_of_a_call_is_advised_too(kept):
    clerk, _ = kept
    clerk.screen.begin_short_call()
    clerk.form.phone.set_text(PHONE)
    clerk.form.details.set_text(WORDS)
    clerk.quiet()

    assert clerk.side.repeat.words()[0].startswith("同一电话")
    visitor = clerk.side.visitor
    assert "来过 1 次" in visitor.head._note.text()
    assert visitor.isVisible()
    assert visitor.rows.isHidden()  # one line, for what may be a repeat needs the room
    clerk.press(Key.Key_F5, SHIFT)
    assert visitor.rows.isVisible()


def test_no_repeat_is_kept_with_the_case_and_not_proposed_to_him_again(kept):
    clerk, first = kept
    clerk.write_walk_in(phone=OTHER, name="罗晓燕", words=OTHERWISE)
    clerk.quiet()
    clerk.press(Key.Key_F5, SHIFT)
    assert clerk.side.repeat.words() == []
    choose_category(clerk)
    clerk.save()

    (said,) = verdicts(clerk)
    assert said.other_id == first.id
    clerk.write_walk_in(phone=OTHER, name="罗晓燕", words=OTHERWISE)
    clerk.quiet()
    assert len(clerk.side.repeat.words()) == 1  # her own last one; not the one said to be another


def test_no_repeat_can_be_taken_back_before_it_is_saved(kept):
    clerk, first = kept
    clerk.write_walk_in(phone=OTHER, name="罗晓燕", words=OTHERWISE)
    clerk.quiet()
    card = clerk.side.repeat
    clerk.press(Key.Key_F5, SHIFT)
    clerk.press(Key.Key_C, ALT)
    assert card.linked() is None

    card._back.click()
    clerk.press(Key.Key_C, ALT)

    assert card.linked() == first.id
    assert clerk.screen.work.content()["no_repeats"] == []


def test_a_draft_keeps_what_was_decided(kept):
    clerk, first = kept
    clerk.write_walk_in(phone=OTHER, name="罗晓燕", words=OTHERWISE)
    clerk.quiet()
    clerk.press(Key.Key_C, ALT)
    content = clerk.screen.work.content()

    clerk.screen.begin()
    assert clerk.side.repeat.linked() is None
    clerk.screen.begin(content)

    assert clerk.side.repeat.linked() == first.id


def test_f3_goes_to_the_next_one(kept):
    clerk, first = kept
    clerk.write_walk_in(phone=OTHER, name="罗晓燕")
    choose_category(clerk)
    clerk.save()
    clerk.write_walk_in(phone="13800000046", name="成仁")
    clerk.quiet()
    clerk.press(Key.Key_F3)
    clerk.press(Key.Key_C, ALT)

    assert clerk.side.repeat.linked() == first.id
