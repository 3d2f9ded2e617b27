"""How text is cut so that any piece of it finds the case (检索), the same on both databases.

Version 2 of PERFORMANCE.md section 2. The index only narrows down: every hit is checked with
LIKE on the canonical text, so a search finds exactly the cases that contain the words.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_GAP = "\n"
# Written out, because Python may know fewer ideographs than the hall's names need; the private
# areas are there for names typed with the fonts of older systems.
_IDEOGRAPH = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3105-\u312f\u31a0-\u31bf"
    "\u3400-\u4dbf\u4e00-\u9fff\ue000-\ufaff\U00020000-\U0003ffff\U000f0000-\U0010fffd"
)
_NOT_WORD = re.compile(rf"(?:(?![{_IDEOGRAPH}])[\W_])+")
_IS_IDEOGRAPH = re.compile(f"[{_IDEOGRAPH}]")
_IDEOGRAPHS_IN_TOKEN, _OTHERS_IN_TOKEN = 2, 4
ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One word of a query.

    Attributes:
        tokens: the tokens that a case must have.
        is_prefix: the word is too short for a whole token; its only token is a beginning.
    """

    word: str
    tokens: tuple[str, ...]
    is_prefix: bool

    @property
    def pattern(self) -> str:
        """The LIKE pattern for the last check; use it with ESCAPE."""
        return like_pattern(self.word)


def canonical(fields: str | Iterable[str]) -> str:
    """Return text as it is searched: NFKC, lower case, one line break for all that is no word.

    Fields are joined by a line break as well, so that nothing is found across two of them.
    """
    texts = [fields] if isinstance(fields, str) else fields
    folded = (unicodedata.normalize("NFKC", text).lower() for text in texts)
    joined = _GAP.join(unicodedata.normalize("NFKC", text) for text in folded)
    return _NOT_WORD.sub(_GAP, joined).strip(_GAP)


def tokens(doc: str) -> frozenset[str]:
    """Return the tokens under which a canonical text is indexed."""
    return frozenset(
        run[place : place + _size(letter)]
        for run in doc.split(_GAP)
        for place, letter in enumerate(run)
    )


def search_terms(text: str) -> tuple[SearchTerm, ...]:
    """Return the words of a query, of which a case must contain every one."""
    return tuple(_term(word) for word in dict.fromkeys(canonical(text).split(_GAP)) if word)


def like_pattern(word: str) -> str:
    """Return the LIKE pattern of all texts that contain `word`, wildcards taken literally."""
    literal = re.sub(r"([%_\\])", r"\\\1", word)
    return f"%{literal}%"


def _term(word: str) -> SearchTerm:
    whole = tuple(
        word[place : place + _size(letter)]
        for place, letter in enumerate(word)
        if place + _size(letter) <= len(word)
    )
    # Without a whole token the word is shorter than its first one, of which it is the beginning.
    return SearchTerm(word, tuple(dict.fromkeys(whole)) or (word,), is_prefix=not whole)


def _size(letter: str) -> int:
    return _IDEOGRAPHS_IN_TOKEN if _IS_IDEOGRAPH.match(letter) else _OTHERS_IN_TOKEN
