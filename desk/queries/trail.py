"""The log as people read it (留痕): the auditor all of it, everybody what is about himself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from desk.rules.deeds import Deed
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.rights import require_hall
from desk.rules.trail import TrailGroup, is_of_group
from desk.store.database import Reader
from desk.store.models import Case, Event, Staff
from desk.store.patience import takes_long
from desk.store.sight import seen_by
from desk.store.trail_rows import (
    PAGE,
    AskedTrail,
    Trail,
    TrailLine,
    audited_lines,
    file_looks,
    trail,
)

__all__ = [
    "AskedTrail",
    "Trail",
    "TrailDay",
    "TrailLine",
    "audited_day",
    "audited_lines",
    "audited_people",
    "own_trail",
]

_MINE = 500  # of his own cases, the newest: who looked at them


@dataclass(frozen=True, slots=True)
class TrailDay:
    """How many lines a day has, of each group."""

    day: date
    counts: dict[TrailGroup, int]


def audited_people(reader: Reader) -> tuple[tuple[int, str], ...]:
    """Return everybody who may stand in the log, by name.

    Raises:
        NotAllowed: the asker is no auditor.
    """
    require_hall(Deed.AUDIT, reader.person)
    rows = reader.session.execute(
        select(Staff.id, Staff.name, Staff.login)
        .where(Staff.street_id == reader.person.street_id)
        .order_by(Staff.name, Staff.login)
    )
    return tuple((row.id, f"{row.name}（{row.login}）") for row in rows)


def audited_day(reader: Reader) -> TrailDay:
    """Return how many lines today has, of each group.

    Raises:
        NotAllowed: the asker is no auditor.
    """
    require_hall(Deed.AUDIT, reader.person)
    today = day_of(reader.now)
    rows = reader.session.execute(
        select(Event.kind, func.count())
        .where(
            Event.street_id == reader.person.street_id,
            Event.recorded_at >= start_of(today),
            Event.recorded_at < end_of(today),
        )
        .group_by(Event.kind)
    ).all()
    counts = {
        group: sum(count for kind, count in rows if is_of_group(kind, group))
        for group in TrailGroup
    }
    return TrailDay(today, counts)


@takes_long
def own_trail(reader: Reader, *, most: int = PAGE) -> Trail:
    """Return what is in the log about the asker himself (关于我的留痕).

    That is what he did or sent, what was done to his account and rights, and who looked at the
    appellants whose cases he recorded.
    """
    me = reader.person
    mine = or_(
        Event.made_by == me.staff_id,
        Event.sent_by == me.staff_id,
        and_(Event.kind.startswith("staff."), Event.title.contains(me.name, autoescape=True)),
    )
    found = trail(reader, [mine], most)
    cases = reader.session.execute(
        select(Case.id, Case.number)
        .where(seen_by(me), Case.recorder_id == me.staff_id)
        .order_by(Case.received_at.desc())
        .limit(_MINE)
    ).all()
    lines = {one.place: one for one in (*file_looks(reader, cases), *found.lines)}
    newest = sorted(lines.values(), key=lambda one: -one.place)[:most]
    return Trail(tuple(newest), found.has_more)
