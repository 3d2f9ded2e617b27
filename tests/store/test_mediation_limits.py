"""The limits of mediations are rows of the hall, as those of cases; the law's days roll over."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from desk.rules.codes import ClockKind
from desk.store.engine import WRITES
from desk.store.mediation_limits import MediationLimits
from desk.store.models import TimeRuleRow

TODAY = date(2026, 11, 2)


def test_thirty_days_roll_over_a_holiday_and_say_where_they_come_from(hall):
    with Session(hall.engine) as session:
        limits = MediationLimits(session, hall.street_id, TODAY)
    assert limits.last_day(ClockKind.MEDIATE, date(2026, 4, 1)) == date(2026, 5, 6)
    assert limits.last_day(ClockKind.CONFIRM, date(2026, 11, 2)) == date(2026, 12, 2)
    said = limits.words(ClockKind.CONFIRM, TODAY)
    assert said.startswith("限 30 天，从协议生效起算，遇休息日顺延（《人民调解法》第三十三条")


@pytest.mark.parametrize("kind", [ClockKind.MEDIATE, ClockKind.CONFIRM])
def test_a_hall_without_such_a_limit_has_no_last_day(hall, kind):
    writer = hall.engine.execution_options(**{WRITES: True})
    with Session(writer) as session, session.begin():
        session.execute(
            update(TimeRuleRow).where(TimeRuleRow.kind == kind).values(valid_to=date(2026, 6, 1))
        )
        limits = MediationLimits(session, hall.street_id, TODAY)
    assert (limits.last_day(kind, TODAY), limits.words(kind, TODAY)) == (None, "")
    assert limits.last_day(kind, date(2026, 5, 4)) is not None  # it was in force then


def test_a_limit_without_a_source_or_a_roll_over_says_nothing_of_them(hall):
    writer = hall.engine.execution_options(**{WRITES: True})
    with Session(writer) as session, session.begin():
        session.execute(update(TimeRuleRow).values(source="", rollover=False))
        limits = MediationLimits(session, hall.street_id, TODAY)
    assert limits.words(ClockKind.MEDIATE, TODAY) == "限 30 天，从调解受理起算"
