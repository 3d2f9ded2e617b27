"""Pinyin (拼音) by which lists are narrowed: ylx finds 榕荫里's neighbours too."""

from functools import lru_cache
from itertools import product

_READINGS = (3, 2)  # at most so many of a surname, and of each letter behind it
_LONGEST_NAME = 4  # letters; what is longer is a company, and is read as a sentence


def initials(text: str) -> str:
    """Return the lower-case pinyin initials of `text`; other characters stay as they are."""
    return _spelled(text, is_short=True)


def syllables(text: str) -> str:
    """Return the lower-case pinyin of `text` without tones; other characters stay as they are."""
    return _spelled(text, is_short=False)


@lru_cache(maxsize=20_000)
def spoken_names(name: str) -> tuple[str, ...]:
    """Return all ways in which a name may be spelled, the usual first (多音字): 单 is dan and shan.

    For each the pinyin and its initials. Nobody knows from the letters how a person calls himself.
    """
    usual = [syllables(name), initials(name)]
    if len(name) > _LONGEST_NAME:
        return tuple(dict.fromkeys(usual))
    read = [_readings(letter)[: _READINGS[min(place, 1)]] for place, letter in enumerate(name)]
    for spelled in product(*read):
        usual += ["".join(spelled), "".join(syllable[:1] for syllable in spelled)]
    return tuple(dict.fromkeys(usual))


@lru_cache(maxsize=20_000)
def _readings(letter: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its tables cost 0.35 s at start

    (read,) = pinyin(letter, style=Style.NORMAL, heteronym=True)
    return tuple(one.lower() for one in dict.fromkeys(read))


@lru_cache(maxsize=20_000)
def _spelled(text: str, *, is_short: bool) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its tables cost 0.35 s at start

    style = Style.FIRST_LETTER if is_short else Style.NORMAL
    return "".join(lazy_pinyin(text, style=style)).lower()
