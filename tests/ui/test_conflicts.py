"""Two people write about one case at once: nobody loses a word, and masks stay masks."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desk.actions.closing import CorrectCase
from desk.actions.opinions import WriteOpinion
from desk.rules.codes import CaseStatus
from desk.ui.case.form_panel import FormPanel
from desk.ui.mediation.caucus_panel import CaucusPanel
from desk.ui.widgets.conflict_view import Keep
from tests.ui.case_desk import CTRL, sit_at_case

PHONE, OTHER = "13800000023", "13800000099"


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open a case for a member of staff."""
    return partial(sit_at_case, qtbot, life, desk_of)


@pytest.fixture
def correct(life):
    """Let a colleague correct facts of a case meanwhile."""
    return lambda case, **facts: life.do("周航", CorrectCase, case, reason="诉求人来电", **facts)


def correcting(sitting, **facts):
    """Open the correction and write these facts into it."""
    sitting.page.facts.correction_asked.emit("summary")
    for name, words in {"reason": "看过现场", **facts}.items():
        sitting.panel.form.entries[name].write(words)
    return sitting.panel


def words_of(sitting):
    return " ".join(
        label.text() for label in sitting.screen.findChildren(QLabel) if label.isVisible()
    )


def test_what_two_corrected_apart_is_put_together_with_one_key(sit, life, correct):
    case = life.at("accepted")
    handler = sit("赵强", case)
    correcting(handler, summary="七栋楼道漏电")
    correct(case, address="青榕花园 9 栋")

    handler.finish()
    said = words_of(handler)
    assert "周航改了" in said
    assert "只有您改了" in said
    handler.press(Qt.Key.Key_M, CTRL)

    assert handler.page.host.sheet is None
    assert life.case(case).summary == "七栋楼道漏电"
    assert handler.screen.file.contact_data.address == "青榕花园 9 栋"
    (last,) = life.lines("case.corrected")[-1:]
    assert last.title == "更正 标题"  # with only his field changed
    assert (last.payload["before"].keys()) == {"cases.summary"}


def test_facts_that_belong_together_are_decided_by_hand(sit, life, correct):
    case = life.at("accepted")
    handler = sit("赵强", case)
    correcting(handler, summary="七栋楼道漏电")
    correct(case, details="是八栋楼道漏电，不是七栋。")

    handler.finish()
    assert "“诉求内容”和“标题”，标题是照诉求内容写的" in words_of(handler)
    handler.press(Qt.Key.Key_M, CTRL)
    assert handler.page.host.sheet is not None
    handler.page.host.sheet.choose("summary", Keep.THEIRS)
    handler.press(Qt.Key.Key_Escape)

    assert handler.page.host.sheet is None
    assert handler.panel.form.entries["summary"].read() == "七栋楼道漏电"
    assert life.case(case).summary != "七栋楼道漏电"


def test_an_opinion_that_was_only_kept_is_not_handed_in_by_putting_it_together(sit, life):
    case = life.at("opinion")
    handler = sit("赵强", case)
    handler.alt("Y")
    words = {name: handler.panel.form.entries[name].read() for name in ("title", "acceptance")}
    rest = {"findings": "线路老化。", "decision": "已更换。", "basis": "", "remedy": ""}
    colleague = {**words, **rest, "next_measures": "每月巡查一次。", "is_ready": False}
    handler.panel.form.entries["title"].write("关于七栋楼道漏电的答复")
    life.do("赵强", WriteOpinion, case, **colleague)

    handler.press(Qt.Key.Key_S, CTRL)
    sheet = handler.page.host.sheet
    assert sheet is not None
    for name in set(sheet._parts) - set(sheet.decisions()):
        sheet.choose(name, Keep.THEIRS)
    handler.finish()

    assert life.case(case).status is CaseStatus.OPINION
    assert handler.screen.file.opinion.title == "关于七栋楼道漏电的答复"
    assert handler.screen.file.opinion.next_measures == "每月巡查一次。"


def test_a_number_that_is_hidden_from_somebody_is_not_shown_by_two_versions(sit, life, correct):
    case = life.at("accepted")
    dispatcher = sit("周航", case)
    assert dispatcher.screen.file.contact_data is None
    panel = correcting(dispatcher, summary="七栋楼道漏电")
    assert "phone" not in panel.form.entries
    life.do("赵强", CorrectCase, case, reason="诉求人来电", phone=OTHER, summary="楼道漏电，急")

    dispatcher.finish()

    assert dispatcher.page.host.sheet is not None
    assert OTHER not in words_of(dispatcher)
    assert PHONE not in words_of(dispatcher)


def test_two_versions_of_a_number_go_away_when_the_look_is_over(sit, life):
    case = life.at("accepted")
    dispatcher = sit("周航", case)
    dispatcher.page.facts.reveal_asked.emit()
    dispatcher.write("calls back himself")
    dispatcher.finish()
    panel = correcting(dispatcher, phone="13800000044")
    at_once = CorrectCase(
        **life.hall.by("赵强"), case=case, seen=life.case(case).version, phone=OTHER, reason="来电"
    )
    life.hall.sign_in("赵强").carry_out(at_once)
    dispatcher.finish()
    assert OTHER in words_of(dispatcher).replace("<b><u>", "").replace("</u></b>", "")

    life.hall.clock.forward(seconds=31)
    dispatcher.page.facts.hide_due.emit()
    dispatcher.quiet()

    assert dispatcher.page.host.sheet is None
    assert "13800000" not in words_of(dispatcher).replace("<b><u>", "")
    assert panel.form.entries["phone"].read() == "13800000044"  # what he wrote himself stays his


def test_what_was_said_apart_is_compared_with_nobody_s():
    assert CaucusPanel.theirs is FormPanel.theirs  # it says of no field what is on record
