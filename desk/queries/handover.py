"""What goes into other hands at a change of shift (交班), and what waits to be taken over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy import case as first_of
from sqlalchemy.orm import aliased

from desk.rules.codes import AssignmentStatus, CaseStatus, ClockKind, KeptKind
from desk.rules.lifecycle import CALLED, OPEN
from desk.rules.mediation_codes import MediationStatus
from desk.rules.moments import day_of, end_of
from desk.rules.whistle_codes import WhistleState
from desk.store.database import Reader
from desk.store.handover_lines import (
    lines_known_to,
    own_mediations,
    own_supports,
    own_whistles,
)
from desk.store.mediation_sight import known_to
from desk.store.models import (
    Assignment,
    Case,
    Clock,
    Contact,
    Handover,
    KeptItem,
    Mediation,
    Paper,
    PrivateFacts,
    Staff,
    Street,
    Whistle,
)
from desk.store.models.hall import today_rows
from desk.store.sight import in_own_hands, seen_by, standing_at
from desk.store.unit_names import unit_name
from desk.store.whistle_sight import whistle_seen_by

_RECENT = 12
_MOST = 200


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in one's hands."""

    id: int
    seq: int
    summary: str
    status: CaseStatus
    next_clock: ClockKind | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSupport:
    """A support in one's hands: another unit leads the case."""

    id: int
    case_id: int
    seq: int
    summary: str
    status: AssignmentStatus
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Watched:
    """A mediation or a whistle of one's own: a colleague looks after it meanwhile."""

    id: int
    number: str
    status: MediationStatus | WhistleState
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that was promised and not made yet."""

    id: int
    case_id: int
    seq: int
    number: str
    who: str
    at: datetime
    about: str
    by: str


@dataclass(frozen=True, slots=True)
class KeptThing:
    """A thing that somebody keeps."""

    id: int
    kind: KeptKind
    name: str
    case_id: int | None
    seq: int | None
    taken_at: datetime
    holder: str
    note: str


@dataclass(frozen=True, slots=True)
class Written:
    """A handover: whose, for whom, and what is in it (as it was when it was written)."""

    id: int
    from_name: str
    to_name: str
    is_mine: bool
    written_at: datetime
    taken_at: datetime | None
    note: str
    row: Mapping[str, Any]
    paper_id: int | None
    paper_number: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of one's own unit who may take over."""

    id: int
    name: str
    desk_name: str


@dataclass(frozen=True, slots=True)
class ShiftDesk:
    """Everything that the page of shifts shows."""

    cases: tuple[OpenCase, ...]
    supports: tuple[OpenSupport, ...]
    calls: tuple[OpenCall, ...]
    items: tuple[KeptThing, ...]
    mediations: tuple[Watched, ...]
    whistles: tuple[Watched, ...]
    colleagues: tuple[Colleague, ...]
    waiting: tuple[Written, ...]
    recent: tuple[Written, ...]


def shift_desk(reader: Reader) -> ShiftDesk:
    """Return one's own open work, what waits for oneself, and the latest handovers."""
    me = reader.person.staff_id
    handovers = _handovers(reader)
    return ShiftDesk(
        cases=_open_cases(reader),
        supports=_open_supports(reader),
        calls=open_calls(reader, func.coalesce(Contact.call_owner_id, Contact.staff_id) == me),
        items=kept_things(reader, KeptItem.holder_id == me),
        mediations=_own_mediations(reader),
        whistles=_own_whistles(reader),
        colleagues=_colleagues(reader),
        waiting=tuple(h for h in handovers if h.taken_at is None),
        recent=tuple(h for h in handovers if h.taken_at is not None),
    )


def handovers_waiting(reader: Reader) -> int:
    """Return how many handovers wait to be taken over by the reader."""
    found = reader.session.scalar(
        select(func.count(Handover.id)).where(
            Handover.to_id == reader.person.staff_id,
            Handover.taken_at.is_(None),
            Handover.withdrawn_at.is_(None),
        )
    )
    return found or 0


def open_calls(reader: Reader, whose: Any, until: date | None = None) -> tuple[OpenCall, ...]:
    """Return promised calls that nobody has made, the earliest first.

    Args:
        whose: the condition on `Contact` that says whose.
        until: the last day; None for all of them.
    """
    promiser = aliased(Staff)
    mine = func.coalesce(Contact.call_owner_id, Contact.staff_id) == reader.person.staff_id
    known = and_(Case.hides_appellant.is_(False), or_(mine, in_own_hands(reader.person)))
    query = (
        select(Contact, Case, first_of((known, PrivateFacts.name), else_=None), promiser.name)
        .select_from(Contact)
        .join(Case, Case.id == Contact.case_id)
        .outerjoin(PrivateFacts, PrivateFacts.case_id == Contact.case_id)
        .join(promiser, promiser.id == Contact.staff_id)
        .where(
            seen_by(reader.person),
            standing_at(CALLED),
            whose,
            Contact.call_back_at.is_not(None),
            Contact.called_back_at.is_(None),
        )
        .order_by(Contact.call_back_at, Contact.id)
        .limit(_MOST)
    )
    if until is not None:
        query = query.where(Contact.call_back_at < end_of(until))
    return tuple(
        OpenCall(
            id=contact.id,
            case_id=case.id,
            seq=case.seq,
            number=case.number,
            who=name or ("未留姓名" if case.is_anonymous else case.appellant_shown),
            at=contact.call_back_at,
            about=contact.note or case.summary,
            by=by,
        )
        for contact, case, name, by in reader.session.execute(query)
        if contact.call_back_at is not None
    )


def calls_of_tomorrow(reader: Reader) -> tuple[OpenCall, ...]:
    """Return the calls that the reader's unit promised until tomorrow night (答应的回电)."""
    staff = select(Staff.id).where(Staff.unit_id.in_(sorted(reader.person.unit_ids)))
    owner = func.coalesce(Contact.call_owner_id, Contact.staff_id)
    return open_calls(reader, owner.in_(staff), day_of(reader.now) + timedelta(days=1))


def kept_things(reader: Reader, whose: Any) -> tuple[KeptThing, ...]:
    """Return what is kept and has not been given back, the oldest first."""
    rows = reader.session.execute(
        select(KeptItem, Case.seq, Staff.name)
        .select_from(KeptItem)
        .outerjoin(Case, (Case.id == KeptItem.case_id) & seen_by(reader.person))
        .join(Staff, Staff.id == KeptItem.holder_id)
        .where(
            KeptItem.street_id == reader.person.street_id,
            KeptItem.given_back_at.is_(None),
            whose,
        )
        .order_by(KeptItem.taken_at, KeptItem.id)
    )
    return tuple(
        KeptThing(
            id=item.id,
            kind=item.kind,
            name=item.name,
            case_id=item.case_id if seq else None,  # a case he may not see is not named
            seq=seq,
            taken_at=item.taken_at,
            holder=holder,
            note=item.note or "",
        )
        for item, seq, holder in rows
    )


def shift_heading(reader: Reader) -> str:
    """Return the unit whose shift it is."""
    street = reader.session.get_one(Street, reader.person.street_id).name
    today = day_of(reader.now)
    return unit_name(reader.session, reader.person.home_unit_id, today) or street


def _open_cases(reader: Reader) -> tuple[OpenCase, ...]:
    rows = reader.session.execute(
        select(Case.id, Case.seq, Case.summary, Case.status, Case.next_clock, Case.next_due_at)
        .where(
            seen_by(reader.person),
            standing_at(OPEN),
            Case.handler_id == reader.person.staff_id,
        )
        .order_by(Case.next_due_at.is_(None), Case.next_due_at, Case.id)
        .limit(_MOST)
    )
    return tuple(OpenCase(*row) for row in rows)


def _open_supports(reader: Reader) -> tuple[OpenSupport, ...]:
    rows = reader.session.execute(
        select(Assignment.id, Case.id, Case.seq, Case.summary, Assignment.status, Clock.due_at)
        .join(Case, Case.id == Assignment.case_id)
        .outerjoin(
            Clock,
            and_(
                Clock.assignment_id == Assignment.id,
                Clock.kind == ClockKind.HANDLE,
                Clock.stopped_at.is_(None),
            ),
        )
        .where(seen_by(reader.person), standing_at(OPEN), own_supports(reader.person.staff_id))
        .order_by(Clock.due_at.is_(None), Clock.due_at, Assignment.id)
        .limit(_MOST)
    )
    return tuple(OpenSupport(*row) for row in rows)


def _own_mediations(reader: Reader) -> tuple[Watched, ...]:
    rows = reader.session.execute(
        select(Mediation.id, Mediation.number, Mediation.status, Mediation.due_on)
        .where(own_mediations(reader.person.staff_id), known_to(reader.person, reader.now))
        .order_by(Mediation.due_on.is_(None), Mediation.due_on, Mediation.id)
        .limit(_MOST)
    )
    return tuple(Watched(*row) for row in rows)


def _own_whistles(reader: Reader) -> tuple[Watched, ...]:
    rows = reader.session.execute(
        select(Whistle.id, Whistle.number, Whistle.state)
        .where(own_whistles(reader.person.staff_id), whistle_seen_by(reader.person))
        .order_by(Whistle.raised_at, Whistle.id)
        .limit(_MOST)
    )
    return tuple(Watched(*row) for row in rows)


def _colleagues(reader: Reader) -> tuple[Colleague, ...]:
    rows = reader.session.execute(
        select(Staff.id, Staff.name, Staff.desk_name)
        .where(
            Staff.unit_id == reader.person.home_unit_id,
            Staff.id != reader.person.staff_id,
            Staff.is_built_in.is_(False),
            today_rows(Staff, day_of(reader.now)),
        )
        .order_by(Staff.login)
    )
    return tuple(Colleague(row.id, row.name, row.desk_name or "") for row in rows)


def _handovers(reader: Reader) -> tuple[Written, ...]:
    me = reader.person.staff_id
    before, after = aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(Handover, before.name, after.name, Paper.number)
        .select_from(Handover)
        .join(before, before.id == Handover.from_id)
        .join(after, after.id == Handover.to_id)
        .outerjoin(Paper, Paper.id == Handover.paper_id)
        .where(or_(Handover.from_id == me, Handover.to_id == me), Handover.withdrawn_at.is_(None))
        .order_by(Handover.written_at.desc())
        .limit(_RECENT)
    )
    return tuple(
        Written(
            id=row.id,
            from_name=from_name,
            to_name=to_name,
            is_mine=row.from_id == me,
            written_at=row.written_at,
            taken_at=row.taken_at,
            note=row.note or "",
            row=row.row
            if row.from_id == me
            else lines_known_to(reader.session, reader.person, row.row, reader.now),
            paper_id=row.paper_id,
            paper_number=number or "",
        )
        for row, from_name, to_name, number in rows
    )
