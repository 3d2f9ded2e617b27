"""A labelled set of Chinese appeals: which of a street's cases is the one that is coming in again.

Some 460 sentence patterns (`repeat_texts/`) over the subjects of DOMAIN.md 8, none of them from the
demo, split in two halves by pattern: whatever is tuned on one half never met a sentence of the
other. From a half a pool of cases is made, and from its cases new ones of eleven kinds, each with
what is true of it. Seeded: the same seed makes the same set. Telephone numbers begin with 100,
which no telephone does.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

TUNING, HELD_OUT = "tuning", "held-out"
_FOLDER = Path(__file__).with_name("repeat_texts")
_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹"
_GIVEN = "桂芳建国秀英志强丽华海燕文斌晓东美玲国庆春梅永康雪松佳宁子涵浩然玉兰"
_ESTATES = "榕东榕西南塘北堤书院码头新桥金沙翠竹梧桐石井水仙龙泉青山凤凰"
_KINDS_OF_ESTATE = ("花园", "新村", "雅苑", "小区")
_CLAUSES = re.compile(r"(?<=[，。；])")
_FEWEST_CLAUSES = 2


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of saying something; `side` is what it wants of something contested."""

    topic: str
    words: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up appeal, with what is true of it."""

    id: int
    person: int
    phone: str
    name: str
    place: str
    building: int
    pattern: Pattern
    text: str
    days_ago: int = 0

    @property
    def address(self) -> str:
        """Where he lives, as it is written down."""
        return f"{self.place} {self.building} 栋"


@dataclass(frozen=True, slots=True)
class Query:
    """A case coming in; `target` is the earlier one it belongs to, if there is one."""

    kind: str
    made: Made
    target: Made | None
    knows_category: bool


@dataclass(frozen=True, slots=True)
class Half:
    """All patterns of one half, and the words its writers use for others."""

    matters: Mapping[str, Sequence[Pattern]]
    contested: Mapping[str, Sequence[Pattern]]
    synonyms: Sequence[tuple[str, str]]


def half(name: str) -> Half:
    """Return the patterns of one half: every other one of each subject and side."""
    offset = 0 if name == TUNING else 1
    return Half(
        _patterns("matters.txt", offset),
        _patterns("contested.txt", offset),
        [
            (one, other)
            for one, other in (line.split() for line in _lines("synonyms.txt")[offset::2])
        ],
    )


class Maker:
    """Makes the pool and the queries of one half."""

    def __init__(self, name: str, seed: int, cases: int) -> None:
        self.random = random.Random(f"{name} {seed}")
        self.half = half(name)
        self._places = [
            f"{_ESTATES[at : at + 2]}{kind}"
            for at in range(0, len(_ESTATES), 2)
            for kind in _KINDS_OF_ESTATE
        ]
        self._ids = 0
        self.pool = [self._case() for _ in range(cases)]

    @property
    def places(self) -> Sequence[str]:
        """The estates of the street."""
        return self._places

    def queries(self, each: int) -> list[Query]:
        """Return so many new cases of every kind."""
        ordinary = [one for one in self.pool if not one.pattern.side]
        contested = [one for one in self.pool if one.pattern.side]
        found = []
        for kind, make in _KINDS.items():
            for _ in range(each):
                source = self.random.choice(contested if kind == "opposite" else ordinary)
                made, is_target = make(self, source)
                found.append(
                    Query(kind, made, source if is_target else None, self.random.random() < 0.5)
                )
        return found

    def _case(self) -> Made:
        table = self.half.contested if self.random.random() < 0.15 else self.half.matters
        pattern = self.random.choice(table[self.random.choice(list(table))])
        person, phone, name, place, building = self.person()
        made = Made(self._next(), person, phone, name, place, building, pattern, "")
        text = self._render(pattern.words, made)
        return replace(made, text=text, days_ago=self.random.randrange(1, 88))

    def person(self) -> tuple[int, str, str, str, int]:
        """Return one of the street: number, telephone, name, estate, building."""
        number = self.random.randrange(1400)
        own = random.Random(number)
        name = own.choice(_SURNAMES) + "".join(own.sample(_GIVEN, 2))
        phone = f"100{own.randrange(10**8):08}"
        return number, phone, name, own.choice(self._places), own.randrange(1, 19)

    def as_person(self, said: Made, who: tuple[int, str, str, str, int]) -> Made:
        """Return the same words from somebody else."""
        return replace(said, person=who[0], phone=who[1], name=who[2])

    def said(self, source: Made, words: str) -> Made:
        """Return what was said, by the same person, today."""
        return replace(source, id=self._next(), text=self._render(words, source), days_ago=0)

    def other_pattern(self, source: Made) -> Pattern:
        """Return another sentence on the same subject."""
        others = [one for one in self.half.matters[source.pattern.topic] if one != source.pattern]
        return self.random.choice(others)

    def other_topic(self, source: Made) -> Made:
        """Return the same person with another subject."""
        topics = [topic for topic in self.half.matters if topic != source.pattern.topic]
        pattern = self.random.choice(self.half.matters[self.random.choice(topics)])
        return replace(self.said(source, pattern.words), pattern=pattern)

    def shuffled(self, words: str) -> str:
        """Return the clauses in another order."""
        parts = [part.rstrip("，。；") for part in _CLAUSES.split(words) if part]
        if len(parts) < _FEWEST_CLAUSES:
            return words
        first = parts[:]
        while parts == first:
            self.random.shuffle(parts)
        return "，".join(parts) + "。"

    def other_words(self, words: str) -> str:
        """Return the words with others for some of them."""
        for one, other in self.half.synonyms:
            words = words.replace(one, other)
        return words

    def _render(self, words: str, made: Made) -> str:
        where = self.random.choice(("", made.place, f"{made.place} {made.building} 栋"))
        said = words.replace("{w}", where)
        for slot, low, high in (("{n}", 2, 9), ("{h}", 20, 24)):
            while slot in said:
                said = said.replace(slot, str(self.random.randrange(low, high)), 1)
        return said

    def _next(self) -> int:
        self._ids += 1
        return self._ids


def again(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return the same person, the same words, other figures."""
    return maker.said(source, source.pattern.words), True


def reordered(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return the same person, the clauses in another order."""
    return maker.said(source, maker.shuffled(source.pattern.words)), True


def synonyms(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return the same person in other words."""
    return maker.said(source, maker.other_words(source.pattern.words)), True


def paraphrase(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return the same person with another sentence on the same subject."""
    return maker.said(source, maker.other_pattern(source).words), True


def one_digit_wrong(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return a misheard number without a name."""
    at, digit = maker.random.randrange(4, 11), maker.random.choice("0123456789")
    wrong = source.phone[:at] + digit + source.phone[at + 1 :]
    if wrong == source.phone:
        return one_digit_wrong(maker, source)
    said = maker.said(source, maker.shuffled(maker.other_words(source.pattern.words)))
    return replace(said, phone=wrong, name=""), True


def name_only(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return no number at all, but name and place."""
    said = maker.said(source, maker.other_words(source.pattern.words))
    return replace(said, phone=""), True


def neighbour(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return a neighbour with the same thing in nearly the same words."""
    other = maker.person()
    said = maker.said(source, maker.shuffled(maker.other_words(source.pattern.words)))
    return maker.as_person(said, other), True


def neighbour_paraphrase(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return somebody else of the same estate about the same subject, with another sentence."""
    said = maker.said(source, maker.other_pattern(source).words)
    return maker.as_person(said, maker.person()), True


def opposite(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return somebody of the same estate who wants the opposite."""
    others = [
        one for one in maker.half.contested[source.pattern.topic] if one.side != source.pattern.side
    ]
    pattern = maker.random.choice(others)
    said = replace(maker.said(source, pattern.words), pattern=pattern)
    return maker.as_person(said, maker.person()), True


def other_matter_there(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return somebody else of the same building with something else."""
    return maker.as_person(maker.other_topic(source), maker.person()), False


def other_matter_same_person(maker: Maker, source: Made) -> tuple[Made, bool]:
    """Return the same person with something else."""
    return maker.other_topic(source), False


_KINDS = {
    "again": again,
    "reordered": reordered,
    "synonyms": synonyms,
    "paraphrase": paraphrase,
    "one digit wrong": one_digit_wrong,
    "name and place": name_only,
    "neighbour": neighbour,
    "neighbour, own words": neighbour_paraphrase,
    "opposite": opposite,
    "other matter, same place": other_matter_there,
    "other matter, same person": other_matter_same_person,
}
KINDS = tuple(_KINDS)


def belongs(query: Query, found: Made) -> bool:
    """Return whether an earlier case is about the same thing: same subject, person or estate."""
    mine = query.made.pattern
    about = mine.topic == found.pattern.topic and mine.side == found.pattern.side
    return about and (query.made.person == found.person or query.made.place == found.place)


def is_against(query: Query, found: Made) -> bool:
    """Return whether an earlier case of the estate wants the opposite."""
    mine = query.made.pattern
    is_one = mine.topic == found.pattern.topic and query.made.place == found.place
    return is_one and mine.side != found.pattern.side


def _lines(name: str) -> list[str]:
    return (_FOLDER / name).read_text(encoding="utf-8").splitlines()


def _patterns(name: str, offset: int) -> dict[str, list[Pattern]]:
    found: dict[str, list[Pattern]] = {}
    sides: dict[tuple[str, str], list[Pattern]] = {}
    topic = ""
    for line in _lines(name):
        if line.startswith("# "):
            topic = line[2:]
            continue
        side = line[0] if line[0] in "+-" else ""
        sides.setdefault((topic, side), []).append(
            Pattern(topic, line.removeprefix(f"{side} "), side)
        )
    for (one, _), patterns in sides.items():
        found.setdefault(one, []).extend(patterns[offset::2])
    return found
