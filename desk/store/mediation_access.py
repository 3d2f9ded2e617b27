"""The way into a mediation for whoever changes or reads one (调解的入口)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.errors import NotAllowed, StaleCase
from desk.rules.mediation_rights import (
    NO_SUCH_MEDIATION,
    MediationDeed,
    MediationStand,
    require_mediation,
)
from desk.store.models import (
    Case,
    Event,
    EventMediation,
    Mediation,
    MediationHelper,
    MediationLook,
    Mediator,
    Staff,
)
from desk.store.stale import Since, stale
from desk.store.transaction import Transaction


def mediation_stand(session: Session, mediation: Mediation) -> MediationStand:
    """Return what the rights table needs to know of a mediation."""
    mediator = session.scalar(select(Mediator.staff_id).where(Mediator.id == mediation.mediator_id))
    helpers = session.scalars(
        select(MediationHelper.staff_id).where(
            MediationHelper.mediation_id == mediation.id,
            MediationHelper.staff_id.is_not(None),
            MediationHelper.until.is_(None),
        )
    )
    looks = session.execute(
        select(MediationLook.staff_id, MediationLook.until)
        .where(MediationLook.mediation_id == mediation.id)
        .order_by(MediationLook.until)
    )
    case = session.get(Case, mediation.case_id) if mediation.case_id is not None else None
    return MediationStand(
        status=mediation.status,
        mediator_staff_id=mediator,
        secretary_id=mediation.secretary_id,
        registered_by=mediation.registered_by,
        helpers=frozenset(staff for staff in helpers if staff is not None),
        looks_until={row.staff_id: row.until for row in looks},
        accused_unit_id=case.accused_unit_id if case is not None else None,
        accused_staff_id=case.accused_staff_id if case is not None else None,
    )


def open_mediation(
    tx: Transaction, mediation_id: int, seen: int | None, deed: MediationDeed
) -> Mediation:
    """Return the mediation to change.

    Args:
        seen: the version the asker had on screen; None only for what merely adds to it.

    Raises:
        StaleCase: it is no longer what the asker saw.
        NotAllowed: the asker may not do this deed to it now.
    """
    mediation = _known(tx, mediation_id, with_for_update=True)
    require_mediation(deed, mediation_stand(tx.session, mediation), tx.person, tx.now)
    if seen is not None and mediation.version != seen:
        raise _stale(tx, mediation, seen)
    tx.touch(mediation)
    return mediation


def look_at_mediation(tx: Transaction, mediation_id: int, deed: MediationDeed) -> Mediation:
    """Return a mediation that does not change, so that nobody's open form becomes stale.

    Raises:
        NotAllowed: the asker may not do this deed to it now.
    """
    mediation = _known(tx, mediation_id)
    require_mediation(deed, mediation_stand(tx.session, mediation), tx.person, tx.now)
    return mediation


def _known(tx: Transaction, mediation_id: int, *, with_for_update: bool = False) -> Mediation:
    found = tx.session.get(Mediation, mediation_id, with_for_update=with_for_update)
    if found is None or found.street_id != tx.street_id:
        raise NotAllowed(NO_SUCH_MEDIATION)
    return found


def _stale(tx: Transaction, mediation: Mediation, seen: int) -> StaleCase:
    rows = tx.session.execute(
        select(Event.title, Staff.name, Event.recorded_at, Event.payload)
        .join(EventMediation, EventMediation.event_id == Event.id)
        .join(Staff, Staff.id == Event.made_by)
        .where(EventMediation.mediation_id == mediation.id, EventMediation.version > seen)
        .order_by(EventMediation.version)
    )
    return stale(mediation.number, (Since(*row) for row in rows))
