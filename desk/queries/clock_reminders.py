"""The limits that are the reader's to stop (到期提醒), from the instants stored with each clock.

His unit's part while he or nobody of it holds it, cases to dispatch, opinions on his desk, papers
to seal and deliver, people to ring back; the calls he promised, and parked cases to look at again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, desc, func, or_, select, true, union_all

from desk.queries.roster import on_duty
from desk.rules.clock_codes import ExtensionKind, ExtensionState
from desk.rules.clock_reminders import (
    OwnLimit,
    TellingHours,
    promised_limit,
    telling_hours,
)
from desk.rules.codes import AssignmentRole, AssignmentStatus, CaseStatus, ClockKind, Role
from desk.rules.deadlines import OF_MEDIATIONS
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.wording import label
from desk.store.calls import call_rules
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar
from desk.store.models import (
    Assignment,
    Case,
    Clock,
    Contact,
    ExtensionRequest,
    SignStep,
    Unit,
)
from desk.store.sight import WORKERS, seen_by, standing_at

_AHEAD = timedelta(days=1)  # what begins to matter until then is known beforehand
_MOST = 500
_LEADERS = frozenset({Role.LEADER, Role.CHIEF})
_AT_WORK = frozenset(
    {CaseStatus.DISPATCHED, CaseStatus.ACCEPTED, CaseStatus.HANDLING, CaseStatus.OPINION}
)
_HELD = frozenset({AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """What the reader has to stop that is near or over, or will be within a day.

    Attributes:
        hours: whether he is told of it now.
    """

    limits: tuple[OwnLimit, ...]
    hours: TellingHours
    now: datetime


def own_limits(reader: Reader) -> OwnLimits:
    """Return the limits that are the reader's to stop, the first due on top."""
    limits = [*_of_clocks(reader), *_of_promises(reader), *_of_parked(reader)]
    session, street, today = reader.session, reader.person.street_id, day_of(reader.now)
    hours = telling_hours(
        reader.now,
        hall_calendar(session, street, today),
        call_rules(session, street, today).quiet,
        is_on_duty=on_duty_now(reader),
    )
    return OwnLimits(tuple(sorted(limits, key=lambda one: one.due_at)), hours, reader.now)


def on_duty_now(reader: Reader) -> bool:
    """Return whether the reader is on duty: by the roster, else as one of a 24-hour unit."""
    there = on_duty(reader)
    if any(one.staff_id == reader.person.staff_id for one in there):
        return True
    own = reader.person.units_above | {reader.person.home_unit_id}
    always = reader.session.scalars(
        select(Unit.id).where(Unit.id.in_(sorted(own)), Unit.is_always_open)
    )
    return bool(set(always) - {one.unit_id for one in there})


def _of_clocks(reader: Reader) -> Iterator[OwnLimit]:
    wanted = list(_mine(reader))
    if not wanted:
        return
    seen: set[int] = set()
    # what ends next counts more than what ended long ago, should there be too much
    for row in reader.session.execute(union_all(*wanted).order_by(desc("due_at")).limit(_MOST)):
        if row.id not in seen:  # a dispatcher may handle cases as well
            seen.add(row.id)
            yield OwnLimit(
                key=f"clock:{row.id}",
                case_id=row.case_id,
                seq=row.seq,
                name=label(row.kind),
                summary=row.summary,
                urgency=row.urgency,
                near_at=row.near_at,
                due_at=row.due_at,
                remind_at=row.remind_at,
            )


def _mine(reader: Reader) -> Iterator[Select[Any]]:
    """Yield for each of the reader's roles the clocks that are his to stop."""
    person = reader.person
    if person.roles & WORKERS:
        of_a_support = select(Assignment.id).where(
            Assignment.id == Clock.assignment_id, Assignment.role != AssignmentRole.LEAD
        )
        for mine in _in_hand(reader):  # apart: each has an index of its own
            yield _clocks(reader).where(mine, ~of_a_support.exists())
        yield _supported(reader)
    if Role.DISPATCHER in person.roles:
        yield _clocks(reader).where(standing_at([CaseStatus.RECEIVED]))
    yield from _on_paper(reader)


def _on_paper(reader: Reader) -> Iterator[Select[Any]]:
    """Yield the same for those who have it once the opinion is written."""
    person = reader.person
    clocks = _clocks(reader).where(Clock.kind != ClockKind.NOTIFY)  # that is the handler's
    if Role.FOLLOW_UP in person.roles:
        yield clocks.where(standing_at([CaseStatus.FOLLOW_UP]))
    if Role.OFFICE in person.roles:
        yield clocks.where(standing_at([CaseStatus.SEALING, CaseStatus.DELIVERING]))
    if person.seeing_roles & _LEADERS:
        yield clocks.where(standing_at([CaseStatus.SIGNING]), Case.id.in_(_on_desk(reader)))


def _in_hand(reader: Reader) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a case is handled by the reader, or waits for his unit."""
    person, at_work = reader.person, standing_at(_AT_WORK)
    yield and_(Case.handler_id == person.staff_id, at_work)
    nobodys = Case.handler_id.is_(None) | (Case.status == CaseStatus.DISPATCHED)
    yield and_(Case.lead_unit_id.in_(sorted(person.unit_ids)), nobodys, at_work)


def _clocks(reader: Reader) -> Select[Any]:
    """Return the clocks that run and are near, over, or will be within a day."""
    until = reader.now + _AHEAD
    columns: tuple[Any, ...] = (
        Clock.id,
        Clock.case_id,
        Case.seq,
        Clock.kind,
        Case.summary,
        Case.urgency,
        Clock.near_at,
        Clock.due_at,
        Clock.remind_at,
    )
    return (
        select(*columns)
        .join(Case, and_(Case.id == Clock.case_id, Case.round_no == Clock.round_no))
        .where(
            seen_by(reader.person),
            Clock.stopped_at.is_(None),
            Clock.set_aside_at.is_(None),
            Clock.paused_since.is_(None),
            Clock.is_applicable.is_(True),
            Clock.kind.not_in(sorted(OF_MEDIATIONS)),
            or_(Clock.near_at <= until, Clock.remind_at <= until),
        )
    )


def _supported(reader: Reader) -> Select[Any]:
    person = reader.person
    return (
        _clocks(reader)
        .join(Assignment, Assignment.id == Clock.assignment_id)
        .where(
            Assignment.case_id == Case.id,  # said too, so that it begins with the unit's parts
            Assignment.role != AssignmentRole.LEAD,
            Assignment.unit_id.in_(sorted(person.unit_ids)),
            Assignment.status.in_(sorted(_HELD)),
            Assignment.handler_id.is_(None) | (Assignment.handler_id == person.staff_id),
        )
    )


def _on_desk(reader: Reader) -> Select[Any]:
    """Return the cases whose opinion lies where the reader may sign, for himself or in place."""
    person = reader.person
    anybody = [Role.LEADER, *({Role.CHIEF} & person.seeing_roles)]
    mine = SignStep.signer_id.in_(sorted({person.staff_id} | person.acts_for))
    return select(SignStep.case_id).where(
        SignStep.street_id == person.street_id,
        SignStep.arrived_at.is_not(None),
        SignStep.signed_at.is_(None),
        mine | and_(SignStep.signer_id.is_(None), SignStep.role.in_(anybody)),
    )


def _of_promises(reader: Reader) -> Iterator[OwnLimit]:
    """Yield the calls that the reader promised or took over, or that wait for who has the case."""
    person = reader.person
    whose = func.coalesce(Contact.call_owner_id, Contact.staff_id) == person.staff_id
    if person.roles & WORKERS:
        whose = or_(whose, *_in_hand(reader))
    rows: Any = reader.session.execute(
        select(Contact.id, Contact.call_back_at, Case.id, Case.seq, Case.summary, Case.urgency)
        .join(Case, Case.id == Contact.case_id)
        .where(
            Contact.street_id == person.street_id,
            Contact.call_back_at <= reader.now + _AHEAD,
            Contact.called_back_at.is_(None),
            whose,
            seen_by(person),
            Case.status.in_(sorted(OPEN)),
        )
        .order_by(Contact.call_back_at.desc())
        .limit(_MOST)
    )
    for contact, at, case_id, seq, summary, urgency in rows:
        yield promised_limit(
            contact_id=contact, case_id=case_id, seq=seq, summary=summary, urgency=urgency, at=at
        )


def _of_parked(reader: Reader) -> Iterator[OwnLimit]:
    """Yield parked cases whose day of review has come: to who asked for it, and to dispatchers."""
    person = reader.person
    asked = ExtensionRequest
    mine: ColumnElement[bool] = asked.asked_by == person.staff_id
    if Role.DISPATCHER in person.roles:
        mine = true()
    rows: Any = reader.session.execute(
        select(asked.id, asked.review_on, Case.id, Case.seq, Case.summary, Case.urgency)
        .join(Case, Case.id == asked.case_id)
        .where(
            asked.street_id == person.street_id,
            asked.state == ExtensionState.GRANTED,
            asked.review_on <= day_of(reader.now),
            asked.kind == ExtensionKind.PARK,
            asked.ended_at.is_(None),
            mine,
            seen_by(person),
            Case.status == CaseStatus.PARKED,
        )
        .order_by(asked.review_on, asked.id)
        .limit(_MOST)
    )
    for request, day, case_id, seq, summary, urgency in rows:
        key, begins, ends = f"review:{request}", start_of(day), end_of(day)
        yield OwnLimit(key, case_id, seq, "挂账复核", summary, urgency, begins, ends)
