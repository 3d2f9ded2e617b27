"""Requests about the assessment of a case (剔除申请、差评申诉): what was asked, where it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.queries.case_rows import has_rows
from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.assessment_requests import PENDING, Rating, lies_with
from desk.rules.moments import day_of
from desk.rules.sign_route import signed_by
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import AssessmentRequest, AssessmentStep, Case, Staff
from desk.store.rate_rules import hall_rate_rules
from desk.store.request_desks import request_desk


@dataclass(frozen=True, slots=True)
class SaidAtDesk:
    """What one desk said."""

    desk: RequestState
    who: str
    is_passed: bool
    note: str
    at: datetime

    def words(self) -> str:
        """Say it in one line: “分管领导 郑伟：同意。”."""
        said = self.note or ("同意。" if self.is_passed else "不同意。")
        return f"{label(self.desk).removeprefix('待')} {self.who}：{said}"


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One request as people read it.

    Attributes:
        why: the reasons of an exclusion, or the new rating of an appeal, in words.
        is_mine: whether it lies on the reader's desk.
    """

    kind: RequestKind
    state: RequestState
    why: str
    facts: str
    unit: str
    asked_by: str
    asked_at: datetime
    month: str
    rules_name: str
    old_rating: Rating
    said: tuple[SaidAtDesk, ...]
    is_mine: bool

    @property
    def is_pending(self) -> bool:
        """Whether somebody has still to decide."""
        return self.state in PENDING


@dataclass(frozen=True, slots=True)
class AssessmentsView:
    """What the page of a case needs to know of its assessment.

    Attributes:
        reasons: for which reasons this case might be excluded, by the rules of its month.
    """

    requests: tuple[AssessmentView, ...]
    counts: bool
    rating: Rating
    reasons: tuple[ExclusionReason, ...]

    @property
    def pending(self) -> AssessmentView | None:
        """Return the request that waits, if one does."""
        return next((one for one in self.requests if one.is_pending), None)

    @property
    def granted(self) -> AssessmentView | None:
        """Return the request that is in effect, if one is."""
        return next((one for one in self.requests if one.state is RequestState.GRANTED), None)


def assessments_of(reader: Reader, case: Case, names: Mapping[int, str]) -> AssessmentsView:
    """Return the requests about a case that the reader may see, the newest first."""
    asker = aliased(Staff)
    asked = (
        select(AssessmentRequest, asker.name)
        .join(asker, asker.id == AssessmentRequest.asked_by)
        .where(AssessmentRequest.case_id == case.id)
        .order_by(AssessmentRequest.id.desc())
    )
    is_asked = has_rows(reader, AssessmentRequest, case.id)
    rows = reader.session.execute(asked).all() if is_asked else ()
    said = _said(reader, case.id) if rows else {}
    rules = hall_rate_rules(reader.session, case.street_id).on(day_of(case.received_at))
    return AssessmentsView(
        tuple(
            AssessmentView(
                kind=row.kind,
                state=row.state,
                why=why_of(row),
                facts=row.facts,
                unit=names.get(row.unit_id, ""),
                asked_by=asked_by,
                asked_at=row.asked_at,
                month=row.month,
                rules_name=row.rules_name,
                old_rating=Rating(row.was_contacted, row.resolution, row.satisfaction),
                said=tuple(said.get(row.id, ())),
                is_mine=lies_with(request_desk(case, row), reader.person),
            )
            for row, asked_by in rows
        ),
        case.counts_in_rates,
        Rating(case.was_contacted, case.resolution, case.satisfaction),
        rules.reasons,
    )


def why_of(row: AssessmentRequest) -> str:
    """Say what a request asks for: the reasons of an exclusion, or the new rating."""
    if row.kind is RequestKind.EXCLUDE:
        return "、".join(label(ExclusionReason(code)) for code in row.reasons)
    return Rating(row.new_contacted, row.new_resolution, row.new_satisfaction).words()


def _said(reader: Reader, case_id: int) -> dict[int, list[SaidAtDesk]]:
    signer, principal = aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(AssessmentStep, signer.name, principal.name)
        .join(signer, signer.id == AssessmentStep.staff_id)
        .outerjoin(principal, principal.id == AssessmentStep.for_id)
        .where(AssessmentStep.case_id == case_id)
        .order_by(AssessmentStep.id)
    )
    found: dict[int, list[SaidAtDesk]] = {}
    for step, name, stood_for in rows:
        who = signed_by(stood_for, name) if stood_for else name
        line = SaidAtDesk(step.desk, who, step.is_passed, step.note or "", step.happened_at)
        found.setdefault(step.request_id, []).append(line)
    return found
