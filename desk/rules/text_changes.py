"""What differs between two versions of a text (改了哪些话), sentence by sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。；;\n]*[。；;\n]?")


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences that were taken out, and what stands there now; either may be empty."""

    was: str
    now: str

    def in_words(self) -> str:
        """Say the change in one line."""
        if not self.was:
            return f"加了“{self.now}”"
        if not self.now:
            return f"删了“{self.was}”"
        return f"“{self.was}”改为“{self.now}”"


def changes(was: str, now: str) -> tuple[Change, ...]:
    """Return what was taken out and put in, in the order of the text."""
    before, after = _sentences(was), _sentences(now)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            found.append(Change(_joined(before[a:b]), _joined(after[c:d])))
    return tuple(change for change in found if change.was != change.now)


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.findall(text) if part.strip()]


def _joined(parts: Sequence[str]) -> str:
    return "".join(parts).strip()
