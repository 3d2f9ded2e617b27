"""Bookings are moved and cancelled, alone or with their series; they end, or nobody comes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.booking_changes import CancelBooking
from desk.actions.booking_ends import EndBooking, MarkNoShow, StartBooking
from desk.actions.booking_series import BookSeries, MoveSeries
from desk.rules.bookings import SlotTaken
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import (
    BookingPurpose,
    BookingStatus,
    HolidayWay,
    MediationStatus,
    RepeatRule,
)
from desk.rules.moments import day_of
from desk.store.models import Booking, Event
from tests.actions.rooms import FIRST, LAO_LIANG, MENG, SECOND, STUDIO
from tests.actions.work import LI, ZHOU

B, S = BookingStatus, MediationStatus


def series(rooms, room=FIRST, start="09:00", end="10:00", **more):
    facts = {"title": "领导接访", "weekdays": (3,), "count": 3} | more
    return rooms.ask(ZHOU, BookSeries, **rooms.where(room, start, end), **facts)


def move_series(rooms, booking, room, start, end, **more):
    where = rooms.where(room, start, end)
    return rooms.change(MoveSeries, booking, ZHOU, **where, **more)


def days(rooms, ids):
    return [day_of(rooms.booking(one).starts_at) for one in ids]


def test_a_move_frees_the_old_time_and_keeps_where_it_was(rooms):
    mediation = rooms.mediation()
    old = rooms.booked(FIRST, "09:00", "10:00", mediation)
    answer = rooms.move(old, FIRST, "09:30", "10:30", reason="当事人晚到")
    new = rooms.booking(answer.made["booking"])

    before = rooms.booking(old)
    assert (before.status, before.moved_to_id, before.end_reason) == (B.MOVED, new.id, "当事人晚到")
    assert rooms.slots(old) == {}
    assert (new.status, new.mediation_id, new.title) == (B.CONFIRMED, mediation, "邻里纠纷")
    assert rooms.row(mediation).status is S.SCHEDULED
    with pytest.raises(RuleBroken, match="已改期"):
        rooms.move(old, FIRST, "11:00", "12:00")


def test_a_move_to_a_taken_time_leaves_everything_as_it_was(rooms):
    rooms.booked(SECOND, "14:00", "15:00")
    mine = rooms.booked(FIRST, "09:00", "10:00", mediator=LAO_LIANG, is_provisional=True)
    held = rooms.slots(mine)
    with pytest.raises(SlotTaken, match="第二调解室 14:00–15:00 已被"):
        rooms.move(mine, SECOND, "14:30", "15:30")
    assert (rooms.status(mine), rooms.slots(mine)) == (B.PROVISIONAL, held)
    until = rooms.booking(mine).hold_until
    moved = rooms.booking(rooms.move(mine, SECOND, "09:00", "10:00").made["booking"])
    assert (moved.status, moved.hold_until) == (B.PROVISIONAL, until)


def test_the_last_appointment_that_is_cancelled_gives_the_mediation_back(rooms):
    mediation = rooms.mediation()
    first = rooms.booked(FIRST, "09:00", "10:00", mediation)
    second = rooms.booked(FIRST, "14:00", "15:00", mediation)
    rooms.cancel(first)
    assert rooms.row(mediation).status is S.SCHEDULED
    with pytest.raises(RuleBroken) as refusal:
        rooms.cancel(second, reason="")
    assert refusal.value.field == "reason"
    rooms.cancel(second)
    assert rooms.row(mediation).status is S.ACCEPTED
    with pytest.raises(RuleBroken, match="已取消"):
        rooms.cancel(second)
    rooms.booked(FIRST, "09:00", "10:00", mediation)


def test_a_booking_begins_and_its_room_is_free_when_it_is_over(rooms):
    mediation = rooms.mediation()
    booking = rooms.booked(FIRST, "09:00", "11:00", mediation)
    with pytest.raises(RuleBroken, match="还没到开始的时间"):
        rooms.change(EndBooking, booking)
    rooms.clock.forward(days=-1)
    with pytest.raises(RuleBroken, match="当天才能开始。要提前或推后，请先改期"):
        rooms.change(StartBooking, booking)
    rooms.clock.forward(days=1)
    rooms.change(StartBooking, booking)
    with pytest.raises(RuleBroken, match="不能转为“已改期”"):
        rooms.move(booking, FIRST, "14:00", "15:00")
    rooms.change(EndBooking, booking)
    assert (rooms.status(booking), rooms.slots(booking)) == (B.HELD, {})
    rooms.booked(FIRST, "09:30", "10:30", mediation)


def test_who_did_not_come_is_counted_and_the_second_time_is_said(rooms):
    mediation = rooms.mediation()
    absent, present = rooms.parties(mediation)
    first = rooms.booked(FIRST, "09:00", "10:00", mediation)
    rooms.clock.forward(hours=2)
    with pytest.raises(RuleBroken) as refusal:
        rooms.change(MarkNoShow, first, absent=(absent.id, 1))
    assert refusal.value.field == "absent"
    answer = rooms.change(MarkNoShow, first, absent=(absent.id,), reason="电话不接")
    assert answer.made["again"] is False
    booking = rooms.booking(first)
    assert (booking.status, booking.absent, booking.end_reason) == (
        B.NO_SHOW,
        [absent.name],
        "电话不接",
    )
    assert rooms.row(mediation).status is S.ACCEPTED
    second = rooms.booked(FIRST, "14:00", "15:00", mediation)
    rooms.clock.forward(hours=5)
    assert rooms.change(MarkNoShow, second, absent=(absent.id,)).made["again"] is True
    assert [party.no_shows for party in rooms.parties(mediation)] == [2, 0]
    with Session(rooms.hall.engine) as session:
        lines = session.scalars(select(Event).where(Event.kind == "booking.missed")).all()
    assert not [line for line in lines if absent.name in f"{line.title}{line.payload}"]
    assert present.no_shows == 0


def test_every_thursday_leaders_receive_visitors(rooms):
    answer = series(rooms, recorder=None)
    thursdays = [rooms.monday + timedelta(days=3 + 7 * n) for n in range(3)]
    working = [day for day in thursdays if day.isoformat() not in answer.made["skipped"]]
    assert days(rooms, answer.made["bookings"]) == working
    booking = rooms.booking(answer.made["bookings"][0])
    assert (booking.purpose, booking.title, booking.occurrence_on) == (
        BookingPurpose.RECEPTION,
        "领导接访",
        thursdays[0],
    )
    assert answer.title == f"周期预订 第一调解室 {len(working)} 次"


def test_a_series_is_booked_wholly_or_not_at_all(rooms):
    rooms.booked(STUDIO, "2 09:30", "2 10:30")
    wednesday = rooms.monday + timedelta(days=2)
    said = f"老梁工作室 {wednesday.month} 月 {wednesday.day} 日 09:30–10:30 已被信联办占下"
    with pytest.raises(SlotTaken, match=said):
        series(rooms, STUDIO, rule=RepeatRule.DAILY, count=4, weekdays=())
    with Session(rooms.hall.engine) as session:
        mine = Booking.starts_at >= rooms.at("00:00"), Booking.room_id == rooms.room_ids[STUDIO]
        assert len(session.scalars(select(Booking).where(*mine)).all()) == 1


def test_a_series_keeps_days_off_only_with_a_leaders_word(rooms):
    weekend = {"rule": RepeatRule.WEEKLY, "weekdays": (5,), "count": 1}
    with pytest.raises(RuleBroken, match="休息日不开放"):
        series(rooms, holiday_way=HolidayWay.KEEP, **weekend)
    kept = series(rooms, holiday_way=HolidayWay.KEEP, overtime_by="王磊", **weekend)
    saturday = rooms.monday + timedelta(days=5)
    assert days(rooms, kept.made["bookings"]) == [saturday]
    skipped = series(rooms, SECOND, holiday_way=HolidayWay.SKIP, **weekend)
    assert (skipped.made["bookings"], skipped.made["skipped"]) == ([], [saturday.isoformat()])


def test_what_a_series_needs_is_asked_for(rooms):
    for more, field in (
        ({"purpose": BookingPurpose.MEDIATION}, "purpose"),
        ({"title": ""}, "title"),
        ({"weekdays": ()}, "weekdays"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            series(rooms, **more)
        assert refusal.value.field == field
    with pytest.raises(NotAllowed):
        rooms.ask(LI, BookSeries, **rooms.where(FIRST, "09:00", "10:00"), title="x", count=1)


def test_a_series_into_a_year_without_a_notice_of_holidays_says_so(rooms):
    near = series(rooms, STUDIO, count=1)
    assert not any("放假通知" in words for words in near.made["warnings"])
    far = series(rooms, SECOND, every=52, count=2)
    year = days(rooms, far.made["bookings"])[-1].year
    assert far.made["warnings"][-1].startswith(f"{year} 年的放假通知还没有导入")


def test_this_one_or_all_from_here_on_are_cancelled(rooms):
    ids = series(rooms, rule=RepeatRule.DAILY, count=5, weekdays=()).made["bookings"]
    one = rooms.change(CancelBooking, ids[1], ZHOU, reason="领导开会")
    assert (one.title, one.made["cancelled"]) == ("取消一次安排", 1)
    later = rooms.change(CancelBooking, ids[2], ZHOU, reason="改在下月", from_here_on=True)
    assert later.title == "取消一个系列从此以后的 3 次"
    assert [rooms.status(one) for one in ids] == [B.CONFIRMED, *[B.CANCELLED] * 4]
    single = rooms.booked(SECOND, "09:00", "10:00")
    assert rooms.cancel(single, from_here_on=True).made["cancelled"] == 1


def test_all_from_here_on_move_by_as_many_days(rooms):
    ids = series(rooms, rule=RepeatRule.DAILY, count=4, weekdays=()).made["bookings"]
    answer = move_series(rooms, ids[1], SECOND, "2 14:00", "2 15:30", reason="改到下午")
    moved = answer.made["bookings"]
    assert days(rooms, moved) == [rooms.monday + timedelta(days=n) for n in (2, 3, 4)]
    assert [rooms.status(one) for one in ids] == [B.CONFIRMED, B.MOVED, B.MOVED, B.MOVED]
    assert rooms.booking(ids[1]).moved_to_id == moved[0]
    assert {rooms.booking(one).room_id for one in moved} == {rooms.room_ids[SECOND]}
    again = move_series(rooms, moved[0], SECOND, "3 14:00", "3 15:30")
    assert len(again.made["bookings"]) == 2
    assert again.made["skipped"] == [(rooms.monday + timedelta(days=5)).isoformat()]
    assert rooms.status(moved[2]) is B.CANCELLED


def test_a_series_that_cannot_move_stays_as_it_was(rooms):
    ids = series(rooms, rule=RepeatRule.DAILY, count=3, weekdays=()).made["bookings"]
    rooms.booked(SECOND, "2 14:00", "2 15:00")
    with pytest.raises(SlotTaken):
        move_series(rooms, ids[0], SECOND, "14:00", "15:00")
    assert [rooms.status(one) for one in ids] == [B.CONFIRMED] * 3
    single = rooms.booked(FIRST, "14:00", "15:00")
    with pytest.raises(RuleBroken, match="不在周期预订里"):
        move_series(rooms, single, SECOND, "09:00", "10:00")
    assert date.fromisoformat(str(rooms.monday)) == day_of(rooms.booking(ids[0]).starts_at)


def test_people_of_a_mediation_hold_their_time_wherever_it_moves(rooms):
    mediation = rooms.mediation(("13800000081", "13800000082"))
    booking = rooms.booked(FIRST, "09:00", "10:00", mediation)
    moved = rooms.move(booking, STUDIO, "14:00", "15:00", mediator=LAO_LIANG, recorder=MENG)
    assert rooms.slots(moved.made["booking"]) == {
        "mediator": 4,
        "person": 8,
        "room": 4,
        "staff": 4,
    }
