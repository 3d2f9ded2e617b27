"""How cases are tied to the one in hand by person and building (重复件), told without the facts.

On the shared database `store.repeat_functions` answers; here is the same for a hall of one file,
and for the command line, which holds the whole database anyway.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    column,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from desk.rules.moments import day_of
from desk.rules.repeats import PersonTie, building_of, one_digit_off
from desk.rules.rights import Person
from desk.store.models import Case, PrivateFacts, RepeatVerdict
from desk.store.person_facts import is_kept_by_server, mentionable
from desk.store.repeat_functions import MOST_TIES
from desk.store.sealing import sealed_since, under_seal
from desk.store.sight import seen_by

_BY_PHONE, _BY_NAME, _NEARLY, _ASKED = 1, 2, 3, 9
_PERSON_TIES = {
    _BY_PHONE: PersonTie.PHONE,
    _BY_NAME: PersonTie.NAME_AND_PLACE,
    _NEARLY: PersonTie.ONE_DIGIT,
}


@dataclass(frozen=True, slots=True)
class Who:
    """What is known of whoever stands at the counter; of a kept case it is read where it lies.

    Attributes:
        case: the case in hand, where it is kept already; its own facts count then.
    """

    phones: tuple[str, ...] = ()
    name: str = ""
    place: int | None = None
    address: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """One earlier case: how it is tied to the one in hand, and what may be told of any case."""

    case: int
    person: PersonTie
    same_building: bool
    is_dismissed: bool
    is_seen: bool
    number: str
    seq: int
    received_at: datetime
    unit: int
    status: str
    place: int | None
    category: int | None


def ties_of(
    session: Session,
    person: Person,
    who: Who,
    span: tuple[datetime, datetime],
    asked: Collection[int],
    now: datetime,
) -> list[Tie]:
    """Return the cases tied to this person, and how those asked for are; the surest first."""
    if is_kept_by_server(session, person):
        return _told_by_server(session, who, span, asked)
    sealed = under_seal(sealed_since(session, person.street_id, day_of(now)))
    found_by = and_(_findable(person), ~sealed)
    known = _known(session, person, who, found_by)
    return _compared(session, person, known, (span, asked), found_by)


def _told_by_server(
    session: Session, who: Who, span: tuple[datetime, datetime], asked: Collection[int]
) -> list[Tie]:
    told = func.repeat_ties(
        literal(who.case, BigInteger),
        literal(list(who.phones), ARRAY(Text)),
        who.name,
        literal(who.place, BigInteger),
        building_of(who.address),
        *(literal(moment, DateTime(timezone=True)) for moment in span),
        literal(sorted(asked), ARRAY(BigInteger)),
    ).table_valued(
        column("case_id", BigInteger),
        column("way", Integer),
        column("same_building", Boolean),
        column("is_dismissed", Boolean),
        column("is_seen", Boolean),
        column("number", Text),
        column("seq", Integer),
        column("received_at", DateTime(timezone=True)),
        column("unit_id", BigInteger),
        column("status", Text),
        column("place_id", BigInteger),
        column("category_id", BigInteger),
    )
    return [_tie(*row) for row in session.execute(select(told))]


def _tie(case_id: int, way: int, *facts: Any) -> Tie:
    return Tie(case_id, _PERSON_TIES.get(way, PersonTie.NONE), *facts)


def _known(session: Session, person: Person, who: Who, found_by: ColumnElement[bool]) -> Who:
    """Return what a kept case says of its own appellant; nothing where it is not to be told."""
    if who.case is None:
        return who
    facts = session.execute(
        select(
            PrivateFacts.phone, PrivateFacts.other_phone, PrivateFacts.name, PrivateFacts.address
        )
        .join(Case, Case.id == PrivateFacts.case_id)
        .where(Case.id == who.case, mentionable(person), seen_by(person), found_by)
    ).first()
    if facts is None:
        return Who(place=who.place, case=who.case)
    phones = tuple(number for number in (facts.phone, facts.other_phone) if number)
    return Who(phones, facts.name or "", who.place, facts.address or "", who.case)


def _compared(
    session: Session,
    person: Person,
    who: Who,
    wanted_of: tuple[tuple[datetime, datetime], Collection[int]],
    found_by: ColumnElement[bool],
) -> list[Tie]:
    span, asked = wanted_of
    way = _way(who, found_by)
    wanted = or_(way.is_not(None), Case.id.in_(_few("asked", asked))).is_(True)
    rows = session.execute(
        select(
            Case.id,
            func.coalesce(way, _ASKED).label("way"),
            PrivateFacts.address,
            _is_dismissed(who, found_by).label("is_dismissed"),
            found_by.label("is_found"),
            seen_by(person).label("is_seen"),
            Case.number,
            Case.seq,
            Case.received_at,
            func.coalesce(Case.lead_unit_id, Case.first_unit_id),
            Case.status,
            Case.place_id,
            Case.category_id,
        )
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
        .where(
            Case.id.in_(_candidates(who, asked)),
            wanted,
            # "is true": else the file looks for the few among all cases of the street
            and_(mentionable(person), Case.received_at.between(*span)).is_(True),
            Case.id != (who.case or 0),
            or_(func.coalesce(way, _ASKED) < _NEARLY, seen_by(person)),
        )
        .order_by("way", Case.received_at.desc())
        .limit(MOST_TIES)
    )
    building = building_of(who.address)
    return [
        _tie(
            case_id,
            tie,
            bool(building and is_found) and building_of(address or "") == building,
            is_dismissed,
            *facts,
        )
        for case_id, tie, address, is_dismissed, is_found, *facts in rows
    ]


def _candidates(who: Who, asked: Collection[int]) -> Any:
    """Return the ids of all that may be tied: each part finds its rows through an index."""
    near = [number for phone in who.phones for number in one_digit_off(phone)]
    numbers = _few("numbers", [*who.phones, *near])
    parts = [
        select(PrivateFacts.case_id).where(PrivateFacts.phone.in_(numbers)),
        select(PrivateFacts.case_id).where(PrivateFacts.other_phone.in_(_few("own", who.phones))),
        select(Case.id).where(Case.id.in_(_few("asked", asked))),
    ]
    if who.name and who.place is not None:
        parts.append(select(PrivateFacts.case_id).where(PrivateFacts.name == who.name))
    return parts[0].union_all(*parts[1:])


def _way(who: Who, found_by: ColumnElement[bool]) -> Any:
    near = [number for phone in who.phones for number in one_digit_off(phone)]
    own = _few("own", who.phones)
    nameless = literal(not who.name)
    named = and_(PrivateFacts.name == who.name, Case.place_id == who.place) if who.name else false()
    return case(
        (not_(found_by), None),
        (or_(PrivateFacts.phone.in_(own), PrivateFacts.other_phone.in_(own)), _BY_PHONE),
        (named, _BY_NAME),
        (
            and_(
                PrivateFacts.phone.in_(_few("near", near)),
                or_(nameless, PrivateFacts.name.is_(None), PrivateFacts.name == who.name),
            ),
            _NEARLY,
        ),
        else_=None,
    )


def _findable(person: Person) -> Any:
    """Return the condition that the appellant may be found: he is not hidden, or one's own work."""
    me = person.staff_id
    own = or_(Case.first_responder_id == me, Case.recorder_id == me, Case.handler_id == me)
    shown = Case.hides_appellant.is_(False)
    return true() if person.is_built_in else or_(shown, func.coalesce(own, false()))


def _is_dismissed(who: Who, found_by: ColumnElement[bool]) -> Any:
    mine = aliased(PrivateFacts)
    of_person = (
        select(mine.case_id)
        .join(Case, Case.id == mine.case_id)
        .where(mine.phone.in_(_few("own", who.phones)), found_by)
        .correlate(None)
    )
    pair = [RepeatVerdict.other_id == Case.id, RepeatVerdict.case_id.in_(of_person)]
    found = and_(*pair)
    if who.case is not None:
        found = or_(
            found,
            and_(RepeatVerdict.case_id == who.case, RepeatVerdict.other_id == Case.id),
            and_(RepeatVerdict.case_id == Case.id, RepeatVerdict.other_id == who.case),
        )
    return select(RepeatVerdict.id).where(found, RepeatVerdict.taken_back_at.is_(None)).exists()


def _few(name: str, values: Sequence[Any] | Collection[Any]) -> Any:
    """Return a list of values that may be empty."""
    return bindparam(name, list(values), expanding=True, unique=True)
