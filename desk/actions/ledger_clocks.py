"""The clocks of an imported case (导入件的时限): run through the ledger's own moments."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import PROMISED, STARTED_BY, refresh_next, start_clocks
from desk.actions.ledger_request import ImportCase, exit_of, status_of
from desk.rules.codes import CaseStatus, ClockEvent, ClockKind, Exit
from desk.rules.deadlines import choose_rule, limits_of, rule_text
from desk.store.hall_rules import hall_calendar, limited_case, time_rules
from desk.store.models import Assignment, Case, Clock
from desk.store.transaction import Transaction

_BEFORE_HANDLED = frozenset(
    {ClockKind.DISPATCH, ClockKind.ACCEPT, ClockKind.CONTACT, ClockKind.VERIFY, ClockKind.HANDLE}
)


def write_clocks(tx: Transaction, case: Case, request: ImportCase, lead: Assignment | None) -> None:
    """Start and stop the clocks as the row tells; on a later import, tell them anew."""
    if exit_of(request) in {Exit.ON_SPOT, Exit.GUIDANCE}:
        return
    there = _clocks(tx, case)
    can_be_called = bool(request.phone) or request.contacted_at is not None
    for event, at in _starts(request, lead):
        known = [clock for clock in there if clock.kind in STARTED_BY[event]]
        if known:
            _tell_again(tx, case, known, at, can_be_called=can_be_called)
        else:
            part = lead if event is ClockEvent.DISPATCHED else None
            start_clocks(tx, case, event, at, assignment=part, can_be_called=can_be_called)
    _stop(tx, case, request)
    refresh_next(tx, case)


def _clocks(tx: Transaction, case: Case) -> list[Clock]:
    tx.session.flush()
    return list(tx.session.scalars(select(Clock).where(Clock.case_id == case.id)))


def _tell_again(
    tx: Transaction, case: Case, clocks: Sequence[Clock], at: datetime, *, can_be_called: bool
) -> None:
    """Compute limits anew from a moment, a level or a rule that a later import changed."""
    rules = time_rules(tx.session, tx.street_id, tx.today)
    calendar = hall_calendar(tx.session, tx.street_id, tx.today)
    for clock in clocks:
        clock.stopped_at = None
        clock.is_applicable = can_be_called or clock.kind is not ClockKind.CONTACT
        rule = choose_rule(
            rules.values(), clock.kind, limited_case(tx.session, case, rules.values()), on=tx.today
        )
        if rule is None:
            continue
        limits = limits_of(rule, at, calendar)
        clock.rule_id = next(key for key, value in rules.items() if value == rule)
        clock.rule_text, clock.unit = rule_text(rule), rule.unit
        clock.started_at = at
        clock.original_due_at = clock.due_at = limits.due_at
        clock.half_at, clock.near_at = limits.half_at, limits.near_at


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
        elif status is CaseStatus.WITHDRAWN:
            clock.set_aside_at = end


def _past(status: CaseStatus) -> frozenset[ClockKind]:
    """Return the limits that no longer run on a case of this status."""
    if status is CaseStatus.CLOSED:
        return frozenset(ClockKind)
    if status in {CaseStatus.OPINION, CaseStatus.FOLLOW_UP}:
        return _BEFORE_HANDLED
    if status in {CaseStatus.ACCEPTED, CaseStatus.HANDLING}:
        return frozenset({ClockKind.DISPATCH, ClockKind.ACCEPT})
    return frozenset() if status is CaseStatus.RECEIVED else frozenset({ClockKind.DISPATCH})


def _starts(request: ImportCase, lead: Assignment | None) -> Iterator[tuple[ClockEvent, datetime]]:
    """Yield what started clocks, and when, as far as the row tells."""
    yield ClockEvent.RECEIVED, request.received_at
    if lead is not None and request.dispatched_at is not None:
        yield ClockEvent.DISPATCHED, request.dispatched_at
    if lead is not None and request.handled_at is not None:
        yield ClockEvent.HANDLED, request.handled_at
    if status_of(request) is CaseStatus.FOLLOW_UP:
        yield ClockEvent.DELIVERED, request.opinion_at or request.handled_at or request.received_at
