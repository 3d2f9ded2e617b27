"""What leaders look at first (领导五行字), without contact data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, func, select
from sqlalchemy.orm import aliased

from desk.queries.desk_today import DayRow, waiting_day
from desk.queries.leader_area import area_of, area_words, in_area
from desk.queries.leader_queues import rated_badly
from desk.queries.lookups import units
from desk.queries.rates import was_handled, was_met
from desk.queries.sign_queue import on_time_words, sign_queue
from desk.queries.standing_still import StandingRow, waiting_requests
from desk.rules.codes import CaseStatus, Satisfaction, Urgency
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.morning import OFTEN, RingFacts, why_ring
from desk.rules.verdicts import verdict_of
from desk.store.contacts_told import are_kept
from desk.store.database import Reader
from desk.store.models import Case, PrivateFacts
from desk.store.sight import seen_by, standing_at

_TO_RING, _AT_ONCE = 3, 20
_LATELY, _A_MONTH, _QUARTER = timedelta(days=7), timedelta(days=30), timedelta(days=90)
_MOST_BEHIND = 200
# where a call can still change something
_TO_BE_RUNG = OPEN - {CaseStatus.SIGNING, CaseStatus.SEALING, CaseStatus.DELIVERING}


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
    sign_words: str  # what signing today would save
    area: str  # for which units all this is counted
    requests: tuple[StandingRow, ...] = ()  # for more time, that wait for the reader


class MorningLine(StrEnum):
    """One of the leader's five lines; each opens the cases that it counts."""

    RECEIVED = "received"
    OPEN = "open"
    OVERDUE = "overdue"
    DISSATISFIED = "dissatisfied"
    TO_SIGN = "to_sign"


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One case behind a figure."""

    case_id: int
    seq: int
    summary: str
    unit: str
    status: CaseStatus
    urgency: Urgency


_LISTED = frozenset({MorningLine.TO_SIGN})  # not counted, but read as a list


def leader_day(reader: Reader) -> LeaderDay:
    """Return the morning's five lines, for the leader's own area where he has one (领导包片)."""
    today = start_of(day_of(reader.now))
    tonight = end_of(day_of(reader.now))
    area = area_of(reader)
    counted = {line: _counted(reader, line) for line in MorningLine if line not in _LISTED}
    alive = counted[MorningLine.OPEN]
    unsigned = sign_queue(reader).waiting
    burning = [row for row in waiting_day(reader, OPEN) if row.due_at and row.due_at <= tonight]
    if area is not None:
        inside = set(reader.session.scalars(select(Case.id).where(alive, in_area(area))))
        burning = [row for row in burning if row.case_id in inside]
    met, handled = met_lately(reader)
    yesterday = (Case.received_at >= today - timedelta(days=1)) & (Case.received_at < today)
    due_today = (Case.next_due_at >= reader.now) & (Case.next_due_at <= tonight)
    return LeaderDay(
        received=_count(reader, area, counted[MorningLine.RECEIVED]),
        received_yesterday=_count(reader, area, yesterday),
        open=_count(reader, area, alive),
        overdue=_count(reader, area, counted[MorningLine.OVERDUE]),
        due_today=_count(reader, area, alive, due_today),
        dissatisfied=_count(reader, area, counted[MorningLine.DISSATISFIED]),
        to_sign=len(unsigned),
        signed_too_late=sum(1 for row in unsigned if row.is_past(reader.now)),
        to_ring=_to_ring(reader, area),
        burning=tuple(burning),
        met=met,
        handled=handled,
        sign_words=on_time_words(unsigned, reader.now),
        area=area_words(reader, area),
        requests=waiting_requests(reader),
    )


def cases_behind(reader: Reader, line: MorningLine) -> tuple[BehindRow, ...]:
    """Return the cases that one of the five lines counts, the most urgent limit first."""
    area = None if line is MorningLine.TO_SIGN else area_of(reader)
    rows = reader.session.execute(
        select(
            Case.id,
            Case.seq,
            Case.summary,
            Case.lead_unit_id,
            Case.first_unit_id,
            Case.status,
            Case.urgency,
        )
        .where(seen_by(reader.person), _counted(reader, line), in_area(area))
        .order_by(Case.next_due_at.is_(None), Case.next_due_at, Case.id)
        .limit(_MOST_BEHIND)
    ).all()
    names = {unit.id: unit.short_name for unit in units(reader)}
    return tuple(
        BehindRow(
            row.id,
            row.seq,
            row.summary,
            names.get(row.lead_unit_id or row.first_unit_id, ""),
            row.status,
            row.urgency,
        )
        for row in rows
    )


def _counted(reader: Reader, line: MorningLine) -> ColumnElement[bool]:
    """Return the condition on cases that a line counts."""
    alive = standing_at(OPEN)
    if line is MorningLine.RECEIVED:
        return Case.received_at >= start_of(day_of(reader.now))
    if line is MorningLine.OVERDUE:
        return and_(alive, Case.next_due_at < reader.now)
    if line is MorningLine.DISSATISFIED:
        dissatisfied = Case.satisfaction == Satisfaction.DISSATISFIED
        return and_(dissatisfied, rated_badly(reader, reader.now - _LATELY))
    if line is MorningLine.TO_SIGN:
        return Case.id.in_([row.case_id for row in sign_queue(reader).waiting])
    return alive


def met_lately(reader: Reader) -> tuple[int, int]:
    """Return of how many cases handled in 30 days the appellant was met, and how many these are."""
    lately = (was_handled(), Case.received_at >= reader.now - _A_MONTH)
    area = area_of(reader)
    return _count(reader, area, *lately, was_met()), _count(reader, area, *lately)


def _to_ring(reader: Reader, area: frozenset[int] | None) -> tuple[RingLine, ...]:
    """Return whom a call from a leader would help most: the gravest first, then the first due."""
    rows = _ringable(reader, area)
    why = _why_ring(reader, rows)
    names = {unit.id: unit.short_name for unit in units(reader)}
    graver_first = sorted((row for row in rows if row.id in why), key=lambda row: why[row.id][0])
    return tuple(
        RingLine(
            row.id,
            row.seq,
            row.summary,
            names.get(row.lead_unit_id or row.first_unit_id, ""),
            why[row.id][1],
        )
        for row in graver_first[:_TO_RING]
    )


def _ringable(reader: Reader, area: frozenset[int] | None) -> Sequence[Any]:
    """Return the open cases where a call can still change something, the first due on top."""
    return reader.session.execute(
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
            Case.resolution,
            Case.satisfaction,
        )
        .where(
            seen_by(reader.person),
            standing_at(_TO_BE_RUNG),
            in_area(area),
            Case.do_not_call_at.is_(None),
        )
        .order_by(Case.round_no.desc(), Case.next_due_at.is_(None), Case.next_due_at, Case.id)
        .limit(300)
    ).all()


def _why_ring(reader: Reader, rows: Sequence[Any]) -> dict[int, tuple[int, str]]:
    """Return how grave each case is and why; how often somebody came is asked of few.

    It is asked in the order of the rows, and only until the list is full with what is as grave.
    """
    why = {row.id: _why(reader, row) for row in rows}
    asked = [row for row in rows if why[row.id] != _why(reader, row, times=OFTEN)]
    for start in range(0, len(asked), _AT_ONCE):
        often = _why(reader, asked[start], times=OFTEN)
        grave = (one for one in why.values() if one and often and one[0] <= often[0])
        if sum(1 for _ in grave) >= _TO_RING:
            break
        some = {row.id: row for row in asked[start : start + _AT_ONCE]}
        counted = select(Case.id, _times(reader)).where(Case.id.in_(some))
        for case_id, times in reader.session.execute(counted):
            why[case_id] = _why(reader, some[case_id], times=times)
    return {case_id: one for case_id, one in why.items() if one is not None}


def _why(reader: Reader, row: Any, *, times: int = 0) -> tuple[int, str] | None:
    facts = RingFacts(
        verdict=verdict_of(row.resolution, row.satisfaction),
        rounds=row.round_no,
        times=times,
        returns=row.return_count,
        is_overdue=row.next_due_at is not None and row.next_due_at < reader.now,
        urgency=row.urgency,
    )
    return why_ring(facts)


def _times(reader: Reader) -> ColumnElement[int]:
    """Return how many cases whoever brought this one has brought in a quarter."""
    if are_kept(reader.session, reader.person):
        return func.times_of_caller(Case.id, reader.now - _QUARTER, type_=Integer)
    mine, other, facts = aliased(PrivateFacts), aliased(Case), aliased(PrivateFacts)
    return (
        select(func.count(other.id))
        .join(facts, facts.case_id == other.id)
        .join(mine, mine.phone == facts.phone)
        .where(
            mine.case_id == Case.id,
            other.street_id == reader.person.street_id,
            other.received_at >= reader.now - _QUARTER,
            other.received_at <= Case.received_at,
        )
        .correlate(Case)
        .scalar_subquery()
    )


def _count(reader: Reader, area: frozenset[int] | None, *conditions: ColumnElement[bool]) -> int:
    query = select(func.count(Case.id)).where(seen_by(reader.person), in_area(area), *conditions)
    return reader.session.scalar(query) or 0
