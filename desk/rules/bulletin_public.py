"""What of a bulletin may be shown outside the house (公开版): no case, no person, no small number.

Places are housing estates at most; lists of cases, supervision and decisions of the house are left
out, and a count so small that somebody might be recognised is told as “少于 3” (DOMAIN.md 003-6).
"""

from collections.abc import Mapping
from typing import Any

from desk.rules.bulletin_figures import COUNTS, Facts, differences, picked

_NO_CASES: Mapping[str, Any] = {"count": 0, "cases": []}
_NO_SUPERVISION: Mapping[str, int] = {"issued": 0, "closed": 0, "open": 0, "late": 0}
_RATES = ("response_rate", "resolution_rate", "satisfaction_rate", "score")
_OF_TOTAL = (*COUNTS, *_RATES, "not_double_yes", "on_time", "by_level")
_OF_ROW = ("key", "received", "before", "visited", *_RATES, "rank", "tied")
_GROUPS = ("units", "communities", "categories", "places")
_OF_SOLVED = ("closed", "from_before", "resolved")


def public_facts(facts: Facts, least: int) -> dict[str, Any]:
    """Return the facts of a bulletin without what is nobody's business outside.

    Args:
        least: a count above 0 and below it is not told; 0 tells every one (the hall's own number).
    """
    total = _told_of({key: facts["total"][key] for key in _OF_TOTAL}, least)
    total["by_level"] = {
        name: {"count": told(one["count"], least)} for name, one in total["by_level"].items()
    }
    before, year_ago = (_told_of(facts[name], least) for name in ("before", "year_ago"))
    solved = facts["solved"]
    return {
        **facts,
        "is_public": True,
        "total": total,
        "before": before,
        "year_ago": year_ago,
        "changes": differences(picked(total), before, year_ago),
        **{group: [_row(row, least) for row in facts[group]] for group in _GROUPS},
        "clusters": [],
        "overdue": _NO_CASES,
        "double_no": _NO_CASES,
        "solved": {key: told(solved[key], least) for key in _OF_SOLVED}
        | {"by_category": [_row(row, least) for row in solved["by_category"]]},
        "goals": [],
        "streak": {"words": ""},
        "upkeep": [],
        "supervisions": _NO_SUPERVISION,
        "tasks": [],
        "trend": [_told_of(one, least) for one in facts["trend"]],
    }


def told(count: Any, least: int) -> Any:
    """Return a count as it may be told: itself, or words where it is too small."""
    return f"少于 {least}" if isinstance(count, int) and 0 < count < least else count


def _told_of(figures: Facts, least: int) -> dict[str, Any]:
    """Return figures whose small counts are words; rates of few ratings are not told at all."""
    counts = (*COUNTS, "not_double_yes")
    found = {key: told(n, least) if key in counts else n for key, n in figures.items()}
    if isinstance(found.get("visited"), str):
        found |= {key: None for key in _RATES if key in found}
    return found


def _row(row: Facts, least: int) -> dict[str, Any]:
    shown = _told_of({key: row[key] for key in _OF_ROW if key in row}, least)
    if "before" in shown:
        shown["before"] = told(shown["before"], least)
    return shown | {"deduction": "0.00"}
