"""How many months in a row nobody was discontent and no limit was missed (连续月数)."""

from desk.rules.streaks import MonthFacts, streak


def months(*facts):
    return [MonthFacts(f"2026-{n:02}", *one) for n, one in enumerate(facts, start=1)]


def test_one_bad_rating_or_one_missed_limit_ends_a_streak():
    found = streak(months((5, 0, 0, 0), (5, 1, 1, 0), (5, 0, 1, 0), (5, 0, 0, 1), (5, 0, 0, 0)))
    assert (found.no_bad_last, found.no_bad_first) == (3, 2)
    assert (found.no_overdue, found.both) == (1, 1)
    assert found.words() == "零差评连续 3 个月（按首次评价 2 个月），零超期连续 1 个月"


def test_months_before_the_first_case_are_no_merit_and_a_quiet_month_goes_on():
    found = streak(months((0,), (0,), (4,), (0,), (6,)))
    assert found.no_bad_last == found.no_overdue == found.both == 3


def test_nothing_is_said_where_there_is_nothing_to_be_proud_of():
    assert streak([]).words() == ""
    assert streak(months((3, 1, 1, 1))).words() == ""
    assert streak(months((3, 0, 0, 1))).words() == "零差评连续 1 个月（按首次评价 1 个月）"
