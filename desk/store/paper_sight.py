"""Who reads which paper (文书), as SQL: the same words as its policy in `row_conditions`."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from desk.rules.papers import BULLETIN, PUBLIC_BULLETIN
from desk.rules.rights import OVERSEERS, Person
from desk.store.mediation_sight import content_seen_by
from desk.store.meeting_sight import meeting_seen_by
from desk.store.models import Case, Letter, Mediation, Meeting, Paper, Staff, UnitTalk, Whistle
from desk.store.sight import letter_seen_by, seen_by
from desk.store.whistle_sight import whistle_seen_by

SLIP, MINUTES = "whistle-slip", "meeting-minutes"


def paper_seen_by(person: Person, now: datetime) -> ColumnElement[bool]:
    """Return the condition on `papers`, outer joined with `cases`, that the person may read one.

    Papers of the hall belong to no case: whoever issued one may read it, his unit, those who
    oversee the hall, and the unit that the record of a talk is addressed to. A letter is read by
    whom `letter_seen_by` names, the slip of a whistle and minutes by who sees what they are about.
    Papers of a mediation are its content (DOMAIN.md 9.4).
    """
    of_the_hall = and_(
        Paper.case_id.is_(None),
        Paper.mediation_id.is_(None),
        Paper.street_id == person.street_id,
    )
    if not (person.is_built_in or person.roles & OVERSEERS):
        colleagues = select(Staff.id).where(Staff.unit_id.in_(person.unit_ids))
        talks = select(UnitTalk.paper_id).where(UnitTalk.unit_id.in_(person.unit_ids))
        own = or_(
            Paper.issued_by == person.staff_id,
            Paper.issued_by.in_(colleagues),
            Paper.letter_id.is_not(None),
            Paper.code.in_((SLIP, MINUTES)),
            Paper.id.in_(talks),
        )
        of_the_hall = and_(of_the_hall, or_(own, Paper.code.in_((BULLETIN, PUBLIC_BULLETIN))))
    of_the_hall = and_(of_the_hall, ~_kept_slips(person), ~_kept_minutes(person))
    letters = select(Letter.id).where(letter_seen_by(person))
    of_the_hall = and_(of_the_hall, or_(Paper.letter_id.is_(None), Paper.letter_id.in_(letters)))
    of_a_mediation = Paper.mediation_id.in_(
        select(Mediation.id).where(content_seen_by(person, now))
    )
    return or_(and_(Paper.case_id == Case.id, seen_by(person)), of_the_hall, of_a_mediation)


def _kept_slips(person: Person) -> ColumnElement[bool]:
    """Return the condition that a paper is the slip of a whistle that is kept from the person."""
    seen = select(Whistle.paper_id).where(Whistle.paper_id.is_not(None), whistle_seen_by(person))
    return and_(Paper.code == SLIP, Paper.issued_by != person.staff_id, Paper.id.not_in(seen))


def _kept_minutes(person: Person) -> ColumnElement[bool]:
    """Return the condition that a paper holds minutes that are kept from the person."""
    seen = select(Meeting.paper_id).where(Meeting.paper_id.is_not(None), meeting_seen_by(person))
    return and_(Paper.code == MINUTES, Paper.issued_by != person.staff_id, Paper.id.not_in(seen))
