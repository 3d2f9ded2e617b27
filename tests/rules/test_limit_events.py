"""What starts and stops a limit, which changes are sound, and what a whole set stands in for."""

from dataclasses import replace
from datetime import date

import pytest

from desk.rules.clock_codes import RuleSet
from desk.rules.codes import Channel, ClockEvent, ClockKind, SpanUnit, Urgency
from desk.rules.deadlines import STOPPED_BY, LimitedCase, TimeRule
from desk.rules.errors import RuleBroken
from desk.rules.limit_events import STARTS, STOPS, started_by
from desk.rules.limit_plans import (
    LimitPlan,
    planned,
    require_sound,
    require_source,
    switched_off,
    switched_on,
)
from desk.rules.rule_sets import DISTRICT_RULES, PETITION_RULES, RULE_SETS, SHENZHEN_RULES

E, K = ClockEvent, ClockKind
MONDAY = date(2026, 11, 2)
DISTRICT = dict(enumerate(DISTRICT_RULES, start=1))
CONTACT = TimeRule(
    kind=K.CONTACT, value=10, unit=SpanUnit.MINUTE, start_event=E.RECEIVED, source="本厅自定"
)
LEGAL = replace(PETITION_RULES[0], value=15)


def test_an_appeal_taken_in_starts_what_the_rules_say():
    case = LimitedCase(urgency=Urgency.FAST, channel=Channel.HOTLINE)
    started = [rule.kind for rule in started_by(DISTRICT_RULES, E.RECEIVED, case, on=MONDAY)]
    assert started == [K.DISPATCH, K.CONTACT, K.VERIFY, K.HANDLE]


def test_a_petition_also_has_the_limits_of_the_law():
    case = LimitedCase(urgency=Urgency.FAST, channel=Channel.PETITION)
    rules = (*DISTRICT_RULES, *PETITION_RULES)
    started = [rule.kind for rule in started_by(rules, E.RECEIVED, case, on=MONDAY)]
    assert started[-2:] == [K.NOTIFY, K.SETTLE]


def test_a_hall_like_shenzhen_counts_contact_from_the_dispatch():
    case = LimitedCase(urgency=Urgency.ROUTINE)
    found = started_by(SHENZHEN_RULES, E.DISPATCHED, case, on=MONDAY)
    assert [(rule.kind, rule.value) for rule in found] == [(K.CONTACT, 24)]


def test_every_kind_can_start_and_stop_as_it_usually_does():
    seeds = [rule for rules in RULE_SETS.values() for rule in rules]
    assert all(rule.start_event in STARTS[rule.kind] for rule in seeds)
    assert all(STOPPED_BY[kind] in STOPS[kind] for kind in ClockKind)
    for rule in seeds:
        require_sound(rule)


@pytest.mark.parametrize(
    ("rule", "field", "said"),
    [
        (replace(CONTACT, value=0), "value", "1 到 100000"),
        (replace(CONTACT, value=3661, unit=SpanUnit.DAY), "value", "1 到 3660"),
        (replace(CONTACT, remind_value=-1), "remind_value", "0 是不提醒"),
        (replace(CONTACT, most_days=0), "most_days", "1 天以上"),
        (replace(CONTACT, start_event=E.CLOSED), "start_event", "受理、分拨、签收"),
        (replace(CONTACT, stop_event=E.CLOSED), "stop_event", "只能选：首次联系"),
        (replace(CONTACT, rollover=True), "rollover", "自然日"),
        (replace(LEGAL, pausable=True), "pausable", "法定时限不因内部环节暂停"),
        (replace(LEGAL, source=" "), "source", "要写依据"),
        (
            replace(RULE_SETS[RuleSet.MEDIATION][0], urgency=Urgency.FAST),
            "urgency",
            "调解的时限不分级别",
        ),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_beside_its_field(rule, field, said):
    with pytest.raises(RuleBroken, match=said) as refused:
        require_sound(rule)
    assert refused.value.field == field


def test_what_the_law_sets_changes_only_with_a_new_source():
    with pytest.raises(RuleBroken, match="新的依据") as refused:
        require_source(LEGAL, replace(LEGAL, value=20))
    assert refused.value.field == "source"
    require_source(LEGAL, replace(LEGAL, value=20, source="新条例第八条"))
    require_source(LEGAL, replace(LEGAL, remind_value=2))
    require_source(CONTACT, replace(CONTACT, value=20))


def test_a_set_that_comes_on_ends_what_it_stands_in_for():
    plan = switched_on(DISTRICT, RuleSet.SHANGHAI)
    assert {DISTRICT[row].kind for row in plan.ended} == {K.CONTACT, K.HANDLE}
    assert len(plan.added) == 3
    later = planned(DISTRICT, plan, MONDAY)
    assert {row for row, rule in later.items() if rule.valid_to == MONDAY} == set(plan.ended)
    assert {row for row, rule in later.items() if rule.valid_from == MONDAY} == {-1, -2, -3}


def test_a_set_for_one_channel_replaces_nothing():
    assert switched_on(DISTRICT, RuleSet.PETITION) == LimitPlan((), PETITION_RULES)


def test_a_set_comes_back_with_what_is_missing_of_it():
    left = {row: rule for row, rule in DISTRICT.items() if rule.kind is not K.CONTACT}
    own = replace(CONTACT, rule_set=RuleSet.OWN)
    for_hotline = replace(own, channel=Channel.HOTLINE)
    plan = switched_on(left | {90: own, 91: for_hotline}, RuleSet.DISTRICT)
    assert [rule.kind for rule in plan.added] == [K.CONTACT]
    assert plan.ended == (90,)


def test_switching_what_is_so_already_is_refused():
    with pytest.raises(RuleBroken, match="已经整套在用"):
        switched_on(DISTRICT, RuleSet.DISTRICT)
    with pytest.raises(RuleBroken, match="已经整套在用"):
        switched_on(DISTRICT, RuleSet.OWN)
    with pytest.raises(RuleBroken, match="没有在用的时限"):
        switched_off(DISTRICT, RuleSet.SHANGHAI)
    assert switched_off(DISTRICT, RuleSet.DISTRICT) == LimitPlan(tuple(DISTRICT))
