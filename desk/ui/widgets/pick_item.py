"""What a list of choices is made of (选项), and which of them fit what was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.rules.pinyin import initials, syllables


@dataclass(frozen=True, slots=True)
class PickItem:
    """One choice.

    Attributes:
        id: what comes back when it is chosen.
        search: further words to find it by; pinyin is added by itself.
        note: a quieter word beside the label.
    """

    id: object
    label: str
    search: str = ""
    note: str = ""


class PickList:
    """All choices with the text they are found by, worked out once."""

    def __init__(self, items: Iterable[PickItem] = ()) -> None:
        self._items = [(item, _found_by(item)) for item in items]

    def matching(self, typed: str) -> Sequence[PickItem]:
        """Return what fits every word of `typed`; those that begin with it come first."""
        words = typed.lower().split()
        fitting = [(i, by) for i, by in self._items if all(word in by for word in words)]
        first = words[0] if words else ""
        fitting.sort(key=lambda pair: not any(part.startswith(first) for part in pair[1].split()))
        return [item for item, _ in fitting]

    def labelled(self, label: str) -> PickItem | None:
        """Return the choice that is called exactly `label`."""
        return next((item for item, _ in self._items if item.label == label.strip()), None)

    def with_id(self, wanted: object) -> PickItem | None:
        """Return the choice with this id."""
        return next((item for item, _ in self._items if item.id == wanted), None)


def _found_by(item: PickItem) -> str:
    spelled = f"{initials(item.label)} {syllables(item.label)}"
    return f"{item.label} {spelled} {item.search} {item.note}".lower()
