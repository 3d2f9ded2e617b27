"""The life of a case: which move may follow which (DOMAIN.md 6.1, 9.1, 9.3).

This table is the single source: the actions ask it, the database's triggers are generated from
it (`store/guards.py`), and the windows offer only what it allows.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.codes import CaseStatus, Exit
from desk.rules.errors import RuleBroken
from desk.rules.wording import label

S = CaseStatus

_WORKED_ON = frozenset({S.RECEIVED, S.DISPATCHED, S.ACCEPTED, S.HANDLING, S.OPINION})

MOVES: Mapping[CaseStatus, frozenset[CaseStatus]] = MappingProxyType(
    {
        S.RECEIVED: frozenset({S.DISPATCHED, S.MERGED, S.WITHDRAWN}),
        S.DISPATCHED: frozenset({S.ACCEPTED, S.RECEIVED, S.DISPATCHED, S.MERGED, S.WITHDRAWN}),
        S.ACCEPTED: frozenset({S.HANDLING, S.RECEIVED, S.DISPATCHED, S.MERGED, S.WITHDRAWN}),
        # back to 待分拨 where it turns out that the unit handling it is the one complained about
        S.HANDLING: frozenset(
            {S.OPINION, S.DISPATCHED, S.RECEIVED, S.PARKED, S.MERGED, S.WITHDRAWN}
        ),
        S.OPINION: frozenset({S.SIGNING, S.RECEIVED, S.MERGED, S.WITHDRAWN}),
        S.SIGNING: frozenset({S.SEALING, S.OPINION, S.RECEIVED, S.WITHDRAWN}),
        # back to 待审签 while the signature can be taken back, to 待写意见书 for a new version
        # and back to its main case, where that one's signature is taken back
        S.SEALING: frozenset({S.DELIVERING, S.SIGNING, S.OPINION, S.RECEIVED, S.MERGED}),
        S.DELIVERING: frozenset({S.FOLLOW_UP, S.OPINION, S.RECEIVED}),
        # a further round goes to somebody else where the unit that answered is complained about
        S.FOLLOW_UP: frozenset({S.CLOSED, S.HANDLING, S.OPINION, S.RECEIVED}),
        S.CLOSED: frozenset({S.ARCHIVED, S.HANDLING, S.RECEIVED}),
        S.PARKED: frozenset({S.HANDLING, S.RECEIVED, S.WITHDRAWN}),
        S.ARCHIVED: frozenset(),
        S.GUIDED: frozenset({S.ARCHIVED, S.RECEIVED}),
        # taken apart again, or answered together with the main case (逐一告知、逐一回访)
        S.MERGED: _WORKED_ON | {S.SEALING},
        S.WITHDRAWN: _WORKED_ON | {S.SIGNING, S.PARKED, S.ARCHIVED},
    }
)

FIRST_STATUS: Mapping[Exit, CaseStatus] = MappingProxyType(
    {
        Exit.ON_SPOT: S.CLOSED,  # still rated and archived (6.1 #3)
        Exit.OWN_UNIT: S.ACCEPTED,  # handled by the first unit itself (9.1)
        Exit.TRANSFER: S.RECEIVED,
        Exit.GUIDANCE: S.GUIDED,
    }
)

# A case that no one has to work on any more; boards and `ix_open` leave these out.
FINISHED = frozenset({S.ARCHIVED, S.GUIDED, S.MERGED, S.WITHDRAWN})
# Stages of the board (SCREENS.md 7), each with the statuses it gathers.
STAGES: tuple[tuple[str, frozenset[CaseStatus]], ...] = (
    ("待分拨", frozenset({S.RECEIVED})),
    ("待签收", frozenset({S.DISPATCHED})),
    ("联系核实", frozenset({S.ACCEPTED})),
    ("办理中", frozenset({S.HANDLING, S.PARKED})),
    ("意见书审签", frozenset({S.OPINION, S.SIGNING, S.SEALING})),
    ("送达回访", frozenset({S.DELIVERING, S.FOLLOW_UP})),
)
OPEN = frozenset().union(*(statuses for _, statuses in STAGES))
CALLED = OPEN | {S.MERGED}  # a promised call is owed to each of several appellants


def may_move(current: CaseStatus, target: CaseStatus) -> bool:
    """Return whether a case may go from `current` to `target`."""
    return target in MOVES[current]


def require_move(current: CaseStatus, target: CaseStatus) -> None:
    """Raise RuleBroken unless a case may go from `current` to `target`."""
    if not may_move(current, target):
        raise RuleBroken(
            f"此件现在是“{label(current)}”，不能直接转为“{label(target)}”。请刷新后看看下一步。"
        )


def require_status(current: CaseStatus, *expected: CaseStatus) -> None:
    """Raise RuleBroken unless a case stands at one of `expected`."""
    if current not in expected:
        wanted = "、".join(f"“{label(status)}”" for status in expected)
        raise RuleBroken(f"此件现在是“{label(current)}”，这一步只能在{wanted}时做。请刷新后再看。")
