"""A whole case goes through its file by keys alone, and nobody sees or loses what he should not."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy.orm import Session

from desk.actions.closing import CorrectCase
from desk.actions.dispatching import DispatchCase, GradeCase
from desk.actions.followup import RecordFollowUp
from desk.rules.codes import CaseStatus, NextStep, Resolution, Satisfaction, Urgency
from desk.rules.urgency import Judgement
from desk.store.models import PrivateFacts
from desk.ui.case.followup_panel import FollowUpPanel
from desk.ui.drafts import drafts_of
from tests.ui.case_desk import CTRL, ESCAPE, RETURN, sit_at_case


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open a case for a member of staff."""
    return partial(sit_at_case, qtbot, life, desk_of)


def test_only_what_one_may_do_now_is_offered_the_next_step_first(sit, life):
    case = life.at("accepted")

    assert sit("赵强", case).offered()[:5] == ["接通", "没接", "号码错", "已核实", "退回"]
    assert "分拨" not in sit("赵强", case).offered()
    assert sit("秦岚", case).offered() == [
        "督办",
        "催办",
        "会商纪要",
        "表扬、提醒",
        "批注",
        "附件",
        "记被反映单位",
        "出具文书",
        "更正文书",
        "打印",
        "回填",
        "为什么不能办结",
        "打印查询记录",
    ]


def test_lateness_is_asked_for_once_and_only_when_it_is_late(sit, life):
    case = life.at("handling")
    handler = sit("赵强", case)
    handler.alt("B")
    late = handler.panel.form.entries["late_reason"]
    handler.choose("result", 1)
    handler.fill("measures", "wires replaced")
    assert not handler.panel._late.isVisible()

    life.hall.clock.forward(hours=30)  # the limit passes while this is being written
    handler.finish()

    assert handler.panel._late.isVisible()
    assert "请写明原因" in handler.panel._late.state().sentence
    late.focus()
    handler.write("waited for parts")
    handler.finish()
    assert life.case(case).status is CaseStatus.OPINION


def test_escape_keeps_what_was_written_for_the_next_time(sit, life):
    case = life.at("accepted")
    handler = sit("赵强", case)
    handler.alt("H")
    handler.write("half a sentence")
    handler.press(ESCAPE)
    assert handler.panel is None

    handler.alt("H")

    assert handler.panel.form.entries["note"].read() == "half a sentence"
    handler.finish()
    handler.alt("X")
    assert handler.panel.form.entries["note"].read() == ""


def test_a_colleagues_change_is_offered_in_a_line_and_not_forced(sit, life):
    case = life.at("accepted")
    handler = sit("赵强", case)
    life.do(
        "周航", GradeCase, case, urgency=Urgency.URGENT, is_complex=False, judgement=Judgement()
    )

    handler.desk.changed.emit(_Touching(case), "周航")
    handler.quiet()

    assert "周航" in handler.page.notice.sentence()
    assert "级别由快处改为紧急" in handler.page.notice.sentence()
    assert handler.screen.file.urgency is Urgency.FAST
    handler.page.notice.press()
    handler.quiet()
    assert handler.screen.file.urgency is Urgency.URGENT
    assert handler.page.notice.sentence() == ""


def test_a_stale_deed_keeps_the_words_and_goes_through_on_the_second_press(sit, life):
    case = life.at("accepted")
    handler = sit("赵强", case)
    handler.alt("H")
    handler.write("the box was live")
    life.note(case, "请尽快")

    handler.finish()

    assert "刚有变化" in handler.panel.said()
    assert "周航" in handler.panel.said()
    assert handler.panel.form.entries["note"].read() == "the box was live"
    handler.finish()
    assert handler.screen.file.round.verify_note == "the box was live"


def test_two_corrections_of_one_fact_are_laid_side_by_side(sit, life):
    case = life.at("accepted")
    handler = sit("赵强", case)
    handler.page.facts.correction_asked.emit("summary")
    handler.panel.form.entries["summary"].write("楼道漏电（我写的）")
    handler.panel.form.entries["reason"].write("看过现场")
    _correct(life, case, summary="楼道漏电（同事写的）")

    handler.finish()

    sheet = handler.page.host.sheet
    assert sheet is not None
    assert sheet.decisions() == {}
    assert handler.screen.file.summary == "楼道漏电（同事写的）"
    sheet.choose("summary", "mine")
    sheet.resolved.emit(sheet.decisions())
    handler.quiet()
    assert life.case(case).summary == "楼道漏电（我写的）"


def test_a_deed_that_is_no_longer_ones_own_is_refused_but_stays_readable(sit, life):
    case = life.at("accepted")
    handler = sit("赵强", case)
    handler.alt("H")
    handler.write("the box was live")
    life.do("周航", _redispatch(life), case)

    handler.finish()

    assert "不归您办理" in handler.panel.said()
    assert not handler.panel.button.isEnabled()
    assert handler.panel.form.entries["note"].read() == "the box was live"


def test_contact_data_of_others_needs_a_reason_and_goes_away_again(qtbot, sit, life):
    case = life.at("accepted")
    chief = sit("王磊", case)
    assert chief.page.facts.rows["phone"].words() == "已隐去"
    chief.page.facts.reveal_asked.emit()

    chief.finish()
    assert "理由" in chief.panel.form.findChildren(type(chief.panel._reason))[0].state().sentence
    chief.write("leader calls himself")
    chief.finish()

    assert chief.page.facts.rows["phone"].words() == "13800000023"
    life.hall.clock.forward(seconds=31)
    chief.page.facts.hide_due.emit()
    chief.quiet()
    assert chief.page.facts.rows["phone"].words() == "已隐去"
    assert life.lines("private.revealed")


def revealed(sit, life, who, case):
    """Let someone give a reason and see the contact data."""
    sitting = sit(who, case)
    sitting.page.facts.reveal_asked.emit()
    sitting.write("calls back himself")
    sitting.finish()
    return sitting


def half_a_minute_later(sitting):
    sitting.hall.clock.forward(seconds=31)
    sitting.page.facts.hide_due.emit()
    sitting.quiet()


def test_revealed_contact_data_leaves_an_open_correction_too(sit, life):
    case = life.register()
    dispatcher = revealed(sit, life, "周航", case)
    dispatcher.page.facts.correction_asked.emit("phone")
    panel = dispatcher.panel
    assert panel.form.entries["phone"].read() == "13800000023"
    dispatcher.fill("address", "x")
    dispatcher.fill("reason", "misheard")

    half_a_minute_later(dispatcher)

    assert dispatcher.panel is panel
    assert "13800000023" not in str(panel.form.content())
    assert not any("13800000023" in str(draft.content) for draft in drafts_of(dispatcher.desk).all(
        dispatcher.desk.person.staff_id))  # fmt: skip
    assert panel.form.entries["address"].read().endswith("x")
    assert "已经隐去" in panel.said()
    dispatcher.finish()
    with Session(life.hall.engine) as session:
        facts = session.get(PrivateFacts, case)
    assert (facts.phone, facts.address[-1]) == ("13800000023", "x")


def test_revealed_contact_data_leaves_an_open_follow_up_too(sit, life):
    case = life.at("follow_up")
    done = {"was_contacted": True, "resolution": Resolution.YES, "next_step": NextStep.CLOSE}
    life.do("吴芳", RecordFollowUp, case, is_reached=True, satisfaction=Satisfaction.FAIRLY, **done)
    caller = revealed(sit, life, "吴芳", case)
    panel = caller.page.host.open(FollowUpPanel, caller.screen.file)
    shown = {label.text() for label in panel.form.findChildren(QLabel)}
    assert {"陈桂芳", "13800000023"} <= shown

    half_a_minute_later(caller)

    shown = {label.text() for label in panel.form.findChildren(QLabel)}
    assert not {"陈桂芳", "13800000023"} & shown
    assert "已隐去" in shown


def test_contact_data_of_ones_own_work_is_shown_and_the_look_logged_once(sit, life):
    case = life.at("accepted")
    version = life.case(case).version
    handler = sit("赵强", case)
    handler.screen.reload()
    handler.quiet()

    assert handler.page.facts.rows["phone"].words() == "13800000023"
    (line,) = life.lines("private.looked")
    assert line.title == "查看联系方式（案件卷）"
    assert life.case(case).version == version


def test_when_it_occurred_is_shown_as_it_was_told(sit, life):
    clerk = sit("李敏", life.register(occurred="上周四晚上"))

    assert clerk.page.facts.rows["occurred"].words() == "上周四晚上"


def test_who_sees_no_contact_data_leaves_no_look(sit, life):
    sit("王磊", life.at("accepted"))

    assert life.lines("private.looked") == []


def test_enter_on_a_fact_corrects_it_with_a_reason(sit, life):
    case = life.at("accepted")
    handler = sit("赵强", case)

    handler.alt("P")
    handler.press(RETURN)
    assert handler.focused().text() == "陈桂芳"
    handler.focused().selectAll()
    handler.write("chen")
    handler.fill("reason", "misheard")
    handler.finish()

    assert handler.screen.file.contact_data.name == "chen"
    assert handler.screen.file.steps[0].title == "更正 诉求人"


def test_why_a_case_cannot_be_closed_is_said_in_words(sit, life):
    case = life.at("accepted")
    handler = sit("赵强", case)

    handler.page.bar.press("为什么不能办结")

    said = handler.page.notice.sentence()
    assert "还没有联系诉求人。" in said
    assert "意见书还没有起草" in said


def test_f4_explains_the_clock_that_is_nearest(sit, life):
    handler = sit("赵强", life.at("accepted"))

    handler.press(Qt.Key.Key_F4)

    assert handler.page.notice.sentence().startswith("联系：限 10 分钟，从受理起算；")


def test_the_strip_has_six_clocks_in_their_fixed_order(sit, life):
    handler = sit("赵强", life.at("accepted"))

    names = [cell.face.name for cell in handler.page.strip.cells()[:6]]
    assert names == ["分拨", "联系", "核实", "办理", "意见书", "回访"]


def test_the_timeline_can_be_narrowed_to_contacts(sit, life):
    handler = sit("赵强", life.at("handling"))

    handler.page.steps.set_filter("contacts")

    (line,) = handler.page.steps.timeline.entries()
    assert (line.verb, line.who, line.details) == (
        "电话联系 接通",
        "赵强 · 城建办",
        ("约好十点到场",),
    )


def test_a_file_is_taken_for_what_it_is_and_not_for_its_name(sit, life, tmp_path):
    case = life.at("accepted")
    handler = sit("赵强", case)
    program, paper = tmp_path / "photo.jpg", tmp_path / "report.pdf"
    program.write_bytes(b"MZ\x90\x00 not a photo")
    paper.write_bytes(b"%PDF-1.7 specimen")

    handler.alt("U")
    handler.panel.take_paths([program, paper])
    handler.quiet()
    assert "没有收下" in handler.panel.said()
    handler.finish()

    (attachment,) = handler.screen.file.attachments
    assert (attachment.name, attachment.media_type) == ("report.pdf", "application/pdf")


def test_a_link_to_an_earlier_case_can_be_taken_back_at_once(sit, life):
    earlier, case = life.register(), life.register()
    dispatcher = sit("周航", case)
    dispatcher.alt("C")
    dispatcher.write("00001")
    dispatcher.finish()
    assert dispatcher.screen.file.repeat_of_id == earlier

    dispatcher.press(Qt.Key.Key_Z, CTRL)

    assert dispatcher.screen.file.repeat_of_id is None


def test_f9_asks_for_the_paper_that_has_the_keyboard_else_the_newest(qtbot, sit, life):
    case = life.at("dispatched")
    handler = sit("赵强", case)
    handler.screen.paper_wanted.disconnect()
    asked = []
    handler.screen.paper_wanted.connect(asked.append)

    handler.press(Qt.Key.Key_F9)
    handler.page.papers.rows[0].setFocus()
    handler.press(Qt.Key.Key_F9)

    papers = life.papers(case)
    assert asked == [papers["dispatch-slip"].id, papers["intake-sheet"].id]


def test_grading_shows_the_suggested_level_before_it_is_chosen(sit, life):
    case = life.register()
    dispatcher = sit("周航", case)
    dispatcher.alt("J")
    dispatcher.press(Qt.Key.Key_Space)  # 可能引发舆情
    assert dispatcher.panel._suggestion.text().startswith("建议 紧急。")
    dispatcher.choose("urgency", 1)

    dispatcher.finish()

    assert life.case(case).urgency is Urgency.URGENT


def test_keeping_an_opinion_does_not_hand_it_in(sit, life):
    case = life.at("opinion")
    handler = sit("赵强", case)
    handler.alt("Y")
    handler.write(" more")

    handler.press(Qt.Key.Key_S, CTRL)

    assert life.case(case).status is CaseStatus.OPINION
    assert life.opinion(case).decision.endswith(" more")


def test_a_case_one_may_no_longer_see_leaves_no_trace_on_the_screen(sit, life):
    case = life.register(accused_unit=life.hall.unit("城建办"))

    handler = sit("赵强", case)

    assert handler.screen.file is None
    assert not handler.page.isVisible()


class _Touching:
    """What the live news say: a colleague touched a case."""

    def __init__(self, case):
        self.cases = (case,)
        self.title = "改级"

    def touches(self, case_id):
        return case_id in self.cases


def _correct(life, case, **facts):
    life.do("周航", CorrectCase, case, reason="诉求人来电", **facts)


def _redispatch(life):
    return partial(
        DispatchCase, lead=life.hall.unit("榕东社区"), urgency=Urgency.FAST, reason="属社区职责"
    )
