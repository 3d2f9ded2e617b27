"""Says who was quicker (刚有变化): what was done to a case or a mediation since it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.rules.errors import StaleCase
from desk.rules.moments import in_shanghai


@dataclass(frozen=True, slots=True)
class Since:
    """One line of the history that came in between.

    Attributes:
        payload: which columns were changed; what they say is not told here.
    """

    title: str
    name: str
    at: datetime
    payload: Mapping[str, Any] | None


def stale(number: str, lines: Iterable[Since]) -> StaleCase:
    """Return the refusal of whoever has not seen these lines, oldest first."""
    said, changes, fields = [], [], {}
    for line in lines:
        who = f"{in_shanghai(line.at):%H:%M} {line.name}"
        said.append(f"{line.name} {in_shanghai(line.at):%H:%M} {line.title}")
        changes.append((who, line.title))
        for column in (line.payload or {}).get("after", {}):  # an erased line says nothing
            fields[column.partition(".")[2]] = who
    return StaleCase(
        f"{number} 刚有变化：{'；'.join(said)}。您写的内容还在，请看过最新情况后再存。",
        changes=tuple(changes),
        fields=fields,
    )
