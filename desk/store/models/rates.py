"""Sums of which the figures are made (三率汇总): per case, and per day and group."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.base import Base, Json, Ref


class Rated:
    """What is counted of a case, or of a day's cases: see `rules.three_rates.Tally`."""

    assessed: Mapped[int]
    visited: Mapped[int]
    responded: Mapped[int]
    resolved: Mapped[int]
    partly_resolved: Mapped[int]
    satisfied: Mapped[int]
    fairly_satisfied: Mapped[int]
    dissatisfied: Mapped[int]
    double_yes: Mapped[int]
    double_no: Mapped[int]
    in_time: Mapped[int]
    not_rated: Mapped[int]
    repeats: Mapped[int]
    national: Mapped[int]
    overdue: Mapped[int]
    early: Mapped[int]
    returned: Mapped[int]
    redone: Mapped[int]
    handled: Mapped[int]
    met: Mapped[int]
    contacted: Mapped[int]
    answered: Mapped[int]
    called_back: Mapped[int]
    ran_dispatch: Mapped[int]
    ran_contact: Mapped[int]
    ran_verify: Mapped[int]
    ran_handle: Mapped[int]
    ran_opinion: Mapped[int]
    kept_dispatch: Mapped[int]
    kept_contact: Mapped[int]
    kept_verify: Mapped[int]
    kept_handle: Mapped[int]
    kept_opinion: Mapped[int]
    ran_accept: Mapped[int]
    kept_accept: Mapped[int]
    appealed: Mapped[int]
    appeals_won: Mapped[int]


class RateMark(Rated, Base):
    """How one case stands in the sums, so that it can be taken out of them again.

    A case that still changes by itself, or that not everybody who oversees the hall may see, is in
    none: it is counted when somebody asks.
    """

    __tablename__ = "rate_marks"
    __table_args__ = (
        Index("ix_rate_marks_uncounted", "street_id", "day",  # as SQLAlchemy says it
              sqlite_where=text("is_counted = 0"), postgresql_where=text("NOT is_counted")),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cases.id"), primary_key=True)
    street_id: Mapped[Ref]
    day: Mapped[date]  # on which it was received
    is_counted: Mapped[bool]
    marks: Mapped[Json]  # in which sums: "unit:7", "community:9", "channel:phone"


class RateDay(Rated, Base):
    """The counted cases of a day in one group."""

    __tablename__ = "rate_days"

    street_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    grouping: Mapped[str] = mapped_column(String(12), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)  # ids or a code
    received: Mapped[int]
