"""What a running clock comes to when it is counted anew (重算时限): limit, calendar, pauses."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import ClockKind
from desk.rules.deadlines import Limits, TimeRule, choose_rule, limits_of, rule_text
from desk.rules.moments import day_of, in_utc
from desk.rules.spans import Pause
from desk.rules.working_days import Calendar
from desk.store.hall_rules import limited_case, rule_of
from desk.store.looked_up import once
from desk.store.models import Case, Clock, ClockPause, TimeRuleRow

Rules = Mapping[int, TimeRule]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A limit with the id of its row."""

    rule_id: int
    rule: TimeRule


@dataclass(frozen=True, slots=True)
class Fresh:
    """A clock with the limit and the instants that it should have now."""

    clock: Clock
    chosen: Chosen
    limits: Limits

    @property
    def differs(self) -> bool:
        """Whether the clock as stored says something else."""
        return any(getattr(self.clock, name) != value for name, value in self._values().items())

    def write(self) -> None:
        """Let the clock say so; what it was first due at stays."""
        for name, value in self._values().items():
            setattr(self.clock, name, value)

    def _values(self) -> dict[str, Any]:
        return {
            "rule_id": self.chosen.rule_id,
            "rule_text": rule_text(self.chosen.rule),
            "unit": self.chosen.rule.unit,
            **clock_instants(self.limits),
        }


def clock_instants(limits: Limits) -> dict[str, Any]:
    """Return the instants of a limit as the columns of a clock keep them."""
    return {
        "due_at": in_utc(limits.due_at),
        "half_at": in_utc(limits.half_at),
        "near_at": in_utc(limits.near_at),
        "day_ends": [in_utc(end).isoformat() for end in limits.day_ends],
        "remind_at": None if limits.remind_at is None else in_utc(limits.remind_at),
        "guessed_year": next(iter(limits.guessed_years), None),
    }


def every_rule(session: Session, street_id: int) -> dict[int, TimeRule]:
    """Return every limit the hall has or ever had, by row id."""
    query = select(TimeRuleRow).where(TimeRuleRow.street_id == street_id)

    def read() -> dict[int, TimeRule]:
        return {row.id: rule_of(row) for row in session.scalars(query)}

    return once(session, ("every rule", street_id), read, of=(TimeRuleRow,))


def in_force(rules: Rules, on: date) -> dict[int, TimeRule]:
    """Return those of the limits that are in force on a day; one that ends on it no longer is."""
    return {
        row_id: rule
        for row_id, rule in rules.items()
        if rule.valid_from <= on and (rule.valid_to is None or on < rule.valid_to)
    }


def chosen_for(
    session: Session, case: Case, rules: Rules, kind: ClockKind, on: date
) -> Chosen | None:
    """Return which of the limits in force is for a case; None where the hall sets none."""
    known = in_force(rules, on)
    of_kind = {row_id: rule for row_id, rule in known.items() if rule.kind is kind}
    rule = choose_rule(of_kind.values(), kind, limited_case(session, case, of_kind.values()), on=on)
    if rule is None:
        return None
    return Chosen(next(row_id for row_id, one in of_kind.items() if one is rule), rule)


def own_limit(clock: Clock, rules: Rules) -> Chosen:
    """Return the limit that a clock runs by."""
    return Chosen(clock.rule_id, rules[clock.rule_id])


def limit_of_level(session: Session, case: Case, clock: Clock, rules: Rules) -> Chosen:
    """Return by which limit a clock runs after its case changed: of those it may have started by.

    A limit that was made for new cases only does not come in by that.
    """
    own = own_limit(clock, rules)
    on = max(day_of(clock.started_at), own.rule.valid_from)
    chosen = chosen_for(session, case, rules, clock.kind, on)
    return own if chosen is None or chosen.rule.scope == own.rule.scope else chosen


def counted(clock: Clock, chosen: Chosen, calendar: Calendar, pauses: Iterable[Pause]) -> Fresh:
    """Count a clock anew; it keeps when it started and how far it was extended."""
    limits = limits_of(
        chosen.rule,
        clock.started_at,
        calendar,
        tuple(pauses),
        extended_to=clock.extended_to,
    )
    return Fresh(clock, chosen, limits)


def ended_pauses(session: Session, clocks: Iterable[Clock]) -> dict[int, list[Pause]]:
    """Return when each clock stood still; a pause that has not ended moves nothing yet."""
    ids = [clock.id for clock in clocks]
    rows = session.execute(
        select(ClockPause.clock_id, ClockPause.from_at, ClockPause.until_at)
        .where(ClockPause.clock_id.in_(ids))
        .order_by(ClockPause.from_at)
    )
    found: dict[int, list[Pause]] = {}
    for clock_id, begun, ended in rows:
        if ended is not None:
            found.setdefault(clock_id, []).append((begun, ended))
    return found


def running_clocks_of(session: Session, cases: Collection[int]) -> list[Clock]:
    """Return the clocks that run on these cases, in their present round."""
    query = (
        select(Clock)
        .join(Case, (Case.id == Clock.case_id) & (Case.round_no == Clock.round_no))
        .where(Clock.case_id.in_(cases), Clock.stopped_at.is_(None), Clock.set_aside_at.is_(None))
        .order_by(Clock.id)
    )
    return list(session.scalars(query))


def becomes_over(fresh: Fresh, now: datetime) -> bool:
    """Whether a clock that was in time is overdue at once by its new limit."""
    clock = fresh.clock
    return clock.is_applicable and fresh.limits.due_at <= now < clock.due_at


@dataclass(frozen=True, slots=True)
class Recount:
    """How the clocks of many cases are counted anew.

    Attributes:
        rules: every limit there is or was, by row id.
        on: the day whose limits count for `kinds`.
        kinds: clocks of these kinds alone, by the limits of that day; of none: all clocks, each
            by its own limit.
        calendar_of: by which calendar the clocks of a part are counted.
    """

    rules: Rules
    on: date
    kinds: frozenset[ClockKind]
    calendar_of: Callable[[int | None], Calendar]

    def of(
        self, session: Session, cases: Mapping[int, Case], clocks: Iterable[Clock]
    ) -> Iterator[Fresh]:
        """Yield the clocks it is about, of those that run on these cases, as they should be."""
        meant = [clock for clock in clocks if not self.kinds or clock.kind in self.kinds]
        pauses = ended_pauses(session, meant)
        for clock in meant:
            chosen = None
            if self.kinds:
                case = cases[clock.case_id]
                chosen = chosen_for(session, case, self.rules, clock.kind, self.on)
            calendar = self.calendar_of(clock.assignment_id)
            limit = chosen or own_limit(clock, self.rules)
            yield counted(clock, limit, calendar, pauses.get(clock.id, ()))
