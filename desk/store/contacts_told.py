"""Asking what may be told of contact data that the shared database keeps (联系方式的查问).

One file keeps nothing from whoever opens it: there the queries read the same themselves.
"""

from collections.abc import Collection

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from desk.rules.codes import Sex
from desk.rules.rights import Person
from desk.store.models import Case, PrivateFacts

_CALLERS = text("SELECT * FROM same_callers(CAST(:ids AS bigint[]))")
_FOR_LEDGER = text("SELECT * FROM contacts_for_ledger(CAST(:ids AS bigint[]))")
_FOR_PAPER = text("SELECT * FROM contact_for_paper(:id)")
_TO_RING = text("SELECT name, sex, phone FROM contact_to_ring(:id)")


def are_kept(session: Session, person: Person) -> bool:
    """Return whether the database itself keeps contact data from this person's login."""
    return is_shared(session) and not person.is_built_in


def is_shared(session: Session) -> bool:
    """Return whether this is the shared server."""
    return session.get_bind().dialect.name == "postgresql"


def numbers_left(session: Session, case_id: int) -> tuple[bool, bool]:
    """Return whether an appellant left a first and another number, never which."""
    if is_shared(session):
        told = func.can_be_rung(case_id).table_valued("has_phone", "has_other")
        with session.no_autoflush:  # nor does the file: a case's version rises alike on both
            row = session.execute(select(told.c.has_phone, told.c.has_other)).first()
        return (bool(row[0]), bool(row[1])) if row is not None else (False, False)
    facts = session.get(PrivateFacts, case_id)
    return (bool(facts and facts.phone), bool(facts and facts.other_phone))


def has_phone(session: Session, case_id: int) -> bool:
    """Return whether an appellant can be rung at all: else no limit to contact him runs."""
    return numbers_left(session, case_id)[0]


def addressee(session: Session, person: Person, case: Case) -> str:
    """Return to whom a letter goes that is in the person's hands to sign, seal or deliver."""
    if case.hides_appellant:
        return ""
    facts = session.get(PrivateFacts, case.id)
    if facts is None and are_kept(session, person):
        return session.scalar(select(func.addressee(case.id))) or ""
    return (facts.name if facts is not None else None) or ""


def contact_for_paper(session: Session, person: Person, case: Case) -> PrivateFacts:
    """Return whom a paper names that somebody reads before it is issued.

    Nobody, where the server does not tell him: such papers name nobody who asked to be hidden.
    """
    facts = session.get(PrivateFacts, case.id)
    if facts is None and are_kept(session, person):
        told = select(PrivateFacts).from_statement(_FOR_PAPER)
        facts = session.scalars(told, {"id": case.id}).first()
    return facts or PrivateFacts(case_id=case.id, street_id=case.street_id)


def masked_words(session: Session, person: Person, case: Case, words: str) -> str:
    """Return a text of a case's opinion with the appellant's mask in the place of his name."""
    if words and are_kept(session, person):
        return str(session.scalar(select(func.masked_words(case.id, words))))
    facts = session.get(PrivateFacts, case.id)
    name = (facts.name if facts is not None else None) or ""
    return words.replace(name, case.appellant_shown) if name else words


def same_callers(session: Session, person: Person, cases: Collection[int]) -> dict[int, str]:
    """Return by what cases of one and the same person are told to be that; hidden ones by nothing.

    Args:
        cases: ids of cases that the person may see, no reports and no mediations.
    """
    if are_kept(session, person):
        rows = session.execute(_CALLERS, {"ids": sorted(cases)})
        return {row.found_case: str(row.first_case) for row in rows}
    named = select(PrivateFacts.case_id, PrivateFacts.phone, PrivateFacts.name)
    rows = session.execute(
        named.join(Case, Case.id == PrivateFacts.case_id).where(
            Case.id.in_(cases), Case.hides_appellant.is_(False)
        )
    )
    return {row.case_id: row.phone or row.name or str(row.case_id) for row in rows}


def contact_to_ring(session: Session, person: Person, case: Case) -> PrivateFacts:
    """Return the name, sex and number of whom a leader rings himself; nothing of who is hidden."""
    if case.hides_appellant:
        return PrivateFacts(case_id=case.id)
    if not are_kept(session, person):
        return session.get_one(PrivateFacts, case.id)
    row = session.execute(_TO_RING, {"id": case.id}).one()
    sex = Sex(row.sex) if row.sex else None
    return PrivateFacts(case_id=case.id, name=row.name, sex=sex, phone=row.phone)


def contacts_for_ledger(session: Session, cases: Collection[int]) -> list[PrivateFacts]:
    """Return the contact data of cases for a ledger; on the server for those who export them."""
    rows = select(PrivateFacts).from_statement(_FOR_LEDGER)
    return list(session.scalars(rows, {"ids": sorted(cases)}))
