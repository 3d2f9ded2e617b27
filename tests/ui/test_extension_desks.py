"""待批的延期, 挂账与暂停: on the desks of 信联办 and the leaders, answered by one key."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desk.actions.attachments import AddAttachment
from desk.actions.extensions import AskExtension, DecideExtension, ReviewExtension
from desk.actions.parked import ReviewParked
from desk.actions.pauses import PauseClocks
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, PauseReason
from desk.rules.clock_faces import ClockState
from desk.rules.codes import CaseStatus, ContactWay
from desk.rules.moments import day_of
from desk.ui.start.extensions_face import ExtensionsFace
from desk.ui.start_page import StartPage
from tests.ui.case_desk import sit_at_case

_PATIENCE_MS = 20_000  # a machine may be busy with other tests
CTRL = Qt.KeyboardModifier.ControlModifier


def told(life):
    return {"told_way": ContactWay.PHONE, "told_at": life.hall.clock()}


def ask(life, case, **more):
    later = life.hall.clock() + timedelta(days=4)
    facts = {"kind": ExtensionKind.EXTEND, "until": later, "reason": ExtensionReason.WORKS}
    facts |= {"explanation": "等供电公司换总进线"}
    life.do("赵强", AskExtension, case, **(facts | told(life) | more))


def park(life, days=30):
    """Return a case that is parked and looked at again in so many days."""
    case = life.at("handling", summary="挂账的")
    day = day_of(life.hall.clock()) + timedelta(days=days)
    ask(life, case, kind=ExtensionKind.PARK, until=None, review_on=day)
    life.do("周航", ReviewExtension, case, is_passed=True)
    life.do("郑伟", DecideExtension, case, is_granted=True)
    return case


def pause(life, **more):
    case = life.at("handling", summary="暂停的")
    facts = {"reason": PauseReason.MATERIALS, "note": "等房产证"} | told(life)
    life.do("赵强", PauseClocks, case, **(facts | more))
    return case


@pytest.fixture
def desk_at(qtbot, life, desk_of):
    """Sit somebody down at his start page, at one of its views."""
    pages = []

    def sit(who, view=0):
        desk = desk_of(who)
        desk.set_time(life.hall.clock())
        page = StartPage(desk)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.choose_view(view) if view else page.arrive()
        return page

    yield sit
    for page in pages:
        page.close()


def titles(face):
    return [row.title for row in face.list.rows()]


def press(qtbot, face, label):
    qtbot.waitUntil(lambda: label in face.bar.labels(), timeout=_PATIENCE_MS)
    qtbot.keyClick(face.list, Qt.Key.Key_Return, CTRL)


def test_a_request_goes_by_two_keys_from_the_office_to_the_leader(qtbot, life, desk_at):
    case = life.at("handling")
    ask(life, case)
    office = desk_at("周航").face
    qtbot.waitUntil(lambda: titles(office)[:1] == ["待批的延期、挂账"], timeout=_PATIENCE_MS)
    press(qtbot, office, "情况属实，转分管领导")
    qtbot.waitUntil(lambda: "待批的延期、挂账" not in titles(office), timeout=_PATIENCE_MS)
    leader = desk_at("郑伟").face
    qtbot.waitUntil(lambda: titles(leader)[:1] == ["待批的延期、挂账"], timeout=_PATIENCE_MS)
    qtbot.waitUntil(lambda: "等供电公司换总进线" in leader.brief.still(), timeout=_PATIENCE_MS)
    press(qtbot, leader, "照申请批准")
    qtbot.waitUntil(lambda: "待批的延期、挂账" not in titles(leader), timeout=_PATIENCE_MS)
    assert life.lines("extension.decided")


def test_a_case_says_what_is_asked_for_and_where_it_lies(qtbot, life, desk_of):
    case = life.at("handling")
    ask(life, case, told_way=None, told_at=None)
    said = sit_at_case(qtbot, life, desk_of, "赵强", case).page.still.text()
    assert said.startswith("已申请延期至 ")
    assert said.endswith("，待信联办审核，还没有告知诉求人。")


def test_what_stands_still_is_listed_with_what_is_overdue_on_top(qtbot, life, desk_at):
    parked, paused = park(life, days=2), pause(life)
    page = desk_at("秦岚", 1)
    face = page.face
    assert isinstance(face, ExtensionsFace)
    qtbot.waitUntil(
        lambda: titles(face) == ["挂账", "挂账的", "暂停", "暂停的"], timeout=_PATIENCE_MS
    )
    assert face.bar.labels() == ["打开案件卷"]

    life.hall.clock.forward(days=3)
    page = desk_at("周航", 1)
    qtbot.waitUntil(
        lambda: titles(page.face) == ["该复核、停得太久的", "挂账的", "暂停", "暂停的"],
        timeout=_PATIENCE_MS,
    )
    late = page.face.list.rows()[1]
    assert (late.id, late.face.state, late.face.text) == (parked, ClockState.OVER, "超 1 天")

    life.hall.clock.forward(days=4)
    life.do("周航", ReviewParked, parked, note="资金到位")
    page = desk_at("周航", 1)
    qtbot.waitUntil(
        lambda: titles(page.face) == ["该复核、停得太久的", "暂停的"], timeout=_PATIENCE_MS
    )
    assert page.face.list.rows()[1].face.text == "太久"
    assert life.case(paused).status is CaseStatus.HANDLING


def test_a_case_says_that_what_it_waits_for_has_come(qtbot, life, desk_of):
    case = pause(life)
    sitting = sit_at_case(qtbot, life, desk_of, "赵强", case)
    assert "暂停中：等诉求人补充材料" in sitting.page.still.text()
    pdf = b"%PDF-1.7\n%%EOF\n"
    life.do("李敏", AddAttachment, case, name="房产证.pdf", content=pdf)
    sitting = sit_at_case(qtbot, life, desk_of, "赵强", case)
    assert sitting.page.still.text() == (
        "暂停中：等诉求人补充材料。之后收到附件“房产证.pdf”，等的已到就按 Ctrl+Shift+Z 恢复。"
    )
