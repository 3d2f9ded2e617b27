"""How many cases wait at each place (导航里的数): the figures beside the pages' names."""

from collections.abc import Mapping

from sqlalchemy import func, select

from desk.queries.last_mile import notice_waits
from desk.rules.assessment_codes import LetterKind, LetterState
from desk.rules.codes import CaseStatus, PaperState
from desk.rules.deeds import Deed
from desk.rules.lifecycle import OPEN
from desk.rules.mediation_life import OPEN_MEDIATIONS
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.mediation_sight import content_seen_by
from desk.store.models import Case, Letter, Mediation, Paper
from desk.store.sight import letter_seen_by, seen_by


def waiting_counts(reader: Reader) -> Mapping[str, int]:
    """Return how many cases wait at each place, and mediations, and reminders to answer."""
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
    notices = sum(
        reader.session.scalar(
            select(func.count(Paper.id)).join(Case, Case.id == Paper.case_id).where(condition)
        )
        or 0
        for condition in notice_waits(reader, {PaperState.TO_SEAL, PaperState.TO_DELIVER})
    )
    own = reader.person.unit_ids if may_in_hall(Deed.ANSWER_LETTER, reader.person) else ()
    to_answer = reader.session.scalar(
        select(func.count(Letter.id)).where(
            letter_seen_by(reader.person),
            Letter.unit_id.in_(own),
            Letter.kind == LetterKind.REMINDER,
            Letter.state.in_([LetterState.ISSUED, LetterState.DELIVERED]),
        )
    )
    return {
        "letters": to_answer or 0,
        "mediation": mediations or 0,
        "board": sum(by_status.values()),
        "signoff": by_status.get(CaseStatus.SIGNING, 0),
        "last_mile": notices
        + by_status.get(CaseStatus.SEALING, 0)
        + by_status.get(CaseStatus.DELIVERING, 0),
        "followup": by_status.get(CaseStatus.FOLLOW_UP, 0),
    }
