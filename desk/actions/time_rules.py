"""The hall's limits as data (时限规则): add, change, end, and switch a whole set on or off.

A change ends the row that was in force and begins another, on the same day too: clocks that run
by a row always find it as it was.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from desk.actions.founding import time_rule_row
from desk.actions.intake_checks import require_row
from desk.rules.clock_codes import RuleSet
from desk.rules.deadlines import TimeRule, rule_text
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.limit_plans import (
    LimitPlan,
    require_sound,
    require_source,
    switched_off,
    switched_on,
)
from desk.rules.rights import require_hall
from desk.rules.wording import label
from desk.store.hall_rules import rule_of, time_rules
from desk.store.models import Category, TimeRuleRow
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimeRule(Request):
    """Set a limit of the hall from a day on; what runs keeps its own until it is recomputed.

    Attributes:
        rule: the row it takes the place of, which says for which cases it is; None for a new one.
    """

    rule: int | None = None
    limit: TimeRule
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTimeRule(Request):
    """End a limit (停用): from that day on no clock starts by it."""

    rule: int
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchRuleSet(Request):
    """Switch a whole set of limits on or off from a day on (启用、停用整套)."""

    rule_set: RuleSet
    is_on: bool
    valid_from: date


@action(SetTimeRule, "time_rule.set")
def set_time_rule(tx: Transaction, request: SetTimeRule) -> Changes:
    """Begin a new limit, or a changed one in place of a row.

    Raises:
        RuleBroken: the limit is not sound, there is one for the same cases, the row has ended,
            nothing differs, or what the law sets would change without saying where that is from.
    """
    require_hall(Deed.KEEP_LIMITS, tx.person)
    _require_coming(tx, request.valid_from, "valid_from")
    if request.rule is None:
        return _begin(tx, request)
    old = _row(tx, request.rule, request.valid_from)
    before = rule_of(old)
    same = {name: getattr(before, name) for name in _FIXED}
    after = replace(request.limit, **same)
    require_sound(after)
    require_source(before, after)
    if replace(after, valid_from=before.valid_from, valid_to=before.valid_to) == before:
        raise RuleBroken("没有不同的内容，不用保存。", field="value")
    fresh = time_rule_row(tx, after, request.valid_from)
    fresh.valid_to = old.valid_to  # a change already planned for a later day still comes
    tx.watch(old)
    old.valid_to = request.valid_from
    tx.add(fresh)
    changed = rule_text(before), rule_text(after)
    said = "" if changed[0] == changed[1] else f"：{changed[0]} → {changed[1]}"
    return Changes(f"更改时限 {label(after.kind)}{said}", made={"rule": fresh.id})


@action(EndTimeRule, "time_rule.ended")
def end_time_rule(tx: Transaction, request: EndTimeRule) -> Changes:
    """End a limit on a day; clocks that run by it run on.

    Raises:
        RuleBroken: it has ended already, or the day is past.
    """
    require_hall(Deed.KEEP_LIMITS, tx.person)
    _require_coming(tx, request.valid_to, "valid_from")
    old = _row(tx, request.rule, request.valid_to)
    _carry_out(tx, LimitPlan((old.id,)), request.valid_to)
    return Changes(f"停用时限 {label(old.kind)}：{rule_text(rule_of(old))}")


@action(SwitchRuleSet, "rule_set.switched")
def switch_rule_set(tx: Transaction, request: SwitchRuleSet) -> Changes:
    """Switch a set on or off; a set that comes on ends what it stands in for.

    Raises:
        RuleBroken: it is so already, or the day is past.
    """
    require_hall(Deed.KEEP_LIMITS, tx.person)
    _require_coming(tx, request.valid_from, "valid_from")
    rules = time_rules(tx.session, tx.street_id, request.valid_from)
    switched = switched_on if request.is_on else switched_off
    plan = switched(rules, request.rule_set)
    _carry_out(tx, plan, request.valid_from)
    verb = "启用" if request.is_on else "停用"
    return Changes(
        f"{verb}时限制度 {label(request.rule_set)}",
        detail=f"新起 {len(plan.added)} 条，停用 {len(plan.ended)} 条。",
    )


# What a changed limit keeps of the row it takes the place of.
_FIXED = ("kind", "urgency", "is_complex", "channel", "category", "is_again", "rule_set")


def _begin(tx: Transaction, request: SetTimeRule) -> Changes:
    rule = replace(request.limit, rule_set=RuleSet.OWN)
    require_sound(rule)
    require_row(tx, Category, rule.category, "类别", "category")
    known = time_rules(tx.session, tx.street_id, request.valid_from).values()
    if any((one.kind, one.scope) == (rule.kind, rule.scope) for one in known):
        raise RuleBroken("同样范围的这一种时限已经有了，请直接改那一条。", field="kind")
    fresh = time_rule_row(tx, rule, request.valid_from)
    tx.add(fresh)
    return Changes(f"新增时限 {label(rule.kind)}：{rule_text(rule)}", made={"rule": fresh.id})


def _carry_out(tx: Transaction, plan: LimitPlan, on: date) -> None:
    rows = tx.session.scalars(select(TimeRuleRow).where(TimeRuleRow.id.in_(plan.ended)))
    for row in rows:
        tx.watch(row)
        row.valid_to = on
    tx.add(*(time_rule_row(tx, rule, on) for rule in plan.added))


def _row(tx: Transaction, rule: int, on: date) -> TimeRuleRow:
    """Return the row that is in force on that day."""
    sentence = "找不到要更改的一行，请刷新后再试。"
    row = tx.own(TimeRuleRow, rule, sentence, field="valid_from")
    if on < row.valid_from:
        said = f"生效日期不能早于这一条开始的 {row.valid_from:%Y-%m-%d}。"
        raise RuleBroken(said, field="valid_from")
    if row.valid_to is not None and row.valid_to <= on:
        raise RuleBroken("这一条到那天已经不用了，请刷新后再改现在用的那一条。", field="valid_from")
    return row


def _require_coming(tx: Transaction, day: date, field: str) -> None:
    if day < tx.today:
        raise RuleBroken("生效日期不能早于今天，已经起算的时限不往回改。", field=field)
