"""Until when a file is kept (保管到哪天): the settings of the day, the words on its cover."""

from datetime import date

from sqlalchemy.orm import Session

from desk.rules.codes import CaseStatus
from desk.rules.mediation_codes import MediationStatus
from desk.rules.moments import day_of
from desk.rules.retention import retention_years, years_after
from desk.store.hall_rules import setting
from desk.store.models import Case, Mediation

ENDED_CASES = frozenset({CaseStatus.ARCHIVED, CaseStatus.WITHDRAWN, CaseStatus.GUIDED})
ENDED_MEDIATIONS = frozenset({MediationStatus.ARCHIVED, MediationStatus.REFUSED})


def ended_file(file: Case | Mediation) -> date | None:
    """Return the day on which a file ended for good; None while it goes on."""
    if isinstance(file, Case):
        is_over = file.status in ENDED_CASES
        return day_of(file.closed_at or file.changed_at) if is_over else None
    is_over = file.status in ENDED_MEDIATIONS
    return (file.ended_on or day_of(file.changed_at)) if is_over else None


def kept_until(
    session: Session, street_id: int, file: Case | Mediation, today: date
) -> date | None:
    """Return the day from which the personal data of an ended file is no longer kept.

    None for what is kept for ever.
    """
    ended = ended_file(file)
    assert ended is not None  # noqa: S101 - asked of ended files only
    if isinstance(file, Case):
        return years_after(ended, int(setting(session, street_id, "retention_years", today)))
    words = file.retention or setting(session, street_id, "mediation_retention", today)
    years = retention_years(str(words))
    return None if years is None else years_after(ended, years)
