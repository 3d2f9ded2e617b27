"""The page of figures (统计): a period, what it is compared with, and what exclusions changed.

Who does not oversee the hall reads the figures of his own cases, without a place among others.
"""

from dataclasses import dataclass
from datetime import date

from desk.queries.assessed_before import BeforeAfter, before_and_after
from desk.queries.compared_figures import ComparedReport, compared_report
from desk.queries.figure_cases import PAGE, Figure, FigureCase, figure_cases, figure_count
from desk.rules.moments import day_of
from desk.rules.rate_groups import GroupBy
from desk.rules.rights import OVERSEERS
from desk.store.database import Reader
from desk.store.letterheads import letterhead_of
from desk.store.rate_rules import hall_rate_rules


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The figures of a period.

    Attributes:
        changed: the figures with and without what was granted (剔除、差评申诉前后).
        is_whole: whether the reader sees the figures of the whole hall.
        office: whose figures they are, as its papers are headed.
    """

    by: GroupBy
    compared: ComparedReport
    changed: BeforeAfter
    is_whole: bool
    office: str


def statistics_page(reader: Reader, first: date, last: date, by: GroupBy) -> StatisticsPage:
    """Return the figures of the cases received from `first` to `last`."""
    person = reader.person
    compared = compared_report(reader, first, last, by)
    decimals = hall_rate_rules(reader.session, person.street_id).on(last).decimals
    return StatisticsPage(
        by,
        compared,
        before_and_after(reader, first, last, by, decimals=decimals),
        is_whole=person.is_built_in or bool(person.seeing_roles & OVERSEERS),
        office=letterhead_of(reader.session, person.street_id, day_of(reader.now)).issuer,
    )


@dataclass(frozen=True, slots=True)
class FigureLook:
    """The first cases of a figure, the newest first, and how many it has."""

    cases: tuple[FigureCase, ...]
    count: int


def figure_look(reader: Reader, figure: Figure, *, size: int = PAGE) -> FigureLook:
    """Return the cases behind a figure, and the figure itself counted from cases."""
    return FigureLook(figure_cases(reader, figure, size=size), figure_count(reader, figure))
