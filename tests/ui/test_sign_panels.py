"""Signing on the page of a case: in one's own name, for another, from paper, and a new version."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy.orm import Session

from desk.actions.leader_areas import SetLeaderArea
from desk.actions.revising import ReviseOpinion
from desk.rules.codes import CaseStatus, OpinionStatus
from desk.store.ids import new_id
from desk.store.models import Deputy, Staff
from desk.store.people import person_of
from desk.ui.case.sign_panels import OnPaperPanel, RevisePanel, SignPanel, VersionsPanel
from tests.ui.case_desk import CTRL, sit_at_case

SHIFT = Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 11, 2)


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open a case for a member of staff as he is today; 郑伟 answers for 城建办."""
    hall = life.hall
    asked = {"leader": hall.person("郑伟").staff_id, "unit": hall.unit("城建办")}
    request = SetLeaderArea(**hall.by("许诺"), **asked, valid_from=TODAY)
    hall.sign_in("许诺").carry_out(request)
    with Session(hall.engine) as session, session.begin():
        session.add(
            Deputy(
                id=new_id(),
                street_id=hall.street_id,
                principal_id=asked["leader"],
                deputy_id=hall.person("周航").staff_id,
                valid_from=TODAY,
            )
        )
        session.flush()
        staff = session.get(Staff, hall.person("周航").staff_id)
        hall._people["周航"] = person_of(session, staff, TODAY)
    return partial(sit_at_case, qtbot, life, desk_of)


def words_of(panel):
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_only_whose_desk_it_is_may_sign_and_take_it_back(sit, life):
    case = life.at("signing")
    assert "审签意见书" not in sit("王磊", case).offered()

    leader = sit("郑伟", case)
    leader.alt("Y")
    leader.choose("is_agreed", 2)
    assert leader.panel.button.text() == "退回修改"
    leader.choose("is_agreed", 1)
    leader.finish()
    assert life.case(case).status is CaseStatus.SEALING
    assert any(label.startswith("撤回签批") for label in leader.offered())
    leader.press(Qt.Key.Key_Z, CTRL)

    assert life.case(case).status is CaseStatus.SIGNING


def test_a_deputy_signs_on_the_case_under_a_key_of_its_own(sit, life):
    case = life.at("signing")
    deputy = sit("周航", case)
    assert "代郑伟签" in deputy.offered()

    deputy.alt("D")
    assert isinstance(deputy.panel, SignPanel)
    deputy.finish()

    assert life.case(case).status is CaseStatus.SEALING
    assert life.opinion(case).signed_by == life.hall.person("周航").staff_id


def test_the_office_types_one_result_in_on_the_case(sit, life):
    case = life.at("signing")
    office = sit("冯丽", case)
    office.press(Qt.Key.Key_Y, CTRL | SHIFT)
    assert isinstance(office.panel, OnPaperPanel)
    assert "现在在郑伟处" in words_of(office.panel)
    office.panel._day.set_text("上周")
    office.panel.submit()
    assert "看不懂" in office.panel._day.state().sentence

    office.panel._day.set_text("11-2")
    office.finish()

    assert life.case(case).status is CaseStatus.SEALING
    assert any(label.startswith("撤回录入") for label in office.offered())
    office.press(Qt.Key.Key_Z, CTRL)
    assert life.case(case).status is CaseStatus.SIGNING


def test_a_new_version_is_begun_with_a_reason_and_compared(sit, life):
    case = life.at("sealing")
    handler = sit("赵强", case)
    handler.press(Qt.Key.Key_V, CTRL | SHIFT)
    assert isinstance(handler.panel, RevisePanel)
    assert "文号不变" in words_of(handler.panel)
    handler.panel._reason.set_text("金额写错")
    handler.finish()
    assert life.case(case).status is CaseStatus.OPINION
    assert life.opinion(case).status is OpinionStatus.DRAFT
    draft = life.opinion(case)
    words = {name: getattr(draft, name) for name in ("title", "acceptance", "findings")}
    life.rewrite(case, **words, decision="已更换线路，共 320 元。")

    leader = sit("郑伟", case)
    leader.page.papers.versions_wanted.emit()
    assert isinstance(leader.panel, VersionsPanel)
    said = words_of(leader.panel)
    assert "第 2 版" in said
    assert "处理意见有改动" in said
    leader.panel.submit()
    leader.alt("Y")
    assert "与上一版不同" in words_of(leader.panel)
    leader.finish()

    assert life.papers(case)["opinion-notice"].revision == 2


def test_after_the_seal_the_panel_says_that_the_number_changes(sit, life):
    case = life.at("delivering")
    handler = sit("赵强", case)

    handler.press(Qt.Key.Key_V, CTRL | SHIFT)

    assert "新版另给文号" in words_of(handler.panel)
    life.do("赵强", ReviseOpinion, case, reason="金额写错")
    assert life.case(case).status is CaseStatus.OPINION
