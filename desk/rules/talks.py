"""Whom to talk to (约谈): units with many appeals and a low rank are named, people decide.

Sources: DOMAIN.md 001-9 (诉求高发且排名靠后). How many appeals and how low a rank is data of the
hall; a unit that shares its rank with others is named with them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from desk.rules.assessment_codes import TalkDecision
from desk.rules.errors import RuleBroken
from desk.rules.wording import label

T = TalkDecision
# People decide, and may decide otherwise until the talk was held.
MOVES: Mapping[TalkDecision, frozenset[TalkDecision]] = MappingProxyType(
    {
        T.TALK: frozenset({T.NO_TALK, T.HELD}),
        T.NO_TALK: frozenset({T.TALK}),
        T.HELD: frozenset(),
    }
)
_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class TalkRule:
    """When a unit is named: at least so many cases in a month, and among the last so many."""

    cases: int = 10
    last: int = 3


SEED = TalkRule()


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where a unit stands in a month's ranking, by its id; without any rating it has no rank."""

    unit: int
    received: int
    rank: int | None
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that the rule names, and why in words."""

    unit: int
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


def require_decision(decision: TalkDecision, *, month: str, why: str, reason: str) -> None:
    """Raise RuleBroken unless it is said about which month, why, and why there is no talk."""
    if not _MONTH.fullmatch(month):
        raise RuleBroken("月份请写成 2026-11。", field="month")
    if not why.strip():
        raise RuleBroken("请写明为什么提名这个单位。", field="why")
    if decision is T.NO_TALK and not reason.strip():
        raise RuleBroken("不约谈请写明理由，以后查得到。", field="reason")


def require_move(current: TalkDecision, target: TalkDecision) -> None:
    """Raise RuleBroken unless a decision may become another one."""
    if target not in MOVES[current]:
        raise RuleBroken(
            f"这个单位这个月已记为“{label(current)}”，不能改为“{label(target)}”。请刷新后再看。"
        )


def require_record(
    decision: TalkDecision, *, held_at: datetime, attended: str, minutes: str, now: datetime
) -> None:
    """Raise RuleBroken unless a talk was decided on, and it is said who was there and what for."""
    if decision is not T.HELD:  # what was held is corrected by writing it anew
        require_move(decision, T.HELD)
    if held_at > now:
        raise RuleBroken("约谈的时间还没有到，请谈过再记。", field="held_at")
    if not attended.strip():
        raise RuleBroken("请写参加的人员。", field="attended")
    if not minutes.strip():
        raise RuleBroken("请写约谈内容。", field="minutes")


def require_promise(*, promised: str, due_on: date | None, held_on: date) -> None:
    """Raise RuleBroken unless what was promised has its day, and nothing promised has none."""
    if promised.strip() and (due_on is None or due_on < held_on):
        raise RuleBroken("请填承诺什么时候落实，约谈那天或以后的日子。", field="due_on")
    if not promised.strip() and due_on is not None:
        raise RuleBroken("请写承诺了什么；没有承诺就不填期限。", field="promised")


def require_kept(*, promised: str | None, is_kept: bool, note: str) -> None:
    """Raise RuleBroken unless something was promised, and it is said how it was kept."""
    if not promised:
        raise RuleBroken("这次约谈没有记下承诺，不用落实。")
    if is_kept:
        raise RuleBroken("已记过落实，请刷新后再看。")
    if not note.strip():
        raise RuleBroken("请写明落实的情况。", field="note")


def _place(one: UnitStanding) -> int:
    assert one.rank is not None  # noqa: S101 - only units with a rank are looked at
    return one.rank


def _why(one: UnitStanding, of: int) -> str:
    score = f"，得分 {one.score}" if one.score is not None else ""
    return f"当月 {one.received} 件，{of} 个单位中排第 {one.rank}{score}"
