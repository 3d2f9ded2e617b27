"""Walks as people read them (走访): which are planned, one door by door, what forms offer."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from desk.queries.administration import Record, Register
from desk.queries.lookups import CategoryChoice, PlaceChoice, UnitChoice, categories, places, units
from desk.rules.codes import Role, UnitKind
from desk.rules.early_action_codes import (
    QuestionnaireKind,
    VisitConcern,
    VisitResult,
    VisitState,
)
from desk.rules.early_actions import works_in
from desk.rules.moments import day_of
from desk.rules.questionnaires import Question, questions_of, show_questions
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import EarlyAction, Place, Questionnaire, Visit, VisitEntry
from desk.store.unit_names import unit_name
from desk.store.visit_rows import questions_today
from desk.store.visit_sight import entry_seen_by, finding_seen_by, visit_seen_by

_MOST = 200


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A walk as a line."""

    id: int
    number: str
    kind: QuestionnaireKind
    state: VisitState
    community: str
    planned_on: date
    visited_on: date | None
    walkers: str
    doors: int
    met: int
    found: int


@dataclass(frozen=True, slots=True)
class DoorView:
    """One door of a walk.

    Attributes:
        finding: the number of the finding that was made of its remark.
    """

    id: int
    place_id: int
    place: str
    household: str
    result: VisitResult | None
    answers: tuple[int, ...]
    concern: VisitConcern | None
    remark: str
    finding: str


@dataclass(frozen=True, slots=True)
class VisitFile:
    """All of one walk."""

    id: int
    version: int
    number: str
    kind: QuestionnaireKind
    state: VisitState
    community_id: int
    community: str
    grid: str
    planned_on: date
    visited_on: date | None
    walkers: str
    cancel_reason: str
    paper_id: int | None
    questions: tuple[Question, ...]
    doors: tuple[DoorView, ...]


@dataclass(frozen=True, slots=True)
class EarlyChoices:
    """What the forms of findings and walks offer.

    Attributes:
        communities: those in which the reader may write findings down, his own first.
    """

    categories: tuple[CategoryChoice, ...]
    places: tuple[PlaceChoice, ...]
    communities: tuple[UnitChoice, ...]
    units: tuple[UnitChoice, ...]


def visit_board(reader: Reader) -> tuple[VisitRow, ...]:
    """Return the walks, those to be typed in first, then the newest."""
    found = (
        select(EarlyAction.visit_id, func.count().label("found"))
        .where(EarlyAction.visit_id.is_not(None), finding_seen_by(reader.person))
        .group_by(EarlyAction.visit_id)
        .subquery()
    )
    doors = (
        select(
            VisitEntry.visit_id,
            func.count().label("doors"),
            func.sum(case((VisitEntry.result == VisitResult.MET, 1), else_=0)).label("met"),
        )
        .group_by(VisitEntry.visit_id)
        .subquery()
    )
    rows = reader.session.execute(
        select(Visit, doors.c.doors, doors.c.met, found.c.found)
        .outerjoin(doors, doors.c.visit_id == Visit.id)
        .outerjoin(found, found.c.visit_id == Visit.id)
        .where(visit_seen_by(reader.person))
        .order_by(Visit.state != VisitState.PLANNED, Visit.planned_on.desc(), Visit.id.desc())
        .limit(_MOST)
    )
    today = day_of(reader.now)
    return tuple(
        VisitRow(
            id=visit.id,
            number=visit.number,
            kind=visit.kind,
            state=visit.state,
            community=unit_name(reader.session, visit.community_id, today),
            planned_on=visit.planned_on,
            visited_on=visit.visited_on,
            walkers=visit.walkers or "",
            doors=count or 0,
            met=met or 0,
            found=finds or 0,
        )
        for visit, count, met, finds in rows
    )


def visit_file(reader: Reader, visit_id: int) -> VisitFile | None:
    """Return one walk door by door, or None where there is none for the reader."""
    session = reader.session
    visit = session.scalar(select(Visit).where(visit_seen_by(reader.person), Visit.id == visit_id))
    if visit is None:
        return None
    rows = session.execute(
        select(VisitEntry, Place.name, EarlyAction.number)
        .join(Place, Place.id == VisitEntry.place_id)
        .outerjoin(EarlyAction, EarlyAction.id == VisitEntry.early_action_id)
        .where(VisitEntry.visit_id == visit.id, entry_seen_by(reader.person))
        .order_by(VisitEntry.seq)
    )
    today = day_of(reader.now)
    return VisitFile(
        id=visit.id,
        version=visit.version,
        number=visit.number,
        kind=visit.kind,
        state=visit.state,
        community_id=visit.community_id,
        community=unit_name(session, visit.community_id, today),
        grid=unit_name(session, visit.grid_id, today),
        planned_on=visit.planned_on,
        visited_on=visit.visited_on,
        walkers=visit.walkers or "",
        cancel_reason=visit.cancel_reason or "",
        paper_id=visit.paper_id,
        questions=questions_of(visit.questions),
        doors=tuple(
            DoorView(
                id=entry.id,
                place_id=entry.place_id,
                place=place,
                household=entry.household,
                result=entry.result,
                answers=tuple(entry.answers),
                concern=entry.concern,
                remark=entry.remark or "",
                finding=number or "",
            )
            for entry, place, number in rows
        ),
    )


def doors_of(reader: Reader, place: int) -> tuple[str, ...]:
    """Return the doors of a building as they were on its last walk, in the order of that walk."""
    last = reader.session.scalar(
        select(func.max(VisitEntry.visit_id))
        .join(Visit, Visit.id == VisitEntry.visit_id)
        .where(VisitEntry.place_id == place, visit_seen_by(reader.person))
    )
    rows = (
        select(VisitEntry.household)
        .where(
            VisitEntry.place_id == place,
            VisitEntry.visit_id == last,
            entry_seen_by(reader.person),
        )
        .order_by(VisitEntry.seq)
    )
    return tuple(reader.session.scalars(rows))


def early_choices(reader: Reader) -> EarlyChoices:
    """Return what the forms offer today."""
    person, every = reader.person, units(reader)
    anywhere = person.is_built_in or Role.DISPATCHER in person.roles
    communities = [
        one
        for one in every
        if one.kind is UnitKind.COMMUNITY and (anywhere or works_in(one.id, person))
    ]
    return EarlyChoices(
        categories=tuple(categories(reader)),
        places=tuple(places(reader)),
        communities=tuple(communities),
        units=tuple(one for one in every if one.kind is not UnitKind.STREET),
    )


def questionnaire_register(reader: Reader) -> Register:
    """Return what is asked today, one question a line, and since when."""
    today, street = day_of(reader.now), reader.person.street_id
    rows = reader.session.execute(
        select(Questionnaire.kind, Questionnaire.valid_from)
        .where(Questionnaire.street_id == street)
        .order_by(Questionnaire.valid_from)
    )
    starts: dict[QuestionnaireKind, list[str]] = {}
    for kind, start in rows:
        starts.setdefault(kind, []).append(f"{start:%Y-%m-%d}")
    return Register(
        tuple(
            Record(
                kind.value,
                label(kind),
                f"{len(questions)} 问，{'、'.join(starts.get(kind, ['随程序带来']))} 起",
                {"问卷": label(kind), "各问": show_questions(questions)},
            )
            for kind in QuestionnaireKind
            for questions in [questions_today(reader.session, street, kind, today)]
        )
    )
