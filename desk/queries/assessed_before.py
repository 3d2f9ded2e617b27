"""What exclusions and rating appeals changed (剔除、差评申诉前后): the figures with and without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from desk.queries.figure_measures import received_within
from desk.queries.rate_figures import beside_of, period_figures
from desk.queries.rates import rated_by_id
from desk.rules.assessment_codes import RequestKind, RequestState
from desk.rules.rate_groups import GroupBy
from desk.rules.rates_report import figures_of, report_of
from desk.rules.three_rates import RatedCase
from desk.store.database import Reader
from desk.store.models import AssessmentRequest, Case
from desk.store.patience import takes_long
from desk.store.rate_rules import hall_rate_rules
from desk.store.sight import seen_by


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The report on a period as it is, and as it would be had no request been granted.

    Attributes:
        excluded, rated_again: how many cases have a request that was granted and still stands.
    """

    report: dict[str, Any]
    without: dict[str, Any]
    excluded: int
    rated_again: int


@takes_long
def before_and_after(
    reader: Reader,
    first: date,
    last: date,
    by: GroupBy = GroupBy.UNIT,
    *,
    decimals: int | None = None,
) -> BeforeAfter:
    """Return the report on a period with and without what was granted, from the same cases."""
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    requests = _granted(reader, first, last)
    now = rated_by_id(reader, first, last, Case.id.in_(sorted(requests))) if requests else {}
    then = [_as_it_was(case, requests[case_id]) for case_id, case in now.items()]
    figures = period_figures(reader, first, last, by)
    changed = figures - figures_of(now.values(), by, rules) + figures_of(then, by, rules)
    beside = beside_of(reader, (first, last), by, decimals)
    report = partial(report_of, first=first, last=last, rules=rules, beside=beside)
    return BeforeAfter(
        report(figures),
        report(changed),
        _of_kind(requests, RequestKind.EXCLUDE),
        _of_kind(requests, RequestKind.RATE_AGAIN),
    )


def _granted(reader: Reader, first: date, last: date) -> dict[int, list[AssessmentRequest]]:
    """Return the requests that stand, by case, the oldest first."""
    rows = reader.session.scalars(
        select(AssessmentRequest)
        .join(Case, Case.id == AssessmentRequest.case_id)
        .where(
            seen_by(reader.person),
            received_within(first, last),
            AssessmentRequest.state == RequestState.GRANTED,
        )
        .order_by(AssessmentRequest.decided_at, AssessmentRequest.id)
    ).all()
    found: dict[int, list[AssessmentRequest]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _as_it_was(case: RatedCase, requests: Sequence[AssessmentRequest]) -> RatedCase:
    """Return a case as it counted before; a rating given in a later round stays."""
    if any(request.kind is RequestKind.EXCLUDE for request in requests):
        case = replace(case, counts_in_rates=True)
    for request in reversed(requests):
        said = (request.new_contacted, request.new_resolution, request.new_satisfaction)
        stands = said == (case.was_contacted, case.resolution, case.satisfaction)
        if request.kind is RequestKind.RATE_AGAIN and stands:
            case = replace(
                case,
                was_contacted=request.was_contacted,
                resolution=request.resolution,
                satisfaction=request.satisfaction,
            )
    return case


def _of_kind(requests: Mapping[int, Sequence[AssessmentRequest]], kind: RequestKind) -> int:
    return sum(any(one.kind is kind for one in several) for several in requests.values())
