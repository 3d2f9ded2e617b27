"""Suggests a category from the words of an appeal (类别建议): simple, and able to say why.

Two sources only: the names of the categories, and pairs of characters that in this hall's own
earlier cases stood mostly under one category.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.queries.intake import WordUse, pairs_of
from desk.queries.lookups import CategoryChoice

MOST = 3
_WHOLE_NAME, _PAIR_OF_NAME = 8.0, 1.5
_MOSTLY = 0.5  # a pair tells something if at least half of its cases are of one category
_OFTEN = 3
_MOST_REASONS = 3
_BETWEEN_NAMES = re.compile(r"[、/（）()·与和及]")


@dataclass(frozen=True, slots=True)
class Guess:
    """One suggested category, and the words that led to it."""

    category: int
    path: str
    words: tuple[str, ...]
    score: float

    @property
    def reason(self) -> str:
        """Why, in a few words."""
        return f"内容里有“{'”“'.join(self.words)}”" if self.words else "本厅最常见的类别"


class CategoryGuess:
    """Knows the names of the categories and the words used for each."""

    def __init__(self, categories: Iterable[CategoryChoice], use: WordUse | None = None) -> None:
        everything = list(categories)
        parents = {c.parent_id for c in everything}
        self._leaves = [c for c in everything if c.id not in parents]
        self._names = {c.id: _names_of(c.name) for c in self._leaves}
        self._use = use or WordUse()
        self._cases_of_pair: Counter[str] = Counter()
        for pairs in self._use.by_category.values():
            self._cases_of_pair.update(pairs)

    def suggest(self, text: str) -> Sequence[Guess]:
        """Return at most three categories, the likeliest first; without a clue the usual ones."""
        pairs = pairs_of(text)
        guesses = [guess for c in self._leaves if (guess := self._guess(c, text, pairs)).score]
        guesses.sort(key=lambda guess: -guess.score)
        known = {guess.category for guess in guesses[:MOST]}
        usual = [
            Guess(c.id, c.path, (), 0.0)
            for c in sorted(self._leaves, key=lambda c: -self._use.cases[c.id])
            if c.id not in known
        ]
        return (guesses[:MOST] + usual)[:MOST]

    def _guess(self, category: CategoryChoice, text: str, pairs: frozenset[str]) -> Guess:
        weights: Counter[str] = Counter()
        for name in self._names[category.id]:
            if name in text:
                weights[name] += int(_WHOLE_NAME + len(name))
            else:
                for pair in pairs_of(name) & pairs:
                    weights[pair] += int(_PAIR_OF_NAME * 2)
        learned = self._use.by_category.get(category.id, Counter())
        score = float(sum(weights.values()))
        for pair in pairs & learned.keys():
            count, share = learned[pair], learned[pair] / self._cases_of_pair[pair]
            if count >= _OFTEN and share >= _MOSTLY:
                weights[pair] += 1
                score += share * min(count, 6) / 2
        named = [word for word in weights if any(word in name for name in self._names[category.id])]
        words = tuple(named or [word for word, _ in weights.most_common(_MOST_REASONS)])
        return Guess(category.id, category.path, words, score)


def _names_of(name: str) -> tuple[str, ...]:
    """Return the words of a name: “维修资金、业委会” are two."""
    return tuple(part for part in _BETWEEN_NAMES.split(name) if len(part) > 1) or (name,)
