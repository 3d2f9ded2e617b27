"""Supervision and urging of a case (督办、催办): what was asked, where it lies, what comes next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from desk.queries.case_rows import has_rows
from desk.queries.silence import moved_of
from desk.rules.assessment_codes import (
    SupervisionGround,
    SupervisionSource,
    SupervisionState,
    UrgingWay,
)
from desk.rules.clock_faces import ClockFacts
from desk.rules.codes import AssignmentRole, AssignmentStatus, SpanUnit
from desk.rules.lifecycle import OPEN as OPEN_CASES
from desk.rules.moments import day_of
from desk.rules.spans import Span, due
from desk.rules.supervising import (
    OPEN,
    WITH_UNIT,
    SteeredCase,
    SteeringRule,
    Urged,
    grounds,
    half_and_near,
    may_decide,
    next_urging,
    notice_is_over,
    silent_days,
)
from desk.rules.verdicts import verdict_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar, setting
from desk.store.models import (
    Assignment,
    Case,
    CaseUnit,
    Paper,
    Staff,
    Supervision,
    Urging,
)
from desk.store.sight import seen_by

S = SupervisionState


@dataclass(frozen=True, slots=True)
class SupervisionView:
    """One supervision as people read it.

    Attributes:
        is_own_unit: whether it is the reader's unit that must act on it.
        may_decide: whether the reader may close it or send its report back.
    """

    id: int
    case_id: int
    source: SupervisionSource
    state: SupervisionState
    number: str
    outside_number: str
    unit_id: int
    unit: str
    grounds: tuple[SupervisionGround, ...]
    requirement: str
    due_at: datetime
    copied_to: str
    issued_by: str
    issued_at: datetime
    taken_by: str
    taken_at: datetime | None
    report: str
    reported_by: str
    reported_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    end_note: str
    paper_id: int | None
    is_own_unit: bool
    may_decide: bool

    @property
    def is_open(self) -> bool:
        """Whether it is not closed or dropped."""
        return self.state in OPEN

    @property
    def waits_for_unit(self) -> bool:
        """Whether the supervised unit has to sign for it or to report."""
        return self.state in WITH_UNIT

    @property
    def facts(self) -> ClockFacts:
        """Return its limit as a clock: it runs until the unit has reported."""
        half_at, near_at = half_and_near(self.issued_at, self.due_at)
        stopped = self.ended_at if self.reported_at is None else self.reported_at
        return ClockFacts(
            name="督办",
            unit=SpanUnit.HOUR,
            rule_text=f"{label(self.source)}的新时限",
            started_at=self.issued_at,
            due_at=self.due_at,
            original_due_at=self.due_at,
            half_at=half_at,
            near_at=near_at,
            stopped_at=None if self.waits_for_unit else stopped,
        )


@dataclass(frozen=True, slots=True)
class UrgingView:
    """One time a unit was urged, and what it said."""

    id: int
    case_id: int
    way: UrgingWay
    unit_id: int
    unit: str
    note: str
    explain_by: datetime | None
    made_by: str
    made_at: datetime
    explanation: str
    explained_by: str
    explained_at: datetime | None
    is_own_unit: bool

    @property
    def waits(self) -> bool:
        """Whether a notice is still to be answered."""
        return self.explain_by is not None and self.explained_at is None

    @property
    def urged(self) -> Urged:
        """Return it as the rules know it."""
        return Urged(self.way, self.explain_by, self.explained_at is not None)


@dataclass(frozen=True, slots=True)
class SteeringView:
    """What the page of a case needs to know: each with the newest first.

    Attributes:
        units: those that have or had a part in the case, the lead first: ids and names.
    """

    supervisions: tuple[SupervisionView, ...] = ()
    urgings: tuple[UrgingView, ...] = ()
    units: tuple[tuple[int, str], ...] = ()

    @property
    def to_sign_for(self) -> SupervisionView | None:
        """Return what the reader's unit has still to sign for."""
        return next((one for one in self._own() if one.state is S.ISSUED), None)

    @property
    def to_report(self) -> SupervisionView | None:
        """Return what the reader's unit has still to report on."""
        return next((one for one in self._own() if one.state is S.TAKEN), None)

    @property
    def to_decide(self) -> SupervisionView | None:
        """Return what the reader may end: first what was reported on."""
        mine = [one for one in self.supervisions if one.is_open and one.may_decide]
        return next((one for one in mine if one.state is S.REPORTED), next(iter(mine), None))

    @property
    def to_explain(self) -> UrgingView | None:
        """Return the urging that the reader's unit should explain: first a notice."""
        mine = [one for one in self.urgings if one.is_own_unit and one.explained_at is None]
        return next((one for one in mine if one.waits), next(iter(mine), None))

    def _own(self) -> list[SupervisionView]:
        return [one for one in self.supervisions if one.is_own_unit]


@dataclass(frozen=True, slots=True)
class SteeringOptions:
    """What a supervision or an urging of a case may say, as the facts are now.

    Attributes:
        grounds: on what grounds the facts allow it.
        due_at, explain_by: the limits that the hall usually gives.
        offered: how each unit would be urged next.
    """

    grounds: tuple[SupervisionGround, ...]
    silent_days: int
    due_at: datetime
    explain_by: datetime
    offered: Mapping[int, UrgingWay]


def steering_of(
    reader: Reader, case: Case, names: Mapping[int, str], involved: Collection[int]
) -> SteeringView:
    """Return how a case that the reader sees was supervised and urged, the newest first."""
    first = case.lead_unit_id or case.first_unit_id
    order = sorted(involved, key=lambda unit: (unit != first, unit))
    supervised, urged = (has_rows(reader, model, case.id) for model in (Supervision, Urging))
    return SteeringView(
        supervisions_where(reader, Supervision.case_id == case.id, names) if supervised else (),
        urgings_where(reader, Urging.case_id == case.id, names) if urged else (),
        tuple((unit, names.get(unit, "")) for unit in order),
    )


def supervisions_where(
    reader: Reader,
    which: ColumnElement[bool],
    names: Mapping[int, str],
    *,
    most: int | None = None,
) -> tuple[SupervisionView, ...]:
    """Return supervisions of cases that the asking query has made sure of, the newest first."""
    issuer, taker, reporter, ender = (aliased(Staff) for _ in range(4))
    query: Any = (
        select(Supervision, Paper.number, issuer, taker.name, reporter.name, ender.name)
        .join(issuer, issuer.id == Supervision.issued_by)
        .outerjoin(taker, taker.id == Supervision.taken_by)
        .outerjoin(reporter, reporter.id == Supervision.reported_by)
        .outerjoin(ender, ender.id == Supervision.ended_by)
        .outerjoin(Paper, Paper.id == Supervision.paper_id)
        .where(which)
        .order_by(Supervision.id.desc())
        .limit(most)
    )
    person = reader.person
    return tuple(
        SupervisionView(
            id=row.id,
            case_id=row.case_id,
            source=row.source,
            state=row.state,
            number=number or "",
            outside_number=row.outside_number or "",
            unit_id=row.unit_id,
            unit=names.get(row.unit_id, ""),
            grounds=tuple(SupervisionGround(code) for code in row.grounds),
            requirement=row.requirement,
            due_at=row.due_at,
            copied_to=row.copied_to or "",
            issued_by=issued.name,
            issued_at=row.issued_at,
            taken_by=taken_by or "",
            taken_at=row.taken_at,
            report=row.report or "",
            reported_by=reported_by or "",
            reported_at=row.reported_at,
            ended_by=ended_by or "",
            ended_at=row.ended_at,
            end_note=row.end_note or "",
            paper_id=row.paper_id,
            is_own_unit=row.unit_id in person.unit_ids,
            may_decide=may_decide(
                person, issued_by=issued.id, issuer_unit=issued.unit_id, unit_id=row.unit_id
            ),
        )
        for row, number, issued, taken_by, reported_by, ended_by in reader.session.execute(query)
    )


def urgings_where(
    reader: Reader, which: ColumnElement[bool], names: Mapping[int, str]
) -> tuple[UrgingView, ...]:
    """Return urgings about cases that the asking query has made sure of, the newest first."""
    maker, explainer = aliased(Staff), aliased(Staff)
    rows = reader.session.execute(
        select(Urging, maker.name, explainer.name)
        .join(maker, maker.id == Urging.made_by)
        .outerjoin(explainer, explainer.id == Urging.explained_by)
        .where(which)
        .order_by(Urging.id.desc())
    )
    return tuple(
        UrgingView(
            id=row.id,
            case_id=row.case_id,
            way=row.way,
            unit_id=row.unit_id,
            unit=names.get(row.unit_id, ""),
            note=row.note,
            explain_by=row.explain_by,
            made_by=made_by,
            made_at=row.made_at,
            explanation=row.explanation or "",
            explained_by=explained_by or "",
            explained_at=row.explained_at,
            is_own_unit=row.unit_id in reader.person.unit_ids,
        )
        for row, made_by, explained_by in rows
    )


def steering_rule(reader: Reader) -> SteeringRule:
    """Return the hall's own numbers of today."""

    def read(key: str) -> int:
        street, today = reader.person.street_id, day_of(reader.now)
        return int(setting(reader.session, street, key, today))

    return SteeringRule(
        silent_days=read("silent_days"),
        rounds=read("supervise_rounds"),
        units=read("supervise_units"),
        notice_days=read("notice_days"),
        report_days=read("supervise_days"),
    )


def steering_options(reader: Reader, case_id: int) -> SteeringOptions | None:
    """Return what may be asked of whom about a case; None: kept from the reader."""
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    if case is None:
        return None
    rule, now = steering_rule(reader), reader.now
    involved = reader.session.scalars(select(CaseUnit.unit_id).where(CaseUnit.case_id == case.id))
    urged: dict[int, list[Urged]] = {unit: [] for unit in involved}
    for one in urgings_where(reader, Urging.case_id == case.id, {}):
        urged.setdefault(one.unit_id, []).append(one.urged)
    facts = _facts(reader, case)
    calendar = hall_calendar(reader.session, case.street_id, day_of(now))

    def in_days(days: int) -> datetime:
        return due(now, Span(days, SpanUnit.WORKING_DAY), calendar).at

    return SteeringOptions(
        grounds=grounds(facts, rule),
        silent_days=facts.silent_days,
        due_at=in_days(rule.report_days),
        explain_by=in_days(rule.notice_days),
        offered={
            unit: next_urging(
                due_at=case.next_due_at,
                now=now,
                urged=[one.way for one in known],
                notice_is_over=notice_is_over(known, now),
            )
            for unit, known in urged.items()
        },
    )


def _facts(reader: Reader, case: Case) -> SteeredCase:
    """Return what decides whether a case should be supervised."""
    is_open = case.status in OPEN_CASES
    moved = moved_of(reader, [case.id]).get(case.id, case.changed_at)
    return SteeredCase(
        is_overdue=is_open and case.next_due_at is not None and case.next_due_at < reader.now,
        verdict=verdict_of(case.resolution, case.satisfaction),
        counts_in_rates=case.counts_in_rates,
        is_repeat=case.repeat_of_id is not None or case.repeat_of_number is not None,
        round_no=case.round_no,
        silent_days=silent_days(moved, reader.now) if is_open else 0,
        dispatched_to=_sent_in_vain(reader, case),
    )


def _sent_in_vain(reader: Reader, case: Case) -> int:
    """Return to how many units a case was sent while none of them leads it; 0 where one does."""
    parts = reader.session.execute(
        select(Assignment.unit_id, Assignment.status, Assignment.round_no).where(
            Assignment.case_id == case.id, Assignment.role == AssignmentRole.LEAD
        )
    ).all()
    is_led = any(
        part.status in {AssignmentStatus.ACCEPTED, AssignmentStatus.REPORTED}
        and part.round_no == case.round_no
        for part in parts
    )
    return 0 if is_led else len({part.unit_id for part in parts})
