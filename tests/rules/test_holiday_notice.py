"""The State Council's notices are read in their own words, and nothing in them is guessed."""

from datetime import date, timedelta

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.holiday_notice import days_of, read_notice
from desk.rules.holiday_years import YearDays, built_in_years, calendar_of
from desk.rules.opening_hours import week_of
from desk.rules.working_days import built_in_calendar
from tests.rules.notices import LABOUR_DAY_2019, NOTICE_2027, NOTICES, SPRING_2020

WEEK = week_of("09:00-12:00,14:00-18:00")
CORRECTED = {2019: LABOUR_DAY_2019, 2020: SPRING_2020}
TITLE = "国务院办公厅关于2027年部分节假日安排的通知\n"
REST_2027 = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"


def understood(year):
    days = days_of(read_notice(NOTICES[year]), None)
    if year in CORRECTED:
        days = days_of(read_notice(CORRECTED[year]), days)
    return days


@pytest.mark.parametrize("year", NOTICES)
def test_the_words_of_a_notice_come_to_the_days_of_the_kept_package(year):
    calendar, built_in = calendar_of(WEEK, (understood(year),)), built_in_calendar()
    day = date(year - 1, 12, 1)
    while day.year <= year:
        assert calendar.hours_on(day) == built_in.hours_on(day), day
        day += timedelta(days=1)
    known = built_in_years()[year]
    # the package leaves out some weekends that lie within a holiday
    off = {one.day for one in understood(year).rest}
    assert {one.day for one in known.rest} <= off
    assert all(day.weekday() >= 5 for day in off - {one.day for one in known.rest})
    assert [one.day for one in understood(year).worked] == [one.day for one in known.worked]


def test_a_notice_names_its_source_and_shows_what_it_did_not_use():
    notice = read_notice(NOTICES[2024])
    assert notice.source == "国办发明电〔2023〕7号 关于2024年部分节假日安排的通知"
    assert notice.unused == ("鼓励各单位结合带薪年休假等制度落实,安排职工在除夕(2月9日)休息",)
    assert notice.is_whole
    assert [one.name for one in notice.festivals][:2] == ["元旦", "春节"]
    assert not read_notice(LABOUR_DAY_2019).is_whole
    assert read_notice(SPRING_2020).source == "关于2020年部分节假日安排的通知"


def test_days_off_and_the_day_worked_for_them_may_stand_in_one_sentence():
    days = days_of(read_notice(NOTICE_2027), None)
    assert [one.day for one in days.worked if one.name == "春节"] == [date(2027, 2, 14)]
    assert not calendar_of(WEEK, (days,)).missing_years(date(2027, 1, 1), date(2027, 12, 31))


def test_festivals_without_numerals_are_read_too():
    new_year = "元旦：2018年12月30日至1月1日放假，共3天。12月29日上班。"
    notice = read_notice(f"2019年部分节假日安排\n{new_year}春节：2月4日放假。")
    new_year, spring = notice.festivals
    assert new_year.rest == (date(2018, 12, 30), date(2018, 12, 31), date(2019, 1, 1))
    assert new_year.worked == (date(2018, 12, 29),)
    assert spring.rest == (date(2019, 2, 4),)


def test_another_day_of_the_state_is_read_under_its_own_name():
    words = NOTICES[2021].replace(
        "　　节假日期间", "　　八、纪念大会：9月3日放假。8月28日、29日上班。\n　　节假日期间"
    )
    memorial = read_notice(words).festivals[-1]
    assert (memorial.name, memorial.names) == ("纪念大会", {"纪念大会"})
    assert memorial.worked == (date(2021, 8, 28), date(2021, 8, 29))


def test_from_when_on_people_work_as_usual_moves_no_day():
    (only,) = read_notice(f"{TITLE}{REST_2027}1月4日（周一）起正常上班。").festivals
    assert (len(only.rest), only.worked) == (3, ())


def test_the_later_word_on_a_festival_counts():
    twice = TITLE + REST_2027 + "\n二、元旦：1月1日放假1天，不调休。"
    (only,) = read_notice(twice).festivals
    assert only.rest == (date(2027, 1, 1),)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "一、元旦：1月1日（周五）至3日（周日）放假调休，共3天，1月4日（周日）上班。",
            "“1月4日(周日)”里写的星期不对：2027 年 1 月 4 日是星期一。请核对原文",
        ),
        ("一、元旦：1月1日（星期四）放假。", "里写的星期不对：2027 年 1 月 1 日是星期五"),
        ("一、元旦：1月1日至3日放假，共4天。", "写的是 4 天，按日期数是 3 天"),
        ("一、元旦：1月1日放假，1月5日上班。", "1 月 5 日是星期二，本来就上班"),
        ("一、元旦：1月3日至1日放假。", "“1月3日至1日”的先后不对"),
        ("一、春节：2月29日至3月2日放假。", "“2月29日至3月2日”不是一个日子"),
        ("一、元旦：1日放假。", "“1日”没有写月份"),
        ("一、元旦：1月1日起，一连三天放假。", "没有读懂，请对照原文检查这一句"),
        (REST_2027 + "\n二、春节：放假3天。", "“二、春节:放假3天。”没有读出放假的日子"),
        (REST_2027 + "\n二、春节：1月3日至5日放假。", "1 月 3 日在通知里出现了两次"),
        ("关于元旦和春节的事。\n一、1月1日放假。", "“1月1日放假”没有说是哪个节日"),
        ("各单位照常上班。", "没有读出放假的日子"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_words(words, sentence):
    with pytest.raises(RuleBroken) as refused:
        read_notice(TITLE + words)
    assert sentence in str(refused.value)
    assert refused.value.field == "text"


def test_a_text_without_a_year_is_refused():
    with pytest.raises(RuleBroken, match="没看出是哪一年的放假通知，请连标题一起粘贴"):
        read_notice(REST_2027)


@pytest.mark.parametrize(
    ("known", "words", "sentence"),
    [
        (None, LABOUR_DAY_2019, "只说了劳动节，2019 年其余的节假日还不知道"),
        (
            days_of(read_notice(NOTICES[2020]), None),
            "2020年中秋节\n一、中秋节：10月1日放假。",
            "国庆节、中秋节是连在一起的，请导入改过以后的全年通知",
        ),
        (YearDays(2020, (), ()), SPRING_2020, "与已知的春节假期接不上"),
        (built_in_years()[2020], SPRING_2020, "与已知的春节假期接不上"),
    ],
)
def test_a_correction_needs_the_year_it_corrects(known, words, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        days_of(read_notice(words), known)
