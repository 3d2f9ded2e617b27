"""What leaders and inspectors look at first (领导五行字、N 天没有动静), without contact data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from desk.queries.case_file import CaseFile, case_file
from desk.queries.desk_today import DayRow, waiting_day
from desk.queries.lookups import units
from desk.queries.rates import was_handled, was_met
from desk.queries.sign_queue import sign_queue
from desk.rules.codes import Satisfaction, Urgency
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Case
from desk.store.sight import seen_by

_TO_RING = 3
_LATELY = timedelta(days=7)
_A_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RingLine:
    """A case that a leader should ring about himself, and why."""

    case_id: int
    seq: int
    summary: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class LeaderDay:
    """Five figures, each with the cases behind it, and three calls to make."""

    received: int
    received_yesterday: int
    open: int
    overdue: int
    due_today: int
    dissatisfied: int
    to_sign: int
    signed_too_late: int  # of these, past the limit that was set for the opinion
    met: int  # of the cases handled in the last 30 days (见面率)
    handled: int
    to_ring: tuple[RingLine, ...]
    burning: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A span in which a case lay with someone at one step."""

    who: str
    status: str
    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        """How long it lay there."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class CaseStrip:
    """The long strip of one case: in whose hands it was, and how long."""

    file: CaseFile
    held: tuple[Held, ...]


def leader_day(reader: Reader) -> LeaderDay:
    """Return the morning's five lines."""
    today = start_of(day_of(reader.now))
    alive = Case.status.in_(sorted(OPEN))
    tonight = end_of(day_of(reader.now))
    unsigned = sign_queue(reader).waiting
    met, handled = met_lately(reader)
    burning = [row for row in waiting_day(reader, OPEN) if row.due_at and row.due_at <= tonight]
    return LeaderDay(
        received=_count(reader, Case.received_at >= today),
        received_yesterday=_count(
            reader, Case.received_at >= today - timedelta(days=1), Case.received_at < today
        ),
        open=_count(reader, alive),
        overdue=_count(reader, alive, Case.next_due_at < reader.now),
        due_today=_count(
            reader, alive, Case.next_due_at >= reader.now, Case.next_due_at <= tonight
        ),
        dissatisfied=_count(
            reader,
            Case.satisfaction == Satisfaction.DISSATISFIED,
            Case.changed_at >= reader.now - _LATELY,
        ),
        to_sign=len(unsigned),
        signed_too_late=sum(1 for row in unsigned if row.is_past(reader.now)),
        met=met,
        handled=handled,
        to_ring=_to_ring(reader),
        burning=tuple(burning),
    )


def still_cases(reader: Reader, days: int) -> tuple[DayRow, ...]:
    """Return the open cases to which nothing was done for `days`, the stillest first."""
    limit = reader.now - timedelta(days=days)
    rows = [row for row in waiting_day(reader, OPEN) if row.changed_at <= limit]
    return tuple(sorted(rows, key=lambda row: row.changed_at))


def case_strip(reader: Reader, case_id: int) -> CaseStrip | None:
    """Return in whose hands a case was from its reception until now."""
    file = case_file(reader, case_id)
    if file is None:
        return None
    steps = sorted(file.steps, key=lambda step: (step.happened_at, step.version))
    held: list[Held] = []
    for at, step in enumerate(steps):
        until = steps[at + 1].happened_at if at + 1 < len(steps) else reader.now
        who = step.unit or step.who
        if held and held[-1].who == who:
            held[-1] = Held(who, step.title, held[-1].since, max(until, held[-1].until))
        else:
            held.append(Held(who, step.title, step.happened_at, max(until, step.happened_at)))
    if held and file.status in OPEN and (unit := file.lead_unit or file.first_unit):
        last = held[-1]
        held[-1] = Held(unit, label(file.status), last.since, reader.now)
    return CaseStrip(file, tuple(held))


def met_lately(reader: Reader) -> tuple[int, int]:
    """Return of how many cases handled in the last 30 days the appellant was met, and how many."""
    lately = (was_handled(), Case.received_at >= reader.now - _A_MONTH)
    return _count(reader, *lately, was_met()), _count(reader, *lately)


def _to_ring(reader: Reader) -> tuple[RingLine, ...]:
    """Return what a call from a leader would help most: again, long overdue, urgent."""
    rows = reader.session.execute(
        select(
            Case.id,
            Case.seq,
            Case.summary,
            Case.lead_unit_id,
            Case.first_unit_id,
            Case.round_no,
            Case.urgency,
            Case.next_due_at,
            Case.return_count,
        )
        .where(seen_by(reader.person), Case.status.in_(sorted(OPEN)))
        .order_by(Case.round_no.desc(), Case.next_due_at.is_(None), Case.next_due_at, Case.id)
        .limit(200)
    ).all()
    names = {unit.id: unit.short_name for unit in units(reader)}
    found = []
    for row in rows:
        why = _why(row.round_no, row.return_count, row.urgency, row.next_due_at, reader.now)
        if why:
            unit = names.get(row.lead_unit_id or row.first_unit_id, "")
            found.append(RingLine(row.id, row.seq, row.summary, unit, why))
    return tuple(found[:_TO_RING])


def _why(
    rounds: int, returns: int, urgency: Urgency, due_at: datetime | None, now: datetime
) -> str:
    if rounds > 1:
        return f"第 {rounds} 轮办理，诉求人上次不满意"
    if due_at is not None and due_at < now:
        return "已经超期"
    if returns > 1:
        return f"已退回 {returns} 次"
    if urgency is Urgency.URGENT:
        return "紧急件正在办"
    return ""


def _count(reader: Reader, *conditions: ColumnElement[bool]) -> int:
    query = select(func.count(Case.id)).where(seen_by(reader.person), *conditions)
    return reader.session.scalar(query) or 0
