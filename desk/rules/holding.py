"""Who held a case how long (谁手里多久): one strip from its reception until now, stay by stay."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

from desk.rules.codes import CaseStatus
from desk.rules.lifecycle import OPEN
from desk.rules.moments import say_due, say_length
from desk.rules.wording import label

S = CaseStatus
# with whom a case lies at these steps; at all others it lies with the unit that leads it
_DESKS: Mapping[CaseStatus, str] = MappingProxyType(
    {
        S.RECEIVED: "信联办",
        S.SIGNING: "领导审签",
        S.SEALING: "党政办",
        S.DELIVERING: "送达",
        S.FOLLOW_UP: "回访",
    }
)
# where a case stands after a line that does not say so itself: built in bulk, or its words erased
STATUS_AFTER: Mapping[str, CaseStatus] = MappingProxyType(
    {
        "case.dispatched": S.DISPATCHED,
        "case.accepted": S.ACCEPTED,
        "case.verified": S.HANDLING,
        "case.handled": S.OPINION,
        "opinion.written": S.SIGNING,
        "opinion.signed": S.SEALING,
        "paper.sealed": S.DELIVERING,
        "paper.delivered": S.FOLLOW_UP,
        "case.archived": S.ARCHIVED,
    }
)
_HOUR = timedelta(hours=1)
Worked = Callable[[int | None, datetime, datetime], timedelta]


@dataclass(frozen=True, slots=True)
class Turn:
    """From when on a case stood so; the unit that led it then has an id where it is a unit."""

    at: datetime
    status: CaseStatus
    unit_id: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Held:
    """A span in which a case lay with somebody.

    Attributes:
        doing: how it stood at the end of the span.
        worked: the part of it in which whoever held it was at work.
        late: the part of it behind a limit of the unit (办理、意见书), and since when.
    """

    who: str
    doing: str
    since: datetime
    until: datetime
    worked: timedelta = timedelta()
    late: timedelta = timedelta()
    late_since: datetime | None = None

    @property
    def length(self) -> timedelta:
        """How long it lay there."""
        return self.until - self.since

    def words(self) -> str:
        """Say it: “城建办 3 天 4 时（工作 22 时），超期 1 天 2 时”, the work only if it is less."""
        whole, worked = say_length(self.length), say_worked(self.worked)
        beside = "" if worked == whole else f"（工作 {worked}）"
        late = f"，超期 {say_length(self.late)}" if self.late else ""
        return f"{self.who} {whole}{beside}{late}"


@dataclass(frozen=True, slots=True)
class CaseStrip:
    """The long strip of one case.

    Attributes:
        limits: of the newest limits of the unit what they are for and when they are due.
    """

    held: tuple[Held, ...]
    limits: tuple[tuple[str, datetime], ...] = ()

    def words(self, now: datetime) -> str:
        """Say all of it in one sentence, with the limit."""
        if not self.held:
            return "还没有办理过程可看。"
        stays = "；".join(stay.words() for stay in self.held)
        return "。".join(filter(None, [stays, self.limits_words(now)])) + "。"

    def limits_words(self, now: datetime) -> str:
        """Say the limits: “办理时限 11 月 12 日 17:21，意见书时限 …”; empty: none ever ran."""
        return "，".join(f"{name}时限 {say_due(due, seen_at=now)}" for name, due in self.limits)


def say_worked(length: timedelta) -> str:
    """Say working time in hours, which no day divides: “45 分”, “22 时”."""
    return say_length(length) if length < _HOUR else f"{length // _HOUR} 时"


def stays(
    turns: Sequence[Turn],
    until: datetime,
    limits: Iterable[tuple[datetime, datetime]],
    worked: Worked,
) -> tuple[Held, ...]:
    """Return with whom a case lay, one stay after the other; nobody holds what is closed.

    Args:
        turns: in their order, the first at the reception.
        limits: for each limit of the unit when it was due and when it was kept at last.
        worked: how much of a span a unit is at work; None asks for the hall's own hours.
    """
    ends = [*(turn.at for turn in turns), max([until, *(turn.at for turn in turns[-1:])])]
    late = list(limits)
    found: list[Held] = []
    for turn, (since, end) in zip(turns, pairwise(ends), strict=True):
        if turn.status not in OPEN:
            continue
        desk = _DESKS.get(turn.status)
        stay = Held(
            desk or turn.unit,
            label(turn.status),
            since,
            end,
            worked(None if desk else turn.unit_id, since, end),
            *_late(since, end, late),
        )
        before = found[-1] if found else None
        if before is not None and before.who == stay.who and before.until == since:
            found[-1] = Held(
                stay.who,
                stay.doing,
                before.since,
                stay.until,
                before.worked + stay.worked,
                before.late + stay.late,
                before.late_since or stay.late_since,
            )
        else:
            found.append(stay)
    return tuple(stay for stay in found if stay.length) or tuple(found[-1:])


def _late(
    since: datetime, until: datetime, limits: Sequence[tuple[datetime, datetime]]
) -> tuple[timedelta, datetime | None]:
    """Return how much of a span lies behind limits, and from when on."""
    spans = [(max(since, due), min(until, kept)) for due, kept in limits]
    found = [(begun, ended) for begun, ended in spans if begun < ended]
    length = sum((ended - begun for begun, ended in found), timedelta())
    return length, min((begun for begun, _ended in found), default=None)
