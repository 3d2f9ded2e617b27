"""Who is reminded of a limit, when, and in which words (到期提醒): a quiet line, then a plain one.

A person has one list of what is his to stop. Four fifths of the time gone and the rule's own
reminder each say one quiet line; a missed limit stays until it has been read. Outside the hall's
hours only urgent cases are said, and everything to whoever is on duty (RELIABILITY.md 12).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.rules.calling import may_ring
from desk.rules.codes import Urgency
from desk.rules.moments import day_of, end_of, say_due, start_of
from desk.rules.tally import Tally
from desk.rules.working_days import Calendar

_GRACE = timedelta(minutes=10)  # so long after the hour a promised call may still be made
_DAY = timedelta(days=1)


class Stage(StrEnum):
    """How far a limit has come."""

    NEAR = "near"  # 用去八成
    REMIND = "remind"  # 规则自己的提醒时刻
    OVER = "over"  # 超期


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """One limit that is somebody's to stop.

    Attributes:
        key: what it is, the same each time it is read.
        name: “联系”, “回电”, “挂账复核”.
        near_at: when he is told quietly; so at `remind_at`, where the rule has one.
    """

    key: str
    case_id: int
    seq: int
    name: str
    summary: str
    urgency: Urgency
    near_at: datetime
    due_at: datetime
    remind_at: datetime | None = None

    def stage(self, now: datetime) -> Stage | None:
        """Return how far it has come; a limit that ends now is still kept."""
        passed = self._passed(now)
        return passed[-1][1] if passed else None

    def marks(self, now: datetime) -> frozenset[str]:
        """Return what there is to be read of it: one mark for each stage it has come to.

        A limit that was moved is told anew.
        """
        due = self.due_at.isoformat()
        return frozenset(f"{self.key} {stage} {due}" for _, stage in self._passed(now))

    def next_at(self, now: datetime) -> datetime | None:
        """Return when it comes to its next stage."""
        return min((at for at, _ in self._stages() if at > now), default=None)

    def _stages(self) -> list[tuple[datetime, Stage]]:
        quiet = [(self.near_at, Stage.NEAR)]
        if self.remind_at is not None:
            quiet.append((self.remind_at, Stage.REMIND))
        before = sorted(found for found in quiet if found[0] <= self.due_at)
        return [*before, (self.due_at + timedelta(microseconds=1), Stage.OVER)]

    def _passed(self, now: datetime) -> list[tuple[datetime, Stage]]:
        return [(at, stage) for at, stage in self._stages() if at <= now]


@dataclass(frozen=True, slots=True)
class TellingHours:
    """When people are told: the hall's hours, quiet hours, and whether the reader is on duty.

    Attributes:
        changes_at: when this will be different.
    """

    is_open: bool
    is_quiet: bool
    is_on_duty: bool
    changes_at: datetime

    def tells(self, limit: OwnLimit) -> bool:
        """Return whether he is told of a limit now."""
        if limit.urgency is Urgency.URGENT or self.is_on_duty:
            return True
        return self.is_open and not self.is_quiet


def telling_hours(
    now: datetime, calendar: Calendar, quiet: tuple[int, int], *, is_on_duty: bool
) -> TellingHours:
    """Return how people are told now: a day counts from its opening to its closing, lunch too."""
    today = day_of(now)
    spans = [
        (w[0][0], w[-1][1]) for day in (today, today + _DAY) if (w := calendar.windows_on(day))
    ]
    hours = [
        start_of(day) + timedelta(hours=hour) for day in (today, today + _DAY) for hour in quiet
    ]
    edges = [*hours, *(edge for span in spans for edge in span), end_of(today)]
    return TellingHours(
        is_open=any(opened <= now < closed for opened, closed in spans),
        is_quiet=not may_ring(now, Urgency.ROUTINE, quiet),
        is_on_duty=is_on_duty,
        changes_at=min(edge for edge in edges if edge > now),
    )


def promised_limit(
    *, contact_id: int, case_id: int, seq: int, summary: str, urgency: Urgency, at: datetime
) -> OwnLimit:
    """Return a promised call as a limit: told at its hour, missed ten minutes later."""
    key = f"call:{contact_id}"
    return OwnLimit(key, case_id, seq, "回电", summary, urgency, at, at + _GRACE)


def tally(limits: Iterable[OwnLimit], now: datetime) -> Tally:
    """Count cases, not limits: one with several counts once, by the worst."""
    stages = [(limit.case_id, limit.stage(now)) for limit in limits]
    over = {case for case, stage in stages if stage is Stage.OVER}
    near = {case for case, stage in stages if stage is not None} - over
    return Tally(len(over), len(near))


def untold(
    limits: Iterable[OwnLimit], hours: TellingHours, known: Collection[str], now: datetime
) -> list[OwnLimit]:
    """Return of what he has to be told now, the first due on top."""
    told = [one for one in limits if hours.tells(one) and not one.marks(now) <= set(known)]
    return sorted(told, key=lambda one: (one.due_at, one.seq))


def wake_at(limits: Iterable[OwnLimit], hours: TellingHours, now: datetime) -> datetime:
    """Return when to look again, if nothing is changed before."""
    nexts = [at for one in limits if (at := one.next_at(now)) is not None]
    return min([*nexts, hours.changes_at])


def limit_words(limit: OwnLimit, now: datetime) -> str:
    """Return the line for one limit: “00402 联系 将到期，限 09:49”."""
    said = "已超期" if limit.stage(now) is Stage.OVER else "将到期"
    return f"{limit.seq:05} {limit.name} {said}，限 {say_due(limit.due_at, seen_at=now)}"


def bundle_words(limits: Sequence[OwnLimit], now: datetime) -> str:
    """Return one line for several limits: “3 件将到期，最早 09:40”."""
    first, counted = min(limit.due_at for limit in limits), tally(limits, now)
    said = say_due(first, seen_at=now)
    if counted.over and counted.near:  # long enough: of another day its date will do
        said, _, clock = said.rpartition(" ")
        said = said or clock
    return f"{counted.words()}，最早 {said}"
