"""The stored instants of clocks as the rules know them (ClockFacts), for chips and strips."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from desk.rules.clock_faces import ClockFacts
from desk.rules.codes import AssignmentRole, ClockKind
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Assignment, Case, Clock, ClockPause, TimeRuleRow
from desk.store.search_index import one_of


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock of a case: which round and part it belongs to, and what its chip needs.

    Attributes:
        support_id: the supporting unit whose clock it is; None for those of the case itself.
    """

    id: int
    case_id: int
    kind: ClockKind
    round_no: int
    assignment_id: int | None
    facts: ClockFacts
    support_id: int | None = None

    @property
    def is_running(self) -> bool:
        """Whether nothing has stopped it yet; a paused clock counts as running."""
        return self.facts.stopped_at is None and self.facts.set_aside_at is None


def clocks_of(reader: Reader, case_id: int) -> list[ClockRow]:
    """Return every clock a case ever had, in the order of rounds and kinds."""
    return _rows(reader, _clocks().where(Clock.case_id == case_id))


def next_clocks(reader: Reader, case_ids: Collection[int]) -> dict[int, ClockRow]:
    """Return the clock that each card shows: the first due, else one that is paused."""
    if not case_ids:
        return {}
    of_present_round = and_(Clock.case_id == Case.id, Clock.round_no == Case.round_no)
    query = (
        _clocks()
        .join(Case, of_present_round)
        .where(
            one_of(reader.session, Case.id, case_ids),
            Clock.stopped_at.is_(None),
            Clock.set_aside_at.is_(None),
            Clock.is_applicable.is_(True),
            _is_shown(),
        )
    )
    found: dict[int, ClockRow] = {}
    for row in _rows(reader, query):
        known = found.get(row.case_id)
        if known is None or _due(row) < _due(known):
            found[row.case_id] = row
    return found


def own_support_clocks(reader: Reader, case_ids: Collection[int]) -> dict[int, ClockRow]:
    """Return the limit that a supporting unit of the reader has itself on each case (双派)."""
    if not case_ids:
        return {}
    query = _clocks().where(
        one_of(reader.session, Clock.case_id, case_ids),
        Clock.stopped_at.is_(None),
        Clock.is_applicable.is_(True),
        Assignment.role != AssignmentRole.LEAD,
        Assignment.unit_id.in_(sorted(reader.person.unit_ids)),
    )
    rows = sorted(_rows(reader, query), key=_due, reverse=True)
    return {row.case_id: row for row in rows}


def _is_shown() -> ColumnElement[bool]:
    running = and_(
        Clock.kind == Case.next_clock,
        Clock.due_at == Case.next_due_at,  # and not the limit of a supporting unit
        Clock.paused_since.is_(None),
    )
    return running | and_(Case.next_clock.is_(None), Clock.paused_since.is_not(None))


def _due(row: ClockRow) -> datetime:
    assert row.facts.due_at is not None  # noqa: S101 - a stored clock always has one
    return row.facts.due_at


def _clocks() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Clock.id,
        Clock.case_id,
        Clock.kind,
        Clock.round_no,
        Clock.assignment_id,
        Clock.unit,
        Clock.rule_text,
        Clock.started_at,
        Clock.original_due_at,
        Clock.extended_to,
        Clock.due_at,
        Clock.half_at,
        Clock.near_at,
        Clock.stopped_at,
        Clock.set_aside_at,
        Clock.paused_since,
        Clock.pause_reason,
        Clock.day_ends,
        Clock.guessed_year,
        Clock.is_applicable,
        TimeRuleRow.is_legal,
        Assignment.role,
        Assignment.unit_id,
    )
    part = Assignment.id == Clock.assignment_id
    return (
        select(*columns)
        .outerjoin(Assignment, part)
        .join(TimeRuleRow, TimeRuleRow.id == Clock.rule_id)
        .order_by(Clock.round_no, Clock.started_at, Clock.id)
    )


def _rows(reader: Reader, query: Select[Any]) -> list[ClockRow]:
    rows = reader.session.execute(query).all()
    paused = _paused_totals(reader, [row.id for row in rows])
    return [
        ClockRow(
            id=row.id,
            case_id=row.case_id,
            kind=row.kind,
            round_no=row.round_no,
            assignment_id=row.assignment_id,
            facts=ClockFacts(
                name=label(row.kind),
                unit=row.unit,
                rule_text=row.rule_text,
                started_at=row.started_at,
                original_due_at=row.original_due_at,
                extended_to=row.extended_to,
                due_at=row.due_at,
                half_at=row.half_at,
                near_at=row.near_at,
                stopped_at=row.stopped_at,
                set_aside_at=row.set_aside_at,
                paused_since=row.paused_since,
                paused_total=paused.get(row.id, timedelta()),
                day_ends=tuple(datetime.fromisoformat(end) for end in row.day_ends or ()),
                guessed_year=row.guessed_year,
                is_legal=row.is_legal,
                is_applicable=row.is_applicable,
                reason=row.pause_reason or "",
            ),
            support_id=None if row.role in {None, AssignmentRole.LEAD} else row.unit_id,
        )
        for row in rows
    ]


def _paused_totals(reader: Reader, clock_ids: list[int]) -> dict[int, timedelta]:
    if not clock_ids:
        return {}
    totals: dict[int, timedelta] = {}
    for clock_id, begun, ended in reader.session.execute(
        select(ClockPause.clock_id, ClockPause.from_at, ClockPause.until_at).where(
            one_of(reader.session, ClockPause.clock_id, clock_ids)
        )
    ):
        if ended is not None:
            totals[clock_id] = totals.get(clock_id, timedelta()) + (ended - begun)
    return totals
