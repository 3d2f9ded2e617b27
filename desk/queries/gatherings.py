"""Opinions of meetings (意见征集): each meeting with its opinions and its figures.

Whoever held a meeting, is to answer an opinion of it, or oversees the street reads it; a unit that
only answers sees its own opinions, and its figures are of those.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from desk.queries.lookups import UnitChoice, units
from desk.rules.deeds import Deed
from desk.rules.gathering import OpinionCounts, OpinionFacts, count_opinions, state_of
from desk.rules.moments import day_of
from desk.rules.proactive_codes import AnswerWay, GatheringKind, OpinionState
from desk.rules.proactive_settings import OPINION_DAYS
from desk.rules.rights import OVERSEERS, Person, may_in_hall
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Case, GatheredOpinion, Gathering, Staff
from desk.store.sight import seen_by

_MOST = 300


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One opinion.

    Attributes:
        case: the case it became.
        may_answer: whether the reader may answer it; may_withdraw: or take it down.
    """

    id: int
    seq: int
    text: str
    said_by: str
    way: AnswerWay
    unit_id: int | None
    unit: str
    due_on: date | None
    answer: str
    answered_on: date | None
    answered_by: str
    case: int | None
    case_number: str
    state: OpinionState
    may_answer: bool
    may_withdraw: bool
    gathering: int
    held_on: date
    name: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class GatheringRow:
    """One meeting with its opinions and figures."""

    id: int
    version: int
    kind: GatheringKind
    name: str
    held_on: date
    place: str
    unit_id: int
    unit: str
    attendees: int | None
    may_keep: bool
    counts: OpinionCounts
    opinions: tuple[OpinionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class GatheringBoard:
    """All meetings that the reader knows of.

    Attributes:
        counts: of all of them together; units: that may answer; days: the usual limit.
        own_unit: whose meeting a new one is at first.
    """

    gatherings: tuple[GatheringRow, ...] = ()
    counts: OpinionCounts = field(default_factory=OpinionCounts)
    units: tuple[UnitChoice, ...] = ()
    days: int = 0
    own_unit: int | None = None
    may_gather: bool = False
    # a new meeting is a form of its own, about nothing that is there
    id: int = 0
    version: int = 0

    def due_on(self, held_on: date) -> date:
        """Return by when an opinion is answered, where nothing else is said."""
        return held_on + timedelta(days=self.days)


def opinion_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `gathered_opinions` that the person may read it.

    What became a case is kept from whom the case is kept from.
    """
    mine = or_(
        GatheredOpinion.host_unit_id.in_(person.unit_ids),
        GatheredOpinion.unit_id.in_(person.unit_ids),
    )
    of = select(Case.id).where(Case.id == GatheredOpinion.case_id, seen_by(person))
    case = exists(of.correlate(GatheredOpinion))
    return and_(
        GatheredOpinion.street_id == person.street_id,
        or_(GatheredOpinion.case_id.is_(None), case),
        _all_or(person, mine),
    )


def gathering_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `gatherings` that the person may know of the meeting."""
    has_mine = exists(
        select(GatheredOpinion.id).where(
            GatheredOpinion.gathering_id == Gathering.id, opinion_seen_by(person)
        )
    )
    mine = or_(Gathering.unit_id.in_(person.unit_ids), has_mine)
    return and_(Gathering.street_id == person.street_id, _all_or(person, mine))


def _all_or(person: Person, mine: ColumnElement[bool]) -> ColumnElement[bool]:
    is_overseer = person.is_built_in or bool(person.seeing_roles & OVERSEERS)
    return true() if is_overseer else mine


def gathering_board(reader: Reader) -> GatheringBoard:
    """Return the meetings, the latest first."""
    person, today = reader.person, day_of(reader.now)
    found = reader.session.scalars(
        select(Gathering)
        .where(gathering_seen_by(person))
        .order_by(Gathering.held_on.desc(), Gathering.id.desc())
        .limit(_MOST)
    ).all()
    known = units(reader)
    short = {unit.id: unit.short_name for unit in known}
    opinions = _opinions(reader, found, short)
    rows = tuple(
        GatheringRow(
            id=row.id,
            version=row.version,
            kind=row.kind,
            name=row.name,
            held_on=row.held_on,
            place=row.place or "",
            unit_id=row.unit_id,
            unit=short.get(row.unit_id, ""),
            attendees=row.attendees,
            may_keep=_may_keep(person, row.unit_id),
            counts=count_opinions(_facts(opinions[row.id]), today),
            opinions=tuple(opinions[row.id]),
        )
        for row in found
    )
    every = [one for row in rows for one in row.opinions]
    return GatheringBoard(
        gatherings=rows,
        counts=count_opinions(_facts(every), today),
        units=tuple(known),
        days=setting(reader.session, person.street_id, OPINION_DAYS, today),
        own_unit=person.home_unit_id,
        may_gather=may_in_hall(Deed.GATHER_OPINIONS, person),
    )


def _may_keep(person: Person, host: int) -> bool:
    gathers = may_in_hall(Deed.GATHER_OPINIONS, person)
    return gathers and (host in person.unit_ids or may_in_hall(Deed.KEEP_TOPICS, person))


def _facts(opinions: Sequence[OpinionRow]) -> list[OpinionFacts]:
    return [
        OpinionFacts(
            one.way,
            one.due_on,
            one.answered_on,
            is_case=one.state is OpinionState.CASE,
            is_withdrawn=one.state is OpinionState.WITHDRAWN,
        )
        for one in opinions
    ]


def _opinions(
    reader: Reader, found: Sequence[Gathering], short: dict[int, str]
) -> defaultdict[int, list[OpinionRow]]:
    of = {row.id: row for row in found}
    rows = reader.session.execute(
        select(GatheredOpinion, Staff.name, Case.id, Case.number)
        .outerjoin(Staff, Staff.id == GatheredOpinion.answered_by)
        .outerjoin(Case, Case.id == GatheredOpinion.case_id)
        .where(GatheredOpinion.gathering_id.in_(of), opinion_seen_by(reader.person))
        .order_by(GatheredOpinion.seq, GatheredOpinion.id)
    )
    lines: defaultdict[int, list[OpinionRow]] = defaultdict(list)
    for row, who, case, number in rows:
        meeting = of[row.gathering_id]
        lines[meeting.id].append(_opinion(reader, row, meeting, short, (who, case, number)))
    return lines


def _opinion(
    reader: Reader,
    row: GatheredOpinion,
    meeting: Gathering,
    short: dict[int, str],
    joined: tuple[str | None, int | None, str | None],
) -> OpinionRow:
    who, case, number = joined
    person = reader.person
    facts = OpinionFacts(
        row.way,
        row.due_on,
        row.answered_on,
        is_case=row.case_id is not None,
        is_withdrawn=row.withdrawn_at is not None,
    )
    state = state_of(facts, day_of(reader.now))
    hosts = _may_keep(person, row.host_unit_id)
    answers = may_in_hall(Deed.GATHER_OPINIONS, person) and row.unit_id in person.unit_ids
    is_open = state in {OpinionState.WAITING, OpinionState.LATE}
    return OpinionRow(
        id=row.id,
        seq=row.seq,
        text=row.text,
        said_by=row.said_by or "",
        way=row.way,
        unit_id=row.unit_id,
        unit=short.get(row.unit_id or 0, ""),
        due_on=row.due_on,
        answer=row.answer or "",
        answered_on=row.answered_on,
        answered_by=who or "",
        case=case,
        case_number=number or "",
        state=state,
        may_answer=is_open and (hosts or answers),
        may_withdraw=hosts and state not in {OpinionState.CASE, OpinionState.WITHDRAWN},
        gathering=meeting.id,
        held_on=meeting.held_on,
        name=meeting.name,
    )
