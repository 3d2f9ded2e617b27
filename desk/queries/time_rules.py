"""The hall's limits for administration (管理 · 时限), and what counting anew would change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, distinct, func, select

from desk.queries.administration import running_clocks
from desk.queries.lookups import categories
from desk.rules.codes import ClockKind
from desk.rules.deadlines import TimeRule
from desk.rules.deeds import Deed
from desk.rules.lifecycle import FINISHED
from desk.rules.limit_plans import LimitPlan, planned
from desk.rules.moments import day_of
from desk.rules.rights import require_hall
from desk.rules.working_days import Calendar
from desk.store.database import Reader
from desk.store.fresh_clocks import Fresh, Recount, becomes_over, every_rule, running_clocks_of
from desk.store.hall_rules import rule_of
from desk.store.models import Case, Clock, TimeRuleRow
from desk.store.patience import takes_long
from desk.store.unit_calendars import PartCalendars

PART = 250  # cases of one part; so few that whoever saves meanwhile hardly waits


@dataclass(frozen=True, slots=True)
class LimitsNow:
    """The limits that are in force or planned, and what a form needs to offer.

    Attributes:
        rules: by row id.
        running: how many clocks of each kind run.
        categories: their paths, by id.
    """

    rules: Mapping[int, TimeRule]
    running: Mapping[ClockKind, int]
    categories: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class CountAnew:
    """What is to be counted anew, or only tried out.

    Attributes:
        kinds: clocks of these kinds alone, by the limits of today; of none: all clocks, each by
            its own limit.
        plan: limits that are only thought of.
        calendar: a calendar that is only thought of; for every unit alike.
    """

    kinds: tuple[ClockKind, ...] = ()
    plan: LimitPlan | None = None
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What counting some cases anew comes to; a case is counted once.

    Attributes:
        after: the last case looked at; None where there are no more.
        cases: on how many of them such clocks run.
        over: of the earlier ones those that are overdue at once.
        changed: on which cases a clock comes out otherwise.
    """

    after: int | None
    cases: int
    earlier: int
    over: int
    later: int
    changed: tuple[int, ...]


def limits_now(reader: Reader) -> LimitsNow:
    """Return the limits in force today and those planned for later."""
    require_hall(Deed.KEEP_LIMITS, reader.person)
    today = day_of(reader.now)
    rows = reader.session.scalars(
        select(TimeRuleRow).where(TimeRuleRow.street_id == reader.person.street_id)
    )
    rules = {
        row.id: rule_of(row)
        for row in rows
        if row.valid_to is None or row.valid_to > max(today, row.valid_from)
    }
    paths = {choice.id: choice.path for choice in categories(reader)}
    return LimitsNow(rules, running_clocks(reader), paths)


def cases_with_clocks(reader: Reader, kinds: tuple[ClockKind, ...] = ()) -> int:
    """Return on how many cases clocks run, of these kinds or of any."""
    require_hall(Deed.RECOMPUTE, reader.person)
    query = (
        select(func.count(distinct(Clock.case_id)))
        .join(Case, (Case.id == Clock.case_id) & (Case.round_no == Clock.round_no))
        .where(Clock.stopped_at.is_(None), Clock.set_aside_at.is_(None), _open_here(reader))
    )
    return reader.session.scalar(query.where(Clock.kind.in_(kinds)) if kinds else query) or 0


@takes_long
def count_part(reader: Reader, how: CountAnew | None = None, after: int = 0) -> Part:
    """Count the clocks of the next cases anew; nothing is written."""
    require_hall(Deed.RECOMPUTE, reader.person)
    how = how or CountAnew()
    query = select(Case).where(Case.id > after, _open_here(reader)).order_by(Case.id).limit(PART)
    cases = {case.id: case for case in reader.session.scalars(query)}
    clocks = running_clocks_of(reader.session, cases)
    seen: set[int] = set()
    found: dict[int, list[Fresh]] = {}
    for fresh in _recount(reader, how).of(reader.session, cases, clocks):
        seen.add(fresh.clock.case_id)
        if fresh.differs:
            found.setdefault(fresh.clock.case_id, []).append(fresh)
    moves = {case: _moves(one) for case, one in found.items()}
    return Part(
        after=max(cases) if len(cases) == PART else None,
        cases=len(seen),
        earlier=sum(move < 0 for move in moves.values()),
        over=sum(any(becomes_over(one, reader.now) for one in each) for each in found.values()),
        later=sum(move > 0 for move in moves.values()),
        changed=tuple(found),
    )


def _open_here(reader: Reader) -> ColumnElement[bool]:
    """Return the condition for the street's open cases.

    Parts are read in the order of the ids; an index by street would have them all sorted each
    time, so the street is compared in a way that no index serves.
    """
    return (Case.street_id + 0 == reader.person.street_id) & Case.status.not_in(FINISHED)


def _recount(reader: Reader, wanted: CountAnew) -> Recount:
    street, today = reader.person.street_id, day_of(reader.now)
    rules = every_rule(reader.session, street)
    if wanted.plan is not None:
        rules = planned(rules, wanted.plan, today)
    calendar_of: Callable[[int | None], Calendar]
    if wanted.calendar is None:
        calendar_of = PartCalendars(reader.session, street, today).of_part
    else:
        calendar = wanted.calendar
        calendar_of = lambda _part: calendar  # noqa: E731 - one calendar for all
    return Recount(rules, today, frozenset(wanted.kinds), calendar_of)


def _moves(clocks: list[Fresh]) -> int:
    """Return -1 where one of a case's clocks is due earlier than before, 1 where only later."""
    moves = [
        (fresh.limits.due_at > fresh.clock.due_at) - (fresh.limits.due_at < fresh.clock.due_at)
        for fresh in clocks
        if fresh.clock.is_applicable
    ]
    return -1 if -1 in moves else max(moves, default=0)
