"""What goes over at a change of shift (交班), and what the taker may know of it (DOMAIN.md 9.4).

Cases, supports, promised calls and kept things change hands. Whistles belong to the unit, and a
mediator is changed only with the parties' consent: these lines tell the colleague what to look
after, and how far it has come, and no name of anybody.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from desk.rules.codes import AssignmentRole, AssignmentStatus
from desk.rules.mediation_life import OPEN_MEDIATIONS
from desk.rules.rights import Person
from desk.rules.whistling import OPEN as OPEN_WHISTLES
from desk.store.mediation_sight import known_to
from desk.store.models import (
    Assignment,
    Case,
    Contact,
    KeptItem,
    Mediation,
    Mediator,
    Whistle,
    WhistleCase,
)
from desk.store.whistle_sight import whistle_seen_by

Lines = dict[str, list[dict[str, Any]]]
_NAMES = ("cases", "supports", "calls", "items", "mediations", "whistles")
_IN_HAND = (AssignmentStatus.ACCEPTED, AssignmentStatus.RETURNING)


def cases_of(session: Session, row: Mapping[str, Collection[int]]) -> set[int]:
    """Return the cases that all the lines are about, by their ids."""
    queries = (
        select(Assignment.case_id).where(Assignment.id.in_(row["supports"])),
        select(Contact.case_id).where(Contact.id.in_(row["calls"])),
        select(KeptItem.case_id).where(KeptItem.id.in_(row["items"])),
        select(Mediation.case_id).where(Mediation.id.in_(row["mediations"])),
        select(WhistleCase.case_id).where(WhistleCase.whistle_id.in_(row["whistles"])),
    )
    about = {one for query in queries for one in session.scalars(query) if one is not None}
    return {*row["cases"], *about}


def own_supports(staff_id: int) -> ColumnElement[bool]:
    """Return the condition that a part of a case is a support in somebody's hands (协办)."""
    return and_(
        Assignment.handler_id == staff_id,
        Assignment.role != AssignmentRole.LEAD,
        Assignment.status.in_(_IN_HAND),
        Assignment.round_no == Case.round_no,
    )


def own_mediations(staff_id: int) -> ColumnElement[bool]:
    """Return the condition that somebody mediates or is secretary, and it is not over."""
    mediates = exists(
        select(Mediator.id).where(
            Mediator.id == Mediation.mediator_id, Mediator.staff_id == staff_id
        )
    )
    return and_(
        Mediation.status.in_(sorted(OPEN_MEDIATIONS)),
        or_(mediates, Mediation.secretary_id == staff_id),
    )


def own_whistles(staff_id: int) -> ColumnElement[bool]:
    """Return the condition that somebody raised a whistle that is not over."""
    return and_(Whistle.raised_by == staff_id, Whistle.state.in_(sorted(OPEN_WHISTLES)))


def lines_known_to(
    session: Session, person: Person, row: Mapping[str, Any], now: datetime
) -> Lines:
    """Return the lines of a handover without those about a case in which somebody is accused.

    A shared database does not show him such a case; what hangs on it is no line of his, then. Nor
    is a mediation or a whistle that is not told to him.
    """
    lines = {name: row.get(name, []) for name in _NAMES}
    ids = {name: [line["id"] for line in lines[name]] for name in _NAMES}
    another = Case.accused_staff_id.is_distinct_from(person.staff_id)
    about_another = and_(Case.id.is_not(None), another)
    wanted: dict[str, Any] = {
        "cases": select(Case.id).where(Case.id.in_(ids["cases"]), about_another),
        "supports": select(Assignment.id)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.id.in_(ids["supports"]), about_another),
        "calls": select(Contact.id)
        .join(Case, Case.id == Contact.case_id)
        .where(Contact.id.in_(ids["calls"]), about_another),
        "items": select(KeptItem.id)
        .outerjoin(Case, Case.id == KeptItem.case_id)
        .where(KeptItem.id.in_(ids["items"]), or_(KeptItem.case_id.is_(None), about_another)),
        "mediations": select(Mediation.id).where(
            Mediation.id.in_(ids["mediations"]), known_to(person, now)
        ),
        "whistles": select(Whistle.id).where(
            Whistle.id.in_(ids["whistles"]), whistle_seen_by(person)
        ),
    }
    known = {name: set(session.scalars(query)) for name, query in wanted.items() if ids[name]}
    return {
        name: [line for line in lines[name] if line["id"] in known.get(name, set())]
        for name in _NAMES
    }
