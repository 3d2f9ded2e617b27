"""Counting clocks anew: what moves is written with its old due, what is right stays untouched."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from desk.actions.recomputing import RecomputeClocks
from desk.actions.time_rules import SetTimeRule
from desk.queries.case_file import case_file
from desk.queries.time_rules import CountAnew, cases_with_clocks, count_part
from desk.rules.clock_codes import PauseReason
from desk.rules.codes import ClockKind, SpanUnit, Urgency
from desk.rules.limit_plans import LimitPlan
from desk.rules.moments import day_of
from desk.rules.working_days import CLOSED
from desk.store.hall_rules import hall_calendar, time_rules
from desk.store.ids import new_id
from desk.store.models import CalendarDay, Clock, ClockPause
from tests.actions.work import LI, XU, ZHOU, S

K = ClockKind


@pytest.fixture
def shorter(own_work):
    """Twelve hours from today on for 快处, a day until now: as a plan, and how to save it."""

    def change():
        with Session(own_work.hall.engine) as session:
            known = time_rules(session, own_work.hall.street_id, day_of(own_work.clock()))
        row, rule = next(
            (row, rule)
            for row, rule in known.items()
            if (rule.kind, rule.urgency) == (K.HANDLE, Urgency.FAST)
        )
        limit = replace(rule, value=12)
        facts = {"rule": row, "limit": limit, "valid_from": day_of(own_work.clock())}
        return LimitPlan((row,), (limit,)), partial(own_work.ask, XU, SetTimeRule, **facts)

    return change


def read(work, query, name=ZHOU):
    return work.desk(name).read(query)


def hours(clock):
    return (clock.due_at - clock.started_at) / timedelta(hours=1)


def test_what_is_right_already_is_not_touched(own_work):
    work = own_work
    case = work.to(S.OPINION)
    version = work.version(case)
    assert read(work, count_part).changed == ()

    said = work.ask(ZHOU, RecomputeClocks, cases=(case,))

    assert (said.title, said.cases, work.version(case)) == ("重算时限 0 件", (), version)


def test_a_change_of_a_limit_is_tried_out_then_made_then_carried_into_running_cases(
    own_work, shorter
):
    work = own_work
    old = work.register()
    work.clock.forward(hours=13)
    young = work.register()
    work.register(urgency=Urgency.URGENT)
    plan, save = shorter()

    tried = read(work, partial(count_part, how=CountAnew((K.HANDLE,), plan)))
    assert (tried.cases, tried.earlier, tried.over, tried.later) == (3, 2, 1, 0)
    assert (set(tried.changed), tried.after) == ({old, young}, None)
    save()
    assert hours(work.clock_of(old, K.HANDLE)) == 24
    assert read(work, count_part).changed == ()  # made for new cases only

    part = read(work, partial(count_part, how=CountAnew((K.HANDLE,))))
    before = work.clock_of(old, K.HANDLE)
    work.ask(ZHOU, RecomputeClocks, cases=part.changed, kinds=(K.HANDLE,))

    after = work.clock_of(old, K.HANDLE)
    assert (hours(after), after.original_due_at) == (12, before.due_at)
    assert work.case(old).next_due_at == min(c.due_at for c in work.all(Clock, old))
    line = work.history(young)[-1]
    assert (line.kind, line.title) == ("clocks.recomputed", "重算时限 2 件")
    assert work.history(old)[-1].id == line.id
    dues = {due[0]: due[1:] for due in line.result["made"]["dues"]}
    assert dues[old] == ["handle", before.due_at.isoformat(), after.due_at.isoformat()]
    shown = read(work, partial(case_file, case_id=young), "周航").steps[0]
    assert shown.detail == "办理时限 11 月 3 日 22:00 → 11 月 3 日 10:00"
    assert read(work, partial(count_part, how=CountAnew((K.HANDLE,)))).changed == ()


def test_pauses_and_more_time_that_was_granted_stay_counted(own_work, shorter):
    work = own_work
    paused, longer = work.register(), work.register()
    _, save = shorter()
    start = work.clock()
    with Session(work.hall.engine) as session, session.begin():
        facts = {"street_id": work.hall.street_id, "clock_id": work.clock_of(paused, K.HANDLE).id}
        facts |= {"reason": PauseReason.MATERIALS, "begun_by": work.staff(LI)}
        until = start + timedelta(hours=3)
        session.add(ClockPause(id=new_id(), from_at=start, until_at=until, **facts))
        session.add(ClockPause(id=new_id(), from_at=until, until_at=None, **facts))
        session.get(Clock, work.clock_of(longer, K.HANDLE).id).extended_to = start + timedelta(
            hours=40
        )
    save()
    work.ask(ZHOU, RecomputeClocks, cases=(paused, longer), kinds=(K.HANDLE,))

    assert hours(work.clock_of(paused, K.HANDLE)) == 15
    assert hours(work.clock_of(longer, K.HANDLE)) == 40


def test_a_day_on_which_the_hall_is_closed_moves_the_days_that_count(own_work):
    work = own_work
    case = work.to(S.OPINION)
    before = work.clock_of(case, K.OPINION)
    closed = date(2026, 11, 4)
    with Session(work.hall.engine) as session, session.begin():
        street = work.hall.street_id
        calendar = hall_calendar(session, street, work.clock().date())
        tried = replace(calendar, shifts={**calendar.shifts, closed: CLOSED})
        session.add(CalendarDay(street_id=street, day=closed, is_working=False, reason="停电"))

    assert read(work, partial(count_part, how=CountAnew(calendar=tried))).later == 1
    part = read(work, count_part)
    assert (part.later, part.earlier, part.changed) == (1, 0, (case,))
    work.ask(ZHOU, RecomputeClocks, cases=part.changed)

    after = work.clock_of(case, K.OPINION)
    assert after.due_at - before.due_at == timedelta(days=1)
    assert (after.rule_id, after.original_due_at) == (before.rule_id, before.due_at)


def test_only_cases_on_which_such_clocks_run_are_looked_at(own_work):
    work = own_work
    work.register()
    work.to(S.OPINION)
    work.to(S.ARCHIVED)

    assert read(work, cases_with_clocks) == 2
    assert read(work, partial(cases_with_clocks, kinds=(K.OPINION,))) == 1


def test_another_moment_of_the_reminder_alone_moves_no_limit(own_work):
    work = own_work
    case = work.register()
    with Session(work.hall.engine) as session:
        known = time_rules(session, work.hall.street_id, day_of(work.clock()))
    limits = {r: one for r, one in known.items() if one.kind is K.DISPATCH}
    for row, rule in limits.items():
        limit = replace(rule, remind_value=20, remind_unit=SpanUnit.MINUTE)
        facts = {"rule": row, "limit": limit, "valid_from": day_of(work.clock())}
        work.ask(XU, SetTimeRule, **facts)
    before = work.clock_of(case, K.DISPATCH)

    said = work.ask(ZHOU, RecomputeClocks, cases=(case,), kinds=(K.DISPATCH,))

    after = work.clock_of(case, K.DISPATCH)
    assert (said.cases, said.made["dues"], after.due_at) == ((case,), [], before.due_at)
    assert after.remind_at == after.due_at - timedelta(minutes=20)
