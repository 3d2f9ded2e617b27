"""Changing the hall's limits (更改时限): what is sound, and what switching a whole set changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desk.rules.clock_codes import RuleSet
from desk.rules.codes import SpanUnit
from desk.rules.deadlines import OF_MEDIATIONS, TimeRule
from desk.rules.errors import RuleBroken
from desk.rules.limit_events import STARTS, STOPS
from desk.rules.rule_sets import RULE_SETS
from desk.rules.wording import label

_MOST = {SpanUnit.DAY: 3660, SpanUnit.WORKING_DAY: 3660}  # ten years
_MOST_HOURS = 100_000


@dataclass(frozen=True, slots=True)
class LimitPlan:
    """What a change makes of the hall's limits: rows that end, and rows that begin.

    Attributes:
        ended: the ids of the rows that end.
    """

    ended: tuple[int, ...] = ()
    added: tuple[TimeRule, ...] = ()


def is_hall_wide(rule: TimeRule) -> bool:
    """Whether a limit is for whatever way and category, and so stands in for another one."""
    return rule.channel is None and rule.category is None


def switched_on(rules: Mapping[int, TimeRule], wanted: RuleSet) -> LimitPlan:
    """Return what switching a set on changes (启用整套).

    What is missing of it begins; the hall-wide limits of the same kinds that came with other
    sets end. A set for one channel (信访) replaces nothing.

    Args:
        rules: the limits in force, by row id.

    Raises:
        RuleBroken: all of it is in force, or the set is the hall's own.
    """
    there = {(rule.kind, rule.scope) for rule in rules.values() if rule.rule_set is wanted}
    seeds = RULE_SETS.get(wanted, ())
    added = tuple(rule for rule in seeds if (rule.kind, rule.scope) not in there)
    if not added:
        raise RuleBroken(f"“{label(wanted)}”已经整套在用，不用再启用。", field="rule_set")
    kinds = {rule.kind for rule in added if is_hall_wide(rule)}
    ended = tuple(
        row_id
        for row_id, rule in rules.items()
        if rule.kind in kinds and rule.rule_set is not wanted and is_hall_wide(rule)
    )
    return LimitPlan(ended, added)


def switched_off(rules: Mapping[int, TimeRule], wanted: RuleSet) -> LimitPlan:
    """Return what switching a set off ends (停用整套).

    Raises:
        RuleBroken: nothing of it is in force.
    """
    ended = tuple(row_id for row_id, rule in rules.items() if rule.rule_set is wanted)
    if not ended:
        raise RuleBroken(f"“{label(wanted)}”没有在用的时限，不用停用。", field="rule_set")
    return LimitPlan(ended)


def planned(rules: Mapping[int, TimeRule], plan: LimitPlan, on: date) -> dict[int, TimeRule]:
    """Return the limits as they would be from a day on; rows that are not there yet count down."""
    found = dict(rules)
    for row_id in plan.ended:
        found[row_id] = replace(rules[row_id], valid_to=on)
    for number, rule in enumerate(plan.added, start=1):
        found[-number] = replace(rule, valid_from=on, valid_to=None)
    return found


def require_sound(rule: TimeRule) -> None:
    """Refuse a limit that cannot be counted, or that no case could ever meet.

    Raises:
        RuleBroken: the sentence names the field.
    """
    _require_amounts(rule)
    _require_ends(rule)
    if rule.rollover and rule.unit is not SpanUnit.DAY:
        raise RuleBroken("只有按自然日计的时限才顺延，工作日和钟点不用。", field="rollover")
    if rule.is_legal and rule.pausable:
        raise RuleBroken("法定时限不因内部环节暂停，请去掉“可以暂停”。", field="pausable")
    if rule.is_legal and not rule.source.strip():
        raise RuleBroken("法定时限要写依据（文件名和条号）。", field="source")


def _require_amounts(rule: TimeRule) -> None:
    most = _MOST.get(rule.unit, _MOST_HOURS)
    if not 1 <= rule.value <= most:
        raise RuleBroken(f"“时限”应在 1 到 {most} 之间，请改正后再存。", field="value")
    if not 0 <= rule.remind_value <= most:
        raise RuleBroken(f"“到期前提醒”应在 0 到 {most} 之间，0 是不提醒。", field="remind_value")
    if rule.most_days is not None and not 1 <= rule.most_days <= _MOST[SpanUnit.DAY]:
        raise RuleBroken("“最多延长”请写 1 天以上，不限就空着。", field="most_days")


def _require_ends(rule: TimeRule) -> None:
    """Refuse a start or an end that does not belong to this kind of limit."""
    for event, fits, field, what in (
        (rule.start_event, STARTS[rule.kind], "start_event", "起算"),
        (rule.stopped_by, STOPS[rule.kind], "stop_event", "停止"),
    ):
        if event not in fits:
            said = "、".join(label(one) for one in fits)
            raise RuleBroken(f"{label(rule.kind)}时限的{what}只能选：{said}。", field=field)
    if rule.kind in OF_MEDIATIONS and any(part is not None for part in rule.scope):
        raise RuleBroken("调解的时限不分级别、渠道、类别和轮次，请都空着。", field="urgency")


def require_source(before: TimeRule, after: TimeRule) -> None:
    """Refuse another value of what the law sets, unless it is said where it comes from.

    Raises:
        RuleBroken: the source is the old one.
    """
    is_same = (before.value, before.unit) == (after.value, after.unit)
    if before.is_legal and not is_same and after.source.strip() == before.source.strip():
        raise RuleBroken("这是法定时限，改了时限要写明新的依据（文件名和条号）。", field="source")
