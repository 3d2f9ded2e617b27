"""The six queues of the first leader's desk (一把手工作台, DOMAIN.md 001-4), without contact data.

One query fills one queue, each from a small index: open cases, or the bad ratings of some weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text
from sqlalchemy import case as first_of

from desk.queries.assessments import why_of
from desk.queries.clock_rows import ClockRow, next_clocks
from desk.queries.leader_area import area_of, area_words, in_area
from desk.queries.lookups import units
from desk.rules.assessment_codes import RequestKind, RequestState
from desk.rules.assessment_requests import PENDING, lies_with
from desk.rules.codes import (
    CaseStatus,
    ContactResult,
    Resolution,
    Role,
    Satisfaction,
    Urgency,
    Verdict,
)
from desk.rules.leader_queues import Facts, LeaderQueue, looked_back_to, say_why
from desk.rules.lifecycle import CALLED, OPEN
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.rights import Person
from desk.rules.supervising import OPEN as SUPERVISED
from desk.rules.three_rates import RATED
from desk.rules.verdicts import AGREED, verdict_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import AssessmentRequest, Case, Contact, FollowUp, StaffRole, Supervision
from desk.store.models.handling import RATED_BADLY
from desk.store.request_desks import request_desk
from desk.store.sight import seen_by, standing_at

Q = LeaderQueue
_MOST = 100
_LEADERS = (Role.LEADER, Role.CHIEF)
_OF_LEADERS = (RequestState.AREA, RequestState.CHIEF)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case in a queue.

    Attributes:
        why: what a leader should know of it in a few words.
        kind: what a request that waits for his signature asks for.
    """

    case_id: int
    seq: int
    summary: str
    unit: str
    urgency: Urgency
    status: CaseStatus
    verdict: Verdict | None
    why: str
    clock: ClockRow | None = None
    kind: RequestKind | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """One queue: its first rows, and how many there are in all."""

    rows: tuple[QueueRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class LeaderQueues:
    """The whole desk; for which units it is said."""

    queues: dict[LeaderQueue, Queued]
    area: str


def leader_queues(reader: Reader) -> LeaderQueues:
    """Return the six queues for the reader's own units (领导包片); what he signs is his alone."""
    area = area_of(reader)
    names = {unit.id: unit.short_name for unit in units(reader)}
    found = {
        queue: _to_sign(reader, names)
        if queue is Q.TO_SIGN
        else _queued(reader, queue, names, in_area(area))
        for queue in LeaderQueue
    }
    return LeaderQueues(found, area_words(reader, area))


def picture_rows(reader: Reader, queue: LeaderQueue, day: date) -> Sequence[Any]:
    """Return id, number and unit of what a queue holds of the cases that all overseers may see."""
    unit = func.coalesce(Case.lead_unit_id, Case.first_unit_id).label("unit_id")
    query = (
        select(Case.id, Case.number, unit)
        .where(seen_by(reader.person), known_to_all(), _inside(reader, queue, day))
        .order_by(Case.id)
    )
    return reader.session.execute(query).all()


def known_to_all() -> ColumnElement[bool]:
    """Return the condition that everybody who oversees the hall may see a case."""
    return and_(
        Case.is_secret.is_(False),
        Case.accused_unit_id.is_(None),
        Case.accused_staff_id.is_(None),
    )


def rated_badly(
    reader: Reader, first: datetime, last: datetime | None = None
) -> ColumnElement[bool]:
    """Return the condition that an appellant called a case other than 双是 in these days."""
    within: list[ColumnElement[bool]] = [
        FollowUp.street_id == reader.person.street_id,
        FollowUp.happened_at >= first,
    ]
    if last is not None:
        within.append(FollowUp.happened_at < last)
    return Case.id.in_(select(FollowUp.case_id).where(text(RATED_BADLY), *within))


def _queued(
    reader: Reader, queue: LeaderQueue, names: dict[int, str], inside: ColumnElement[bool]
) -> Queued:
    holds: ColumnElement[bool] = _inside(reader, queue, day_of(reader.now)) & inside
    promised = _promised(reader)
    if queue is Q.TO_CALL:  # what he promised himself is his, whoever answers for the unit
        own = Case.id.in_(_promised_cases(reader))
        holds = or_(and_(standing_at(OPEN), holds), and_(standing_at(CALLED), own))
    rows = reader.session.execute(
        _columns(promised)
        .where(seen_by(reader.person), holds)
        .order_by(*_order(queue, promised))
        .limit(_MOST)
    ).all()
    clocks = next_clocks(reader, [row.id for row in rows])
    return Queued(
        tuple(
            QueueRow(
                case_id=row.id,
                seq=row.seq,
                summary=row.summary,
                unit=names.get(row.unit_id, ""),
                urgency=row.urgency,
                status=row.status,
                verdict=verdict_of(row.resolution, row.satisfaction),
                why=say_why(queue, _facts(row), seen_at=reader.now),
                clock=clocks.get(row.id),
            )
            for row in rows
        ),
        rows[0].count_ if rows else 0,
    )


def _columns(promised: ColumnElement[datetime | None]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Case.id,
        Case.seq,
        Case.summary,
        func.coalesce(Case.lead_unit_id, Case.first_unit_id).label("unit_id"),
        Case.urgency,
        Case.status,
        Case.round_no,
        Case.resolution,
        Case.satisfaction,
        Case.discontent,
        Case.key_reason,
        Case.is_complex,
        promised.label("promised_at"),
        _is_supervised().label("is_supervised"),
        _is_asked().label("is_asked"),
        func.count().over().label("count_"),
    )
    return select(*columns)


def _facts(row: Any) -> Facts:
    return Facts(
        verdict=verdict_of(row.resolution, row.satisfaction),
        round_no=row.round_no,
        key_reason=row.key_reason or "",
        discontent=label(row.discontent) if row.discontent is not None else "",
        promised_at=row.promised_at,
        is_complex=row.is_complex,
        is_supervised=row.is_supervised,
        is_asked=row.is_asked,
    )


def _inside(reader: Reader, queue: LeaderQueue, day: date) -> ColumnElement[bool]:
    """Return the condition on `cases` that a queue holds the case."""
    untouched = and_(~_is_supervised(), ~_was_rung(reader))
    if queue is Q.DOUBLE_NO:
        return and_(rated_badly(reader, start_of(day), end_of(day)), _is_double_no(), untouched)
    if queue is Q.NOT_YES:
        since = start_of(looked_back_to(day))
        return and_(rated_badly(reader, since), _is_not_double_yes(), untouched)
    if queue is Q.KEY:
        return and_(Case.key_reason.is_not(None), standing_at(OPEN))
    if queue is Q.HARD:
        return and_(Case.is_complex, standing_at(OPEN))
    if queue is Q.TO_CALL:
        grave = or_(Case.key_reason.is_not(None), Case.is_complex, Case.round_no > 1)
        may_ring = Case.do_not_call_at.is_(None)
        return and_(standing_at({CaseStatus.FOLLOW_UP}), grave, may_ring, ~_was_rung(reader))
    return Case.id.in_(
        select(AssessmentRequest.case_id).where(
            AssessmentRequest.street_id == reader.person.street_id,
            AssessmentRequest.state.in_(_OF_LEADERS),
        )
    )


def _is_double_no() -> ColumnElement[bool]:
    return and_(Case.resolution == Resolution.NO, Case.satisfaction == Satisfaction.DISSATISFIED)


def _is_not_double_yes() -> ColumnElement[bool]:
    unsolved = or_(Case.resolution.is_(None), Case.resolution.not_in(sorted(AGREED)))
    bad = or_(Case.satisfaction == Satisfaction.DISSATISFIED, unsolved)
    return and_(Case.counts_in_rates, Case.satisfaction.in_(sorted(RATED)), bad)


def _is_supervised() -> ColumnElement[bool]:
    return exists(
        select(Supervision.id).where(
            Supervision.case_id == Case.id, Supervision.state.in_(sorted(SUPERVISED))
        )
    )


def _is_asked() -> ColumnElement[bool]:
    return exists(
        select(AssessmentRequest.id).where(
            AssessmentRequest.case_id == Case.id, AssessmentRequest.state.in_(sorted(PENDING))
        )
    )


def _was_rung(reader: Reader) -> ColumnElement[bool]:
    """Return the condition that a leader has reached the appellant himself in this round."""
    leaders = select(StaffRole.staff_id).where(
        StaffRole.street_id == reader.person.street_id, StaffRole.role.in_(_LEADERS)
    )
    return exists(
        select(Contact.id).where(
            Contact.case_id == Case.id,
            Contact.round_no == Case.round_no,
            Contact.result == ContactResult.REACHED,
            Contact.staff_id.in_(leaders),
        )
    )


def _promised(reader: Reader) -> ColumnElement[datetime | None]:
    """Return the first call about a case that the reader himself has promised."""
    mine = _own_promises(reader)
    query = select(func.min(Contact.call_back_at)).where(Contact.case_id == Case.id, *mine)
    return query.correlate(Case).scalar_subquery()


def _promised_cases(reader: Reader) -> Select[Any]:
    """Return the cases about which he promised to ring: few, from an index of what is promised."""
    return select(Contact.case_id).where(*_own_promises(reader))


def _own_promises(reader: Reader) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on `contacts` that the reader rings until tomorrow night."""
    return (
        Contact.street_id == reader.person.street_id,
        func.coalesce(Contact.call_owner_id, Contact.staff_id) == reader.person.staff_id,
        Contact.call_back_at.is_not(None),
        Contact.called_back_at.is_(None),
        Contact.call_back_at < end_of(day_of(reader.now) + timedelta(days=1)),
    )


def _order(queue: LeaderQueue, promised: ColumnElement[datetime | None]) -> list[Any]:
    due = [first_of((Case.next_due_at.is_(None), 1), else_=0), Case.next_due_at, Case.id]
    if queue is Q.TO_CALL:
        return [first_of((promised.is_(None), 1), else_=0), promised, *due]
    if queue is Q.NOT_YES:
        return [first_of((_is_double_no(), 0), else_=1), Case.received_at, Case.id]
    return due


def _to_sign(reader: Reader, names: dict[int, str]) -> Queued:
    """Return the requests that lie on the reader's desk, the oldest first."""
    found = reader.session.execute(
        select(AssessmentRequest, Case)
        .join(Case, Case.id == AssessmentRequest.case_id)
        .where(
            AssessmentRequest.street_id == reader.person.street_id,
            AssessmentRequest.state.in_(sorted(PENDING)),
            seen_by(reader.person),
        )
        .order_by(AssessmentRequest.asked_at, AssessmentRequest.id)
    ).all()
    mine = [
        QueueRow(
            case_id=case.id,
            seq=case.seq,
            summary=case.summary,
            unit=names.get(row.unit_id, ""),
            urgency=case.urgency,
            status=case.status,
            verdict=verdict_of(case.resolution, case.satisfaction),
            why=f"{label(row.kind)}：{why_of(row)}",
            kind=row.kind,
        )
        for row, case in found
        if _is_for(row, reader.person) and lies_with(request_desk(case, row), reader.person)
    ]
    return Queued(tuple(mine[:_MOST]), len(mine))


def _is_for(row: AssessmentRequest, person: Person) -> bool:
    """Return whether a request waits for this very leader.

    The first leader may sign for any other, but not before it is his turn unless he is named.
    """
    is_others = row.state is RequestState.AREA and row.leader_id not in (
        {person.staff_id} | person.acts_for
    )
    return not (is_others and Role.CHIEF in person.roles)
