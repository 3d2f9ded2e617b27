"""Every attempt to ring a number, about whichever case (打过的电话), and who must not be rung."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import BigInteger, Executable, Text, column, func, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from desk.rules.calling import CallFacts, CallRules, CallWish
from desk.rules.codes import ContactWay
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.rights import Person
from desk.store.base import UtcTime
from desk.store.hall_rules import setting
from desk.store.models import Case, Contact, PrivateFacts
from desk.store.sight import seen_by

_ELSEWHERE = "另一件"  # a case that this person may not know of


def call_rules(session: Session, street_id: int, on: date) -> CallRules:
    """Return what the hall allows itself on a day."""
    begins, ends = setting(session, street_id, "quiet_hours", on)
    per_day = setting(session, street_id, "calls_per_day", on)
    return CallRules((int(begins), int(ends)), int(per_day))


def call_facts(session: Session, person: Person, case: Case, now: datetime) -> CallFacts:
    """Return what is known of a case's number: the attempts of the day, wishes not to be rung.

    Attempts on other cases count where these have the same first number; follow-ups are attempts
    like any other, a call with which the appellant himself came to the hall is none.
    """
    facts = session.get(PrivateFacts, case.id)
    numbers = [n for n in (facts.phone, facts.other_phone) if n] if facts else []
    wish = _own_wish(case) or _wish_elsewhere(session, person, case, numbers)
    return CallFacts(bool(numbers), case.urgency, _calls(session, case, numbers, now), wish)


def _calls(
    session: Session, case: Case, numbers: Sequence[str], now: datetime
) -> tuple[datetime, ...]:
    today = day_of(now)
    begins, ends = start_of(today), end_of(today)
    attempts = (
        select(Contact.happened_at)
        .join(Case, Case.id == Contact.case_id)
        .where(
            Contact.way == ContactWay.PHONE,
            Contact.happened_at >= begins,
            Contact.happened_at < ends,
            Contact.happened_at != Case.received_at,
        )
    )
    own = session.scalars(attempts.where(Contact.case_id == case.id)).all()
    if not numbers:
        return tuple(sorted(own))
    if _is_shared(session):  # cases that are kept from this person count too
        asked = (case.street_id, case.id, array(numbers, type_=Text), begins, ends)
        elsewhere = select(func.calls_to_numbers(*asked, type_=UtcTime))
    else:
        same_number = select(PrivateFacts.case_id).where(
            PrivateFacts.street_id == case.street_id, PrivateFacts.phone.in_(numbers)
        )
        elsewhere = attempts.where(Contact.case_id.in_(same_number), Contact.case_id != case.id)
    return tuple(sorted((*own, *session.scalars(elsewhere))))


def _is_shared(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _own_wish(case: Case) -> CallWish | None:
    if case.do_not_call_at is None:
        return None
    return CallWish(case.do_not_call_at, case.do_not_call_note or "")


def _wish_elsewhere(
    session: Session, person: Person, case: Case, numbers: Sequence[str]
) -> CallWish | None:
    """Return the newest wish on another case with the same number; it holds for the number."""
    if not numbers:
        return None
    newest = session.execute(_wishes(session, case, numbers)).first()
    if newest is None:
        return None
    case_id, wished_at = newest[0], newest[1]
    seen = select(Case.seq).where(Case.id == case_id, seen_by(person))
    seq = session.scalar(seen)
    return CallWish(wished_at, where=_ELSEWHERE if seq is None else f"{seq:05}")


def _wishes(session: Session, case: Case, numbers: Sequence[str]) -> Executable:
    if _is_shared(session):
        asked = func.wish_of_numbers(case.street_id, case.id, array(numbers, type_=Text))
        told = asked.table_valued(column("case_id", BigInteger), column("wished_at", UtcTime))
        return select(told.c.case_id, told.c.wished_at)
    return (
        select(Case.id, Case.do_not_call_at)
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
        .where(
            Case.street_id == case.street_id,
            Case.id != case.id,
            PrivateFacts.phone.in_(numbers),
            Case.do_not_call_at.is_not(None),
        )
        .order_by(Case.do_not_call_at.desc())
        .limit(1)
    )
