"""Quarters of an hour, what is only advised against, and who reads what on the grid."""

from datetime import datetime, time, timedelta

import pytest

from desk.rules.booking_advice import advice
from desk.rules.booking_rights import knows_mediation, may_change_booking, sees_people
from desk.rules.bookings import (
    BOOKING_MOVES,
    LIVE_BOOKINGS,
    Host,
    Meeting,
    People,
    RoomFacts,
    Tie,
    Wish,
    is_within,
    open_quarters,
    shown_party,
    slot_of,
    slots_between,
    tie_between,
)
from desk.rules.codes import Role
from desk.rules.mediation_codes import BookingStatus, TieKind
from desk.rules.moments import SHANGHAI
from desk.rules.rights import Person
from desk.rules.working_days import built_in_calendar

ROOM = RoomFacts(1, "第一调解室", 8, is_accessible=False, buffer_minutes=15)
CAUCUS = RoomFacts(2, "背靠背间", 4, is_accessible=True, buffer_minutes=30)


def at(words, day="2026-11-02"):
    return datetime.fromisoformat(f"{day} {words}").replace(tzinfo=SHANGHAI)


def hours_of(words):
    spans = (span.split("-") for span in words.split(","))
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans)


def meeting(start="09:00", end="10:00", *, day="2026-11-02", wish=None, **more):
    wanted = Wish(1, at(start, day), at(end, day), **(wish or {}))
    return Meeting(wanted, ROOM, built_in_calendar(), **more)


def test_a_booking_ends_where_the_next_one_may_begin():
    morning = slots_between(at("10:00"), at("11:00"))
    assert len(morning) == 4
    assert set(morning).isdisjoint(slots_between(at("11:00"), at("12:00")))
    cleared = slots_between(at("10:00"), at("11:00"), 15)
    assert len(cleared) == 6
    assert not set(cleared).isdisjoint(slots_between(at("11:15"), at("12:00"), 15))
    assert set(cleared).isdisjoint(slots_between(at("11:30"), at("12:00"), 15))


def test_two_rooms_of_a_group_are_cleared_for_as_long_as_the_slower_one_takes():
    both = meeting(caucus=CAUCUS)
    assert both.buffer_minutes == 30
    assert {len(slots) for slots in both.resources().values()} == {8}


def test_only_live_bookings_go_on_and_none_comes_back():
    for status, targets in BOOKING_MOVES.items():
        assert bool(targets) == (status in LIVE_BOOKINGS)
        assert BookingStatus.PROVISIONAL not in targets


def test_a_board_names_people_by_their_surname():
    assert shown_party("欧阳丹丹", is_person=True) == "欧阳某"
    assert shown_party("安居物业公司", is_person=False) == "某单位"


def test_a_tie_counts_by_key_and_by_name_only_where_there_is_no_key():
    people = People(keys=frozenset({"phone:1"}), names=frozenset({"张三"}))
    by_name = Tie(TieKind.RELATIVE, "张三")
    other = Tie(TieKind.COLLEAGUE, "张三", "phone:2")
    by_key = Tie(TieKind.INTEREST, "别名", "phone:1")
    assert tie_between((other,), people) is None
    assert tie_between((other, by_key, by_name), people) is by_key
    assert tie_between((by_name,), people) is by_name
    assert tie_between((by_name,), People()) is None


ON_DUTY = Host(1, "钱惠", ((at("09:00"), at("18:00")),))
BUSY = tuple((at(f"{hour:02}:00"), at(f"{hour:02}:30")) for hour in (9, 10, 14))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (meeting(host=ON_DUTY), ""),
        (meeting(wish={"staggers": True}), "最好再订一间背靠背间"),
        (meeting(wish={"staggers": True}, caucus=CAUCUS), "分别到主室和背靠背间"),
        (meeting("11:00", "11:30", neighbours=BUSY), ""),
        (meeting("11:00", "11:30", neighbours=((at("08:00"), at("08:30")), *BUSY)), "连排 4 场"),
        (meeting("13:00", "13:30", neighbours=BUSY), "占用了 12:00–14:00"),
        (meeting("09:00", "11:15"), "这一场排了 135 分钟"),
        (meeting("16:30", "17:15", people=People(birth_years=(1956,))), "70 岁以上"),
        (meeting("16:00", "17:00", people=People(birth_years=(1940,))), ""),
        (meeting("17:00", "18:00", people=People(birth_years=(1957,))), ""),
        (meeting(wish={"needs_access": True}), "没有无障碍条件"),
        (meeting("08:00", "09:00", host=ON_DUTY), "调解员钱惠这个时段不当班"),
        (
            meeting(
                host=Host(1, "钱惠", ON_DUTY.duty, (Tie(TieKind.RELATIVE, "张三", "phone:2"),)),
                people=People(names=frozenset({"张三"})),
            ),
            "与当事人同名的人",
        ),
        (meeting(wish={"attendees": 2}, people=People(count=4)), "按登记要到 4 人"),
        (meeting(day="2031-03-03"), "2031 年节假日表未更新"),
    ],
)
def test_what_is_advised_against_is_said_and_nothing_else(given, words):
    said = advice(given)
    assert len(said) == bool(words)
    assert words in "".join(said)


def test_three_in_a_row_are_enough_counted_before_and_after():
    half = timedelta(minutes=30)
    around = ((at("09:00"), at("09:30")), (at("11:00"), at("11:30")), (at("12:00"), at("12:30")))
    between = meeting("10:00", "10:30", neighbours=around)
    assert "连排 4 场" in advice(between)[0]
    far = [(a + 6 * half, b + 6 * half) for a, b in around[1:]]
    assert advice(meeting("10:00", "10:30", neighbours=(around[0], *far))) == ()


def person(*roles, staff_id=1, is_built_in=False):
    return Person(
        staff_id=staff_id,
        name="某",
        street_id=1,
        unit_ids=frozenset(),
        roles=frozenset(roles),
        home_unit_id=1,
        is_built_in=is_built_in,
    )


@pytest.mark.parametrize(
    ("who", "changes", "knows", "reads"),
    [
        (person(Role.SECRETARY), True, True, True),
        (person(Role.MEDIATOR), False, True, True),
        (person(Role.LEADER), False, True, False),
        (person(Role.OFFICE), False, False, False),
        (person(Role.HANDLER, staff_id=7), True, True, True),  # its own mediator
        (person(is_built_in=True), True, True, True),
    ],
)
def test_who_changes_a_mediations_booking_and_who_reads_for_whom_it_is(who, changes, knows, reads):
    staff = frozenset({7})
    assert may_change_booking(who, staff) is changes
    assert knows_mediation(who, staff) is knows
    assert sees_people(who, staff) is reads
    assert may_change_booking(who, None) is (who.staff_id == 1 and Role.LEADER not in who.roles)


@pytest.mark.parametrize(
    ("hours", "open_for"),
    [
        ("09:00-12:00,14:00-18:00", ["09:00-12:00", "14:00-18:00"]),
        ("14:00-18:00,09:00-12:00", ["09:00-12:00", "14:00-18:00"]),
        ("08:50-11:50", ["09:00-11:45"]),  # only whole quarters
        ("09:00-12:00,12:00-14:00", ["09:00-14:00"]),
        ("09:00-18:00,10:00-12:00", ["09:00-18:00"]),
        ("09:05-09:20,10:00-11:00", ["10:00-11:00"]),
    ],
)
def test_a_hall_is_open_for_whole_quarters_joined_where_they_touch(hours, open_for):
    calendar = built_in_calendar(hours_of(hours))
    spans = open_quarters(calendar, at("00:00").date())
    told = [tuple(slot_of(at(clock)) for clock in one.split("-")) for one in open_for]
    assert [(span.start, span.stop) for span in spans] == told
    assert open_quarters(calendar, at("00:00", "2026-11-01").date()) == ()
    assert not is_within(spans, at("18:00"), at("18:15"))


def test_a_time_lies_in_one_span_or_not_at_all():
    spans = open_quarters(built_in_calendar(), at("00:00").date())
    assert is_within(spans, at("09:00"), at("12:00"))
    assert not is_within(spans, at("11:45"), at("14:15"))
    assert not is_within(spans, at("08:45"), at("09:15"))
