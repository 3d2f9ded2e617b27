"""The cases that 三率 are made of, as `rules.three_rates` knows them (EXCHANGE.md 3.1)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select

from desk.rules.assessment_codes import RequestKind, RequestState
from desk.rules.assessment_requests import APPEAL_DECIDED
from desk.rules.calling import FACE_TO_FACE
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    Channel,
    ClockKind,
    ContactResult,
    Exit,
)
from desk.rules.moments import day_of, end_of, in_shanghai, in_utc, start_of
from desk.rules.rate_groups import NOT_NAMED, named
from desk.rules.three_rates import RatedCase
from desk.rules.wording import label
from desk.store.base import UtcTime
from desk.store.database import Reader
from desk.store.models import (
    AssessmentRequest,
    Assignment,
    Case,
    Category,
    Clock,
    Contact,
    FollowUp,
    UnitVersion,
)
from desk.store.patience import takes_long
from desk.store.sight import seen_by

GONE = (AssignmentStatus.RETURNED, AssignmentStatus.REPLACED)


def rated_cases(
    reader: Reader, first: date, last: date, *among: ColumnElement[bool]
) -> list[RatedCase]:
    """Return every case received from `first` to `last` that the reader may see.

    Args:
        among: what else must hold of `cases`.
    """
    return list(rated_by_id(reader, first, last, *among).values())


@takes_long
def rated_by_id(
    reader: Reader, first: date, last: date, *among: ColumnElement[bool]
) -> dict[int, RatedCase]:
    """Return the same cases by their ids."""
    wanted = (
        Case.received_at >= in_utc(start_of(first)),
        Case.received_at < in_utc(end_of(last)),
        *among,
    )
    names = UnitNames(reader)
    tops = top_categories(reader)
    supports = _supports(reader, wanted)
    on_time = _on_time(reader, wanted)
    # read to its end before anything is made of it: no transaction of a window may lie idle
    rows = reader.session.execute(_cases(reader, wanted)).all()
    return {
        row.id: RatedCase(
            received_on=day_of(row.received_at),
            units=tuple(
                names.on(unit, day_of(row.received_at))
                for unit in (row.lead_unit_id or row.first_unit_id, *supports.get(row.id, ()))
            ),
            first_unit=names.on(row.first_unit_id, day_of(row.received_at)),
            community=names.on(row.community_id, day_of(row.received_at)),
            grid=names.on(row.grid_id, day_of(row.received_at)),
            hour=in_shanghai(row.received_at).hour,
            category=tops[row.category_id],
            channel=label(row.channel),
            source_level=row.source_level,
            counts_in_rates=row.counts_in_rates,
            was_contacted=row.was_contacted,
            resolution=row.resolution,
            satisfaction=row.satisfaction,
            on_time=on_time.get(row.id, {}),
            is_repeat=row.repeat_of_id is not None or row.repeat_of_number is not None,
            is_national=row.is_national_survey,
            is_overdue=row.is_overdue,
            is_early=row.channel is Channel.EARLY_ACTION,
            is_returned=row.return_count > 0,
            is_redone=row.round_no > 1,
            is_handled=row.is_handled,
            is_met=row.is_handled and row.is_met,
            is_reached=row.is_reached,
            is_answered=row.is_answered,
            is_appealed=row.is_appealed,
            has_won_appeal=row.has_won_appeal,
        )
        for row in rows
    }


def _cases(reader: Reader, wanted: Sequence[ColumnElement[bool]]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Case.id,
        Case.received_at,
        Case.lead_unit_id,
        Case.first_unit_id,
        Case.community_id,
        Case.category_id,
        Case.channel,
        Case.source_level,
        Case.counts_in_rates,
        Case.was_contacted,
        Case.resolution,
        Case.satisfaction,
        Case.repeat_of_id,
        Case.repeat_of_number,
        Case.is_national_survey,
        Case.is_overdue,
        Case.grid_id,
        Case.return_count,
        Case.round_no,
        was_handled().label("is_handled"),
        was_met().label("is_met"),
        was_reached().label("is_reached"),
        was_answered().label("is_answered"),
        was_appealed().label("is_appealed"),
        won_appeal().label("has_won_appeal"),
    )
    return (
        select(*columns).where(seen_by(reader.person), *wanted).order_by(Case.received_at, Case.id)
    )


def was_handled() -> ColumnElement[bool]:
    """Return the condition that a case was handled to an end; guidance hands it to others."""
    return Case.result.is_not(None) & (Case.exit != Exit.GUIDANCE)


def was_answered() -> ColumnElement[bool]:
    """Return the condition that somebody said what came of a case."""
    return Case.result.is_not(None) | Case.answer.is_not(None)


def was_reached() -> ColumnElement[bool]:
    """Return the condition that somebody spoke with the appellant."""
    return exists(
        select(Contact.id).where(
            Contact.case_id == Case.id, Contact.result == ContactResult.REACHED
        )
    )


def was_appealed() -> ColumnElement[bool]:
    """Return the condition that somebody has decided on an appeal against a bad rating."""
    return _appeal(*APPEAL_DECIDED)


def won_appeal() -> ColumnElement[bool]:
    """Return the condition that such an appeal was granted, and still is."""
    return _appeal(RequestState.GRANTED)


def _appeal(*states: RequestState) -> ColumnElement[bool]:
    return exists(
        select(AssessmentRequest.id).where(
            AssessmentRequest.case_id == Case.id,
            AssessmentRequest.kind == RequestKind.RATE_AGAIN,
            AssessmentRequest.state.in_(sorted(states)),
        )
    )


def was_met() -> ColumnElement[bool]:
    """Return the condition that the appellant was met face to face while the case was handled.

    A visit that only asked how it went (回访) does not count for whoever handled the case.
    """
    asked_afterwards = exists(
        select(FollowUp.id).where(
            FollowUp.case_id == Contact.case_id,
            FollowUp.happened_at == Contact.happened_at,
            FollowUp.staff_id == Contact.staff_id,
        )
    )
    return exists(
        select(Contact.id).where(
            Contact.case_id == Case.id,
            Contact.way.in_(sorted(FACE_TO_FACE)),
            Contact.result == ContactResult.REACHED,
            ~asked_afterwards,
        )
    )


def _supports(reader: Reader, wanted: Sequence[ColumnElement[bool]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = reader.session.execute(
        select(Assignment.case_id, Assignment.unit_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(
            *wanted,
            Assignment.role == AssignmentRole.SUPPORT,
            Assignment.status.not_in(GONE),
        )
        .distinct()
    )
    for case_id, unit_id in rows:
        found.setdefault(case_id, []).append(unit_id)
    return found


def _on_time(
    reader: Reader, wanted: Sequence[ColumnElement[bool]]
) -> dict[int, dict[ClockKind, bool]]:
    """Return whether each clock was kept; one still running within its limit says nothing yet."""
    rows = reader.session.execute(
        select(Clock.case_id, Clock.kind, func.max(case((was_late(reader), 1), else_=0)))
        .join(Case, Case.id == Clock.case_id)
        .outerjoin(Assignment, Assignment.id == Clock.assignment_id)
        .where(*wanted, *_are_promised(), is_decided(reader))
        .group_by(Clock.case_id, Clock.kind)
    )
    found: dict[int, dict[ClockKind, bool]] = {}
    for case_id, kind, is_late in rows:
        found.setdefault(case_id, {})[kind] = not is_late
    return found


def _are_promised() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on the limits that count.

    The first round counts: that is what people were promised, and what a ledger tells. Neither do
    a supporting unit's own limits count: people were promised the case's.
    """
    return (
        Clock.is_applicable.is_(True),
        Clock.set_aside_at.is_(None),
        Clock.round_no == 1,
        # what had run out before the server knew of the case (离线补录) says nothing of a unit
        Case.uploaded_at.is_(None) | (Clock.due_at > Case.uploaded_at),
        Assignment.id.is_(None) | (Assignment.role == AssignmentRole.LEAD),
    )


def limits_of_case(clock: ClockKind) -> Select[Any]:
    """Return the limits of one kind that count, of the case of the query around it."""
    return (
        select(Clock.id)
        .outerjoin(Assignment, Assignment.id == Clock.assignment_id)
        .where(Clock.case_id == Case.id, Clock.kind == clock, *_are_promised())
        .correlate(Case)
    )


def is_decided(reader: Reader) -> ColumnElement[bool]:
    """Return the condition that a limit has ended, or has been missed already."""
    return Clock.stopped_at.is_not(None) | _is_over(reader)


def was_late(reader: Reader) -> ColumnElement[bool]:
    """Return the condition that a limit was missed."""
    return and_(Clock.stopped_at.is_not(None), Clock.stopped_at > Clock.due_at) | and_(
        Clock.stopped_at.is_(None), _is_over(reader)
    )


def _is_over(reader: Reader) -> ColumnElement[bool]:
    # one that stands still is late only if it was so before
    return Clock.due_at < func.coalesce(Clock.paused_since, literal(reader.now, UtcTime))


def top_categories(reader: Reader) -> dict[int, str]:
    """Return for each category what the one above it is called."""
    rows = reader.session.execute(select(Category.id, Category.parent_id, Category.name)).all()
    by_id = {row.id: row for row in rows}
    return {row.id: by_id[row.parent_id].name if row.parent_id else row.name for row in rows}


class UnitNames:
    """Names of units as they were on a day; before its first name a unit has that one."""

    def __init__(self, reader: Reader) -> None:
        rows = reader.session.execute(
            select(UnitVersion.unit_id, UnitVersion.short_name, UnitVersion.valid_from).order_by(
                UnitVersion.valid_from
            )
        )
        self._known: dict[tuple[int, date], str] = {}
        self._versions: dict[int, list[tuple[str, date]]] = {}
        for unit, name, start in rows:
            self._versions.setdefault(unit, []).append((name, start))

    def changes(self, first: date, last: date) -> list[date]:
        """Return the days after the first on which a unit got another name."""
        starts = {start for several in self._versions.values() for _, start in several}
        return sorted(day for day in starts if first < day <= last)

    def are_unique(self) -> bool:
        """Return whether no two units ever had the same name."""
        names = [{name for name, _ in several} for several in self._versions.values()]
        return len(set().union(*names)) == sum(map(len, names))

    def on(self, unit: int | None, day: date) -> str:
        """Return what a unit was called on a day; after its end, what it was called last."""
        if unit is None:
            return ""
        if (unit, day) not in self._known:
            versions = self._versions.get(unit, [])
            before = [name for name, start in versions if start <= day]
            first = versions[0][0] if versions else ""
            self._known[unit, day] = before[-1] if before else first
        return self._known[unit, day]

    def called(self, key: str, first: date, last: date) -> list[tuple[int | None, date, date]]:
        """Return which units had a name, and on which days of a period."""
        found: list[tuple[int | None, date, date]] = []
        if key == NOT_NAMED:
            found.append((None, first, last))
        for unit, versions in self._versions.items():
            starts = [first, *(start for _, start in versions[1:]), last + timedelta(days=1)]
            for (name, _), start, following in zip(versions, starts, starts[1:], strict=False):
                begins, ends = max(start, first), min(following - timedelta(days=1), last)
                if named(name) == key and begins <= ends:
                    found.append((unit, begins, ends))
        return found
