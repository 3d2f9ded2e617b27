"""Who may read a mediation, as SQL: the same words as `rules.mediation_rights`, for lists."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from desk.rules.codes import Role
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_rights import OUTCOME_SEERS
from desk.rules.rights import Person, recused_units
from desk.store.models import Case, Mediation, MediationHelper, MediationLook, Mediator


def content_seen_by(person: Person, now: datetime) -> ColumnElement[bool]:
    """Return the condition on `mediations` that the person may read the content.

    `may_read_content` says the same of one mediation.
    """
    street = _not_kept_from(person)
    if person.is_built_in or Role.DIRECTOR in person.roles:
        return street
    looks = exists(
        select(MediationLook.id)
        .where(
            MediationLook.mediation_id == Mediation.id,
            MediationLook.staff_id == person.staff_id,
            MediationLook.until > now,
        )
        .correlate(Mediation)
    )
    examines = Mediation.status == MediationStatus.APPLIED
    if Role.SECRETARY not in person.roles:
        examines = and_(examines, Mediation.registered_by == person.staff_id)
    mine = or_(has_part(person), looks, examines, Mediation.secretary_id == person.staff_id)
    return and_(street, mine)


def known_to(person: Person, now: datetime) -> ColumnElement[bool]:
    """Return the condition on `mediations` that the person may know of one and how it ended."""
    if person.roles & OUTCOME_SEERS:
        return _not_kept_from(person)
    return content_seen_by(person, now)


def _not_kept_from(person: Person) -> ColumnElement[bool]:
    """Return the condition that it is the street's, and from no case about the person (回避)."""
    street = Mediation.street_id == person.street_id
    if person.is_built_in:
        return street
    about_him = exists(
        select(Case.id)
        .where(
            Case.id == Mediation.case_id,
            or_(
                Case.accused_staff_id == person.staff_id,
                Case.accused_unit_id.in_(recused_units(person)),
            ),
        )
        .correlate(Mediation)
    )
    return and_(street, ~about_him)


def has_part(person: Person) -> ColumnElement[bool]:
    """Return the condition on `mediations` that the person mediates, or helps by invitation."""
    mediates = exists(
        select(Mediator.id)
        .where(Mediator.id == Mediation.mediator_id, Mediator.staff_id == person.staff_id)
        .correlate(Mediation)  # whoever asks may join the same tables himself
    )
    helps = exists(
        select(MediationHelper.id)
        .where(
            MediationHelper.mediation_id == Mediation.id,
            MediationHelper.staff_id == person.staff_id,
            MediationHelper.until.is_(None),
        )
        .correlate(Mediation)
    )
    return or_(mediates, helps)
