"""What a row of a report says: every count, shares, points beside the score or part of it."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from desk.rules.assessment_codes import NotRated
from desk.rules.codes import ClockKind, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.figure_columns import figure_table
from desk.rules.measures import (
    KEPT,
    LIMITS,
    MEASURE_LABELS,
    MISSED,
    RAN,
    SHARE_LABELS,
    SHARES,
    Measure,
)
from desk.rules.rate_groups import (
    GROUP_LABELS,
    KEYS,
    GroupBy,
    cell_key,
    cell_of,
    hour_key,
    hour_of,
)
from desk.rules.rate_rules import SEED, RulesByMonth
from desk.rules.rates_report import figures_of, rates_report, report_of, whole_of
from desk.rules.report_rows import Beside, count_of
from desk.rules.three_rates import Tally, tally
from tests.rules.rated_cases import cases, rated

JUNE = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}
BAD = {"satisfaction": Satisfaction.DISSATISFIED, "resolution": Resolution.NO}
ASKED_IN_VAIN = {"satisfaction": Satisfaction.NOT_RATED, "resolution": None}


def say(group, rules=SEED, beside=None, by=GroupBy.UNIT):
    by_month = RulesByMonth((rules,))
    figures = figures_of(group, by, by_month)
    return report_of(figures, **JUNE, rules=by_month, beside=beside or Beside())


def row(report, key="城建办"):
    return next(row for row in report["rows"] if row["key"] == key)


def test_every_measure_and_every_group_has_its_word():
    assert set(MEASURE_LABELS) == set(Measure)
    assert len(set(MEASURE_LABELS.values())) == len(Measure)
    assert set(GROUP_LABELS) == set(GroupBy) == set(KEYS)
    assert set(SHARE_LABELS) == set(SHARES)
    assert {one.name for one in fields(Tally)} - {"in_time"} <= {m.value for m in Measure}


def test_counts_and_their_counterparts_make_up_the_whole():
    group = [
        *cases(3),
        rated(**BAD, was_contacted=False, is_overdue=True),
        rated(resolution=Resolution.PARTLY, satisfaction=Satisfaction.FAIRLY),
        rated(**ASKED_IN_VAIN),
        rated(satisfaction=None, resolution=None, was_contacted=None, is_returned=True),
        rated(counts_in_rates=False),
        rated(is_handled=True, is_met=True),
        rated(is_handled=True, is_redone=True, is_early=True),
    ]
    whole = whole_of(figures_of(group), RulesByMonth())
    count = {measure: count_of(whole, measure) for measure in Measure}
    assert count[Measure.RECEIVED] == len(group) == 10
    assert count[Measure.ASSESSED] + count[Measure.EXCLUDED] == 10
    assert count[Measure.VISITED] == count[Measure.COUNTED] == 7
    assert (count[Measure.NOT_RATED], count[Measure.UNRATED]) == (1, 1)
    assert count[Measure.RESPONDED] + count[Measure.NOT_RESPONDED] == 7
    parts = (Measure.RESOLVED, Measure.PARTLY_RESOLVED, Measure.NOT_RESOLVED)
    assert [count[part] for part in parts] == [5, 1, 1]
    assert count[Measure.DOUBLE_YES] + count[Measure.NOT_DOUBLE_YES] == 7
    assert (count[Measure.DOUBLE_NO], count[Measure.OVERDUE]) == (1, 1)
    assert (count[Measure.HANDLED], count[Measure.MET], count[Measure.NOT_MET]) == (2, 1, 1)
    assert (count[Measure.RETURNED], count[Measure.REDONE], count[Measure.EARLY]) == (1, 1, 1)
    assert (count[Measure.ANSWERED], count[Measure.CALLED_BACK]) == (9, 9)


def test_who_could_not_be_asked_is_in_the_denominator_where_the_rules_say_so():
    hard = RulesByMonth((replace(SEED, not_rated=NotRated.DISSATISFIED),))
    whole = whole_of(figures_of([rated(), rated(**ASKED_IN_VAIN)], rules=hard), hard)
    counted = (Measure.COUNTED, Measure.NOT_RESPONDED, Measure.NOT_RESOLVED)
    assert [count_of(whole, measure) for measure in counted] == [2, 1, 1]


def test_limits_are_counted_as_run_kept_and_missed():
    group = [rated(on_time={ClockKind.HANDLE: kept}) for kept in (True, True, False)]
    found = say(group)["rows"][0]
    names = (RAN[ClockKind.HANDLE], KEPT[ClockKind.HANDLE], MISSED[ClockKind.HANDLE])
    assert [found["counts"][name] for name in names] == [3, 2, 1]
    assert found["on_time"]["handle"] == "66.67"
    assert found["on_time"]["verify"] is None
    assert tally(()).limit(ClockKind.HANDLE) == (0, 0)
    assert len(RAN) == len(KEPT) == len(MISSED) == len(LIMITS) == len(found["on_time"]) + 1


def test_shares_stand_beside_the_rates_and_shares_of_nothing_do_not():
    group = [rated(is_handled=True, is_met=True), rated(is_handled=True, is_returned=True)]
    shares = say(group)["total"]["shares"]
    assert (shares["met"], shares["returned"], shares["early"]) == ("50.00", "50.00", "0.00")
    assert say([])["total"]["shares"]["met"] is None


@pytest.mark.parametrize(
    ("population", "wanted"), [(85_000, "0.35"), (20_000, "1.50"), (None, None), (0, None)]
)
def test_appeals_per_ten_thousand_people_need_people(population, wanted):
    total = say(cases(3), beside=Beside(population=population))["total"]
    assert total["per_10000_people"] == wanted


def test_points_stand_beside_the_score_unless_the_rules_add_them():
    group = [*cases(9), *cases(1, **BAD), *cases(10, units=("执法队",))]
    beside = Beside(bonus={"城建办": Fraction(1, 5)})
    apart = say(group, beside=beside)
    assert (row(apart)["score"], row(apart)["base_score"]) == ("93.00", "93.00")
    assert (row(apart)["bonus"], row(apart)["deduction"]) == ("0.20", "0.50")
    assert row(apart, "执法队")["bonus"] == "0.00"
    added = say(group, replace(SEED, adds_points=True), beside)
    assert (row(added)["score"], row(added)["base_score"]) == ("92.70", "93.00")


def test_points_may_change_the_order():
    group = [*cases(9, units=("甲",)), *cases(9, units=("乙",))]
    beside = Beside(bonus={"乙": Fraction(1, 100)})
    apart, added = say(group, beside=beside), say(group, replace(SEED, adds_points=True), beside)
    assert [(one["key"], one["rank"], one["tied"]) for one in apart["rows"]] == [
        ("乙", 1, True),
        ("甲", 1, True),
    ]
    assert [(one["key"], one["rank"], one["tied"]) for one in added["rows"]] == [
        ("乙", 1, False),
        ("甲", 2, False),
    ]


def test_who_was_rated_by_nobody_gets_no_score_from_points():
    group = [rated(satisfaction=None, resolution=None)]
    beside = Beside(bonus={"城建办": Fraction(1)})
    found = row(say(group, replace(SEED, adds_points=True), beside))
    assert (found["score"], found["rank"], found["bonus"]) == (None, None, "1.00")


def test_a_hall_shows_as_many_decimals_as_it_likes_and_ties_are_what_reads_the_same():
    group = [*cases(2, units=("甲",)), *cases(1, units=("甲",), **BAD), *cases(2, units=("乙",))]
    group += cases(1, units=("乙",), satisfaction=Satisfaction.DISSATISFIED)
    coarse = say(group, replace(SEED, decimals=0), Beside(decimals=0))
    assert row(coarse, "甲")["response_rate"] == "100"
    assert row(coarse, "甲")["satisfaction_rate"] == "67"
    fine = say(group, replace(SEED, decimals=4), Beside(decimals=4))
    assert row(fine, "甲")["satisfaction_rate"] == "66.6667"
    assert fine["mean_of_months"]["satisfaction_rate"] == "66.6667"
    near = [*cases(200, units=("甲",)), *cases(199, units=("乙",)), rated(units=("乙",), **BAD)]
    assert [one["tied"] for one in say(near, replace(SEED, decimals=0))["rows"]] == [True, True]
    assert [one["tied"] for one in say(near)["rows"]] == [False, False]


def test_days_and_hours_are_not_ranked():
    found = say(cases(2, hour=9), beside=Beside(is_ranked=False), by=GroupBy.HOUR)["rows"]
    assert [(one["key"], one["rank"], one["tied"]) for one in found] == [
        ("周一 09 时", None, False)
    ]


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        (GroupBy.UNIT, {"城建办", "榕东"}),
        (GroupBy.SUPPORT, {"榕东"}),
        (GroupBy.FIRST_UNIT, {"信联办"}),
        (GroupBy.GRID, {"未注明"}),
        (GroupBy.LEVEL, {"未注明"}),
        (GroupBy.DAY, {"2026-06-15"}),
        (GroupBy.CELL, {"榕东 · 未注明"}),
    ],
)
def test_a_case_belongs_to_its_rows(by, keys):
    one = rated(units=("城建办", "榕东"), first_unit="信联办", community="榕东")
    assert {found["key"] for found in rates_report([one], **JUNE, by=by)["rows"]} == keys


@pytest.mark.parametrize(("weekday", "hour"), [(0, 0), (6, 23), (2, 9)])
def test_an_hour_is_known_by_its_words(weekday, hour):
    assert hour_of(hour_key(weekday, hour)) == (weekday, hour)


def test_words_that_are_no_hour_and_no_cell_are_refused():
    with pytest.raises(RuleBroken, match="时段"):
        hour_of("周八 25 时")
    with pytest.raises(RuleBroken, match="一格"):
        cell_of("榕东")
    assert cell_of(cell_key("榕东", "")) == ("榕东", "未注明")


def test_figures_without_some_cases_are_those_of_the_others():
    rest, gone = [*cases(3), rated(units=("执法队",), **BAD)], cases(2, **BAD)
    figures = figures_of([*rest, *gone]) - figures_of(gone)
    assert report_of(figures, **JUNE) == rates_report(rest, **JUNE)


def test_the_worked_example_with_shares_of_points():
    rules = replace(SEED, step=Decimal("0.5"), cap=Decimal(1))
    group = [*cases(10, units=("甲",)), *cases(5, units=("乙",)), *cases(5, units=("乙",), **BAD)]
    assert row(say(group, rules), "乙")["deduction"] == "1.00"


def test_what_a_unit_took_in_time_and_which_appeals_were_granted_are_shares():
    group = [rated(on_time={ClockKind.ACCEPT: kept}) for kept in (True, True, False)]
    group += [rated(is_appealed=True, has_won_appeal=won) for won in (True, False)]
    found = say(group)["rows"][0]
    assert found["shares"]["accepted"] == "66.67"
    assert found["shares"]["appeals_won"] == "50.00"
    assert "accept" not in found["on_time"]
    assert found["counts"]["missed_accept"] == 1
    assert say([rated()])["total"]["shares"]["appeals_won"] is None


def test_a_community_has_its_own_people_and_one_without_has_none():
    group = [*cases(3, community="榕东"), *cases(2, community="南塘")]
    beside = Beside(population=50_000, residents={"榕东": 12_000})
    figures = figures_of(group, GroupBy.COMMUNITY)
    days = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}
    found = report_of(figures, **days, beside=beside)
    assert found["total"]["per_10000_people"] == "1.00"
    assert {row["key"]: row["per_10000_people"] for row in found["rows"]} == {
        "榕东": "2.50",
        "南塘": None,
    }
    assert "万人诉求比" in figure_table(found, GroupBy.COMMUNITY, with_ranks=False).heads
    bare = report_of(figures, **days)
    assert "万人诉求比" not in figure_table(bare, GroupBy.COMMUNITY, with_ranks=False).heads
