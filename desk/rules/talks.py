"""Whom to talk to (约谈): units with many appeals and a low rank are named, people decide.

Sources: DOMAIN.md 001-9 (诉求高发且排名靠后). How many appeals and how low a rank is data of the
hall; a unit that shares its rank with others is named with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desk.rules.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class TalkRule:
    """When a unit is named: at least so many cases in a month, and among the last so many."""

    cases: int = 10
    last: int = 3


SEED = TalkRule()


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where a unit stands in a month's ranking; without any rating it has no rank."""

    unit: str
    received: int
    rank: int | None
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that the rule names, and why in words."""

    unit: str
    why: str


def candidates(standings: Iterable[UnitStanding], rule: TalkRule) -> list[Candidate]:
    """Return the units that the rule names, the lowest first."""
    ranked = [one for one in standings if one.rank is not None]
    low = sorted(ranked, key=lambda one: (-_place(one), one.unit))
    if not low:
        return []
    # the rank of the last but (rule.last - 1) and all below it; with few units never the first
    border = _place(low[min(rule.last, len(low)) - 1])
    return [
        Candidate(one.unit, _why(one, len(ranked)))
        for one in low
        if _place(one) >= max(border, 2) and one.received >= rule.cases
    ]


def read_rule(text: str) -> dict[str, int]:
    """Return the rule that “10 件、后 3 名” stands for.

    Raises:
        RuleBroken: it is written otherwise.
    """
    numbers = [part for part in "".join(c if c.isdecimal() else " " for c in text).split() if part]
    if len(numbers) != 2 or not all(number.isascii() for number in numbers):  # noqa: PLR2004
        raise RuleBroken("请写成 10 件、后 3 名。", field="value")
    cases, last = map(int, numbers)
    if not (1 <= cases <= 10_000 and 1 <= last <= 100):  # noqa: PLR2004
        raise RuleBroken("件数请写 1 到 10000，名次请写 1 到 100。", field="value")
    return {"cases": cases, "last": last}


def show_rule(value: dict[str, int]) -> str:
    """Return the words for a rule."""
    return f"{value['cases']} 件、后 {value['last']} 名"


def _place(one: UnitStanding) -> int:
    assert one.rank is not None  # noqa: S101 - only units with a rank are looked at
    return one.rank


def _why(one: UnitStanding, of: int) -> str:
    score = f"，得分 {one.score}" if one.score is not None else ""
    return f"本月 {one.received} 件，{of} 个单位中排第 {one.rank}{score}"
