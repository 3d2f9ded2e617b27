"""How a finding goes on, and who may do what about it (未诉先办; DOMAIN.md 002-15, 6.1 row 22).

It has no appellant: nobody is rung, nobody rates it. It counts as solved when somebody says so,
and as confirmed when somebody has looked again (复看).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import EarlyActionState, VisitConcern
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import Person, may_in_hall
from desk.rules.wording import label

S = EarlyActionState

MOVES: Mapping[EarlyActionState, frozenset[EarlyActionState]] = MappingProxyType(
    {
        S.OPEN: frozenset({S.RESOLVED, S.VOID}),
        S.RESOLVED: frozenset({S.OPEN, S.CONFIRMED}),
        S.CONFIRMED: frozenset({S.OPEN}),
        S.VOID: frozenset({S.OPEN}),
    }
)
SOLVED = frozenset({S.RESOLVED, S.CONFIRMED})
RECHECK_DAYS = 7
# 导入的人按台账写，不受时间先后限制
_OTHERS = "这一条由所在社区、处置单位或信联办办理。"
NOT_FOUND = "找不到这一条未诉先办，请刷新后再试。"

# 四种情况：门口听到、看到时怎么办（DOMAIN.md 003-7）
CONCERN_HINTS: Mapping[VisitConcern, str] = MappingProxyType(
    {
        VisitConcern.ILL: "问清要不要送医、送药、送餐；告诉社区和民政办，约好下次上门的日子。",
        VisitConcern.INCIDENT: "先保人，有危险立即打 110、119、120，再报街道值班室。",
        VisitConcern.DISCONTENT: "听完再答，记下原话里的事；能答的当场答，答不了的开诉求件。",
        VisitConcern.DISPUTE: "先把双方分开听；愿意调解的转调解，不要当场评理。",
    }
)


@dataclass(frozen=True, slots=True)
class FindingStand:
    """What the rights need to know of a finding."""

    community_id: int
    unit_id: int
    recorded_by: int


def require_move(current: EarlyActionState, target: EarlyActionState) -> None:
    """Raise RuleBroken unless a finding may go from one state to the other."""
    if target not in MOVES[current]:
        raise RuleBroken(
            f"这一条现在是“{label(current)}”，不能转为“{label(target)}”。请刷新后看看下一步。"
        )


def may_treat(stand: FindingStand, person: Person) -> bool:
    """Return whether the person deals with this finding: its place, its unit, or 信联办."""
    if person.is_built_in:
        return True
    if not may_in_hall(Deed.TREAT_FINDING, person):
        return False
    return (
        Role.DISPATCHER in person.roles
        or stand.recorded_by == person.staff_id
        or stand.unit_id in person.unit_ids
        or works_in(stand.community_id, person)
    )


def works_in(community_id: int, person: Person) -> bool:
    """Return whether the person belongs to a community or to one of its grids."""
    return community_id in person.unit_ids | person.units_above


def require_treat(stand: FindingStand, person: Person) -> None:
    """Raise NotAllowed unless the person deals with this finding."""
    if not may_treat(stand, person):
        raise NotAllowed(_OTHERS)


def require_found_in(community_id: int, person: Person) -> None:
    """Raise RuleBroken if somebody of one community writes down what is in another."""
    everywhere = person.is_built_in or Role.DISPATCHER in person.roles
    if not everywhere and not works_in(community_id, person):
        raise RuleBroken("这个地址不在您的社区。请核对，或告诉信联办。", field="community")


def recheck_day(resolved_on: date, days: int = RECHECK_DAYS) -> date:
    """Return the day by which somebody looks again."""
    return resolved_on + timedelta(days=days)


def require_times(found_at: datetime, resolved_at: datetime | None, now: datetime) -> None:
    """Raise RuleBroken unless something was found before now, and solved after that."""
    if found_at > now:
        raise RuleBroken("发现时间还没有到，请核对。", field="found_at")
    if resolved_at is not None and not found_at <= resolved_at <= now:
        raise RuleBroken("化解时间应在发现之后、现在以前，请核对。", field="resolved_at")
