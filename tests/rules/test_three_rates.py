from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.codes import Resolution, Satisfaction
from desk.rules.rate_rules import DeductionMode, RateRules
from desk.rules.rounding import percent, rounded
from desk.rules.three_rates import (
    Place,
    RatedCase,
    deductions,
    places,
    say_met,
    tally,
)
from tests.rules.rated_cases import DAY, cases, rated

RULES = RateRules()


def lost(groups, rules):
    """Return what each group loses when all months have the same rules."""
    return deductions([group.weighed(rules) for group in groups], rules)


def test_only_assessed_cases_with_a_rating_are_in_the_denominators():
    group = [
        rated(),
        rated(counts_in_rates=False),
        rated(satisfaction=Satisfaction.NOT_RATED),
        RatedCase(received_on=DAY),
    ]
    counts = tally(group)
    assert (counts.received, counts.assessed, counts.visited) == (4, 3, 1)
    assert counts.rates(RULES).response == 1


def test_without_any_rating_there_is_no_rate_and_no_score():
    rates = tally([RatedCase(received_on=DAY)]).rates(RULES)
    assert (rates.response, rates.resolution, rates.satisfaction, rates.score) == (None,) * 4


def test_the_three_rates_of_a_small_group():
    group = [
        *cases(6),
        *cases(2, satisfaction=Satisfaction.FAIRLY),
        *cases(1, resolution=Resolution.PARTLY, satisfaction=Satisfaction.DISSATISFIED),
        *cases(1, resolution=Resolution.NO, was_contacted=False),
    ]
    rates = tally(group).rates(RULES)
    assert percent(rates.response) == "90.00"
    assert percent(rates.resolution) == "80.00"
    assert percent(rates.satisfaction) == "82.00"  # (7 + 0.6 × 2) / 10
    assert rounded(rates.score or 0) == "83.70"


def test_what_a_fairly_satisfied_and_a_partly_resolved_case_is_worth_is_data():
    group = [rated(satisfaction=Satisfaction.FAIRLY, resolution=Resolution.PARTLY)]
    own = replace(RULES, fairly=Decimal("0.8"), partly=Decimal("0.5"))
    rates = tally(group).rates(own)
    assert (rates.resolution, rates.satisfaction) == (Fraction(1, 2), Fraction(4, 5))


def test_weights_need_not_add_up_to_a_hundred():
    group = [rated(), rated(was_contacted=False)]
    halves = replace(RULES, response=Decimal(1), resolution=Decimal(1), satisfaction=Decimal(0))
    assert tally(group).rates(halves).score == 75
    nothing = replace(halves, response=Decimal(0), resolution=Decimal(0))
    assert tally(group).rates(nothing).score is None


def test_an_accepted_explanation_counts_as_resolved_and_silence_as_no_contact():
    counts = tally([rated(resolution=Resolution.EXPLAINED, was_contacted=None)])
    assert (counts.resolved, counts.responded) == (1, 0)


@pytest.mark.parametrize(
    ("resolution", "satisfaction", "double_yes", "double_no"),
    [
        (Resolution.YES, Satisfaction.SATISFIED, 1, 0),
        (Resolution.YES, Satisfaction.FAIRLY, 1, 0),
        (Resolution.YES, Satisfaction.DISSATISFIED, 0, 0),
        (Resolution.PARTLY, Satisfaction.SATISFIED, 0, 0),
        (Resolution.PARTLY, Satisfaction.DISSATISFIED, 0, 0),
        (Resolution.NO, Satisfaction.SATISFIED, 0, 0),
        (Resolution.NO, Satisfaction.DISSATISFIED, 0, 1),
        (None, Satisfaction.DISSATISFIED, 0, 0),
    ],
)
def test_the_matrix_of_resolved_and_satisfied(resolution, satisfaction, double_yes, double_no):
    counts = tally([rated(resolution=resolution, satisfaction=satisfaction)])
    assert (counts.double_yes, counts.double_no) == (double_yes, double_no)
    assert counts.not_double_yes == 1 - double_yes


def test_equal_scores_share_a_rank_and_the_next_is_left_out():
    scores = [Fraction(95), None, Fraction(97), Fraction(97), Fraction(90)]
    assert places(scores) == [
        Place(3, tied=False),
        Place(None, tied=False),
        Place(1, tied=True),
        Place(1, tied=True),
        Place(4, tied=False),
    ]


def test_scores_that_read_the_same_are_equal():
    assert places([Fraction("97.3349"), Fraction("97.3251")]) == [Place(1, tied=True)] * 2


A = tally([*cases(198), *cases(2, satisfaction=Satisfaction.DISSATISFIED)])
B = tally([*cases(97), *cases(3, satisfaction=Satisfaction.DISSATISFIED)])
C = tally(
    [
        *cases(46),
        *cases(2, satisfaction=Satisfaction.FAIRLY),
        *cases(2, satisfaction=Satisfaction.DISSATISFIED),
    ]
)
NOBODY = tally([RatedCase(received_on=DAY)])


def test_the_worked_example_of_the_deduction():
    """A 200 cases 99.0 %, B 100 cases 97.0 %, C 50 cases 94.4 %: the base is 97.771 %."""
    shown = [percent(group.rates(RULES).satisfaction, 1) for group in (A, B, C)]
    assert shown == ["99.0", "97.0", "94.4"]
    assert lost([A, B, C], RULES) == [0, 0, Fraction("0.3")]


def test_a_unit_without_ratings_takes_no_part():
    assert lost([A, NOBODY, B, C], RULES) == [0, 0, 0, Fraction("0.3")]
    assert lost([NOBODY], RULES) == [0]


def test_the_deduction_may_follow_the_exact_gap_and_have_an_end():
    exact = replace(RULES, mode=DeductionMode.PROPORTIONAL)
    assert [rounded(points) for points in lost([A, B, C], exact)] == ["0.00", "0.08", "0.34"]
    capped = replace(exact, cap=Decimal("0.2"))
    assert [rounded(points) for points in lost([A, B, C], capped)] == ["0.00", "0.08", "0.20"]


def test_a_gap_of_exactly_one_point_costs_one_step():
    high = tally(cases(100))
    low = tally([*cases(98), *cases(2, satisfaction=Satisfaction.DISSATISFIED)])
    assert lost([high, low], RULES) == [0, Fraction("0.1")]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_deductions_are_never_negative_and_spare_the_best(unhappy):
    groups = [
        tally([*cases(40 - n), *cases(n, satisfaction=Satisfaction.DISSATISFIED)]) for n in unhappy
    ]
    points = lost(groups, replace(RULES, mode=DeductionMode.PROPORTIONAL))
    assert min(points) == points[unhappy.index(min(unhappy))] == 0


def test_the_share_met_is_said_with_both_figures():
    assert say_met(98, 158) == "见面率 62.0%（98/158 件）"
    assert say_met(0, 0) == ""
