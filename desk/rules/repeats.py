"""Whether two appeals are one (重复件): person, place and matter, each judged and said apart.

DOMAIN.md 6.2: the same person with the same thing at the same place within 90 days is proposed,
never merged by itself. Who asks for the opposite (取缔早市、恢复早市) is related and never the
same. All numbers are the hall's to set (`rules/hall_settings.py`); the seeds were found on the
tuning half of `benchmarks.repeats`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width
from desk.rules.likeness import (
    Features,
    Frequencies,
    Wish,
    features,
    likeness,
    opposed,
    shared_words,
    wishes,
)

MOST = 5  # what one looks at beside a form
_MOBILE = 11
_BUILDING = re.compile(r"([0-9]{1,3})(?:栋|幢|号楼|座)")
_NAMED_BUILDING = re.compile(r"([a-z])(?:栋|幢|号楼|座)", re.IGNORECASE)


class PersonTie(StrEnum):
    """What makes us think that the same person came again."""

    PHONE = "phone"  # 同一电话
    IDENTITY = "identity"  # 同一证件
    NAME_AND_PLACE = "name_and_place"  # 同名同地址
    ONE_DIGIT = "one_digit"  # 电话只差一位
    NONE = "none"


class PlaceTie(StrEnum):
    """How near to each other the two are."""

    BUILDING = "building"  # 同一楼栋
    PLACE = "place"  # 同一小区
    ELSEWHERE = "elsewhere"  # 两处都写明，不是一处
    UNKNOWN = "unknown"


class MatterTie(StrEnum):
    """Whether the two say the same."""

    SAME = "same"  # 同一件事
    ALIKE = "alike"  # 说的事相近
    CATEGORY = "category"  # 只有类别相同
    OPPOSITE = "opposite"  # 要求相反
    OTHER = "other"


class Relation(StrEnum):
    """What the earlier case is to this one."""

    REPEAT = "repeat"  # 可能是重复件
    NEIGHBOUR = "neighbour"  # 别人反映的同一件事
    OPPOSITE = "opposite"  # 要求相反的件


@dataclass(frozen=True, slots=True)
class RepeatNumbers:
    """What a hall sets: how far back, what each tie is worth, from where a matter is the same.

    Attributes:
        weights: by tie of person or place, in hundredths.
        same, alike: likeness of the words from which two matters are the same, or alike.
        shown: what is worth less is not proposed.
    """

    days: int
    weights: Mapping[str, int]
    same: int
    alike: int
    shown: int


SEED_DAYS = 90
SEED_WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        PersonTie.PHONE: 60,
        PersonTie.IDENTITY: 60,
        PersonTie.NAME_AND_PLACE: 50,
        PersonTie.ONE_DIGIT: 25,
        PlaceTie.BUILDING: 40,
        PlaceTie.PLACE: 25,
    }
)
SEED_LIMITS: Mapping[str, int] = MappingProxyType({"same": 25, "alike": 12, "shown": 8})
_WEIGHT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        PersonTie.PHONE: "同一电话",
        PersonTie.IDENTITY: "同一证件",
        PersonTie.NAME_AND_PLACE: "同名同地址",
        PersonTie.ONE_DIGIT: "电话差一位",
        PlaceTie.BUILDING: "同一楼栋",
        PlaceTie.PLACE: "同一小区",
    }
)
_LIMIT_WORDS: Mapping[str, str] = MappingProxyType(
    {"same": "同一件事", "alike": "相近", "shown": "提示"}
)
_PERSON_WORDS: Mapping[PersonTie, str] = MappingProxyType(
    {
        PersonTie.PHONE: "同一电话",
        PersonTie.IDENTITY: "同一证件",
        PersonTie.NAME_AND_PLACE: "同名同地址",
        PersonTie.ONE_DIGIT: "电话只差一位，请核对",
        PersonTie.NONE: "没看出是同一人",
    }
)
_PLACE_WORDS: Mapping[PlaceTie, str] = MappingProxyType(
    {
        PlaceTie.BUILDING: "同一楼栋",
        PlaceTie.PLACE: "同一小区",
        PlaceTie.ELSEWHERE: "地点不同",
        PlaceTie.UNKNOWN: "",
    }
)
_MATTER_WORDS: Mapping[MatterTie, str] = MappingProxyType(
    {
        MatterTie.SAME: "说的是同一件事",
        MatterTie.ALIKE: "说的事相近",
        MatterTie.CATEGORY: "同一类别",
        MatterTie.OPPOSITE: "要求相反",
        MatterTie.OTHER: "说的是另一件事",
    }
)
_BASE = 30  # what the words alone are worth, in hundredths
_SAME_CATEGORY = 8  # added to the likeness where both are of one category
_SURE = frozenset({PersonTie.PHONE, PersonTie.IDENTITY, PersonTie.NAME_AND_PLACE})
_HERE = frozenset({PlaceTie.BUILDING, PlaceTie.PLACE})
_TOLD = frozenset({MatterTie.SAME, MatterTie.ALIKE})


@dataclass(frozen=True, slots=True)
class Appeal:
    """What an appeal says, ready to be compared."""

    said: Features
    wants: tuple[Wish, ...]
    category: int | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What two appeals have in common besides their words."""

    person: PersonTie = PersonTie.NONE
    place: PlaceTie = PlaceTie.UNKNOWN


@dataclass(frozen=True, slots=True)
class Judged:
    """What an earlier case is to this one, how sure that is, and why, in words."""

    relation: Relation
    worth: float
    words: str
    ties: Ties
    matter: MatterTie


def appeal(text: str, *, category: int | None = None, without: Collection[str] = ()) -> Appeal:
    """Return an appeal ready to be compared; `without` are names of places."""
    return Appeal(features(text, without=without), wishes(text, without=without), category)


def building_of(address: str) -> str:
    """Return the building that an address names: “7 栋” and “7号楼” are both 7."""
    plain = re.sub(r"\s", "", fold_width(address)).lower()
    found = _BUILDING.search(plain) or _NAMED_BUILDING.search(plain)
    return found[1].lstrip("0") if found else ""


def one_digit_off(number: str) -> tuple[str, ...]:
    """Return every mobile number that differs from this one in exactly one digit."""
    if len(number) != _MOBILE or not number.isascii() or not number.isdecimal():
        return ()
    return tuple(
        f"{number[:at]}{digit}{number[at + 1 :]}"
        for at in range(1, _MOBILE)
        for digit in "0123456789"
        if digit != number[at]
    )


def judge(
    mine: Appeal, theirs: Appeal, ties: Ties, known: Frequencies, numbers: RepeatNumbers
) -> Judged | None:
    """Return what an earlier case is to this one; None where it is not worth a look."""
    alike = likeness(mine.said, theirs.said, known) * 100
    same_category = mine.category is not None and mine.category == theirs.category
    if same_category and alike:
        alike += _SAME_CATEGORY
    against = opposed(mine.wants, theirs.wants, alike, numbers.alike)
    common = shared_words(mine.said, theirs.said, known)
    matter = MatterTie.OPPOSITE
    if against is None:
        matter = _matter(alike, numbers, same_category=same_category)
        if common and matter not in _TOLD and ties.person in _SURE and ties.place in _HERE:
            matter = MatterTie.ALIKE  # the same person at the same place names the same thing
    relation = _relation(matter, ties)
    worth = _worth(alike, matter, ties, numbers)
    if relation is None or worth < numbers.shown:
        return None
    return Judged(relation, worth, _words(ties, matter, common, against), ties, matter)


def unseen_words(ties: Ties, *, same_category: bool) -> str:
    """Return what may be said of a case that is kept from the reader: nothing of its words."""
    said = [_PERSON_WORDS[ties.person], _PLACE_WORDS[ties.place]]
    return "，".join([word for word in said if word] + ["同一类别"] * same_category)


def read_weights(text: str) -> dict[str, int]:
    """Read what each tie is worth: “同一电话 60、同一小区 25 …”.

    Raises:
        RuleBroken: a tie is missing or unknown, or a number is not between 0 and 100.
    """
    return _read_table(text, _WEIGHT_WORDS)


def read_limits(text: str) -> dict[str, int]:
    """Read from where on a matter is the same, alike, worth a look: “同一件事 30、相近 15 …”.

    Raises:
        RuleBroken: one is missing or unknown, or a number is not between 0 and 100.
    """
    return _read_table(text, _LIMIT_WORDS)


def show_weights(value: Any) -> str:
    """Return the words for what each tie is worth."""
    return _show_table(value, _WEIGHT_WORDS)


def show_limits(value: Any) -> str:
    """Return the words for the limits."""
    return _show_table(value, _LIMIT_WORDS)


def _matter(alike: float, numbers: RepeatNumbers, *, same_category: bool) -> MatterTie:
    if alike >= numbers.same:
        return MatterTie.SAME
    if alike >= numbers.alike:
        return MatterTie.ALIKE
    return MatterTie.CATEGORY if same_category else MatterTie.OTHER


def _relation(matter: MatterTie, ties: Ties) -> Relation | None:
    is_here = ties.place in _HERE
    if matter is MatterTie.OPPOSITE:
        return Relation.OPPOSITE if is_here or ties.person in _SURE else None
    if ties.person in _SURE:
        is_kind = matter is MatterTie.CATEGORY and ties.place is not PlaceTie.ELSEWHERE
        is_one = matter in _TOLD or is_kind
        return Relation.REPEAT if is_one else None
    if matter is MatterTie.OTHER or ties.place is PlaceTie.ELSEWHERE:
        return None
    if is_here:
        is_nearly = ties.person is PersonTie.ONE_DIGIT and matter in _TOLD
        return Relation.REPEAT if is_nearly else Relation.NEIGHBOUR
    return Relation.NEIGHBOUR if matter is MatterTie.SAME else None


def _worth(alike: float, matter: MatterTie, ties: Ties, numbers: RepeatNumbers) -> float:
    weights = numbers.weights
    around = weights.get(ties.person, 0) + weights.get(ties.place, 0)
    least = numbers.same if matter is MatterTie.OPPOSITE else numbers.alike
    return max(alike, least if matter is not MatterTie.OTHER else 0) * (_BASE + around) / 100


def _words(
    ties: Ties, matter: MatterTie, common: Collection[str], against: tuple[Wish, Wish] | None
) -> str:
    around = "，".join(
        word for word in (_PERSON_WORDS[ties.person], _PLACE_WORDS[ties.place]) if word
    )
    said = _MATTER_WORDS[matter]
    if against is not None:
        mine, theirs = (_wanted(wish) for wish in against)
        return f"{around}，{said}：这件要{mine}，那件要{theirs}"
    named = f"：{'、'.join(common)}" if common and matter in _TOLD else ""
    return f"{around}，{said}{named}"


def _wanted(wish: Wish) -> str:
    return f"“{wish.verb}”" if not wish.is_turned else f"“不{wish.verb}”"


def _read_table(text: str, words: Mapping[str, str]) -> dict[str, int]:
    keys = {word: key for key, word in words.items()}
    found: dict[str, int] = {}
    for part in re.split(r"[、，,]", text):
        piece = re.fullmatch(r"\s*(\S+?)\s*([0-9]{1,3})\s*", part)
        if piece is None or piece[1] not in keys or int(piece[2]) > 100:  # noqa: PLR2004
            raise RuleBroken(f"请照样子写：{_example(words)}，每项 0 到 100。", field="value")
        found[str(keys[piece[1]])] = int(piece[2])
    if len(found) != len(words):
        raise RuleBroken(f"几项都要写：{_example(words)}。", field="value")
    return found


def _example(words: Mapping[str, str]) -> str:
    return "、".join(f"{word} 30" for word in words.values())


def _show_table(value: Any, words: Mapping[str, str]) -> str:
    return "、".join(f"{word} {value[key]}" for key, word in words.items())
