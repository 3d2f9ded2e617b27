"""The mediations of a period, as the statistics count them (人民调解统计)."""

from datetime import date

from sqlalchemy import func, select

from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_report import CountedMediation
from desk.store.database import Reader
from desk.store.mediation_sight import known_to
from desk.store.models import Mediation


def counted_mediations(reader: Reader, first: date, last: date) -> list[CountedMediation]:
    """Return the mediations accepted for examination in a period, both days included.

    Those still to be examined, and those refused, were never mediations and do not count.
    """
    rows = reader.session.execute(
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
            known_to(reader.person, reader.now),
            Mediation.accepted_on >= first,
            Mediation.accepted_on <= last,
            Mediation.status.not_in((MediationStatus.APPLIED, MediationStatus.REFUSED)),
        )
    )
    return [CountedMediation(*row) for row in rows]
