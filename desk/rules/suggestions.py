"""What a text probably belongs under, by the words of the hall's own latest cases (建议).

One sum for categories and for units, small enough to be checked by hand: each word adds how much
more often it stood under a label than in general (naive Bayes with shrunk shares). There is no
training: the counts are those of the latest cases, as clerks finally filed them.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desk.rules.likeness import Features, features, said_as
from desk.rules.likeness_words import MEANING_OF

# chosen on one half of `benchmarks.suggestions`, reported on the other
_SHRINK = 10.0  # so many cases' worth of “as everywhere” stand beside every share
_MISSING = 0.3  # how much a word counts that a label has less often than others
_WHOLE_NAME, _PER_LETTER = 5.0, 1.5  # the label's own name stands in the text
_PIECE_OF_NAME = 1.0
_MOST_WORDS = 3
_MOSTLY, _OFTEN = 0.5, 3  # a word is a reason if so many of its cases, at least three, stood here

# they stand in every second appeal: they may weigh a little, but they convince nobody as a reason
_SAY_NOTHING_TEXT = """
没有 不到 不能 不让 不敢 一直 多次 经常 已经 今天 昨天 几天 现在 晚上 早上 这个 那个 我们
他们 大家 有人 因为 所以 可以 还是 希望 请求 要求 请问 反映 情况 问题 解决 处理 联系 告知
"""
_SAY_NOTHING = frozenset(_SAY_NOTHING_TEXT.split())


@dataclass(frozen=True, slots=True)
class WordUse:
    """In how many of the latest cases each word stood, label by label.

    Attributes:
        by_label: the counts of cases with a word, for each category or unit.
        cases: how many cases each label had among those looked at.
    """

    by_label: dict[int, Counter[str]] = field(default_factory=dict)
    cases: Counter[int] = field(default_factory=Counter)

    def learn(self, label: int, words: Features) -> None:
        """Count one more case as it was filed."""
        self.cases[label] += 1
        self.by_label.setdefault(label, Counter()).update(words)

    def spread(self) -> Counter[str]:
        """Return in how many cases each word stood, whatever the label."""
        total: Counter[str] = Counter()
        for counts in self.by_label.values():
            total.update(counts)
        return total


@dataclass(frozen=True, slots=True)
class Likely:
    """A label with its sum and the words that speak for it.

    Attributes:
        words: as they stand in the text, the most telling first.
        has_clue: whether anything in the text speaks for it, be it ever so little.
        with_words: how many of the latest cases had the first word; here: how many of them stood
            under this label.
    """

    label: int
    score: float
    has_clue: bool
    words: tuple[str, ...] = ()
    with_words: int = 0
    here: int = 0


class Suggester:
    """Knows the names of the labels and what was filed under each."""

    def __init__(
        self, names: Mapping[int, Collection[str]], use: WordUse, *, places: Collection[str] = ()
    ) -> None:
        self._names = {label: tuple(own) for label, own in names.items()}
        self._pieces = {
            label: frozenset[str]().union(*map(features, own)) for label, own in names.items()
        }
        self._named = Counter(piece for own in self._pieces.values() for piece in own)
        self._use, self._spread, self._places = use, use.spread(), places
        self._cases = sum(use.cases.values())

    def suggest(self, text: str) -> list[Likely]:
        """Return the labels for which something in the text speaks, the likeliest first."""
        words = features(text, without=self._places)
        found = [self._judge(label, text, words) for label in self._names]
        found.sort(key=lambda one: (-one.score, one.label))
        return [one for one in found if one.has_clue]

    @staticmethod
    def shares(found: Sequence[Likely]) -> dict[int, float]:
        """Return how likely each of the suggested labels is beside the others."""
        weights = {one.label: math.exp(one.score - found[0].score) for one in found}
        total = sum(weights.values())
        return {label: weight / total for label, weight in weights.items()}

    def _judge(self, label: int, text: str, words: Features) -> Likely:
        score = math.log((self._use.cases[label] + 1) / (self._cases + len(self._names)))
        told: Counter[str] = Counter()
        has_clue = False
        for word in sorted(words & self._spread.keys()):
            weight = self._weight(label, word)
            score += weight if weight > 0 else weight * _MISSING
            has_clue = has_clue or weight > 0
            if weight > 0 and self._is_reason(label, word):
                told[word] = round(weight * 100)
        names = self._named_in(label, text, words)
        score += sum(names.values())
        own = [name for name in names if name in text]
        # pairs cut out of a sentence are often no words; without a known one the strongest must do
        known = [word for word, _ in told.most_common() if word in MEANING_OF]
        named = known or [word for word, _ in told.most_common(1)]
        shown = dict.fromkeys([*own, *(_as_said(word, text) for word in named)])
        words_shown = tuple(filter(None, shown))[:_MOST_WORDS]
        if not named:
            return Likely(label, score, has_clue or bool(names), words_shown)
        under = self._under(label, named[0])
        return Likely(label, score, has_clue, words_shown, self._spread[named[0]], under)

    def _weight(self, label: int, word: str) -> float:
        general = (self._spread[word] + 0.5) / (self._cases + 1)
        here = self._under(label, word) + _SHRINK * general
        return math.log(here / (self._use.cases[label] + _SHRINK) / general)

    def _named_in(self, label: int, text: str, words: Features) -> dict[str, float]:
        whole = {
            name: _WHOLE_NAME + _PER_LETTER * len(name)
            for name in self._names[label]
            if name in text
        }
        if whole:
            return whole
        return {
            _as_said(piece, text): _PIECE_OF_NAME
            * math.log(1 + (self._cases + 1) / (self._spread[piece] + 1))
            / self._named[piece]
            for piece in sorted(self._pieces[label] & words)
        }

    def _is_reason(self, label: int, word: str) -> bool:
        under = self._under(label, word)
        return word not in _SAY_NOTHING and under >= max(_OFTEN, _MOSTLY * self._spread[word])

    def _under(self, label: int, word: str) -> int:
        return self._use.by_label.get(label, Counter())[word]


def learnt(cases: Iterable[tuple[int, Features]]) -> WordUse:
    """Return the word use of cases, each with its label."""
    use = WordUse()
    for label, words in cases:
        use.learn(label, words)
    return use


def quoted(words: Iterable[str]) -> str:
    """Return words as they are named in a reason: “噪声”“烧烤”."""
    return "".join(f"“{word}”" for word in words)


def _as_said(word: str, text: str) -> str:
    """Return a word as this text says it; nothing where it says it in pieces."""
    return next((way for way in (word, *said_as(word)) if way in text), "")
