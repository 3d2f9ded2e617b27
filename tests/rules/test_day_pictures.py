"""The picture of a day is due at 23:00; what was missed lately is made up for."""

from datetime import date, datetime

from desk.rules.day_pictures import last_due, missing_days, next_due
from desk.rules.moments import SHANGHAI


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def days(*numbers: int) -> list[date]:
    return [date(2026, 11, day) for day in numbers]


LONG_AGO = date(2026, 1, 1)


def test_before_23_yesterday_is_due_and_from_then_on_today():
    assert last_due(at(20, 22, 59)) == date(2026, 11, 19)
    assert last_due(at(20, 23)) == date(2026, 11, 20)


def test_what_is_kept_is_not_asked_for_again():
    assert missing_days(days(18, 19), at(20, 23), LONG_AGO) == days(14, 15, 16, 17, 20)
    assert missing_days(days(*range(14, 21)), at(20, 23, 30), LONG_AGO) == []


def test_days_before_the_first_case_have_no_picture():
    assert missing_days([], at(20, 9), date(2026, 11, 18)) == days(18, 19)


def test_the_next_one_is_this_evening_or_tomorrow():
    assert next_due(at(20, 22)) == at(20, 23)
    assert next_due(at(20, 23)) == at(21, 23)
