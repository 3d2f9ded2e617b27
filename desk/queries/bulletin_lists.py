"""What a bulletin lists beside its figures (通报的清单): late, double no, solved, decided.

Cases are named by number, unit, category and community; reports and cases about one of the
street's own people are counted and never named (DOMAIN.md 9.4).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from desk.queries.figure_cases import Figure, figure_cases
from desk.queries.figure_measures import received_within
from desk.queries.leader_queues import known_to_all
from desk.queries.rates import UnitNames, top_categories
from desk.rules.assessment_codes import SupervisionState
from desk.rules.codes import CaseStatus, Purpose
from desk.rules.comparing import Period
from desk.rules.lifecycle import OPEN
from desk.rules.measures import Measure
from desk.rules.moments import day_of, end_of, in_shanghai, in_utc, say_length, start_of
from desk.rules.supervising import OPEN as SUPERVISED
from desk.rules.verdicts import AGREED
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Case, Place, ReviewTask, Supervision
from desk.store.sight import seen_by, standing_at

_MOST = 30  # cases named in a bulletin; the figure says how many there are
_TOP = 10
_SET_ASIDE = (CaseStatus.WITHDRAWN, CaseStatus.MERGED)
_UNIT = func.coalesce(Case.lead_unit_id, Case.first_unit_id).label("unit_id")
_COLUMNS = (Case.id, Case.number, _UNIT, Case.community_id, Case.category_id, Case.received_at)


class Names:
    """What units and categories are called, read once for all lists."""

    def __init__(self, reader: Reader) -> None:
        self._units, self._tops = UnitNames(reader), top_categories(reader)
        self._today = day_of(reader.now)

    def unit(self, unit: int | None) -> str:
        """Return what a unit is called today."""
        return self._units.on(unit, self._today)

    def category(self, category: int) -> str:
        """Return the category above."""
        return self._tops[category]

    def line(self, row: Any, why: str) -> dict[str, Any]:
        """Return a case as a bulletin names it."""
        return {
            "id": row.id,
            "number": row.number,
            "unit": self.unit(row.unit_id),
            "category": self.category(row.category_id),
            "community": self.unit(row.community_id),
            "why": why,
        }


def mentionable() -> ColumnElement[bool]:
    """Return the condition that a case may be named where the whole street reads it."""
    return and_(known_to_all(), Case.purpose != Purpose.MEDIATION)


def overdue_now(reader: Reader, names: Names) -> dict[str, Any]:
    """Return the open cases past a limit at this moment, the longest first."""
    late = (
        seen_by(reader.person),
        mentionable(),
        standing_at(OPEN),
        Case.next_due_at < reader.now,
    )
    rows = reader.session.execute(
        select(*_COLUMNS, Case.next_due_at, Case.next_clock)
        .where(*late)
        .order_by(Case.next_due_at, Case.id)
        .limit(_MOST)
    ).all()
    count = reader.session.scalar(select(func.count(Case.id)).where(*late)) or 0
    return {
        "count": count,
        "cases": [
            names.line(row, f"{label(row.next_clock)}超 {say_length(reader.now - row.next_due_at)}")
            for row in rows
        ],
    }


def double_no(reader: Reader, names: Names, period: Period, count: int) -> dict[str, Any]:
    """Return the cases of a period that are 双否: the very cases that the figure counts."""
    asked = Figure(period.first, period.last, Measure.DOUBLE_NO)
    found = [one.id for one in figure_cases(reader, asked, size=_MOST)] if count else []
    rows = reader.session.execute(
        select(*_COLUMNS)
        .where(Case.id.in_(found), mentionable())
        .order_by(Case.received_at.desc(), Case.id.desc())
    ).all()
    return {"count": count, "cases": [names.line(row, "双否") for row in rows]}


def solved_within(reader: Reader, names: Names, period: Period) -> dict[str, Any]:
    """Return how many cases were closed in a period, whenever they came in."""
    first, last = in_utc(start_of(period.first)), in_utc(end_of(period.last))
    agreed = Case.resolution.is_not(None) & Case.resolution.in_(sorted(AGREED))
    # not the bare column: SQLite would read all cases in its order, rather than those of the days
    category = (Case.category_id + 0).label("category_id")
    rows = reader.session.execute(
        select(
            category,
            func.count(Case.id).label("closed"),
            func.sum(case((Case.received_at < first, 1), else_=0)).label("from_before"),
            func.sum(case((agreed, 1), else_=0)).label("resolved"),
        )
        .where(
            seen_by(reader.person),
            Case.street_id == reader.person.street_id,
            Case.closed_at >= first,
            Case.closed_at < last,
            Case.status.not_in(_SET_ASIDE),
        )
        .group_by(category)
    ).all()
    by_category: Counter[str] = Counter()
    for row in rows:
        by_category[names.category(row.category_id)] += row.closed
    return {
        "closed": sum(row.closed for row in rows),
        "from_before": sum(row.from_before for row in rows),
        "resolved": sum(row.resolved for row in rows),
        "by_category": _ranked(by_category, Counter()),
    }


def busy_places(reader: Reader, period: Period, before: Period) -> list[dict[str, Any]]:
    """Return the housing estates from which most cases came, never a building or a door."""
    return _ranked(_by_place(reader, period), _by_place(reader, before))


def _by_place(reader: Reader, period: Period) -> Counter[str]:
    estate = func.coalesce(Place.parent_id, Place.id)
    rows = reader.session.execute(
        select(estate.label("estate"), func.count(Case.id).label("received"))
        .join(Place, Place.id == Case.place_id)
        .where(seen_by(reader.person), received_within(period.first, period.last))
        .group_by(estate)
    ).all()
    places = reader.session.execute(
        select(Place.id, Place.name).where(Place.id.in_([row.estate for row in rows]))
    )
    names = {row.id: row.name for row in places}
    return Counter({names[row.estate]: row.received for row in rows})


def _ranked(counts: Counter[str], older: Counter[str]) -> list[dict[str, Any]]:
    """Return names with their counts, the most on top; whoever has as many by name."""
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOP]
    return [{"key": key, "received": count, "before": older[key]} for key, count in most]


def supervised(reader: Reader, names: Names, period: Period) -> dict[str, Any]:
    """Return what was put under supervision and settled in a period, and what is open now."""
    first, last = in_utc(start_of(period.first)), in_utc(end_of(period.last))
    mine = (Supervision.street_id == reader.person.street_id, seen_by(reader.person))

    def count(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count(Supervision.id)).join(Case, Case.id == Supervision.case_id)
        return reader.session.scalar(query.where(*mine, *conditions)) or 0

    is_open = Supervision.state.in_(sorted(SUPERVISED))
    rows = reader.session.execute(
        select(*_COLUMNS, Supervision.due_at)
        .join(Supervision, Supervision.case_id == Case.id)
        .where(*mine, is_open, mentionable())
        .order_by(Supervision.due_at, Supervision.id)
        .limit(_MOST)
    ).all()
    return {
        "issued": count(Supervision.issued_at >= first, Supervision.issued_at < last),
        "closed": count(
            Supervision.state == SupervisionState.CLOSED,
            Supervision.ended_at >= first,
            Supervision.ended_at < last,
        ),
        "open": count(is_open),
        "late": count(is_open, Supervision.due_at < reader.now),
        "cases": [names.line(row, f"督办，限 {_short_day(row.due_at)}") for row in rows],
    }


def decided(
    reader: Reader, names: Names, period: Period, *, only_due: bool
) -> list[dict[str, Any]]:
    """Return the decisions of the review that are open, or were carried out in the period.

    Args:
        only_due: only those that should be done by the end of the period (日通报).
    """
    today = day_of(reader.now)
    wanted: Sequence[ColumnElement[bool]] = (
        ReviewTask.street_id == reader.person.street_id,
        ReviewTask.decided_on <= period.last,
        ReviewTask.done_on.is_(None) | (ReviewTask.done_on >= period.first),
    )
    if only_due:
        wanted = (*wanted, ReviewTask.due_on <= period.last)
    rows = reader.session.scalars(
        select(ReviewTask).where(*wanted).order_by(ReviewTask.due_on, ReviewTask.id)
    )
    return [
        {
            "text": row.text,
            "unit": names.unit(row.unit_id),
            "decided_on": row.decided_on.isoformat(),
            "due_on": row.due_on.isoformat(),
            "done_on": row.done_on.isoformat() if row.done_on else None,
            "is_done": row.done_on is not None,
            "is_late": row.done_on is None and row.due_on < today,
        }
        for row in rows
    ]


def _short_day(moment: Any) -> str:
    wall = in_shanghai(moment)
    return f"{wall.month} 月 {wall.day} 日"
