"""What the rules of booking must know of a wish: room, people, ties, hours (排期要素)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desk.rules.bookings import (
    LIVE_BOOKINGS,
    Host,
    Meeting,
    People,
    RoomFacts,
    Tie,
    Wish,
    shown_party,
)
from desk.rules.errors import RuleBroken
from desk.rules.identity import normalise_name
from desk.rules.mediation_codes import CompanionRole, PartyKind
from desk.rules.moments import SHANGHAI, day_of, end_of, start_of
from desk.rules.opening_hours import hours_of
from desk.rules.working_days import Calendar
from desk.store.hall_rules import hall_calendar
from desk.store.models import (
    Booking,
    Mediation,
    MediationCompanion,
    MediationParty,
    Mediator,
    MediatorTie,
    Room,
    Staff,
)
from desk.store.models.hall import today_rows
from desk.store.person_keys import kept_key, keys_of

# Without them there is no sitting; friends and social workers may stay away.
_NEEDED = frozenset({CompanionRole.AGENT, CompanionRole.GUARDIAN, CompanionRole.INTERPRETER})


def meeting_of(session: Session, street_id: int, wish: Wish) -> Meeting:
    """Return a wish with everything that the rules must know of it.

    Raises:
        RuleBroken: a room, the mediator or the recorder is not there on that day.
    """
    day = day_of(wish.starts_at)
    calendar = hall_calendar(session, street_id, day)
    return Meeting(
        wish=wish,
        room=_room(session, street_id, wish.room, day, "room"),
        calendar=calendar,
        caucus=None
        if wish.caucus_room is None
        else _room(session, street_id, wish.caucus_room, day, "caucus_room"),
        host=None
        if wish.mediator is None
        else _host(session, street_id, wish.mediator, day, calendar),
        recorder=_recorder(session, street_id, wish.recorder, day),
        people=people_of(session, wish.mediation),
        neighbours=_neighbours(session, wish, day),
    )


def people_of(session: Session, mediation_id: int | None) -> People:
    """Return who is still in a mediation: parties, and those who come along."""
    if mediation_id is None:
        return People()
    parties = session.scalars(
        select(MediationParty)
        .where(MediationParty.mediation_id == mediation_id, MediationParty.left_on.is_(None))
        .order_by(MediationParty.position)
    ).all()
    companions = session.scalars(
        select(MediationCompanion).where(
            MediationCompanion.mediation_id == mediation_id,
            MediationCompanion.left_on.is_(None),
            MediationCompanion.party_id.in_([party.id for party in parties]),
        )
    ).all()
    return People(
        keys=_keys(session, [*parties, *(one for one in companions if one.role in _NEEDED)]),
        names=frozenset(normalise_name(party.name) for party in parties),
        shown=tuple(
            shown_party(party.name, is_person=party.kind is PartyKind.PERSON) for party in parties
        ),
        count=len(parties) + len(companions),
        birth_years=tuple(party.birth_year for party in parties if party.birth_year is not None),
    )


def _keys(
    session: Session, people: Iterable[MediationParty | MediationCompanion]
) -> frozenset[str]:
    known = (
        keys_of(session, one.street_id, id_number=one.id_number, phone=one.phone) for one in people
    )
    return frozenset(key for keys in known for key in keys)


def mediator_on(session: Session, street_id: int, mediator_id: int, day: date) -> Mediator:
    """Return a mediator who works for the committee on a day.

    Raises:
        RuleBroken: there is none.
    """
    found = session.get(Mediator, mediator_id)
    if found is None or found.street_id != street_id or not is_valid(found, day):
        raise RuleBroken("请从列表里选一位当天在任的调解员。", field="mediator")
    return found


def duty_on(
    mediator: Mediator, day: date, calendar: Calendar
) -> tuple[tuple[datetime, datetime], ...]:
    """Return a mediator's hours of a day: his own week, or the hall's opening hours."""
    if not mediator.duty:
        return calendar.windows_on(day)
    hours = mediator.duty.get(str(day.weekday()))
    return tuple(
        (datetime.combine(day, start, SHANGHAI), datetime.combine(day, end, SHANGHAI))
        for start, end in (hours_of(hours) if hours else ())
    )


def room_facts(room: Room) -> RoomFacts:
    """Return a room as the rules know it."""
    return RoomFacts(room.id, room.name, room.capacity, room.is_accessible, room.buffer_minutes)


def mediator_of_case(session: Session, mediation: Mediation) -> frozenset[int]:
    """Return the staff of a mediation who may change its bookings: mediator and secretary."""
    mediator = session.scalar(select(Mediator.staff_id).where(Mediator.id == mediation.mediator_id))
    return frozenset(staff for staff in (mediator, mediation.secretary_id) if staff is not None)


def _room(session: Session, street_id: int, room_id: int, day: date, field: str) -> RoomFacts:
    found = session.get(Room, room_id)
    if found is None or found.street_id != street_id or not is_valid(found, day):
        raise RuleBroken("这个房间当天不能用，请另选一间。", field=field)
    return room_facts(found)


def _host(
    session: Session, street_id: int, mediator_id: int, day: date, calendar: Calendar
) -> Host:
    mediator = mediator_on(session, street_id, mediator_id, day)
    ties = session.scalars(
        select(MediatorTie)
        .where(
            MediatorTie.mediator_id == mediator_id,
            or_(MediatorTie.valid_to.is_(None), MediatorTie.valid_to > day),
        )
        .order_by(MediatorTie.id)
    )
    return Host(
        mediator.id,
        mediator.name,
        duty_on(mediator, day, calendar),
        tuple(
            Tie(tie.kind, normalise_name(tie.name), kept_key(session, street_id, tie.person_key))
            for tie in ties
        ),
        mediator.staff_id,
    )


def _recorder(session: Session, street_id: int, staff_id: int | None, day: date) -> str:
    if staff_id is None:
        return ""
    name = session.scalar(
        select(Staff.name).where(
            Staff.id == staff_id, Staff.street_id == street_id, today_rows(Staff, day)
        )
    )
    if name is None:
        raise RuleBroken("请从列表里选一位当天在岗的记录人。", field="recorder")
    return name


def _neighbours(session: Session, wish: Wish, day: date) -> tuple[tuple[datetime, datetime], ...]:
    rows = session.execute(
        select(Booking.starts_at, Booking.ends_at)
        .where(
            or_(Booking.room_id == wish.room, Booking.caucus_room_id == wish.room),
            Booking.starts_at >= start_of(day),
            Booking.starts_at < end_of(day),
            Booking.status.in_(LIVE_BOOKINGS),
            Booking.id != (wish.booking or 0),
        )
        .order_by(Booking.starts_at)
    )
    return tuple((row.starts_at, row.ends_at) for row in rows)


def is_valid(row: Any, day: date) -> bool:
    """Return whether a dated row holds on a day."""
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
