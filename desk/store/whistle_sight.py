"""Who sees a whistle (吹哨单), as SQL: the same words as its policy in `whistle_functions`."""

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from desk.rules.rights import KEEPERS_OF_SECRETS, OVERSEERS, Person, recused_units
from desk.store.models import Case, Whistle, WhistleCase, WhistleDuty, WhistleUnit
from desk.store.sight import seen_by


def whistle_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `whistles` that the person may know of the whistle.

    The unit that calls, whom it calls once that is agreed on, whoever oversees the hall, and
    whoever sees one of its cases; nobody where a case is about him, or a report kept from him.
    """
    if person.is_built_in:
        return Whistle.street_id == person.street_id
    kept = exists(
        select(WhistleCase.case_id)
        .join(Case, Case.id == WhistleCase.case_id)
        .where(WhistleCase.whistle_id == Whistle.id, _kept_from(person))
    )
    overseen = true() if person.seeing_roles & OVERSEERS else _is_part_of(person)
    return and_(Whistle.street_id == person.street_id, ~kept, overseen)


def called(person: Person) -> ColumnElement[bool]:
    """Return the condition on `whistles` that one of the person's units was called."""
    return exists(
        select(WhistleUnit.id).where(
            WhistleUnit.whistle_id == Whistle.id,
            WhistleUnit.unit_id.in_(person.unit_ids),
            WhistleUnit.called_at.is_not(None),
            WhistleUnit.withdrawn_at.is_(None),
        )
    )


def _is_part_of(person: Person) -> ColumnElement[bool]:
    charged = exists(
        select(WhistleDuty.id).where(
            WhistleDuty.whistle_id == Whistle.id,
            WhistleDuty.unit_id.in_(person.unit_ids),
            WhistleDuty.removed_at.is_(None),
        )
    )
    of_case = exists(
        select(WhistleCase.case_id)
        .join(Case, Case.id == WhistleCase.case_id)
        .where(WhistleCase.whistle_id == Whistle.id, seen_by(person))
    )
    return or_(
        Whistle.raised_by == person.staff_id,
        Whistle.caller_unit_id.in_(person.unit_ids),
        called(person),
        charged,
        of_case,
    )


def _kept_from(person: Person) -> ColumnElement[bool]:
    about = or_(
        Case.accused_staff_id == person.staff_id, Case.accused_unit_id.in_(recused_units(person))
    )
    secret = Case.is_secret.is_(True)
    return about if person.seeing_roles & KEEPERS_OF_SECRETS else or_(about, secret)
