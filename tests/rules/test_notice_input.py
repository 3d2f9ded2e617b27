"""Before holidays are saved, a table shows what was understood of what was pasted."""

from datetime import date, time

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.holiday_years import NamedDay, YearDays, built_in_years
from desk.rules.notice_input import FestivalLine, understand
from tests.rules.notices import LABOUR_DAY_2019, NOTICE_2027, NOTICES

MORNING = ((time(9), time(12)),)


def test_the_table_shows_each_festival_with_its_days():
    (year,) = understand(NOTICE_2027, {})
    assert year.source.startswith("国办发明电〔2026〕9号")
    assert year.lines[0] == FestivalLine("元旦", "1 月 1 日（周五）至 3 日（周日），3 天", "")
    spring = "2 月 5 日（周五）至 11 日（周四），7 天"
    assert year.lines[1] == FestivalLine("春节", spring, "2 月 14 日（周日）")
    assert year.lines[4].rest == "6 月 9 日（周三），1 天"


def test_a_holiday_over_the_end_of_a_month_names_both_months():
    (year,) = understand(NOTICES[2025], {})
    assert year.lines[1].rest == "1 月 28 日（周二）至 2 月 4 日（周二），8 天"
    assert year.unused == ()


def test_a_correction_is_shown_with_the_whole_year_it_makes():
    (year,) = understand(LABOUR_DAY_2019, built_in_years())
    assert next(line.name for line in year.lines) == "元旦"
    assert year.days == built_in_years()[2019]


def test_a_calendar_file_brings_its_years():
    text = """\ufeff{"years": [2027, 2028],
      "weekly": {"mon": ["09:00-17:00"]},
      "holidays": ["2026-12-31", "2027-01-01", "2028-01-01"],
      "shifts": {"2027-01-03": ["09:00-12:00"], "2027-05-01": [], "2027-01-01": ["09:00-12:00"]}}"""
    first, second = understand(text, {})
    assert first.days == YearDays(
        2027,
        tuple(
            NamedDay(day, "节假日")
            for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 5, 1))
        ),
        (NamedDay(date(2027, 1, 3), "节假日", MORNING),),
    )
    assert (second.days.year, second.source) == (2028, "日历文件")
    off = "12 月 31 日（周四）至 1 月 1 日（周五），2 天、5 月 1 日（周六），1 天"
    assert first.lines == (FestivalLine("节假日", off, "1 月 3 日（周日） 09:00-12:00"),)


def test_a_file_without_hours_brings_days_with_the_usual_hours():
    (year,) = understand('{"holidays": ["2027-01-01"], "shifts": {"2027-01-03": []}}', {})
    assert year.days.worked == (NamedDay(date(2027, 1, 3), "节假日"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "请先把放假通知的全文粘贴进来"),
        ("{", "不是有效的 JSON"),
        ('{"weekly": {"mon": ["09:00-17:00"]}}', "看不出是哪一年的"),
        ("2027 年放假通知", "没看出是哪一年的放假通知"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_text(text, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        understand(text, {})
    assert refused.value.field == "text"
