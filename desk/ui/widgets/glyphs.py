"""No character disappears (缺字): one that no font can draw shows its code point instead."""

from functools import lru_cache
from unicodedata import category

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

# Controls, spaces, and marks such as the variation selectors of names; not the unassigned ones:
# what is new to this Python may well be known to a font.
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})


@lru_cache(maxsize=4096)
def spell_missing(text: str) -> str:
    """Return `text` with “〔U+31350〕” for each character that no font of this machine can draw."""
    if text.isascii():
        return text
    return "".join(c if _can_be_drawn(c) else f"〔U+{ord(c):04X}〕" for c in text)


@lru_cache(maxsize=65536)
def _can_be_drawn(character: str) -> bool:
    if category(character) in _NEVER_DRAWN:
        return True
    return QFontMetricsF(QApplication.font()).inFontUcs4(ord(character))
