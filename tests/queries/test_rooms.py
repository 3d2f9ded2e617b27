"""What the grid of rooms shows to whom, and where the same people could meet instead."""

from datetime import date, timedelta

import pytest

from desk.actions.booking_ends import EndBooking, StartBooking
from desk.queries.room_day import day_view, earlier_versions, month_view, week_view
from desk.queries.room_gaps import Wish, booking_advice, booking_check, nearest_gaps
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingPurpose, BookingStatus
from desk.rules.moments import in_shanghai
from tests.actions.rooms import CAUCUS, FIRST, LAO_LIANG, MENG, QIAN, ROOMS, SECOND, STUDIO, Rooms
from tests.actions.work import FENG, ZHENG

MONDAY = date(2026, 11, 2)


@pytest.fixture
def rooms(hall, clock):
    clock.set("2026-11-02 08:00")
    return Rooms(hall, clock).furnish()


def day(rooms, who=MENG, on=MONDAY):
    return rooms.desk(who).read(lambda reader: day_view(reader, on))


def gaps(rooms, room, start, end, **more):
    facts = rooms.where(room, start, end, **more)
    found = rooms.desk(MENG).read(lambda reader: nearest_gaps(reader, Wish(**facts)))
    return [(gap.room, f"{in_shanghai(gap.starts_at):%d %H:%M}", gap.why) for gap in found]


def test_a_day_shows_rooms_hours_and_bookings_as_each_reader_may_see_them(rooms):
    mediation = rooms.mediation()
    rooms.booked(FIRST, "09:00", "10:00", mediation, caucus_room=CAUCUS, recorder=MENG)
    private = rooms.mediation(("13800000033", "13800000034"), is_private=True)
    rooms.booked(SECOND, "14:00", "15:00", private, is_provisional=True)
    rooms.booked(STUDIO, "16:00", "17:00")
    rooms.cancel(rooms.booked(STUDIO, "09:00", "10:00"))

    view = day(rooms)
    assert [room.name for room in view.rooms] == list(ROOMS)
    assert [f"{in_shanghai(a):%H}-{in_shanghai(b):%H}" for a, b in view.open] == ["09-12", "14-18"]
    assert [(one.title, one.people, one.may_change) for one in view.bookings] == [
        ("邻里纠纷", "张某、李某", True),
        ("邻里纠纷", "不公开", True),
        ("个案会商", "", True),
    ]
    first = view.bookings[0]
    assert first.rooms == (rooms.room_ids[FIRST], rooms.room_ids[CAUCUS])
    assert (first.mediation_id, first.mediator, first.recorder) == (mediation, QIAN, MENG)
    assert first.number == rooms.row(mediation).number
    # 1 h in two rooms and 2 h in others, of 7 h in four rooms
    assert (view.load.booked_minutes, view.load.open_minutes, view.load.percent) == (240, 1680, 14)
    assert view.load.purposes == (BookingPurpose.MEDIATION, BookingPurpose.CONSULTATION)

    seen = [(one.title, one.people, one.number) for one in day(rooms, ZHENG).bookings]
    assert seen[0] == ("邻里纠纷", "", first.number)  # a leader: which one, but no names
    seen = [(one.title, one.people, one.number) for one in day(rooms, FENG).bookings]
    assert seen == [("调解", "", ""), ("调解", "", ""), ("个案会商", "", "")]

    rooms.clock.forward(minutes=31)
    assert BookingStatus.PROVISIONAL not in {one.status for one in day(rooms).bookings}


def test_a_week_has_its_days_off_and_a_booking_its_history(rooms):
    old = rooms.booked(FIRST, "09:00", "10:00", mediator=QIAN)
    new = rooms.move(old, FIRST, "2 09:00", "2 10:00", mediator=QIAN).made["booking"]
    last = rooms.move(new, SECOND, "3 09:00", "3 10:00", mediator=QIAN).made["booking"]
    week = rooms.desk(MENG).read(lambda reader: week_view(reader, date(2026, 11, 5)))
    assert [len(one.bookings) for one in week.days] == [0, 0, 0, 1, 0, 0, 0]
    assert [bool(one.closed_reason) for one in week.days] == [False] * 5 + [True] * 2
    assert week.days[5].load.percent == 0
    earlier = rooms.desk(MENG).read(lambda reader: earlier_versions(reader, last))
    assert [one.id for one in earlier] == [new, old]

    month = rooms.desk(MENG).read(
        lambda reader: month_view(reader, rooms.mediator_ids[QIAN], 2026, 11)
    )
    assert (month.mediator, len(month.days)) == (QIAN, 30)
    assert [one.id for one in month.days[4].bookings] == [last]
    assert [one.is_on_duty for one in month.days[4:7]] == [True, True, False]
    with pytest.raises(RuleBroken):
        rooms.desk(MENG).read(lambda reader: month_view(reader, 1, 2026, 11))


def test_three_ways_out_for_the_same_people_nearest_first(rooms):
    rooms.booked(SECOND, "09:30", "10:45", mediator=LAO_LIANG)
    wish = {"attendees": 6, "mediator": QIAN}
    assert gaps(rooms, SECOND, "10:15", "11:30", **wish) == [
        (STUDIO, "02 10:15", "同一时间"),
        (STUDIO, "02 09:00", "早 1 小时 15 分"),
        (SECOND, "02 14:00", "晚 3 小时 45 分"),
    ]
    assert gaps(rooms, SECOND, "10:15", "11:30", mediator=LAO_LIANG)[0] == (
        STUDIO,
        "02 10:45",
        "晚 30 分",
    )
    busy = rooms.booked(FIRST, "10:00", "12:00", attendees=8)
    assert gaps(rooms, FIRST, "10:00", "12:00", attendees=8, needs_access=True) == [
        (FIRST, "02 14:00", "晚 4 小时 · 无障碍"),
        (FIRST, "02 16:00", "晚 6 小时 · 无障碍"),
        (FIRST, "03 09:00", "11 月 3 日 · 无障碍"),
    ]
    moved = gaps(rooms, FIRST, "10:30", "11:30", attendees=8, booking=busy)
    assert moved[0] == (FIRST, "02 10:30", "同一时间")


def test_a_group_needs_both_rooms_and_what_expired_is_free_again(rooms):
    rooms.booked(CAUCUS, "09:00", "10:00", is_provisional=True)
    wish = {"caucus_room": CAUCUS}
    assert gaps(rooms, FIRST, "09:00", "10:00", **wish)[0][1] == "02 10:30"
    rooms.clock.forward(minutes=31)
    found = gaps(rooms, FIRST, "09:00", "10:00", **wish)
    assert found[0] == (FIRST, "02 09:00", "同一时间")
    rooms.clock.set("2026-11-02 17:30")
    assert gaps(rooms, FIRST, "09:00", "10:00")[0][1] == "03 09:00"


def test_before_saving_the_rules_say_what_they_think(rooms):
    facts = rooms.where(FIRST, "09:00", "11:30")

    def check(**more):
        wish = Wish(**(facts | more))
        return rooms.desk(MENG).read(lambda reader: booking_check(reader, wish))

    assert "这一场排了 150 分钟" in check().advice[0]
    assert (check(attendees=9).field, check(room=1).field) == ("attendees", "room")
    assert check(attendees=9).advice == ()
    wish = Wish(**facts)
    assert rooms.desk(MENG).read(lambda reader: booking_advice(reader, wish)) == check().advice


def test_what_is_over_stays_on_the_grid(rooms):
    booking = rooms.booked(FIRST, "09:00", "10:00")
    rooms.clock.forward(hours=1)
    rooms.change(StartBooking, booking)
    rooms.change(EndBooking, booking)
    (shown,) = day(rooms).bookings
    assert shown.status is BookingStatus.HELD
    assert shown.ends_at - shown.starts_at == timedelta(hours=1)
