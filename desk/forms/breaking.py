"""Break Chinese text into lines (避头尾): where a line may end, and how wide it is.

No closing mark begins a line and no opening mark ends one; numbers such as 2026-11-21, words,
paper numbers and double dashes stay whole unless they alone are wider than a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desk.forms.fonts import Chain

# Full-width marks are spelled as escapes where they are easily confused with ASCII ones.
_OPENING: Final = "([{£$☐☑〔【《〈「『“‘\uff08\uff3b\uff5b\uff04\uffe5"
_CLOSING: Final = (
    ")]},.;:?!%‰℃·…—〕】》〉」』”’、。"
    "\uff09\uff3d\uff5d\uff0c\uff0e\uff1b\uff1a\uff1f\uff01\uff05\uff5e"
)
# Marks that belong to the character before them (accents, for instance).
_RIDING: Final = "\u0300-\u036f\u20d0-\u20ff\u3099\u309a"
_WORD: Final = r"[A-Za-z0-9]+(?:[-./:_@#%+&=?~'×*][A-Za-z0-9]+)*"
_UNIT: Final = re.compile(
    r"[□☑][^ \u3000\n]{1,24}"  # a check box stays with its words
    rf"|[{re.escape(_OPENING)}]*?〔\d{{4}}〕第?\d+号[{re.escape(_CLOSING)}]*"
    rf"|[{re.escape(_OPENING)}]*"
    r"(?:[^ \u3000](?:\u2060[^ \u3000])+"
    r"|\d+[年月日时分秒号楼栋件户人次天米层室元]"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    rf"|{_WORD}"
    r"|—{2}|…{2}"
    r"|[^ \u3000])"
    rf"[{_RIDING}]*"
    rf"[{re.escape(_CLOSING)}]*"
    r"| +|\u3000",
    re.DOTALL,
)

# Marks without width (direction, joining, glyph variants) have no place on paper.
# The word joiner stays until lines are broken: layouts hold numbers together with it.
_JOINER: Final = "\u2060"
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2061-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_ENDS: Final = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it will be set."""

    text: str
    width: float
    indent: float = 0
    ends_paragraph: bool = False


def tidy(text: str) -> str:
    """Return the text as it can be set: one kind of line end and space, nothing invisible."""
    text = _SPACES.sub(" ", _ENDS.sub("\n", text)).replace("\t", "\u3000")
    return _INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """Return the text for a place that has room for a single line."""
    return tidy(text).replace("\n", " ").replace(_JOINER, "")


def break_text(text: str, chain: Chain, size: float, width: float, indent: float = 0) -> list[Line]:
    """Return the lines of a text; `indent` is the room left at the start of each paragraph."""
    lines: list[Line] = []
    for paragraph in tidy(text).split("\n"):
        lines += _paragraph(paragraph, chain, size, width, indent)
    return lines


@lru_cache(maxsize=256)
def _words(fixed: str) -> tuple[str, ...]:
    return tuple(_UNIT.findall(fixed))


def _units(text: str) -> tuple[str, ...]:
    # Captions and printed phrases come again on every paper; long texts do not.
    return _words(text) if len(text) < 80 else tuple(_UNIT.findall(text))  # noqa: PLR2004


def _paragraph(text: str, chain: Chain, size: float, width: float, indent: float) -> Iterator[Line]:
    scale = size / 1000
    room, start = width - indent, indent
    parts: list[str] = []
    used = 0.0
    for unit in _pieces(text, chain, (width - indent) / scale):
        wide = chain.width(unit) * scale
        if parts and used + wide > room + 0.01:
            if unit.isspace():
                continue  # a space at the end of a line is not set
            line = "".join(parts).rstrip()
            yield Line(line, chain.width(line) * scale, start)
            parts, used, room, start = [], 0.0, width, 0.0
        parts.append(unit)
        used += wide
    line = "".join(parts).rstrip()
    yield Line(line, chain.width(line) * scale, start, ends_paragraph=True)


def _pieces(text: str, chain: Chain, room: float) -> Iterator[str]:
    """Yield what may not be broken; what is wider than a line comes in single characters."""
    for joined in _units(text):
        unit = joined.replace(_JOINER, "")
        if len(unit) > 1 and chain.width(unit) > room:
            yield from unit
        else:
            yield unit


def balanced(words: str, chain: Chain, size: float, width: float) -> list[Line]:
    """Return as few lines as possible, all about equally long."""
    lines = break_text(words, chain, size, width)
    if len(lines) < 2:  # noqa: PLR2004 a single line needs no balance
        return lines
    low, high = sum(line.width for line in lines) / len(lines), width
    while high - low > 0.5 * size:  # half a sign is exact enough
        middle = (low + high) / 2
        if len(break_text(words, chain, size, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return break_text(words, chain, size, high)


def title_lines(parts: list[str], chain: Chain, size: float, width: float) -> list[Line]:
    """Return the lines of a title, broken between its parts where that fits."""
    whole = balanced("".join(parts), chain, size, width)
    if len(whole) != 2:  # noqa: PLR2004 only two lines leave a choice worth making
        return whole
    choices = []
    for at in range(1, len(parts)):
        lines = [Line(one_line("".join(half)), 0) for half in (parts[:at], parts[at:])]
        widest = max(chain.width(line.text) for line in lines) * size / 1000
        choices.append((widest, lines))
    if choices and min(choices, key=lambda choice: choice[0])[0] <= width:
        return min(choices, key=lambda choice: choice[0])[1]
    return whole
