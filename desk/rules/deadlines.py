"""Which limits run on a case, and from when to when (时限规则, DOMAIN.md 4.4 with 9.2).

Rules are dated rows of the hall; a clock keeps the row that was in force when it started.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from desk.rules.codes import ClockEvent, ClockKind, SpanUnit, Urgency
from desk.rules.spans import Pause, Span, days_between, due, point_between
from desk.rules.wording import label
from desk.rules.working_days import Calendar

_HALF, _NEAR = Fraction(1, 2), Fraction(4, 5)
_MOST_DAY_ENDS = 31
_UNIT_WORDS = {
    SpanUnit.MINUTE: "分钟",
    SpanUnit.HOUR: "小时",
    SpanUnit.WORKING_MINUTE: "分钟（工作时间）",
    SpanUnit.WORKING_HOUR: "小时（工作时间）",
    SpanUnit.WORKING_DAY: "个工作日",
    SpanUnit.DAY: "天",
}
STOPPED_BY: dict[ClockKind, ClockEvent] = {
    ClockKind.DISPATCH: ClockEvent.DISPATCHED,
    ClockKind.ACCEPT: ClockEvent.ACCEPTED,
    ClockKind.CONTACT: ClockEvent.CONTACTED,
    ClockKind.VERIFY: ClockEvent.VERIFIED,
    ClockKind.HANDLE: ClockEvent.HANDLED,
    ClockKind.OPINION: ClockEvent.SUBMITTED,
    ClockKind.FOLLOW_UP: ClockEvent.FOLLOWED_UP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """One limit of the hall.

    Attributes:
        urgency: the level it is for, or None for every level.
        is_complex: for complex cases only, for others only, or None for both.
        rollover: a limit in calendar days that ends on a day of rest moves to the next one worked.
        pausable: whether a pause of the case stops it.
        source: where the limit comes from, shown with it.
    """

    kind: ClockKind
    value: int
    unit: SpanUnit
    start_event: ClockEvent
    urgency: Urgency | None = None
    is_complex: bool | None = None
    rollover: bool = False
    pausable: bool = False
    source: str = ""
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None

    @property
    def span(self) -> Span:
        """The limit as a span."""
        return Span(self.value, self.unit)

    @property
    def stop_event(self) -> ClockEvent:
        """What stops the clock."""
        return STOPPED_BY[self.kind]

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule is in force on `day`; both ends of its validity count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_for(self, urgency: Urgency, *, is_complex: bool) -> bool:
        """Whether the rule is for such cases."""
        return self.urgency in {None, urgency} and self.is_complex in {None, is_complex}


@dataclass(frozen=True, slots=True)
class Limits:
    """The instants of one clock, stored so that painting needs no calendar.

    Attributes:
        half_at: when half of the time that counts is used up.
        near_at: when four fifths of it are used up.
        day_ends: for working days, the end of each day that counts (see ClockFacts).
        warnings: sentences about years whose holidays are not known.
    """

    started_at: datetime
    due_at: datetime
    half_at: datetime
    near_at: datetime
    day_ends: tuple[datetime, ...] = ()
    warnings: tuple[str, ...] = ()


def rule_text(rule: TimeRule) -> str:
    """Return the limit in words: “限 10 分钟，从受理起算”."""
    return f"限 {rule.value} {_UNIT_WORDS[rule.unit]}，从{label(rule.start_event)}起算"


def choose_rule(
    rules: Iterable[TimeRule],
    kind: ClockKind,
    *,
    urgency: Urgency,
    is_complex: bool,
    on: date,
) -> TimeRule | None:
    """Return the rule for such a case on that day, or None where the hall sets no limit.

    Of rows for the same cases the latest is in force; of rows for different cases the one that
    says most about this case; of two that say as much the tighter one (DOMAIN.md 9.2).
    """
    in_force: dict[tuple[Urgency | None, bool | None], TimeRule] = {}
    for rule in sorted(rules, key=lambda rule: rule.valid_from):
        fits = rule.kind == kind and rule.is_for(urgency, is_complex=is_complex)
        if fits and rule.is_valid_on(on):
            in_force[rule.urgency, rule.is_complex] = rule
    return max(in_force.values(), key=_how_fitting, default=None)


def limits_of(
    rule: TimeRule, started_at: datetime, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Limits:
    """Return the instants of a clock under `rule`; pauses count only where it may be paused."""
    stops = tuple(pauses) if rule.pausable else ()
    end = due(started_at, rule.span, calendar, pauses=stops, rollover=rule.rollover)
    half_at, near_at = (
        point_between(started_at, end.at, share, rule.unit, calendar, stops)
        for share in (_HALF, _NEAR)
    )
    day_ends: tuple[datetime, ...] = ()
    if rule.unit == SpanUnit.WORKING_DAY and rule.value <= _MOST_DAY_ENDS:
        day_ends = days_between(started_at, end.at, rule.unit, calendar, stops)
    return Limits(started_at, end.at, half_at, near_at, day_ends, end.warnings)


def _how_fitting(rule: TimeRule) -> tuple[int, timedelta]:
    named = (rule.urgency is not None) + (rule.is_complex is not None)
    return named, -rule.span.length


_DISTRICT = "首问首办机制"
_FROM_APPEAL = "首问首办机制；从接到诉求起算"
_OWN = "本厅内控，可改"

# Only a seed: a new database starts with these rows, from then on the hall's own rows count.
DEFAULT_TIME_RULES: tuple[TimeRule, ...] = (
    *(
        TimeRule(
            kind=ClockKind.DISPATCH,
            value=1,
            unit=SpanUnit.HOUR,
            start_event=ClockEvent.RECEIVED,
            urgency=urgency,
            source=_DISTRICT,
        )
        for urgency in (Urgency.URGENT, Urgency.FAST)
    ),
    TimeRule(
        kind=ClockKind.DISPATCH,
        value=1,
        unit=SpanUnit.HOUR,
        start_event=ClockEvent.RECEIVED,
        urgency=Urgency.ROUTINE,
        is_complex=False,
        source=_OWN,  # the mechanism names no limit for 常态
    ),
    TimeRule(
        kind=ClockKind.DISPATCH,
        value=24,
        unit=SpanUnit.HOUR,
        start_event=ClockEvent.RECEIVED,
        urgency=Urgency.ROUTINE,
        is_complex=True,
        source=_DISTRICT,
    ),
    TimeRule(
        kind=ClockKind.ACCEPT,
        value=30,
        unit=SpanUnit.MINUTE,
        start_event=ClockEvent.DISPATCHED,
        source=_OWN,
    ),
    TimeRule(
        kind=ClockKind.CONTACT,
        value=10,
        unit=SpanUnit.MINUTE,
        start_event=ClockEvent.RECEIVED,
        source=_FROM_APPEAL,
    ),
    TimeRule(
        kind=ClockKind.VERIFY,
        value=30,
        unit=SpanUnit.MINUTE,
        start_event=ClockEvent.RECEIVED,
        source=_FROM_APPEAL,
    ),
    *(
        TimeRule(
            kind=ClockKind.HANDLE,
            value=hours,
            unit=SpanUnit.HOUR,
            start_event=ClockEvent.RECEIVED,
            urgency=urgency,
            pausable=True,
            source=_FROM_APPEAL,
        )
        for urgency, hours in ((Urgency.URGENT, 2), (Urgency.FAST, 24), (Urgency.ROUTINE, 72))
    ),
    TimeRule(
        kind=ClockKind.OPINION,
        value=3,
        unit=SpanUnit.WORKING_DAY,
        start_event=ClockEvent.HANDLED,
        pausable=True,
        source=_DISTRICT,
    ),
    TimeRule(
        kind=ClockKind.FOLLOW_UP,
        value=3,
        unit=SpanUnit.WORKING_DAY,
        start_event=ClockEvent.DELIVERED,
        pausable=True,
        source=_OWN,
    ),
)
