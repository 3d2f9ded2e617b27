"""The page of letters, talks and honours by keys: talked, named (letters: tests/life)."""

from functools import partial

import pytest

from desk.rules.assessment_codes import HonourKind, TalkDecision
from desk.ui.keys import CaseKey, GlobalKey, LetterKey
from desk.ui.letters_screen import LettersScreen
from tests.ui.seats import press, rest, seated


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Show somebody's page, once it has come to rest."""
    return partial(seated, qtbot, life, desk_of, LettersScreen)


def fill(page, **fields):
    for name, value in fields.items():
        page.host.panel.form.entries[name].write(value)


def said(page, name):
    """Return what stands beside a field of the open panel."""
    place = page.host.panel.form.entries[name].say.__self__
    return place.state().sentence if hasattr(place, "state") else place.sentence()


def test_a_talk_is_put_forward_recorded_and_its_promise_followed(qtbot, life, sit):
    page = sit("秦岚")
    page.choose_view(2)
    rest(qtbot, page)
    press(qtbot, page, CaseKey.LETTER)
    press(qtbot, page, GlobalKey.FINISH)
    assert said(page, "unit") == "请选择单位。"
    fill(page, unit=life.hall.unit("城建办"), why="两件双否，多次重办", decision=TalkDecision.TALK)
    press(qtbot, page, GlobalKey.FINISH)
    assert page.views()[2] == "约谈 1"

    press(qtbot, page, LetterKey.NEXT)
    fill(page, held_at="0830", attended="秦岚、方岩", minutes="通报数字", promised="补齐两名电工")
    press(qtbot, page, GlobalKey.FINISH)
    assert said(page, "due_on") == "请填承诺什么时候落实，约谈那天或以后的日子。"
    fill(page, due_on="11-20")
    press(qtbot, page, GlobalKey.FINISH)
    assert page.list.rows()[1].tag == "承诺待落实"
    press(qtbot, page, LetterKey.NEXT)
    fill(page, kept_on="今天", note="两名电工已到岗")
    press(qtbot, page, GlobalKey.FINISH)
    assert "两名电工已到岗" in page.card.words()
    assert page.views()[2] == "约谈 0"


def test_a_person_is_named_by_people_given_and_taken_back(qtbot, life, sit):
    page = sit("王磊")
    page.choose_view(3)
    rest(qtbot, page)
    press(qtbot, page, CaseKey.LETTER)
    fill(page, kind=HonourKind.PERSON, unit=life.hall.unit("城建办"), person="刘建")
    press(qtbot, page, GlobalKey.FINISH)
    assert said(page, "reason") == "请写明提名的理由，至少 10 个字。"
    fill(page, reason="连夜协调供电抢修，守到天亮。")
    press(qtbot, page, GlobalKey.FINISH)
    assert page.views()[3] == "年度荣誉 1"
    press(qtbot, page, LetterKey.NEXT)
    assert page.list.rows()[1].tag == "已授予"
    assert "打印名单" in page.bar.labels()
    page.bar.press("撤回提名")
    fill(page, note="事迹不实")
    press(qtbot, page, GlobalKey.FINISH)
    assert "事迹不实" in page.card.words()
