"""The figures that every bulletin shows (通报的指标): name, how it is read, how it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desk.rules.comparing import NOTHING, Trend, say_change, say_step, trend

Facts = Mapping[str, Any]


class FigureKind(StrEnum):
    """How a figure is written and how two of them are held against each other."""

    COUNT = "count"  # 件；变化是百分比
    RATE = "rate"  # 百分率；变化是百分点
    SCORE = "score"  # 分；变化是分


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: where it stands in a report's total, what it is called."""

    key: str
    name: str
    kind: FigureKind = FigureKind.COUNT


C, R, S = FigureKind.COUNT, FigureKind.RATE, FigureKind.SCORE
SHOWN: Sequence[Shown] = (
    Shown("received", "受理", C),
    Shown("visited", "已评价", C),
    Shown("response_rate", "响应率", R),
    Shown("resolution_rate", "解决率", R),
    Shown("satisfaction_rate", "满意率", R),
    Shown("score", "综合得分", S),
    Shown("double_yes", "双是", C),
    Shown("double_no", "双否", C),
    Shown("on_time.handle", "按时办结率", R),
    Shown("overdue", "超期", C),
    Shown("repeats", "重复件", C),
    Shown("national", "国满件", C),
)
COUNTS = tuple(one.key for one in SHOWN if one.kind is FigureKind.COUNT)


@dataclass(frozen=True, slots=True)
class Goal:
    """One of “三升两降”: which figure, and which way it should go."""

    key: str
    name: str
    should: Trend


# the three rates up, cases surveyed by the national office and repeats down (DOMAIN.md 002-22, 9.5)
GOALS: Sequence[Goal] = (
    Goal("response_rate", "响应率", Trend.UP),
    Goal("resolution_rate", "解决率", Trend.UP),
    Goal("satisfaction_rate", "满意率", Trend.UP),
    Goal("national", "国满件", Trend.DOWN),
    Goal("repeats", "重复件", Trend.DOWN),
)


def picked(total: Facts) -> dict[str, Any]:
    """Return of a report's total what a bulletin shows, by key."""
    return {one.key: _at(total, one.key) for one in SHOWN}


def differences(now: Facts, before: Facts, year_ago: Facts) -> list[dict[str, Any]]:
    """Return each figure with the two it is held against, and the changes in words."""
    return [
        {
            "key": one.key,
            "name": one.name,
            "now": now[one.key],
            "before": before[one.key],
            "against_before": say_difference(now[one.key], before[one.key], one.kind),
            "year_ago": year_ago[one.key],
            "against_year_ago": say_difference(now[one.key], year_ago[one.key], one.kind),
        }
        for one in SHOWN
    ]


def goals(now: Facts, before: Facts, year_ago: Facts) -> list[dict[str, Any]]:
    """Return 三升两降: each goal against last year, or where there was nothing, the last period."""
    has_year = bool(year_ago["received"])
    older = year_ago if has_year else before
    found = []
    for goal in GOALS:
        moved = trend(_number(now[goal.key]), _number(older[goal.key]))
        found.append(
            {
                "key": goal.key,
                "name": goal.name,
                "should": goal.should.value,
                "now": now[goal.key],
                "before": before[goal.key],
                "year_ago": year_ago[goal.key],
                "against": "year_ago" if has_year else "before",
                "went": None if moved is None else moved.value,
                "is_met": None if moved is None else moved is goal.should,
            }
        )
    return found


def say_difference(now: Any, then: Any, kind: FigureKind) -> str:
    """Say a change in a table: “+12.50%” of a count, “+1.20” points of a rate, or “—”."""
    if kind is FigureKind.COUNT:
        are_told = isinstance(now, int) and isinstance(then, int)  # a public version hides some
        return say_change(now, then) if are_told else NOTHING
    return say_step(_number(now), _number(then))


def shown_value(value: Any, key: str) -> str:
    """Write a figure as a table shows it: “91.20%”, “12”, or “—”."""
    if value is None:
        return NOTHING
    is_rate = next((one.kind is R for one in SHOWN if one.key == key), False)
    return f"{value}%" if is_rate else str(value)


def _at(total: Facts, key: str) -> Any:
    head, _, rest = key.partition(".")
    return total[head][rest] if rest else total[head]


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
