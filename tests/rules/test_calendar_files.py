import json
from datetime import date, time

import pytest

from desk.rules.calendar_files import read_calendar
from desk.rules.errors import RuleBroken
from desk.rules.working_days import MIDNIGHT

EXAMPLE = {
    "weekly": {"mon": ["08:00-12:00", "14:00-18:00"], "tue": ["08:00-18:00"]},
    "holidays": ["2026-10-01"],
    "shifts": {"2026-02-14": ["09:00-17:00"]},
}


def calendar(**entries):
    return read_calendar(json.dumps(entries))


def test_the_example_of_the_handbook_is_read():
    example = read_calendar("\ufeff" + json.dumps(EXAMPLE))
    assert example.hours_on(date(2026, 3, 9)) == (
        (time(8), time(12)),
        (time(14), time(18)),
    )
    assert example.hours_on(date(2026, 3, 10)) == ((time(8), time(18)),)
    assert not example.is_working_day(date(2026, 3, 11))
    assert not example.is_working_day(date(2026, 10, 1))
    assert example.hours_on(date(2026, 2, 14)) == ((time(9), time(17)),)
    assert example.is_timed
    assert example.years == {2026}


def test_holidays_win_over_shifts():
    both = calendar(holidays=["2026-02-14"], shifts={"2026-02-14": ["09:00-17:00"]})
    assert not both.is_working_day(date(2026, 2, 14))


def test_without_hours_monday_to_friday_are_worked_until_midnight():
    plain = calendar(holidays=["2026-01-01"], shifts={"2026-01-04": []})
    assert not plain.is_timed
    assert plain.is_working_day(date(2026, 1, 2))
    assert plain.is_working_day(date(2026, 1, 4))
    assert not plain.is_working_day(date(2026, 1, 3))
    assert plain.hours_on(date(2026, 1, 2))[-1][1] == MIDNIGHT


def test_a_shift_without_hours_is_a_day_of_rest_where_hours_are_known():
    timed = calendar(weekly={"mon": ["08:00-18:00"]}, shifts={"2026-03-09": []})
    assert not timed.is_working_day(date(2026, 3, 9))


def test_hours_are_put_in_order_and_joined():
    joined = calendar(weekly={"mon": ["14:00-24:00", "8:00-12:00", "11:00-12:30", "12:30-13:00"]})
    assert joined.hours_on(date(2026, 3, 9)) == ((time(8), time(13)), (time(14), MIDNIGHT))


def test_the_years_that_are_known_can_be_named():
    assert calendar(years=[2026, 2027], holidays=["2026-01-01"]).years == {2026, 2027}
    assert calendar(weekly={"mon": ["08:00-18:00"]}).years == set()
    assert calendar(years=[1, 9999]).years == {1, 9999}


def test_hours_of_single_days_do_not_make_a_week():
    single = calendar(holidays=["2026-01-01"], shifts={"2026-01-04": ["09:00-12:00"]})
    assert not single.is_timed
    assert single.hours_on(date(2026, 1, 4)) == ((time(9), time(12)),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "不是有效的 JSON"),
        ("[" * 100_000, "不是有效的 JSON"),
        ("[]", "“日历文件”应写成花括号"),
        ('{"week": {}}', "没有 weekly、holidays、shifts 中的任何一项"),
        ('{"weekly": []}', "“weekly”应写成花括号"),
        ('{"weekly": {"周一": []}}', "“周一”不是星期"),
        ('{"weekly": {"mon": "08:00-12:00"}}', "“mon”应写成方括号"),
        ('{"weekly": {"mon": ["8-12"]}}', "“mon”的时段“8-12”看不懂"),
        ('{"weekly": {"mon": ["22:00-06:00"]}}', "“mon”的时段“22:00-06:00”看不懂"),
        ('{"weekly": {"mon": ["08:00-24:01"]}}', "“mon”的时段“08:00-24:01”看不懂"),
        ('{"weekly": {"mon": ["08:00-08:00"]}}', "“mon”的时段“08:00-08:00”看不懂"),
        ('{"weekly": {"mon": ["08:60-12:00"]}}', "“mon”的时段“08:60-12:00”看不懂"),
        ('{"weekly": {"mon": [8]}}', "“mon”的时段“8”看不懂"),
        ('{"holidays": ["2026-02-30"]}', "日期“2026-02-30”看不懂"),
        ('{"holidays": [20260101]}', "看不懂"),
        ('{"shifts": {"10月1日": []}}', "日期“10月1日”看不懂"),
        ('{"years": ["2026"]}', "年份“2026”看不懂"),
        ('{"years": [0]}', "年份“0”看不懂"),
    ],
)
def test_a_faulty_calendar_is_refused_with_the_entry_at_fault(text, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        read_calendar(text)
