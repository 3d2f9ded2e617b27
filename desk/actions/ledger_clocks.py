"""The clocks of an imported case (导入件的时限): run through the ledger's own moments."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from desk.actions.clocks import PROMISED, refresh_next, start_clocks
from desk.actions.ledger_request import ImportCase, exit_of, status_of
from desk.rules.codes import CaseStatus, ClockEvent, ClockKind, Exit
from desk.store.fresh_clocks import (
    Rules,
    chosen_for,
    counted,
    every_rule,
    own_limit,
)
from desk.store.models import Assignment, Case, Clock
from desk.store.transaction import Transaction
from desk.store.unit_calendars import calendar_for

_BEFORE_HANDLED = frozenset(
    {
        ClockKind.DISPATCH,
        ClockKind.ACCEPT,
        ClockKind.CONTACT,
        ClockKind.VERIFY,
        ClockKind.HANDLE,
        ClockKind.NOTIFY,
    }
)


def write_clocks(tx: Transaction, case: Case, request: ImportCase, lead: Assignment | None) -> None:
    """Start and stop the clocks as the row tells; on a later import, tell them anew."""
    if exit_of(request) in {Exit.ON_SPOT, Exit.GUIDANCE}:
        return
    there = _clocks(tx, case)
    rules = every_rule(tx.session, tx.street_id)
    can_be_called = bool(request.phone) or request.contacted_at is not None
    for event, at in _starts(request, lead):
        known = [clock for clock in there if rules[clock.rule_id].start_event is event]
        for clock in known:
            clock.is_applicable = can_be_called or clock.kind is not ClockKind.CONTACT
        _tell_again(tx, case, known, at, rules)
        if not known:
            part = lead if event is ClockEvent.DISPATCHED else None
            start_clocks(tx, case, event, at, assignment=part, can_be_called=can_be_called)
    _extend(tx, case, request, rules)
    _stop(tx, case, request)
    refresh_next(tx, case)


def _clocks(tx: Transaction, case: Case) -> list[Clock]:
    return tx.rows(Clock, case)


def _tell_again(
    tx: Transaction, case: Case, clocks: Sequence[Clock], at: datetime, rules: Rules
) -> None:
    """Compute limits anew from a moment, a level or a rule that a later import changed."""
    for clock in clocks:
        chosen = chosen_for(tx.session, case, rules, clock.kind, tx.today)
        calendar = calendar_for(tx, clock.assignment_id)
        # nothing is read from here on: a clock whose start alone has moved is not let in
        clock.stopped_at, clock.started_at = None, at
        counted(clock, chosen or own_limit(clock, rules), calendar, ()).write()
        clock.original_due_at = clock.due_at


def _extend(tx: Transaction, case: Case, request: ImportCase, rules: Rules) -> None:
    """Give handling the time that the row says was granted, or was lost to pauses."""
    for clock in _clocks(tx, case):
        if clock.kind is ClockKind.HANDLE and clock.extended_to != request.handle_until:
            clock.extended_to = request.handle_until
            calendar = calendar_for(tx, clock.assignment_id)
            counted(clock, own_limit(clock, rules), calendar, ()).write()


def _stop(tx: Transaction, case: Case, request: ImportCase) -> None:
    told = {
        ClockKind.DISPATCH: request.dispatched_at,
        ClockKind.ACCEPT: request.accepted_at,
        ClockKind.CONTACT: request.contacted_at,
        ClockKind.VERIFY: request.verified_at,
        ClockKind.HANDLE: request.handled_at,
        ClockKind.OPINION: request.opinion_at,
    }
    status = status_of(request)
    past = _past(status)
    end = request.followed_up_at or request.handled_at or request.received_at
    case.is_overdue = False
    for clock in _clocks(tx, case):  # one pass: a ledger has thousands of rows
        at = told.get(clock.kind)
        if at is not None:
            clock.stopped_at = at
            late = at > clock.due_at and clock.kind in PROMISED and clock.is_applicable
            case.is_overdue = case.is_overdue or late
        elif clock.kind in past:  # met at a time that the ledger does not tell
            clock.is_applicable, clock.stopped_at = False, end
        elif status in {CaseStatus.WITHDRAWN, CaseStatus.MERGED}:
            clock.set_aside_at = end


def _past(status: CaseStatus) -> frozenset[ClockKind]:
    """Return the limits that no longer run on a case of this status."""
    if status is CaseStatus.CLOSED:
        return frozenset(ClockKind)
    if status is CaseStatus.FOLLOW_UP:
        return _BEFORE_HANDLED | {ClockKind.SETTLE}
    if status is CaseStatus.OPINION:
        return _BEFORE_HANDLED
    if status in {CaseStatus.ACCEPTED, CaseStatus.HANDLING}:
        return frozenset({ClockKind.DISPATCH, ClockKind.ACCEPT})
    return frozenset() if status is CaseStatus.RECEIVED else frozenset({ClockKind.DISPATCH})


def _starts(request: ImportCase, lead: Assignment | None) -> Iterator[tuple[ClockEvent, datetime]]:
    """Yield what started clocks, and when, as far as the row tells."""
    yield ClockEvent.RECEIVED, request.received_at
    told = (
        (ClockEvent.DISPATCHED, request.dispatched_at),
        (ClockEvent.ACCEPTED, request.accepted_at),
        (ClockEvent.CONTACTED, request.contacted_at),
        (ClockEvent.VERIFIED, request.verified_at),
        (ClockEvent.HANDLED, request.handled_at),
    )
    if lead is not None:
        yield from ((event, at) for event, at in told if at is not None)
    if status_of(request) is CaseStatus.FOLLOW_UP:
        yield ClockEvent.DELIVERED, request.opinion_at or request.handled_at or request.received_at
