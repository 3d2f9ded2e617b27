"""Suggests a category from the words of an appeal (类别建议), and says why.

What it knows are the names of the categories and the words of this hall's own latest cases
(`rules.suggestions`); the clerk decides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.queries.lookups import CategoryChoice
from desk.rules.suggestions import Likely, Suggester, WordUse, quoted

MOST = 3
_BETWEEN_NAMES = re.compile(r"[、/（）()·与和及]")


@dataclass(frozen=True, slots=True)
class Guess:
    """One suggested category, and why: the words that led to it, the cases that taught them."""

    category: int
    path: str
    reason: str


class CategoryGuess:
    """Knows the names of the categories and the words used for each."""

    def __init__(
        self,
        categories: Iterable[CategoryChoice],
        use: WordUse | None = None,
        places: Iterable[str] = (),
    ) -> None:
        everything = list(categories)
        parents = {c.parent_id for c in everything}
        leaves = [c for c in everything if c.id not in parents]
        self._paths = {c.id: c.path for c in leaves}
        use = use or WordUse()
        names = {c.id: _names_of(c.name) for c in leaves}
        self._suggester = Suggester(names, use, places=tuple(places))
        self._usual = sorted(self._paths, key=lambda leaf: -use.cases[leaf])

    def suggest(self, text: str) -> Sequence[Guess]:
        """Return at most three categories, the likeliest first; without a clue the usual ones."""
        likely = self._suggester.suggest(text)[:MOST] if text.strip() else []
        guesses = [Guess(one.label, self._paths[one.label], _why(one)) for one in likely]
        known = {guess.category for guess in guesses}
        usual = [
            Guess(leaf, self._paths[leaf], "本厅最常见的类别")
            for leaf in self._usual
            if leaf not in known
        ]
        return (guesses + usual)[:MOST]


def _why(one: Likely) -> str:
    if not one.words:
        return "本厅相近的件多归此类"
    if one.here:
        return f"{quoted(one.words)}多归此类（近期 {one.with_words} 件中 {one.here} 件）"
    return f"内容里有{quoted(one.words)}"


def _names_of(name: str) -> tuple[str, ...]:
    """Return the words of a name: “维修资金、业委会” are two."""
    return tuple(part for part in _BETWEEN_NAMES.split(name) if len(part) > 1) or (name,)
