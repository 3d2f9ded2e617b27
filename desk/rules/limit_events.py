"""What may start and stop each limit, what an event starts, and whole sets (时限的起止和制度)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from desk.rules.clock_codes import RuleSet
from desk.rules.codes import ClockEvent, ClockKind
from desk.rules.deadlines import OF_MEDIATIONS, LimitedCase, TimeRule, choose_rule
from desk.rules.errors import RuleBroken
from desk.rules.rule_sets import RULE_SETS
from desk.rules.wording import label

E, K = ClockEvent, ClockKind

# What a hall may let each limit start with; the case must come by there before it could stop.
STARTS: Mapping[ClockKind, tuple[ClockEvent, ...]] = MappingProxyType(
    {
        K.DISPATCH: (E.RECEIVED,),
        K.ACCEPT: (E.DISPATCHED,),
        K.CONTACT: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED),
        K.VERIFY: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED, E.CONTACTED),
        K.HANDLE: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED, E.CONTACTED, E.VERIFIED),
        K.OPINION: (E.RECEIVED, E.DISPATCHED, E.HANDLED),
        K.FOLLOW_UP: (E.SIGNED, E.DELIVERED),
        K.NOTIFY: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED),
        K.SETTLE: (E.RECEIVED, E.NOTIFIED),
        K.MEDIATE: (E.MEDIATION_ACCEPTED,),
        K.CONFIRM: (E.AGREED,),
    }
)
# What it may stop with; handling cannot begin before contact and check are made.
STOPS: Mapping[ClockKind, tuple[ClockEvent, ...]] = MappingProxyType(
    {
        K.DISPATCH: (E.DISPATCHED,),
        K.ACCEPT: (E.ACCEPTED,),
        K.CONTACT: (E.CONTACTED,),
        K.VERIFY: (E.VERIFIED,),
        K.HANDLE: (E.HANDLED, E.SUBMITTED, E.SIGNED, E.DELIVERED),
        K.OPINION: (E.SUBMITTED, E.SIGNED, E.DELIVERED),
        K.FOLLOW_UP: (E.FOLLOWED_UP, E.CLOSED),
        K.NOTIFY: (E.NOTIFIED,),
        K.SETTLE: (E.DELIVERED, E.SIGNED, E.CLOSED),
        K.MEDIATE: (E.MEDIATION_ENDED,),
        K.CONFIRM: (E.FILED,),
    }
)
OF_CASES = tuple(kind for kind in ClockKind if kind not in OF_MEDIATIONS)


@dataclass(frozen=True, slots=True)
class LimitPlan:
    """What a change makes of the hall's limits: rows that end, and rows that begin.

    Attributes:
        ended: the ids of the rows that end.
    """

    ended: tuple[int, ...] = ()
    added: tuple[TimeRule, ...] = ()


def started_by(
    rules: Iterable[TimeRule], event: ClockEvent, case: LimitedCase, *, on: date
) -> list[TimeRule]:
    """Return the limits that an event starts on such a case, in the order of the clocks strip."""
    known = list(rules)
    chosen = (choose_rule(known, kind, case, on=on) for kind in OF_CASES)
    return [rule for rule in chosen if rule is not None and rule.start_event is event]


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
