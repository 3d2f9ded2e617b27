"""The limits that are the reader's to stop (到期提醒), from the instants stored with each clock.

His unit's part while he or nobody of it holds it, cases to dispatch, opinions on his desk, papers
to seal and deliver, people to ring back; the calls he promised, and parked cases to look at again.
What the desks do not see of this is the keepers' of secrets (9.4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true

from desk.queries.roster import on_duty
from desk.rules.clock_codes import ExtensionKind, ExtensionState
from desk.rules.clock_reminders import (
    OwnLimit,
    TellingHours,
    promised_limit,
    telling_hours,
)
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockKind,
    Role,
    UnitKind,
)
from desk.rules.deadlines import OF_MEDIATIONS
from desk.rules.lifecycle import CALLED
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.rights import KEEPERS_OF_SECRETS
from desk.rules.supervising import WITH_UNIT, half_and_near
from desk.rules.wording import label
from desk.store.calls import call_rules
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar
from desk.store.models import (
    Assignment,
    Case,
    Clock,
    Contact,
    DispatchProposal,
    ExtensionRequest,
    SignStep,
    StaffRole,
    Supervision,
    Unit,
)
from desk.store.models.hall import today_rows
from desk.store.sight import WORKERS, confidential, seen_by, standing_at

_AHEAD = timedelta(days=1)  # what begins to matter until then is known beforehand
_MOST = 500
_MOST_CASES = 1_000
_BATCH = 500
_LEADERS = frozenset({Role.LEADER, Role.CHIEF})
_AFTER_SIGNING = frozenset({CaseStatus.SEALING, CaseStatus.DELIVERING, CaseStatus.FOLLOW_UP})
_AT_WORK = frozenset(
    {CaseStatus.DISPATCHED, CaseStatus.ACCEPTED, CaseStatus.HANDLING, CaseStatus.OPINION}
)
_HELD = frozenset({AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED, AssignmentStatus.RETURNING})


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
    limits = [
        *_of_clocks(reader),
        *_of_promises(reader),
        *_of_parked(reader),
        *_of_supervisions(reader),
    ]
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
    """Yield first whose cases and then their clocks: both engines find each by its index."""
    held = [row for query in _held(reader) for row in _first(reader, query)]
    parts = _own_parts(reader)
    cases = {row.id for row in held}
    papers = {row.id for query in _on_paper(reader) for row in _first(reader, query)} - cases
    for row in _running(reader, sorted({*cases, *papers, *parts.values()})):
        if row.role not in {None, AssignmentRole.LEAD}:
            is_mine = row.assignment_id in parts
        elif row.case_id in papers:
            is_mine = row.kind is not ClockKind.NOTIFY  # that is the handler's
        else:
            is_mine = row.case_id in cases
        if is_mine:
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


def _first(reader: Reader, whose: ColumnElement[bool]) -> Sequence[Any]:
    """Return the cases whose clocks burn first; whoever has more of them has other worries."""
    query = select(Case.id).where(seen_by(reader.person), whose, Case.next_due_at.is_not(None))
    return reader.session.execute(query.order_by(Case.next_due_at).limit(_MOST_CASES)).all()


def _held(reader: Reader) -> Iterator[ColumnElement[bool]]:
    """Yield which cases are the reader's to handle or to dispatch; each has its own index."""
    if reader.person.roles & WORKERS:
        yield from _in_hand(reader)
    if Role.DISPATCHER in reader.person.roles:
        yield standing_at([CaseStatus.RECEIVED])
    if reader.person.roles & KEEPERS_OF_SECRETS:
        waits = _is_proposed() if reader.person.roles & _LEADERS else false()
        theirs = and_(confidential(), or_(_in_their_keeping(reader), waits))
        yield and_(standing_at([CaseStatus.RECEIVED]), theirs)


def _on_paper(reader: Reader) -> Iterator[ColumnElement[bool]]:
    """Yield which are his once the opinion is written: on his desk, to seal, to ring back."""
    person = reader.person
    if Role.FOLLOW_UP in person.roles:
        yield standing_at([CaseStatus.FOLLOW_UP])
    if Role.OFFICE in person.roles:
        yield standing_at([CaseStatus.SEALING, CaseStatus.DELIVERING])
    if person.roles & KEEPERS_OF_SECRETS:  # the desks above do not see these
        yield and_(standing_at(_AFTER_SIGNING), Case.is_secret, _in_their_keeping(reader))
    if person.seeing_roles & _LEADERS:
        yield and_(standing_at([CaseStatus.SIGNING]), Case.id.in_(_on_desk(reader)))


def _in_their_keeping(reader: Reader) -> ColumnElement[bool]:
    """Return which of the confidential cases a keeper of secrets sees to (DOMAIN.md 9.4).

    The inspectors to all of them; the leaders to what is about the inspectors, or to everything
    in a street that has none.
    """
    person, today = reader.person, day_of(reader.now)
    if Role.INSPECTOR in person.roles:
        return true()
    there = select(StaffRole.staff_id).where(
        StaffRole.street_id == person.street_id,
        StaffRole.role == Role.INSPECTOR,
        today_rows(StaffRole, today),
    )
    if not (inspectors := sorted(set(reader.session.scalars(there)))):
        return true()
    own_unit = select(Unit.id).where(Unit.kind == UnitKind.INSPECTION)
    return or_(Case.accused_staff_id.in_(inspectors), Case.accused_unit_id.in_(own_unit))


def _is_proposed() -> ColumnElement[bool]:
    """Return the condition that somebody is asked for his word on where the case goes."""
    return exists(
        select(DispatchProposal.id).where(
            DispatchProposal.case_id == Case.id, DispatchProposal.decided_at.is_(None)
        )
    )


def _in_hand(reader: Reader) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a case is handled by the reader, or waits for his unit."""
    person, at_work = reader.person, standing_at(_AT_WORK)
    yield and_(Case.handler_id == person.staff_id, at_work)
    nobodys = Case.handler_id.is_(None) | (Case.status == CaseStatus.DISPATCHED)
    yield and_(Case.lead_unit_id.in_(sorted(person.unit_ids)), nobodys, at_work)


def _own_parts(reader: Reader) -> dict[int, int]:
    """Return the cases that the reader supports, by his unit's part in them."""
    person = reader.person
    if not person.roles & WORKERS:
        return {}
    rows = reader.session.execute(
        select(Assignment.id, Assignment.case_id)
        .join(Case, and_(Case.id == Assignment.case_id, Case.round_no == Assignment.round_no))
        .where(
            Assignment.role != AssignmentRole.LEAD,
            Assignment.unit_id.in_(sorted(person.unit_ids)),
            Assignment.status.in_(sorted(_HELD)),
            Assignment.handler_id.is_(None) | (Assignment.handler_id == person.staff_id),
            seen_by(person),
        )
        .limit(_MOST_CASES)
    )
    return {row.id: row.case_id for row in rows}


def _running(reader: Reader, cases: Sequence[int]) -> Iterator[Any]:
    """Yield the clocks of these cases that are near, over, or will be within a day."""
    until = reader.now + _AHEAD
    columns: tuple[Any, ...] = (
        Clock.id,
        Clock.case_id,
        Clock.assignment_id,
        Assignment.role,
        Case.seq,
        Clock.kind,
        Case.summary,
        Case.urgency,
        Clock.near_at,
        Clock.due_at,
        Clock.remind_at,
    )
    query = (
        select(*columns)
        .join(Case, and_(Case.id == Clock.case_id, Case.round_no == Clock.round_no))
        .outerjoin(Assignment, Assignment.id == Clock.assignment_id)
        .where(
            Clock.stopped_at.is_(None),
            Clock.set_aside_at.is_(None),
            Clock.paused_since.is_(None),
            Clock.is_applicable.is_(True),
            Clock.kind.not_in(sorted(OF_MEDIATIONS)),
            or_(Clock.near_at <= until, Clock.remind_at <= until),
        )
    )
    for at in range(0, len(cases), _BATCH):
        some = Clock.case_id.in_(cases[at : at + _BATCH])
        yield from reader.session.execute(query.where(some))


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
            Case.status.in_(sorted(CALLED)),
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


def _of_supervisions(reader: Reader) -> Iterator[OwnLimit]:
    """Yield what the reader's unit has to report on and has not (督办)."""
    person = reader.person
    if not person.roles & WORKERS:
        return
    one = Supervision
    rows: Any = reader.session.execute(
        select(one.id, one.issued_at, one.due_at, Case.id, Case.seq, Case.summary, Case.urgency)
        .join(Case, Case.id == one.case_id)
        .where(
            one.street_id == person.street_id,
            one.state.in_(sorted(WITH_UNIT)),
            one.unit_id.in_(sorted(person.unit_ids)),
            seen_by(person),
        )
        .order_by(one.due_at, one.id)
        .limit(_MOST)
    )
    for supervision, begun, due_at, case_id, seq, summary, urgency in rows:
        _half, near_at = half_and_near(begun, due_at)
        if near_at <= reader.now + _AHEAD:
            key = f"supervision:{supervision}"
            yield OwnLimit(key, case_id, seq, "督办", summary, urgency, near_at, due_at)
