"""The row of the 剔除（不纳入考核）申请表: what was asked, what every desk said (DOMAIN.md 2.9)."""

from sqlalchemy import select

from desk.rules.assessment_codes import ExclusionReason, RequestState
from desk.rules.assessment_requests import Rating
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.models import AssessmentRequest, AssessmentStep, Attachment
from desk.store.paper_source import Row, Source, on_paper

_ENDED = frozenset(
    {RequestState.GRANTED, RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.REVOKED}
)


def exclusion_request(source: Source) -> Row:
    """Return the row of a request; without one, of the newest of the case."""
    row: AssessmentRequest = source.about or source.all(AssessmentRequest)[-1]
    year, month = row.month.split("-")
    said = _said(source, row)
    return {
        "case_number": source.case.number,
        "lead_unit": source.unit(row.unit_id) or "",
        "received_at": on_paper(source.case.received_at),
        "summary": source.case.summary,
        "rating": Rating(row.was_contacted, row.resolution, row.satisfaction).words(),
        "rules_name": row.rules_name,
        "reasons": [label(ExclusionReason(code)) for code in row.reasons],
        "facts": row.facts,
        "evidence": _evidence(source, row),
        "month": f"{year}年{int(month)}月",
        "asked_by": source.staff(row.asked_by),
        "asked_on": on_paper(row.asked_at),
        "unit_opinion": said.get(RequestState.UNIT),
        "area_opinion": said.get(RequestState.AREA),
        "chief_opinion": said.get(RequestState.CHIEF),
        "office_opinion": said.get(RequestState.OFFICE),
        "result": label(row.state) if row.state in _ENDED else None,
    }


def _said(source: Source, row: AssessmentRequest) -> dict[RequestState, str]:
    """Return what each desk said, with name and day; whoever signed for somebody says so."""
    steps: list[AssessmentStep] = source.all(AssessmentStep)
    return {
        step.desk: f"{step.note or '同意。'}\n{_signed(source, step)}"
        for step in steps
        if step.request_id == row.id
    }


def _signed(source: Source, step: AssessmentStep) -> str:
    name = source.staff(step.staff_id)
    who = f"{source.staff(step.for_id)}（{name}代）" if step.for_id else name
    return f"{who} {in_shanghai(step.happened_at):%Y-%m-%d}"


def _evidence(source: Source, row: AssessmentRequest) -> list[str]:
    if not row.evidence:
        return []
    return list(
        source.tx.session.scalars(
            select(Attachment.name)
            .where(Attachment.case_id == row.case_id, Attachment.id.in_(row.evidence))
            .order_by(Attachment.id)
        )
    )
