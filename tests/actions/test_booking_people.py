"""Parties come, go and are known better; a mediator is changed: what is booked follows at once."""

from datetime import timedelta

import pytest

from desk.actions.administration import SetSetting
from desk.actions.booking_ends import StartBooking
from desk.actions.bookings import ConfirmBooking
from desk.actions.mediation_parties import (
    AddParty,
    ChangeParty,
    CompanionFacts,
    PartyFacts,
    RemoveParty,
)
from desk.actions.mediation_people import AssignMediator
from desk.actions.mediators import EndMediatorTie, SetMediator, SetMediatorTie
from desk.actions.rooms import EndRoom, SetRoom
from desk.rules.bookings import SlotTaken
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import (
    BookingStatus,
    CompanionRole,
    PartySide,
    RoomKind,
    TieKind,
)
from tests.actions.rooms import CAUCUS, FIRST, GU, LAO_LIANG, MENG, QIAN, SECOND, STUDIO, Rooms
from tests.actions.work import XU

B = BookingStatus
KEPT = "您的改动没有保存，内容还在。请先把其中一场改期。"
OURS, OTHERS = ("13800000041", "13800000042"), ("13800000043", "13800000044")


@pytest.fixture
def mediation(rooms):
    return rooms.mediation(OURS)


@pytest.fixture
def booking(rooms, mediation):
    """An hour of Monday for two parties."""
    return rooms.booked(FIRST, "09:00", "10:00", mediation)


def facts(phone, name="李国强", side=PartySide.RESPONDENT, companions=()):
    return PartyFacts(side=side, name=name, phone=phone, companions=companions)


def change(rooms, mediation, request, **more):
    seen = rooms.row(mediation).version
    return rooms.ask(MENG, request, mediation=mediation, seen=seen, **more)


def assign(rooms, mediation, mediator=LAO_LIANG, reason="当事人另选"):
    new = rooms.mediator_ids[mediator]
    return change(rooms, mediation, AssignMediator, mediator=new, reason=reason)


def tie(rooms, name="某人", **more):
    mediator = rooms.mediator_ids[QIAN]
    return rooms.ask(
        GU, SetMediatorTie, mediator=mediator, kind=TieKind.RELATIVE, name=name, **more
    ).made


def persons(rooms, booking):
    """Return how many quarters of people a booking holds."""
    return rooms.slots(booking).get("person", 0)


def test_who_leaves_is_free_at_once_and_the_board_does_not_name_him(rooms, mediation, booking):
    third = facts("13800000045", "王五", PartySide.THIRD)
    left = change(rooms, mediation, AddParty, party=third).made["party"]
    assert (persons(rooms, booking), rooms.booking(booking).shown_people) == (
        12,
        "张某、李某、王某",
    )
    change(rooms, mediation, RemoveParty, which=left, reason="不再主张")
    assert (persons(rooms, booking), rooms.booking(booking).shown_people) == (8, "张某、李某")
    his = rooms.mediation(("13800000045", "13800000046"), LAO_LIANG)
    rooms.booked(SECOND, "09:15", "10:15", his)


def test_another_telephone_is_held_instead_and_the_former_is_free(rooms, mediation, booking):
    _, respondent = rooms.parties(mediation)
    other = rooms.mediation(OTHERS, LAO_LIANG)
    rooms.booked(SECOND, "09:30", "10:30", other)

    with pytest.raises(SlotTaken) as refusal:
        change(rooms, mediation, ChangeParty, which=respondent.id, party=facts(OTHERS[0]))
    when = f"{rooms.monday.month} 月 {rooms.monday.day} 日 09:30–10:30"
    assert str(refusal.value) == f"来的人里有一位 {when} 在第二调解室已有安排，由信联办登记。{KEPT}"
    assert persons(rooms, booking) == 8

    change(rooms, mediation, ChangeParty, which=respondent.id, party=facts("13800000047"))
    assert persons(rooms, booking) == 8
    was = rooms.mediation((OURS[1], "13800000048"), LAO_LIANG)
    with pytest.raises(SlotTaken, match="来的人里有一位"):
        rooms.book(STUDIO, "09:00", "09:30", rooms.mediation(("13800000047",) * 2, LAO_LIANG))
    rooms.booked(STUDIO, "09:00", "09:30", was)


def test_agents_guardians_and_interpreters_cannot_be_in_two_rooms_either(rooms, mediation, booking):
    _, respondent = rooms.parties(mediation)
    along = tuple(
        CompanionFacts(role=role, name=name, phone=phone)
        for role, name, phone in (
            (CompanionRole.AGENT, "丁律", "13800000051"),
            (CompanionRole.INTERPRETER, "何译", "13800000052"),
            (CompanionRole.GUARDIAN, "李母", ""),
            (CompanionRole.SOCIAL_WORKER, "社工小方", "13800000053"),
        )
    )
    party = facts(OURS[1], companions=along)
    change(rooms, mediation, ChangeParty, which=respondent.id, party=party)
    assert persons(rooms, booking) == 16

    for place, phone in enumerate(("13800000051", "13800000052", "13800000053")):
        other = rooms.mediation((f"1380000006{place}", phone), LAO_LIANG)
        if phone == "13800000053":  # may stay away
            rooms.booked(SECOND, "09:00", "10:00", other)
            continue
        with pytest.raises(SlotTaken, match="来的人里有一位"):
            rooms.book(SECOND, "09:00", "10:00", other)
    change(rooms, mediation, ChangeParty, which=respondent.id, party=facts(OURS[1]))
    assert persons(rooms, booking) == 8


def test_what_is_over_keeps_its_people_and_a_hold_that_ran_out_keeps_nobody_away(rooms, mediation):
    over = rooms.booked(FIRST, "09:00", "09:30", mediation)
    held = rooms.booked(
        SECOND, "14:00", "15:00", rooms.mediation(OTHERS, LAO_LIANG), is_provisional=True
    )
    rooms.clock.set(f"{rooms.monday} 13:00")
    rooms.booked(FIRST, "14:00", "15:00", mediation)
    _, respondent = rooms.parties(mediation)
    change(rooms, mediation, ChangeParty, which=respondent.id, party=facts(OTHERS[0]))
    assert rooms.status(held) is B.EXPIRED
    assert persons(rooms, over) == 4
    assert rooms.booking(over).version == 1


def test_a_new_mediator_takes_what_was_booked_with_the_former_one(rooms, mediation):
    first = rooms.booked(
        FIRST, "09:00", "10:00", mediation, caucus_room=CAUCUS, recorder=MENG, attendees=5
    )
    second = rooms.booked(FIRST, "1 09:00", "1 10:00", mediation, is_provisional=True)
    theirs = rooms.booked(STUDIO, "2 09:00", "2 10:00", mediation, mediator=LAO_LIANG)
    title = assign(rooms, mediation).title
    assert title.endswith("，已排的 2 场一并改由他主持")

    for old, status in ((first, B.CONFIRMED), (second, B.PROVISIONAL)):
        before = rooms.booking(old)
        assert (before.status, before.end_reason) == (B.MOVED, "更换调解员：当事人另选")
        now = rooms.booking(before.moved_to_id)
        assert (now.status, now.mediator_id) == (status, rooms.mediator_ids[LAO_LIANG])
        assert (now.starts_at, now.hold_until) == (before.starts_at, before.hold_until)
        assert (now.caucus_room_id, now.recorder_id, now.attendees) == (
            before.caucus_room_id,
            before.recorder_id,
            before.attendees,
        )
        assert rooms.slots(old) == {}
    assert rooms.status(theirs) is B.CONFIRMED
    rooms.booked(SECOND, "09:00", "10:00", mediator=QIAN)
    assert rooms.overlaps() == 0


def test_a_new_mediator_who_is_not_free_is_refused_with_the_times(rooms, mediation, booking):
    rooms.booked(FIRST, "1 09:00", "1 10:00", mediation)
    rooms.booked(STUDIO, "09:30", "10:30", mediator=LAO_LIANG)
    with pytest.raises(RuleBroken) as refusal:
        assign(rooms, mediation)
    when = f"{rooms.monday.month} 月 {rooms.monday.day} 日 09:30–10:30 老梁工作室"
    assert str(refusal.value) == (
        f"梁德福 在本案已排好的时间另有安排：{when}。请先把本案的这几场改期，再更换调解员。"
    )
    assert refusal.value.field == "mediator"
    assert rooms.row(mediation).mediator_id == rooms.mediator_ids[QIAN]
    assert rooms.status(booking) is B.CONFIRMED


def test_the_account_of_a_mediator_stays_while_bookings_hold_its_time(rooms, booking):
    mediator = rooms.mediator_ids[QIAN]
    with pytest.raises(RuleBroken, match="还有 1 场已排好的") as refusal:
        rooms.ask(GU, SetMediator, mediator=mediator, name=QIAN)
    assert refusal.value.field == "staff"
    rooms.cancel(booking)
    rooms.ask(GU, SetMediator, mediator=mediator, name=QIAN)
    rooms.ask(GU, SetMediator, mediator=mediator, name=QIAN, staff=rooms.staff(QIAN))


def test_a_sitting_that_runs_stays_with_its_mediator(rooms, mediation, booking):
    rooms.change(StartBooking, booking)
    assert "已排的" not in assign(rooms, mediation).title
    assert rooms.booking(booking).mediator_id == rooms.mediator_ids[QIAN]


def test_a_booking_that_could_not_be_made_today_must_be_moved_first(rooms, mediation):
    kind = {"name": f"旧间{rooms.monday}", "kind": RoomKind.MEDIATION, "capacity": 5}
    rooms.room_ids["旧间"] = rooms.ask(XU, SetRoom, **kind).made["room"]
    rooms.booked("旧间", "2 09:00", "2 10:00", mediation)
    rooms.clock.forward(hours=1)
    rooms.ask(XU, EndRoom, room=rooms.room_ids["旧间"])
    day = rooms.monday + timedelta(days=2)
    with pytest.raises(RuleBroken) as refusal:
        assign(rooms, mediation)
    assert str(refusal.value) == (
        f"{day.month} 月 {day.day} 日 09:00–10:00 旧间{rooms.monday} 的安排不能直接换人："
        "这个房间当天不能用，请另选一间。请先给这一场改期，再更换调解员。"
    )


def test_whoever_writes_a_tie_down_hears_which_bookings_need_another_mediator(
    rooms, mediation, booking
):
    assert tie(rooms, phone="13800000099")["then"] == ""
    made = tie(rooms, phone=OURS[1])
    day = rooms.monday
    assert made["then"] == (
        f"已排好的 1 场要换调解员：{day.month} 月 {day.day} 日 09:00–10:00 第一调解室"
        f"（{rooms.row(mediation).number}）。"
        "请到调解室排期里逐场改派；改好以前，那里一直标着“须换调解员”。"
    )
    assert rooms.status(booking) is B.CONFIRMED
    rooms.ask(GU, EndMediatorTie, tie=made["tie"])


def test_a_tie_to_an_agent_is_a_tie_too(rooms, mediation, booking):
    agent = CompanionFacts(role=CompanionRole.AGENT, name="丁律", phone="13800000054")
    _, respondent = rooms.parties(mediation)
    party = facts(OURS[1], companions=(agent,))
    change(rooms, mediation, ChangeParty, which=respondent.id, party=party)
    found = tie(rooms, phone="13800000054")
    assert found["then"].startswith("已排好的 1 场要换调解员")
    with pytest.raises(RuleBroken, match="一方当事人或其代理人有“亲属”登记"):
        rooms.book(FIRST, "1 09:00", "1 10:00", mediation)
    rooms.ask(GU, EndMediatorTie, tie=found["tie"])


def test_a_hold_with_a_tie_is_not_confirmed(rooms, mediation):
    held = rooms.booked(FIRST, "09:00", "10:00", mediation, is_provisional=True)
    found = tie(rooms, phone=OURS[0])["tie"]
    with pytest.raises(RuleBroken, match="回避登记，请另选一位"):
        rooms.change(ConfirmBooking, held)
    rooms.ask(GU, EndMediatorTie, tie=found)
    rooms.change(ConfirmBooking, held)
    assert rooms.status(held) is B.CONFIRMED


def test_hours_that_change_say_which_bookings_lie_outside_now(own_work):
    own_work.clock.set("2026-11-02 08:00")
    rooms = Rooms(own_work.hall, own_work.clock).furnish()
    rooms.booked(FIRST, "3 10:00", "3 11:00")
    rooms.booked(SECOND, "3 14:00", "3 15:00", overtime_by="郑伟")
    rooms.cancel(rooms.booked(SECOND, "4 10:00", "4 11:00"))

    def then(hours):
        return rooms.ask(XU, SetSetting, key="opening_hours", value=hours).made["then"]

    assert then("09:00-11:00") == ""
    assert then("14:00-18:00") == (
        "已排好的 1 场落在开放时间之外：11 月 5 日 10:00–11:00 第一调解室。"
        "请通知排期的同事逐场改期；改好以前，排期表上一直标着“须改期”。"
    )
    assert then("09:00-18:00") == ""
