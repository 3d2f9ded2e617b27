"""Instalments come to the agreed amount to the fen, on days that exist, one after the other."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.errors import RuleBroken
from desk.rules.instalments import PlannedInstalment, equal_plan, plan_trouble, sum_of
from desk.rules.mediation_codes import PlanInterval

MONTH, WEEK = PlanInterval.MONTH, PlanInterval.WEEK
FIRST = date(2026, 1, 31)


@given(
    st.integers(120, 10**12),
    st.integers(1, 120),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.sampled_from(PlanInterval),
)
def test_equal_instalments_come_to_the_amount_and_only_the_last_differs(
    total, count, first_on, interval
):
    plan = equal_plan(total, count, first_on, interval)
    assert len(plan) == count
    assert sum_of(plan) == total
    assert len({part.amount_fen for part in plan[:-1]}) <= 1
    assert plan[0].due_on == first_on
    assert plan_trouble(total, plan) == ""
    gaps = {(b.due_on - a.due_on).days for a, b in itertools.pairwise(plan)}
    assert gaps <= ({7} if interval is WEEK else {28, 29, 30, 31})
    if interval is MONTH:
        assert all(part.due_on.day == first_on.day or part.due_on.day >= 28 for part in plan)


def test_a_month_without_that_day_takes_its_last_one():
    days = [part.due_on for part in equal_plan(900_00, 3, FIRST, MONTH)]
    assert days == [FIRST, date(2026, 2, 28), date(2026, 3, 31)]


def test_what_does_not_divide_is_paid_last():
    amounts = [part.amount_fen for part in equal_plan(10_000_00, 3, FIRST, WEEK)]
    assert amounts == [3_333_33, 3_333_33, 3_333_34]


@pytest.mark.parametrize(
    ("total", "count", "sentence"),
    [(100, 0, "1 到 120"), (100, 121, "1 到 120"), (2, 3, "不到 1 分")],
)
def test_a_plan_that_cannot_be_is_refused(total, count, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        equal_plan(total, count, FIRST, MONTH)
    assert refusal.value.field == "count"


@pytest.mark.parametrize(
    ("amounts", "days", "sentence"),
    [
        (
            (5_000_00, 6_900_00),
            (1, 2),
            "各期合计 11,900 元，比协议金额 12,000 元少 100 元，请改正。",
        ),
        (
            (5_000_00, 7_000_01),
            (1, 2),
            "各期合计 12,000.01 元，比协议金额 12,000 元多 0.01 元，请改正。",
        ),
        ((12_000_00, 0), (1, 2), "每一期的金额都要大于 0。"),
        ((6_000_00, 6_000_00), (2, 2), "第 2 期的日期应晚于第 1 期，请改正。"),
        ((6_000_00, 6_000_00), (1, 2), ""),
    ],
)
def test_a_plan_of_ones_own_is_checked_to_the_fen(amounts, days, sentence):
    plan = [
        PlannedInstalment(amount, date(2026, 12, day))
        for amount, day in zip(amounts, days, strict=True)
    ]
    assert plan_trouble(12_000_00, plan) == sentence
