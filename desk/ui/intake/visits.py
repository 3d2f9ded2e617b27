"""Several appeals of one visit (同一次来访): which forms belong together until all are saved."""

from collections.abc import Mapping
from typing import Any

from desk.ui.intake.saving import Saved

# What a further form of the same person begins with.
SAME_PERSON = (
    "view",
    "phone",
    "name",
    "address",
    "other_phone",
    "id_kind",
    "id_number",
    "sex",
    "guardian",
    "workplace",
    "needs",
    "hides_appellant",
)


class Visits:
    """Remembers the first case of every visit; forms may be saved in any order."""

    def __init__(self) -> None:
        self._first: dict[str, Saved] = {}

    def note(self, saved: Saved) -> None:
        """Remember a form that has become a case."""
        self._first.setdefault(_visit_of(saved.sent.content), saved)

    def another(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a further form of the same person and visit begins with."""
        visit = _visit_of(content)
        first = self._first.get(visit)
        same = first.case if first is not None else content.get("same_visit")
        return {name: content.get(name) for name in SAME_PERSON} | {
            "visit": visit,
            "same_visit": same,
        }

    def joined(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return a form with the case of the same visit, if one has been saved meanwhile."""
        first = self._first.get(_visit_of(content))
        return dict(content) | ({"same_visit": first.case} if first is not None else {})

    def words(self, content: Mapping[str, Any]) -> str:
        """Say beside the title to which visit a form belongs."""
        if not content.get("visit"):
            return ""
        first = self._first.get(_visit_of(content))
        which = f"与 {first.number} " if first is not None else "与前一件"
        return f"{which}同一次来访，保存时记在一起"


def _visit_of(content: Mapping[str, Any]) -> str:
    """Return the visit of a form: its own id, unless it was opened from another one."""
    return str(content.get("visit") or content["command"])
