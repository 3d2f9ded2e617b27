"""Posts round the clock beside office hours in one case: each part has its unit's calendar."""

from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import AddUnit, ChangeUnit
from desk.actions.founding import UnitPlan
from desk.queries.lookups import units
from desk.rules.codes import UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.holiday_years import ROUND_CLOCK
from desk.rules.working_days import HALL_HOURS
from desk.store.models import Assignment
from desk.store.unit_calendars import PartCalendars, unit_calendar
from tests.actions.work import XU, S

MONDAY, SATURDAY, HOLIDAY = date(2026, 11, 2), date(2026, 11, 7), date(2026, 10, 1)
MORNING = ((time(9), time(12)),)


def change(work, name, **facts):
    same = {"unit": work.unit(name), "name": name, "short_name": name}
    work.ask(XU, ChangeUnit, **same, valid_from=MONDAY, parent=work.unit("青榕街道"), **facts)


def calendar(work, name, on=MONDAY):
    with Session(work.hall.engine) as session:
        return unit_calendar(session, work.hall.street_id, work.unit(name), on)


def test_a_unit_works_by_the_halls_hours_until_it_has_its_own(work):
    assert calendar(work, "城建办").hours_on(SATURDAY) == ()
    change(work, "城建办", opening_hours="周一至周五 09:00-12:00，14:00-18:00；周六 9:00-12:00")
    assert calendar(work, "城建办").hours_on(SATURDAY) == MORNING
    assert calendar(work, "城建办").hours_on(HOLIDAY) == ()
    assert calendar(work, "城建办", date(2026, 5, 6)).hours_on(SATURDAY) == ()

    change(work, "城建办")
    assert calendar(work, "城建办").hours_on(SATURDAY) == MORNING
    change(work, "城建办", opening_hours="")
    assert calendar(work, "城建办").hours_on(SATURDAY) == ()


def test_a_post_round_the_clock_and_office_hours_stand_in_one_case(work):
    change(work, "城建办", opening_hours="周六 09:00-12:00")
    change(work, "综合行政执法队", is_always_open=True)
    case = work.to(S.DISPATCHED)
    with Session(work.hall.engine) as session:
        part = session.scalar(select(Assignment.id).where(Assignment.case_id == case))
        known = PartCalendars(session, work.hall.street_id, MONDAY)
        assert known.of_unit(work.unit("综合行政执法队")) == ROUND_CLOCK
        assert known.of_part(part).hours_on(SATURDAY) == MORNING
        assert known.of_part(None).hours_on(MONDAY) == HALL_HOURS
    change(work, "综合行政执法队", is_always_open=False)
    assert calendar(work, "综合行政执法队").hours_on(HOLIDAY) == ()


def test_a_new_unit_brings_its_hours(work):
    plan = UnitPlan("夜间服务点", "夜间点", UnitKind.SECTION, opening_hours="每天 18:00-24:00")
    work.ask(XU, AddUnit, unit=plan)
    chosen = {one.name: one for one in work.desk(XU).read(units)}
    assert chosen["夜间服务点"].opening_hours == "周一至周日 18:00-24:00"
    assert not chosen["夜间服务点"].is_always_open


def test_hours_of_a_unit_that_cannot_be_read_are_refused_beside_their_field(work):
    with pytest.raises(RuleBroken, match="看不懂") as refused:
        change(work, "城建办", opening_hours="白天")
    assert refused.value.field == "opening_hours"
