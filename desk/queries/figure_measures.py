"""The conditions by which a case is part of a measure (统计项), for whoever wants to see the cases.

`rules.three_rates.tally` counts the same of cases in memory and `store.rate_marks` in the database
itself; the tests hold all three against each other.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from desk.queries.rates import (
    is_decided,
    limits_of_case,
    was_answered,
    was_appealed,
    was_handled,
    was_late,
    was_met,
    was_reached,
    won_appeal,
)
from desk.rules.assessment_codes import NotRated, ResponseBy
from desk.rules.codes import Channel, ClockKind, Resolution, Satisfaction
from desk.rules.measures import KEPT, LIMITS, MISSED, RAN, Measure
from desk.rules.moments import end_of, in_utc, start_of
from desk.rules.rate_rules import RateRules, RulesByMonth
from desk.rules.three_rates import RATED
from desk.rules.verdicts import AGREED, CONTENT
from desk.store.database import Reader
from desk.store.models import Case

Condition = ColumnElement[bool]
_VISITED = and_(
    Case.counts_in_rates.is_(True),
    Case.satisfaction.is_not(None),
    Case.satisfaction.in_(sorted(RATED)),
)
_NOT_RATED = and_(
    Case.counts_in_rates.is_(True),
    Case.satisfaction.is_not(None),
    Case.satisfaction == Satisfaction.NOT_RATED,
)
_AGREED = and_(Case.resolution.is_not(None), Case.resolution.in_(sorted(AGREED)))
_PARTLY = and_(Case.resolution.is_not(None), Case.resolution == Resolution.PARTLY)
_NO = and_(Case.resolution.is_not(None), Case.resolution == Resolution.NO)
_YES_TWICE = and_(_AGREED, Case.satisfaction.in_(sorted(CONTENT)))
_PLAIN: Mapping[Measure, Condition] = {
    Measure.ASSESSED: Case.counts_in_rates.is_(True),
    Measure.EXCLUDED: Case.counts_in_rates.is_(False),
    Measure.VISITED: _VISITED,
    Measure.NOT_RATED: _NOT_RATED,
    Measure.UNRATED: and_(Case.counts_in_rates.is_(True), Case.satisfaction.is_(None)),
    Measure.RESOLVED: and_(_VISITED, _AGREED),
    Measure.PARTLY_RESOLVED: and_(_VISITED, _PARTLY),
    Measure.SATISFIED: and_(_VISITED, Case.satisfaction == Satisfaction.SATISFIED),
    Measure.FAIRLY_SATISFIED: and_(_VISITED, Case.satisfaction == Satisfaction.FAIRLY),
    Measure.DISSATISFIED: and_(_VISITED, Case.satisfaction == Satisfaction.DISSATISFIED),
    Measure.DOUBLE_YES: and_(_VISITED, _YES_TWICE),
    Measure.NOT_DOUBLE_YES: and_(_VISITED, not_(_YES_TWICE)),
    Measure.DOUBLE_NO: and_(_VISITED, _NO, Case.satisfaction == Satisfaction.DISSATISFIED),
    Measure.OVERDUE: Case.is_overdue.is_(True),
    Measure.REPEATS: or_(Case.repeat_of_id.is_not(None), Case.repeat_of_number.is_not(None)),
    Measure.NATIONAL: Case.is_national_survey.is_(True),
    Measure.EARLY: Case.channel == Channel.EARLY_ACTION,
    Measure.RETURNED: Case.return_count > 0,
    Measure.REDONE: Case.round_no > 1,
    Measure.ANSWERED: or_(was_answered(), Case.satisfaction.is_not(None)),
    Measure.CALLED_BACK: Case.satisfaction.is_not(None),
}


def counted_in(
    reader: Reader, measure: Measure, rules: RulesByMonth, period: tuple[date, date]
) -> list[Condition]:
    """Return the conditions on `cases` that a case of a period is part of a measure."""
    if measure is Measure.RECEIVED:
        return []
    if measure in _PLAIN:
        return [_PLAIN[measure]]
    if measure in _BY_RULES:
        return [_by_month(reader, _BY_RULES[measure], rules, period)]
    if measure in _LIMITS:
        clock, of_limit = _LIMITS[measure]
        return [of_limit(reader, clock)]
    return [_RARELY[measure]()]


def received_within(first: date, last: date) -> Condition:
    """Return the condition that a case was received on one of these days, both included."""
    return and_(
        Case.received_at >= in_utc(start_of(first)), Case.received_at < in_utc(end_of(last))
    )


def _by_month(
    reader: Reader,
    condition: Callable[[Reader, RateRules], Condition],
    rules: RulesByMonth,
    period: tuple[date, date],
) -> Condition:
    """Return a condition that each month's own rules make."""
    first, last = period
    sets = rules.within(first, last)
    starts = [first, *(one.valid_from for one in sets[1:])]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    return or_(
        *(
            and_(received_within(start, end), condition(reader, one))
            for one, start, end in zip(sets, starts, ends, strict=True)
        )
    )


def _counted(_reader: Reader, rules: RateRules) -> Condition:
    counts_all = rules.not_rated is NotRated.DISSATISFIED
    return or_(_VISITED, _NOT_RATED) if counts_all else _VISITED


def _responded(reader: Reader, rules: RateRules) -> Condition:
    if rules.response_by is ResponseBy.ASKED:
        return and_(_VISITED, Case.was_contacted.is_(True))
    in_time = or_(
        _kept(reader, ClockKind.CONTACT),
        and_(not_(_ran(reader, ClockKind.CONTACT)), Case.was_contacted.is_(True)),
    )
    return and_(_VISITED, in_time)


def _not_responded(reader: Reader, rules: RateRules) -> Condition:
    return and_(_counted(reader, rules), not_(_responded(reader, rules)))


def _not_resolved(reader: Reader, rules: RateRules) -> Condition:
    return and_(_counted(reader, rules), not_(and_(_VISITED, or_(_AGREED, _PARTLY))))


def _ran(reader: Reader, clock: ClockKind) -> Condition:
    return exists(limits_of_case(clock).where(is_decided(reader)))


def _missed(reader: Reader, clock: ClockKind) -> Condition:
    return exists(limits_of_case(clock).where(is_decided(reader), was_late(reader)))


def _kept(reader: Reader, clock: ClockKind) -> Condition:
    return and_(_ran(reader, clock), not_(_missed(reader, clock)))


def _contacted() -> Condition:
    return or_(was_answered(), Case.satisfaction.is_not(None), was_reached())


_BY_RULES: Mapping[Measure, Callable[[Reader, RateRules], Condition]] = {
    Measure.COUNTED: _counted,
    Measure.RESPONDED: _responded,
    Measure.NOT_RESPONDED: _not_responded,
    Measure.NOT_RESOLVED: _not_resolved,
}
_LIMITS: Mapping[Measure, tuple[ClockKind, Callable[[Reader, ClockKind], Condition]]] = {
    **{RAN[clock]: (clock, _ran) for clock in LIMITS},
    **{KEPT[clock]: (clock, _kept) for clock in LIMITS},
    **{MISSED[clock]: (clock, _missed) for clock in LIMITS},
}
_RARELY: Mapping[Measure, Callable[[], Condition]] = {
    Measure.HANDLED: was_handled,
    Measure.MET: lambda: and_(was_handled(), was_met()),
    Measure.NOT_MET: lambda: and_(was_handled(), not_(was_met())),
    Measure.CONTACTED: _contacted,
    Measure.APPEALED: was_appealed,
    Measure.APPEALS_WON: won_appeal,
}
