"""The cases that 三率 are made of, as `rules.three_rates` knows them (EXCHANGE.md 3.1)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, select

from desk.rules.calling import FACE_TO_FACE
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    ContactResult,
    Exit,
)
from desk.rules.moments import day_of, end_of, in_utc, start_of
from desk.rules.three_rates import RatedCase
from desk.rules.wording import label
from desk.store.base import UtcTime
from desk.store.database import Reader
from desk.store.models import (
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

_GONE = (AssignmentStatus.RETURNED, AssignmentStatus.REPLACED)


@takes_long
def rated_cases(
    reader: Reader, first: date, last: date, *among: ColumnElement[bool]
) -> list[RatedCase]:
    """Return every case received from `first` to `last` that the reader may see.

    Args:
        among: what else must hold of `cases`.
    """
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
    return [
        RatedCase(
            received_on=day_of(row.received_at),
            units=tuple(
                names.on(unit, day_of(row.received_at))
                for unit in (row.lead_unit_id or row.first_unit_id, *supports.get(row.id, ()))
            ),
            community=names.on(row.community_id, day_of(row.received_at)),
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
        )
        for row in rows
    ]


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
    )
    return (
        select(*columns).where(seen_by(reader.person), *wanted).order_by(Case.received_at, Case.id)
    )


def was_handled() -> ColumnElement[bool]:
    """Return the condition that a case was handled to an end; guidance hands it to others."""
    return Case.result.is_not(None) & (Case.exit != Exit.GUIDANCE)


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
            Assignment.status.not_in(_GONE),
        )
        .distinct()
    )
    for case_id, unit_id in rows:
        found.setdefault(case_id, []).append(unit_id)
    return found


def _on_time(
    reader: Reader, wanted: Sequence[ColumnElement[bool]]
) -> dict[int, dict[ClockKind, bool]]:
    """Return whether each clock was kept; one still running within its limit says nothing yet.

    The first round counts: that is what people were promised, and what a ledger tells. Neither do
    a supporting unit's own limits count: people were promised the case's.
    """
    # one that stands still is late only if it was so before
    is_over = Clock.due_at < func.coalesce(Clock.paused_since, literal(reader.now, UtcTime))
    late = (Clock.stopped_at > Clock.due_at) | (Clock.stopped_at.is_(None) & is_over)
    done = Clock.stopped_at.is_not(None) | is_over
    rows = reader.session.execute(
        select(Clock.case_id, Clock.kind, func.max(case((late, 1), else_=0)))
        .join(Case, Case.id == Clock.case_id)
        .outerjoin(Assignment, Assignment.id == Clock.assignment_id)
        .where(*wanted, Clock.is_applicable, Clock.set_aside_at.is_(None), done)
        .where(Clock.round_no == 1)
        # what had run out before the server knew of the case (离线补录) says nothing of a unit
        .where(Case.uploaded_at.is_(None) | (Clock.due_at > Case.uploaded_at))
        .where(Assignment.id.is_(None) | (Assignment.role == AssignmentRole.LEAD))
        .group_by(Clock.case_id, Clock.kind)
    )
    found: dict[int, dict[ClockKind, bool]] = {}
    for case_id, kind, was_late in rows:
        found.setdefault(case_id, {})[kind] = not was_late
    return found


def top_categories(reader: Reader) -> dict[int, str]:
    """Return for each category what the one above it is called."""
    rows = reader.session.execute(select(Category.id, Category.parent_id, Category.name)).all()
    by_id = {row.id: row for row in rows}
    return {row.id: by_id[row.parent_id].name if row.parent_id else row.name for row in rows}


class UnitNames:
    """Names of units as they were on a day."""

    def __init__(self, reader: Reader) -> None:
        rows = reader.session.execute(
            select(
                UnitVersion.unit_id,
                UnitVersion.short_name,
                UnitVersion.valid_from,
                UnitVersion.valid_to,
            ).order_by(UnitVersion.valid_from)
        )
        self._versions: dict[int, list[tuple[str, date, date | None]]] = {}
        for unit, name, start, end in rows:
            self._versions.setdefault(unit, []).append((name, start, end))

    def changes(self, first: date, last: date) -> list[date]:
        """Return the days after the first on which a unit got another name."""
        starts = {start for several in self._versions.values() for _, start, _ in several}
        return sorted(day for day in starts if first < day <= last)

    def are_unique(self) -> bool:
        """Return whether no two units ever had the same name."""
        names = [{name for name, *_ in several} for several in self._versions.values()]
        return len(set().union(*names)) == sum(map(len, names))

    def on(self, unit: int | None, day: date) -> str:
        """Return what a unit was called on a day; before its first name, that one."""
        versions = self._versions.get(unit, []) if unit is not None else []
        for name, start, end in versions:
            if start <= day and (end is None or day < end):
                return name
        return versions[0][0] if versions else ""
