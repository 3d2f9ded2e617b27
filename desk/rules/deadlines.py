"""Which limits run on a case, and from when to when (时限规则, DOMAIN.md 4.4 with 9.2).

Rules are dated rows of the hall; a clock keeps the row that was in force when it started.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from desk.rules.clock_codes import RuleSet
from desk.rules.codes import Channel, ClockEvent, ClockKind, SpanUnit, Urgency
from desk.rules.moments import day_of, last_day_of
from desk.rules.spans import Pause, Span, days_between, due, point_between
from desk.rules.wording import label
from desk.rules.working_days import Calendar

_HALF, _NEAR = Fraction(1, 2), Fraction(4, 5)
_MOST_DAY_ENDS = 31
_MOMENT = timedelta(minutes=1)
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
    ClockKind.NOTIFY: ClockEvent.NOTIFIED,
    ClockKind.SETTLE: ClockEvent.DELIVERED,
    ClockKind.MEDIATE: ClockEvent.MEDIATION_ENDED,
    ClockKind.CONFIRM: ClockEvent.FILED,
}
# Limits of a mediation run on the mediation itself, not on a case.
OF_MEDIATIONS = frozenset({ClockKind.MEDIATE, ClockKind.CONFIRM})


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitedCase:
    """What the choice of a limit depends on.

    Attributes:
        categories: its category and those above it, by row id.
        is_again: whether it is being handled for a second or further time (二次办理).
    """

    urgency: Urgency
    is_complex: bool = False
    channel: Channel | None = None
    categories: frozenset[int] = frozenset()
    is_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """One limit of the hall.

    Attributes:
        stop_event: what stops it; None for what stops every clock of its kind.
        urgency: the level it is for, or None for every level; so with the four that follow.
        is_complex: for complex cases only, for others only, or None for both.
        channel: for cases that came this way only.
        category: for cases of this category or of one below it, by row id.
        is_again: for second and further rounds only, for first ones only, or None for both.
        rollover: a limit in calendar days that ends on a day of rest moves to the next one worked.
        pausable: whether a pause of the case stops it.
        is_legal: whether the law sets it; no internal step ever pauses it (DOMAIN.md 4.5).
        most_days: how many days the law lets it be extended by; None where nothing says so.
        remind_value: how long before it is due people are reminded, in `remind_unit`; 0: never.
        source: where the limit comes from, shown with it.
        rule_set: the set it came with.
    """

    kind: ClockKind
    value: int
    unit: SpanUnit
    start_event: ClockEvent
    stop_event: ClockEvent | None = None
    urgency: Urgency | None = None
    is_complex: bool | None = None
    channel: Channel | None = None
    category: int | None = None
    is_again: bool | None = None
    rollover: bool = False
    pausable: bool = False
    is_legal: bool = False
    most_days: int | None = None
    remind_value: int = 0
    remind_unit: SpanUnit = SpanUnit.WORKING_DAY
    source: str = ""
    rule_set: RuleSet = RuleSet.OWN
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None

    @property
    def span(self) -> Span:
        """The limit as a span."""
        return Span(self.value, self.unit)

    @property
    def stopped_by(self) -> ClockEvent:
        """What stops the clock."""
        return self.stop_event or STOPPED_BY[self.kind]

    @property
    def scope(self) -> tuple[object, ...]:
        """Which cases it is for; of two rules with the same scope the later one holds."""
        return self.urgency, self.is_complex, self.channel, self.category, self.is_again

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule is in force on `day`; both ends of its validity count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_for(self, case: LimitedCase) -> bool:
        """Whether the rule is for such a case."""
        return (
            self.urgency in {None, case.urgency}
            and self.is_complex in {None, case.is_complex}
            and self.channel in {None, case.channel}
            and (self.category is None or self.category in case.categories)
            and self.is_again in {None, case.is_again}
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """The instants of one clock, stored so that painting needs no calendar.

    Attributes:
        half_at: when half of the time that counts is used up.
        near_at: when four fifths of it are used up.
        day_ends: for working days, the end of each day that counts (see ClockFacts).
        remind_at: when people are reminded, in the rule's own time; None without a reminder.
        guessed_years: years it reaches into whose holidays are not known.
        warnings: sentences about these years.
    """

    started_at: datetime
    due_at: datetime
    half_at: datetime
    near_at: datetime
    day_ends: tuple[datetime, ...] = ()
    remind_at: datetime | None = None
    guessed_years: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


def rule_text(rule: TimeRule) -> str:
    """Return the limit in words: “限 10 分钟，从受理起算”."""
    return f"限 {rule.value} {_UNIT_WORDS[rule.unit]}，从{label(rule.start_event)}起算"


def choose_rule(
    rules: Iterable[TimeRule], kind: ClockKind, case: LimitedCase, *, on: date
) -> TimeRule | None:
    """Return the rule for such a case on that day, or None where the hall sets no limit.

    Of rows for the same cases the latest is in force; of rows for different cases the one that
    says most about this case; of two that say as much the tighter one (DOMAIN.md 9.2).
    """
    in_force: dict[tuple[object, ...], TimeRule] = {}
    for rule in sorted(rules, key=lambda rule: rule.valid_from):
        if rule.kind == kind and rule.is_for(case) and rule.is_valid_on(on):
            in_force[rule.scope] = rule
    return max(in_force.values(), key=_how_fitting, default=None)


def limits_of(
    rule: TimeRule,
    started_at: datetime,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    *,
    extended_to: datetime | None = None,
) -> Limits:
    """Return the instants of a clock under `rule`.

    Args:
        pauses: when it stood still; they count only where it may be paused.
        extended_to: until when more time was granted (延期); never earlier than by the rule.
    """
    stops = tuple(pauses) if rule.pausable and not rule.is_legal else ()
    end = due(started_at, rule.span, calendar, pauses=stops, rollover=rule.rollover)
    due_at = max(end.at, extended_to or end.at)
    half_at, near_at = (
        point_between(started_at, due_at, share, rule.unit, calendar, stops)
        for share in (_HALF, _NEAR)
    )
    day_ends: tuple[datetime, ...] = ()
    if rule.unit == SpanUnit.WORKING_DAY and rule.value <= _MOST_DAY_ENDS:
        day_ends = days_between(started_at, due_at, rule.unit, calendar, stops)
    guessed: tuple[int, ...] = ()
    if end.warnings:
        guessed = calendar.missing_years(day_of(started_at), last_day_of(due_at))
    remind_at = _remind_at(rule, started_at, due_at, calendar)
    return Limits(started_at, due_at, half_at, near_at, day_ends, remind_at, guessed, end.warnings)


def _remind_at(
    rule: TimeRule, started_at: datetime, due_at: datetime, calendar: Calendar
) -> datetime | None:
    """Return when people are reminded: so much before it is due, a day early in the morning."""
    if not rule.remind_value:
        return None
    back = Span(-rule.remind_value, rule.remind_unit)
    if rule.remind_unit not in {SpanUnit.WORKING_DAY, SpanUnit.DAY}:
        return max(due(due_at, back, calendar).at, started_at)
    # what is due at 24:00 is due on that day, not on the next one
    at = due(due_at - _MOMENT, back, calendar).at
    opened = calendar.windows_on(last_day_of(at))
    return max(opened[0][0] if opened else at, started_at)


def _how_fitting(rule: TimeRule) -> tuple[int, timedelta]:
    named = sum(part is not None for part in rule.scope)
    return named, -rule.span.length
