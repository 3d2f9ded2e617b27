"""What a letter may tell of a case (表扬书、提醒函的事实), as its history bears it out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from desk.rules.codes import ClockKind, ContactResult
from desk.rules.letters import LetterCase
from desk.store.models import Assignment, Case, Category, Clock, Contact, Place, Round

# what the unit that handles a case answers for; sending it out is the centre's own
_OF_UNITS = (ClockKind.CONTACT, ClockKind.VERIFY, ClockKind.HANDLE, ClockKind.OPINION)


def letter_cases(
    session: Session, cases: Sequence[Case], unit_id: int | None, now: datetime
) -> list[LetterCase]:
    """Return what is told of each case in a letter to a unit, without personal data.

    Args:
        unit_id: whose limits count; None where the unit is not chosen yet: the lead's.
    """
    ids = [case.id for case in cases]
    categories = {row.id: row.name for row in session.execute(select(Category.id, Category.name))}
    places = {
        row.id: row.name
        for row in session.execute(
            select(Place.id, Place.name).where(Place.id.in_([case.place_id for case in cases]))
        )
    }
    first = _moments(
        session,
        select(Contact.case_id, func.min(Contact.happened_at))
        .where(Contact.case_id.in_(ids), Contact.result == ContactResult.REACHED)
        .group_by(Contact.case_id),
    )
    last = _moments(
        session,
        select(Round.case_id, func.max(Round.handled_at))
        .where(Round.case_id.in_(ids), Round.handled_at.is_not(None))
        .group_by(Round.case_id),
    )
    late = _late(session, cases, unit_id, now)
    return [
        LetterCase(
            number=case.number,
            matter=f"{places.get(case.place_id or 0, '')}{categories[case.category_id]}",
            responded_in=_since(case, first),
            handled_in=_since(case, last),
            over_by=late.get(case.id, timedelta()),
            was_contacted=case.was_contacted,
            resolution=case.resolution,
            satisfaction=case.satisfaction,
        )
        for case in cases
    ]


def _moments(session: Session, query: Executable) -> dict[int, datetime]:
    return {row[0]: row[1] for row in session.execute(query)}


def _since(case: Case, moments: dict[int, datetime]) -> timedelta | None:
    """Return how long it took since the appeal; who stood at the counter had no time to wait."""
    at = moments.get(case.id)
    return at - case.received_at if at is not None and at > case.received_at else None


def _late(
    session: Session, cases: Sequence[Case], unit_id: int | None, now: datetime
) -> dict[int, timedelta]:
    """Return by how much the limits of a unit were missed, in all, for each case."""
    leads = {case.id: case.lead_unit_id or case.first_unit_id for case in cases}
    rows = session.execute(
        select(Clock, Assignment.unit_id)
        .outerjoin(Assignment, Assignment.id == Clock.assignment_id)
        .where(
            Clock.case_id.in_(leads),
            Clock.kind.in_(_OF_UNITS),
            Clock.is_applicable,
            Clock.set_aside_at.is_(None),
        )
    )
    found: dict[int, timedelta] = {}
    for clock, part_of in rows:
        lead = leads[clock.case_id]
        over = (clock.stopped_at or clock.paused_since or now) - clock.due_at
        if over > timedelta() and (part_of or lead) == (unit_id or lead):
            found[clock.case_id] = found.get(clock.case_id, timedelta()) + over
    return found
