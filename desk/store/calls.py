"""Every attempt to ring a number, about whichever case (打过的电话), and who must not be rung."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import BigInteger, Executable, column, func, select
from sqlalchemy.orm import Session

from desk.rules.calling import RANG_IN, CallFacts, CallRules, CallWish, GivingUp
from desk.rules.codes import ContactWay
from desk.rules.moments import day_of, end_of, start_of
from desk.rules.rights import Person
from desk.store.base import UtcTime
from desk.store.contacts_told import is_shared, numbers_left
from desk.store.hall_rules import setting
from desk.store.models import Case, Contact, PrivateFacts
from desk.store.sealing import sealed_since, under_seal
from desk.store.sight import seen_by

_ELSEWHERE = "另一件"  # a case that this person may not know of


def call_rules(session: Session, street_id: int, on: date) -> CallRules:
    """Return what the hall allows itself on a day."""
    begins, ends = setting(session, street_id, "quiet_hours", on)
    per_day = setting(session, street_id, "calls_per_day", on)
    return CallRules((int(begins), int(ends)), int(per_day))


def giving_up(session: Session, street_id: int, on: date) -> GivingUp:
    """Return when a case is closed unrated because nobody answered."""
    needed = setting(session, street_id, "followup_attempts", on)
    return GivingUp(int(needed), int(setting(session, street_id, "followup_parts", on)))


def call_facts(session: Session, person: Person, case: Case, now: datetime) -> CallFacts:
    """Return what is known of a case's number: the attempts of the day, wishes not to be rung.

    Attempts on other cases count where these have the same first number; follow-ups are attempts
    like any other, a call that the appellant himself made is none.
    """
    has_number = any(numbers_left(session, case.id))
    wish = _own_wish(case) or (_wish_elsewhere(session, person, case, now) if has_number else None)
    calls = _calls(session, case, now, has_number=has_number)
    return CallFacts(has_number, case.urgency, calls, wish)


def _calls(
    session: Session, case: Case, now: datetime, *, has_number: bool
) -> tuple[datetime, ...]:
    today = day_of(now)
    begins, ends = start_of(today), end_of(today)
    attempts = select(Contact.happened_at).where(
        Contact.way == ContactWay.PHONE,
        Contact.happened_at >= begins,
        Contact.happened_at < ends,
        Contact.over_reason.is_distinct_from(RANG_IN),
    )
    own = session.scalars(attempts.where(Contact.case_id == case.id)).all()
    if not has_number:
        return tuple(sorted(own))
    if is_shared(session):  # cases that are kept from this person count too
        elsewhere = select(func.calls_of_caller(case.id, begins, ends, type_=UtcTime))
    else:
        same_number = select(PrivateFacts.case_id).where(
            PrivateFacts.street_id == case.street_id,
            PrivateFacts.phone.in_(_numbers(session, case)),
        )
        elsewhere = attempts.where(Contact.case_id.in_(same_number), Contact.case_id != case.id)
    return tuple(sorted((*own, *session.scalars(elsewhere))))


def _numbers(session: Session, case: Case) -> Sequence[str]:
    facts = session.get_one(PrivateFacts, case.id)
    return [number for number in (facts.phone, facts.other_phone) if number]


def _own_wish(case: Case) -> CallWish | None:
    if case.do_not_call_at is None:
        return None
    return CallWish(case.do_not_call_at, case.do_not_call_note or "")


def _wish_elsewhere(session: Session, person: Person, case: Case, now: datetime) -> CallWish | None:
    """Return the newest wish on another case with the same number; it holds for the number."""
    newest = session.execute(_wishes(session, case)).first()
    if newest is None:
        return None
    case_id, wished_at = newest[0], newest[1]
    sealed = under_seal(sealed_since(session, case.street_id, day_of(now)))
    seen = select(Case.seq).where(Case.id == case_id, seen_by(person), ~sealed)
    seq = session.scalar(seen)
    return CallWish(wished_at, where=_ELSEWHERE if seq is None else f"{seq:05}")


def _wishes(session: Session, case: Case) -> Executable:
    if is_shared(session):
        asked = func.wish_of_caller(case.id)
        told = asked.table_valued(column("case_id", BigInteger), column("wished_at", UtcTime))
        return select(told.c.case_id, told.c.wished_at)
    return (
        select(Case.id, Case.do_not_call_at)
        .join(PrivateFacts, PrivateFacts.case_id == Case.id)
        .where(
            Case.street_id == case.street_id,
            Case.id != case.id,
            PrivateFacts.phone.in_(_numbers(session, case)),
            Case.do_not_call_at.is_not(None),
        )
        .order_by(Case.do_not_call_at.desc())
        .limit(1)
    )
