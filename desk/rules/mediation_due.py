"""The thirty days of a mediation (调解期限), in calendar days from the day of acceptance."""

from datetime import date, datetime, timedelta

from desk.rules.clock_faces import ClockFacts
from desk.rules.codes import SpanUnit
from desk.rules.errors import RuleBroken
from desk.rules.moments import end_of, start_of

_NAME = "调解"
_NEAR = 0.8
LONGEST_EXTENSION = timedelta(days=180)


def due_facts(
    accepted_on: date | None, due_on: date | None, ended_on: date | None = None
) -> ClockFacts:
    """Return what a chip needs to show how much of the time is left."""
    if accepted_on is None or due_on is None:
        return ClockFacts(name=_NAME, unit=SpanUnit.DAY, rule_text="受理之日起算")
    start, due = start_of(accepted_on), end_of(due_on)
    return ClockFacts(
        name=_NAME,
        unit=SpanUnit.DAY,
        rule_text=f"{accepted_on:%Y-%m-%d} 受理，{due_on:%Y-%m-%d} 前调解结束",
        started_at=start,
        due_at=due,
        half_at=start + (due - start) / 2,
        near_at=start + (due - start) * _NEAR,
        stopped_at=_stop(ended_on, start),
        day_ends=tuple(
            end_of(accepted_on + timedelta(days=n)) for n in range((due_on - accepted_on).days + 1)
        ),
    )


def _stop(ended_on: date | None, start: datetime) -> datetime | None:
    return None if ended_on is None else max(start_of(ended_on), start)


def require_longer(due_on: date, wanted: date) -> None:
    """Raise RuleBroken unless `wanted` is a later day, within half a year.

    Raises:
        RuleBroken: it is not later, or too far away.
    """
    if wanted <= due_on:
        raise RuleBroken(f"延长后的日期要晚于现在的 {due_on:%Y-%m-%d}，请改一下。", field="due_on")
    if wanted - due_on > LONGEST_EXTENSION:
        raise RuleBroken("一次延长不超过 180 天，请核对日期。", field="due_on")
