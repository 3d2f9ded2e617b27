"""What of a bulletin may be shown outside the house (公开版): no case, no person, no small number.

Places are housing estates at most; lists of cases, supervision and decisions of the house are left
out, and a count so small that somebody might be recognised is told as “少于 3” (DOMAIN.md 003-6).
Lists leave such rows out, and with them those by which they could be worked out from the total
(`rules.small_counts`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from desk.rules.bulletin_figures import COUNTS, Facts, differences, picked
from desk.rules.comparing import NOTHING
from desk.rules.small_counts import hidden_among

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
    total["by_level"] = _levels(facts["total"]["by_level"], least)
    before, year_ago = (_told_of(facts[name], least) for name in ("before", "year_ago"))
    for one, whole in ((total, "total"), (before, "before"), (year_ago, "year_ago")):
        _split(one, facts[whole], least)
    return {
        **facts,
        "is_public": True,
        "total": total,
        "before": before,
        "year_ago": year_ago,
        "changes": differences(picked(total), before, year_ago),
        **{group: _rows(facts[group], least) for group in _GROUPS},
        "clusters": [],
        "overdue": _NO_CASES,
        "double_no": _NO_CASES,
        "solved": _solved(facts["solved"], least),
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


def _split(total: dict[str, Any], facts: Facts, least: int) -> None:
    """Hide 双是 and 非双是 together where one is small: both of them are all ratings."""
    parts = (facts["double_yes"], facts["visited"] - facts["double_yes"])
    if not isinstance(total["visited"], str) and hidden_among(parts, least):
        total |= {key: NOTHING for key in ("double_yes", "not_double_yes") if key in total}


def _levels(levels: Mapping[str, Facts], least: int) -> dict[str, dict[str, Any]]:
    """Return the sources of the cases that may be told; the others are left out."""
    hidden = hidden_among([one["count"] for one in levels.values()], least)
    return {
        name: {"count": one["count"]}
        for at, (name, one) in enumerate(levels.items())
        if at not in hidden
    }


def _solved(facts: Facts, least: int) -> dict[str, Any]:
    parts = (facts["from_before"], facts["closed"] - facts["from_before"])
    found = {key: told(facts[key], least) for key in _OF_SOLVED}
    if hidden_among(parts, least):
        found["from_before"] = 0  # of which nothing is said
    return found | {"by_category": _rows(facts["by_category"], least)}


def _rows(rows: Sequence[Facts], least: int) -> list[dict[str, Any]]:
    """Return the rows that may be told; what they are held against only where that may be."""
    hidden = {
        key: hidden_among([row[key] for row in rows], least)
        for key in ("received", "before", "visited")
        if rows and key in rows[0]
    }
    return [
        _row(row, {key for key, places in hidden.items() if at in places})
        for at, row in enumerate(rows)
        if at not in hidden["received"]
    ]


def _row(row: Facts, hidden: set[str]) -> dict[str, Any]:
    shown = {key: row[key] for key in _OF_ROW if key in row} | dict.fromkeys(hidden, NOTHING)
    if "visited" in hidden:
        shown |= dict.fromkeys(_RATES)
    return shown | {"deduction": "0.00"}
