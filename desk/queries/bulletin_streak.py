"""For how many months nothing went wrong (零差评、零超期连续月数), for monthly bulletins only."""

from datetime import date, timedelta

from sqlalchemy import func, select

from desk.queries.figure_measures import received_within
from desk.queries.rate_figures import period_figures
from desk.rules.codes import Satisfaction
from desk.rules.comparing import Period
from desk.rules.rates_report import NOTHING, month_of
from desk.rules.streaks import MonthFacts, Streak, streak
from desk.store.database import Reader
from desk.store.models import Case, FollowUp
from desk.store.sight import seen_by

_MOST_MONTHS = 36


def street_streak(reader: Reader, month: date) -> Streak:
    """Return the streaks of the whole street up to a month, given by one of its days.

    Months are read backwards until both kinds of streak have ended, so that a usual month costs
    one look.
    """
    first = month.replace(day=1)
    found: list[MonthFacts] = []
    for _ in range(_MOST_MONTHS):
        found.insert(0, _facts(reader, first))
        if _is_over(found[0]):
            break
        first = (first - timedelta(days=1)).replace(day=1)
    return streak(found)


def _is_over(one: MonthFacts) -> bool:
    return not one.received or bool(one.bad_last and one.bad_first and one.overdue)


def _facts(reader: Reader, first: date) -> MonthFacts:
    after = (first + timedelta(days=31)).replace(day=1)
    period = Period(first, after - timedelta(days=1))
    figures = period_figures(reader, period.first, period.last)
    counts = figures.months.get(month_of(first), NOTHING)
    return MonthFacts(
        month_of(first),
        counts.received,
        bad_last=counts.dissatisfied,
        bad_first=_bad_first(reader, period),
        overdue=counts.overdue,
    )


def _bad_first(reader: Reader, period: Period) -> int:
    """Return how many cases were called 不满意 the first time that somebody was reached.

    Who was not asked here (导入的件) has only the rating that the ledger told.
    """
    first_said = (
        select(FollowUp.satisfaction)
        .where(
            FollowUp.case_id == Case.id,
            FollowUp.satisfaction.is_not(None),
            FollowUp.satisfaction != Satisfaction.NOT_RATED,
        )
        .order_by(FollowUp.seq)
        .limit(1)
        .scalar_subquery()
    )
    query = select(func.count(Case.id)).where(
        seen_by(reader.person),
        received_within(period.first, period.last),
        Case.counts_in_rates.is_(True),
        func.coalesce(first_said, Case.satisfaction) == Satisfaction.DISSATISFIED,
    )
    return reader.session.scalar(query) or 0
