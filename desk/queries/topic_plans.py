"""Plans of topics (治理方案): what is to be done, what was done, and what it brought about.

Whoever knows of a topic reads its plan; of cases, findings and figures everybody has only his own.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from desk.queries.lookups import units
from desk.queries.meetings import MeetingView, meetings
from desk.rules.codes import CaseStatus, Channel
from desk.rules.deeds import Deed
from desk.rules.effect import Effect, Window, days_passed, window_after, window_before
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.proactive_codes import PlanState
from desk.rules.rights import may_in_hall
from desk.store.database import Reader
from desk.store.models import (
    Case,
    Category,
    EarlyAction,
    Place,
    PlanLook,
    PlanMeasure,
    PlanUnit,
    Staff,
    Topic,
    TopicCase,
    TopicPlan,
)
from desk.store.topic_sight import case_shown_in_topics, topic_seen_by
from desk.store.visit_sight import finding_seen_by

_MOST = 300


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as a line.

    Attributes:
        late: measures past their day.
        waits_on: by when something is to be done next: a measure, the end, or the second look.
    """

    topic: int
    name: str
    state: PlanState
    units: tuple[str, ...]
    done: int
    measures: int
    late: int
    waits_on: date | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of a plan.

    Attributes:
        may_report: whether the reader may say what came of it.
    """

    id: int
    text: str
    unit: str
    person: str
    due_on: date
    done_on: date | None
    result: str
    spent_fen: int
    is_late: bool
    may_report: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class LookRow:
    """One second look."""

    looked_on: date
    is_solved: bool
    note: str
    looked_by: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """All of one plan, or what a new one begins with (`plan_id` is 0).

    Attributes:
        id: of its topic.
        units, unit_ids: who answers for it.
        counted: which cases count for its effect, in words.
        cases: how many of its topic's cases the reader sees; findings: how many findings.
        may_keep: whether the reader may change it.
    """

    id: int
    name: str
    plan_id: int = 0
    version: int = 0
    goal: str = ""
    unit_ids: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    place_id: int | None = None
    category_id: int | None = None
    word: str = ""
    counted: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    planned_fen: int = 0
    funds_from: str = ""
    state: PlanState = PlanState.RUNNING
    finished_on: date | None = None
    finished_note: str = ""
    look_due_on: date | None = None
    made_by: str = ""
    made_at: datetime | None = None
    measures: tuple[MeasureRow, ...] = ()
    looks: tuple[LookRow, ...] = ()
    effect: Effect | None = None
    meetings: tuple[MeetingView, ...] = ()
    findings: int = 0
    cases: int = 0
    may_keep: bool = False

    @property
    def spent_fen(self) -> int:
        """What the measures have cost so far."""
        return sum(one.spent_fen for one in self.measures)


def plan_board(reader: Reader) -> tuple[PlanRow, ...]:
    """Return the plans of the topics that the reader may know of, the most pressing first."""
    found = reader.session.execute(
        select(TopicPlan, Topic.name)
        .join(Topic, Topic.id == TopicPlan.topic_id)
        .where(topic_seen_by(reader.person))
        .order_by(TopicPlan.made_at.desc(), TopicPlan.id.desc())
        .limit(_MOST)
    ).all()
    today = day_of(reader.now)
    named = _units_of(reader, [plan.id for plan, _ in found])
    every = _measures(reader, [plan.id for plan, _ in found])
    rows = [_row(plan, name, named[plan.id], every[plan.id], today) for plan, name in found]
    return tuple(sorted(rows, key=_pressing))


@dataclass(frozen=True, slots=True)
class _Named:
    ids: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def _row(
    plan: TopicPlan, name: str, named: _Named, measures: list[PlanMeasure], today: date
) -> PlanRow:
    open_ones = [one for one in measures if one.done_on is None]
    waits = plan.look_due_on
    if plan.state is PlanState.RUNNING:
        waits = min([plan.ends_on, *(one.due_on for one in open_ones)])
    return PlanRow(
        topic=plan.topic_id,
        name=name,
        state=plan.state,
        units=tuple(named.words),
        done=len(measures) - len(open_ones),
        measures=len(measures),
        late=sum(one.due_on < today for one in open_ones),
        waits_on=waits,
    )


def _pressing(row: PlanRow) -> tuple[bool, date]:
    return row.waits_on is None, row.waits_on or date.max


def plan_file(reader: Reader, topic_id: int) -> PlanFile | None:
    """Return the plan of a topic, or what a new one begins with; None where it is kept away."""
    topic = reader.session.scalar(
        select(Topic).where(Topic.id == topic_id, topic_seen_by(reader.person))
    )
    if topic is None:
        return None
    may_keep = may_in_hall(Deed.KEEP_TOPICS, reader.person)
    plan = reader.session.scalar(select(TopicPlan).where(TopicPlan.topic_id == topic.id))
    cases = reader.session.scalar(
        select(func.count(Case.id)).where(_of_topic(topic.id), case_shown_in_topics(reader.person))
    )
    if plan is None:
        lead = (topic.lead_unit_id,) if topic.lead_unit_id is not None else ()
        return PlanFile(
            id=topic.id,
            name=topic.name,
            unit_ids=lead,
            place_id=topic.place_id,
            category_id=topic.category_id,
            word=topic.word or "",
            meetings=meetings(reader, topic=topic.id),
            findings=_findings(reader, topic.id),
            cases=cases or 0,
            may_keep=may_keep,
        )
    named = _units_of(reader, [plan.id])[plan.id]
    return PlanFile(
        id=topic.id,
        name=topic.name,
        plan_id=plan.id,
        version=plan.version,
        goal=plan.goal,
        unit_ids=tuple(named.ids),
        units=tuple(named.words),
        place_id=plan.place_id,
        category_id=plan.category_id,
        word=plan.word or "",
        counted=_counted(reader, plan),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        planned_fen=plan.planned_fen or 0,
        funds_from=plan.funds_from or "",
        state=plan.state,
        finished_on=plan.finished_on,
        finished_note=plan.finished_note or "",
        look_due_on=plan.look_due_on,
        made_by=_staff(reader, plan.made_by),
        made_at=plan.made_at,
        measures=_measure_rows(reader, plan, may_keep=may_keep),
        looks=_looks(reader, plan.id),
        effect=_effect(reader, plan),
        meetings=meetings(reader, topic=topic.id),
        findings=_findings(reader, topic.id),
        cases=cases or 0,
        may_keep=may_keep,
    )


def _effect(reader: Reader, plan: TopicPlan) -> Effect:
    """Count the same kind of cases before a plan began and after it was finished."""
    days = plan.window_days
    before = _count(reader, plan, window_before(plan.starts_on, days))
    if plan.finished_on is None:
        return Effect(days, before)
    window = window_after(plan.finished_on, days)
    passed = days_passed(window, day_of(reader.now))
    return Effect(days, before, _count(reader, plan, window), passed, window.last)


def _count(reader: Reader, plan: TopicPlan, window: Window) -> int:
    """Count what people complained of in some days; what we found ourselves is no complaint."""
    found = reader.session.scalar(
        select(func.count(Case.id)).where(
            case_shown_in_topics(reader.person),
            Case.received_at >= start_of(window.first),
            Case.received_at < end_of(window.last),
            Case.status != CaseStatus.WITHDRAWN,
            Case.channel != Channel.EARLY_ACTION,
            *_same_kind(plan),
        )
    )
    return found or 0


def _same_kind(plan: TopicPlan) -> Iterable[ColumnElement[bool]]:
    """Yield which cases a plan is about; without place, category and word those of its topic."""
    if plan.place_id is None and plan.category_id is None and plan.word is None:
        yield _of_topic(plan.topic_id)
        return
    if plan.place_id is not None:
        at = select(Place.id).where(
            or_(Place.id == plan.place_id, Place.parent_id == plan.place_id)
        )
        yield Case.place_id.in_(at)
    if plan.category_id is not None:
        above = aliased(Category)
        of = (
            select(Category.id)
            .outerjoin(above, above.id == Category.parent_id)
            .where(
                or_(
                    Category.id == plan.category_id,
                    Category.parent_id == plan.category_id,
                    above.parent_id == plan.category_id,
                )
            )
        )
        yield Case.category_id.in_(of)
    if plan.word is not None:
        yield Case.details.contains(plan.word, autoescape=True)


def _of_topic(topic_id: int) -> ColumnElement[bool]:
    return Case.id.in_(
        select(TopicCase.case_id).where(
            TopicCase.topic_id == topic_id,
            TopicCase.removed_at.is_(None),
            TopicCase.is_opposite.is_(False),
        )
    )


def _counted(reader: Reader, plan: TopicPlan) -> str:
    parts = []
    if plan.place_id is not None:
        parts.append(reader.session.scalar(select(Place.name).where(Place.id == plan.place_id)))
    if plan.category_id is not None:
        of = select(Category.name).where(Category.id == plan.category_id)
        parts.append(reader.session.scalar(of))
    if plan.word:
        parts.append(f"说到“{plan.word}”的")
    words = " ".join(part for part in parts if part)
    return f"{words}诉求" if words else "列入本专题的诉求"


def _units_of(reader: Reader, plans: list[int]) -> defaultdict[int, _Named]:
    order = {unit.id: (at, unit.short_name) for at, unit in enumerate(units(reader))}
    rows = reader.session.execute(
        select(PlanUnit.plan_id, PlanUnit.unit_id).where(PlanUnit.plan_id.in_(plans))
    ).all()
    found: defaultdict[int, _Named] = defaultdict(_Named)
    last = (len(order), "（已撤销的单位）")
    for plan, unit in sorted(rows, key=lambda row: order.get(row.unit_id, last)):
        found[plan].ids.append(unit)
        found[plan].words.append(order.get(unit, last)[1])
    return found


def _measures(reader: Reader, plans: list[int]) -> defaultdict[int, list[PlanMeasure]]:
    found: defaultdict[int, list[PlanMeasure]] = defaultdict(list)
    rows = reader.session.scalars(
        select(PlanMeasure)
        .where(PlanMeasure.plan_id.in_(plans), PlanMeasure.dropped_at.is_(None))
        .order_by(PlanMeasure.due_on, PlanMeasure.id)
    )
    for row in rows:
        found[row.plan_id].append(row)
    return found


def _measure_rows(reader: Reader, plan: TopicPlan, *, may_keep: bool) -> tuple[MeasureRow, ...]:
    short = {unit.id: unit.short_name for unit in units(reader)}
    person, today = reader.person, day_of(reader.now)
    reports = may_in_hall(Deed.REPORT_MEASURE, person)
    is_running = plan.state is PlanState.RUNNING
    return tuple(
        MeasureRow(
            id=row.id,
            text=row.text,
            unit=short.get(row.unit_id, ""),
            person=row.person or "",
            due_on=row.due_on,
            done_on=row.done_on,
            result=row.result or "",
            spent_fen=row.spent_fen or 0,
            is_late=row.done_on is None and row.due_on < today,
            may_report=is_running and (may_keep or (reports and row.unit_id in person.unit_ids)),
        )
        for row in sorted(_measures(reader, [plan.id])[plan.id], key=_still_open)
    )


def _still_open(row: PlanMeasure) -> bool:
    """Put what is done below what is still to be done."""
    return row.done_on is not None


def _looks(reader: Reader, plan_id: int) -> tuple[LookRow, ...]:
    rows = reader.session.execute(
        select(PlanLook.looked_on, PlanLook.is_solved, PlanLook.note, Staff.name)
        .join(Staff, Staff.id == PlanLook.looked_by)
        .where(PlanLook.plan_id == plan_id)
        .order_by(PlanLook.looked_at.desc(), PlanLook.id.desc())
    )
    return tuple(LookRow(*row) for row in rows)


def _findings(reader: Reader, topic_id: int) -> int:
    found = reader.session.scalar(
        select(func.count(EarlyAction.id)).where(
            EarlyAction.topic_id == topic_id, finding_seen_by(reader.person)
        )
    )
    return found or 0


def _staff(reader: Reader, staff_id: int) -> str:
    return reader.session.scalar(select(Staff.name).where(Staff.id == staff_id)) or ""
