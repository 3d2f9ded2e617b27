"""Who sees an appointment: the same words as the shared database's (`row_rights.APPOINTMENT`)."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from desk.rules.deeds import HALL_DEEDS, Deed
from desk.rules.rights import Person, recused_units
from desk.store.models import Appointment, Case, DutyShift, ReceptionDay
from desk.store.sight import seen_by

KEEPERS = HALL_DEEDS[Deed.KEEP_APPOINTMENTS]


def appointment_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `appointments` that the person may know of it.

    The desks that keep them, and whoever receives on that day or stands in for him; nobody whom
    it is about; once it is a case, those who see the case.
    """
    street = Appointment.street_id == person.street_id
    if person.is_built_in:
        return street
    about = or_(
        Appointment.accused_staff_id == person.staff_id,
        Appointment.accused_unit_id.in_(recused_units(person)),
    )
    known = select(Case.id).where(Case.id == Appointment.case_id, seen_by(person))
    case = known.correlate(Appointment).exists()
    desks: ColumnElement[bool] = true() if person.roles & KEEPERS else false()
    return and_(
        street,
        about.is_not(True),
        or_(Appointment.case_id.is_(None), case),
        or_(desks, Appointment.reception_day_id.in_(own_days(person))),
    )


def own_days(person: Person) -> ColumnElement[int]:
    """Return the reception days on which the person receives, or stands in for who does."""
    me = {person.staff_id, *person.acts_for}
    return (
        select(ReceptionDay.id)
        .join(
            DutyShift,
            and_(DutyShift.post_id == ReceptionDay.post_id, DutyShift.day == ReceptionDay.day),
        )
        .where(DutyShift.staff_id.in_(me), DutyShift.replaced_at.is_(None))
        .correlate(None)
        .scalar_subquery()
    )


def find_appointment(session: Session, person: Person, appointment: int) -> Appointment | None:
    """Return an appointment that the person may know of, or None."""
    query = select(Appointment).where(Appointment.id == appointment, appointment_seen_by(person))
    return session.scalar(query)
