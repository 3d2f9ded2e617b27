"""A whistle's life (吹哨报到): who may do what, what must be said, whether a unit came in time.

A unit calls others to a place; 信联办 agrees or sends it back; each called unit's response counts
on its own; what was agreed on the spot is divided; the caller rates it. How high a matter is
called is data of the hall. Sources: DOMAIN.md 002-14, 003-4, 2.7, 9.5.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from desk.rules.codes import Purpose, Role, UnitKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import Person
from desk.rules.whistle_codes import WhistleResult, WhistleStage, WhistleState
from desk.rules.wording import label

S = WhistleState
MOVES: Mapping[WhistleState, frozenset[WhistleState]] = MappingProxyType(
    {
        S.RAISED: frozenset({S.CALLED, S.RETURNED, S.WITHDRAWN}),
        S.RETURNED: frozenset({S.RAISED, S.WITHDRAWN}),
        S.CALLED: frozenset({S.SETTLED, S.WITHDRAWN}),
        S.SETTLED: frozenset({S.RATED, S.CALLED}),  # not settled after all: back to the site
        S.RATED: frozenset({S.FILED, S.CALLED}),
        S.FILED: frozenset(),
        S.WITHDRAWN: frozenset(),
    }
)
OPEN = frozenset(S) - {S.FILED, S.WITHDRAWN}
CALLED = frozenset({S.CALLED, S.SETTLED, S.RATED, S.FILED})  # its units count as called
EARLIEST = timedelta(days=1)  # how long before the call somebody may have come at the most
# 信联办 and the leaders: they agree, type in what came on paper, file it
RUNNERS = frozenset({Role.DISPATCHER, Role.LEADER, Role.CHIEF})
