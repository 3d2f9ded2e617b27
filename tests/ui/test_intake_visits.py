"""One visit, several troubles: a line for each matter, or a further appeal kept with the first."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.models import Matter
from desk.ui.drafts import drafts_of
from tests.ui.intake_desk import ALT, CTRL, PHONE, SHIFT, WORDS, sit_down

Key = Qt.Key
OTHER_WORDS = "想问低保复核要带什么材料。"


@pytest.fixture
def clerk(qtbot, sqlite_hall, desk_of):
    return sit_down(qtbot, sqlite_hall, desk_of("李敏"))


@pytest.fixture
def notes(clerk):
    """What stands beside the title, newest last."""
    said = []
    clerk.screen.subtitle_changed.connect(said.append)
    return said


def choose_category(clerk):
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_1)


def write_another(clerk, words=OTHER_WORDS):
    clerk.press(Key.Key_N, ALT)
    clerk.say(words)
    choose_category(clerk)


def visits(clerk):
    """Return the cases in the order of their numbers, each with the first of its visit."""
    rows = sorted((case for case, _ in clerk.cases()), key=lambda case: case.seq)
    return [case.id for case in rows], [case.same_visit_id for case in rows]


def test_a_further_appeal_of_the_visit_is_kept_with_the_first(clerk, notes):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()
    number = clerk.foot.saved_words().removeprefix("已存 ").partition("，")[0]

    write_another(clerk)
    assert notes[-1] == f"与 {number} 同一次来访，保存时记在一起"
    clerk.save()
    write_another(clerk, "还有路灯不亮。")
    clerk.save()

    ids, first = visits(clerk)
    assert first == [None, ids[0], ids[0]]
    assert {facts.phone for _, facts in clerk.cases()} == {PHONE}
    assert notes[-1] == ""  # the next form is a fresh one


def test_the_forms_of_a_visit_may_be_saved_in_any_order(clerk, notes):
    clerk.write_walk_in()
    choose_category(clerk)
    write_another(clerk)
    assert notes[-1] == "与前一件同一次来访，保存时记在一起"
    clerk.save()
    (draft,) = drafts_of(clerk.desk).all(clerk.desk.person.staff_id, "intake")
    clerk.side.drafts.wanted.emit(draft.key)
    assert clerk.form.details.text() == WORDS
    clerk.save()

    ids, first = visits(clerk)
    assert first == [None, ids[0]]


def test_the_next_person_does_not_belong_to_the_visit(clerk, notes):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()

    clerk.screen.begin()
    clerk.write_walk_in(phone="13800000077", name="罗晓燕")
    choose_category(clerk)
    clerk.save()

    assert visits(clerk)[1] == [None, None]
    assert set(notes) == {""}


def test_the_matters_are_one_key_away_and_counted(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.press(Key.Key_M, CTRL | SHIFT)
    clerk.say("路灯不亮")
    clerk.press(Key.Key_Return)
    clerk.say("电梯停运")
    field = clerk.screen.work.sheet.more.field("matters")
    assert field._beside.text() == "2 件，逐项答复"

    clerk.save()

    assert clerk.foot.saved_words().endswith("，受理转办，2 个事项")
    with Session(clerk.hall.engine) as session:
        said = session.scalars(select(Matter.content).order_by(Matter.seq)).all()
    assert said == ["路灯不亮", "电梯停运"]


def test_the_form_of_twenty_seconds_opens_whole_for_the_matters(clerk):
    clerk.screen.begin_short_call()

    clerk.press(Key.Key_M, CTRL | SHIFT)

    assert not clerk.screen.work.is_short
    assert clerk.screen.work.sheet.more.field("matters").edit.hasFocus()
