"""A further round of handling (第 n 轮): only what was not agreed, with clocks of its own."""

from datetime import datetime

from desk.actions.clocks import start_clocks
from desk.actions.matters import reopen_matters
from desk.rules.codes import AssignmentRole, AssignmentStatus, CaseStatus, ClockEvent, ClockKind
from desk.rules.lifecycle import require_move
from desk.store.contacts_told import has_phone
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Round
from desk.store.people import units_about
from desk.store.transaction import Transaction, stand_of


def begin_next_round(tx: Transaction, case: Case, at: datetime, reason: str) -> None:
    """Give the case back to its lead for another round (DOMAIN.md 6.1 #16).

    The rounds before stay as they were. The handling clock starts anew, and the contact clock
    too where the hall wants each round to begin with a call. Where the lead itself is complained
    about, or nobody was named yet for a complaint about a colleague, the round waits to be
    dispatched (9.4).
    """
    lead = case.lead_unit_id or case.first_unit_id
    handler = case.handler_id if case.lead_unit_id else case.first_responder_id
    is_unnamed = case.lead_unit_id is None and stand_of(tx.session, case).is_confidential
    is_free = not is_unnamed and not is_about(tx, case, lead, handler)
    status = CaseStatus.HANDLING if is_free else CaseStatus.RECEIVED
    require_move(case.status, status)
    case.round_no += 1
    case.status, case.closed_at = status, None
    tx.add(
        Round(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            number=case.round_no,
            started_at=at,
            reason=reason,
        )
    )
    if is_free:
        _go_on(tx, case, lead, at)
    else:
        case.lead_unit_id = case.handler_id = None
        start_clocks(tx, case, ClockEvent.RECEIVED, at, only=ClockKind.DISPATCH)
    reopen_matters(tx, case, case.round_no)
    start_clocks(tx, case, ClockEvent.RECEIVED, at, only=ClockKind.HANDLE)
    if setting(tx.session, tx.street_id, "contact_each_round", tx.today):
        start_clocks(
            tx,
            case,
            ClockEvent.RECEIVED,
            at,
            only=ClockKind.CONTACT,
            can_be_called=has_phone(tx.session, case.id),
        )


def is_about(tx: Transaction, case: Case, unit: int, handler: int | None) -> bool:
    """Return whether a case is about a unit, one above or below it, or whoever handles it there."""
    accused = case.accused_unit_id
    about = units_about(tx.session, accused, tx.today) if accused is not None else frozenset()
    by_him = case.accused_staff_id is not None and handler == case.accused_staff_id
    return unit in about or by_him


def _go_on(tx: Transaction, case: Case, lead: int, at: datetime) -> None:
    """Give the lead its part of the new round."""
    case.lead_unit_id = lead
    tx.add(
        Assignment(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            unit_id=lead,
            role=AssignmentRole.LEAD,
            status=AssignmentStatus.ACCEPTED,
            handler_id=case.handler_id,
            dispatched_at=at,
            accepted_at=at,
            requirements=[],
        )
    )
    tx.involve(case, lead)
