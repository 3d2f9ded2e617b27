"""Which cases a person's facts were written in (同一人的件), found without telling the facts.

On the shared database `store.person_functions` answers; here is the same for a hall of one file,
and for the command line, which holds the whole database anyway.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from desk.rules.codes import Purpose
from desk.rules.id_cards import normalise_id
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.rights import Person, recused_units
from desk.rules.same_person import FEWEST_DIGITS, Found
from desk.store.identities import hall_key, has_number
from desk.store.models import Case, IdentityNumber, PrivateFacts
from desk.store.person_functions import MOST_OF_A_NAME, MOST_OF_A_NUMBER, MOST_OF_A_START
from desk.store.sealing import sealed_since, under_seal
from desk.store.sight import knows_appellant, seen_by

_LAST = "9" * 13  # no number that begins so is longer
_WHOLE = 11


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person: as the clerk typed it, or as it stands in a case."""

    phone: str = ""
    id_number: str = ""
    name: str = ""
    place: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Who gave a number that begins so: how many numbers, and of the only one how often."""

    numbers: int = 0
    times: int = 0
    still_open: int = 0


def mentionable(person: Person) -> ColumnElement[bool]:
    """Return the condition on `cases` that one may be known to exist (DOMAIN.md 9.4).

    Reports, mediations and cases about the person himself are not even counted.
    """
    about_me = or_(
        Case.accused_staff_id == person.staff_id,
        Case.accused_unit_id.in_(sorted(recused_units(person))),
    )
    return and_(
        Case.street_id == person.street_id,
        Case.is_secret.is_(False),
        Case.purpose != Purpose.MEDIATION,
        about_me.is_not(True),
    )


def named(session: Session, person: Person, now: datetime) -> ColumnElement[bool]:
    """Return the condition on `cases` that one may be asked for by whom it is about.

    What is under seal (封存) is as if nobody had brought it.
    """
    sealed = under_seal(sealed_since(session, person.street_id, day_of(now)))
    return and_(mentionable(person), ~sealed)


def is_kept_by_server(session: Session, person: Person) -> bool:
    """Return whether the database itself keeps cases from this person."""
    return session.get_bind().dialect.name == "postgresql" and not person.is_built_in


def is_beginning(phone: str) -> bool:
    """Return whether this is a mobile number of which some digits are still to come."""
    return phone.startswith("1") and phone.isdecimal() and FEWEST_DIGITS <= len(phone) < _WHOLE


def beginning_of(session: Session, person: Person, start: str, now: datetime) -> Beginning:
    """Return who gave a number that begins so; of fewer than seven digits nothing is said."""
    if len(start) < FEWEST_DIGITS or not (start.isascii() and start.isdigit()):
        return Beginning()
    if is_kept_by_server(session, person):
        told = func.person_of_start(start).table_valued("numbers", "counted", "still_open")
        row = session.execute(select(told.c.numbers, told.c.counted, told.c.still_open)).one()
        return Beginning(*row)
    starts = _numbers_from(start)
    is_open = Case.status.in_(sorted(OPEN))
    row = session.execute(
        select(
            func.count(starts.c.phone.distinct()),
            func.count(Case.id),
            func.count(Case.id).filter(is_open),
        )
        .join(Case, Case.id == starts.c.case_id)
        .where(named(session, person, now))
    ).one()
    return Beginning(*row)


def _numbers_from(start: str) -> Any:
    return (
        select(PrivateFacts.phone, PrivateFacts.case_id)
        .where(PrivateFacts.phone >= start, PrivateFacts.phone <= start + _LAST)
        .order_by(PrivateFacts.phone)
        .limit(MOST_OF_A_START)
        .subquery()
    )


def _whole(session: Session, facts: Facts, may_be_named: ColumnElement[bool]) -> Facts:
    """Return the facts with the only number that begins as it was typed, or without one."""
    if not is_beginning(facts.phone):
        return facts
    starts = _numbers_from(facts.phone)
    numbers = session.scalars(
        select(starts.c.phone)
        .distinct()
        .join(Case, Case.id == starts.c.case_id)
        .where(may_be_named)
    ).all()
    return replace(facts, phone=numbers[0] if len(numbers) == 1 else "")


def cases_of_person(
    session: Session, person: Person, facts: Facts, cases: Collection[int], now: datetime
) -> tuple[Found, ...]:
    """Return every case that one of these facts was written in, the newest first.

    Args:
        cases: also what stands in these, as far as the person may find them by their appellant.
    """
    if is_kept_by_server(session, person):
        return _asked(session, person, facts, cases)
    may_be_named = named(session, person, now)
    of_cases = _facts_of(session, person, cases, may_be_named)
    anchors = {_whole(session, facts, may_be_named)} | of_cases
    ways: dict[int, set[str]] = {}
    for one in anchors:
        for way, query in _probes(session, person, one):
            for case in session.scalars(query):
                ways.setdefault(case, set()).add(way)
    rows = session.execute(
        select(
            Case.id,
            Case.status,
            PrivateFacts.phone,
            PrivateFacts.name,
            and_(seen_by(person), knows_appellant(person)).label("is_seen"),
            knows_appellant(person).label("is_known"),
        )
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
        .where(Case.id.in_(sorted(ways)), may_be_named)
        .order_by(Case.id.desc())
    ).all()
    told = [row for row in rows if row.is_known or "phone" in ways[row.id]]
    facets: dict[tuple[str, str], tuple[bool, int]] = {}
    for row in told:
        had = facets.get(key := _facet(row), (False, 0))
        facets[key] = (had[0] or "phone" in ways[row.id], max(had[1], row.id))
    ranked = {key: at for at, key in enumerate(sorted(facets, key=facets.__getitem__)[::-1], 1)}
    return tuple(
        Found(
            row.id if row.is_seen else None,
            row.status in OPEN,
            ranked[_facet(row)],
            "phone" in ways[row.id],
            "identity" in ways[row.id],
            "name" in ways[row.id],
            is_nameless=row.name is None,
        )
        for row in told
    )


def _facet(row: Any) -> tuple[str, str]:
    return row.phone or f"#{row.id}", row.name or ""


def _asked(
    session: Session, person: Person, facts: Facts, cases: Collection[int]
) -> tuple[Found, ...]:
    key = hall_key(session, person.street_id) if facts.id_number else None
    told = func.cases_of_person(
        literal(sorted(cases), ARRAY(BigInteger)),
        facts.phone,
        key.index(facts.id_number) if key is not None else "",
        normalise_id(facts.id_number),
        facts.name,
        facts.place,
        facts.address,
    ).table_valued(
        "case_id", "is_open", "facet", "by_phone", "by_identity", "by_name", "is_nameless"
    )
    return tuple(Found(*row) for row in session.execute(select(*told.c)))


def _facts_of(
    session: Session, person: Person, cases: Collection[int], may_be_named: ColumnElement[bool]
) -> set[Facts]:
    """Return what stands in these cases, as far as he may find them by their appellant."""
    rows = session.execute(
        select(PrivateFacts, Case.place_id)
        .join(Case, Case.id == PrivateFacts.case_id)
        .where(
            Case.id.in_(sorted(cases)),
            may_be_named,
            seen_by(person),
            knows_appellant(person),
        )
    )
    return {
        Facts(one.phone or "", one.id_number or "", one.name or "", place, one.address or "")
        for one, place in rows
    }


def _probes(session: Session, person: Person, facts: Facts) -> list[tuple[str, Select[Any]]]:
    """Return the queries for what is known, each with the way in which it matches."""
    probes: list[tuple[str, Select[Any]]] = []
    if facts.phone:
        own = select(PrivateFacts.case_id).where(PrivateFacts.phone == facts.phone)
        probes += [
            ("phone", own.order_by(PrivateFacts.case_id.desc()).limit(MOST_OF_A_NUMBER)),
            (
                "phone",
                select(PrivateFacts.case_id).where(PrivateFacts.other_phone == facts.phone),
            ),
        ]
    if facts.id_number:
        its = has_number(session, person.street_id, facts.id_number)
        own_number = IdentityNumber.case_id == IdentityNumber.owner_id
        probes.append(("identity", select(IdentityNumber.case_id).where(its, own_number)))
    if facts.name and (facts.address or facts.place):
        named = (
            select(PrivateFacts.case_id, PrivateFacts.address)
            .where(PrivateFacts.name == facts.name)
            .order_by(PrivateFacts.case_id.desc())
            .limit(MOST_OF_A_NAME)
            .subquery()
        )
        there = named.c.address == facts.address if facts.address else false()
        estate = Case.place_id == facts.place if facts.place is not None else false()
        both = select(named.c.case_id).join(Case, Case.id == named.c.case_id)
        probes.append(("name", both.where(or_(there, estate))))
    return probes
