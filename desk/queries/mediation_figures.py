"""The statistics of mediations of a period (人民调解统计, EXCHANGE.md 3.2)."""

from datetime import date
from typing import Any

from desk.rules.mediation_report import mediation_report
from desk.store.database import Reader
from desk.store.mediation_counts import counted_mediations
from desk.store.patience import takes_long


@takes_long
def mediation_figures(reader: Reader, first: date, last: date) -> dict[str, Any]:
    """Return the figures of the mediations accepted from `first` to `last`, as the reader may."""
    rows = counted_mediations(reader.session, reader.person, reader.now, first, last)
    return mediation_report(rows, first=first, last=last)
