"""算时限: what the tool says beside the date."""

from datetime import date, datetime

import pytest

from desk.rules.due_course import course_of, say_days, say_end
from desk.rules.moments import SHANGHAI
from desk.rules.spans import parse_span
from desk.rules.working_days import built_in_calendar


def at(month, day, hour=10, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def course(start, span, **more):
    return course_of(start, parse_span(span), built_in_calendar(), **more)


@pytest.mark.parametrize(
    ("start", "span", "end", "counted", "skipped"),
    [
        (
            at(9, 24),
            "3wd",
            "2026 年 9 月 30 日（周三）18:00",
            "9 月 28 日至 30 日",
            "9 月 25 日至 27 日",
        ),
        (at(9, 18), "3wd", "2026 年 9 月 22 日（周二）18:00", "9 月 20 日至 22 日", "9 月 19 日"),
        (
            at(4, 30),
            "3wd",
            "2026 年 5 月 8 日（周五）18:00",
            "5 月 6 日至 8 日",
            "5 月 1 日至 5 日",
        ),
        (at(9, 24), "72h", "2026 年 9 月 27 日（周日）10:00", "", ""),
        (at(9, 24), "5d", "2026 年 9 月 29 日（周二）24:00", "", ""),
        (at(9, 24), "-3wd", "2026 年 9 月 21 日（周一）18:00", "", ""),
        (at(1, 5), "60wd", "2026 年 4 月 3 日（周五）18:00", "", ""),  # too many days to list
    ],
)
def test_the_tool_says_when_a_limit_ends_and_which_days_count(start, span, end, counted, skipped):
    found = course(start, span)

    assert say_end(found.at) == end
    assert (say_days(found.counted), say_days(found.skipped)) == (counted, skipped)
    assert found.warnings == ()


def test_a_day_on_which_the_limit_stood_still_does_not_count():
    found = course(at(9, 8), "2wd", pauses=((at(9, 9, 9), at(9, 10, 9)),))

    assert (found.counted, found.skipped) == (
        (date(2026, 9, 10), date(2026, 9, 11)),
        (date(2026, 9, 9),),
    )


def test_a_limit_that_ends_on_a_day_of_rest_may_move_on():
    assert say_end(course(at(8, 3), "60d").at) == "2026 年 10 月 2 日（周五）24:00"
    assert say_end(course(at(8, 3), "60d", rollover=True).at) == "2026 年 10 月 8 日（周四）24:00"


def test_a_year_without_a_notice_is_said():
    assert "2027 年节假日表未更新" in course(at(12, 31), "3wd").warnings[0]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], ""),
        ([date(2026, 9, 25)], "9 月 25 日"),
        ([date(2026, 10, 1), date(2026, 9, 30)], "9 月 30 日至 10 月 1 日"),
        ([date(2026, 9, 1), date(2026, 9, 3)], "9 月 1 日、9 月 3 日"),
    ],
)
def test_days_in_a_row_are_said_together(days, said):
    assert say_days(days) == said
