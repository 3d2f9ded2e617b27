"""The roster (值班表): what a cell means, which days need somebody, whose turn it is."""

from datetime import date

import pytest

from desk.rules.clock_codes import DutyPart
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import HolidayWay
from desk.rules.rights import Person
from desk.rules.roster import (
    OnDuty,
    Post,
    duty_days,
    in_turns,
    may_keep_post,
    missing_parts,
    read_people,
    write_people,
)
from desk.rules.working_days import built_in_calendar

D, N, W = DutyPart.DAY, DutyPart.NIGHT, DutyPart.WHOLE
CALENDAR = built_in_calendar()
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("text", "people", "written"),
    [
        ("", (), ""),
        ("李敏", (OnDuty("李敏"),), "李敏"),
        ("李敏 张三（夜）", (OnDuty("李敏"), OnDuty("张三", N)), "李敏、张三（夜）"),
        (
            "张三(夜班)，李敏（白）",
            (OnDuty("张三", N), OnDuty("李敏", D)),
            "李敏（白）、张三（夜）",
        ),
        ("李敏、★王主任", (OnDuty("李敏"), OnDuty("王主任", W, is_lead=True)), "★王主任、李敏"),
        ("＊王主任（全天）", (OnDuty("王主任", W, is_lead=True),), "★王主任"),
        ("𠮷田·阿依古丽", (OnDuty("𠮷田·阿依古丽"),), "𠮷田·阿依古丽"),
    ],
)
def test_a_cell_is_read_and_written_as_people_write_it(text, people, written):
    assert read_people(text) == people
    assert write_people(people) == written
    assert set(read_people(written)) == set(people)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("李敏（下午）", "括号里的“下午”看不懂"),
        ("李敏（夜", "没看懂“李敏"),
        ("★", "没看懂“★”"),
        ("李敏、李敏", "同一个人写了两次"),
        ("、".join("甲乙丙丁戊己庚辛壬"), "一格最多写 8 人"),
        ("很长的名字" * 11, "没看懂"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(text, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        read_people(text)
    assert refused.value.field == "people"


def test_a_post_by_office_hours_needs_somebody_on_working_days_only():
    days = duty_days(Post(), *OCTOBER, CALENDAR)

    assert date(2026, 10, 7) not in days  # National Day
    assert date(2026, 10, 10) in days  # a Saturday that is worked
    assert len(days) == 18


def test_a_post_around_the_clock_needs_somebody_every_day():
    assert len(duty_days(Post(is_round_clock=True), *OCTOBER, CALENDAR)) == 31


@pytest.mark.parametrize(
    ("way", "days"),
    [
        (HolidayWay.SKIP, (8, 15, 22, 29)),
        (HolidayWay.KEEP, (1, 8, 15, 22, 29)),
        (HolidayWay.SHIFT, (8, 15, 22, 29)),  # the first of October moves onto the eighth
    ],
)
def test_the_leaders_thursday_minds_the_holidays(way, days):
    post = Post(weekday=3, holiday_way=way)
    assert tuple(day.day for day in duty_days(post, *OCTOBER, CALENDAR)) == days


def test_a_weekly_duty_that_moved_out_of_a_holiday_is_found_in_the_month_it_moved_to():
    post = Post(weekday=2, holiday_way=HolidayWay.SHIFT)  # Wednesday, 30 September is worked
    february = duty_days(post, date(2026, 2, 20), date(2026, 2, 28), CALENDAR)
    assert february == (date(2026, 2, 24), date(2026, 2, 25))  # from the 18th, a holiday


@pytest.mark.parametrize(
    ("post", "there", "missing"),
    [
        (Post(), (), (W,)),
        (Post(), (D,), ()),
        (Post(), (N,), (D,)),
        (Post(is_round_clock=True), (D,), ()),
        (Post(is_round_clock=True, needs_night=True), (D,), (N,)),
        (Post(is_round_clock=True, needs_night=True), (D, N), ()),
        (Post(is_round_clock=True, needs_night=True), (W,), ()),
        (Post(is_round_clock=True, needs_night=True), (N,), (D,)),
    ],
)
def test_a_gap_names_the_part_of_the_day(post, there, missing):
    assert missing_parts(post, there) == missing


def test_people_take_turns_and_go_on_where_they_stopped():
    days = [date(2026, 11, day) for day in (2, 3, 4, 5)]

    assert list(in_turns([1, 2, 3], days, None).values()) == [1, 2, 3, 1]
    assert list(in_turns([1, 2, 3], days, 2).values()) == [3, 1, 2, 3]
    assert list(in_turns([1, 2, 3], days, 9).values()) == [1, 2, 3, 1]
    with pytest.raises(RuleBroken, match="还没有写轮值人员"):
        in_turns([], days, None)


def test_without_a_desk_s_roles_nobody_keeps_a_roster():
    nobody = Person(
        staff_id=1,
        name="秦岚",
        street_id=1,
        unit_ids=frozenset({2}),
        roles=frozenset(),
        home_unit_id=2,
    )
    assert not may_keep_post(nobody, 2)
