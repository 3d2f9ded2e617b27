"""Contact data under seal (封存): after its years nobody reads it without saying why.

A case that ended so long ago is kept, and nothing more is done with whom it is about
(个保法第四十七条). The shared database says the same of the tables themselves (`row_rights`).
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy import case as first_of
from sqlalchemy.orm import Session

from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed
from desk.rules.moments import day_of, end_of
from desk.rules.retention import is_sealed_by, years_before
from desk.rules.rights import CaseStand, Person, may, may_in_hall
from desk.store.hall_rules import setting
from desk.store.keeping_times import ENDED_CASES, ended_file
from desk.store.models import Case, CaseLook
from desk.store.sight import HELD, WORKERS

SEALED = "已封存"
_STILL = "这一件已封存，现在看不到诉求人。请先在案件卷按“查看”写明理由，再办这一步。"


def sealed_since(session: Session, street_id: int, today: date) -> datetime:
    """Return the moment before which whatever has ended is under seal."""
    return end_of(years_before(today, seal_years(session, street_id, today)))


def seal_years(session: Session, street_id: int, today: date) -> int:
    """Return after how many years the hall puts contact data under seal."""
    return int(setting(session, street_id, "restrict_after_years", today))


def is_sealed(session: Session, case: Case, now: datetime) -> bool:
    """Return whether the contact data of a case is under seal."""
    ended = ended_file(case)
    if ended is None:
        return False
    today = day_of(now)
    return is_sealed_by(ended, seal_years(session, case.street_id, today), today)


def in_hands(person: Person, case: Case, stand: CaseStand) -> bool:
    """Return whether a case is, or was, in the person's own hands (HOUSE.md decision 19)."""
    if person.staff_id in {case.first_responder_id, case.recorder_id, case.handler_id}:
        return True
    # A leader's units are all units of the street; only those who handle cases have them in hand.
    in_hand = bool(person.roles & WORKERS) and any(
        part.unit_id in person.unit_ids and part.status in HELD for part in stand.parts
    )
    calls_back = case.status is CaseStatus.FOLLOW_UP and may(Deed.FOLLOW_UP, stand, person)
    return in_hand or calls_back


def may_unseal(person: Person, case: Case, stand: CaseStand) -> bool:
    """Return whether the person may say why he looks at a case under seal."""
    return may_in_hall(Deed.UNSEAL, person) or in_hands(person, case, stand)


def under_seal(before: datetime) -> ColumnElement[bool]:
    """Return the condition on `cases` that the contact data is under seal.

    Args:
        before: what `sealed_since` says.
    """
    ended = func.coalesce(Case.closed_at, Case.changed_at)
    return and_(Case.status.in_(sorted(ENDED_CASES)), ended < before)


def shown_appellant(before: datetime) -> ColumnElement[str]:
    """Return how lists name the appellant of a case: nothing of him while it is under seal."""
    return first_of((under_seal(before), SEALED), else_=Case.appellant_shown)


def require_unsealed(session: Session, case: Case, person: Person, now: datetime) -> None:
    """Refuse what needs the contact data of a case under seal, unless it was just asked for.

    Raises:
        NotAllowed: it is under seal, and the person has not said why he looks.
    """
    if person.is_built_in or not is_sealed(session, case, now):
        return
    look = select(CaseLook.id).where(
        CaseLook.case_id == case.id, CaseLook.staff_id == person.staff_id, CaseLook.until > now
    )
    if session.scalar(look.limit(1)) is None:
        raise NotAllowed(_STILL)
