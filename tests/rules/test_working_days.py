from datetime import date, datetime, time
from itertools import islice

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.moments import SHANGHAI
from desk.rules.working_days import (
    ALL_DAY,
    CLOSED,
    HALL_HOURS,
    Calendar,
    built_in_calendar,
    missing_year_warning,
    working_days_of_month,
)

CALENDAR = built_in_calendar()
SHORT_DAY = ((time(9), time(11)),)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def test_2026_has_248_working_days():
    months = [working_days_of_month(CALENDAR, 2026, month) for month in range(1, 13)]
    assert months == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
    assert sum(months) == 248


def test_weekends_worked_in_2026_are_those_of_the_notice():
    worked = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    assert [(d.month, d.day) for d in sorted(CALENDAR.shifts) if d.year == 2026] == worked
    assert all(CALENDAR.hours_on(date(2026, *day)) == HALL_HOURS for day in worked)


@pytest.mark.parametrize(
    ("day", "n", "result"),
    [
        (date(2026, 9, 24), 3, date(2026, 9, 30)),
        (date(2026, 9, 18), 3, date(2026, 9, 22)),
        (date(2026, 4, 30), 3, date(2026, 5, 8)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2026, 9, 30), -3, date(2026, 9, 24)),
        (date(2026, 9, 26), 0, date(2026, 9, 26)),
    ],
)
def test_working_days_are_counted_from_the_next_day(day, n, result):
    assert CALENDAR.working_day_after(day, n) == result


def test_a_day_of_rest_gives_way_to_the_next_or_the_last_working_day():
    assert CALENDAR.on_or_after(date(2026, 10, 2)) == date(2026, 10, 8)
    assert CALENDAR.on_or_after(date(2026, 10, 2), back=True) == date(2026, 9, 30)
    assert CALENDAR.on_or_after(date(2026, 10, 8)) == date(2026, 10, 8)


def test_holidays_win_over_shifts_and_shifts_over_the_week():
    saturday, sunday = date(2026, 3, 7), date(2026, 3, 8)
    week = (HALL_HOURS,) * 5 + (CLOSED, CLOSED)
    calendar = Calendar(
        week, holidays=frozenset({sunday}), shifts={saturday: SHORT_DAY, sunday: SHORT_DAY}
    )
    assert calendar.hours_on(saturday) == SHORT_DAY
    assert not calendar.is_working_day(sunday)


def test_a_working_day_closes_with_its_last_hours_and_any_other_at_midnight():
    wednesday, sunday = date(2026, 9, 30), date(2026, 3, 8)
    assert CALENDAR.closing(wednesday) == at(wednesday, 18)
    assert CALENDAR.closing(sunday) == at(date(2026, 3, 9), 0)
    assert built_in_calendar(ALL_DAY).closing(wednesday) == at(date(2026, 10, 1), 0)


def test_open_hours_are_walked_from_the_moment_on():
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    walk = list(islice(CALENDAR.windows(at(friday, 10)), 3))
    assert walk == [
        (at(friday, 10), at(friday, 12)),
        (at(friday, 14), at(friday, 18)),
        (at(monday, 9), at(monday, 12)),
    ]


def test_open_hours_are_walked_backwards_latest_first():
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    walk = list(islice(CALENDAR.windows(at(monday, 10), back=True), 3))
    assert walk == [
        (at(monday, 9), at(monday, 10)),
        (at(friday, 14), at(friday, 18)),
        (at(friday, 9), at(friday, 12)),
    ]


def test_years_without_a_notice_are_named():
    assert CALENDAR.missing_years(date(2026, 12, 31), date(2028, 1, 1)) == (2027, 2028)
    assert CALENDAR.missing_years(date(2026, 3, 1), date(2025, 3, 1)) == ()
    assert missing_year_warning(2027).startswith("2027 年节假日表未更新")


def test_a_calendar_that_never_opens_says_so():
    never = Calendar((CLOSED,) * 7)
    with pytest.raises(RuleBroken, match="十年都没有工作日"):
        never.working_day_after(date(2026, 1, 1), 1)
