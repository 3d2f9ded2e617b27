"""Sittings: begun only when everybody was told and asked, joined late, ended; records kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_record import RecordBlock, RecordInquiry, SaveRecord
from desk.actions.mediation_sessions import (
    Attendance,
    ChangeAttendance,
    EndSession,
    PartyAnswer,
)
from desk.queries.record_desk import record_table
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.mediation_codes import (
    BookingPurpose,
    BookingStatus,
    MediationStatus,
    RoomKind,
    SessionEnd,
)
from desk.store.ids import new_id
from desk.store.models import (
    Booking,
    BookingSlot,
    MediationCompanion,
    MediationInquiry,
    MediationParty,
    Room,
)
from tests.actions.mediations import CHEN_GUIFANG, COMPANY, GU, MENG, QIAN, Mediations
from tests.actions.work import LI, ZHENG

S = MediationStatus


@pytest.fixture
def hall_work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


def book(work, mediation, *, days=0, status=BookingStatus.CONFIRMED):
    """Book a room for the mediation at ten, so many days from today."""
    at = work.clock() + timedelta(days=days)
    room, booking = new_id(), new_id()
    street = work.hall.street_id
    with Session(work.hall.engine) as session, session.begin():
        session.add(
            Room(
                id=room,
                street_id=street,
                name="第一调解室",
                kind=RoomKind.MEDIATION,
                capacity=8,
                is_accessible=True,
                records=False,
                has_access_control=False,
                buffer_minutes=15,
                position=1,
                valid_from=at.date(),
            )
        )
        slot = int(at.timestamp()) // 900  # a booking's time is taken before the booking is made
        session.add(
            BookingSlot(street_id=street, resource=f"room:{room}", slot=slot, booking_id=booking)
        )
        session.flush()
        session.add(
            Booking(
                id=booking,
                street_id=street,
                room_id=room,
                purpose=BookingPurpose.MEDIATION,
                mediation_id=mediation,
                title="漏水",
                shown_people="陈某",
                status=status,
                starts_at=at,
                ends_at=at + timedelta(minutes=15),
                buffer_minutes=0,
                attendees=4,
                needs_access=False,
                staggers=False,
                overtime_by="郑伟",  # no opening hours are written down for it
                absent=[],
                made_by=work.staff(MENG),
                made_at=at,
                desk_name="",
                version=1,
            )
        )
    return booking


def booked(work, booking):
    """Return a booking and how many slots it holds."""
    with Session(work.hall.engine) as session:
        slots = session.scalars(select(BookingSlot).where(BookingSlot.booking_id == booking)).all()
        return session.get(Booking, booking).status, len(slots)


def test_with_the_first_sitting_the_mediation_is_under_way(hall_work):
    mediation = hall_work.lay()
    session = hall_work.session(hall_work.sit(mediation, invited=("南塘邻里圈 何婶",)))

    assert hall_work.mediation(mediation).status is S.MEDIATING
    assert (session.seq, session.place, session.recorder) == (1, "第一调解室", MENG)
    assert session.reason == "楼上漏水赔偿"
    assert [one["name"] for one in session.attended] == [CHEN_GUIFANG, COMPANY]
    assert session.invited == ["南塘邻里圈 何婶"]
    assert set(session.rights_signed.values()) == {True}
    assert hall_work.lines(mediation)[-1].title == "开始第 1 次调解"


def test_a_second_sitting_waits_for_the_end_of_the_first(hall_work):
    mediation = hall_work.lay()
    first = hall_work.sit(mediation)
    with pytest.raises(RuleBroken, match="第 1 次会次还没有结束"):
        hall_work.sit(mediation)
    hall_work.mediate(
        QIAN, EndSession, mediation, session=first, end=SessionEnd.CONTINUE, result="周五再谈。"
    )
    assert hall_work.session(hall_work.sit(mediation)).seq == 2


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"attended": ()}, "attended", "请先勾选到场的当事人"),
        ({"answers": ()}, "rights", "陈桂芳、安居物业公司 还没有在权利义务告知书上签名"),
        ({"place": " "}, "place", "请写在哪里调解"),
    ],
)
def test_no_sitting_begins_before_all_is_in_order(hall_work, change, field, sentence):
    mediation = hall_work.lay()
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        hall_work.sit(mediation, **change)
    assert refusal.value.field == field
    assert hall_work.mediation(mediation).status is S.ACCEPTED


def test_whoever_was_not_asked_about_the_mediator_is_asked_first(hall_work):
    mediation = hall_work.lay()
    told = tuple(PartyAnswer(party=one, has_signed=True) for one in hall_work.parties(mediation))
    with pytest.raises(RuleBroken, match=r"还没有问 .* 是否申请调解员回避"):
        hall_work.sit(mediation, answers=told)


def test_a_mediator_who_is_refused_is_replaced_first_and_then_nobody_asks_again(hall_work):
    mediation = hall_work.lay()
    refused = hall_work.mediation(mediation).mediator_id
    first, second = hall_work.parties(mediation)
    answers = (
        PartyAnswer(party=first, has_signed=True, wants_other=False),
        PartyAnswer(
            party=second, has_signed=True, wants_other=True, against=refused, reason="是邻居"
        ),
    )
    with pytest.raises(RuleBroken, match="申请调解员回避，请先更换调解员"):
        hall_work.sit(mediation, answers=answers)

    another = replace(answers[1], against=refused - 1)  # somebody else mediates now
    answers = (answers[0], another)
    session = hall_work.session(hall_work.sit(mediation, answers=answers))
    assert session.recusal_answers[str(second)] == {"asks": True, "reason": "是邻居"}


def test_without_a_mediator_nothing_begins(hall_work):
    mediation = hall_work.lay(is_assigned=False)
    with pytest.raises(RuleBroken, match="还没有指定调解员"):
        hall_work.sit(mediation, who=MENG)


def test_an_appointment_of_today_runs_with_the_sitting_and_frees_its_room_at_the_end(hall_work):
    mediation = hall_work.lay()
    booking = book(hall_work, mediation)
    session = hall_work.sit(mediation, booking=booking)
    assert booked(hall_work, booking) == (BookingStatus.RUNNING, 1)

    end(hall_work, mediation, session)
    with pytest.raises(RuleBroken, match="已经用过、取消或不是本案的"):
        hall_work.sit(mediation, booking=booking)
    assert booked(hall_work, booking) == (BookingStatus.HELD, 0)


def test_an_appointment_of_another_day_or_case_is_refused(hall_work):
    mediation, other = hall_work.lay(), hall_work.lay()
    for booking, sentence in (
        (book(hall_work, mediation, days=1), "这个预约不是今天的"),
        (book(hall_work, other), "不是本案的"),
        (book(hall_work, mediation, status=BookingStatus.CANCELLED), "取消"),
        (1, "找不到这个预约"),
    ):
        with pytest.raises(RuleBroken, match=sentence) as refusal:
            hall_work.sit(mediation, booking=booking)
        assert refusal.value.field == "booking"


def test_who_comes_late_is_told_and_asked_too(hall_work):
    mediation = hall_work.lay()
    first, second = hall_work.parties(mediation)
    session = hall_work.sit(mediation, parties=[first])
    agent = hall_work.rows(MediationCompanion, mediation)[0].id
    late = Attendance(party=second, companion=agent, came_at=hall_work.clock())
    came = hall_work.came(mediation, [first])
    change = {"session": session, "attended": (*came, late)}
    with pytest.raises(RuleBroken, match="安居物业公司 还没有在权利义务告知书上签名"):
        hall_work.mediate(
            QIAN,
            ChangeAttendance,
            mediation,
            answers=hall_work.answered(mediation, [first]),
            **change,
        )

    answers = hall_work.answered(mediation)
    hall_work.mediate(QIAN, ChangeAttendance, mediation, answers=answers, **change)
    there = [(one["name"], one["role"]) for one in hall_work.session(session).attended]
    assert there == [(CHEN_GUIFANG, "applicant"), ("丁律", "agent")]


@pytest.mark.parametrize(
    ("party", "companion", "sentence"), [(7, None, "不是本案当事人"), (0, 7, "陪同人员有变")]
)
def test_only_people_of_this_case_can_attend(hall_work, party, companion, sentence):
    mediation = hall_work.lay()
    first = hall_work.parties(mediation)[0]
    stranger = Attendance(party=party or first, companion=companion, came_at=hall_work.clock())
    with pytest.raises(RuleBroken, match=sentence):
        hall_work.sit(mediation, attended=(stranger,))


def test_the_companion_of_one_party_does_not_come_for_the_other(hall_work):
    mediation = hall_work.lay()
    agent = hall_work.rows(MediationCompanion, mediation)[0].id
    first = hall_work.parties(mediation)[0]
    wrong = Attendance(party=first, companion=agent, came_at=hall_work.clock())
    with pytest.raises(RuleBroken, match="陪同人员有变"):
        hall_work.sit(mediation, attended=(wrong,))


def end(work, mediation, session, **more):
    """End a sitting that is to go on another day."""
    facts = {"end": SessionEnd.CONTINUE, "result": "周五再谈。"}
    return work.mediate(QIAN, EndSession, mediation, session=session, **(facts | more))


def test_at_the_end_everybody_has_left_and_the_result_stands(hall_work):
    mediation = hall_work.lay()
    first, second = hall_work.parties(mediation)
    left = hall_work.clock()
    gone = Attendance(party=first, came_at=left, left_at=left)
    session = hall_work.sit(mediation, attended=(gone, *hall_work.came(mediation, [second])))
    answer = end(hall_work, mediation, session, end=SessionEnd.ADJOURN, reason="停电", result="")

    row = hall_work.session(session)
    assert row.result == "中止原因：停电"
    assert [one["left_at"] for one in row.attended] == [
        left.isoformat(),
        row.ended_at.astimezone(left.tzinfo).isoformat(),
    ]
    assert answer.title == "结束第 1 次调解：中止"
    with pytest.raises(RuleBroken, match="第 1 次会次已经结束"):
        end(hall_work, mediation, session)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"result": ""}, "result"), ({"end": SessionEnd.ADJOURN}, "reason")],
)
def test_a_sitting_ends_with_words(hall_work, change, field):
    mediation = hall_work.lay()
    session = hall_work.sit(mediation)
    with pytest.raises(RuleBroken) as refusal:
        end(hall_work, mediation, session, **change)
    assert refusal.value.field == field


def test_the_second_time_somebody_does_not_come_hints_at_ending(hall_work):
    mediation = hall_work.lay()
    first, second = hall_work.parties(mediation)
    hints = []
    for _ in range(2):
        session = hall_work.sit(mediation, parties=[first])
        hints.append(end(hall_work, mediation, session, absent=(second,)).made["again"])
    assert hints == [False, True]
    assert [row.no_shows for row in hall_work.rows(MediationParty, mediation)] == [0, 2]
    assert hall_work.lines(mediation)[-1].title == "结束第 2 次调解：另约再调，1 方未到场"


def test_who_was_there_is_not_absent(hall_work):
    mediation = hall_work.lay()
    session = hall_work.sit(mediation)
    for absent in (hall_work.parties(mediation)[0], 7):
        with pytest.raises(RuleBroken, match="到过场的当事人不算未到场"):
            end(hall_work, mediation, session, absent=(absent,))


def blocks(work, *words):
    """Return blocks of the record, said in turns."""
    names = (QIAN, CHEN_GUIFANG)
    return tuple(
        RecordBlock(who=names[turn % 2], text=text, at=work.clock())
        for turn, text in enumerate(words)
    )


def save(work, mediation, session, saved_at, *words, who=QIAN):
    """Save the record by somebody who knows of the saving before."""
    facts = {"session": session, "saved_at": saved_at, "blocks": blocks(work, *words)}
    return work.mediate(who, SaveRecord, mediation, **facts)


def table(work, mediation, who=QIAN):
    """Return what lies on the table of somebody."""
    return work.desk(who).read(lambda reader: record_table(reader, mediation))


def test_a_record_is_kept_as_it_was_said_and_the_history_does_not_tell_it(hall_work):
    mediation = hall_work.lay()
    session = hall_work.sit(mediation)
    at = hall_work.session(session).saved_at
    save(hall_work, mediation, session, at, "先告知权利义务。", "楼上漏水三个月了。", "  ")

    record = table(hall_work, mediation).record
    assert [(one.who, one.text) for one in record.blocks] == [
        (QIAN, "先告知权利义务。"),
        (CHEN_GUIFANG, "楼上漏水三个月了。"),
    ]
    line = hall_work.lines(mediation)[-1]
    assert line.title == "写入第 1 次笔录"
    assert "漏水三个月" not in f"{line.title}{line.payload}{line.result}"


def test_two_who_write_the_same_record_do_not_overwrite_each_other(hall_work):
    mediation = hall_work.lay()
    session = hall_work.sit(mediation)
    at = hall_work.session(session).saved_at
    save(hall_work, mediation, session, at, "钱惠先存。")
    with pytest.raises(StaleCase, match=r"笔录刚由钱惠在 .* 存过。您写的内容还在"):
        save(hall_work, mediation, session, at, "孟瑶后存。", who=MENG)
    record = table(hall_work, mediation).record
    assert [block.text for block in record.blocks] == ["钱惠先存。"]
    save(hall_work, mediation, session, record.saved_at, "接着写。", who=MENG)


def test_a_record_of_a_sitting_that_is_over_stays_as_it_is(hall_work):
    mediation = hall_work.lay()
    session = hall_work.sit(mediation)
    at = hall_work.session(session).saved_at
    end(hall_work, mediation, session)
    with pytest.raises(RuleBroken, match="已经结束"):
        save(hall_work, mediation, session, at, "补一句。")
    for wrong in (hall_work.sit(hall_work.lay()), 7):
        with pytest.raises(RuleBroken, match="找不到这次会次"):
            save(hall_work, mediation, wrong, at, "写错了地方。")
    left = table(hall_work, mediation)
    assert (left.record, left.last_seq) == (None, 1)


def test_only_those_to_whom_the_content_belongs_see_the_table(hall_work):
    mediation = hall_work.lay()
    hall_work.sit(mediation)
    assert [table(hall_work, mediation, who) is None for who in (QIAN, MENG, GU)] == [False] * 3
    assert [table(hall_work, mediation, who) for who in (LI, ZHENG)] == [None, None]
    assert table(hall_work, 7) is None
    with pytest.raises(NotAllowed):
        save(hall_work, mediation, 7, hall_work.clock(), "旁人写的。", who=LI)


def test_an_inquiry_is_kept_and_makes_no_open_form_stale(hall_work):
    mediation = hall_work.lay()
    facts = {
        "asked_at": hall_work.clock(),
        "place": "榕东社区",
        "asked": "何婶",
        "text": "问：听见过争吵吗？答：听见过两回。",
    }
    hall_work.mediate(QIAN, RecordInquiry, mediation, seen=0, **facts)
    row = hall_work.rows(MediationInquiry, mediation)[0]
    assert (row.inquirer, row.recorder, row.text) == (QIAN, QIAN, facts["text"])
    assert "何婶" not in hall_work.lines(mediation)[-1].title

    for field in ("asked", "place", "text"):
        with pytest.raises(RuleBroken) as refusal:
            hall_work.mediate(QIAN, RecordInquiry, mediation, **(facts | {field: ""}))
        assert refusal.value.field == field
    later = facts | {"asked_at": hall_work.clock() + timedelta(days=1)}
    with pytest.raises(RuleBroken, match="调查时间还没有到"):
        hall_work.mediate(QIAN, RecordInquiry, mediation, **later)
