"""The page of letters by keys: written, delivered, answered, revoked; what is missing is said."""

from functools import partial

import pytest

from desk.ui.keys import CaseKey, GlobalKey, LetterKey, ListKey
from desk.ui.letters_screen import LettersScreen
from tests.ui.seats import press, seated


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


@pytest.fixture
def bad(life):
    """A case whose appellant is not content at all."""
    case = life.at("follow_up")
    life.sent_back(case)
    return case


def test_a_reminder_goes_from_marked_cases_to_the_answer_of_its_unit(qtbot, life, sit, bad):
    page = sit("周航")
    assert page.views()[1] == "提醒函 0"
    press(qtbot, page, CaseKey.LETTER)
    assert page.list.current_id() == bad
    press(qtbot, page, GlobalKey.FINISH)
    assert page.host.panel.said().startswith("先在左边选写哪几件")
    press(qtbot, page, ListKey.NEXT)
    assert page.list.rows()[0].tag.startswith("已选 ")
    content = page.host.panel.form.content()
    assert content["problems"] == ["双否"]
    assert content["unit"] is not None
    press(qtbot, page, GlobalKey.FINISH)
    assert page.host.panel is None
    assert page.views()[1] == "提醒函 1"
    assert "楼道漏电" in page.card.words()

    press(qtbot, page, LetterKey.NEXT)
    press(qtbot, page, GlobalKey.FINISH)
    assert said(page, "to") == "请填交给了谁。"
    fill(page, to="方岩")
    press(qtbot, page, GlobalKey.FINISH)
    assert "送达，交方岩" in page.card.words()

    unit = sit("赵强")
    assert unit.views()[:2] == ("表扬书 0", "提醒函 1")
    assert unit.bar.labels()[0] == "整改反馈"
    press(qtbot, unit, LetterKey.NEXT)
    press(qtbot, unit, GlobalKey.FINISH)
    assert said(unit, "done_on") == "请填完成日期。"
    fill(unit, done_on="今天")
    press(qtbot, unit, GlobalKey.FINISH)
    assert said(unit, "measures") == "请写明整改措施。"
    fill(unit, measures="补了两名电工。")
    press(qtbot, unit, GlobalKey.FINISH)
    assert said(unit, "responsible") == "请填整改的责任人。"
    fill(unit, responsible="方岩", done_on="2026-12-30")
    press(qtbot, unit, GlobalKey.FINISH)
    assert said(unit, "done_on") == "完成日期还没有到，请整改完再反馈。"
    fill(unit, done_on="今天")
    press(qtbot, unit, GlobalKey.FINISH)
    assert unit.views()[1] == "提醒函 0"
    assert "责任人：方岩" in unit.card.words()
    assert unit.bar.labels() == ["预览、打印"]


def test_a_letter_that_was_wrong_is_revoked_with_a_reason(qtbot, life, sit, bad):
    page = sit("郑伟")
    press(qtbot, page, CaseKey.LETTER)
    press(qtbot, page, ListKey.OPEN)
    press(qtbot, page, GlobalKey.FINISH)
    page.bar.press("撤销")
    press(qtbot, page, GlobalKey.FINISH)
    assert said(page, "note") == "请写明为什么撤销，收信的单位看得到。"
    fill(page, note="写错了单位")
    press(qtbot, page, GlobalKey.FINISH)
    assert "撤销：写错了单位" in page.card.words()
    assert "撤销" not in page.bar.labels()
