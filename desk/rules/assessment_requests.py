"""Requests about the assessment of a case (剔除申请、差评申诉): whose desk, in which order.

Until such a request is granted the case counts as it did; nothing but its part in the figures
changes then, never a fact (DOMAIN.md 2.9, 4.2, 002-21, 001-6).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.codes import Resolution, Role, Satisfaction
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import KEEPERS_OF_SECRETS, Person
from desk.rules.sign_route import SignDesk, Stand, stand_at
from desk.rules.wording import label

S = RequestState
# From desk to desk; the last one puts it into effect. What is written on the paper stands in this
# order too: 承办 → 部门 → 分管（包片）领导 → 主要领导 → 信联办复核.
ROUTES: Mapping[RequestKind, tuple[RequestState, ...]] = MappingProxyType(
    {
        RequestKind.EXCLUDE: (S.UNIT, S.AREA, S.CHIEF, S.OFFICE),
        RequestKind.RATE_AGAIN: (S.UNIT, S.AREA, S.OFFICE),
    }
)
PENDING = frozenset({S.UNIT, S.AREA, S.CHIEF, S.OFFICE})
# an appeal that somebody has decided, whatever became of it afterwards (差评申诉已有结果)
APPEAL_DECIDED = frozenset({S.GRANTED, S.REFUSED, S.REVOKED})
DESK_ROLES: Mapping[RequestState, frozenset[Role]] = MappingProxyType(
    {
        S.UNIT: STEP_OF[Deed.ASK_ASSESSMENT].roles,  # a colleague of whoever asked
        S.AREA: frozenset({Role.LEADER, Role.CHIEF}),
        S.CHIEF: frozenset({Role.CHIEF}),
        S.OFFICE: frozenset({Role.DISPATCHER}),
    }
)
_OF_LEADERS = frozenset({S.AREA, S.CHIEF})
SHORTEST = 10  # characters; “同意” is no fact


@dataclass(frozen=True, slots=True)
class Rating:
    """What an appellant said of a case."""

    was_contacted: bool | None
    resolution: Resolution | None
    satisfaction: Satisfaction | None

    @property
    def is_bad(self) -> bool:
        """Whether it is one to appeal against: not content, or not all solved (差评)."""
        unsolved = {Resolution.NO, Resolution.PARTLY}
        return self.satisfaction is Satisfaction.DISSATISFIED or self.resolution in unsolved

    def words(self) -> str:
        """Say it: “联系过、已解决、满意”."""
        contact = {True: "联系过", False: "没有联系", None: "未问联系"}[self.was_contacted]
        parts = [label(part) for part in (self.resolution, self.satisfaction) if part is not None]
        return "、".join([contact, *parts])


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDesk:
    """Where a request lies, and whose it is."""

    state: RequestState
    unit_id: int
    asked_by: int
    leader_id: int | None = None
    is_secret: bool = False


def lies_with(desk: RequestDesk, person: Person) -> bool:
    """Return whether a request lies with this person: to sign it, or to refuse it.

    A colleague signs for the unit, never whoever asked; the first leader signs for any leader; of
    a report (举报件) the keepers of secrets do what 信联办 does for others.
    """
    if desk.state not in PENDING:
        return False
    if person.is_built_in:
        return True
    if desk.state in _OF_LEADERS:
        return _stand(desk, person) is not Stand.NOBODY
    if desk.state is S.OFFICE:
        return bool((KEEPERS_OF_SECRETS if desk.is_secret else DESK_ROLES[S.OFFICE]) & person.roles)
    is_colleague = desk.unit_id in person.unit_ids and desk.asked_by != person.staff_id
    return is_colleague and bool(DESK_ROLES[S.UNIT] & person.roles)


def _stand(desk: RequestDesk, person: Person) -> Stand:
    if desk.state is S.AREA and Role.CHIEF not in person.roles:
        return stand_at(SignDesk(Role.LEADER, desk.leader_id), person)
    return stand_at(SignDesk(Role.CHIEF), person)


def next_state(kind: RequestKind, state: RequestState) -> RequestState:
    """Return where a request goes when the desk it lies on agrees.

    Raises:
        RuleBroken: it was decided already.
    """
    require_pending(state)
    route = ROUTES[kind]
    place = route.index(state) + 1
    return route[place] if place < len(route) else S.GRANTED


def require_pending(state: RequestState) -> None:
    """Raise RuleBroken unless somebody has still to decide on a request."""
    if state not in PENDING:
        raise RuleBroken(f"这份申请{label(state)}，不用再签。请刷新后再看。")


def require_exclusion(
    reasons: Collection[ExclusionReason], allowed: Collection[ExclusionReason], facts: str
) -> None:
    """Raise RuleBroken unless an exclusion has a reason that counts today, and its facts.

    Args:
        allowed: the reasons of the rules of assessment in force (剔除口径).
    """
    if not reasons:
        raise RuleBroken("请至少勾一条剔除理由。", field="reasons")
    others = [one for one in reasons if one not in allowed]
    if others:
        words = "、".join(label(one) for one in others)
        raise RuleBroken(f"按现在的考评规则，“{words}”不能作为剔除理由。", field="reasons")
    require_facts(facts)


def require_new_rating(old: Rating, new: Rating, facts: str) -> None:
    """Raise RuleBroken unless a bad rating is appealed against with what it is now, and why."""
    if not old.is_bad:
        raise RuleBroken("此件没有差评，不用申诉。回访以后评价不满意的才能申诉。")
    if new.resolution is None or new.satisfaction in {None, Satisfaction.NOT_RATED}:
        raise RuleBroken("请填写诉求人现在的评价：是否解决、是否满意。", field="satisfaction")
    if new == old:
        raise RuleBroken("新的评价与原来的一样，不用申诉。", field="satisfaction")
    require_facts(facts)


def require_facts(facts: str) -> None:
    """Raise RuleBroken unless it is said what happened and what shows it."""
    if len(facts.strip()) < SHORTEST:
        raise RuleBroken(f"请写明事实和证据，至少 {SHORTEST} 个字，领导才好签。", field="facts")


def require_note(is_passed: bool, note: str) -> None:  # noqa: FBT001 - as the form has it
    """Raise RuleBroken where a desk refuses without saying why."""
    if not is_passed and not note.strip():
        raise RuleBroken("不同意请写明理由，承办单位才知道怎么补。", field="note")
