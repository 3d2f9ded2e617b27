"""Instalments of what was agreed (分期履行): computed from amount and dates, summed to the fen."""

import itertools
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import PlanInterval
from desk.rules.money import show_amount

MOST_INSTALMENTS = 120


@dataclass(frozen=True, slots=True)
class PlannedInstalment:
    """One instalment: how much is due, and when."""

    amount_fen: int
    due_on: date


def equal_plan(
    total_fen: int, count: int, first_on: date, interval: PlanInterval
) -> tuple[PlannedInstalment, ...]:
    """Return `count` equal instalments; what does not divide is paid with the last.

    A month that has no such day takes its last one; the days are counted from the first date, so
    that 31 January is followed by 28 February and 31 March.

    Raises:
        RuleBroken: there are too few or too many instalments for the amount.
    """
    if not 1 <= count <= MOST_INSTALMENTS:
        raise RuleBroken(f"期数请写 1 到 {MOST_INSTALMENTS}。", field="count")
    each = total_fen // count
    if each == 0:
        raise RuleBroken("每期不到 1 分钱，请减少期数。", field="count")
    amounts = [each] * (count - 1) + [total_fen - each * (count - 1)]
    return tuple(
        PlannedInstalment(amount, _due(first_on, number, interval))
        for number, amount in enumerate(amounts)
    )


def sum_of(plan: Sequence[PlannedInstalment]) -> int:
    """Return how much all instalments come to."""
    return sum(part.amount_fen for part in plan)


def plan_trouble(total_fen: int, plan: Sequence[PlannedInstalment]) -> str:
    """Return what is wrong with a plan in one sentence, or nothing."""
    if any(part.amount_fen <= 0 for part in plan):
        return "每一期的金额都要大于 0。"
    days = [part.due_on for part in plan]
    for number, (before, after) in enumerate(itertools.pairwise(days), start=2):
        if after <= before:
            return f"第 {number} 期的日期应晚于第 {number - 1} 期，请改正。"
    difference = sum_of(plan) - total_fen
    if difference == 0:
        return ""
    word = "多" if difference > 0 else "少"
    return (
        f"各期合计 {show_amount(sum_of(plan))}，比协议金额 {show_amount(total_fen)}"
        f"{word} {show_amount(abs(difference))}，请改正。"
    )


def _due(first_on: date, number: int, interval: PlanInterval) -> date:
    if interval is PlanInterval.WEEK:
        return first_on + timedelta(weeks=number)
    years, month = divmod(first_on.month - 1 + number, 12)
    year = first_on.year + years
    return date(year, month + 1, min(first_on.day, monthrange(year, month + 1)[1]))
