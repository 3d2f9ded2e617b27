"""What the rules on more time need to know of stored limits and requests (延期、挂账)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.deadlines import limits_of
from desk.rules.extensions import Extendable
from desk.store.hall_rules import rule_of
from desk.store.models import Clock, ClockPause, TimeRuleRow
from desk.store.unit_calendars import PartCalendars


def extendable_of(session: Session, clock: Clock, today: date) -> Extendable:
    """Return one running limit as far as its extension depends on it."""
    rule = rule_of(session.get_one(TimeRuleRow, clock.rule_id))
    due_by_rule = clock.due_at
    if clock.extended_to is not None:
        pauses = session.execute(
            select(ClockPause.from_at, ClockPause.until_at).where(
                ClockPause.clock_id == clock.id, ClockPause.until_at.is_not(None)
            )
        )
        stood = [(row.from_at, row.until_at) for row in pauses]
        calendars = PartCalendars(session, clock.street_id, today)
        calendar = calendars.of_part(clock.assignment_id)
        due_by_rule = limits_of(rule, clock.started_at, calendar, stood).due_at
    return Extendable(
        kind=clock.kind,
        due_at=clock.due_at,
        due_by_rule=due_by_rule,
        is_legal=rule.is_legal,
        most_days=rule.most_days,
    )
