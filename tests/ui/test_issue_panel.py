"""A clerk issues a paper that somebody asks for, and corrects one, by keys alone."""

from functools import partial

import pytest
from PySide6.QtCore import Qt

from desk.rules.codes import Exit, PaperState
from tests.ui.case_desk import CTRL, RETURN, sit_at_case

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open a case for a member of staff."""
    return partial(sit_at_case, qtbot, life, desk_of)


def issue(clerk):
    """Open the panel for a new paper."""
    clerk.press(Qt.Key.Key_I, CTRL | SHIFT)
    return clerk.panel


def choose(clerk, words):
    """Choose a paper by its initials."""
    clerk.fill("code", words)
    clerk.press(RETURN)


def chosen(panel):
    """Return which paper stands in the panel."""
    return panel.form.entries["code"].in_words()


def test_the_one_paper_that_fits_is_chosen_and_issued_by_two_keys(sit, life):
    case = life.at("handling")
    handler = sit("赵强", case)

    assert chosen(issue(handler)) == "群众诉求受理告知书"
    handler.finish()

    assert life.papers(case)["acceptance-notice"].state is PaperState.TO_SEAL
    assert len(handler.page.papers.rows) == len(life.papers(case))
    assert "出具文书" not in handler.offered()
    assert "更正文书" in handler.offered()


def test_of_several_papers_one_must_be_chosen(sit, life):
    case = life.register(exit=Exit.ON_SPOT, answer="当场说明了办理流程。")
    clerk = sit("李敏", case)

    panel = issue(clerk)
    assert chosen(panel) == ""
    clerk.finish()
    assert clerk.panel is panel
    assert "closing-report" not in life.papers(case)

    choose(clerk, "bjbg")
    clerk.finish()

    assert life.papers(case)["closing-report"].number == life.case(case).number


def test_whoever_is_guided_elsewhere_gets_the_notice_that_says_where(sit, life):
    case = life.register(exit=Exit.GUIDANCE, answer="由劳动监察处理。", guided_to="区劳动监察大队")
    clerk = sit("李敏", case)

    panel = issue(clerk)
    choose(clerk, "bysl")
    assert panel.hint().endswith("一式 2 份：诉求人一份，存档一份。")
    clerk.finish()

    assert life.papers(case)["guidance-notice"].row["guided_to"] == "区劳动监察大队"


def test_the_same_panel_corrects_what_was_issued(sit, life):
    case = life.at("handling")
    clerk = sit("周航", case)

    clerk.press(Qt.Key.Key_W, CTRL | SHIFT)
    assert clerk.panel.button.text() == "出具新版"
    assert "编号不变" in clerk.panel.hint()
    choose(clerk, "slhz")
    clerk.finish()

    assert life.papers(case)["receipt"].revision == 2


def test_a_colleagues_change_leaves_the_chosen_paper_where_it_is(sit, life):
    case = life.register(exit=Exit.GUIDANCE, answer="由劳动监察处理。", guided_to="区劳动监察大队")
    clerk = sit("李敏", case)
    panel = issue(clerk)
    choose(clerk, "jnml")
    life.note(case, "同事的批注")

    clerk.finish()
    assert chosen(panel) == "卷内目录"
    clerk.finish()

    assert "case-contents" in life.papers(case)
