"""Pinyin (拼音) by which lists are narrowed: ylx finds 榕荫里's neighbours too."""

from functools import lru_cache


def initials(text: str) -> str:
    """Return the lower-case pinyin initials of `text`; other characters stay as they are."""
    return _spelled(text, is_short=True)


def syllables(text: str) -> str:
    """Return the lower-case pinyin of `text` without tones; other characters stay as they are."""
    return _spelled(text, is_short=False)


@lru_cache(maxsize=20_000)
def _spelled(text: str, *, is_short: bool) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its tables cost 0.35 s at start

    style = Style.FIRST_LETTER if is_short else Style.NORMAL
    return "".join(lazy_pinyin(text, style=style)).lower()
