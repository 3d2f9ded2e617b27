"""Findings as people read them (未诉先办): the lists with their counts, one of them, a place's.

Who works in a community or a unit has what is his to deal with in the lists; whoever oversees the
street, and everybody else who only reads, has all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import aliased

from desk.queries.case_rows import has_rows
from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import DiscoverWay, EarlyActionState, VisitConcern
from desk.rules.early_actions import FindingStand, may_treat
from desk.rules.moments import day_of
from desk.rules.numbering import read_number
from desk.rules.rights import OVERSEERS, Person, may_in_hall
from desk.rules.search_text import canonical, search_terms
from desk.store.database import Reader
from desk.store.models import Case, Category, EarlyAction, Place, Staff, Topic, Whistle
from desk.store.sight import seen_by
from desk.store.topic_sight import topic_seen_by
from desk.store.unit_names import unit_name
from desk.store.visit_sight import finding_seen_by
from desk.store.whistle_sight import whistle_seen_by

S = EarlyActionState
_MOST, _MOST_THERE, _MOST_HITS = 300, 8, 5
_WORKERS = frozenset({Role.COMMUNITY, Role.HANDLER})


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as a line.

    Attributes:
        is_due: it waits for its second look since today or longer.
    """

    id: int
    number: str
    state: EarlyActionState
    way: DiscoverWay
    situation: str
    where: str
    community: str
    unit: str
    found_at: datetime
    recheck_on: date | None
    is_due: bool
    concern: VisitConcern | None
    has_case: bool


@dataclass(frozen=True, slots=True)
class FindingFile:
    """All of one finding.

    Attributes:
        case_id, case_number: the case it became, where the reader sees it.
        may_treat: whether the reader deals with it.
    """

    id: int
    version: int
    number: str
    outside_number: str
    state: EarlyActionState
    way: DiscoverWay
    found_at: datetime
    found_by: str
    community: str
    grid: str
    place_id: int | None
    address: str
    category_id: int
    category: str
    situation: str
    concern: VisitConcern | None
    unit_id: int
    unit: str
    measure: str
    note: str
    recorded_by: str
    recorded_at: datetime
    resolved_by: str
    resolved_at: datetime | None
    recheck_on: date | None
    rechecked_by: str
    rechecked_at: datetime | None
    recheck_note: str
    void_reason: str
    visit_id: int | None
    case_id: int | None
    case_number: str
    whistle_id: int | None
    whistle: str
    topic_id: int | None
    topic: str
    may_treat: bool
    may_register: bool
    may_whistle: bool


@dataclass(frozen=True, slots=True)
class EarlyBoard:
    """The lists of findings, each with how many there are."""

    rows: Mapping[EarlyActionState, tuple[FindingRow, ...]] = field(default_factory=dict)
    counts: Mapping[EarlyActionState, int] = field(default_factory=dict)
    due: int = 0

    def of(self, state: EarlyActionState) -> tuple[FindingRow, ...]:
        """Return the lines of a state."""
        return self.rows.get(state, ())

    def count(self, state: EarlyActionState) -> int:
        """Return how many stand there."""
        return self.counts.get(state, 0)


def early_board(reader: Reader) -> EarlyBoard:
    """Return the lists: what is open the oldest first, second looks by their day, the newest."""
    here = (finding_seen_by(reader.person), _own(reader.person))
    counts = reader.session.execute(
        select(EarlyAction.state, func.count()).where(*here).group_by(EarlyAction.state)
    )
    due = reader.session.scalar(
        select(func.count()).where(
            *here,
            EarlyAction.state == S.RESOLVED,
            EarlyAction.recheck_on <= day_of(reader.now),
        )
    )
    newest = (EarlyAction.found_at.desc(), EarlyAction.id.desc())
    order: dict[EarlyActionState, tuple[Any, ...]] = {
        S.OPEN: (EarlyAction.found_at, EarlyAction.id),
        S.RESOLVED: (EarlyAction.recheck_on.is_(None), EarlyAction.recheck_on, EarlyAction.id),
        S.CONFIRMED: newest,
        S.VOID: newest,
    }
    return EarlyBoard(
        rows={
            state: _rows(reader, *here, EarlyAction.state == state, order=order[state], most=_MOST)
            for state in S
        },
        counts={row.state: row[1] for row in counts},
        due=due or 0,
    )


def findings_at(reader: Reader, place: int) -> tuple[FindingRow, ...]:
    """Return what was found at a place lately; what was taken back is left out."""
    estate = select(Place.id).where(or_(Place.id == place, Place.parent_id == place))
    return _rows(
        reader,
        finding_seen_by(reader.person),
        EarlyAction.place_id.in_(estate),
        EarlyAction.state != S.VOID,
        order=(EarlyAction.found_at.desc(), EarlyAction.id.desc()),
        most=_MOST_THERE,
    )


def findings_of_case(reader: Reader, case_id: int) -> tuple[FindingRow, ...]:
    """Return what was found before anybody complained, and became this case."""
    if not has_rows(reader, EarlyAction, case_id):
        return ()
    return _rows(
        reader,
        finding_seen_by(reader.person),
        EarlyAction.case_id == case_id,
        order=(EarlyAction.found_at, EarlyAction.id),
        most=_MOST_THERE,
    )


def findings_named(reader: Reader, text: str) -> tuple[FindingRow, ...]:
    """Return the findings that a number or words mean, the newest first."""
    asked = read_number(text)
    words = [term.word for term in search_terms(text)]
    if asked is not None and (not asked.letters or asked.letters.endswith("先")):
        wanted: ColumnElement[bool] = EarlyAction.seq == asked.seq
        if asked.year is not None:
            wanted = wanted & (EarlyAction.year == asked.year)
    elif words and max(map(len, words)) > 1:
        wanted = true()
    else:
        return ()
    found = _rows(
        reader,
        finding_seen_by(reader.person),
        wanted,
        order=(EarlyAction.found_at.desc(), EarlyAction.id.desc()),
        most=_MOST_HITS if asked is not None else _MOST * 4,
    )
    if asked is None:
        found = tuple(row for row in found if _says(row, words))
    return found[:_MOST_HITS]


def finding_file(reader: Reader, finding_id: int) -> FindingFile | None:
    """Return one finding, or None where there is none for the reader."""
    session, person = reader.session, reader.person
    recorder, solver, looker = aliased(Staff), aliased(Staff), aliased(Staff)
    found = session.execute(
        select(
            EarlyAction,
            Category.name,
            recorder.name,
            solver.name,
            looker.name,
        )
        .join(Category, Category.id == EarlyAction.category_id)
        .join(recorder, recorder.id == EarlyAction.recorded_by)
        .outerjoin(solver, solver.id == EarlyAction.resolved_by)
        .outerjoin(looker, looker.id == EarlyAction.rechecked_by)
        .where(finding_seen_by(person), EarlyAction.id == finding_id)
    ).one_or_none()
    if found is None:
        return None
    row, category, recorded_by, resolved_by, rechecked_by = found
    today = day_of(reader.now)
    case = session.scalar(select(Case.number).where(Case.id == row.case_id, seen_by(person)))
    topic = session.scalar(
        select(Topic.name).where(Topic.id == row.topic_id, topic_seen_by(person))
    )
    whistle = session.scalar(
        select(Whistle.number).where(Whistle.id == row.whistle_id, whistle_seen_by(person))
    )
    stand = FindingStand(row.community_id, row.unit_id, row.recorded_by)
    return FindingFile(
        id=row.id,
        version=row.version,
        number=row.number,
        outside_number=row.outside_number or "",
        state=row.state,
        way=row.way,
        found_at=row.found_at,
        found_by=row.found_by or "",
        community=unit_name(session, row.community_id, today),
        grid=unit_name(session, row.grid_id, today),
        place_id=row.place_id,
        address=row.address or "",
        category_id=row.category_id,
        category=category,
        situation=row.situation,
        concern=row.concern,
        unit_id=row.unit_id,
        unit=unit_name(session, row.unit_id, today),
        measure=row.measure or "",
        note=row.note or "",
        recorded_by=recorded_by,
        recorded_at=row.recorded_at,
        resolved_by=resolved_by or "",
        resolved_at=row.resolved_at,
        recheck_on=row.recheck_on,
        rechecked_by=rechecked_by or "",
        rechecked_at=row.rechecked_at,
        recheck_note=row.recheck_note or "",
        void_reason=row.void_reason or "",
        visit_id=row.visit_id,
        case_id=row.case_id if case is not None else None,
        case_number=case or "",
        whistle_id=row.whistle_id if whistle is not None else None,
        whistle=whistle or "",
        topic_id=row.topic_id if topic is not None else None,
        topic=topic or "",
        may_treat=may_treat(stand, person),
        may_register=may_in_hall(Deed.REGISTER, person),
        may_whistle=may_in_hall(Deed.RAISE_WHISTLE, person),
    )


def _rows(
    reader: Reader,
    *conditions: ColumnElement[bool],
    order: tuple[Any, ...],
    most: int,
) -> tuple[FindingRow, ...]:
    today = day_of(reader.now)
    rows = reader.session.execute(
        select(
            EarlyAction.id,
            EarlyAction.number,
            EarlyAction.state,
            EarlyAction.way,
            EarlyAction.situation,
            EarlyAction.address,
            Place.name.label("place"),
            EarlyAction.community_id,
            EarlyAction.unit_id,
            EarlyAction.found_at,
            EarlyAction.recheck_on,
            EarlyAction.concern,
            EarlyAction.case_id,
        )
        .outerjoin(Place, Place.id == EarlyAction.place_id)
        .where(*conditions)
        .order_by(*order)
        .limit(most)
    )
    return tuple(
        FindingRow(
            id=row.id,
            number=row.number,
            state=row.state,
            way=row.way,
            situation=row.situation,
            where=row.address or row.place or "",
            community=unit_name(reader.session, row.community_id, today),
            unit=unit_name(reader.session, row.unit_id, today),
            found_at=row.found_at,
            recheck_on=row.recheck_on,
            is_due=(
                row.state is S.RESOLVED and row.recheck_on is not None and row.recheck_on <= today
            ),
            concern=row.concern,
            has_case=row.case_id is not None,
        )
        for row in rows
    )


def _own(person: Person) -> ColumnElement[bool]:
    """Return the condition that a finding is the person's to deal with, or that he has them all."""
    if person.is_built_in or person.roles & OVERSEERS or not person.roles & _WORKERS:
        return true()
    around = person.unit_ids | person.units_above
    return or_(
        EarlyAction.community_id.in_(around),
        EarlyAction.unit_id.in_(person.unit_ids),
        EarlyAction.recorded_by == person.staff_id,
    )


def _says(row: FindingRow, words: list[str]) -> bool:
    said = canonical(f"{row.situation} {row.where} {row.number}")
    return all(word in said for word in words)
