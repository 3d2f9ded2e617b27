"""Supervision and urging (督办、催办): who must do what by when, and what comes after silence.

A unit is urged before a limit and after it; a day past the limit it gets a written notice, and
after so many more working days without a word a circular. What was done three times and is not
solved, or sent to three units without a lead, is supervised. All these numbers are the hall's own
(DOMAIN.md 2.6, 9.5).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from desk.rules.assessment_codes import (
    SupervisionGround,
    SupervisionSource,
    SupervisionState,
    UrgingWay,
)
from desk.rules.codes import Role, Verdict
from desk.rules.errors import RuleBroken
from desk.rules.rights import Person
from desk.rules.wording import label

S = SupervisionState
W = UrgingWay
MOVES: Mapping[SupervisionState, frozenset[SupervisionState]] = MappingProxyType(
    {
        S.ISSUED: frozenset({S.TAKEN, S.REVOKED}),
        S.TAKEN: frozenset({S.REPORTED, S.REVOKED}),
        S.REPORTED: frozenset({S.CLOSED, S.TAKEN}),  # not enough yet: back to the unit
        S.CLOSED: frozenset(),
        S.REVOKED: frozenset(),
    }
)
OPEN = frozenset({S.ISSUED, S.TAKEN, S.REPORTED})
WITH_UNIT = frozenset({S.ISSUED, S.TAKEN})
OF_ABOVE = frozenset({SupervisionSource.DISTRICT, SupervisionSource.CITY})
ON_PAPER = frozenset({W.WRITTEN, W.CIRCULAR})  # what leaves a paper behind
# what whoever steers does himself: a case on which nobody else moved stays silent (没有动静)
NO_MOVE = frozenset(
    {"supervision.issued", "supervision.decided", "urging.made", "reception.brought"}
)


@dataclass(frozen=True, slots=True)
class SteeringRule:
    """When something is to be supervised or told to all (督办、通报的条件).

    Attributes:
        silent_days: days without a line in the history; rounds: how often it was handled again;
        units: to how many units it was sent; notice_days: working days after a written notice;
        report_days: working days until a supervised unit reports, where nothing else is said.
    """

    silent_days: int = 3
    rounds: int = 3
    units: int = 3
    notice_days: int = 5
    report_days: int = 3


SEED = SteeringRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class SteeredCase:
    """What decides whether a case should be supervised.

    Attributes:
        counts_in_rates: it is assessed and not excluded.
        silent_days: how many whole days nothing was written in its history.
        dispatched_to: to how many units it was sent without that one of them leads it.
    """

    is_overdue: bool = False
    verdict: Verdict | None = None
    counts_in_rates: bool = True
    is_repeat: bool = False
    round_no: int = 1
    silent_days: int = 0
    dispatched_to: int = 0


def grounds(case: SteeredCase, rule: SteeringRule) -> tuple[SupervisionGround, ...]:
    """Return on what grounds a case may be supervised now, the gravest first; people decide."""
    again = case.round_no >= rule.rounds or case.dispatched_to >= rule.units
    not_yes = case.verdict is Verdict.NOT_DOUBLE_YES and case.counts_in_rates
    found = (
        (SupervisionGround.DOUBLE_NO, case.verdict is Verdict.DOUBLE_NO),
        (SupervisionGround.OVERDUE, case.is_overdue),
        (SupervisionGround.NOT_DOUBLE_YES, not_yes),
        (SupervisionGround.REPEAT, case.is_repeat or again),
        (SupervisionGround.SILENT, case.silent_days >= rule.silent_days),
    )
    return tuple(ground for ground, holds in found if holds)


def require_move(current: SupervisionState, target: SupervisionState) -> None:
    """Raise RuleBroken unless a supervised matter may go on so."""
    if target not in MOVES[current]:
        raise RuleBroken(
            f"这件督办现在是“{label(current)}”，不能转为“{label(target)}”。请刷新后看看下一步。"
        )


def require_supervision(
    source: SupervisionSource,
    grounds_said: Collection[SupervisionGround],
    *,
    requirement: str,
    outside_number: str,
) -> None:
    """Raise RuleBroken unless it is said why and what is to be done."""
    if not grounds_said:
        raise RuleBroken("请至少勾一条督办依据。", field="grounds")
    if not requirement.strip():
        raise RuleBroken("请写明督办要求，承办单位才知道做到什么程度。", field="requirement")
    if source in OF_ABOVE and not outside_number.strip():
        raise RuleBroken("上级下发的督办件请填来文编号；没有编号的写“无”。", field="outside_number")


def next_urging(
    *, due_at: datetime | None, now: datetime, urged: Collection[UrgingWay], notice_is_over: bool
) -> UrgingWay:
    """Return how a unit is urged next.

    Args:
        due_at: the limit in question; None where none runs.
        urged: how it was urged before about this case.
        notice_is_over: whether the time to explain itself after a notice is over.
    """
    if due_at is None or now <= due_at:
        return UrgingWay.SYSTEM if UrgingWay.PHONE in urged else UrgingWay.PHONE
    if UrgingWay.WRITTEN not in urged:
        return UrgingWay.WRITTEN
    return UrgingWay.CIRCULAR if notice_is_over else UrgingWay.PHONE


@dataclass(frozen=True, slots=True)
class Urged:
    """One time a unit was urged about a case."""

    way: UrgingWay
    explain_by: datetime | None = None
    is_explained: bool = False


def notice_is_over(urged: Collection[Urged], now: datetime) -> bool:
    """Return whether a written notice was left without a word until its time was over."""
    return any(
        one.way is W.WRITTEN
        and not one.is_explained
        and one.explain_by is not None
        and one.explain_by < now
        for one in urged
    )


def require_urging(
    way: UrgingWay,
    urged: Collection[Urged],
    *,
    note: str,
    explain_by: datetime | None,
    now: datetime,
) -> None:
    """Raise RuleBroken unless a unit may be urged so: what is told to all comes after a notice."""
    if not note.strip():
        raise RuleBroken("请写明催办了什么，承办单位才知道先做哪一步。", field="note")
    if way is W.CIRCULAR and not notice_is_over(urged, now):
        raise RuleBroken(
            "书面通报要等催办通知书到期仍没有说明才用。请先发催办通知书，或打电话催办。",
            field="way",
        )
    if way is W.WRITTEN and (explain_by is None or explain_by <= now):
        raise RuleBroken("催办通知书请写明什么时候以前说明，要晚于现在。", field="explain_by")


def may_decide(person: Person, *, issued_by: int, issuer_unit: int | None, unit_id: int) -> bool:
    """Return whether somebody may end a supervision or send it back.

    Whoever issued it, his colleagues who steer and the leaders may; the supervised unit never
    ends its own, nor does a clerk of the unit that issued it.
    """
    leads = bool(person.roles & {Role.LEADER, Role.CHIEF})
    steers = bool(person.roles & {Role.DISPATCHER, Role.INSPECTOR})
    issued = person.staff_id == issued_by or person.home_unit_id == issuer_unit
    is_other = person.home_unit_id != unit_id
    return person.is_built_in or leads or (steers and issued and is_other)


def require_end_note(outcome: SupervisionState, note: str) -> None:
    """Raise RuleBroken unless it is said why a matter goes back to the unit, or is dropped."""
    if outcome is not S.CLOSED and not note.strip():
        raise RuleBroken("请写明理由，承办单位会看到。", field="note")


def require_limit(due_at: datetime, now: datetime) -> None:
    """Raise RuleBroken unless a supervision leaves time to do something."""
    if due_at <= now:
        raise RuleBroken("督办的新时限要晚于现在，请改成以后的日期。", field="due_at")


def half_and_near(issued_at: datetime, due_at: datetime) -> tuple[datetime, datetime]:
    """Return when half and when four fifths of a supervision's time are gone."""
    length = due_at - issued_at
    return issued_at + length / 2, issued_at + length * 4 / 5


def silent_days(moved_at: datetime, now: datetime) -> int:
    """Return how many whole days nobody did anything (“N 天没有动静”)."""
    return max((now - moved_at).days, 0)
