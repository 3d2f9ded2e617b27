"""The handler's desk: the phone first, each watch stops on its own, nothing typed is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.contacts import DoNotCall, RecordContact
from desk.actions.handling import AcceptAssignment, RecordVerification
from desk.queries.desk_today import handler_day
from desk.rules.clock_faces import ClockFacts
from desk.rules.codes import CaseStatus, ContactResult, SpanUnit, Urgency
from desk.store.models import Contact, Round
from desk.ui.start.watches import used_share
from desk.ui.start_page import StartPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def open_desk(qtbot, desk_of):
    """Show somebody's start page and wait until the case in hand stands there."""

    def show(name, cases):
        page = StartPage(desk_of(name))
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.arrive()
        face = page.face

        def shown():
            return [row.id for row in face.list.rows() if row.id is not None]

        qtbot.waitUntil(lambda: len(shown()) == cases)
        if cases:
            qtbot.waitUntil(lambda: face.hand.file is not None)
        return page

    return show


def heads(face):
    return [(row.title, row.note) for row in face.list.rows() if row.id is None]


def contacts(life, case):
    with Session(life.hall.engine) as session:
        query = select(Contact).where(Contact.case_id == case).order_by(Contact.id)
        return list(session.scalars(query))


def verified_note(life, case):
    with Session(life.hall.engine) as session:
        return session.scalars(select(Round).where(Round.case_id == case)).one().verify_note


def test_the_piles_stand_in_the_order_of_what_comes_first(life, open_desk):
    life.at("opinion")
    life.at("handling")
    call = life.at("accepted")

    page = open_desk("赵强", 3)

    assert heads(page.face) == [("先打电话", "1"), ("意见书待写", "1"), ("不急的", "1")]
    assert page.face.list.current_id() == call
    assert [t.split()[0] for t in page.face.hand.watches.texts()] == ["联系", "核实"]
    assert page.face.hand.phone.number() == "138 0000 0023"


def test_one_key_records_the_call_and_only_the_contact_watch_stops(qtbot, life, open_desk):
    case = life.at("accepted")
    page = open_desk("赵强", 1)

    qtbot.keyClick(page.face.list, Qt.Key.Key_L, ALT)

    qtbot.waitUntil(lambda: contacts(life, case) != [])
    assert contacts(life, case)[0].result is ContactResult.REACHED
    qtbot.waitUntil(lambda: "用时" in page.face.hand.watches.texts()[0])
    assert "剩" in page.face.hand.watches.texts()[1]
    assert life.case(case).status is CaseStatus.ACCEPTED


def test_a_missed_call_is_promised_again_in_ten_minutes(qtbot, life, open_desk):
    case = life.at("accepted")
    page = open_desk("赵强", 1)

    qtbot.keyClick(page.face.list, Qt.Key.Key_W, ALT)

    qtbot.waitUntil(lambda: contacts(life, case) != [])
    (row,) = contacts(life, case)
    assert row.result is ContactResult.NO_ANSWER
    assert timedelta(minutes=9) < row.call_back_at - row.happened_at <= timedelta(minutes=10)
    qtbot.waitUntil(lambda: any("陈桂芳" in text for text in page.face.promises.texts()))


def test_verifying_needs_words_and_says_so_beside_the_note(qtbot, life, open_desk):
    case = life.at("accepted")
    page = open_desk("赵强", 1)

    qtbot.keyClick(page.face.list, Qt.Key.Key_H, ALT)

    qtbot.waitUntil(lambda: "请写下核实到的情况" in page.face.hand.trouble())
    assert page.face.hand.note.hasFocus()
    assert verified_note(life, case) is None


def test_the_moment_of_the_key_counts_and_not_how_long_the_words_took(qtbot, life, open_desk):
    case = life.at("accepted")
    page = open_desk("赵强", 1)
    hall = life.hall.clock
    page.desk.set_time(hall.set("2026-11-02 09:29"))
    qtbot.keyClick(page.face.list, Qt.Key.Key_H, ALT)
    qtbot.waitUntil(lambda: "时间按 09:29 记" in page.face.hand.trouble())
    page.desk.set_time(hall.set("2026-11-02 09:33"))
    qtbot.keyClicks(page.face.hand.note, "dian xian po pi")

    qtbot.keyClick(page.face.hand.note, Qt.Key.Key_H, ALT)

    qtbot.waitUntil(lambda: verified_note(life, case) == "dian xian po pi")
    with Session(life.hall.engine) as session:
        at = session.scalars(select(Round.verified_at).where(Round.case_id == case)).one()
    assert at.astimezone(hall().tzinfo).strftime("%H:%M") == "09:29"
    assert not life.case(case).is_overdue


def test_a_press_long_forgotten_does_not_date_the_words_back(qtbot, life, open_desk):
    life.at("accepted")
    page = open_desk("赵强", 1)
    now = page.desk.now()
    qtbot.keyClick(page.face.list, Qt.Key.Key_H, ALT)
    qtbot.waitUntil(lambda: "请写下核实到的情况" in page.face.hand.trouble())
    late = now + timedelta(minutes=11)
    assert page.face.hand.verified_at(now + timedelta(minutes=5)) < late - timedelta(minutes=10)
    assert page.face.hand.verified_at(late) == late


def test_the_note_written_while_talking_becomes_the_record(qtbot, life, open_desk):
    case = life.at("accepted")
    page = open_desk("赵强", 1)
    page.face.hand.note.set_text("配电箱外壳带电")

    qtbot.keyClick(page.face.hand.note, Qt.Key.Key_H, ALT)

    qtbot.waitUntil(lambda: verified_note(life, case) == "配电箱外壳带电")
    qtbot.waitUntil(lambda: page.face.hand.note.text() == "")


def test_a_note_half_written_stays_with_its_case(qtbot, life, open_desk):
    first, second = life.at("accepted"), life.at("accepted")
    page = open_desk("赵强", 2)
    page.face.hand.note.set_text("电话里听到")
    page.face.list.choose(second)
    qtbot.waitUntil(lambda: page.face.hand.file.id == second)
    assert page.face.hand.note.text() == ""

    page.face.list.choose(first)

    qtbot.waitUntil(lambda: page.face.hand.file.id == first)
    assert page.face.hand.note.text() == "电话里听到"


def test_a_colleagues_call_stops_the_watch_and_leaves_what_is_being_written(qtbot, life, open_desk):
    case = life.at("accepted")
    page = open_desk("赵强", 1)
    page.face.hand.note.set_text("我正在写")
    changes = life.do("李敏", RecordContact, case, result=ContactResult.REACHED, note="约在十点")

    page.desk.changed.emit(changes, None)

    qtbot.waitUntil(lambda: "李敏（信联办） 接通：约在十点" in page.face.hand.phone.advice())
    assert page.face.hand.note.text() == "我正在写"


def test_a_new_case_waits_to_be_accepted_with_one_key(qtbot, life, open_desk):
    case = life.at("dispatched")
    page = open_desk("赵强", 1)
    assert "签收" in page.face.bar.labels()

    qtbot.keyClick(page.face.list, Qt.Key.Key_Q, ALT)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.ACCEPTED)


def test_a_promise_disappears_once_somebody_has_rung(life):
    case = life.at("accepted")
    later = life.hall.clock() + timedelta(hours=2)
    life.do("赵强", RecordContact, case, result=ContactResult.NO_ANSWER, call_back_at=later)
    desk = life.hall.sign_in("赵强")
    assert [call.name for call in desk.read(handler_day).promised] == ["陈桂芳"]

    life.do("赵强", RecordContact, case, result=ContactResult.REACHED)

    assert desk.read(handler_day).promised == ()


def test_another_units_cases_are_not_on_the_desk(life):
    life.at("accepted")

    assert life.hall.sign_in("孙浩").read(handler_day).rows == ()


def test_a_community_walks_its_cases_building_by_building(life, open_desk):
    for place in ("码头新村", "青榕花园", "青榕花园"):
        case = life.at("received", place=life.hall.place(place))
        life.dispatch_to("榕东社区", case)
        life.do("陈静", AcceptAssignment, case)
        life.do("陈静", RecordContact, case, result=ContactResult.REACHED)
        life.do("陈静", RecordVerification, case, note="到场看过。")

    page = open_desk("陈静", 3)

    assert heads(page.face) == [("码头新村", "1"), ("青榕花园", "2")]


def test_a_community_sees_what_others_handle_in_its_streets_without_the_number(
    qtbot, life, open_desk
):
    case = life.at("accepted", place=life.hall.place("青榕花园"))

    page = open_desk("陈静", 1)

    assert heads(page.face) == [("青榕花园", "1")]
    assert page.face.hand.file.id == case
    assert page.face.hand.phone.isHidden()
    assert page.face.hand.answers() == []
    assert page.face.warnings.texts() == []


def test_what_is_overdue_is_named_at_the_right(qtbot, life, open_desk):
    life.at("accepted", urgency=Urgency.URGENT)
    life.hall.clock.forward(minutes=75)

    page = open_desk("赵强", 1)

    (text,) = page.face.warnings.texts()
    assert "联系已超" in text


def test_the_bar_of_a_watch_reaches_its_mark_when_a_fifth_is_left(life):
    begin = life.hall.clock()
    facts = ClockFacts(
        name="联系",
        unit=SpanUnit.MINUTE,
        started_at=begin,
        half_at=begin + timedelta(minutes=5),
        near_at=begin + timedelta(minutes=8),
        due_at=begin + timedelta(minutes=10),
    )

    shares = [used_share(facts, begin + timedelta(minutes=m)) for m in (0, 5, 8, 9, 10, 30)]

    assert shares == pytest.approx([0, 0.5, 0.8, 0.9, 1, 1])


def test_an_empty_desk_says_so_in_one_sentence(qtbot, life, open_desk):
    page = open_desk("赵强", 0)

    qtbot.waitUntil(lambda: page.face._middle.currentIndex() == 1)


def test_f4_explains_the_first_watch_in_one_sentence(qtbot, life, open_desk):
    life.at("accepted")
    page = open_desk("赵强", 1)
    said = []
    page.said.connect(said.append)

    qtbot.keyClick(page.face.list, Qt.Key.Key_F4)

    assert said[0].startswith("联系：")
    assert "到期" in said[0]


def test_what_was_promised_for_today_has_a_pile_of_its_own(life, open_desk):
    case = life.at("handling")
    at = life.hall.clock() + timedelta(hours=2)
    life.do("赵强", RecordContact, case, result=ContactResult.NO_ANSWER, call_back_at=at)

    page = open_desk("赵强", 1)

    assert heads(page.face) == [("今天答应的回电", "1")]
    assert any(row.left.startswith("约 11:") for row in page.face.list.rows())


def test_the_desk_says_why_a_case_came_back_and_who_was_spoken_to(qtbot, life, open_desk):
    case = life.at("follow_up", matters=("楼道漏电", "路灯不亮"))
    life.sent_back(case)

    page = open_desk("赵强", 1)
    qtbot.waitUntil(lambda: page.face.hand.talks.again() != "")

    assert page.face.hand.talks.again().startswith("第 2 轮。诉求人上次说未解决、不满意（双否）。")
    assert "这一轮要办：事项 1 楼道漏电；事项 2 路灯不亮。" in page.face.hand.talks.again()
    assert any("赵强 · 城建办" in line for line in page.face.hand.talks.lines())


def test_ringing_against_his_wish_asks_why_beside_the_number(qtbot, life, open_desk):
    case = life.at("accepted")
    life.do("赵强", DoNotCall, case)
    page = open_desk("赵强", 1)
    reason = page.face.hand.over_reason
    qtbot.waitUntil(reason.isVisible)
    assert "请勿再打" in page.face.hand.phone.advice()

    qtbot.keyClick(page.face.list, Qt.Key.Key_L, ALT)
    qtbot.waitUntil(lambda: "写一句为什么" in reason.state().sentence)
    assert contacts(life, case) == []
    reason.set_text("燃气泄漏，要他先出门")
    qtbot.keyClick(page.face.list, Qt.Key.Key_L, ALT)

    qtbot.waitUntil(lambda: len(contacts(life, case)) == 1)
    assert contacts(life, case)[0].over_reason == "燃气泄漏，要他先出门"


def test_each_of_the_three_is_one_key_as_soon_as_the_window_is_open(qtbot, life, open_window):
    case = life.at("accepted")
    window = open_window("赵强")
    qtbot.waitUntil(lambda: window.pages.front.face.hand.file is not None)
    hand = window.pages.front.face.hand

    def press(letter):
        focused = window.focusWidget()
        qtbot.keyClick(focused, getattr(Qt.Key, f"Key_{letter}"), ALT)
        qtbot.waitUntil(lambda: not window.desk.tasks.is_busy)

    press("W")
    press("L")
    assert [row.result for row in contacts(life, case)] == [
        ContactResult.NO_ANSWER,
        ContactResult.REACHED,
    ]
    hand.note.setFocus()
    qtbot.keyClicks(window.focusWidget(), "po pi")
    press("H")
    qtbot.waitUntil(lambda: verified_note(life, case) == "po pi")
