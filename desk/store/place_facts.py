"""What came from a place, and how neighbours' cases were solved (同一地的件), without a person.

On the shared database `store.person_functions` answers; here is the same for a hall of one file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from desk.rules.codes import Resolution, Satisfaction
from desk.rules.lifecycle import OPEN
from desk.rules.moments import start_of
from desk.rules.neighbour_words import key_sentence
from desk.rules.rights import Person
from desk.store.base import UtcTime
from desk.store.models import Case, Opinion, PrivateFacts, Round
from desk.store.person_facts import is_kept_by_server, mentionable
from desk.store.sight import seen_by

_YEARS = 30  # what came before is counted with the first of them


@dataclass(frozen=True, slots=True)
class SpanCount:
    """How many cases of one category came in a month, or a year, and how many of them lately.

    Attributes:
        start: the first day of the month or year.
    """

    start: date
    category_id: int
    counted: int
    still_open: int
    lately: int


@dataclass(frozen=True, slots=True)
class SolvedThere:
    """A solved case of the neighbours', in sentences that name nobody.

    Attributes:
        case: its id; None where the reader may not open it.
        measures: what was done.
        decision: the answer's key sentence.
    """

    case: int | None
    category_id: int
    unit_id: int
    received_at: datetime
    closed_at: datetime
    measures: str
    decision: str


def cases_of_places(
    session: Session,
    person: Person,
    places: Sequence[int],
    months: Sequence[date],
    since: datetime,
) -> tuple[SpanCount, ...]:
    """Return how many cases came from these places, by category: month by month, before by year.

    Args:
        months: the first days of the months that are counted apart, one after the other.
        since: after which moment a case came lately.
    """
    years = (date(months[0].year - ago, 1, 1) for ago in range(_YEARS + 1))
    spans = sorted({*years, *months})
    starts = [start_of(day) for day in spans]
    rows = (
        _told_by_server(session, places, starts, since)
        if is_kept_by_server(session, person)
        else _counted(session, person, places, starts, since)
    )
    return tuple(SpanCount(spans[max(span, 1) - 1], *counts) for span, *counts in rows)


def _told_by_server(
    session: Session, places: Sequence[int], starts: Sequence[datetime], since: datetime
) -> Iterable[Any]:
    told = func.cases_of_places(
        _ids(places), literal(list(starts), ARRAY(UtcTime)), literal(since, UtcTime)
    ).table_valued("span", "category_id", "counted", "still_open", "lately")
    return session.execute(select(*told.c))


def _counted(
    session: Session,
    person: Person,
    places: Sequence[int],
    starts: Sequence[datetime],
    since: datetime,
) -> Iterable[Any]:
    return session.execute(
        select(
            _span(starts),
            Case.category_id,
            func.count(),
            func.count().filter(Case.status.in_(sorted(OPEN))),
            func.count().filter(Case.received_at > since),
        )
        .where(Case.place_id.in_(places), mentionable(person))
        .group_by(text("1"), Case.category_id)
    )


def _span(starts: Sequence[datetime], before: int = 0) -> ColumnElement[int]:
    """Return how many of the moments a case came after; half of them are left at each step."""
    if not starts:
        return literal(before)
    half = len(starts) // 2
    return case(
        (Case.received_at < starts[half], _span(starts[:half], before)),
        else_=_span(starts[half + 1 :], before + half + 1),
    )


def solved_there(
    session: Session, person: Person, places: Sequence[int], categories: Sequence[int], most: int
) -> tuple[SolvedThere, ...]:
    """Return the newest cases of these categories that were solved there, the newest first."""
    if is_kept_by_server(session, person):
        told = func.solved_there(_ids(places), _ids(categories), most).table_valued(
            "case_id", "category_id", "unit_id", "received_at", "closed_at", "measures", "decision"
        )
        return tuple(SolvedThere(*row) for row in session.execute(select(*told.c)))
    rows = session.execute(
        select(Case, PrivateFacts, seen_by(person).label("is_seen"))
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
        .where(
            Case.place_id.in_(places),
            Case.category_id.in_(categories),
            Case.resolution == Resolution.YES,
            Case.closed_at.is_not(None),
            Case.hides_appellant.is_(False),
            Case.satisfaction.is_distinct_from(Satisfaction.DISSATISFIED),
            mentionable(person),
        )
        .order_by(Case.closed_at.desc())
        .limit(most)
    ).all()
    return tuple(_solved(session, row, facts, is_seen=is_seen) for row, facts, is_seen in rows)


def _solved(session: Session, row: Case, facts: PrivateFacts, *, is_seen: bool) -> SolvedThere:
    names = (
        facts.name,
        facts.address,
        facts.site,
        facts.workplace,
        facts.guardian,
        facts.representatives,
        facts.other_party,
    )
    done = session.scalar(
        select(Round.measures).where(Round.case_id == row.id, Round.number == row.round_no)
    )
    said = session.scalar(
        select(Opinion.decision)
        .where(Opinion.case_id == row.id, Opinion.signed_at.is_not(None))
        .order_by(Opinion.round_no.desc(), Opinion.revision.desc())
        .limit(1)
    )
    known = tuple(name for name in names if name)
    assert row.closed_at is not None  # noqa: S101 - asked for above
    return SolvedThere(
        row.id if is_seen else None,
        row.category_id,
        row.lead_unit_id or row.first_unit_id,
        row.received_at,
        row.closed_at,
        key_sentence(done or row.answer or "", known),
        key_sentence(said or row.answer or "", known),
    )


def _ids(ids: Sequence[int]) -> object:
    return literal(list(ids), ARRAY(BigInteger))
