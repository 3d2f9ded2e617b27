"""Clocks of a case (时限): starting, stopping, recomputing, and which one burns first.

Every instant at which a clock changes its colour is stored, so that boards need no calendar
(HOUSE.md decision 9).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select

from desk.rules.codes import AssignmentRole, ClockEvent, ClockKind, Exit
from desk.rules.deadlines import Limits, TimeRule, choose_rule, limits_of, rule_text
from desk.rules.lifecycle import FINISHED
from desk.rules.moments import in_utc
from desk.store.hall_rules import hall_calendar, limited_case, time_rules
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Clock
from desk.store.transaction import Transaction

# Clocks that one event starts, in the order of the clocks strip.
STARTED_BY: Mapping[ClockEvent, tuple[ClockKind, ...]] = MappingProxyType(
    {
        ClockEvent.RECEIVED: (
            ClockKind.DISPATCH,
            ClockKind.CONTACT,
            ClockKind.VERIFY,
            ClockKind.HANDLE,
        ),
        ClockEvent.DISPATCHED: (ClockKind.ACCEPT,),
        ClockEvent.HANDLED: (ClockKind.OPINION,),
        ClockEvent.DELIVERED: (ClockKind.FOLLOW_UP,),
    }
)
# A supporting unit has a limit of its own for what it does, from the day it was asked (双派).
_ALSO_OF_SUPPORT = (ClockKind.HANDLE,)
# Limits that residents were promised: missing one marks the case (三率的“超期”).
PROMISED = frozenset({ClockKind.DISPATCH, ClockKind.CONTACT, ClockKind.VERIFY, ClockKind.HANDLE})


@dataclass(frozen=True, slots=True)
class _Chosen:
    rule_id: int
    rule: TimeRule
    limits: Limits


def start_clocks(  # noqa: PLR0913 - what starts it, and its two exceptions
    tx: Transaction,
    case: Case,
    event: ClockEvent,
    at: datetime,
    *,
    assignment: Assignment | None = None,
    only: ClockKind | None = None,
    can_be_called: bool = True,
) -> None:
    """Start the clocks that an event starts.

    Args:
        assignment: the unit's part the clocks belong to; those of the case itself have none.
        only: just this one (a return starts 分拨 alone again, a second round 办理 alone).
        can_be_called: whether there is anyone to call; without, 联系 does not apply (9.2).
    """
    known = _clocks(tx, case)
    fresh = []
    kinds = STARTED_BY[event]
    if assignment is not None and assignment.role is not AssignmentRole.LEAD:
        kinds += _ALSO_OF_SUPPORT
    for kind in kinds:
        if only not in {None, kind}:
            continue
        if kind is ClockKind.DISPATCH and case.exit is not Exit.TRANSFER and only is None:
            continue
        chosen = _choose(tx, case, kind, at)
        if chosen is not None:
            applies = can_be_called or kind is not ClockKind.CONTACT
            fresh.append(_clock(case, kind, chosen, at, assignment, applies=applies))
    known += fresh
    tx.add(*fresh)
    refresh_next(tx, case)


def stop_clock(
    tx: Transaction,
    case: Case,
    kind: ClockKind,
    at: datetime,
    *,
    assignment: Assignment | None = None,
) -> None:
    """Stop the running clock of a kind in the present round; each stops on its own.

    Args:
        assignment: whose clock; the case's own without one. What a supporting unit misses does
            not make the case overdue: people were promised the case's own limits.
    """
    part = None if assignment is None else assignment.id
    for clock in running(tx, case):
        if clock.kind is kind and clock.assignment_id == part:
            clock.stopped_at = at
            if at > clock.due_at and kind in PROMISED and clock.is_applicable and part is None:
                case.is_overdue = True
    refresh_next(tx, case)


def stop_part(tx: Transaction, case: Case, part: Assignment, at: datetime) -> None:
    """Stop whatever still runs for one unit's part: it was handed on, or taken off the case."""
    for clock in running(tx, case):
        if clock.assignment_id == part.id:
            clock.stopped_at = at
    refresh_next(tx, case)


def reopen_clock(
    tx: Transaction,
    case: Case,
    kind: ClockKind,
    stopped_at: datetime | None,
    *,
    assignment: Assignment | None = None,
) -> None:
    """Let a clock run again as if it had never been stopped at that moment (撤回)."""
    part = None if assignment is None else assignment.id
    of_kind = [c for c in _clocks(tx, case) if c.kind is kind and c.assignment_id == part]
    for clock in [c for c in of_kind[-1:] if c.stopped_at == stopped_at]:
        clock.stopped_at = None
    refresh_next(tx, case)


def part_clocks(tx: Transaction, case: Case, part: Assignment) -> list[Clock]:
    """Return the clocks of one unit's part."""
    return [clock for clock in _clocks(tx, case) if clock.assignment_id == part.id]


def running(tx: Transaction, case: Case) -> list[Clock]:
    """Return the clocks of the present round that neither stopped nor were set aside."""
    return [
        clock
        for clock in _clocks(tx, case)
        if clock.stopped_at is None and clock.set_aside_at is None
    ]


def set_clocks_aside(tx: Transaction, case: Case, at: datetime) -> None:
    """Let no clock run on a case that is set aside (合并、撤回); each keeps when it is due."""
    for clock in running(tx, case):
        clock.set_aside_at = at
    refresh_next(tx, case)


def give_clocks_back(tx: Transaction, case: Case) -> None:
    """Let the clocks run again that were set aside; nothing internal moves what was promised."""
    for clock in _clocks(tx, case):
        clock.set_aside_at = None
    refresh_next(tx, case)


def _clocks(tx: Transaction, case: Case) -> list[Clock]:
    """Return the clocks of the present round; read once, then kept up by `start_clocks`."""

    def read() -> list[Clock]:
        same = (Clock.case_id == case.id) & (Clock.round_no == case.round_no)
        return list(tx.session.scalars(select(Clock).where(same).order_by(Clock.id)))

    return tx.once(("clocks", case.id, case.round_no), read)


def recompute_clocks(tx: Transaction, case: Case) -> None:
    """Compute running limits anew after a change of level; the original due stays visible."""
    for clock in running(tx, case):
        chosen = _choose(tx, case, clock.kind, clock.started_at)
        if chosen is None or chosen.rule_id == clock.rule_id:
            continue
        tx.watch(clock)
        clock.rule_id = chosen.rule_id
        clock.rule_text = rule_text(chosen.rule)
        clock.unit = chosen.rule.unit
        clock.due_at = chosen.limits.due_at
        clock.half_at, clock.near_at = chosen.limits.half_at, chosen.limits.near_at
        clock.day_ends = _day_ends(chosen.limits)
    refresh_next(tx, case)


def refresh_next(tx: Transaction, case: Case) -> None:
    """Write on the case which of its clocks burns first; boards sort by it.

    Those of supporting units do not count: they are theirs, and shown to them.
    """
    clocks = [c for c in running(tx, case) if c.is_applicable and c.paused_since is None]
    if any(c.assignment_id for c in clocks):
        supports = _supports(tx, case)
        clocks = [c for c in clocks if c.assignment_id not in supports]
    first = min(clocks, key=lambda c: (c.due_at, list(ClockKind).index(c.kind)), default=None)
    if case.status in FINISHED or first is None:
        case.next_clock = case.next_due_at = case.next_half_at = case.next_near_at = None
        return
    case.next_clock, case.next_due_at = first.kind, first.due_at
    case.next_half_at, case.next_near_at = first.half_at, first.near_at


def _supports(tx: Transaction, case: Case) -> set[int]:
    return set(
        tx.session.scalars(
            select(Assignment.id).where(
                Assignment.case_id == case.id, Assignment.role != AssignmentRole.LEAD
            )
        )
    )


def _choose(tx: Transaction, case: Case, kind: ClockKind, at: datetime) -> _Chosen | None:
    rules = tx.once("time_rules", lambda: time_rules(tx.session, tx.street_id, tx.today))
    rule = choose_rule(
        rules.values(), kind, limited_case(tx.session, case, rules.values()), on=tx.today
    )
    if rule is None:
        return None
    calendar = tx.once("calendar", lambda: hall_calendar(tx.session, tx.street_id, tx.today))
    rule_id = next(key for key, value in rules.items() if value == rule)
    return _Chosen(rule_id, rule, limits_of(rule, at, calendar))


def _day_ends(limits: Limits) -> list[str]:
    return [in_utc(end).isoformat() for end in limits.day_ends]


def _clock(
    case: Case,
    kind: ClockKind,
    chosen: _Chosen,
    at: datetime,
    assignment: Assignment | None,
    *,
    applies: bool,
) -> Clock:
    return Clock(
        id=new_id(),
        street_id=case.street_id,
        case_id=case.id,
        round_no=case.round_no,
        assignment_id=assignment.id if assignment else None,
        kind=kind,
        rule_id=chosen.rule_id,
        rule_text=rule_text(chosen.rule),
        unit=chosen.rule.unit,
        is_applicable=applies,
        started_at=at,
        original_due_at=chosen.limits.due_at,
        due_at=chosen.limits.due_at,
        half_at=chosen.limits.half_at,
        near_at=chosen.limits.near_at,
        day_ends=_day_ends(chosen.limits),
        remind_at=chosen.limits.remind_at,
        guessed_year=next(iter(chosen.limits.guessed_years), None),
    )
