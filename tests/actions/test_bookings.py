"""A room is booked with everybody who must be there, and the loser is told by which desk."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from desk.actions.booking_ends import StartBooking
from desk.actions.booking_slots import take_slots
from desk.actions.bookings import BookRoom, ConfirmBooking, ReleaseExpired
from desk.actions.mediation_parties import AddParty, PartyFacts
from desk.actions.mediators import SetMediatorTie
from desk.actions.rooms import EndRoom, SetRoom
from desk.rules.bookings import SlotTaken, Wish
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.mediation_codes import (
    BookingPurpose,
    BookingStatus,
    MediationStatus,
    PartySide,
    RoomKind,
    TieKind,
)
from desk.store.booking_facts import meeting_of
from desk.store.transaction import Transaction
from tests.actions.rooms import CAUCUS, FIRST, GU, LAO_LIANG, MENG, QIAN, SECOND, STUDIO
from tests.actions.work import LI, XU, ZHOU

B, S = BookingStatus, MediationStatus
KEPT = "您的安排没有保存，内容还在。"


def refused(rooms, *args, **more):
    with pytest.raises(RuleBroken) as refusal:
        rooms.book(*args, **more)
    return str(refusal.value), refusal.value.field


def test_a_booking_holds_rooms_with_clearing_and_people_without(rooms):
    mediation = rooms.mediation()
    answer = rooms.book(FIRST, "09:30", "10:30", mediation, caucus_room=CAUCUS, recorder=MENG)
    booking = rooms.booking(answer.made["booking"])

    assert rooms.slots(booking.id) == {"mediator": 4, "person": 8, "room": 12, "staff": 8}
    assert (booking.title, booking.shown_people, booking.desk_name) == (
        "邻里纠纷",
        "张某、李某",
        "信联办",
    )
    assert (booking.attendees, booking.status) == (4, B.CONFIRMED)
    assert answer.title.startswith("已确认 第一调解室 ")
    assert answer.made["warnings"] == []
    assert rooms.row(mediation).status is S.SCHEDULED


def test_the_loser_hears_of_room_time_and_desk_and_of_nobody(rooms):
    rooms.booked(FIRST, "09:30", "10:30", rooms.mediation())
    other = rooms.mediation(("13800000041", "13800000042"), mediator=LAO_LIANG)

    with pytest.raises(SlotTaken) as refusal:
        rooms.book(FIRST, "10:00", "11:00", other)
    assert str(refusal.value) == f"第一调解室 09:30–10:30 已被信联办占下。{KEPT}"
    assert refusal.value.field == "room"
    (taken,) = refusal.value.taken
    assert (taken.room, taken.desk_name) == (FIRST, "信联办")
    assert rooms.row(other).status is S.ACCEPTED
    said, field = refused(rooms, FIRST, "10:45", "11:30", other)
    assert said == f"第一调解室 09:30–10:30 已被信联办占下，前后各留 15 分钟清场。{KEPT}"
    said, field = refused(rooms, STUDIO, "10:00", "11:00", other, caucus_room=FIRST)
    assert (said[:5], field) == (FIRST, "caucus_room")
    rooms.book(FIRST, "11:00", "11:45", other)


def test_nobody_can_be_in_two_rooms_at_once(rooms):
    mediation = rooms.mediation(("13800000051", "13800000052"))
    rooms.booked(FIRST, "09:30", "10:30", mediation, recorder=MENG)
    cousin = rooms.mediation(("13800000052", "13800000053"), mediator=LAO_LIANG)
    third = rooms.mediation(("13800000054", "13800000055"), mediator=LAO_LIANG)
    where = f"09:30–10:30 在第一调解室已有安排，由信联办登记。{KEPT}"

    said, field = refused(rooms, SECOND, "10:15", "11:15", third, mediator=QIAN)
    assert (said, field) == (f"调解员钱惠 {where}", "mediator")
    said, field = refused(rooms, SECOND, "10:15", "11:15", third, recorder=MENG)
    assert (said, field) == (f"记录人孟瑶 {where}", "recorder")
    said, field = refused(rooms, SECOND, "10:15", "11:15", third, recorder=QIAN)
    assert (said, field) == (f"记录人钱惠 {where}", "recorder")
    said, field = refused(rooms, SECOND, "10:15", "11:15", cousin)
    assert (said, field) == (f"来的人里有一位 {where}", "mediation")
    rooms.book(STUDIO, "10:30", "11:30", cousin, recorder=MENG)  # people need no clearing
    assert rooms.overlaps() == 0


def test_who_writes_the_record_of_one_sitting_does_not_mediate_another(rooms):
    rooms.booked(FIRST, "14:00", "15:00", recorder=QIAN)
    with pytest.raises(SlotTaken, match="调解员钱惠 14:00–15:00 在第一调解室已有安排") as refusal:
        rooms.book(SECOND, "14:30", "15:30", mediator=QIAN)
    assert [one.field for one in refusal.value.taken] == ["mediator"]
    own = rooms.booked(SECOND, "15:30", "16:30", mediator=QIAN, recorder=QIAN)
    assert rooms.slots(own) == {"mediator": 4, "room": 6, "staff": 4}


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("09:20", "10:00", "starts_at"),
        ("10:00", "10:00", "ends_at"),
        ("10:00", "1 09:00", "ends_at"),
        ("07:45", "08:30", "starts_at"),
    ],
)
def test_a_time_lies_on_the_grid_ahead_and_within_a_day(rooms, start, end, field):
    assert refused(rooms, FIRST, start, end)[1] == field


def test_a_closed_hall_needs_a_leader_who_allows_overtime(rooms):
    hours = "大厅当天开放 09:00–12:00、14:00–18:00。"
    said, field = refused(rooms, FIRST, "11:30", "12:30")
    assert said.startswith(hours)
    assert field == "overtime_by"
    assert "休息日不开放" in refused(rooms, FIRST, "5 09:00", "5 10:00")[0]
    assert "节假日不开放" in refused(rooms, FIRST, "2026-10-01 09:00", "2026-10-01 10:00")[0]
    assert "街道领导" in refused(rooms, FIRST, "11:30", "12:30", overtime_by=ZHOU)[0]
    answer = rooms.book(FIRST, "11:30", "12:30", overtime_by="郑伟")
    assert rooms.booking(answer.made["booking"]).overtime_by == "郑伟"
    assert answer.made["warnings"] == ["占用了 12:00–14:00，双方可能来不及吃饭，请先问过双方。"]


def test_more_people_than_seats_are_refused_however_they_are_counted(rooms):
    said, field = refused(rooms, SECOND, "09:00", "10:00", attendees=7)
    assert said == "第二调解室最多 6 人，这次要到 7 人。请换一间大的，或减少到场人数。"
    assert field == "attendees"
    phones = tuple(f"138000000{number}" for number in (61, 62, 63, 64))
    crowd = rooms.mediation(phones)
    small = rooms.ask(
        XU, SetRoom, name=f"小间{rooms.monday}", kind=RoomKind.MEDIATION, capacity=5
    ).made["room"]
    rooms.room_ids["小间"] = small
    said, _ = refused(rooms, "小间", "09:00", "10:00", crowd, recorder=MENG)
    assert "这次要到 6 人" in said  # four parties, the mediator, the recorder
    answer = rooms.book("小间", "09:00", "10:00", crowd, recorder=MENG, attendees=5)
    assert answer.made["warnings"] == ["按登记要到 6 人，现在写的是 5 人，请核对。"]
    rooms.clock.forward(hours=1)
    rooms.ask(XU, EndRoom, room=small)
    assert refused(rooms, "小间", "2 09:00", "2 10:00") == (
        "这个房间当天不能用，请另选一间。",
        "room",
    )


def test_a_mediator_with_a_tie_to_a_party_stands_back(rooms):
    tied = {"mediator": rooms.mediator_ids[LAO_LIANG], "kind": TieKind.RELATIVE}
    rooms.ask(GU, SetMediatorTie, name="某人", phone="13800000071", **tied)
    known = rooms.mediation(("13800000071", "13800000072"))
    said, field = refused(rooms, FIRST, "09:00", "10:00", known, mediator=LAO_LIANG)
    assert said == ("调解员梁德福与一方当事人或其代理人有“亲属”登记，应当回避。请换一位调解员。")
    assert field == "mediator"
    rooms.book(FIRST, "09:00", "10:00", known)


def test_what_is_not_there_cannot_be_booked(rooms):
    mediation = rooms.mediation(mediator=None)
    assert refused(rooms, FIRST, "09:00", "10:00", mediation)[1] == "mediator"
    assert refused(rooms, FIRST, "09:00", "10:00", caucus_room=FIRST)[1] == "caucus_room"
    rooms.mediator_ids["无名"] = 1
    assert refused(rooms, FIRST, "09:00", "10:00", mediator="无名")[1] == "mediator"
    with pytest.raises(RuleBroken) as refusal:
        rooms.ask(
            MENG,
            BookRoom,
            **rooms.where(FIRST, "09:00", "10:00") | {"recorder": 1},
            purpose=BookingPurpose.OTHER,
            title="培训",
        )
    assert refusal.value.field == "recorder"


def test_a_mediation_needs_its_case_and_all_else_needs_words(rooms):
    where = rooms.where(FIRST, "09:00", "10:00")
    for more, field in (
        ({}, "mediation"),
        ({"purpose": BookingPurpose.OTHER, "mediation": 1}, "mediation"),
        ({"purpose": BookingPurpose.OTHER}, "title"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            rooms.ask(MENG, BookRoom, **where, **more)
        assert refusal.value.field == field


def test_only_those_who_book_book_and_only_ones_own_mediations_change(rooms):
    with pytest.raises(NotAllowed):
        rooms.book(FIRST, "09:00", "10:00", who=LI)
    with pytest.raises(NotAllowed):
        rooms.book(FIRST, "09:00", "10:00", rooms.mediation(), who=ZHOU)
    booking = rooms.booked(FIRST, "09:00", "10:00", rooms.mediation())
    with pytest.raises(NotAllowed, match="不归您改"):
        rooms.cancel(booking, who=ZHOU)
    with pytest.raises(NotAllowed, match="找不到这次安排"):
        rooms.ask(MENG, ConfirmBooking, booking=1, seen=1)
    other = rooms.booked(STUDIO, "09:00", "10:00", who=ZHOU)
    with pytest.raises(NotAllowed, match="不归您改"):
        rooms.cancel(other, who=LI)
    rooms.cancel(booking, who=QIAN)  # its own mediator


def test_a_provisional_booking_is_confirmed_in_time(rooms):
    mediation = rooms.mediation()
    booking = rooms.booked(FIRST, "09:00", "10:00", mediation, is_provisional=True)
    held = rooms.booking(booking)
    assert (held.status, held.hold_until) == (B.PROVISIONAL, rooms.clock() + timedelta(minutes=30))
    assert rooms.row(mediation).status is S.SCHEDULED
    rooms.clock.forward(minutes=29)
    rooms.change(ConfirmBooking, booking)
    assert rooms.status(booking) is B.CONFIRMED
    with pytest.raises(RuleBroken, match="不能转为“已确认”"):
        rooms.change(ConfirmBooking, booking)
    with pytest.raises(StaleCase, match="刚有变化"):
        rooms.change(ConfirmBooking, booking, seen=1)


def test_a_provisional_booking_that_nobody_confirms_is_released_by_the_next_booking(rooms):
    mediation = rooms.mediation()
    booking = rooms.booked(FIRST, "09:00", "10:00", mediation, is_provisional=True)
    rooms.clock.forward(minutes=30)
    with pytest.raises(RuleBroken, match="已释放"):
        rooms.change(ConfirmBooking, booking)
    assert rooms.status(booking) is B.PROVISIONAL  # what was refused changed nothing

    rooms.booked(FIRST, "09:30", "10:30")
    assert rooms.status(booking) is B.EXPIRED
    assert rooms.slots(booking) == {}
    assert rooms.row(mediation).status is S.ACCEPTED


def test_what_expired_is_released_by_the_program_of_whoever_knows_of_it(rooms):
    mediation = rooms.mediation()
    first = rooms.booked(FIRST, "09:00", "10:00", mediation, is_provisional=True)
    second = rooms.booked(SECOND, "14:00", "15:00", is_provisional=True)
    rooms.booked(FIRST, "14:00", "15:00", mediation)
    rooms.clock.forward(minutes=31)
    assert rooms.ask(LI, ReleaseExpired).made["released"] == 1  # the meeting; not the mediation
    assert rooms.status(first) is B.PROVISIONAL
    answer = rooms.ask(MENG, ReleaseExpired)
    assert answer.made["released"] == 1
    assert answer.mediations == (mediation,)
    assert {rooms.status(first), rooms.status(second)} == {B.EXPIRED}
    assert rooms.row(mediation).status is S.SCHEDULED  # it has another appointment
    assert rooms.ask(MENG, ReleaseExpired).made["released"] == 0


def test_a_provisional_booking_may_begin_without_being_confirmed(rooms):
    booking = rooms.booked(FIRST, "09:00", "10:00", is_provisional=True)
    rooms.change(StartBooking, booking)
    rooms.clock.forward(hours=2)
    rooms.ask(LI, ReleaseExpired)
    assert rooms.status(booking) is B.RUNNING


def test_hidden_parties_are_named_nowhere_on_the_grid(rooms):
    mediation = rooms.mediation(is_private=True)
    booking = rooms.booking(rooms.booked(FIRST, "09:00", "10:00", mediation))
    assert booking.shown_people == ""


def test_a_time_that_is_free_again_by_the_time_of_the_answer_is_told_as_such(rooms):
    wish = Wish(rooms.room_ids[FIRST], rooms.at("09:00"), rooms.at("10:00"))
    with Session(rooms.hall.engine) as session:
        tx = Transaction(session, rooms.hall.person(MENG), rooms.clock())
        meeting = meeting_of(session, tx.street_id, wish)
        take_slots(tx, 1, meeting, says_day=False)
        with pytest.raises(SlotTaken, match="现在又空出来了") as refusal:
            take_slots(tx, 1, meeting, says_day=False)  # nobody else's: as if they had gone
        assert (refusal.value.field, refusal.value.taken) == ("room", ())
        session.rollback()


def test_a_party_who_comes_later_holds_the_time_that_is_booked_already(rooms):
    mediation = rooms.mediation(("13800000071", "13800000072"))
    booking = rooms.booked(FIRST, "09:00", "10:00", mediation)
    rooms.booked(
        SECOND, "14:00", "15:00", rooms.mediation(("13800000073", "13800000074"), LAO_LIANG)
    )

    def add(phone):
        party = PartyFacts(side=PartySide.THIRD, name="王五", phone=phone)
        seen = rooms.row(mediation).version
        rooms.ask(MENG, AddParty, mediation=mediation, seen=seen, party=party)

    add("13800000074")
    assert rooms.slots(booking)["person"] == 12
    add("13800000072")  # the telephone of a party who is there
    assert rooms.slots(booking)["person"] == 12
    moved = rooms.move(booking, FIRST, "15:00", "16:00").made["booking"]
    assert rooms.slots(moved)["person"] == 12
    rooms.booked(STUDIO, "15:15", "16:00", rooms.mediation(("13800000075",) * 2, LAO_LIANG))
    with pytest.raises(SlotTaken, match="15:15–16:00 在老梁工作室已有安排") as refusal:
        add("13800000075")
    assert refusal.value.field == "mediation"
    assert len(rooms.parties(mediation)) == 4
