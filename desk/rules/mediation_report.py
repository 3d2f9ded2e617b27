"""Statistics of mediations (人民调解案件情况统计, DOMAIN.md 2.13 (15), EXCHANGE.md 3.2)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from desk.rules.mediation_checks import PERFORMED
from desk.rules.mediation_codes import (
    AgreementKind,
    Difficulty,
    DisputeKind,
    MediationSource,
    Performance,
)
from desk.rules.rounding import share
from desk.rules.wording import label

_FEN = 100


@dataclass(frozen=True, slots=True)
class CountedMediation:
    """What the statistics need of a mediation that was accepted.

    Attributes:
        is_closed: it has an outcome, whichever.
        amount_fen: what was agreed, in fen.
    """

    kind: DisputeKind
    source: MediationSource
    difficulty: Difficulty
    is_closed: bool
    agreement: AgreementKind | None = None
    amount_fen: int = 0
    performance: Performance | None = None
    is_confirmed: bool = False


def mediation_report(
    mediations: Iterable[CountedMediation], *, first: date, last: date
) -> dict[str, Any]:
    """Return the figures of a period as EXCHANGE.md 3.2 names them.

    `share` is the percentage of all mediations, `success_rate` that of agreements among those
    closed; both are None where there is nothing to divide by. `amount` is in yuan.
    """
    rows = list(mediations)
    closed = [row for row in rows if row.is_closed or row.agreement]
    agreed = [row for row in closed if row.agreement]
    yuan, fen = divmod(sum(row.amount_fen for row in agreed), _FEN)
    return {
        "from": f"{first:%Y-%m-%d}",
        "to": f"{last:%Y-%m-%d}",
        "total": len(rows),
        "by_kind": _by([row.kind for row in rows], DisputeKind),
        "by_source": _by([row.source for row in rows], MediationSource),
        "by_difficulty": _by([row.difficulty for row in rows], Difficulty),
        "closed": len(closed),
        "succeeded": len(agreed),
        "success_rate": share(len(agreed), len(closed)),
        "written": sum(row.agreement is AgreementKind.WRITTEN for row in agreed),
        "oral": sum(row.agreement is AgreementKind.ORAL for row in agreed),
        "amount": yuan + fen / _FEN if fen else yuan,
        "performed": sum(row.performance in PERFORMED for row in agreed),
        "judicial_confirmations": sum(row.is_confirmed for row in rows),
    }


def _by(codes: Sequence[StrEnum], table: type[StrEnum]) -> list[dict[str, Any]]:
    """Return how often each code occurs, in the table's own order; absent ones are left out."""
    counts = Counter(codes)
    return [
        {"key": label(code), "count": counts[code], "share": share(counts[code], len(codes))}
        for code in table
        if counts[code]
    ]
