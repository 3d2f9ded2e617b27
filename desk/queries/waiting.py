"""How many cases wait at each place (导航里的数): the figures beside the pages' names."""

from collections.abc import Mapping

from sqlalchemy import func, select

from desk.rules.codes import CaseStatus
from desk.rules.lifecycle import OPEN
from desk.rules.mediation_life import OPEN_MEDIATIONS
from desk.store.database import Reader
from desk.store.mediation_sight import content_seen_by
from desk.store.models import Case, Mediation
from desk.store.sight import seen_by


def waiting_counts(reader: Reader) -> Mapping[str, int]:
    """Return the number of cases for the board, to sign and to follow up, and of mediations."""
    rows = reader.session.execute(
        select(Case.status, func.count(Case.id))
        .where(seen_by(reader.person), Case.status.in_(sorted(OPEN)))
        .group_by(Case.status)
    )
    by_status = {row[0]: row[1] for row in rows}
    mediations = reader.session.scalar(
        select(func.count(Mediation.id)).where(
            content_seen_by(reader.person, reader.now),
            Mediation.status.in_(sorted(OPEN_MEDIATIONS)),
        )
    )
    return {
        "mediation": mediations or 0,
        "board": sum(by_status.values()),
        "signoff": by_status.get(CaseStatus.SIGNING, 0),
        "last_mile": by_status.get(CaseStatus.SEALING, 0) + by_status.get(CaseStatus.DELIVERING, 0),
        "followup": by_status.get(CaseStatus.FOLLOW_UP, 0),
    }
