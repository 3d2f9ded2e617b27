"""Clocks of a case (时限): what starts and stops them, and which one burns first.

What starts and stops each limit is the hall's own data (`rules/limit_events.py`); the actions say
what happened. Every instant at which a clock changes its colour is stored, so that boards need no
calendar (HOUSE.md decision 9).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.rules.codes import AssignmentRole, ClockEvent, ClockKind, Exit
from desk.rules.deadlines import TimeRule, limits_of, rule_text
from desk.rules.late_uploads import ran_out_unknown
from desk.rules.lifecycle import FINISHED
from desk.rules.limit_events import OF_CASES
from desk.rules.moments import say_due
from desk.rules.wording import label
from desk.store.contacts_told import has_phone
from desk.store.fresh_clocks import (
    Chosen,
    Rules,
    chosen_for,
    clock_instants,
    counted,
    ended_pauses,
    every_rule,
    limit_of_level,
    own_limit,
)
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Clock, ClockPause
from desk.store.transaction import Transaction
from desk.store.unit_calendars import calendar_for

# Limits of one unit's part; all others are the case's own.
_OF_PARTS = frozenset({ClockKind.ACCEPT})
# What was promised once is not promised again where a case is sent on (改派).
_ONCE = frozenset(
    {ClockKind.CONTACT, ClockKind.VERIFY, ClockKind.HANDLE, ClockKind.NOTIFY, ClockKind.SETTLE}
)
# Limits that residents were promised: missing one marks the case (三率的“超期”).
PROMISED = _ONCE | {ClockKind.DISPATCH}


@dataclass(frozen=True, slots=True)
class _Start:
    """What starts clocks.

    Attributes:
        part: the unit's part it happened to; None for the case as a whole.
        only: the one limit that begins now whatever else would start it.
    """

    event: ClockEvent
    at: datetime
    part: Assignment | None
    only: ClockKind | None
    can_be_called: bool | None

    @property
    def is_support(self) -> bool:
        """Whether it is about a supporting unit alone."""
        return self.part is not None and self.part.role is not AssignmentRole.LEAD


def look_limits_up(tx: Transaction) -> None:
    """Read limits and calendar now, before something is held that others wait for."""
    every_rule(tx.session, tx.street_id)
    calendar_for(tx, None)


def happened(
    tx: Transaction,
    case: Case,
    event: ClockEvent,
    at: datetime,
    *,
    assignment: Assignment | None = None,
) -> None:
    """Stop the clocks that an event stops, then start those that it starts.

    Args:
        assignment: the part it happened to; what happens to a supporting unit's is its own.
    """
    parts = {None if assignment is None else assignment.id}
    if assignment is not None and assignment.role is AssignmentRole.LEAD:
        parts.add(None)
    for clock in running(tx, case):
        if clock.assignment_id in parts and _rule_of(tx, clock).stopped_by is event:
            _stop(tx, case, clock, at)
    start_clocks(tx, case, event, at, assignment=assignment)


def start_clocks(  # noqa: PLR0913 - what starts it, and its two exceptions
    tx: Transaction,
    case: Case,
    event: ClockEvent,
    at: datetime,
    *,
    assignment: Assignment | None = None,
    only: ClockKind | None = None,
    can_be_called: bool | None = None,
) -> None:
    """Start the clocks whose limits begin with an event.

    Args:
        assignment: the unit's part the clocks belong to; those of the case itself have none.
        only: just this one (a return starts 分拨 alone again, a second round 办理 alone).
        can_be_called: whether there is anyone to call; without, 联系 does not apply (9.2). Whether
            he left a number decides where nothing is said.
    """
    start = _Start(event, at, assignment, only, can_be_called)
    known = _clocks(tx, case)
    fresh = []
    for kind in _may_begin(tx, start):
        chosen = chosen_for(tx.session, case, _rules(tx), kind, tx.today)
        if chosen is not None and _begins(case, chosen.rule, start, known):
            fresh.append(_clock(tx, case, chosen, start))
    tx.session.add_all(fresh)  # written with what changes on the case
    refresh_next(tx, case)


def stop_clock(
    tx: Transaction,
    case: Case,
    kind: ClockKind,
    at: datetime,
    *,
    assignment: Assignment | None = None,
) -> None:
    """Stop the running clock of a kind in the present round, whatever its limit stops with.

    Args:
        assignment: whose clock; the case's own without one.
    """
    part = None if assignment is None else assignment.id
    for clock in running(tx, case):
        if clock.kind is kind and clock.assignment_id == part:
            _stop(tx, case, clock, at)
    refresh_next(tx, case)


def take_event_back(tx: Transaction, case: Case, event: ClockEvent, at: datetime) -> None:
    """Let the case's own clocks be as if an event at that moment had never been (撤回)."""
    for clock in _clocks(tx, case):
        if clock.assignment_id is not None:
            continue
        rule = _rule_of(tx, clock)
        if rule.start_event is event and clock.started_at == at:
            clock.stopped_at, clock.is_applicable = at, False
        elif rule.stopped_by is event and clock.stopped_at == at:
            clock.stopped_at = None
    refresh_next(tx, case)


def stop_part(tx: Transaction, case: Case, part: Assignment, at: datetime) -> None:
    """Stop whatever still runs for one unit's part: it was handed on, or taken off the case."""
    for clock in running(tx, case):
        if clock.assignment_id == part.id:
            _stop(tx, case, clock, at)
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
    """Return the clocks of the present round."""
    return [clock for clock in tx.rows(Clock, case) if clock.round_no == case.round_no]


@dataclass(frozen=True, slots=True)
class Moved:
    """A limit that was computed anew: when it was due before, and when now."""

    clock: Clock
    due_before: datetime


def moved_words(moved: list[Moved], now: datetime) -> str:
    """Return how the limits moved: “办理时限 11 月 3 日 09:00 → 11 月 5 日 10:30”."""
    said = []
    for one in moved:
        before, after = (say_due(at, seen_at=now) for at in (one.due_before, one.clock.due_at))
        name = f"{label(one.clock.kind)}时限"
        said.append(f"{name}仍为 {after}" if before == after else f"{name} {before} → {after}")
    return "，".join(dict.fromkeys(said))


def recompute_clocks(tx: Transaction, case: Case) -> list[Moved]:
    """Count running clocks anew: another level or category, a pause that ended, more time.

    What each was first due at stays; the history shows the old due and the new one. Returned are
    those that are due at another moment now.
    """
    clocks = running(tx, case)
    pauses = ended_pauses(tx.session, clocks)
    moved = []
    for clock in clocks:
        chosen = limit_of_level(tx.session, case, clock, _rules(tx))
        fresh = counted(
            clock, chosen, calendar_for(tx, clock.assignment_id), pauses.get(clock.id, ())
        )
        if fresh.differs:
            tx.watch(clock)
            before = clock.due_at
            fresh.write()
            if clock.due_at != before and clock.is_applicable:
                moved.append(Moved(clock, before))
    refresh_next(tx, case)
    return moved


def refresh_next(tx: Transaction, case: Case) -> None:
    """Write on the case which of its clocks burns first; boards sort by it.

    Those of supporting units do not count: they are theirs, and shown to them.
    """
    show_first(tx, case, running(tx, case))


def show_first(tx: Transaction, case: Case, clocks: list[Clock]) -> None:
    """Write on the case which of these clocks that run on it burns first."""
    clocks = [c for c in clocks if c.is_applicable and c.paused_since is None]
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
    parts = tx.rows(Assignment, case)
    return {part.id for part in parts if part.role is not AssignmentRole.LEAD}


def wake(tx: Transaction, clocks: Iterable[Clock], at: datetime) -> None:
    """End the pauses of clocks that stand still, and count these anew (恢复)."""
    resting = {clock.id: clock for clock in clocks if clock.paused_since is not None}
    if not resting:
        return
    for pause in tx.session.scalars(
        select(ClockPause).where(ClockPause.clock_id.in_(resting), ClockPause.until_at.is_(None))
    ):
        pause.until_at, pause.ended_by = max(at, pause.from_at), tx.person.staff_id
    tx.session.flush()
    pauses = ended_pauses(tx.session, resting.values())
    for clock in resting.values():
        tx.watch(clock)
        clock.paused_since = clock.pause_reason = None
        own, calendar = own_limit(clock, _rules(tx)), calendar_for(tx, clock.assignment_id)
        counted(clock, own, calendar, pauses.get(clock.id, ())).write()


def _stop(tx: Transaction, case: Case, clock: Clock, at: datetime) -> None:
    """Stop a clock; what a supporting unit misses does not make the case overdue.

    People were promised the case's own limits. A pause ends with what it was waiting in.
    """
    wake(tx, [clock], at)
    clock.stopped_at = at
    is_promised = clock.kind in PROMISED and clock.is_applicable and clock.assignment_id is None
    was_known = not ran_out_unknown(clock.due_at, case.uploaded_at)
    if at > clock.due_at and is_promised and was_known:
        case.is_overdue = True


def _begins(case: Case, rule: TimeRule, start: _Start, known: list[Clock]) -> bool:
    """Whether a limit begins with what happened."""
    kind = rule.kind
    if start.only is not None:
        return True
    if start.is_support and kind is ClockKind.HANDLE:  # its own, from when it was asked (双派)
        return start.event is ClockEvent.DISPATCHED
    if rule.start_event is not start.event:
        return False
    if kind in _OF_PARTS:
        return start.part is not None
    if start.is_support or (kind is ClockKind.DISPATCH and case.exit is not Exit.TRANSFER):
        return False
    return not any(
        clock.kind is kind
        and clock.assignment_id is None
        and (clock.stopped_at is None or (kind in _ONCE and clock.is_applicable))
        for clock in known
    )


def _may_begin(tx: Transaction, start: _Start) -> Collection[ClockKind]:
    """Return the kinds of which a limit of the hall begins with what happened."""
    if start.only is not None:
        return (start.only,)

    def read() -> dict[ClockEvent, set[ClockKind]]:
        found: dict[ClockEvent, set[ClockKind]] = {}
        for rule in _rules(tx).values():
            found.setdefault(rule.start_event, set()).add(rule.kind)
        return found

    begins = tx.once("limits by event", read).get(start.event, set())
    own = {ClockKind.HANDLE} if start.is_support else set()
    return [kind for kind in OF_CASES if kind in begins | own]


def _rules(tx: Transaction) -> Rules:
    return every_rule(tx.session, tx.street_id)


def _rule_of(tx: Transaction, clock: Clock) -> TimeRule:
    return _rules(tx)[clock.rule_id]


def _clock(tx: Transaction, case: Case, chosen: Chosen, start: _Start) -> Clock:
    rule = chosen.rule
    is_of_part = rule.kind in _OF_PARTS or start.is_support
    part = start.part.id if start.part is not None and is_of_part else None
    limits = limits_of(rule, start.at, calendar_for(tx, part))
    return Clock(
        id=new_id(),
        street_id=case.street_id,
        case_id=case.id,
        round_no=case.round_no,
        assignment_id=part,
        kind=rule.kind,
        rule_id=chosen.rule_id,
        rule_text=rule_text(rule),
        unit=rule.unit,
        is_applicable=rule.kind is not ClockKind.CONTACT or _can_be_called(tx, case, start),
        started_at=start.at,
        original_due_at=limits.due_at,
        **clock_instants(limits),
    )


def _can_be_called(tx: Transaction, case: Case, start: _Start) -> bool:
    if start.can_be_called is not None:
        return start.can_be_called
    return has_phone(tx.session, case.id)
