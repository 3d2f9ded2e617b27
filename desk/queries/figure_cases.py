"""From any figure of a report to exactly the cases that it counts (下钻), as the reader sees them.

    figure = Figure(first, last, Measure.DOUBLE_NO, by=GroupBy.UNIT, key="城建办")
    page = figure_cases(reader, figure)                    # the newest 50
    more = figure_cases(reader, figure, after=page[-1])    # the next ones
    count = figure_count(reader, figure)                   # the figure itself

Without `key` the figure is that of the total. The keys are those of the report's rows, the words
of the measures are `rules.measures.MEASURE_LABELS`; `say_figure(figure)` is the heading of a list.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from desk.queries.figure_groups import in_group
from desk.queries.figure_measures import counted_in, received_within
from desk.queries.rates import UnitNames, top_categories
from desk.rules.codes import CaseStatus, Resolution, Satisfaction, Verdict
from desk.rules.measures import MEASURE_LABELS, Measure
from desk.rules.moments import day_of
from desk.rules.rate_groups import GroupBy
from desk.rules.verdicts import verdict_of
from desk.store.database import Reader
from desk.store.models import Case
from desk.store.patience import takes_long
from desk.store.rate_rules import hall_rate_rules
from desk.store.sight import seen_by

PAGE = 50


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    Attributes:
        first, last: the days of reception, both included.
        by, key: of which row; without them it is a figure of the total.
    """

    first: date
    last: date
    measure: Measure = Measure.RECEIVED
    by: GroupBy | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class FigureCase:
    """One case behind a figure; no personal data, as on a board."""

    id: int
    number: str
    seq: int
    received_at: datetime
    unit: str  # as it was called that day
    community: str
    category: str
    summary: str
    status: CaseStatus
    resolution: Resolution | None
    satisfaction: Satisfaction | None
    is_overdue: bool

    @property
    def verdict(self) -> Verdict | None:
        """双是, 非双是 or 双否."""
        return verdict_of(self.resolution, self.satisfaction)


def say_figure(figure: Figure) -> str:
    """Say which figure it is: “2026-06-01 至 2026-06-30，城建办：双否”."""
    whose = f"，{figure.key}" if figure.key is not None else ""
    return f"{figure.first} 至 {figure.last}{whose}：{MEASURE_LABELS[figure.measure]}"


@takes_long
def figure_cases(
    reader: Reader, figure: Figure, *, after: FigureCase | None = None, size: int = PAGE
) -> tuple[FigureCase, ...]:
    """Return the next page of the cases that a figure counts, the newest first."""
    columns: tuple[Any, ...] = (
        Case.id,
        Case.number,
        Case.seq,
        Case.received_at,
        func.coalesce(Case.lead_unit_id, Case.first_unit_id).label("unit_id"),
        Case.community_id,
        Case.category_id,
        Case.summary,
        Case.status,
        Case.resolution,
        Case.satisfaction,
        Case.is_overdue,
    )
    names, tops = UnitNames(reader), top_categories(reader)
    query = select(*columns).where(_behind(reader, figure, names))
    if after is not None:
        query = query.where(tuple_(Case.received_at, Case.id) < (after.received_at, after.id))
    query = query.order_by(Case.received_at.desc(), Case.id.desc()).limit(size)
    return tuple(
        FigureCase(
            id=row.id,
            number=row.number,
            seq=row.seq,
            received_at=row.received_at,
            unit=names.on(row.unit_id, day_of(row.received_at)),
            community=names.on(row.community_id, day_of(row.received_at)),
            category=tops[row.category_id],
            summary=row.summary,
            status=row.status,
            resolution=row.resolution,
            satisfaction=row.satisfaction,
            is_overdue=row.is_overdue,
        )
        for row in reader.session.execute(query).all()
    )


@takes_long
def figure_count(reader: Reader, figure: Figure) -> int:
    """Return how many cases a figure counts: the figure itself, counted case by case."""
    counted = select(func.count(Case.id)).where(_behind(reader, figure, UnitNames(reader)))
    return reader.session.scalar(counted) or 0


def _behind(reader: Reader, figure: Figure, names: UnitNames) -> ColumnElement[bool]:
    """Return the condition on `cases` that a figure counts the case."""
    period = (figure.first, figure.last)
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    group: list[ColumnElement[bool]] = []
    if figure.by is not None and figure.key is not None:
        group.append(in_group(reader, names, (figure.by, figure.key), period))
    return and_(
        seen_by(reader.person),
        received_within(*period),
        *group,
        *counted_in(reader, figure.measure, rules, period),
    )
