"""Limits as data: what starts and stops a clock is what the hall's rows of the day say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.closing import CorrectCase
from desk.actions.dispatching import DecideReturn, DispatchCase, GradeCase, ReturnDispatch
from desk.actions.followup import RecordFollowUp
from desk.actions.intake import Appellant
from desk.actions.notices import IssueNotice
from desk.actions.recomputing import RecomputeClocks
from desk.actions.set_aside import MergeCase
from desk.actions.signing import SignOpinion, UnsignOpinion
from desk.actions.taking_back import TakeBack
from desk.actions.time_rules import EndTimeRule, SetTimeRule, SwitchRuleSet
from desk.rules.clock_codes import RuleSet
from desk.rules.codes import (
    Channel,
    ClockEvent,
    ClockKind,
    Discontent,
    Exit,
    NextStep,
    Resolution,
    ReturnReason,
    Satisfaction,
    SpanUnit,
    Urgency,
)
from desk.rules.deadlines import TimeRule
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import day_of
from desk.rules.urgency import Judgement
from desk.store.hall_rules import rule_of, time_rules
from desk.store.models import Clock, TimeRuleRow
from tests.actions.work import LI, WU, XU, ZHAO, ZHENG, ZHOU, S

K, E = ClockKind, ClockEvent
CALM = Judgement(is_clear=True)


def today(work):
    return day_of(work.clock())


def rules(work, on=None):
    """Return the limits in force, by row id."""
    with Session(work.hall.engine) as session:
        return time_rules(session, work.hall.street_id, on or today(work))


def row_of(work, kind, urgency=None):
    """Return the row of a limit and the limit."""
    return next(
        (row, rule)
        for row, rule in rules(work).items()
        if (rule.kind, rule.urgency) == (kind, urgency)
    )


def change(work, kind, urgency=None, *, on=None, **facts):
    """Change a limit of the hall."""
    row, rule = row_of(work, kind, urgency)
    limit = replace(rule, **facts)
    return work.ask(XU, SetTimeRule, rule=row, limit=limit, valid_from=on or today(work))


def switch(work, rule_set, *, is_on=True, on=None):
    day = on or today(work)
    return work.ask(XU, SwitchRuleSet, rule_set=rule_set, is_on=is_on, valid_from=day)


def clocks_of(work, case, kind):
    return [clock for clock in work.all(Clock, case) if clock.kind is kind]


def minutes(clock):
    return (clock.due_at - clock.started_at) / timedelta(minutes=1)


@pytest.mark.parametrize("name", [LI, ZHAO])
def test_only_those_who_keep_the_limits_change_them(work, name):
    row, rule = row_of(work, K.VERIFY)
    day = today(work)
    for request, facts in (
        (SetTimeRule, {"rule": row, "limit": rule, "valid_from": day}),
        (EndTimeRule, {"rule": row, "valid_to": day}),
        (SwitchRuleSet, {"rule_set": RuleSet.SHANGHAI, "is_on": True, "valid_from": day}),
        (RecomputeClocks, {"cases": ()}),
    ):
        with pytest.raises(NotAllowed, match="您的岗位不能做这一步"):
            work.ask(name, request, **facts)


def test_a_changed_limit_counts_for_new_clocks_and_the_old_row_stays_as_it_was(own_work):
    work = own_work
    change(work, K.VERIFY, value=40)
    running = work.register()

    said = change(work, K.VERIFY, value=45, source="街道办〔2026〕3 号")

    assert said.title.endswith("限 40 分钟，从受理起算 → 限 45 分钟，从受理起算")
    assert minutes(work.clock_of(running, K.VERIFY)) == 40
    assert minutes(work.clock_of(work.register(), K.VERIFY)) == 45
    with Session(work.hall.engine) as session:
        kept = session.get(TimeRuleRow, work.clock_of(running, K.VERIFY).rule_id)
        assert (kept.value, kept.valid_to) == (40, today(work))
    assert change(work, K.VERIFY, remind_value=1).title == "更改时限 核实"


def test_another_level_brings_in_no_limit_that_was_made_for_new_cases(own_work):
    work = own_work
    case = work.register(urgency=Urgency.ROUTINE)
    work.clock.forward(days=1)
    change(work, K.HANDLE, Urgency.URGENT, value=5)
    change(work, K.VERIFY, value=99)

    work.ask(
        ZHOU, GradeCase, case, urgency=Urgency.URGENT, is_complex=False, judgement=CALM, reason="急"
    )

    assert minutes(work.clock_of(case, K.HANDLE)) == 120
    assert minutes(work.clock_of(case, K.VERIFY)) == 30


def test_a_change_for_later_begins_on_its_day_and_one_before_it_ends_there(own_work):
    work = own_work
    change(work, K.ACCEPT, on=date(2026, 12, 1), value=60)
    change(work, K.ACCEPT, on=date(2026, 11, 10), value=45)

    def accept(day):
        return [rule.value for rule in rules(work, day).values() if rule.kind is K.ACCEPT]

    days = (date(2026, 11, 9), date(2026, 11, 30), date(2026, 12, 1))
    assert [accept(day) for day in days] == [[30], [45], [60]]


def test_what_cannot_be_changed_is_refused_beside_its_field(own_work):
    work = own_work
    row, rule = row_of(work, K.VERIFY)
    yesterday = today(work) - timedelta(days=1)
    other = replace(rule, category=12345, value=20)
    switch(work, RuleSet.PETITION)
    legal, law = row_of(work, K.SETTLE)
    change(work, K.VERIFY, value=31)  # `row` has ended now
    change(work, K.ACCEPT, on=date(2026, 12, 1), value=60)
    late = next(r for r, one in rules(work, date(2026, 12, 1)).items() if one.kind is K.ACCEPT)
    for facts, field, said in (
        ({"rule": 1, "limit": rule}, "valid_from", "找不到要更改的一行"),
        ({"rule": row, "limit": rule}, "valid_from", "到那天已经不用了"),
        ({"rule": late, "limit": rules(work, date(2026, 12, 1))[late]}, "valid_from", "不能早于"),
        ({"rule": legal, "limit": law}, "value", "没有不同的内容"),
        ({"rule": legal, "limit": replace(law, value=90)}, "source", "新的依据"),
        ({"rule": legal, "limit": replace(law, value=0)}, "value", "应在 1 到 3660"),
        ({"limit": rule}, "kind", "同样范围的这一种时限已经有了"),
        ({"limit": other}, "category", "所选的类别已不在表里"),
        ({"limit": replace(rule, value=0)}, "value", "应在 1 到"),
        ({"limit": rule, "valid_from": yesterday}, "valid_from", "生效日期不能早于今天"),
    ):
        with pytest.raises(RuleBroken, match=said) as refused:
            work.ask(XU, SetTimeRule, **{"valid_from": today(work)} | facts)
        assert refused.value.field == field, said


def test_a_limit_for_one_category_wins_there_and_comes_with_a_correction(own_work):
    work = own_work
    limit = TimeRule(
        kind=K.HANDLE,
        value=8,
        unit=SpanUnit.HOUR,
        start_event=E.RECEIVED,
        category=work.hall.category("街面秩序"),
        source="街道办〔2026〕3 号",
    )
    said = work.ask(XU, SetTimeRule, limit=limit, valid_from=today(work))
    assert said.title == "新增时限 办理：限 8 小时，从受理起算"
    case = work.register()
    before = work.clock_of(case, K.HANDLE)

    work.ask(LI, CorrectCase, case, category=work.hall.category("占道经营"), reason="听错了")

    after = work.clock_of(case, K.HANDLE)
    assert (minutes(before), minutes(after)) == (24 * 60, 8 * 60)
    assert after.original_due_at == before.due_at
    line = work.history(case)[-1]
    assert line.payload["after"]["clocks.due_at"] == after.due_at.isoformat()


def test_a_limit_that_ends_starts_no_clock_any_more(own_work):
    work = own_work
    running = work.register()
    row, _ = row_of(work, K.VERIFY)
    said = work.ask(XU, EndTimeRule, rule=row, valid_to=today(work))

    assert said.title == "停用时限 核实：限 30 分钟，从受理起算"
    assert work.clock_of(running, K.VERIFY).stopped_at is None
    assert work.clock_of(work.register(), K.VERIFY) is None
    with pytest.raises(RuleBroken, match="到那天已经不用了"):
        work.ask(XU, EndTimeRule, rule=row, valid_to=today(work))


def test_a_set_is_switched_on_and_off_as_a_whole(own_work):
    work = own_work
    said = switch(work, RuleSet.SHANGHAI)

    assert said.title == "启用时限制度 上海（1、5、3 个工作日）"
    found = {rule.kind for rule in rules(work).values() if rule.rule_set is RuleSet.DISTRICT}
    assert not found & {K.CONTACT, K.HANDLE}
    clock = work.clock_of(work.register(), K.CONTACT)
    assert clock.rule_text == "限 1 个工作日，从受理起算"
    switch(work, RuleSet.SHANGHAI, is_on=False)
    assert work.clock_of(work.register(), K.CONTACT) is None
    switch(work, RuleSet.DISTRICT)
    assert minutes(work.clock_of(work.register(), K.CONTACT)) == 10
    with pytest.raises(RuleBroken, match="已经整套在用"):
        switch(work, RuleSet.DISTRICT)


def test_a_second_round_has_the_limit_for_second_rounds(own_work):
    work = own_work
    switch(work, RuleSet.SHANGHAI)
    case = work.to(S.FOLLOW_UP)
    assert "5 个工作日" in work.clock_of(case, K.HANDLE).rule_text

    work.ask(
        WU,
        RecordFollowUp,
        case,
        is_reached=True,
        was_contacted=True,
        resolution=Resolution.NO,
        satisfaction=Satisfaction.DISSATISFIED,
        discontent=Discontent.NOT_SOLVED,
        next_step=NextStep.AGAIN,
    )

    assert "3 个工作日" in work.clock_of(case, K.HANDLE).rule_text


def dispatch(work, case, **more):
    facts = {"lead": work.unit("城建办"), "urgency": Urgency.FAST}
    return work.ask(ZHOU, DispatchCase, case, **facts | more)


def test_contact_counted_from_the_dispatch_begins_once_and_is_taken_back_with_it(own_work):
    work = own_work
    switch(work, RuleSet.SHENZHEN)
    case = work.register()
    assert clocks_of(work, case, K.CONTACT) == []
    dispatch(work, case, supports=(work.unit("榕东社区"),))
    first = work.clock_of(case, K.CONTACT)
    assert (first.assignment_id, minutes(first)) == (None, 24 * 60)

    work.ask(ZHOU, TakeBack, case)
    undone = work.clock_of(case, K.CONTACT)
    assert (undone.is_applicable, undone.stopped_at) == (False, first.started_at)
    work.clock.forward(minutes=1)
    dispatch(work, case)
    work.ask(ZHAO, ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="归执法队")
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    work.clock.forward(minutes=1)
    dispatch(work, case, lead=work.unit("综合行政执法队"), reason="归执法队")

    assert len(clocks_of(work, case, K.CONTACT)) == 2  # what was promised runs on
    assert work.clock_of(case, K.CONTACT).stopped_at is None


def test_who_takes_it_himself_or_left_no_number_is_not_waited_for(own_work):
    work = own_work
    switch(work, RuleSet.SHENZHEN)
    at_once = work.register(exit=Exit.OWN_UNIT, channel=Channel.VISIT)
    assert work.clock_of(at_once, K.CONTACT).stopped_at == work.clock()

    silent = work.register(appellant=Appellant(name="陈桂芳"), channel=Channel.LETTER)
    dispatch(work, silent)
    assert work.clock_of(silent, K.CONTACT).is_applicable is False


def test_handling_that_counts_until_the_signature_stops_there_and_runs_again_without_it(own_work):
    work = own_work
    change(work, K.HANDLE, Urgency.FAST, stop_event=E.SIGNED)
    change(work, K.FOLLOW_UP, start_event=E.SIGNED)
    merged = work.to(S.HANDLING)
    case = work.to(S.HANDLING)
    work.ask(ZHOU, MergeCase, merged, into=case, reason="同一件事")
    work.to(S.SIGNING, case)
    assert work.clock_of(case, K.HANDLE).stopped_at is None

    work.clock.forward(minutes=1)
    work.ask(ZHENG, SignOpinion, case, is_agreed=True)
    assert work.clock_of(case, K.HANDLE).stopped_at == work.clock()
    assert work.clock_of(merged, K.FOLLOW_UP).started_at == work.clock()

    work.clock.forward(seconds=20)
    work.ask(ZHENG, UnsignOpinion, case)
    assert work.clock_of(case, K.HANDLE).stopped_at is None
    assert work.case(case).next_clock is K.HANDLE
    for one in (case, merged):
        assert work.clock_of(one, K.FOLLOW_UP).is_applicable is False


def test_a_petition_is_told_and_answered_within_the_limits_of_the_law(own_work):
    work = own_work
    switch(work, RuleSet.PETITION)
    assert work.clock_of(work.register(), K.NOTIFY) is None
    case = work.register(channel=Channel.PETITION)
    assert {K.NOTIFY, K.SETTLE} <= {clock.kind for clock in work.all(Clock, case)}
    work.to(S.ACCEPTED, case)

    work.ask(ZHAO, IssueNotice, case, code="acceptance-notice")
    assert work.clock_of(case, K.NOTIFY).stopped_at == work.clock()
    work.to(S.DELIVERING, case)
    assert work.clock_of(case, K.SETTLE).stopped_at is None
    work.to(S.FOLLOW_UP, case)
    assert work.clock_of(case, K.SETTLE).stopped_at == work.clock()


def test_every_row_of_a_clock_is_kept_for_good(own_work):
    work = own_work
    case = work.register()
    switch(work, RuleSet.DISTRICT, is_on=False)
    work.to(S.CLOSED, case)

    with Session(work.hall.engine) as session:
        ids = {clock.rule_id for clock in work.all(Clock, case)}
        rows = session.scalars(select(TimeRuleRow).where(TimeRuleRow.id.in_(ids)))
        assert {rule_of(row).kind for row in rows} == {K.DISPATCH, K.CONTACT, K.VERIFY, K.HANDLE}
    assert all(clock.stopped_at is not None for clock in work.all(Clock, case))
