"""The built-in holidays and worked weekends, against a second package and the notices (调休)."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from desk.rules.working_days import built_in_calendar
from tests.rules.span_tables import table

CALENDAR = built_in_calendar()
TABLE = table("legal_holidays")
JUDGED = {date.fromisoformat(row["day"]): row for row in TABLE["differences"]}


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]


def is_named(day, stretches):
    return any(date.fromisoformat(a) <= day <= date.fromisoformat(b) for a, b in stretches)


@pytest.mark.parametrize("year", range(min(CALENDAR.years), max(CALENDAR.years) + 1))
def test_two_independent_packages_agree_but_on_days_a_notice_has_judged(year):
    second = holidays.country_holidays("CN", years=year)

    differing = {}
    for day in days_of(year):
        works = day in second.weekend_workdays or (day not in second and day.weekday() < 5)
        first = chinese_calendar.is_workday(day)
        assert CALENDAR.is_working_day(day) == (JUDGED[day]["worked"] if day in JUDGED else works)
        if first != works:
            differing[day] = (first, works)

    assert differing == {
        day: (row["chinesecalendar"], row["holidays"])
        for day, row in JUDGED.items()
        if day.year == year
    }


@pytest.mark.parametrize("notice", TABLE["years"], ids=lambda notice: str(notice["year"]))
def test_every_day_is_as_the_notices_of_the_state_council_say(notice):
    for day in days_of(notice["year"]):
        is_weekday = day.weekday() < 5 and not is_named(day, notice["rest"])
        assert CALENDAR.is_working_day(day) == (is_weekday or str(day) in notice["worked"]), day
