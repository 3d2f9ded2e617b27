"""Figures of whistles (吹哨响应率、化解率、按时报到率; EXCHANGE.md 3.3, DOMAIN.md 9.5).

The rate of responses is units that came of units that were called, that of arrivals in time stands
beside it; the rate of solutions is whistles that were settled of whistles. Half up, never cut.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desk.rules.rounding import share
from desk.rules.whistle_codes import WhistleResult
from desk.rules.whistling import Response


@dataclass(frozen=True, slots=True)
class CountedWhistle:
    """A whistle whose units were called: what its figures are made of."""

    level: str
    result: WhistleResult | None
    responses: tuple[tuple[str, Response], ...]  # each called unit's name, and how it responded


@dataclass(slots=True)
class WhistleTally:
    """Counts of some whistles."""

    calls: int = 0
    called_units: int = 0
    answered_units: int = 0
    answered_on_time: int = 0
    resolved: int = 0

    def add(self, result: WhistleResult | None, responses: Iterable[Response]) -> None:
        """Count one whistle with some of its units."""
        known = list(responses)
        self.calls += 1
        self.called_units += len(known)
        self.answered_units += sum(one.came for one in known)
        self.answered_on_time += sum(one.came_in_time for one in known)
        self.resolved += result is WhistleResult.RESOLVED

    def as_json(self) -> dict[str, Any]:
        """Return counts and rates; where there is nothing to divide by, a rate is null."""
        return {
            "calls": self.calls,
            "called_units": self.called_units,
            "answered_units": self.answered_units,
            "answered_on_time": self.answered_on_time,
            "response_rate": share(self.answered_units, self.called_units),
            "on_time_rate": share(self.answered_on_time, self.called_units),
            "resolved": self.resolved,
            "resolution_rate": share(self.resolved, self.calls),
        }


@dataclass(frozen=True, slots=True)
class WhistleReport:
    """The whistles of a period: in all, by level, by called unit."""

    first: date
    last: date
    total: WhistleTally = field(default_factory=WhistleTally)
    by_level: dict[str, WhistleTally] = field(default_factory=dict)
    by_unit: dict[str, WhistleTally] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what `main.py whistle-statistics --json` prints."""
        return {
            "from": f"{self.first:%Y-%m-%d}",
            "to": f"{self.last:%Y-%m-%d}",
            **self.total.as_json(),
            "by_level": [{"key": key, **one.as_json()} for key, one in self.by_level.items()],
            "by_unit": [{"key": key, **one.as_json()} for key, one in self.by_unit.items()],
        }


def report_of(
    first: date, last: date, whistles: Iterable[CountedWhistle], levels: Sequence[str]
) -> WhistleReport:
    """Return the figures of whistles, levels as the hall orders them, busiest units first."""
    report = WhistleReport(first, last)
    found: dict[str, WhistleTally] = {level: WhistleTally() for level in levels}
    units: dict[str, WhistleTally] = {}
    for one in whistles:
        responses = [response for _unit, response in one.responses]
        report.total.add(one.result, responses)
        found.setdefault(one.level, WhistleTally()).add(one.result, responses)
        for unit, response in one.responses:
            units.setdefault(unit, WhistleTally()).add(one.result, [response])
    report.by_level.update(found)
    busiest = sorted(units.items(), key=lambda pair: (-pair[1].called_units, pair[0]))
    report.by_unit.update(busiest)
    return report
