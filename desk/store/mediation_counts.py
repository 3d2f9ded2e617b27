"""The mediations of a period, as statistics count them (人民调解统计口径)."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_report import CountedMediation
from desk.rules.rights import Person
from desk.store.mediation_sight import known_to
from desk.store.models import Mediation


def counted_mediations(
    session: Session, person: Person, now: datetime, first: date, last: date
) -> list[CountedMediation]:
    """Return the mediations accepted in a period, both days included, of which somebody may know.

    Those still to be examined, and those refused, were never mediations and do not count.
    """
    rows = session.execute(
        select(
            Mediation.kind,
            Mediation.source,
            Mediation.difficulty,
            Mediation.ended_on.is_not(None),
            Mediation.agreement_kind,
            func.coalesce(Mediation.amount_fen, 0),
            Mediation.performance,
            Mediation.confirmed_on.is_not(None),
        ).where(
            known_to(person, now),
            Mediation.accepted_on >= first,
            Mediation.accepted_on <= last,
            Mediation.status.not_in((MediationStatus.APPLIED, MediationStatus.REFUSED)),
        )
    )
    return [CountedMediation(*row) for row in rows]
