"""What came from a place, and how neighbours' cases were solved (同一地的件), without a person.

On the shared database `store.person_functions` answers; here is the same for a hall of one file.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from desk.rules.codes import Resolution, Satisfaction
from desk.rules.lifecycle import OPEN
from desk.rules.moments import in_shanghai
from desk.rules.neighbour_words import key_sentence
from desk.rules.rights import Person
from desk.store.base import UtcTime
from desk.store.models import Case, Opinion, PrivateFacts, Round
from desk.store.person_facts import is_kept_by_server, mentionable
from desk.store.sight import seen_by


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many cases of one category came in one month, and how many of them lately."""

    year: int
    month: int
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
    session: Session, person: Person, places: Sequence[int], since: datetime
) -> tuple[MonthCount, ...]:
    """Return how many cases came from these places, by month and category.

    Args:
        since: after which moment a case came lately.
    """
    if is_kept_by_server(session, person):
        told = func.cases_of_places(_ids(places), literal(since, UtcTime)).table_valued(
            "year", "month", "category_id", "counted", "still_open", "lately"
        )
        return tuple(MonthCount(*row) for row in session.execute(select(*told.c)))
    rows = session.execute(
        select(Case.received_at, Case.category_id, Case.status).where(
            Case.place_id.in_(places), mentionable(person)
        )
    )
    counted: Counter[tuple[int, int, int]] = Counter()
    still_open: Counter[tuple[int, int, int]] = Counter()
    lately: Counter[tuple[int, int, int]] = Counter()
    for received_at, category, status in rows:
        wall = in_shanghai(received_at)
        key = (wall.year, wall.month, category)
        counted[key] += 1
        still_open[key] += status in OPEN
        lately[key] += received_at > since
    return tuple(
        MonthCount(*key, count, still_open[key], lately[key]) for key, count in counted.items()
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
    return tuple(_solved(session, case, facts, is_seen=is_seen) for case, facts, is_seen in rows)


def _solved(session: Session, case: Case, facts: PrivateFacts, *, is_seen: bool) -> SolvedThere:
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
        select(Round.measures).where(Round.case_id == case.id, Round.number == case.round_no)
    )
    said = session.scalar(
        select(Opinion.decision)
        .where(Opinion.case_id == case.id, Opinion.signed_at.is_not(None))
        .order_by(Opinion.round_no.desc(), Opinion.revision.desc())
        .limit(1)
    )
    known = tuple(name for name in names if name)
    assert case.closed_at is not None  # noqa: S101 - asked for above
    return SolvedThere(
        case.id if is_seen else None,
        case.category_id,
        case.lead_unit_id or case.first_unit_id,
        case.received_at,
        case.closed_at,
        key_sentence(done or case.answer or "", known),
        key_sentence(said or case.answer or "", known),
    )


def _ids(ids: Sequence[int]) -> object:
    return literal(list(ids), ARRAY(BigInteger))
