"""The hall's rules of assessment (考评规则), and what other ones would make of a month (试算)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from desk.queries.rate_figures import beside_of, period_figures
from desk.rules.moments import day_of
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import (
    SEED,
    RateRules,
    RulesByMonth,
    rules_of,
    say_differences,
)
from desk.rules.rates_report import report_of
from desk.store.database import Reader
from desk.store.models import RateRuleSet, Staff
from desk.store.patience import takes_long
from desk.store.rate_rules import hall_rate_rules


@dataclass(frozen=True, slots=True)
class RuleSetView:
    """One set of rules, who set it and whether it can still be changed.

    Attributes:
        until: the last month in which it counts; None while it goes on.
        set_by: nobody for what the program brings along.
    """

    rules: RateRules
    until: date | None
    set_by: str
    set_at: datetime | None
    is_now: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class RuleSets:
    """All sets of rules, the newest first; the first of the present month."""

    sets: tuple[RuleSetView, ...]
    this_month: date


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One unit, or the whole street, before and after; texts as a report has them."""

    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RateTrial:
    """A month by the rules that count for it, and by those that are tried out.

    Attributes:
        differences: what the rules differ in, one line each.
        total: the whole street; rows: its units, in the order that they would have afterwards.
    """

    month: date
    before_name: str
    differences: tuple[str, ...]
    total: TrialRow
    rows: tuple[TrialRow, ...]


def rule_sets(reader: Reader) -> RuleSets:
    """Return every set of rules of the reader's hall, the newest first."""
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    rows = reader.session.execute(
        select(RateRuleSet.valid_from, RateRuleSet.set_at, Staff.name)
        .join(Staff, Staff.id == RateRuleSet.set_by)
        .where(RateRuleSet.street_id == reader.person.street_id)
    )
    who = {row.valid_from: (row.name, row.set_at) for row in rows}
    today = day_of(reader.now)
    ends = [one.valid_from - timedelta(days=1) for one in rules.sets[1:]]
    found = [
        RuleSetView(
            rules=one,
            until=until.replace(day=1) if until is not None else None,
            set_by=who.get(one.valid_from, ("", None))[0],
            set_at=who.get(one.valid_from, ("", None))[1],
            is_now=one is rules.on(today),
            is_to_come=one.valid_from > today,
        )
        for one, until in zip(rules.sets, [*ends, None], strict=True)
    ]
    return RuleSets(tuple(reversed(found)), today.replace(day=1))


@takes_long
def rate_trial(reader: Reader, month: date, value: Mapping[str, Any]) -> RateTrial:
    """Return a month as it was counted, and as these rules would count it; nothing is kept.

    Args:
        value: rules as plain data (`rules.rate_rules.plain_rules`).

    Raises:
        RuleBroken: a rule makes no sense.
    """
    tried = rules_of(value)
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    own = hall_rate_rules(reader.session, reader.person.street_id)
    before = _report(reader, (first, last), own, own.on(first).decimals)
    other = RulesByMonth((replace(tried, valid_from=min(first, SEED.valid_from)),))
    after = _report(reader, (first, last), other, tried.decimals)
    old = {row["key"]: row for row in before["rows"]}
    return RateTrial(
        month=first,
        before_name=own.on(first).name,
        differences=tuple(say_differences(own.on(first), tried)),
        total=TrialRow("合计", before["total"], after["total"]),
        rows=tuple(TrialRow(row["key"], old[row["key"]], row) for row in after["rows"]),
    )


def _report(
    reader: Reader, period: tuple[date, date], rules: RulesByMonth, decimals: int
) -> dict[str, Any]:
    first, last = period
    figures = period_figures(reader, first, last, rules=rules)
    beside = beside_of(reader, period, GroupBy.UNIT, decimals)
    return report_of(figures, first=first, last=last, rules=rules, beside=beside)
