"""The figures of a period (三率), from the sums that the database keeps of ended cases.

What is in no sum – cases that are still open, reports, cases about somebody – is counted case by
case, as far as the reader sees it; who does not oversee the hall counts his own cases in the same
plain way. Either way gives the same figures, to the single case (`rates.rated_cases`).
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from desk.queries.rates import UnitNames, rated_cases, top_categories
from desk.rules.codes import Channel, ClockKind, SourceLevel
from desk.rules.rate_rules import RulesByMonth
from desk.rules.rates_report import Figures, GroupBy, figures_of, month_of, report_of
from desk.rules.rights import OVERSEERS
from desk.rules.three_rates import Tally, Weighed
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Case, RateDay, RateMark
from desk.store.patience import takes_long
from desk.store.rate_marks import Grouping
from desk.store.rate_rules import hall_rate_rules

_COUNTED = tuple(getattr(RateDay, field.name) for field in fields(Tally))
_GROUPINGS = {
    GroupBy.UNIT: Grouping.UNIT,
    GroupBy.COMMUNITY: Grouping.COMMUNITY,
    GroupBy.CATEGORY: Grouping.CATEGORY,
    GroupBy.CHANNEL: Grouping.CHANNEL,
}


def period_report(
    reader: Reader, first: date, last: date, by: GroupBy = GroupBy.UNIT
) -> dict[str, Any]:
    """Return the report on a period, by the hall's own rules of each month."""
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    figures = period_figures(reader, first, last, by)
    return report_of(figures, first=first, last=last, rules=rules)


@takes_long
def period_figures(reader: Reader, first: date, last: date, by: GroupBy = GroupBy.UNIT) -> Figures:
    """Return the figures of the cases received from `first` to `last` that the reader may see."""
    names = UnitNames(reader)
    person = reader.person
    rules = hall_rate_rules(reader.session, person.street_id)
    oversees = person.is_built_in or person.seeing_roles & OVERSEERS
    if not oversees or not names.are_unique():
        return figures_of(rated_cases(reader, first, last), by, rules)
    uncounted = (
        select(RateMark.case_id)
        .where(RateMark.street_id == person.street_id, ~RateMark.is_counted)
        .where(RateMark.day >= first, RateMark.day <= last)
    )
    plain = rated_cases(reader, first, last, Case.id.in_(uncounted))
    sums = _Sums(reader, names, rules, (first, last))
    return sums.figures(by) + figures_of(plain, by, rules)


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
        months, more = self._months()
        return Figures(
            months=months,
            levels={
                SourceLevel(row.name) if row.name else None: (row.received, row.assessed)
                for row in self._named(Grouping.LEVEL)
            },
            limits=self._limits(),
            rows=self._rows(by),
            repeats=more[0],
            national=more[1],
            overdue=more[2],
        )

    def _months(self) -> tuple[dict[str, Tally], list[int]]:
        columns = (*_COUNTED, RateDay.repeats, RateDay.national, RateDay.overdue)
        rows = self._reader.session.execute(
            select(RateDay.day, *columns).where(*self._of(Grouping.ALL), RateDay.received > 0)
        )
        months: dict[str, Tally] = {}
        more = [0, 0, 0]
        for day, *counts in rows:
            tally = Tally(*counts[: len(_COUNTED)])
            month = month_of(day)
            months[month] = months[month] + tally if month in months else tally
            more = [a + b for a, b in zip(more, counts[len(_COUNTED) :], strict=True)]
        return months, more

    def _limits(self) -> dict[ClockKind, tuple[int, int]]:
        kept = {row.name: row.received for row in self._named(Grouping.KEPT)}
        return {
            ClockKind(row.name): (row.received, kept.get(row.name, 0))
            for row in self._named(Grouping.RAN)
        }

    def _rows(self, by: GroupBy) -> dict[str, Weighed]:
        found: dict[str, Weighed] = {}
        for first, last in self._spans(by):
            for row in self._named(_GROUPINGS[by], first, last):
                weighed = Tally(*row[1:]).weighed(self._rules.on(first))
                key = self._key(by, row.name, first)
                found[key] = found[key] + weighed if key in found else weighed
        return found

    def _spans(self, by: GroupBy) -> Iterator[tuple[date, date]]:
        """Yield the parts of the period in which the rules and every unit's name stay."""
        changes = {one.valid_from for one in self._rules.within(self._first, self._last)[1:]}
        if by in (GroupBy.UNIT, GroupBy.COMMUNITY):
            changes |= set(self._names.changes(self._first, self._last))
        starts = [self._first, *sorted(changes)]
        ends = [day - timedelta(days=1) for day in starts[1:]]
        yield from zip(starts, [*ends, self._last], strict=True)

    def _key(self, by: GroupBy, name: str, day: date) -> str:
        if by is GroupBy.CHANNEL:
            return label(Channel(name))
        if by is GroupBy.CATEGORY:
            return self._tops[int(name)]
        return self._names.on(int(name) or None, day)

    def _named(
        self, grouping: Grouping, first: date | None = None, last: date | None = None
    ) -> Any:
        """Return name and sums of each group."""
        sums = [func.sum(column).label(column.key) for column in _COUNTED]
        return self._reader.session.execute(
            select(RateDay.name, *sums)
            .where(*self._of(grouping, first, last))
            .group_by(RateDay.name)
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
