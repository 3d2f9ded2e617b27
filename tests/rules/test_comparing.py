"""A figure stands beside the one before it and the one of a year ago (同比、环比)."""

from datetime import date
from fractions import Fraction

import pytest

from desk.rules.comparing import ARROWS, Period, Trend, rank_trend, say_change, say_step, trend


def period(first, last):
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("now", "before", "year_ago"),
    [
        (("2026-06-01", "2026-06-30"), ("2026-05-01", "2026-05-31"), ("2025-06-01", "2025-06-30")),
        (("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-31"), ("2025-01-01", "2025-03-31")),
        (("2026-06-08", "2026-06-14"), ("2026-06-01", "2026-06-07"), ("2025-06-08", "2025-06-14")),
        (("2024-02-01", "2024-02-29"), ("2024-01-01", "2024-01-31"), ("2023-02-01", "2023-02-28")),
        (("2025-02-01", "2025-02-28"), ("2025-01-01", "2025-01-31"), ("2024-02-01", "2024-02-29")),
        (("2024-02-29", "2024-02-29"), ("2024-02-28", "2024-02-28"), ("2023-02-28", "2023-02-28")),
    ],
)
def test_whole_months_are_compared_with_whole_months_and_days_with_days(now, before, year_ago):
    assert period(*now).before() == period(*before)
    assert period(*now).year_ago() == period(*year_ago)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="ends"):
        period("2026-06-02", "2026-06-01")


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (9, 8, "+12.50%"),
        (8, 9, "-11.11%"),
        (8, 8, "0.00%"),
        (1, 3, "-66.67%"),
        (0, 5, "-100.00%"),
        (5, 0, "—"),
        (0, 0, "—"),
        (None, 5, "—"),
        (Fraction(1, 2), None, "—"),
        (100_001, 100_000, "0.00%"),  # so little that nothing is to be read
    ],
)
def test_a_change_is_a_share_of_the_older_figure(now, then, said):
    assert say_change(now, then) == said


def test_arrows_follow_figures_and_places_the_other_way_round():
    assert trend(2, 1) is Trend.UP
    assert trend(1, 2) is Trend.DOWN
    assert trend(2, 2) is Trend.SAME
    assert trend(None, 2) is None
    assert trend(2, None) is None
    assert rank_trend(1, 3) is Trend.UP
    assert rank_trend(3, 1) is Trend.DOWN
    assert set(ARROWS) == set(Trend)


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [(92, 91, "+1.00"), (91, 94, "-3.00"), (91, 91, "0.00"), (None, 91, "—"), (91, None, "—")],
)
def test_rates_and_scores_move_by_points(now, then, said):
    assert say_step(now, then) == said
