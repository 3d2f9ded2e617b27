"""Two people changed the same thing (同时改动): what can be put together, and what must not be.

Values are compared field by field in three states: as it was when somebody opened it, as a
colleague made it meanwhile, and as he wrote it himself. What only one of them changed can be put
together; fields that a rule ties to each other belong to one hand (RELIABILITY.md 5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from desk.rules.deeds import Deed
from desk.rules.mediation_rights import MediationDeed


class Changed(StrEnum):
    """Who changed a field since it was opened."""

    MINE = "mine"  # only whoever is writing
    THEIRS = "theirs"  # only a colleague
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is not what it was, or is written in two ways."""

    name: str
    before: Any
    theirs: Any
    mine: Any
    changed: Changed


@dataclass(frozen=True, slots=True)
class Tie:
    """Fields of which the hall says something together.

    Attributes:
        names: the fields; “answer_*” ties those of one matter, not those of different ones.
        why: what ties them, as a person is told.
    """

    names: frozenset[str]
    why: str

    def binds(self, one: str, other: str) -> bool:
        """Return whether two fields are bound to each other."""
        stem, of = _parted(one)
        other_stem, of_other = _parted(other)
        if {one, other} <= self.names:
            return True
        return of == of_other != "" and {f"{stem}_*", f"{other_stem}_*"} <= self.names


@dataclass(frozen=True, slots=True)
class Clash:
    """Why two versions cannot be put together.

    Attributes:
        names: the fields concerned.
        why: the rule that ties them; nothing where both changed one and the same field.
    """

    names: tuple[str, ...]
    why: str = ""


def differences(
    before: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """Return the fields in which the present state and one's own words differ.

    What is not known of before counts as changed by both, if it is not the same by now.
    """
    found = []
    for name in theirs:
        now, own = _plain(theirs[name]), _plain(mine.get(name))
        if name not in mine or now == own:
            continue
        was = _plain(before[name]) if name in before else None
        changed = Changed.BOTH
        if name in before and now == was:
            changed = Changed.MINE
        elif name in before and own == was:
            changed = Changed.THEIRS
        found.append(Difference(name, was, now, own, changed))
    return tuple(found)


def clashes(found: Sequence[Difference], ties: Sequence[Tie] = ()) -> tuple[Clash, ...]:
    """Return why these differences cannot be put together; nothing means that they can."""
    same = [Clash((one.name,)) for one in found if one.changed is Changed.BOTH]
    tied = [
        Clash((theirs.name, mine.name), tie.why)
        for tie in ties
        for theirs in found
        for mine in found
        if (theirs.changed, mine.changed) == (Changed.THEIRS, Changed.MINE)
        and tie.binds(theirs.name, mine.name)
    ]
    return (*same, *tied)


def merged(found: Sequence[Difference]) -> dict[str, Any]:
    """Return what each field says when both versions are put together.

    Raises:
        ValueError: both changed a field; ask for the clashes first.
    """
    if any(one.changed is Changed.BOTH for one in found):
        raise ValueError("a field that both have changed cannot be put together")
    return {one.name: one.mine if one.changed is Changed.MINE else one.theirs for one in found}


def changed_part(before: str, after: str) -> tuple[int, int]:
    """Return where in a text stands what it did not say before: first place and end."""
    first = 0
    shorter = min(len(before), len(after))
    while first < shorter and before[first] == after[first]:
        first += 1
    same = 0
    while same < shorter - first and before[-1 - same] == after[-1 - same]:
        same += 1
    return first, len(after) - same


def _plain(value: Any) -> Any:
    """Return a value so that an empty field is the same as none."""
    return None if value == "" else value


def _parted(name: str) -> tuple[str, str]:
    """Return the name of a field and which matter it is about (“answer_55”), if any."""
    stem, _, of = name.rpartition("_")
    return (stem, of) if of.isdigit() else (name, "")


def _tie(why: str, *names: str) -> Tie:
    return Tie(frozenset(names), why)


_OF_A_MATTER = _tie("一项的结果、答复和依据要对得上", "result_*", "answer_*", "basis_*", "solved_*")
TIES: Mapping[str, tuple[Tie, ...]] = MappingProxyType(
    {
        Deed.CORRECT: (
            _tie("标题是照诉求内容写的", "summary", "details"),
            _tie("电话是这位诉求人的", "name", "phone"),
            _tie("地址是这位诉求人的", "name", "address"),
            _tie("要求保密的是这位诉求人", "name", "hides_appellant"),
        ),
        Deed.WRITE_OPINION: (
            _tie("处理意见要对得上核实情况和依据", "findings", "decision", "basis"),
            _OF_A_MATTER,
        ),
        Deed.ANSWER_MATTER: (_OF_A_MATTER,),
        Deed.DISPATCH: (
            _tie("主办、协办和级别是一起定的", "lead", "supports", "urgency", "is_complex"),
        ),
        Deed.GRADE: (_tie("级别是照四项判断定的", "judgement", "urgency", "is_complex"),),
        MediationDeed.CORRECT: (
            _tie("个人和单位要写的内容不同", "kind", "represented_by", "sex", "birth_year"),
            _tie("证件、年份、性别是这一位的", "name", "id_number", "birth_year", "sex"),
            _tie("未满 18 周岁要有监护人", "birth_year", "companions"),
            _tie("申请事项是照纠纷情况写的", "facts", "requests"),
            _tie("纠纷名称是照类型写的", "title", "kind"),
        ),
        MediationDeed.SETTLE: (_tie("履行方式、期限是照协议内容写的", "terms", "way", "term"),),
    }
)


def ties_of(deed: str) -> tuple[Tie, ...]:
    """Return which fields of a deed are tied to each other."""
    return TIES.get(deed, ())
