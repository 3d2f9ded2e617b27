"""Where in a text the words of a search stand (命中处), to mark them however they were written."""

import unicodedata
from collections.abc import Iterable

Span = tuple[int, int]


def marks(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Return first and last place, the latter excluded, of every piece that fits a word.

    Args:
        words: as they were searched (`search_text.canonical`): in lower case, full width folded.
    """
    folded, origin = _folded(text)
    marked: set[int] = set()
    for word in filter(None, words):
        start = folded.find(word)
        while start >= 0:
            marked.update(origin[start : start + len(word)])
            start = folded.find(word, start + 1)
    return tuple(_runs(sorted(marked)))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text as it is searched, and for each of its letters the place it comes from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        for folded in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", letter).lower()):
            letters.append(folded)
            origin.append(place)
    return "".join(letters), origin


def _runs(places: list[int]) -> list[Span]:
    runs: list[Span] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs
