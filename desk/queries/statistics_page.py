"""The page of figures (统计): a period, beside it the one before and the same a year ago.

Who does not oversee the hall reads the figures of his own cases, without a place among others.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.queries.rate_figures import period_report
from desk.rules.comparing import Period
from desk.rules.rate_groups import GroupBy
from desk.rules.rights import OVERSEERS
from desk.store.database import Reader

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The figures of a period and what they are compared with.

    Attributes:
        before: of the period just before (环比); year_ago: of the year before (同比).
        is_whole: whether the reader sees the figures of the whole hall.
    """

    period: Period
    by: GroupBy
    now: Report
    before: Report
    year_ago: Report
    is_whole: bool


def statistics_page(reader: Reader, first: date, last: date, by: GroupBy) -> StatisticsPage:
    """Return the figures of the cases received from `first` to `last`."""
    period = Period(first, last)
    before, year_ago = period.before(), period.year_ago()
    person = reader.person
    return StatisticsPage(
        period,
        by,
        now=period_report(reader, first, last, by),
        before=period_report(reader, before.first, before.last, by),
        year_ago=period_report(reader, year_ago.first, year_ago.last, by),
        is_whole=person.is_built_in or bool(person.seeing_roles & OVERSEERS),
    )
