"""Phrases of a bulletin's sentences (通报的短语): counts, lists, and what is held against what."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desk.rules.comparing import change
from desk.rules.rounding import rounded

Count = int | str  # words in a public version, where a number is too small to be told


def counted(what: str, count: Count) -> str:
    """Say how many there are: “受理群众诉求 12 件”, “没有受理群众诉求”."""
    return f"{what} {count} 件" if count else f"没有{what}"


def listed(pairs: Iterable[tuple[str, Count]]) -> str:
    """List names with their counts: “城建办 12 件、执法队 3 件”."""
    return "、".join(f"{name} {count} 件" for name, count in pairs)


def against(now: Count, then: Count, what: str) -> str:
    """Say a count beside an older one: “比上月增加 3 件（25.00%）”; nothing beside nothing."""
    if not isinstance(now, int) or not isinstance(then, int):
        return ""
    if now == then:
        return f"与{what}持平" if now else ""
    share = change(now, then)
    if share is None:
        return f"{what}没有"
    word = "增加" if now > then else "减少"
    return f"比{what}{word} {abs(now - then)} 件（{rounded(abs(share) * 100)}%）"


def points(now: str | None, then: str | None, what: str) -> str:
    """Say a rate beside an older one: “比上月提高 1.20 个百分点”; nothing without either."""
    if now is None or then is None:
        return ""
    gap = Decimal(now) - Decimal(then)
    if not gap:
        return f"与{what}持平"
    word = "提高" if gap > 0 else "下降"
    return f"比{what}{word} {rounded(abs(gap))} 个百分点"


def numbers(cases: Sequence[Any], most: int) -> str:
    """Name cases by their numbers, the first ones, and how many more there are."""
    named = "、".join(f"{case['number']}（{case['unit']}）" for case in cases[:most])
    rest = len(cases) - most
    return f"{named}等" if rest > 0 else named


def short_day(text: str) -> str:
    """Say a day of a plain row: “11 月 6 日”."""
    day = date.fromisoformat(text)
    return f"{day.month} 月 {day.day} 日"
