"""Who sees a case, as SQL: the same words as `rules.rights.may_see`, for lists and searches."""

from collections.abc import Collection

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    true,
)

from desk.rules.codes import CaseStatus
from desk.rules.lifecycle import OPEN
from desk.rules.rights import KEEPERS_OF_SECRETS, OVERSEERS, Person, recused_units
from desk.store.models import Case, CaseUnit, Paper, Staff
from desk.store.models.case import CLOSED_FOR_BOARDS


def seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `cases` that the person may see the row."""
    street = Case.street_id == person.street_id
    if person.is_built_in:
        return street
    involved = exists(
        select(CaseUnit.case_id).where(
            CaseUnit.case_id == Case.id, CaseUnit.unit_id.in_(person.unit_ids)
        )
    )
    by_role: ColumnElement[bool] = false()
    if person.seeing_roles & OVERSEERS:
        by_role = Case.is_secret == false()
    if person.seeing_roles & KEEPERS_OF_SECRETS:
        by_role = or_(by_role, Case.is_secret == true())
    recused = or_(
        Case.accused_staff_id == person.staff_id, Case.accused_unit_id.in_(recused_units(person))
    )
    return and_(
        street,
        recused.is_not(True),
        or_(by_role, Case.first_responder_id == person.staff_id, involved),
    )


def paper_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `papers`, outer joined with `cases`, that the person may read one.

    Papers of the hall belong to no case: whoever issued one may read it, his unit, and those who
    oversee the hall.
    """
    of_the_hall = and_(Paper.case_id.is_(None), Paper.street_id == person.street_id)
    if not (person.is_built_in or person.roles & OVERSEERS):
        colleagues = select(Staff.id).where(Staff.unit_id.in_(person.unit_ids))
        own = or_(Paper.issued_by == person.staff_id, Paper.issued_by.in_(colleagues))
        of_the_hall = and_(of_the_hall, own)
    return or_(and_(Paper.case_id == Case.id, seen_by(person)), of_the_hall)


def standing_at(statuses: Collection[CaseStatus]) -> ColumnElement[bool]:
    """Return the condition that a case stands at one of these statuses.

    Where all of them are open, the finished ones are ruled out by literals: only then does either
    engine see that the small partial indexes of open cases hold every row.
    """
    found = Case.status.in_(sorted(statuses))
    if not set(statuses) <= OPEN:
        return found
    finished: BindParameter[list[str]] = bindparam(
        "finished", CLOSED_FOR_BOARDS, expanding=True, literal_execute=True
    )
    return and_(found, Case.status.not_in(finished))
