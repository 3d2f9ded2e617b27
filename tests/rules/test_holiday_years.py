"""The years a notice makes, and the calendar made of them with the hall's own week and days."""

from datetime import date, time

import pytest

from desk.rules.holiday_years import (
    ROUND_CLOCK,
    NamedDay,
    OwnDay,
    YearDays,
    built_in_years,
    calendar_of,
    missing_next_year,
    missing_notice_words,
)
from desk.rules.opening_hours import week_of
from desk.rules.working_days import (
    ALL_DAY,
    CLOSED,
    HALL_HOURS,
    built_in_calendar,
    working_days_of_month,
)

WEEK = week_of("09:00-12:00,14:00-18:00")
MORNING = ((time(9), time(12)),)
NEW_YEAR_2027 = YearDays(
    2027,
    (NamedDay(date(2026, 12, 31), "元旦"), NamedDay(date(2027, 1, 1), "元旦")),
    (NamedDay(date(2027, 1, 3), "元旦"), NamedDay(date(2027, 1, 9), "元旦", MORNING)),
)


def test_without_notices_it_is_the_built_in_calendar_and_it_is_kept():
    assert calendar_of(WEEK) == built_in_calendar()
    assert calendar_of(WEEK) is calendar_of(WEEK)
    months = [working_days_of_month(calendar_of(WEEK), 2026, month) for month in range(1, 13)]
    assert months == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]


def test_every_day_of_the_built_in_calendar_belongs_to_a_notice_and_has_a_name():
    calendar, years = built_in_calendar(), built_in_years().values()
    rest = [one.day for year in years for one in year.rest]
    worked = [one.day for year in years for one in year.worked]
    assert sorted(rest) == sorted(calendar.holidays)
    assert sorted(worked) == sorted(calendar.shifts)
    assert NamedDay(date(2026, 9, 20), "国庆节") in built_in_years()[2026].worked
    assert NamedDay(date(2018, 12, 31), "元旦") in built_in_years()[2019].rest
    assert NamedDay(date(2015, 9, 3), "纪念日") in built_in_years()[2015].rest


def test_a_notice_brings_its_year_with_days_of_the_year_before():
    calendar = calendar_of(WEEK, (NEW_YEAR_2027,))
    assert 2027 in calendar.years
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.hours_on(date(2027, 1, 3)) == HALL_HOURS
    assert calendar.hours_on(date(2027, 1, 9)) == MORNING


def test_a_notice_replaces_all_days_of_a_built_in_year_and_no_others():
    short = YearDays(2019, (NamedDay(date(2019, 1, 1), "元旦"),), ())
    calendar = calendar_of(WEEK, (short,))
    assert calendar.is_working_day(date(2018, 12, 31))
    assert not calendar.is_working_day(date(2018, 12, 29))
    assert calendar.is_working_day(date(2019, 10, 2))
    assert not calendar.is_working_day(date(2018, 10, 2))


def test_the_streets_own_days_come_above_all():
    own = (
        OwnDay(date(2026, 10, 2), is_working=True, hours=MORNING),  # 节假日轮值
        OwnDay(date(2026, 11, 7), is_working=True),  # a Saturday
        OwnDay(date(2026, 11, 10), is_working=False),
        OwnDay(date(2026, 11, 11), is_working=True),  # a Wednesday with long hours
    )
    week = week_of("09:00-12:00,14:00-18:00；周三 全天；周日 09:00-12:00")
    calendar = calendar_of(week, (), own)
    assert calendar.hours_on(date(2026, 10, 2)) == MORNING
    assert calendar.hours_on(date(2026, 11, 7)) == HALL_HOURS
    assert calendar.hours_on(date(2026, 11, 8)) == MORNING
    assert calendar.hours_on(date(2026, 11, 10)) == CLOSED
    assert calendar.hours_on(date(2026, 11, 11)) == ALL_DAY
    assert calendar.hours_on(date(2026, 10, 1)) == CLOSED


def test_a_post_round_the_clock_never_closes_and_needs_no_notice():
    assert ROUND_CLOCK.hours_on(date(2026, 10, 1)) == ALL_DAY
    assert ROUND_CLOCK.missing_years(date(2026, 1, 1), date(2035, 1, 1)) == ()


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
        (date(2025, 12, 31), None),
    ],
)
def test_from_november_on_the_next_year_is_missed(today, missing):
    assert missing_next_year(calendar_of(WEEK).years, today) == missing
    known = calendar_of(WEEK, (NEW_YEAR_2027,)).years
    assert missing_next_year(known, today) is None


def test_what_to_do_about_a_missing_year_is_said():
    said = missing_notice_words(2027)
    assert said.startswith("2027 年节假日表还没有")
    assert "请在“管理 · 工作日历”导入放假通知" in said
