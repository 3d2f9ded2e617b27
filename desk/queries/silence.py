"""Open cases on which nobody has moved for days (N 天没有动静), the stillest first.

Whoever steers does not break a silence by urging: the last line counts that is none of his.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, type_coerce

from desk.queries.desk_today import DayRow, day_rows
from desk.rules.codes import CaseStatus
from desk.rules.lifecycle import OPEN
from desk.rules.supervising import NO_MOVE
from desk.store.database import Reader
from desk.store.models import Case, Clock, Event, EventCase, Supervision, Urging
from desk.store.sight import seen_by, standing_at

_MOST = 200
_ON_SOMEBODY = OPEN - {CaseStatus.PARKED}  # what is parked stands still with leave


@dataclass(frozen=True, slots=True)
class SilentCase:
    """A case and when somebody moved on it last."""

    row: DayRow
    moved_at: datetime


def silent_cases(reader: Reader, days: int) -> tuple[SilentCase, ...]:
    """Return the open cases on which nobody has moved for `days`, the stillest first."""
    limit = reader.now - timedelta(days=days)
    # an urging is a newer line, and yet no move: those few are looked at one by one
    steered = or_(
        exists(select(Urging.id).where(Urging.case_id == Case.id, Urging.made_at > limit)),
        exists(
            select(Supervision.id).where(
                Supervision.case_id == Case.id,
                or_(Supervision.issued_at > limit, Supervision.ended_at > limit),
            )
        ),
    )
    moved = moved_at()
    found = reader.session.execute(
        select(Case.id, moved.label("moved_at"))
        .where(
            seen_by(reader.person),
            standing_at(_ON_SOMEBODY),
            or_(Case.changed_at <= limit, steered),
            moved <= limit,
            ~_stands_still(),
        )
        .order_by(moved, Case.id)
        .limit(_MOST)
    ).all()
    rows = {row.case_id: row for row in day_rows(reader, Case.id.in_([one.id for one in found]))}
    return tuple(SilentCase(rows[one.id], one.moved_at) for one in found)


def moved_at() -> ColumnElement[Any]:
    """Return when somebody moved on a case last: the newest line that only steers is left out."""
    last: ColumnElement[Any] = (
        select(Event.recorded_at)
        .join(EventCase, EventCase.event_id == Event.id)
        .where(EventCase.case_id == Case.id, Event.kind.not_in(sorted(NO_MOVE)))
        .order_by(EventCase.version.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    return type_coerce(func.coalesce(last, Case.received_at), Case.received_at.type)


def moved_of(reader: Reader, case_ids: Collection[int]) -> dict[int, datetime]:
    """Return when somebody moved last on each of these cases."""
    rows = reader.session.execute(
        select(Case.id, moved_at()).where(Case.id.in_(sorted(case_ids)), seen_by(reader.person))
    )
    return {row[0]: row[1] for row in rows}


def _stands_still() -> ColumnElement[bool]:
    """Return the condition that a limit of the case is paused for a reason that was given."""
    return exists(
        select(Clock.id).where(
            and_(
                Clock.case_id == Case.id,
                Clock.paused_since.is_not(None),
                Clock.stopped_at.is_(None),
                Clock.set_aside_at.is_(None),
            )
        )
    )
