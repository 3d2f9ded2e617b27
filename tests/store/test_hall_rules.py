"""The hall's own hours and days stand above the national calendar."""

from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.rules.errors import RuleBroken
from desk.rules.working_days import CLOSED
from desk.store.hall_rules import hall_calendar
from desk.store.models import CalendarDay
from tests.actions.work import XU

MORNING = ((time(9), time(12)),)


def test_the_halls_own_hours_and_days_count(work):
    holiday, worked, closed = date(2026, 10, 1), date(2026, 10, 2), date(2026, 11, 3)
    hours = "09:00-12:00，14:00-17:30"
    work.ask(XU, SetSetting, key="opening_hours", value=hours)
    with Session(work.hall.engine) as session, session.begin():
        for day, is_working, own in (
            (holiday, True, "09:00-12:00"),
            (worked, True, None),
            (closed, False, None),
        ):
            session.add(
                CalendarDay(
                    street_id=work.hall.street_id,
                    day=day,
                    is_working=is_working,
                    hours=own,
                    reason="本厅安排",
                )
            )

    with Session(work.hall.engine) as session:
        calendar = hall_calendar(session, work.hall.street_id, date(2026, 11, 2))

    assert holiday not in calendar.holidays
    assert calendar.shifts[holiday] == MORNING
    assert calendar.shifts[worked] == (*MORNING, (time(14), time(17, 30)))
    assert closed in calendar.holidays
    assert calendar.shifts[closed] == CLOSED


@pytest.mark.parametrize("said", ["9点到12点", "", "12:00-09:00", "09:00", "09:00-12:00-14:00"])
def test_hours_that_cannot_be_read_are_not_kept(work, said):
    with pytest.raises(RuleBroken, match="看不懂") as refused:
        work.ask(XU, SetSetting, key="opening_hours", value=said)

    assert refused.value.field == "value"
