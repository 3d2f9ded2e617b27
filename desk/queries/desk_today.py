"""What lies on somebody's desk today (工作台): his cases by what comes next, promised calls."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from desk.queries.arrivals import Arrivals, arrivals
from desk.queries.clock_rows import ClockRow, next_clocks, own_support_clocks
from desk.queries.first_results import FirstResult, first_results
from desk.queries.lookups import units
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockKind,
    Exit,
    Urgency,
)
from desk.rules.lifecycle import CALLED, OPEN
from desk.rules.moments import day_of, end_of, start_of
from desk.store.calls import call_rules
from desk.store.database import Reader
from desk.store.models import Assignment, Case, Contact, Place, PrivateFacts
from desk.store.sight import in_own_hands, seen_by, standing_at

_MOST = 200
_CALLS = frozenset({ClockKind.CONTACT, ClockKind.VERIFY})
_AT_WORK = frozenset(
    {CaseStatus.DISPATCHED, CaseStatus.ACCEPTED, CaseStatus.HANDLING, CaseStatus.OPINION}
)
_HELD = frozenset({AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED, AssignmentStatus.RETURNING})


class Pile(StrEnum):
    """In which pile of the desk a case lies, the most urgent pile first."""

    CALL = "call"  # 先打电话
    PROMISED = "promised"  # 今天答应的回电
    ACCEPT = "accept"  # 先签收
    TODAY = "today"  # 今天到期
    OPINION = "opinion"  # 意见书待写
    SUPPORT = "support"  # 协办待反馈
    AROUND = "around"  # 本社区别人在办的
    LATER = "later"  # 不急


_PILE_OF = {CaseStatus.DISPATCHED: Pile.ACCEPT, CaseStatus.OPINION: Pile.OPINION}


@dataclass(frozen=True, slots=True)
class DayRow:
    """One case on the desk; no contact data."""

    case_id: int
    number: str
    seq: int
    summary: str
    urgency: Urgency
    status: CaseStatus
    unit: str
    place: str
    due_at: datetime | None
    changed_at: datetime
    clock: ClockRow | None
    promised_at: datetime | None = None  # a call that was promised until tonight
    aside: Pile | None = None  # not handled here: supported, or only in this community

    def pile(self, now: datetime) -> Pile:
        """Return the pile in which the case lies now."""
        if self.aside is not None:
            return self.aside
        if self.clock is not None and self.clock.kind in _CALLS:
            return Pile.CALL
        if self.promised_at is not None:
            return Pile.PROMISED
        is_due = self.due_at is not None and self.due_at <= end_of(day_of(now))
        return _PILE_OF.get(self.status, Pile.TODAY if is_due else Pile.LATER)


@dataclass(frozen=True, slots=True)
class PromisedCall:
    """A call that was promised and not made yet; shown to whoever has the case in hand."""

    case_id: int
    seq: int
    at: datetime
    name: str
    phone: str
    note: str
    urgency: Urgency
    quiet: tuple[int, int]  # between which hours nobody is rung


@dataclass(frozen=True, slots=True)
class HandlerDay:
    """The desk of whoever handles cases, or of a community."""

    rows: tuple[DayRow, ...]
    promised: tuple[PromisedCall, ...]
    sent_on: Arrivals = field(default_factory=Arrivals)
    results: tuple[FirstResult, ...] = ()


@dataclass(frozen=True, slots=True)
class CounterDay:
    """The counter's day: today's figures, what this person took in, promised calls.

    Attributes:
        sent_on: guided people of whom somebody has to ask whether they arrived.
        results: what came of the cases that this person was the first to hear (首问).
    """

    received: int
    by_me: int
    on_spot: int
    waiting: int
    mine: tuple[DayRow, ...]
    promised: tuple[PromisedCall, ...]
    sent_on: Arrivals = field(default_factory=Arrivals)
    results: tuple[FirstResult, ...] = ()


def handler_day(reader: Reader) -> HandlerDay:
    """Return the cases in this reader's hands, what must be done soonest first."""
    mine = _in_hand(reader)
    rows = day_rows(reader, mine)
    rows += _others(rows, _supported(reader))
    promised = promised_calls(reader, mine)
    return HandlerDay(tuple(rows), promised, arrivals(reader), first_results(reader))


def community_day(reader: Reader) -> HandlerDay:
    """Return the same for a community, with all that others handle in its own streets."""
    day = handler_day(reader)
    own = sorted(reader.person.unit_ids)
    around = and_(Case.community_id.in_(own) | Case.grid_id.in_(own), standing_at(OPEN))
    others = _others(day.rows, day_rows(reader, around, aside=Pile.AROUND))
    return replace(day, rows=(*day.rows, *others))


def waiting_day(reader: Reader, statuses: Collection[CaseStatus]) -> tuple[DayRow, ...]:
    """Return every case in these statuses that the reader sees, the first due on top."""
    return tuple(day_rows(reader, standing_at(statuses)))


def returning_day(reader: Reader) -> tuple[DayRow, ...]:
    """Return the cases that a unit wants to hand back (申请退回)."""
    asked = exists(
        select(Assignment.id).where(
            Assignment.case_id == Case.id,
            Assignment.round_no == Case.round_no,
            Assignment.status == AssignmentStatus.RETURNING,
        )
    )
    return tuple(day_rows(reader, and_(asked, standing_at(OPEN))))


def burning_day(reader: Reader) -> tuple[DayRow, ...]:
    """Return the cases in the units' hands that are late or nearly so, the latest on top."""
    burns = and_(
        standing_at(_AT_WORK),
        Case.next_near_at.is_not(None),
        Case.next_near_at <= reader.now,
    )
    return tuple(day_rows(reader, burns))


def counter_day(reader: Reader) -> CounterDay:
    """Return the day of a counter."""
    today = start_of(day_of(reader.now))
    taken = [seen_by(reader.person), Case.received_at >= today]
    me = reader.person.staff_id
    by_me = or_(Case.first_responder_id == me, Case.recorder_id == me)
    mine = and_(by_me, standing_at(OPEN))
    return CounterDay(
        received=_count(reader, *taken),
        by_me=_count(reader, *taken, by_me),
        on_spot=_count(reader, *taken, Case.exit == Exit.ON_SPOT),
        waiting=_count(reader, seen_by(reader.person), standing_at({CaseStatus.RECEIVED})),
        mine=tuple(day_rows(reader, mine)),
        promised=promised_calls(reader, by_me),
        sent_on=arrivals(reader),
        results=first_results(reader),
    )


def promised_calls(reader: Reader, whose: ColumnElement[bool]) -> tuple[PromisedCall, ...]:
    """Return the calls promised until tomorrow night that nobody has made yet."""
    until, person = end_of(day_of(reader.now) + timedelta(days=1)), reader.person
    promised = func.coalesce(Contact.call_owner_id, Contact.staff_id) == person.staff_id
    known = and_(Case.hides_appellant.is_(False), or_(promised, in_own_hands(person)))
    rows = reader.session.execute(
        select(
            Contact.case_id,
            Case.seq,
            Contact.call_back_at,
            PrivateFacts.name,
            PrivateFacts.phone,
            Contact.note,
            Case.urgency,
            known.label("known"),
            Case.appellant_shown,
        )
        .join(Case, Case.id == Contact.case_id)
        .outerjoin(PrivateFacts, PrivateFacts.case_id == Contact.case_id)
        .where(
            seen_by(reader.person),
            whose | promised,
            Contact.call_back_at.is_not(None),
            Contact.call_back_at < until,
            Contact.called_back_at.is_(None),
            standing_at(CALLED),
        )
        .order_by(Contact.call_back_at, Contact.id)
        .limit(_MOST)
    )
    quiet = call_rules(reader.session, reader.person.street_id, day_of(reader.now)).quiet
    return tuple(
        PromisedCall(
            row.case_id,
            row.seq,
            row.call_back_at,
            *((row.name or "", row.phone or "") if row.known else (row.appellant_shown, "")),
            row.note or "",
            row.urgency,
            quiet,
        )
        for row in rows
    )


def promised_today(reader: Reader) -> ColumnElement[datetime | None]:
    """Return the earliest call promised until tonight about a case that nobody has made yet."""
    return (
        select(func.min(Contact.call_back_at))
        .where(
            Contact.case_id == Case.id,
            Contact.called_back_at.is_(None),
            Contact.call_back_at < end_of(day_of(reader.now)),
        )
        .correlate(Case)
        .scalar_subquery()
    )


def _in_hand(reader: Reader) -> ColumnElement[bool]:
    """Return the condition that a case is handled by the reader, or waits for his unit."""
    person = reader.person
    own = Case.lead_unit_id.in_(sorted(person.unit_ids))
    unclaimed = and_(own, Case.handler_id.is_(None) | (Case.status == CaseStatus.DISPATCHED))
    mine = or_(Case.handler_id == person.staff_id, unclaimed)
    return and_(mine, standing_at(_AT_WORK))


def _supporting(reader: Reader) -> ColumnElement[bool]:
    part = exists(
        select(Assignment.id).where(
            Assignment.case_id == Case.id,
            Assignment.round_no == Case.round_no,
            Assignment.unit_id.in_(sorted(reader.person.unit_ids)),
            Assignment.role != AssignmentRole.LEAD,
            Assignment.status.in_(sorted(_HELD)),
        )
    )
    return and_(part, standing_at(_AT_WORK))


def _supported(reader: Reader) -> list[DayRow]:
    """Return what the reader's unit supports, each with the limit that is its own."""
    rows = day_rows(reader, _supporting(reader), aside=Pile.SUPPORT)
    own = own_support_clocks(reader, [row.case_id for row in rows])
    return [replace(row, clock=own.get(row.case_id, row.clock)) for row in rows]


def _others(known: Iterable[DayRow], more: list[DayRow]) -> list[DayRow]:
    ids = {row.case_id for row in known}
    return [row for row in more if row.case_id not in ids]


def day_rows(
    reader: Reader, whose: ColumnElement[bool], *, aside: Pile | None = None
) -> list[DayRow]:
    """Return the cases of a condition that the reader sees, the first due on top."""
    found = reader.session.execute(
        _columns()
        .add_columns(promised_today(reader).label("promised_at"))
        .where(seen_by(reader.person), whose)
        .order_by(Case.next_due_at.is_(None), Case.next_due_at, Case.id)
        .limit(_MOST)
    ).all()
    clocks = next_clocks(reader, [row.id for row in found])
    names = {unit.id: unit.short_name for unit in units(reader)}
    return [
        DayRow(
            case_id=row.id,
            number=row.number,
            seq=row.seq,
            summary=row.summary,
            urgency=row.urgency,
            status=row.status,
            unit=names.get(row.lead_unit_id or row.first_unit_id, ""),
            place=row.place or names.get(row.community_id, ""),
            due_at=row.next_due_at,
            changed_at=row.changed_at,
            clock=clocks.get(row.id),
            promised_at=row.promised_at,
            aside=aside,
        )
        for row in found
    ]


def _columns() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Case.id,
        Case.number,
        Case.seq,
        Case.summary,
        Case.urgency,
        Case.status,
        Case.lead_unit_id,
        Case.first_unit_id,
        Case.community_id,
        Case.next_due_at,
        Case.changed_at,
        Place.name.label("place"),
    )
    return select(*columns).outerjoin(Place, Place.id == Case.place_id)


def _count(reader: Reader, *conditions: ColumnElement[bool]) -> int:
    return reader.session.scalar(select(func.count(Case.id)).where(*conditions)) or 0
