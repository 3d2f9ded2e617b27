"""What became of the cases that somebody was the first to hear (首问首办, DOMAIN.md 002-1).

Whoever heard an appeal first stays 首问人 whoever leads it afterwards: he is told of the end and
of what was said at the call-back, for some days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, text

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
from desk.store.sight import seen_by, standing_at

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
    rows = (*_again(reader, since), *_ended(reader, since))
    names = {unit.id: unit.short_name for unit in units(reader)}
    found = {case.id: _result(case, at, names) for case, at in rows}
    latest = sorted(found.values(), key=lambda one: (one.at, one.case_id), reverse=True)
    return tuple(latest[:_MOST])


def _ended(reader: Reader, since: datetime) -> list[tuple[Case, datetime]]:
    rows = reader.session.scalars(
        select(Case)
        .where(
            *_heard_first(reader),
            Case.status.in_(_ENDED),
            Case.closed_at >= since,
            Case.lead_unit_id.is_not(None),
        )
        .order_by(Case.closed_at.desc(), Case.id.desc())
        .limit(_MOST)
    )
    return [(case, case.closed_at) for case in rows if case.closed_at is not None]


def _again(reader: Reader, since: datetime) -> list[tuple[Case, datetime]]:
    """Return those at work once more, each with its latest bad call-back."""
    called = (
        select(FollowUp.case_id, func.max(FollowUp.happened_at).label("at"))
        .where(
            text(RATED_BADLY),
            FollowUp.street_id == reader.person.street_id,
            FollowUp.happened_at >= since,
        )
        .group_by(FollowUp.case_id)
        .subquery()
    )
    rows = reader.session.execute(
        select(Case, called.c.at)
        .join(called, called.c.case_id == Case.id)
        .where(*_heard_first(reader), standing_at(OPEN), Case.round_no > 1)
        .order_by(called.c.at.desc(), Case.id.desc())
        .limit(_MOST)
    )
    return [(case, at) for case, at in rows]


def _heard_first(reader: Reader) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that the reader heard a case first, and another one handles it."""
    person = reader.person
    return (
        seen_by(person),
        Case.street_id == person.street_id,
        Case.first_responder_id == person.staff_id,
        Case.handler_id.is_distinct_from(person.staff_id),
    )


def _result(case: Case, at: datetime, names: dict[int, str]) -> FirstResult:
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
