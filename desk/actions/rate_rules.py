"""The hall's rules of assessment (考评规则): set for the months to come, never for past ones.

A past month is always counted by the rules of that month (DOMAIN.md 001-14), so a set begins with
the present month or a later one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rate_rules import plain_rules, rules_of, say_differences
from desk.rules.rights import require_hall
from desk.store.ids import new_id
from desk.store.models import RateRuleSet
from desk.store.rate_rules import hall_rate_rules
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRateRules(Request):
    """Set the rules of assessment from the first of a month on.

    Attributes:
        value: every rule as plain data (`rules.rate_rules.plain_rules`).
    """

    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRateRules(Request):
    """Take back a set that has not begun yet (撤销)."""

    valid_from: date


@action(SetRateRules, "rate_rules.set")
def set_rate_rules(tx: Transaction, request: SetRateRules) -> Changes:
    """Set the rules from a month on; those of earlier months stay as they were.

    Raises:
        RuleBroken: a rule makes no sense, the month is over, or nothing differs.
    """
    require_hall(Deed.KEEP_RATE_RULES, tx.person)
    rules = rules_of(request.value)
    if rules.valid_from < tx.today.replace(day=1):
        raise RuleBroken(
            "过去的月份按当时的规则算，不能再改。请从本月或以后某月 1 日起。", field="valid_from"
        )
    before = hall_rate_rules(tx.session, tx.street_id).on(rules.valid_from)
    differences = say_differences(before, rules)
    if not differences and before.name == rules.name:
        raise RuleBroken("没有不同的内容，不用保存。", field="name")
    row = _row(tx, rules.valid_from)
    if row is None:
        row = RateRuleSet(
            id=new_id(),
            street_id=tx.street_id,
            valid_from=rules.valid_from,
            value=plain_rules(rules),
            set_by=request.made_by,
            set_at=tx.now,
        )
        tx.add(row)
    else:
        tx.watch(row)
        row.value, row.set_by, row.set_at = plain_rules(rules), request.made_by, tx.now
    return Changes(
        f"更改考评规则“{rules.name}”，{rules.valid_from:%Y-%m} 起",
        made={"rules": row.id},
        detail="；".join(differences),
    )


@action(DropRateRules, "rate_rules.dropped")
def drop_rate_rules(tx: Transaction, request: DropRateRules) -> Changes:
    """Take back rules of a month that has not begun; the set before it goes on.

    Raises:
        RuleBroken: there is no such set, or its month has begun.
    """
    require_hall(Deed.KEEP_RATE_RULES, tx.person)
    row = _row(tx, request.valid_from)
    if row is None or request.valid_from <= tx.today:
        raise RuleBroken("只有还没有开始用的规则可以撤销，请刷新后再看。")
    tx.watch(row)
    name = row.value["name"]
    tx.session.delete(row)
    return Changes(f"撤销考评规则“{name}”")


def _row(tx: Transaction, valid_from: date) -> RateRuleSet | None:
    return tx.session.scalar(
        select(RateRuleSet).where(
            RateRuleSet.street_id == tx.street_id, RateRuleSet.valid_from == valid_from
        )
    )
