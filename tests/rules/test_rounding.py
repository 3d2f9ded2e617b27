from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.rounding import mean, percent, ratio, rounded, share


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("0.005"), 2, "0.01"),
        (Decimal("0.0049999"), 2, "0.00"),
        (Decimal("2.675"), 2, "2.68"),  # a binary float would give 2.67
        (Decimal("-0.005"), 2, "-0.01"),
        (Decimal("-0.004"), 2, "0.00"),
        (Decimal("99.995"), 2, "100.00"),
        (Fraction(1, 3), 4, "0.3333"),
        (Decimal("2.5"), 0, "3"),
        (7, 2, "7.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value, places, text):
    assert rounded(value, places) == text


@given(st.decimals(-10_000, 10_000, places=6))
def test_rounding_is_that_of_the_decimal_module(value):
    wanted = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert Decimal(rounded(value)) == wanted


def test_a_share_of_nothing_is_not_zero():
    assert share(0, 0) is None
    assert percent(None) is None
    assert ratio(1, 0) is None


def test_shares_are_percentages_with_two_decimals():
    assert share(1, 3) == "33.33"
    assert share(2, 3) == "66.67"
    assert share(7, 7) == "100.00"
    assert share(1, 8, 1) == "12.5"


def test_the_mean_leaves_out_what_does_not_exist():
    assert mean([Fraction(1), None, Fraction(0)]) == Fraction(1, 2)
    assert mean([None]) is None
