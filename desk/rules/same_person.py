"""Whether two appeals come from the same person (一人一档): what matched, and what somebody said.

Nothing is merged in silence: a number alone may be a family's, a name alone a namesake's, so each
case stands in its group with what matched in words, and people decide (DOMAIN.md 9.4).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST_DIGITS = 7  # of a telephone number, before anything is said about who it may be


class Group(StrEnum):
    """How a case stands to the person on the page."""

    SAME = "same"  # 同一人
    UNSURE = "unsure"  # 请核对
    OTHER = "other"  # 已认定不是同一人


@dataclass(frozen=True, slots=True)
class Found:
    """One case that something of the person was found in.

    Attributes:
        case: its id; None where the reader may only count it.
        facet: cases of one facet have the same number and the same name; which, it does not say.
            The facets of the asked number come first, the newest before the others.
        is_nameless: nobody gave a name.
    """

    case: int | None
    is_open: bool
    facet: int
    by_phone: bool = False
    by_identity: bool = False
    by_name: bool = False
    is_nameless: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said that two cases are, or are not, of the same person."""

    one: int
    other: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Sorted:
    """One found case in its group, with what matched in words."""

    found: Found
    group: Group
    words: str


def sort_cases(
    found: Sequence[Found], said: Collection[Said], anchor: int | None = None
) -> tuple[Sorted, ...]:
    """Return every found case in its group, in the order in which they were found.

    Args:
        said: what still stands of what people said.
        anchor: the case from which the page was opened; its facet is the person's.
    """
    facet_of = {one.case: one.facet for one in found if one.case is not None}
    own = facet_of.get(anchor or 0, min((one.facet for one in found), default=0))
    same = _joined(own, _pairs(said, facet_of, is_same=True))
    identity = {one.facet for one in found if one.by_identity}
    other = {
        facet
        for pair in _pairs(said, facet_of, is_same=False)
        if len(pair & same) == 1
        for facet in pair - same
    }
    return tuple(_sorted(one, own, same, other, identity) for one in found)


def _sorted(one: Found, own: int, same: set[int], other: set[int], identity: set[int]) -> Sorted:
    words = _matched(one)
    if one.facet == own:
        return Sorted(one, Group.SAME, words)
    if one.facet in same:
        return Sorted(one, Group.SAME, "已认定同一人")
    if one.facet in other:
        return Sorted(one, Group.OTHER, words)
    if one.facet in identity:
        return Sorted(one, Group.SAME, words or "证件")
    doubt = "没留姓名" if one.is_nameless else "姓名不同" if one.by_phone else "电话不同"
    return Sorted(one, Group.UNSURE, f"{words}，{doubt}")


def _matched(one: Found) -> str:
    """Return what was found, in words: 电话、证件、姓名+地址."""
    ways = ((one.by_phone, "电话"), (one.by_identity, "证件"), (one.by_name, "姓名+地址"))
    return "、".join(word for is_so, word in ways if is_so)


def _pairs(
    said: Iterable[Said], facet_of: dict[int, int], *, is_same: bool
) -> list[frozenset[int]]:
    ends = (
        frozenset({facet_of[one.one], facet_of[one.other]})
        for one in said
        if one.is_same is is_same and one.one in facet_of and one.other in facet_of
    )
    return [pair for pair in ends if len(pair) > 1]


def _joined(own: int, pairs: Sequence[frozenset[int]]) -> set[int]:
    """Return all facets that somebody joined to this one, through others too."""
    beside: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        for one in pair:
            beside[one] |= pair
    reached, waiting = {own}, [own]
    while waiting:
        fresh = beside[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached


def say_times(times: int, still_open: int) -> str:
    """Return how often somebody was here: “来过 4 次，2 件在办”; nothing for a stranger."""
    if not times:
        return ""
    return f"来过 {times} 次" + (f"，{still_open} 件在办" if still_open else "")
