"""A bulletin is about a day, a week from Monday, or a calendar month."""

from datetime import date

import pytest

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_periods import bulletin_period, say_days, short_days
from desk.rules.comparing import Period
from desk.rules.errors import RuleBroken

D, W, M = BulletinKind


@pytest.mark.parametrize(
    ("kind", "whole", "before", "year_ago"),
    [
        (D, (date(2026, 11, 4), date(2026, 11, 4)), (date(2026, 11, 3), date(2026, 11, 3)),
         (date(2025, 11, 4), date(2025, 11, 4))),
        (W, (date(2026, 11, 2), date(2026, 11, 8)), (date(2026, 10, 26), date(2026, 11, 1)),
         (date(2025, 11, 2), date(2025, 11, 8))),
        (M, (date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 10, 1), date(2026, 10, 31)),
         (date(2025, 11, 1), date(2025, 11, 30))),
    ],
)  # fmt: skip
def test_a_period_that_is_over_is_held_against_whole_ones(kind, whole, before, year_ago):
    found = bulletin_period(kind, date(2026, 11, 4), today=date(2026, 12, 5))

    assert found.is_over
    assert found.counted == found.whole == Period(*whole)
    assert (found.before, found.year_ago) == (Period(*before), Period(*year_ago))


def test_one_that_is_not_over_is_held_against_as_many_days():
    found = bulletin_period(M, date(2026, 11, 4), today=date(2026, 11, 10))

    assert not found.is_over
    assert found.counted == Period(date(2026, 11, 1), date(2026, 11, 10))
    assert found.before == Period(date(2026, 10, 1), date(2026, 10, 10))
    assert found.year_ago == Period(date(2025, 11, 1), date(2025, 11, 10))


def test_the_end_of_march_is_held_against_a_february_that_is_shorter():
    found = bulletin_period(M, date(2026, 3, 30), today=date(2026, 3, 30))

    assert found.before == Period(date(2026, 2, 1), date(2026, 2, 28))


def test_today_is_counted_whole_but_not_over():
    found = bulletin_period(D, date(2026, 11, 4), today=date(2026, 11, 4))

    assert found.counted == found.whole
    assert not found.is_over


def test_what_has_not_begun_is_refused():
    with pytest.raises(RuleBroken, match="还没有开始") as caught:
        bulletin_period(W, date(2026, 11, 9), today=date(2026, 11, 8))
    assert caught.value.field == "on"


def test_the_chart_runs_up_to_what_is_counted():
    found = bulletin_period(M, date(2026, 11, 4), today=date(2026, 11, 10))

    assert [found.short_name(one) for one in found.run_up()] == [
        *("5 月", "6 月", "7 月", "8 月", "9 月", "10 月", "11 月")
    ]
    assert found.run_up()[-1] == found.counted
    week = bulletin_period(W, date(2026, 11, 4), today=date(2026, 11, 10))
    assert [week.short_name(one) for one in week.run_up()][-2:] == ["10-26", "11-02"]


@pytest.mark.parametrize(
    ("kind", "first", "last", "said", "short"),
    [
        (D, date(2026, 11, 2), date(2026, 11, 2), "2026 年 11 月 2 日", "11-02"),
        (W, date(2026, 11, 2), date(2026, 11, 8), "2026 年 11 月 2 日至 11 月 8 日",
         "11-02 至 11-08"),
        (W, date(2026, 12, 28), date(2027, 1, 3), "2026 年 12 月 28 日至 2027 年 1 月 3 日",
         "12-28 至 01-03"),
        (M, date(2026, 11, 1), date(2026, 11, 30), "2026 年 11 月", "2026-11"),
    ],
)  # fmt: skip
def test_days_are_said_in_words(kind, first, last, said, short):
    assert say_days(kind, first, last) == said
    assert short_days(kind, first, last) == short
