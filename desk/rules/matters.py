"""Several matters in one appeal (事项): what they come to together, and what still has no answer.

A resident says several things in one visit; each has its unit, its result and its answer, and one
opinion answers them one by one (DOMAIN.md 9.1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.rules.codes import HandlingResult, Resolution

MOST_MATTERS = 99
# What the appellant accepts as the end of a matter: a further round leaves it alone.
SETTLED = frozenset({Resolution.YES, Resolution.EXPLAINED})
_NUMERALS = "零一二三四五六七八九"
_HEADING = 40
_ENDS = "。；，、;,. "
_HELPED = frozenset({HandlingResult.SOLVED, HandlingResult.PARTLY})
# Nothing is left of these; beside other matters they do not change what the case came to.
_FELL_AWAY = frozenset({HandlingResult.WITHDRAWN, HandlingResult.UNFOUNDED})
# Where nothing was solved: what leaves the most to be done speaks for the case.
_BY_WEIGHT = (
    HandlingResult.MEASURES,
    HandlingResult.PARKED,
    HandlingResult.HANDED_OVER,
    HandlingResult.LEGAL_WAY,
    HandlingResult.EXPLAINED,
    HandlingResult.UNREACHABLE,
    HandlingResult.IMPOSSIBLE,
    HandlingResult.UNFOUNDED,
    HandlingResult.WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class OpinionItem:
    """One matter as an opinion answers it (逐项答复); kept with the opinion for good.

    Attributes:
        matter: the id of the matter.
        seq: its place among the matters of the case.
        unit: the unit that answered it; the letter does not name it, the grid may.
    """

    matter: int
    seq: int
    content: str
    result: HandlingResult | None
    answer: str
    basis: str = ""
    unit: str = ""

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "OpinionItem":
        """Return an item as it was kept with an opinion."""
        result = row["result"]
        return cls(
            matter=row["matter"],
            seq=row["seq"],
            content=row["content"],
            result=HandlingResult(result) if result else None,
            answer=row["answer"],
            basis=row["basis"] or "",
            unit=row["unit"] or "",
        )

    def as_row(self) -> dict[str, Any]:
        """Return the plain data that is kept with an opinion."""
        return {
            "matter": self.matter,
            "seq": self.seq,
            "content": self.content,
            "result": self.result.value if self.result else None,
            "answer": self.answer,
            "basis": self.basis or None,
            "unit": self.unit or None,
        }

    @property
    def lacks(self) -> str:
        """What is still to be said on the matter: “result”, “answer”, or nothing."""
        if self.result is None:
            return "result"
        return "" if self.answer.strip() else "answer"


def overall_result(results: Sequence[HandlingResult]) -> HandlingResult:
    """Return what a case came to whose matters ended so; a proposal, the handler may differ."""
    counted = [result for result in results if result not in _FELL_AWAY] or list(results)
    if len(set(counted)) == 1:
        return counted[0]
    if _HELPED & set(counted):
        return HandlingResult.PARTLY
    return next(result for result in _BY_WEIGHT if result in counted)


def counts_as_solved(result: HandlingResult) -> bool:
    """Return whether a matter that ended so is solved, unless its unit says otherwise."""
    return result is HandlingResult.SOLVED


def heading_of(content: str) -> str:
    """Return a matter in one short line: its first, at most forty characters."""
    first = content.strip().split("\n")[0].strip().rstrip(_ENDS)
    return first if len(first) <= _HEADING else first[: _HEADING - 1] + "…"


def composed(items: Sequence[OpinionItem]) -> str:
    """Return the third section of an opinion that answers its matters one by one."""
    lines = []
    for at, item in enumerate(items, start=1):
        mark = f"({numeral(at)})" if len(items) > 1 else ""
        basis = f"依据：{item.basis}" if item.basis else ""
        lines.append(f"{mark}{heading_of(item.content)}：{item.answer}{basis}")
    return "\n".join(lines)


def unanswered(items: Iterable[OpinionItem]) -> tuple[OpinionItem, ...]:
    """Return the items that have no result or no answer yet."""
    return tuple(item for item in items if item.lacks)


def numeral(number: int) -> str:
    """Return a number below a hundred in Chinese words, as items of a letter are counted."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")
