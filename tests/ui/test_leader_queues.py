"""The first leader's desk by keys: a digit, Enter or a word, and the next case is there."""

import pytest
from PySide6.QtCore import Qt

from desk.actions.assessing import AskAssessment, DecideAssessment
from desk.actions.leader_desk import MarkKeyCase
from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.leader_queues import LeaderQueue
from desk.store.models import AssessmentRequest, Contact
from desk.ui.case.leader_panels import KeyPanel, LeaderCallPanel
from desk.ui.start.queues_face import QueuesFace
from desk.ui.start_page import StartPage
from tests.actions.work import Work

Q = LeaderQueue
CTRL = Qt.KeyboardModifier.ControlModifier
FACTS = "界桩照片显示不在本辖区，已当面说明。"


def asked(life, summary):
    """Return a case whose exclusion waits for the first leader."""
    case = life.at("follow_up", summary=summary)
    reasons = {"kind": RequestKind.EXCLUDE, "reasons": (ExclusionReason.ELSEWHERE,)}
    life.do("赵强", AskAssessment, case, facts=FACTS, head_name="方岩", **reasons)
    life.do("郑伟", DecideAssessment, case, is_passed=True)
    return case


@pytest.fixture
def work(sqlite_hall):
    return Work(sqlite_hall, sqlite_hall.clock)


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Sit a leader down before his queues."""
    pages = []

    def at(who):
        desk = desk_of(who)
        desk.set_time(life.hall.clock())
        page = StartPage(desk)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        if not isinstance(page.face, QueuesFace):
            page.choose_view(1)
        page.arrive()
        qtbot.waitUntil(lambda: page.face.queue is not None)
        return page.face

    yield at
    for page in pages:
        page.close()


def state_of(work, case):
    return work.all(AssessmentRequest, case)[-1].state


def test_enter_signs_one_request_after_the_other_and_a_refusal_asks_for_its_reason(
    qtbot, life, work, sit
):
    first, second, third = (asked(life, summary) for summary in ("甲", "乙", "丙"))
    face = sit("王磊")
    qtbot.keyClick(face.list, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: face.file is not None and face.file.id == first)
    assert face.tiles.tile(Q.TO_SIGN).count() == 3
    qtbot.keyClick(face.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: face.file is not None and face.file.id == second)
    assert state_of(work, first) is RequestState.OFFICE

    qtbot.keyClick(face.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: face.file is not None and face.file.id == third)
    face.bar.press("不同意")
    qtbot.waitUntil(lambda: face.host.panel is not None)
    note = face.window().focusWidget()
    note.insertPlainText("缺产权证")
    qtbot.keyClick(note, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: third not in {row.id for row in face.list.rows()})
    assert state_of(work, third) is RequestState.REFUSED
    assert face.list.hasFocus()


def test_a_digit_shows_a_queue_and_enter_opens_its_case(qtbot, life, sit):
    case = life.at("handling", summary="停水")
    life.do("王磊", MarkKeyCase, case, reason="涉及 200 户用水")
    face = sit("王磊")
    assert face.queue is Q.KEY  # the first that holds anything
    assert face.list.rows()[0].left.endswith("涉及 200 户用水")
    opened = []
    face.case_wanted.connect(opened.append)
    qtbot.keyClick(face.list, Qt.Key.Key_Return)
    assert opened == [case]
    qtbot.keyClick(face.list, Qt.Key.Key_1)
    assert (face.queue, face.list.rows()) == (Q.DOUBLE_NO, ())


def test_a_mark_and_its_reason_are_kept_when_the_panel_is_put_away(qtbot, life, sit):
    case = life.at("handling", summary="停水")
    life.do("王磊", MarkKeyCase, case, reason="停水")
    face = sit("郑伟")
    qtbot.waitUntil(lambda: "取消重点件、改理由" in face.bar.labels())
    face.bar.press("取消重点件、改理由")
    panel = face.host.panel
    assert isinstance(panel, KeyPanel)
    qtbot.keyClick(face.window().focusWidget(), Qt.Key.Key_2)  # another reason
    panel._reason.setFocus()
    face.window().focusWidget().insertPlainText("停水三天，涉及 200 户")
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: face.host.panel is None)
    face.bar.press("取消重点件、改理由")
    kept = {"way": "keep", "reason": "停水三天，涉及 200 户"}
    qtbot.waitUntil(lambda: face.host.panel.form.content() == kept)
    face.host.submit()
    qtbot.waitUntil(lambda: life.case(case).key_reason == "停水三天，涉及 200 户")


def test_a_leader_rings_with_a_look_that_is_on_record(qtbot, life, work, sit):
    case = life.at("follow_up", summary="再办的")
    life.again(case)
    face = sit("王磊")
    qtbot.keyClick(face.list, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: "领导回访" in face.bar.labels())
    face.bar.press("领导回访")
    panel = face.host.panel
    assert isinstance(panel, LeaderCallPanel)
    panel._look.click()
    qtbot.waitUntil(lambda: "13800000023" in panel._number.text())
    assert life.lines("private.revealed")
    panel.drop_contact()
    assert panel._number.text() == ""
    panel.form.fill({"note": "说这次修好了。", "over_reason": "领导亲自回访"})
    panel.submit()
    qtbot.waitUntil(lambda: face.tiles.tile(Q.TO_CALL).count() == 0)
    assert work.all(Contact, case)[-1].note == "说这次修好了。"
