"""Everyone finds his own desk behind Alt+1, with what waits for him and nothing of others."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desk.actions.administration import SetSetting
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import ReturnDispatch
from desk.actions.notices import IssueNotice
from desk.queries.desk_today import counter_day
from desk.queries.holding import case_strip
from desk.queries.overview import leader_day
from desk.queries.silence import silent_cases
from desk.rules.codes import (
    CaseStatus,
    Channel,
    ContactResult,
    Exit,
    ReturnReason,
    Urgency,
)
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.start_page import StartPage, faces_for

RETURN = Qt.Key.Key_Return
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def open_desk(qtbot, desk_of):
    """Show somebody's start page and wait until its list has so many cases."""

    def show(name, cases):
        page = StartPage(desk_of(name))
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.arrive()
        qtbot.waitUntil(lambda: len(ids(page.face)) == cases)
        return page

    return show


def ids(face):
    return [row.id for row in face.list.rows() if row.id is not None]


def heads(face):
    return [row.title for row in face.list.rows() if row.id is None]


@pytest.mark.parametrize(
    ("name", "desks"),
    [
        ("周航", ["分拨", "延期挂账"]),
        ("赵强", ["承办"]),
        ("陈静", ["社区"]),
        ("李敏", ["窗口"]),
        ("王磊", ["六个队列", "领导", "派单确认", "延期挂账", "包案"]),
        ("郑伟", ["领导", "六个队列", "派单确认", "延期挂账", "包案"]),
        ("秦岚", ["监督", "派单确认", "延期挂账"]),
        ("冯丽", ["用印送达"]),
        ("何平", ["归档"]),
    ],
)
def test_each_role_has_its_own_desk(sqlite_hall, name, desks):
    assert [face.name for face in faces_for(sqlite_hall.person(name))] == desks


def test_a_digit_and_enter_dispatch_a_case(qtbot, life, open_desk):
    first, second = life.register(), life.register()
    page = open_desk("周航", 2)
    face = page.face
    qtbot.waitUntil(lambda: face._sheet is not None)
    assert face.list.current_id() == first

    qtbot.keyClick(face.list, "1")
    assert face.units.value() == life.hall.unit("城建办")  # the category's own unit
    qtbot.keyClick(face.list, RETURN)

    qtbot.waitUntil(lambda: ids(face) == [second])
    assert life.case(first).status is CaseStatus.DISPATCHED
    assert life.case(first).lead_unit_id == life.hall.unit("城建办")
    qtbot.waitUntil(lambda: "打印刚才的派单" in face.bar.labels())


def test_ctrl_enter_dispatches_from_the_units_too(qtbot, life, open_desk):
    case = life.register()
    page = open_desk("周航", 1)
    qtbot.waitUntil(lambda: page.face._sheet is not None)
    chip = page.face.units._chips[1]
    chip.setFocus()

    qtbot.keyClick(chip, "2")
    qtbot.keyClick(chip, RETURN, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.DISPATCHED)
    assert life.case(case).lead_unit_id == life.hall.unit("榕东社区")


def test_enter_without_a_unit_only_asks_for_one(qtbot, life, open_desk):
    case = life.register()
    page = open_desk("周航", 1)
    qtbot.waitUntil(lambda: page.face._sheet is not None)
    said = []
    page.said.connect(said.append)

    qtbot.keyClick(page.face.list, RETURN)

    assert "先按数字选一个单位" in said[0]
    assert life.case(case).status is CaseStatus.RECEIVED


def test_the_level_can_be_changed_while_dispatching(qtbot, life, open_desk):
    case = life.register()
    page = open_desk("周航", 1)
    qtbot.waitUntil(lambda: page.face._sheet is not None)
    page.face.level.set_value(Urgency.URGENT)
    qtbot.keyClick(page.face.list, "1")

    qtbot.keyClick(page.face.list, RETURN)

    qtbot.waitUntil(lambda: life.case(case).urgency is Urgency.URGENT)


def test_a_unit_that_wants_to_hand_back_stands_on_top(qtbot, life, open_desk):
    waiting = life.register()
    asked = life.at("accepted")
    life.do("赵强", ReturnDispatch, asked, reason=ReturnReason.NOT_OURS, note="属执法队")

    page = open_desk("周航", 2)

    assert heads(page.face) == ["申请退回", "待分拨"]
    assert ids(page.face) == [asked, waiting]
    qtbot.waitUntil(lambda: "看退回申请" in page.face.bar.labels())


def test_the_counter_counts_its_day_and_shows_who_has_the_case(qtbot, life, open_desk):
    life.register(exit=Exit.ON_SPOT, channel=Channel.CALL, answer="已说明。")
    life.at("accepted")

    page = open_desk("李敏", 1)

    assert page.face.figures.texts() == [
        "今天受理 2",
        "其中您受理 2",
        "现场答复 1",
        "等信联办分拨 0",
    ]
    qtbot.waitUntil(lambda: "现在在 城建办 赵强 手里" in page.face.brief.where())


def test_a_half_written_intake_is_offered_at_the_counter(qtbot, life, open_desk):
    page = open_desk("李敏", 0)
    me = page.desk.person.staff_id

    drafts_of(page.desk).keep(draft_key("intake", me, 1), "intake", me, {"details": "电梯停了"})

    qtbot.waitUntil(lambda: any("电梯停了" in text for text in page.face.drafts.texts()))
    assert "接着写草稿" in page.face.bar.labels()


def test_promised_calls_of_tomorrow_are_known_today(life):
    case = life.at("accepted")
    tomorrow = life.hall.clock() + timedelta(days=1, hours=1)
    later = life.hall.clock() + timedelta(days=3)
    life.do("赵强", RecordContact, case, result=ContactResult.REACHED, call_back_at=tomorrow)
    life.do("李敏", RecordContact, case, result=ContactResult.NO_ANSWER, call_back_at=later)

    promised = life.hall.sign_in("李敏").read(counter_day).promised

    assert [call.at for call in promised] == [tomorrow]


def test_the_leaders_five_lines_count_what_is_there(qtbot, life, open_desk):
    life.at("signing")
    urgent = life.at("accepted", urgency=Urgency.URGENT)

    day = life.hall.sign_in("王磊").read(leader_day)
    page = open_desk("王磊", 0)  # none of the six queues holds one of them
    page.choose_view(1)
    qtbot.waitUntil(lambda: ids(page.face) == [urgent])

    assert (day.received, day.open, day.overdue, day.to_sign) == (2, 2, 0, 1)
    assert (day.signed_too_late, day.dissatisfied) == (0, 0)
    assert [line.case_id for line in day.to_ring] == [urgent]
    assert "去签 1 份意见书" in page.face.bar.labels()


def test_a_case_that_has_not_moved_for_days_is_listed_with_its_strip(qtbot, life, open_desk):
    case = life.at("handling")
    life.hall.clock.forward(days=4)
    life.register()

    page = open_desk("秦岚", 1)

    assert ids(page.face) == [case]
    qtbot.waitUntil(lambda: "城建办 4 天" in page.face.strip.accessibleName())


def test_the_strip_adds_up_to_the_whole_life_of_the_case(life):
    case = life.at("handling")
    begun = life.case(case).received_at
    life.hall.clock.forward(days=2)
    reader = life.hall.sign_in("秦岚")

    strip = reader.read(lambda r: case_strip(r, case))

    assert sum((stay.length for stay in strip.held), timedelta()) == life.hall.clock() - begun
    assert [stay.who for stay in strip.held] == ["信联办", "城建办"]
    assert reader.read(lambda r: silent_cases(r, 3)) == ()


def test_office_and_archive_see_what_waits_for_them(qtbot, life, open_desk):
    sealing, delivering = life.at("sealing"), life.at("delivering")
    closed = life.register(exit=Exit.ON_SPOT, channel=Channel.CALL, answer="已说明。")

    office, archive = open_desk("冯丽", 2), open_desk("何平", 1)

    assert heads(office.face) == ["待盖章", "待送达"]
    assert ids(office.face) == [sealing, delivering]
    assert ids(archive.face) == [closed]
    assert heads(archive.face) == ["还差材料"]
    qtbot.waitUntil(lambda: "· 三问还没有答完：" in archive.face.missing.text())
    assert "去档案页归档" in archive.face.bar.labels()


def test_the_office_has_notices_beside_opinions(life, open_desk):
    opinion, other = life.at("sealing"), life.at("handling")
    for case in (opinion, other):
        life.do("李敏", IssueNotice, case, code="acceptance-notice")

    office = open_desk("冯丽", 2)

    assert heads(office.face) == ["待盖章"]
    assert ids(office.face) == [opinion, other]  # a case with both stands there once
    assert "群众诉求受理告知书" in office.face.list.rows()[2].left


def test_a_guided_person_is_asked_about_on_his_day_by_whoever_sent_him_on(qtbot, life, open_desk):
    guided = {"exit": Exit.GUIDANCE, "answer": "归市里的中心管。", "guided_to": "市公积金中心"}
    first = life.register(**guided)
    life.hall.clock.forward(days=8)
    second = life.register(**guided)
    life.at("accepted")

    page = open_desk("李敏", 3)
    face = page.face

    assert heads(face) == ["引导对接，该问到了没有", "您登记的，还在办", "引导对接，过几天再问"]
    assert (ids(face)[0], ids(face)[2]) == (first, second)
    assert "应在 11-05 问　市公积金中心" in face.list.rows()[1].left
    qtbot.waitUntil(lambda: "是否到达" in face.bar.labels())
    face.list.setFocus()
    qtbot.keyClick(face.list, Qt.Key.Key_A, CTRL | SHIFT)
    assert face.arrivals.host.panel.isAncestorOf(face.window().focusWidget())
    qtbot.keyClick(face.window().focusWidget(), Qt.Key.Key_Escape)
    assert face.arrivals.host.panel is None
    assert face.list.hasFocus()
    face.arrivals.ask()
    qtbot.keyClick(face.window().focusWidget(), Qt.Key.Key_1)  # 问了对接单位
    face.arrivals.host.panel.form.entries["answer"].focus()
    qtbot.keyClick(face.window().focusWidget(), Qt.Key.Key_1)
    qtbot.keyClick(face.window().focusWidget(), RETURN, CTRL)
    qtbot.waitUntil(lambda: first not in ids(face))
    assert life.case(first).has_arrived is True


def test_a_unit_that_sends_people_on_is_reminded_too(life, open_desk):
    unit = life.hall.unit("城建办")
    guided = {"exit": Exit.GUIDANCE, "answer": "归市里的中心管。", "guided_to": "市公积金中心"}
    case = life.register(first_unit=unit, **guided)
    life.hall.clock.forward(days=8)

    page = open_desk("赵强", 1)

    assert heads(page.face) == ["引导对接，该问到了没有"]
    assert ids(page.face) == [case]


def test_support_that_has_not_reported_lies_in_a_pile_of_its_own(life, open_desk):
    case = life.register()
    life.dispatch_to("城建办", case, supports=(life.hall.unit("综合行政执法队"),))

    page = open_desk("孙浩", 1)

    assert heads(page.face) == ["协办待反馈"]


def test_the_list_of_the_first_leader_is_there_only_where_the_hall_asks_him(qtbot, life, open_desk):
    page = open_desk("王磊", 0)
    assert page.views() == ("六个队列", "领导", "延期挂账", "包案")

    hall = life.hall
    asks = SetSetting(**hall.by("许诺"), key="chief_dispatch", value=True)
    hall.sign_in("许诺").carry_out(asks)
    page.arrive()
    every = ("六个队列", "领导", "派单确认", "延期挂账", "包案")
    qtbot.waitUntil(lambda: page.views() == every)
    page.choose_view(2)

    assert (page.title, page.chosen_view()) == ("派单确认", 2)
