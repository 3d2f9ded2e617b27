"""Who sees a case, as SQL: the same words as `rules.rights.may_see`, for lists and searches."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from desk.rules.codes import AssignmentStatus, CaseStatus, Exit
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.lifecycle import OPEN
from desk.rules.rights import KEEPERS_OF_SECRETS, OVERSEERS, Person, recused_units
from desk.store.models import (
    Assignment,
    Case,
    CaseUnit,
    Contact,
    Letter,
    LetterCase,
    Staff,
)
from desk.store.models.case import CLOSED_FOR_BOARDS

# Those whose work a case is while their unit holds a part of it that is not gone.
WORKERS = STEP_OF[Deed.ACCEPT].roles
HELD = frozenset(AssignmentStatus) - {AssignmentStatus.RETURNED, AssignmentStatus.REPLACED}


def seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `cases` that the person may see the row."""
    street = Case.street_id == person.street_id
    if person.is_built_in:
        return street
    involved = exists(
        select(CaseUnit.case_id).where(
            CaseUnit.case_id == Case.id, CaseUnit.unit_id.in_(person.unit_ids)
        )
    )
    by_role: ColumnElement[bool] = false()
    if person.seeing_roles & OVERSEERS:
        by_role = Case.is_secret == false()
    if person.seeing_roles & KEEPERS_OF_SECRETS:
        by_role = or_(by_role, Case.is_secret == true())
    recused = or_(
        Case.accused_staff_id == person.staff_id, Case.accused_unit_id.in_(recused_units(person))
    )
    return and_(
        street,
        recused.is_not(True),
        or_(
            by_role,
            Case.first_responder_id == person.staff_id,
            Case.recorder_id == person.staff_id,
            involved,
        ),
    )


def knows_appellant(person: Person) -> ColumnElement[bool]:
    """Return the condition on `cases` that the person may find a case by its appellant.

    Who asked to be hidden is found by nobody but those whose work the case is; of this
    `queries.own_work.is_own_work` says the same of one case.
    """
    return or_(Case.hides_appellant.is_(False), in_own_hands(person))


def in_own_hands(person: Person) -> ColumnElement[bool]:
    """Return the condition on `cases` that the case is the person's own work (decision 19)."""
    in_hand: ColumnElement[bool] = false()
    if person.roles & WORKERS:
        in_hand = exists(
            select(Assignment.id).where(
                Assignment.case_id == Case.id,
                Assignment.round_no == Case.round_no,
                Assignment.unit_id.in_(person.unit_ids),
                Assignment.status.in_(HELD),
            )
        )
    me = person.staff_id
    own = or_(Case.first_responder_id == me, Case.recorder_id == me, Case.handler_id == me, in_hand)
    return true() if person.is_built_in else own


def called_back() -> ColumnElement[bool]:
    """Return the condition on `cases` that whoever brought it is asked whether he is content."""
    return or_(Case.status == CaseStatus.FOLLOW_UP, unasked())


def unasked() -> ColumnElement[bool]:
    """Return the condition that a case was answered on the spot, and nobody asked since."""
    return and_(
        Case.status == spelled(CaseStatus.CLOSED),
        Case.exit == spelled(Exit.ON_SPOT),
        Case.satisfaction.is_(None),
        Case.is_imported.is_(False),
    )


def at_hand(person: Person) -> ColumnElement[bool]:
    """Return the condition on `cases` that the person may know how to reach the appellant.

    His own work, the calls after it is done, and whom he or his unit promised to ring. On the
    shared database `contact_rights.AT_HAND` keeps the same.
    """
    owner = func.coalesce(Contact.call_owner_id, Contact.staff_id)
    promiser: ColumnElement[bool] = owner == person.staff_id
    callers: ColumnElement[bool] = false()
    if person.roles & STEP_OF[Deed.FOLLOW_UP].roles:
        callers = called_back()
        of_unit = select(Staff.id).where(Staff.unit_id.in_(person.unit_ids))
        promiser = or_(promiser, owner.in_(of_unit))
    elif person.roles & KEEPERS_OF_SECRETS:
        callers = and_(called_back(), confidential())
    promised = exists(
        select(Contact.id).where(
            Contact.case_id == Case.id,
            promiser,
            Contact.call_back_at.is_not(None),
            Contact.called_back_at.is_(None),
        )
    )
    return or_(in_own_hands(person), callers, promised)


def letter_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition on `letters` that the person may know of one.

    It is told to those who oversee the hall and to the unit it is addressed to, as long as they see
    every case that it names: one may be kept from them after it was issued (9.4).
    """
    street = Letter.street_id == person.street_id
    if not (person.is_built_in or person.seeing_roles & OVERSEERS):
        street = and_(street, Letter.unit_id.in_(person.unit_ids))
    shown = (
        select(func.count())
        .select_from(LetterCase)
        .join(Case, Case.id == LetterCase.case_id)
        .where(LetterCase.letter_id == Letter.id, seen_by(person))
        .correlate(Letter)
        .scalar_subquery()
    )
    return and_(street, Letter.named_cases == shown)


def confidential() -> ColumnElement[bool]:
    """Return the condition that a case is a report, or about the street's own units or people.

    The same as `CaseStand.is_confidential`; both engines keep a small index of these.
    """
    return or_(
        Case.is_secret == true(),
        Case.accused_unit_id.is_not(None),
        Case.accused_staff_id.is_not(None),
    )


def standing_at(statuses: Collection[CaseStatus]) -> ColumnElement[bool]:
    """Return the condition that a case stands at one of these statuses.

    Where all of them are open, the finished ones are ruled out: only then does either engine see
    that the small partial indexes of open cases hold every row. SQLite does so only where they
    stand in the very order in which the index names them.
    """
    found = Case.status.in_(spelled_out(statuses))
    if not set(statuses) <= OPEN:
        return found
    return and_(found, Case.status.not_in(_in_this_order(CLOSED_FOR_BOARDS)))


def spelled(code: StrEnum) -> BindParameter[str]:
    """Return a code as a word of the statement: only so is a small index of these rows asked."""
    return bindparam("code", str(code), literal_execute=True, unique=True)


def spelled_out(statuses: Collection[CaseStatus | str]) -> BindParameter[list[str]]:
    """Return statuses as words of the statement: a plan kept for any others would be a bad one."""
    return _in_this_order(sorted(statuses))


def _in_this_order(statuses: Sequence[CaseStatus | str]) -> BindParameter[list[str]]:
    said = [str(status) for status in statuses]
    return bindparam("at", said, expanding=True, literal_execute=True, unique=True)
