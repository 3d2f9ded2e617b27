"""How alike two appeals are in their words, and whether they want opposite things (文字相似度).

A text is cut into pairs of characters after everyday names of one thing were made one word; what
says nothing is left out, numbers too. Rare pairs weigh more than common ones: how rare they are
is counted in the hall's own latest cases (`Frequencies`).
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from desk.rules.likeness_words import AGAINST, AROUND, FILLERS, IN_FAVOUR, MEANING_OF, NOT
from desk.rules.search_text import canonical

Features = frozenset[str]
_CLAUSE_END = "\n"
_NUMBERS = re.compile(
    r"(?:[0-9]+|[一二三四五六七八九十百千两几]+)多?"
    r"(?:[天个次栋楼层户点号月年周块元米盏只台辆条家分]|小时|分钟)+|[0-9a-z]+"
)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


_MEANINGS = _any_of(MEANING_OF)
_FILLING = _any_of(FILLERS - set(MEANING_OF))
_WAYS = _any_of(AGAINST | IN_FAVOUR)
_TOLD = re.compile(r"[了过]|掉了|以后|之后")  # what has happened is not what is asked for
_WISHED = re.compile(r"请|希望|要求|建议|盼|恳|应|能不能|可否|不要|别|同意|反对|支持|赞成")
_NEAR = 4
_WORD_WEIGHT = 1.6  # a word that the table of meanings knows says more than a pair of characters
_UNION = 0.5  # between the likeness of sets (1) and that of the shorter one within the longer (0)
_MOST_SHARED = 4


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of the hall's latest cases each feature stands."""

    cases: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def weight(self, feature: str) -> float:
        """Return how much a feature says: the rarer, the more."""
        rare = math.log((self.cases + 2) / (self.counts.get(feature, 0) + 1)) or 0.01
        return rare * (_WORD_WEIGHT if feature in MEANING_OF else 1.0)

    def total(self, features: Collection[str]) -> float:
        """Return how much several features say."""
        return sum(self.weight(feature) for feature in features)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a clause wants (诉求方向): something to go, or something to stay or come.

    Attributes:
        is_turned: the verb stands there with a “不要”, so that the wish is the opposite of it.
    """

    is_for: bool
    is_turned: bool
    verb: str
    about: Features


def features(text: str, *, without: Collection[str] = ()) -> Features:
    """Return what a text says; `without` are names of places, which are judged apart."""
    return _cut(_plain(text, without))


def frequencies(texts: Iterable[str]) -> Frequencies:
    """Count in how many texts each feature stands."""
    counts: Counter[str] = Counter()
    cases = 0
    for text in texts:
        counts.update(features(text))
        cases += 1
    return Frequencies(cases, counts)


def likeness(one: Features, other: Features, known: Frequencies) -> float:
    """Return how alike two texts are, from 0 to 1."""
    if not one or not other:
        return 0.0
    mine, theirs = known.total(one), known.total(other)
    common = known.total(one & other)
    whole = _UNION * (mine + theirs - common) + (1 - _UNION) * min(mine, theirs)
    return common / whole


def rarest(found: Features, known: Frequencies, most: int) -> tuple[str, ...]:
    """Return the features that say most, the rarest first."""
    return tuple(sorted(found, key=lambda one: (-known.weight(one), one))[:most])


def shared_words(one: Features, other: Features, known: Frequencies) -> tuple[str, ...]:
    """Return the things that both texts name: not whom they trouble, nor when."""
    said = [word for word in one & other if word in MEANING_OF and word not in AROUND]
    return tuple(sorted(said, key=lambda word: (-known.weight(word), word))[:_MOST_SHARED])


def said_as(feature: str) -> tuple[str, ...]:
    """Return every way of saying a feature."""
    if feature not in MEANING_OF:
        return (feature,)
    return tuple(word for word, meaning in MEANING_OF.items() if meaning == feature)


def wishes(text: str, *, without: Collection[str] = ()) -> tuple[Wish, ...]:
    """Return what a text wants to go, to stay or to come; what merely happened is no wish."""
    found = []
    for clause in _without_places(text, without).split(_CLAUSE_END):
        wish = _wish_of(clause)
        if wish is not None:
            found.append(wish)
    return tuple(found)


def opposed(
    mine: Collection[Wish], theirs: Collection[Wish], alike: float, enough: float
) -> tuple[Wish, Wish] | None:
    """Return the two wishes of which one undoes the other, or None.

    Args:
        alike: how alike the two texts are as a whole.
        enough: how alike they must be where the wishes themselves name nothing in common.
    """
    for one in mine:
        for other in theirs:
            is_about_same = bool(one.about & other.about) or alike >= enough
            if one.is_for is not other.is_for and is_about_same:
                return one, other
    return None


def _wish_of(clause: str) -> Wish | None:
    verbs = list(_WAYS.finditer(clause))
    if not verbs:
        return None
    verb = verbs[-1]
    before, after = clause[: verb.start()], clause[verb.end() :]
    if not _WISHED.search(clause) and (_TOLD.match(after) or before.endswith("被")):
        return None
    is_turned = any(word in before[-_NEAR:] for word in NOT)
    is_for = (verb[0] in IN_FAVOUR) is not is_turned
    about = _cut(_folded(_WAYS.sub(_CLAUSE_END, clause)))
    return Wish(is_for, is_turned, verb[0], about)


def _without_places(text: str, without: Collection[str]) -> str:
    plain = canonical(text)
    for name in sorted(map(canonical, without), key=len, reverse=True):
        if name:
            plain = plain.replace(name, _CLAUSE_END)
    return plain


def _plain(text: str, without: Collection[str]) -> str:
    return _folded(_without_places(text, without))


def _folded(plain: str) -> str:
    """Return a text with one word for one thing, each on a line of its own."""
    named = _MEANINGS.sub(lambda word: f"\n{MEANING_OF[word[0]]}\n", plain)
    lines = (
        line if line in MEANING_OF else _FILLING.sub(_CLAUSE_END, _NUMBERS.sub(_CLAUSE_END, line))
        for line in named.split(_CLAUSE_END)
    )
    return _CLAUSE_END.join(lines)


def _cut(folded: str) -> Features:
    found = set()
    for line in folded.split(_CLAUSE_END):
        if line in MEANING_OF:
            found.add(line)
        else:
            found.update(line[at : at + 2] for at in range(len(line) - 1))
    return frozenset(found)
