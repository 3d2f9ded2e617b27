"""Changes of limits before they are made (时限的更改): what is asked for, what it would touch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.actions.time_rules import EndTimeRule, SetTimeRule, SwitchRuleSet
from desk.queries.time_rules import LimitsNow
from desk.rules.clock_codes import RuleSet
from desk.rules.codes import ClockKind
from desk.rules.deadlines import TimeRule
from desk.rules.errors import RuleBroken
from desk.rules.limit_plans import (
    LimitPlan,
    require_sound,
    require_source,
    switched_off,
    switched_on,
)
from desk.rules.wording import label
from desk.ui.admin.limit_columns import (
    COLUMN_OF,
    LIMIT_COLUMNS,
    SCOPE_COLUMNS,
    limit_from,
    limit_name,
    limit_words,
    start_from,
)
from desk.ui.desk import ByMe

_FIELD_OF = {column: field for field, column in COLUMN_OF.items()}


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A change that waits for its effect to be seen.

    Attributes:
        plan: which rows it ends and begins, to be tried out on what runs.
        kinds: limits of which kinds it is about.
        starts: from which day it counts.
        said: what is to be known besides.
    """

    title: str
    request: Any
    plan: LimitPlan
    kinds: tuple[ClockKind, ...]
    starts: date
    said: str = ""


def saving(me: ByMe, now: LimitsNow, row: int | None, values: Mapping[str, str]) -> LimitChange:
    """Return the change that a filled-in form asks for; a new limit where no row is named.

    Raises:
        RuleBroken: something is missing, cannot be read, or is not sound.
    """
    for column in (*SCOPE_COLUMNS, *LIMIT_COLUMNS):
        if column.required and not values[column.name]:
            raise RuleBroken(f"请填写{column.name}。", field=_FIELD_OF[column.name])
    before = None if row is None else now.rules[row]
    rule_set = RuleSet.OWN if before is None else before.rule_set
    rule = limit_from(values, now.categories, rule_set)
    require_sound(rule)
    if before is not None:
        require_source(before, rule)
    starts = start_from(values)
    return LimitChange(
        "新增时限" if row is None else f"更改 {limit_name(rule, now.categories)}",
        SetTimeRule(**me, rule=row, limit=rule, valid_from=starts),
        LimitPlan(() if row is None else (row,), (rule,)),
        (rule.kind,),
        starts,
    )


def ending(me: ByMe, now: LimitsNow, row: int, values: Mapping[str, str]) -> LimitChange:
    """Return the change that ends a limit on the day the form says.

    Raises:
        RuleBroken: the day cannot be read.
    """
    rule, starts = now.rules[row], start_from(values)
    return LimitChange(
        f"停用 {limit_name(rule, now.categories)}",
        EndTimeRule(**me, rule=row, valid_to=starts),
        LimitPlan((row,)),
        (rule.kind,),
        starts,
        "停用后没有别的时限可用的，在走的钟按原来的走完。",
    )


def switching(
    me: ByMe, now: LimitsNow, wanted: RuleSet, today: date, *, is_on: bool
) -> LimitChange:
    """Return the change that switches a set on or off; it says what the set stands in for.

    Raises:
        RuleBroken: it is so already.
    """
    rules = _in_force(now, today)
    plan = (switched_on if is_on else switched_off)(rules, wanted)
    kinds = {rule.kind for rule in plan.added} | {rules[row].kind for row in plan.ended}
    gone = "、".join(
        f"{limit_name(rules[row], now.categories)} {limit_words(rules[row])}" for row in plan.ended
    )
    said = ""
    if is_on:
        said = f"代替并停用：{gone}。" if gone else "不代替别的时限，原来的照旧。"
    return LimitChange(
        f"{'启用' if is_on else '停用'}“{label(wanted)}”",
        SwitchRuleSet(**me, rule_set=wanted, is_on=is_on, valid_from=today),
        plan,
        tuple(kind for kind in ClockKind if kind in kinds),
        today,
        said,
    )


def _in_force(now: LimitsNow, today: date) -> dict[int, TimeRule]:
    return {row: rule for row, rule in now.rules.items() if rule.valid_from <= today}
