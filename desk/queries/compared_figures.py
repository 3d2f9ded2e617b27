"""A period beside the one before and the same of a year ago (环比、同比), and its ranks then."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.queries.rate_figures import beside_of, period_figures
from desk.rules.compared_figures import ComparedFigure, compared, with_arrows
from desk.rules.comparing import Period
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import RateRules, RulesByMonth
from desk.rules.rates_report import Figures, report_of, whole_of
from desk.rules.three_rates import Weighed
from desk.store.database import Reader
from desk.store.patience import takes_long
from desk.store.rate_rules import hall_rate_rules


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """A report as the screen shows it, with what it is compared with.

    Attributes:
        report: as `shown_report`; each row also has `rank_before` and `arrow`.
        figures: each figure of the total in all three periods.
    """

    period: Period
    before: Period
    year_ago: Period
    report: dict[str, Any]
    figures: tuple[ComparedFigure, ...]


@takes_long
def compared_report(
    reader: Reader, first: date, last: date, by: GroupBy = GroupBy.UNIT
) -> ComparedReport:
    """Return the report on a period beside the one before and the same of a year ago.

    Raises:
        ValueError: the period ends before it begins.
    """
    period = Period(first, last)
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    three = (period, period.before(), period.year_ago())
    found = [period_figures(reader, one.first, one.last, by) for one in three]
    reports = [
        _report(reader, one, figures, rules, by)
        for one, figures in zip(three[:2], found, strict=False)
    ]
    sides = [_side(figures, rules, one.last) for one, figures in zip(three, found, strict=True)]
    rows = with_arrows(reports[0]["rows"], reports[1]["rows"])
    return ComparedReport(*three, report={**reports[0], "rows": rows}, figures=compared(*sides))


def _side(figures: Figures, rules: RulesByMonth, last: date) -> tuple[Weighed, RateRules]:
    return whole_of(figures, rules), rules.on(last)


def _report(
    reader: Reader, period: Period, figures: Figures, rules: RulesByMonth, by: GroupBy
) -> dict[str, Any]:
    first, last = period.first, period.last
    beside = beside_of(reader, (first, last), by, rules.on(last).decimals)
    return report_of(figures, first=first, last=last, rules=rules, beside=beside)
