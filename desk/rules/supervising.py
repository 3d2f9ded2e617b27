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
from desk.rules.codes import Verdict
from desk.rules.errors import RuleBroken
from desk.rules.wording import label

S = SupervisionState
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
OF_ABOVE = frozenset({SupervisionSource.DISTRICT, SupervisionSource.CITY})


@dataclass(frozen=True, slots=True)
class SteeringRule:
    """When something is to be supervised or told to all (督办、通报的条件).

    Attributes:
        silent_days: days without a line in the history; rounds: how often it was handled again;
        units: to how many units it was sent; notice_days: working days after a written notice.
    """

    silent_days: int = 3
    rounds: int = 3
    units: int = 3
    notice_days: int = 5


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
