"""How text is cut so that any piece of it finds the case (检索), the same on both databases.

Version 2 of PERFORMANCE.md section 2. The index only narrows down: every hit is checked with
LIKE on the canonical text, so a search finds exactly the cases that contain the words.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_GAP = "\n"
# Written out, because Python may know fewer ideographs than the hall's names need; the private
# areas are there for names typed with the fonts of older systems.
IDEOGRAPHS: tuple[tuple[int, int], ...] = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x30FF),
    (0x3105, 0x312F),
    (0x31A0, 0x31BF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xE000, 0xFAFF),
    (0x20000, 0x3FFFF),
    (0xF0000, 0x10FFFD),
)
_IDEOGRAPH = "".join(f"{chr(first)}-{chr(last)}" for first, last in IDEOGRAPHS)
_NOT_WORD = re.compile(rf"(?:(?![{_IDEOGRAPH}])[\W_])+")
_IS_IDEOGRAPH = re.compile(f"[{_IDEOGRAPH}]")
IDEOGRAPHS_IN_TOKEN, OTHERS_IN_TOKEN = 2, 4
ESCAPE = "\\"


class SearchField(StrEnum):
    """Which fact of a case a line of its search text comes from."""

    NUMBER = "n"
    OUTSIDE = "o"
    PERSON = "p"
    PHONE = "t"
    ADDRESS = "a"
    CONTENT = "c"


# by these whoever brought a case is found
OF_PERSON = frozenset({SearchField.PERSON, SearchField.PHONE, SearchField.ADDRESS})


@dataclass(frozen=True, slots=True)
class SearchText:
    """What a case is found by.

    Attributes:
        doc: the canonical text, a line for each run of words.
        fields: for each line the letter of the fact it comes from.
    """

    doc: str
    fields: str

    def field_of(self, word: str) -> SearchField:
        """Return the first fact that a word which stands in the text was found in."""
        line = self.doc.count(_GAP, 0, self.doc.index(word))
        return SearchField(self.fields[line])


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


def search_text(facts: Iterable[tuple[SearchField, str | None]]) -> SearchText:
    """Return facts as they are searched, each line once, in the order of the facts."""
    lines: dict[str, SearchField] = {}
    for field, text in facts:
        for line in canonical(text or "").split(_GAP):
            if line:
                lines.setdefault(line, field)
    return SearchText(_GAP.join(lines), "".join(lines.values()))


def tokens(doc: str) -> frozenset[str]:
    """Return the tokens under which a canonical text is indexed."""
    return frozenset(
        run[place : place + _size(letter)]
        for run in doc.split(_GAP)
        for place, letter in enumerate(run)
    )


def joined_tokens(doc: str) -> str:
    """Return the tokens of a text in one, as the file of a small hall keeps them."""
    return " ".join(sorted(tokens(doc)))


def unnamed(doc: str, fields: str) -> str:
    """Return a search text without the lines that name a person; the others keep their place."""
    lines = zip(doc.split(_GAP), fields, strict=True)
    return _GAP.join("" if field in OF_PERSON else line for line, field in lines)


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
    return IDEOGRAPHS_IN_TOKEN if _IS_IDEOGRAPH.match(letter) else OTHERS_IN_TOKEN
