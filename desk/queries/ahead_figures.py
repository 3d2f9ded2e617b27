"""What was done before the complaint in a period (主动治理): whistles and findings together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.queries.early_action_figures import early_action_figures
from desk.queries.whistle_figures import whistle_figures
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.letterheads import letterhead_of


@dataclass(frozen=True, slots=True)
class AheadFigures:
    """The two reports, as EXCHANGE.md 3.3 and 3.4 write them, and whose they are."""

    whistles: dict[str, Any]
    findings: dict[str, Any]
    office: str


def ahead_figures(reader: Reader, first: date, last: date) -> AheadFigures:
    """Return the figures of what the reader sees of whistles and findings of a period."""
    return AheadFigures(
        whistle_figures(reader, first, last),
        early_action_figures(reader, first, last),
        letterhead_of(reader.session, reader.person.street_id, day_of(reader.now)).issuer,
    )
