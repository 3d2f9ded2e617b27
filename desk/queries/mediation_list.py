"""Mediations as a list (调解单子): all that the reader may know of, the most pressing on top.

Names stand there as 张某, only for those to whom the content belongs; 不公开 hides them too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select

from desk.queries.case_rows import has_rows
from desk.rules.booking_troubles import TROUBLE_WORDS
from desk.rules.codes import Role
from desk.rules.mediation_codes import (
    BookingStatus,
    Difficulty,
    DisputeKind,
    MediationSource,
    MediationStatus,
)
from desk.rules.mediation_life import OPEN_MEDIATIONS
from desk.rules.mediation_next import next_step
from desk.rules.moments import day_of, start_of
from desk.rules.party_names import some_names
from desk.rules.rights import Person
from desk.store.booking_troubles import bookings_in_trouble
from desk.store.database import Reader
from desk.store.mediation_sight import content_seen_by, has_part, known_to
from desk.store.models import (
    Booking,
    Mediation,
    MediationContent,
    MediationParty,
    Mediator,
    Room,
    Staff,
)

S = MediationStatus
MOST = 400
_STANDS = (BookingStatus.PROVISIONAL, BookingStatus.CONFIRMED, BookingStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class MediationRow:
    """One mediation in the list.

    Attributes:
        title: what it is about, in a few words; without the right to read only its kind.
        parties: as boards show them; empty without the right to read.
        is_mine: the reader mediates, writes, or helps.
        to_examine: it waits to be accepted or refused, by the reader too.
        next_at, next_room: the next appointment.
        lacks: what comes next, in a few words.
    """

    id: int
    number: str
    seq: int
    status: MediationStatus
    kind: DisputeKind
    difficulty: Difficulty
    received_on: date
    accepted_on: date | None
    due_on: date | None
    ended_on: date | None
    follow_up_due_on: date | None
    title: str
    parties: str
    mediator: str
    secretary: str
    may_read: bool
    is_mine: bool
    to_examine: bool
    next_at: datetime | None
    next_room: str
    lacks: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still works on it."""
        return self.status in OPEN_MEDIATIONS


@dataclass(frozen=True, slots=True)
class CaseMediation:
    """A mediation that came from a case, for those who may know of it."""

    id: int
    number: str
    status: MediationStatus


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment of today for a mediation of the reader's."""

    mediation_id: int
    title: str
    parties: str
    room: str
    starts_at: datetime
    ends_at: datetime
    status: BookingStatus


def mediation_list(reader: Reader, mediation_id: int | None = None) -> tuple[MediationRow, ...]:
    """Return the mediations that the reader may know of: open ones first, by their last day.

    Args:
        mediation_id: one that is among them however old it is, because somebody asked for it.
    """
    person, now = reader.person, reader.now
    readable = content_seen_by(person, now)
    is_open = Mediation.status.in_(sorted(OPEN_MEDIATIONS))
    rows = reader.session.execute(
        select(
            Mediation, MediationContent.title, Mediator.name, Staff.name, _mine(person), readable
        )
        .join(MediationContent, MediationContent.mediation_id == Mediation.id, isouter=True)
        .outerjoin(Mediator, Mediator.id == Mediation.mediator_id)
        .outerjoin(Staff, Staff.id == Mediation.secretary_id)
        .where(known_to(person, now))
        .order_by(
            case((is_open, 0), (Mediation.id == mediation_id, 1), else_=2),
            case((is_open, Mediation.due_on)).asc().nulls_first(),
            Mediation.received_on.desc(),
            Mediation.seq.desc(),
        )
        .limit(MOST)
    ).all()
    ids = [row[0].id for row in rows if row[-1]]
    parties, booked, troubles = _parties(reader, ids), _booked(reader, ids), _troubles(reader, ids)
    examines = bool(person.roles & {Role.SECRETARY, Role.DIRECTOR}) or person.is_built_in
    found = (
        _row(row, parties[row[0].id], booked.get(row[0].id), examines=examines) for row in rows
    )
    return tuple(replace(one, lacks=troubles.get(one.id, one.lacks)) for one in found)


def mediations_of_case(reader: Reader, case_id: int) -> tuple[CaseMediation, ...]:
    """Return the mediations that came from a case, as far as the reader may know of them."""
    if not has_rows(reader, Mediation, case_id):
        return ()
    rows = reader.session.execute(
        select(Mediation.id, Mediation.number, Mediation.status)
        .where(Mediation.case_id == case_id, known_to(reader.person, reader.now))
        .order_by(Mediation.id)
    )
    return tuple(CaseMediation(*row) for row in rows)


def appointments_today(reader: Reader) -> tuple[Appointment, ...]:
    """Return today's appointments of the mediations whose content the reader may read."""
    start = start_of(day_of(reader.now))
    columns: tuple[Any, ...] = (
        Mediation.id,
        Mediation.is_private,
        MediationContent.title,
        Room.name.label("room"),
        Booking.starts_at,
        Booking.ends_at,
        Booking.status,
    )
    rows = reader.session.execute(
        select(*columns)
        .join(Mediation, Mediation.id == Booking.mediation_id)
        .join(MediationContent, MediationContent.mediation_id == Mediation.id)
        .join(Room, Room.id == Booking.room_id)
        .where(
            content_seen_by(reader.person, reader.now),
            Booking.status.in_((*_STANDS, BookingStatus.HELD)),
            Booking.starts_at >= start,
            Booking.starts_at < start + timedelta(days=1),
        )
        .order_by(Booking.starts_at, Booking.id)
    ).all()
    parties = _parties(reader, [row.id for row in rows])
    return tuple(
        Appointment(
            mediation_id=row.id,
            title=row.title,
            parties=_shown(parties[row.id], is_private=row.is_private),
            room=row.room,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            status=row.status,
        )
        for row in rows
    )


def _mine(person: Person) -> ColumnElement[bool]:
    return or_(has_part(person), Mediation.secretary_id == person.staff_id)


def _row(
    row: Any,
    parties: Sequence[MediationParty],
    booked: tuple[datetime, str] | None,
    *,
    examines: bool,
) -> MediationRow:
    head, title, mediator, secretary, is_mine, may_read = row
    return MediationRow(
        id=head.id,
        number=head.number,
        seq=head.seq,
        status=head.status,
        kind=head.kind,
        difficulty=head.difficulty,
        received_on=head.received_on,
        accepted_on=head.accepted_on,
        due_on=head.due_on,
        ended_on=head.ended_on,
        follow_up_due_on=head.follow_up_due_on,
        title=title if may_read else "",
        parties=_shown(parties, is_private=head.is_private) if may_read else "",
        mediator=mediator or "",
        secretary=secretary or "",
        may_read=bool(may_read),
        is_mine=bool(is_mine),
        to_examine=head.status is S.APPLIED and examines,
        next_at=booked[0] if booked else None,
        next_room=booked[1] if booked else "",
        lacks=next_step(
            head.status,
            has_mediator=head.mediator_id is not None,
            unready=_unready(parties, head.source) if may_read else 0,
        ),
    )


def _unready(parties: Sequence[MediationParty], source: MediationSource) -> int:
    """Return how many parties have not agreed yet; of its own accord nobody needs to."""
    if source is MediationSource.PROACTIVE:
        return 0
    return sum(party.agreed_on is None for party in parties)


def _shown(parties: Sequence[MediationParty], *, is_private: bool) -> str:
    return some_names([(party.name, party.kind) for party in parties], is_private=is_private)


def _parties(reader: Reader, ids: Sequence[int]) -> Mapping[int, list[MediationParty]]:
    found: dict[int, list[MediationParty]] = defaultdict(list)
    rows = reader.session.scalars(
        select(MediationParty)
        .where(MediationParty.mediation_id.in_(ids), MediationParty.left_on.is_(None))
        .order_by(MediationParty.mediation_id, MediationParty.position)
    )
    for row in rows:
        found[row.mediation_id].append(row)
    return found


def _troubles(reader: Reader, ids: Sequence[int]) -> dict[int, str]:
    """Return what must come next where something is booked that cannot stay as it is."""
    mine = Booking.mediation_id.in_(ids)
    found = bookings_in_trouble(reader.session, reader.person.street_id, reader.now, mine)
    return {
        one.mediation_id: f"排期{TROUBLE_WORDS[one.trouble]}"
        for one in found
        if one.mediation_id is not None
    }


def _booked(reader: Reader, ids: Sequence[int]) -> dict[int, tuple[datetime, str]]:
    rows = reader.session.execute(
        select(Booking.mediation_id, Booking.starts_at, Room.name)
        .join(Room, Room.id == Booking.room_id)
        .where(
            Booking.mediation_id.in_(ids),
            Booking.status.in_(_STANDS),
            Booking.ends_at > reader.now,
        )
        .order_by(Booking.starts_at.desc())
    )
    return {key: (at, room) for key, at, room in rows if key is not None}
