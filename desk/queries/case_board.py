"""The boards (看板): open cases by stage, the one that burns first on top."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
)

from desk.queries.clock_rows import ClockRow, next_clocks
from desk.rules.codes import (
    CaseStatus,
    Channel,
    ClockKind,
    Resolution,
    Satisfaction,
    Urgency,
    Verdict,
)
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of, start_of
from desk.rules.search_text import search_terms
from desk.rules.supervising import OPEN as SUPERVISED
from desk.rules.verdicts import verdict_of
from desk.store.aliases import alias_of
from desk.store.database import Reader
from desk.store.models import Case, Category, DispatchProposal, Supervision
from desk.store.search_index import containing, one_of
from desk.store.sight import seen_by, standing_at

PAGE = 50
_Merged = alias_of(Case)


class Whose(StrEnum):
    """Whose cases a board shows."""

    MINE = "mine"  # 我的
    UNIT = "unit"  # 本单位
    ALL = "all"  # 全部


class Tag(StrEnum):
    """What else marks a case on a board (标签); each can be asked for or left out."""

    EARLY_ACTION = "early_action"  # 未诉先办
    COMPLEX = "complex"  # 情况复杂
    REPEAT = "repeat"  # 重复件
    AGAIN = "again"  # 二次办理
    RETURNED = "returned"  # 被退回过
    NATIONAL = "national"  # 国满件
    SUPERVISED = "supervised"  # 督办件，没有销号


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What a board is narrowed to; all parts combine.

    Attributes:
        words: the cases contain each of these (检索).
        among: which cases those are; found out here, once for a whole board.
    """

    whose: Whose = Whose.ALL
    statuses: frozenset[CaseStatus] = OPEN
    urgency: Urgency | None = None
    community: int | None = None
    category: int | None = None
    lead_unit: int | None = None
    only_overdue: bool = False
    only_due_soon: bool = False
    only_today: bool = False
    with_tag: Tag | None = None
    without_tag: Tag | None = None
    words: str = ""
    among: frozenset[int] | None = None

    def of(self, statuses: frozenset[CaseStatus]) -> "BoardFilter":
        """Return the same filter for one column."""
        return replace(self, statuses=self.statuses & statuses)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One card or line of the board; no personal data."""

    id: int
    number: str
    seq: int
    summary: str
    urgency: Urgency
    is_complex: bool
    status: CaseStatus
    lead_unit_id: int | None
    community_id: int | None
    handler_id: int | None
    received_at: datetime
    next_clock: ClockKind | None
    next_due_at: datetime | None
    next_half_at: datetime | None
    next_near_at: datetime | None
    version: int
    round_no: int
    resolution: Resolution | None
    satisfaction: Satisfaction | None
    together: int  # how many other appellants are answered with it (并入本件)
    waits_for_word: bool  # 待确认派单
    came_late: bool  # 离线补录
    clock: ClockRow | None = None

    @property
    def verdict(self) -> Verdict | None:
        """双是, 非双是 or 双否, as the appellant said last."""
        return verdict_of(self.resolution, self.satisfaction)

    @property
    def place(self) -> tuple[datetime, int] | None:
        """Where this row stands in the order of the board; None among those without a clock."""
        return None if self.next_due_at is None else (self.next_due_at, self.id)

    def is_overdue(self, now: datetime) -> bool:
        """Whether its next limit has passed, as the counts say it."""
        return self.next_due_at is not None and self.next_due_at < now


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """Figures above the board, from the same conditions as its rows."""

    by_status: dict[CaseStatus, int]
    overdue_by_status: dict[CaseStatus, int]
    due_soon: int
    whose: dict[Whose, int]
    received_today: int = 0
    closed_today: int = 0

    @property
    def open(self) -> int:
        """How many cases the board holds."""
        return sum(self.by_status.values())

    @property
    def overdue(self) -> int:
        """How many of them are past their next limit."""
        return sum(self.overdue_by_status.values())

    def of(self, statuses: Collection[CaseStatus]) -> tuple[int, int]:
        """Return how many cases a column holds, and how many of them are overdue."""
        return (
            sum(self.by_status.get(status, 0) for status in statuses),
            sum(self.overdue_by_status.get(status, 0) for status in statuses),
        )


def board_page(
    reader: Reader, wanted: BoardFilter, *, after: BoardRow | None = None, size: int = PAGE
) -> list[BoardRow]:
    """Return the next page of cases, the one that must be handled soonest first."""
    query = row_columns().where(*conditions(reader, found_among(reader, wanted)))
    if after is None:
        with_clock = query.where(Case.next_due_at.is_not(None))
        page = _fetch(reader, with_clock.order_by(Case.next_due_at, Case.id).limit(size))
    elif after.place is not None:
        later = query.where(tuple_(Case.next_due_at, Case.id) > after.place)
        page = _fetch(reader, later.order_by(Case.next_due_at, Case.id).limit(size))
    else:
        page = []
    if len(page) < size:
        rest = query.where(Case.next_due_at.is_(None))
        if after is not None and after.place is None:
            rest = rest.where(Case.id > after.id)
        page += _fetch(reader, rest.order_by(Case.id).limit(size - len(page)))
    clocks = next_clocks(reader, [row.id for row in page])
    return [replace(row, clock=clocks.get(row.id)) for row in page]


def board_counts(reader: Reader, wanted: BoardFilter) -> BoardCounts:
    """Return the figures above a board, of all views in one go through the open cases."""
    wanted = found_among(reader, wanted)
    here = _of(reader, wanted.whose)
    late = Case.next_due_at < reader.now
    soon = (Case.next_due_at >= reader.now) & (Case.next_near_at <= reader.now)
    figures: tuple[Any, ...] = (
        Case.status,
        _how_many(here),
        _how_many(here, late),
        _how_many(here, soon),
        *(_how_many(_of(reader, whose)) for whose in Whose),
    )
    rows = reader.session.execute(
        select(*figures)
        .where(*conditions(reader, replace(wanted, whose=Whose.ALL)))
        .group_by(Case.status)
    ).all()
    today = start_of(day_of(reader.now))
    of_all_statuses = _narrowed(reader, wanted)
    received, closed = reader.session.execute(
        select(
            *(
                select(func.count(Case.id))
                .where(*of_all_statuses, moment >= today)
                .scalar_subquery()
                for moment in (Case.received_at, Case.closed_at)
            )
        )
    ).one()
    return BoardCounts(
        by_status={row[0]: row[1] for row in rows if row[1]},
        overdue_by_status={row[0]: row[2] for row in rows if row[2]},
        due_soon=sum(row[3] for row in rows),
        whose={whose: sum(row[4 + at] for row in rows) for at, whose in enumerate(Whose)},
        received_today=received,
        closed_today=closed,
    )


def board_cases(reader: Reader, wanted: BoardFilter) -> dict[int, datetime]:
    """Return every case that a board holds, with the moment of its reception."""
    query = select(Case.id, Case.received_at).where(
        *conditions(reader, found_among(reader, wanted))
    )
    return {row.id: row.received_at for row in reader.session.execute(query)}


def found_among(reader: Reader, wanted: BoardFilter) -> BoardFilter:
    """Return the filter with the cases that contain its words: of its statuses, and of today."""
    terms = search_terms(wanted.words)
    if not terms or wanted.among is not None:
        return wanted
    today = start_of(day_of(reader.now))
    shown = or_(standing_at(wanted.statuses), Case.received_at >= today, Case.closed_at >= today)
    cases = select(Case.id).where(seen_by(reader.person), shown)
    among = containing(reader.session, reader.person, terms, cases, reader.now)
    return replace(wanted, among=among)


def _of(reader: Reader, whose: Whose) -> ColumnElement[bool]:
    return and_(true(), *_whose(reader, whose))


def _how_many(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(and_(true(), *conditions))


def row_columns() -> Select[Any]:
    """Return the query for the columns of BoardRow, of all cases."""
    columns: tuple[Any, ...] = (
        Case.id,
        Case.number,
        Case.seq,
        Case.summary,
        Case.urgency,
        Case.is_complex,
        Case.status,
        Case.lead_unit_id,
        Case.community_id,
        Case.handler_id,
        Case.received_at,
        Case.next_clock,
        Case.next_due_at,
        Case.next_half_at,
        Case.next_near_at,
        Case.version,
        Case.round_no,
        Case.resolution,
        Case.satisfaction,
        select(func.count(_Merged.id))
        .where(_Merged.merged_into_id == Case.id)
        .correlate(Case)
        .scalar_subquery(),
        exists(
            select(DispatchProposal.id)
            .where(
                DispatchProposal.case_id == Case.id,
                DispatchProposal.decided_at.is_(None),
                Case.status == CaseStatus.RECEIVED,
            )
            .correlate(Case)
        ),
        Case.uploaded_at.is_not(None),
    )
    return select(*columns)


def _fetch(reader: Reader, query: Select[Any]) -> list[BoardRow]:
    return [BoardRow(*row) for row in reader.session.execute(query)]


def _whose(reader: Reader, whose: Whose) -> list[ColumnElement[bool]]:
    if whose is Whose.MINE:
        mine = reader.person.staff_id
        return [(Case.handler_id == mine) | (Case.first_responder_id == mine)]
    if whose is Whose.UNIT:
        units = sorted(reader.person.unit_ids)
        return [Case.lead_unit_id.in_(units) | Case.first_unit_id.in_(units)]
    return []


def _narrowed(reader: Reader, wanted: BoardFilter) -> list[ColumnElement[bool]]:
    """Return what holds whatever the status and the clock: who, where, what kind."""
    found = [seen_by(reader.person), *_whose(reader, wanted.whose)]
    if wanted.urgency is not None:
        found.append(Case.urgency == wanted.urgency)
    if wanted.community is not None:
        found.append(Case.community_id == wanted.community)
    if wanted.category is not None:
        below = select(Category.id).where(Category.parent_id == wanted.category)
        found.append((Case.category_id == wanted.category) | Case.category_id.in_(below))
    if wanted.lead_unit is not None:
        found.append(Case.lead_unit_id == wanted.lead_unit)
    if wanted.among is not None:
        found.append(one_of(reader.session, Case.id, wanted.among))
    if wanted.with_tag is not None:
        found.append(_tagged(wanted.with_tag))
    if wanted.without_tag is not None:
        found.append(~_tagged(wanted.without_tag))
    return found


def conditions(reader: Reader, wanted: BoardFilter) -> list[ColumnElement[bool]]:
    """Return what holds for the cases of a board whose words have been looked for."""
    found = [*_narrowed(reader, wanted), standing_at(wanted.statuses)]
    if wanted.only_overdue:
        found.append(Case.next_due_at < reader.now)
    if wanted.only_due_soon:
        found += [Case.next_due_at >= reader.now, Case.next_near_at <= reader.now]
    if wanted.only_today:
        found.append(Case.received_at >= start_of(day_of(reader.now)))
    return found


def _tagged(tag: Tag) -> ColumnElement[bool]:
    conditions: dict[Tag, ColumnElement[bool]] = {
        Tag.EARLY_ACTION: Case.channel == Channel.EARLY_ACTION,
        Tag.COMPLEX: Case.is_complex.is_(True),
        Tag.REPEAT: Case.repeat_of_id.is_not(None),
        Tag.AGAIN: Case.round_no > 1,
        Tag.RETURNED: Case.return_count > 0,
        Tag.NATIONAL: Case.is_national_survey.is_(True),
        Tag.SUPERVISED: exists(
            select(Supervision.id).where(
                Supervision.case_id == Case.id, Supervision.state.in_(sorted(SUPERVISED))
            )
        ),
    }
    return conditions[tag]
