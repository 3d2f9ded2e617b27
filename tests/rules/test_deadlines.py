from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desk.rules.codes import ClockEvent, ClockKind, SpanUnit, Urgency
from desk.rules.deadlines import (
    OF_MEDIATIONS,
    LimitedCase,
    TimeRule,
    choose_rule,
    limits_of,
    rule_text,
)
from desk.rules.moments import SHANGHAI
from desk.rules.rule_sets import DISTRICT_RULES, FIRST_SETS, RULE_SETS
from desk.rules.working_days import built_in_calendar

HALL = built_in_calendar()
TODAY = date(2026, 11, 23)
RULE = TimeRule(
    kind=ClockKind.HANDLE, value=72, unit=SpanUnit.HOUR, start_event=ClockEvent.RECEIVED
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def seed(kind: ClockKind, urgency: Urgency, *, is_complex: bool = False) -> TimeRule:
    rule = choose_rule(
        DISTRICT_RULES, kind, LimitedCase(urgency=urgency, is_complex=is_complex), on=TODAY
    )
    assert rule is not None
    return rule


@pytest.mark.parametrize(
    ("kind", "urgency", "is_complex", "length", "start"),
    [
        (ClockKind.DISPATCH, Urgency.URGENT, False, timedelta(hours=1), ClockEvent.RECEIVED),
        (ClockKind.DISPATCH, Urgency.URGENT, True, timedelta(hours=1), ClockEvent.RECEIVED),
        (ClockKind.DISPATCH, Urgency.FAST, True, timedelta(hours=1), ClockEvent.RECEIVED),
        (ClockKind.DISPATCH, Urgency.ROUTINE, False, timedelta(hours=1), ClockEvent.RECEIVED),
        (ClockKind.DISPATCH, Urgency.ROUTINE, True, timedelta(hours=24), ClockEvent.RECEIVED),
        (ClockKind.ACCEPT, Urgency.FAST, False, timedelta(minutes=30), ClockEvent.DISPATCHED),
        (ClockKind.CONTACT, Urgency.ROUTINE, True, timedelta(minutes=10), ClockEvent.RECEIVED),
        (ClockKind.VERIFY, Urgency.URGENT, False, timedelta(minutes=30), ClockEvent.RECEIVED),
        (ClockKind.HANDLE, Urgency.URGENT, True, timedelta(hours=2), ClockEvent.RECEIVED),
        (ClockKind.HANDLE, Urgency.FAST, False, timedelta(hours=24), ClockEvent.RECEIVED),
        (ClockKind.HANDLE, Urgency.ROUTINE, False, timedelta(hours=72), ClockEvent.RECEIVED),
    ],
)
def test_the_limits_of_a_new_hall(kind, urgency, is_complex, length, start):
    rule = seed(kind, urgency, is_complex=is_complex)
    assert (rule.span.length, rule.start_event) == (length, start)


@pytest.mark.parametrize(
    ("kind", "start", "stop"),
    [
        (ClockKind.OPINION, ClockEvent.HANDLED, ClockEvent.SUBMITTED),
        (ClockKind.FOLLOW_UP, ClockEvent.DELIVERED, ClockEvent.FOLLOWED_UP),
    ],
)
def test_papers_and_follow_ups_have_three_working_days(kind, start, stop):
    rule = seed(kind, Urgency.FAST)
    assert (rule.value, rule.unit) == (3, SpanUnit.WORKING_DAY)
    assert (rule.start_event, rule.stopped_by) == (start, stop)


def test_every_clock_has_a_seed_and_says_where_it_comes_from():
    first = [rule for name in FIRST_SETS for rule in RULE_SETS[name]]
    assert {rule.kind for rule in first} >= OF_MEDIATIONS
    assert {rule.kind for rules in RULE_SETS.values() for rule in rules} == set(ClockKind)
    assert all(rule.source for rules in RULE_SETS.values() for rule in rules)


def test_a_limit_is_told_in_words():
    assert rule_text(seed(ClockKind.CONTACT, Urgency.FAST)) == "限 10 分钟，从受理起算"
    assert rule_text(seed(ClockKind.OPINION, Urgency.FAST)) == "限 3 个工作日，从办理完毕起算"


def choose(*rules: TimeRule, urgency=Urgency.URGENT, is_complex=True, on=TODAY) -> TimeRule | None:
    case = LimitedCase(urgency=urgency, is_complex=is_complex)
    return choose_rule(rules, ClockKind.HANDLE, case, on=on)


def test_the_rule_that_says_most_about_a_case_wins():
    urgent = replace(RULE, urgency=Urgency.URGENT)
    both = replace(urgent, is_complex=True)
    assert choose(RULE, urgent, both) == both
    assert choose(RULE, urgent, both, is_complex=False) == urgent
    assert choose(RULE, urgent, both, urgency=Urgency.FAST) == RULE


def test_of_two_rules_that_say_as_much_the_tighter_one_wins():
    urgent = replace(RULE, urgency=Urgency.URGENT, value=2)
    complex_one = replace(RULE, is_complex=True, value=24)
    assert choose(urgent, complex_one) == urgent
    assert choose(complex_one, urgent) == urgent


def test_of_two_rules_for_the_same_cases_the_later_one_is_in_force():
    old = replace(RULE, value=24)
    new = replace(RULE, value=48, valid_from=date(2026, 7, 1))
    assert choose(new, old) == new
    assert choose(new, old, on=date(2026, 6, 30)) == old


def test_a_rule_is_in_force_on_both_ends_of_its_time_only():
    rule = replace(RULE, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [choose(rule, on=day) for day in days] == [None, rule, rule, None]


def test_without_a_rule_there_is_no_clock():
    assert choose(replace(RULE, kind=ClockKind.VERIFY)) is None


def test_the_instants_of_a_clock_that_runs_around_the_clock():
    limits = limits_of(seed(ClockKind.CONTACT, Urgency.FAST), at(23, 9, 39), HALL)
    assert (limits.started_at, limits.due_at) == (at(23, 9, 39), at(23, 9, 49))
    assert (limits.half_at, limits.near_at) == (at(23, 9, 44), at(23, 9, 47))
    assert limits.day_ends == ()


def test_the_instants_of_a_clock_in_working_days_follow_open_hours():
    limits = limits_of(seed(ClockKind.OPINION, Urgency.FAST), at(20, 18), HALL)  # Friday
    assert limits.due_at == at(25, 18)
    assert limits.half_at == at(24, 14, 30)
    assert limits.near_at == at(25, 11, 48)
    assert limits.day_ends == (at(23, 18), at(24, 18), at(25, 18))
    assert limits.warnings == ()


def test_long_limits_do_not_carry_their_days():
    rule = replace(RULE, value=60, unit=SpanUnit.WORKING_DAY)
    assert limits_of(rule, at(20, 18), HALL).day_ends == ()


def test_a_limit_beyond_the_known_holidays_warns():
    limits = limits_of(seed(ClockKind.OPINION, Urgency.FAST), at(31, 9, month=12), HALL)
    assert limits.warnings[0].startswith("2027 年节假日表未更新")


def test_only_a_clock_that_may_be_paused_moves():
    pause = [(at(23, 10), at(23, 12))]
    handle = limits_of(seed(ClockKind.HANDLE, Urgency.URGENT), at(23, 9), HALL, pause)
    verify = limits_of(seed(ClockKind.VERIFY, Urgency.URGENT), at(23, 9, 45), HALL, pause)
    assert handle.due_at == at(23, 13)
    assert handle.half_at == at(23, 10)
    assert verify.due_at == at(23, 10, 15)


def test_calendar_days_may_roll_over():
    rule = replace(RULE, value=60, unit=SpanUnit.DAY, rollover=True)
    assert limits_of(rule, at(3, 10, month=8), HALL).due_at == at(9, 0, month=10)


@pytest.mark.parametrize(
    ("value", "unit", "reminded"),
    [
        (6, SpanUnit.HOUR, at(26, 3)),
        (100, SpanUnit.HOUR, at(23, 9)),  # never before it began
        (1, SpanUnit.WORKING_DAY, at(25, 9)),  # a day early in the morning
        (5, SpanUnit.DAY, at(23, 9)),
        (0, SpanUnit.DAY, None),
    ],
)
def test_people_are_reminded_in_the_rule_s_own_time(value, unit, reminded):
    rule = replace(RULE, remind_value=value, remind_unit=unit)
    assert limits_of(rule, at(23, 9), HALL).remind_at == reminded


def test_what_is_due_at_midnight_is_due_on_the_day_that_ends():
    rule = replace(RULE, remind_value=1, remind_unit=SpanUnit.DAY, value=4, unit=SpanUnit.DAY)
    assert limits_of(rule, at(20, 9), HALL).due_at == at(25, 0)
    assert limits_of(rule, at(20, 9), HALL).remind_at == at(23, 9)


def test_on_a_day_of_rest_people_are_reminded_when_the_day_ends():
    rule = replace(RULE, remind_value=4, remind_unit=SpanUnit.DAY, value=5, unit=SpanUnit.DAY)
    assert limits_of(rule, at(20, 9), HALL).remind_at == at(22, 0)
