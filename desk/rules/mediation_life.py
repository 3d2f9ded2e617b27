"""The life of a mediation: which move may follow which (调解案状态机, DOMAIN.md 6.5).

The single source, like `lifecycle.py` for cases: actions ask it, triggers are generated from it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import MediationStatus
from desk.rules.wording import label

S = MediationStatus

_STOPPED = frozenset({S.ENDED, S.WITHDRAWN, S.HANDED_OVER})

MEDIATION_MOVES: Mapping[MediationStatus, frozenset[MediationStatus]] = MappingProxyType(
    {
        S.APPLIED: frozenset({S.ACCEPTED, S.REFUSED, S.WITHDRAWN}),
        S.ACCEPTED: frozenset({S.SCHEDULED, S.MEDIATING}) | _STOPPED,
        # back to 待排期 where the only appointment is cancelled or expires
        S.SCHEDULED: frozenset({S.ACCEPTED, S.MEDIATING}) | _STOPPED,
        # straight to the follow-up where all was done in the room (即时履行)
        S.MEDIATING: frozenset({S.SETTLED, S.FOLLOW_UP, S.NOT_SETTLED}) | _STOPPED,
        S.SETTLED: frozenset({S.FOLLOW_UP}),
        S.FOLLOW_UP: frozenset({S.CLOSED, S.SETTLED}),
        S.CLOSED: frozenset({S.ARCHIVED}),
        S.NOT_SETTLED: frozenset({S.ARCHIVED}),
        S.ENDED: frozenset({S.ARCHIVED}),
        S.WITHDRAWN: frozenset({S.ARCHIVED}),
        S.HANDED_OVER: frozenset({S.ARCHIVED}),
        S.REFUSED: frozenset({S.ARCHIVED}),
        S.ARCHIVED: frozenset(),
    }
)
# Somebody still works on these before an outcome: the 30 days run.
IN_HAND = frozenset({S.ACCEPTED, S.SCHEDULED, S.MEDIATING})
# Whoever works on mediations finds these in the list.
OPEN_MEDIATIONS = frozenset({S.APPLIED, S.SETTLED, S.FOLLOW_UP, S.CLOSED}) | IN_HAND
# An outcome without an agreement; the dossier is closed and archived all the same.
WITHOUT_AGREEMENT = frozenset({S.NOT_SETTLED, S.ENDED, S.WITHDRAWN, S.HANDED_OVER, S.REFUSED})


def require_mediation_move(current: MediationStatus, target: MediationStatus) -> None:
    """Raise RuleBroken unless a mediation may go from `current` to `target`."""
    if target not in MEDIATION_MOVES[current]:
        raise RuleBroken(
            f"这件调解现在是“{label(current)}”，不能直接转为“{label(target)}”。请刷新后看看下一步。"
        )
