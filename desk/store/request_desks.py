"""Where a request about the assessment of a case lies, as the rules know it (剔除、申诉)."""

from desk.rules.assessment_requests import RequestDesk
from desk.store.models import AssessmentRequest, Case


def request_desk(case: Case, row: AssessmentRequest) -> RequestDesk:
    """Return the desk on which a request lies now."""
    return RequestDesk(
        state=row.state,
        unit_id=row.unit_id,
        asked_by=row.asked_by,
        leader_id=row.leader_id,
        is_secret=case.is_secret,
    )
