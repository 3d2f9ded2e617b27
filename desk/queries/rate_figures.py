"""The figures of a period (三率), from the sums that the database keeps of ended cases.

What is in no sum – cases that are still open, reports, cases about somebody – is counted case by
case, as far as the reader sees it; who does not oversee the hall counts his own cases in the same
plain way. Either way gives the same figures, to the single case (`rates.rated_cases`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, select

from desk.queries.rates import UnitNames, rated_cases, top_categories
from desk.queries.residents import residents_on
from desk.rules.codes import Channel, SourceLevel, UnitKind
from desk.rules.rate_groups import GroupBy, cell_key, day_key, hour_key, named
from desk.rules.rate_rules import RulesByMonth
from desk.rules.rates_report import Figures, figures_of, month_of, report_of
from desk.rules.report_rows import Beside
from desk.rules.rights import OVERSEERS
from desk.rules.three_rates import RatedCase, Tally, Weighed
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.looked_up import once
from desk.store.models import (
    AssessmentRequest,
    Assignment,
    BonusPoint,
    Case,
    Clock,
    RateDay,
    RateMark,
    Unit,
)
from desk.store.patience import takes_long
from desk.store.rate_marks import Grouping
from desk.store.rate_rules import hall_rate_rules

_COUNTED = tuple(getattr(RateDay, field.name) for field in fields(Tally))
_GROUPINGS: Mapping[GroupBy, Grouping] = {
    GroupBy.UNIT: Grouping.UNIT,
    GroupBy.COMMUNITY: Grouping.COMMUNITY,
    GroupBy.CATEGORY: Grouping.CATEGORY,
    GroupBy.CHANNEL: Grouping.CHANNEL,
    GroupBy.GRID: Grouping.GRID,
    GroupBy.LEVEL: Grouping.LEVEL,
    GroupBy.FIRST_UNIT: Grouping.FIRST,
    GroupBy.SUPPORT: Grouping.SUPPORT,
    GroupBy.DAY: Grouping.ALL,
    GroupBy.HOUR: Grouping.HOUR,
    GroupBy.CELL: Grouping.CELL,
}
# whose rows bear the name that a unit had on the day
_OF_UNITS = frozenset(
    {
        GroupBy.UNIT,
        GroupBy.COMMUNITY,
        GroupBy.GRID,
        GroupBy.FIRST_UNIT,
        GroupBy.SUPPORT,
        GroupBy.CELL,
    }
)
_WORDS: Mapping[GroupBy, Callable[[Any], str]] = {
    GroupBy.DAY: day_key,
    GroupBy.CHANNEL: lambda name: label(Channel(name)),
    GroupBy.LEVEL: lambda name: label(SourceLevel(name)),
    GroupBy.HOUR: lambda name: hour_key((int(name[0]) - 1) % 7, int(name[2:])),
}
_LIVED_IN = frozenset({GroupBy.COMMUNITY, GroupBy.GRID})
_NEVER_RANKED = frozenset({GroupBy.DAY, GroupBy.HOUR, GroupBy.CELL})
_HUNDREDTHS = 100


def period_report(
    reader: Reader,
    first: date,
    last: date,
    by: GroupBy = GroupBy.UNIT,
    *,
    decimals: int | None = None,
) -> dict[str, Any]:
    """Return the report on a period, by the hall's own rules of each month.

    Args:
        decimals: how many are told; scripts are always told two, screens what the rules say.
    """
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    figures = period_figures(reader, first, last, by)
    beside = beside_of(reader, (first, last), by, decimals)
    return report_of(figures, first=first, last=last, rules=rules, beside=beside)


def shown_report(
    reader: Reader, first: date, last: date, by: GroupBy = GroupBy.UNIT
) -> dict[str, Any]:
    """Return the report on a period with as many decimals as the rules of its last day show."""
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    return period_report(reader, first, last, by, decimals=rules.on(last).decimals)


def beside_of(
    reader: Reader, period: tuple[date, date], by: GroupBy, decimals: int | None = None
) -> Beside:
    """Return what a report tells beside what its cases say: points, people, decimals."""
    plain = Beside()
    people = residents_on(reader, period[1])
    return Beside(
        bonus=_bonus(reader, *period) if by is GroupBy.UNIT else {},
        population=people.get(None),
        residents=_residents(reader, people, by, period[1]) if by in _LIVED_IN else {},
        decimals=plain.decimals if decimals is None else decimals,
        is_ranked=by not in _NEVER_RANKED,
    )


def _residents(
    reader: Reader, people: Mapping[int | None, int], by: GroupBy, day: date
) -> dict[str, int]:
    """Return how many people live in the community or grid of each row, by its name on a day."""
    wanted = UnitKind.COMMUNITY if by is GroupBy.COMMUNITY else UnitKind.GRID
    names = UnitNames(reader)
    units = reader.session.scalars(
        select(Unit.id).where(Unit.street_id == reader.person.street_id, Unit.kind == wanted)
    )
    return {names.on(unit, day): people[unit] for unit in units if unit in people}


def _bonus(reader: Reader, first: date, last: date) -> dict[str, Fraction]:
    """Return the points given for those months that lie wholly within a period, by unit."""
    rows = reader.session.execute(
        select(BonusPoint.unit_id, BonusPoint.month, BonusPoint.hundredths).where(
            BonusPoint.street_id == reader.person.street_id,
            BonusPoint.month >= month_of(first),
            BonusPoint.month <= month_of(last),
            BonusPoint.withdrawn_at.is_(None),
        )
    ).all()
    if not rows:
        return {}
    names = UnitNames(reader)
    found: dict[str, Fraction] = {}
    for unit, month, hundredths in rows:
        start = date.fromisoformat(f"{month}-01")
        if start >= first and _end_of_month(start) <= last:
            name = named(names.on(unit, _end_of_month(start)))
            found[name] = found.get(name, Fraction()) + Fraction(hundredths, _HUNDREDTHS)
    return found


def _end_of_month(start: date) -> date:
    return (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@takes_long
def period_figures(
    reader: Reader,
    first: date,
    last: date,
    by: GroupBy = GroupBy.UNIT,
    *,
    rules: RulesByMonth | None = None,
) -> Figures:
    """Return the figures of the cases received from `first` to `last` that the reader may see.

    Args:
        rules: by which they are weighed; the hall's own, unless others are tried out (试算).
    """
    names = UnitNames(reader)
    person = reader.person
    rules = rules or hall_rate_rules(reader.session, person.street_id)
    oversees = person.is_built_in or person.seeing_roles & OVERSEERS
    if not oversees or not names.are_unique():
        return figures_of(rated_cases(reader, first, last), by, rules)
    sums = _Sums(reader, names, rules, (first, last))
    return sums.figures(by) + figures_of(_uncounted(reader, first, last), by, rules)


def _uncounted(reader: Reader, first: date, last: date) -> list[RatedCase]:
    """Return the cases that are in no sum; what shows a period in many ways reads them once."""
    among = (
        select(RateMark.case_id)
        .where(RateMark.street_id == reader.person.street_id, ~RateMark.is_counted)
        .where(RateMark.day >= first, RateMark.day <= last)
    )
    return once(
        reader.session,
        ("uncounted", first, last),
        lambda: rated_cases(reader, first, last, Case.id.in_(among)),
        of=(Case, Clock, Assignment, AssessmentRequest),
    )


class _Sums:
    """The sums of a period's days."""

    def __init__(
        self, reader: Reader, names: UnitNames, rules: RulesByMonth, period: tuple[date, date]
    ) -> None:
        self._reader, self._names, self._rules = reader, names, rules
        self._first, self._last = period
        self._tops = top_categories(reader)

    def figures(self, by: GroupBy) -> Figures:
        """Return the figures of all counted cases."""
        levels: dict[SourceLevel | None, tuple[int, int]] = {
            SourceLevel(row.name): (row.received, row.assessed)
            for row in self._named(Grouping.LEVEL, columns=(RateDay.received, RateDay.assessed))
        }
        return Figures(months=self._months(), levels=levels, rows=self._rows(by))

    def _months(self) -> dict[str, Tally]:
        rows = self._reader.session.execute(
            select(RateDay.day, *_COUNTED).where(*self._of(Grouping.ALL), RateDay.received > 0)
        )
        months: dict[str, list[int]] = {}
        for day, *counts in rows:
            sums = months.setdefault(month_of(day), [0] * len(counts))
            sums[:] = [a + b for a, b in zip(sums, counts, strict=True)]
        return {month: Tally(*counts) for month, counts in months.items()}

    def _rows(self, by: GroupBy) -> dict[str, Weighed]:
        found: dict[str, Weighed] = {}
        for first, last in self._spans(by):
            for row in self._named(_GROUPINGS[by], first, last, by_day=by is GroupBy.DAY):
                weighed = Tally(*row[1:]).weighed(self._rules.on(first))
                key = self._key(by, row[0], first)
                found[key] = found[key] + weighed if key in found else weighed
        return found

    def _spans(self, by: GroupBy) -> Iterator[tuple[date, date]]:
        """Yield the parts of the period in which the rules and every unit's name stay."""
        changes = {one.valid_from for one in self._rules.within(self._first, self._last)[1:]}
        if by in _OF_UNITS:
            changes |= set(self._names.changes(self._first, self._last))
        starts = [self._first, *sorted(changes)]
        ends = [day - timedelta(days=1) for day in starts[1:]]
        yield from zip(starts, [*ends, self._last], strict=True)

    def _key(self, by: GroupBy, name: Any, day: date) -> str:
        if by in _WORDS:
            return _WORDS[by](name)
        if by is GroupBy.CATEGORY:
            return named(self._tops[int(name)])
        if by is GroupBy.CELL:
            community, category = name.split("/")
            lies_in = self._names.on(int(community) or None, day)
            return cell_key(lies_in, self._tops[int(category)])
        return named(self._names.on(int(name) or None, day))

    def _named(
        self,
        grouping: Grouping,
        first: date | None = None,
        last: date | None = None,
        *,
        by_day: bool = False,
        columns: Sequence[Any] = _COUNTED,
    ) -> Any:
        """Return name and sums of each group."""
        key = RateDay.day if by_day else RateDay.name
        sums = [func.sum(column).label(column.key) for column in columns]
        return self._reader.session.execute(
            select(key, *sums)
            .where(*self._of(grouping, first, last))
            .group_by(key)
            .having(func.sum(RateDay.received) > 0)
        ).all()

    def _of(
        self, grouping: Grouping, first: date | None = None, last: date | None = None
    ) -> tuple[ColumnElement[bool], ...]:
        return (
            RateDay.street_id == self._reader.person.street_id,
            RateDay.grouping == grouping,
            RateDay.day >= (first or self._first),
            RateDay.day <= (last or self._last),
        )
