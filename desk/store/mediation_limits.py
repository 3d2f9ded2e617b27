"""How long a mediation may take, and until when the court may be asked (调解期限、司法确认期限)."""

from datetime import date

from sqlalchemy.orm import Session

from desk.rules.codes import ClockKind, Urgency
from desk.rules.deadlines import LimitedCase, TimeRule, choose_rule, limits_of, rule_text
from desk.rules.moments import last_day_of, start_of
from desk.store.fresh_clocks import every_rule, in_force
from desk.store.hall_rules import hall_calendar

_ANY = LimitedCase(urgency=Urgency.ROUTINE)  # limits of mediations know no level


class MediationLimits:
    """The hall's limits of mediations; rules and calendar are read once for all of them."""

    def __init__(self, session: Session, street_id: int, today: date) -> None:
        self._rules = every_rule(session, street_id)
        self._calendar = hall_calendar(session, street_id, today)

    def rule(self, kind: ClockKind, begun_on: date) -> TimeRule | None:
        """Return the limit in force on the day from which it counts; None where there is none."""
        rules = in_force(self._rules, begun_on).values()
        return choose_rule(rules, kind, _ANY, on=begun_on)

    def last_day(self, kind: ClockKind, begun_on: date) -> date | None:
        """Return the last day of a limit, moved on where it is a day of rest."""
        rule = self.rule(kind, begun_on)
        if rule is None:
            return None
        return last_day_of(limits_of(rule, start_of(begun_on), self._calendar).due_at)

    def words(self, kind: ClockKind, begun_on: date) -> str:
        """Return a limit with its source: “限 30 天，从调解受理起算，遇休息日顺延（……）”."""
        rule = self.rule(kind, begun_on)
        if rule is None:
            return ""
        moves = "，遇休息日顺延" if rule.rollover else ""
        return f"{rule_text(rule)}{moves}" + (f"（{rule.source}）" if rule.source else "")
