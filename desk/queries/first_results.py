"""What became of the cases that somebody was the first to hear (首问首办, DOMAIN.md 002-1).

Whoever heard an appeal first stays 首问人 whoever leads it afterwards: he is told of the end and
of what was said at the call-back, for some days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, text

from desk.queries.lookups import units
from desk.rules.codes import CaseStatus, Resolution, Satisfaction
from desk.rules.hall_settings import FIRST_RESULT_DAYS
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, FollowUp
from desk.store.models.handling import RATED_BADLY
from desk.store.sight import seen_by

_MOST = 30
_ENDED = (CaseStatus.CLOSED, CaseStatus.ARCHIVED)


@dataclass(frozen=True, slots=True)
class FirstResult:
    """One case that another handled to its end, or has to handle once more.

    Attributes:
        at: when it was closed, or when the call-back was that sent it into another round.
    """

    case_id: int
    seq: int
    summary: str
    unit: str
    at: datetime
    is_ended: bool
    round_no: int
    resolution: Resolution | None
    satisfaction: Satisfaction | None

    @property
    def words(self) -> str:
        """Say what became of it: “城建办办结，回访 已解决、满意”."""
        said = [label(one) for one in (self.resolution, self.satisfaction) if one is not None]
        rated = f"，回访 {'、'.join(said)}" if said else ""
        if self.is_ended:
            return f"{self.unit}办结{rated}"
        return f"第 {self.round_no} 轮办理{rated}"


def first_results(reader: Reader) -> tuple[FirstResult, ...]:
    """Return what came of one's own first-heard cases that others led, the latest first."""
    person, today = reader.person, day_of(reader.now)
    days = setting(reader.session, person.street_id, FIRST_RESULT_DAYS, today)
    if not days:
        return ()
    since = reader.now - timedelta(days=days)
    called = (
        select(FollowUp.case_id, FollowUp.happened_at)
        .where(
            text(RATED_BADLY),
            FollowUp.street_id == person.street_id,
            FollowUp.happened_at >= since,
        )
        .subquery()
    )
    ended = and_(Case.status.in_(_ENDED), Case.closed_at >= since)
    again = and_(Case.status.in_(sorted(OPEN)), called.c.case_id.is_not(None), Case.round_no > 1)
    rows = reader.session.execute(
        select(Case, called.c.happened_at)
        .outerjoin(called, called.c.case_id == Case.id)
        .where(
            seen_by(person),
            Case.street_id == person.street_id,
            Case.first_responder_id == person.staff_id,
            Case.handler_id.is_distinct_from(person.staff_id),
            or_(and_(ended, Case.lead_unit_id.is_not(None)), again),
        )
        .order_by(called.c.happened_at.desc(), Case.closed_at.desc(), Case.id)
        .limit(_MOST)
    )
    names = {unit.id: unit.short_name for unit in units(reader)}
    found = {row.Case.id: _result(row.Case, row.happened_at, names) for row in reversed(rows.all())}
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.case_id), reverse=True))


def _result(case: Case, called_at: datetime | None, names: dict[int, str]) -> FirstResult:
    at = case.closed_at or called_at
    assert at is not None  # noqa: S101 - one of the two was asked for
    return FirstResult(
        case_id=case.id,
        seq=case.seq,
        summary=case.summary,
        unit=names.get(case.lead_unit_id or 0, ""),
        at=at,
        is_ended=case.closed_at is not None,
        round_no=case.round_no,
        resolution=case.resolution,
        satisfaction=case.satisfaction,
    )
