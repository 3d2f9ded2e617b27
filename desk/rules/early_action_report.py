"""The statistics of findings (未诉先办统计, EXCHANGE.md 3.4), from counts.

Found is what was written down and not taken back; solved is what somebody said is solved, unless
a second look showed otherwise. The weekly mean is found × 7 ÷ days of the period.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.rules.early_action_codes import DiscoverWay
from desk.rules.rounding import ratio, rounded, share
from desk.rules.wording import label


@dataclass(frozen=True, slots=True)
class CountedFindings:
    """How many findings are alike in way, community and category of the first level."""

    way: DiscoverWay
    community: str
    category: str
    found: int
    resolved: int
    confirmed: int
    turned: int  # into a case, a whistle or a topic


def early_action_report(
    counted: Sequence[CountedFindings], *, first: date, last: date
) -> dict[str, Any]:
    """Return the report of the findings of a period (both days included)."""
    found, resolved = _sums(counted)
    weekly = ratio(found * 7, (last - first).days + 1)
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "found": found,
        "resolved": resolved,
        "resolution_rate": share(resolved, found),
        "weekly_mean": rounded(weekly or 0),
        "confirmed": sum(one.confirmed for one in counted),
        "turned": sum(one.turned for one in counted),
        "by_way": _rows(counted, lambda one: label(one.way), [label(way) for way in DiscoverWay]),
        "by_community": _rows(counted, lambda one: one.community),
        "by_category": _rows(counted, lambda one: one.category),
    }


def _rows(
    counted: Sequence[CountedFindings],
    key: Callable[[CountedFindings], str],
    order: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """Return a line for each key, those of `order` always and first, the others by their count."""
    parts: dict[str, list[CountedFindings]] = {name: [] for name in order}
    fixed = len(parts)
    for one in counted:
        parts.setdefault(key(one), []).append(one)
    total, _ = _sums(counted)
    names = [*parts]
    rest = sorted(names[fixed:], key=lambda name: (-_sums(parts[name])[0], name))
    return [_row(name, parts[name], total) for name in (*names[:fixed], *rest)]


def _row(name: str, counted: Sequence[CountedFindings], total: int) -> dict[str, Any]:
    found, resolved = _sums(counted)
    return {
        "key": name,
        "count": found,
        "share": share(found, total),
        "found": found,
        "resolved": resolved,
        "resolution_rate": share(resolved, found),
    }


def _sums(counted: Sequence[CountedFindings]) -> tuple[int, int]:
    return sum(one.found for one in counted), sum(one.resolved for one in counted)
