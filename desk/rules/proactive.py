"""What may become of a plan, an opinion, a demand, a project (主动治理; DOMAIN.md 002-25, 9.5)."""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.proactive_codes import DemandState, PlanState, ProjectState, ResourceState

P, D, R, J = PlanState, DemandState, ResourceState, ProjectState

PLAN_MOVES: Mapping[PlanState, frozenset[PlanState]] = MappingProxyType(
    {
        P.RUNNING: frozenset({P.FINISHED}),
        P.FINISHED: frozenset({P.CONFIRMED, P.RUNNING}),  # the second look: solved, or go on
        P.CONFIRMED: frozenset({P.RUNNING}),  # it came back
    }
)
DEMAND_MOVES: Mapping[DemandState, frozenset[DemandState]] = MappingProxyType(
    {
        D.OPEN: frozenset({D.MATCHED, D.WHISTLED, D.MET, D.DROPPED}),
        D.MATCHED: frozenset({D.OPEN, D.WHISTLED, D.MET, D.DROPPED}),
        D.WHISTLED: frozenset({D.OPEN, D.MATCHED, D.MET, D.DROPPED}),
        D.MET: frozenset({D.OPEN}),
        D.DROPPED: frozenset({D.OPEN}),
    }
)
RESOURCE_MOVES: Mapping[ResourceState, frozenset[ResourceState]] = MappingProxyType(
    {R.OFFERED: frozenset({R.ENDED}), R.ENDED: frozenset({R.OFFERED})}
)
PROJECT_MOVES: Mapping[ProjectState, frozenset[ProjectState]] = MappingProxyType(
    {
        J.RUNNING: frozenset({J.DONE, J.DROPPED}),
        J.DONE: frozenset({J.RUNNING}),
        J.DROPPED: frozenset({J.RUNNING}),
    }
)
# demands that somebody still has to do something about
DEMANDS_AT_WORK = frozenset({D.OPEN, D.MATCHED, D.WHISTLED})
