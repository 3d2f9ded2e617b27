"""The desks that an opinion passes (审签环节): laid out when it is handed in, one after the other.

What a leader said stays on its line for good. A round of desks ends when somebody sends the
opinion back; the next one goes on below it with new lines.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from desk.rules.codes import Role, Urgency
from desk.rules.rights import is_recused
from desk.rules.sign_route import ChiefSigns, RouteFacts, SignDesk, sign_route
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.looked_up import rows_of
from desk.store.models import (
    Case,
    LeaderArea,
    Opinion,
    SignStep,
    Staff,
    StaffRole,
    UnitVersion,
)
from desk.store.models.hall import today_rows
from desk.store.people import person_of
from desk.store.transaction import Transaction, stand_of

_LEADERS = (Role.LEADER, Role.CHIEF)


def begin_sign_off(
    tx: Transaction,
    case: Case,
    opinion: Opinion,
    at: datetime,
    agreed: frozenset[int] = frozenset(),
) -> None:
    """Lay out the desks that an opinion passes from now on; it lies on the first (9.2).

    Args:
        agreed: who agreed to just these words already and need not be asked again.
    """
    last = max((step.seq for step in _all_steps(tx, opinion)), default=0)
    chief_signs = setting(tx.session, tx.street_id, "chief_signs", tx.today)
    route = _route(tx, case, ChiefSigns(chief_signs))
    left = [desk for desk in route if desk.signer_id not in agreed] or route[-1:]
    for place, desk in enumerate(left, start=1):
        tx.add(
            SignStep(
                id=new_id(),
                street_id=tx.street_id,
                case_id=case.id,
                opinion_id=opinion.id,
                seq=last + place,
                role=desk.role,
                signer_id=desk.signer_id,
                arrived_at=at if place == 1 else None,
            )
        )


def end_sign_off(tx: Transaction, opinion: Opinion) -> None:
    """End the round of desks: nobody signs any more what has not been signed."""
    for step in present_steps(tx, opinion):
        if step.signed_at is None:
            step.is_agreed = False


def reroute_sign_off(tx: Transaction, case: Case, opinion: Opinion, at: datetime) -> None:
    """Lay the way out anew: somebody on it may no longer sign this case (回避)."""
    agreed = frozenset(
        step.signed_by for step in present_steps(tx, opinion) if step.signed_by is not None
    )
    end_sign_off(tx, opinion)
    begin_sign_off(tx, case, opinion, at, agreed)


def present_steps(tx: Transaction, opinion: Opinion) -> list[SignStep]:
    """Return the desks of the present round, in their order."""
    steps = _all_steps(tx, opinion)
    ended = max((step.seq for step in steps if step.is_agreed is False), default=0)
    return [step for step in steps if step.seq > ended]


def open_step(tx: Transaction, case: Case, opinion: Opinion, at: datetime) -> SignStep:
    """Return the desk on which an opinion lies; one handed in before there were desks gets some."""
    step = _first_open(tx, opinion)
    if step is None:
        begin_sign_off(tx, case, opinion, opinion.submitted_at or at)
        step = _first_open(tx, opinion)
    assert step is not None  # noqa: S101 - a way has at least one desk
    return step


def desk_of(step: SignStep) -> SignDesk:
    """Return a stored desk as the rules know it."""
    return SignDesk(step.role, step.signer_id)


def recused_leaders(tx: Transaction, case: Case, leaders: Iterable[int]) -> frozenset[int]:
    """Return those leaders whom the case is about, or whose unit it is about."""
    stand = stand_of(tx.session, case)
    people = tx.session.scalars(select(Staff).where(Staff.id.in_(set(leaders))))
    return frozenset(
        staff.id for staff in people if is_recused(stand, person_of(tx.session, staff, tx.today))
    )


def _all_steps(tx: Transaction, opinion: Opinion) -> list[SignStep]:
    steps = rows_of(tx.session, SignStep, opinion.case_id)
    mine = [step for step in steps if step.opinion_id == opinion.id]
    return sorted(mine, key=lambda step: step.seq)


def _first_open(tx: Transaction, opinion: Opinion) -> SignStep | None:
    return next((step for step in present_steps(tx, opinion) if step.signed_at is None), None)


def answering_desk(tx: Transaction, case: Case) -> SignDesk:
    """Return the desk of the leader who answers for a case (领导包片), or of who comes next."""
    return _route(tx, case, ChiefSigns.NEVER)[0]


def _route(tx: Transaction, case: Case, chief_signs: ChiefSigns) -> tuple[SignDesk, ...]:
    """Return the desks for this case as the hall is set up today."""
    held = _held_roles(tx)
    areas = _areas(tx, case.lead_unit_id or case.first_unit_id)
    areas = [[leader for leader in leaders if leader in held] for leaders in areas]
    chiefs = [staff for staff, roles in held.items() if Role.CHIEF in roles]
    facts = RouteFacts(
        areas=areas,
        chiefs=chiefs,
        recused=recused_leaders(tx, case, held),
        is_hard=case.is_complex or case.is_national_survey,
        is_urgent=case.urgency is Urgency.URGENT,
    )
    return sign_route(facts, chief_signs)


def _held_roles(tx: Transaction) -> dict[int, set[Role]]:
    """Return who leads the street today, with which of the two roles."""
    rows = tx.session.execute(
        select(StaffRole.staff_id, StaffRole.role)
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(
            StaffRole.street_id == tx.street_id,
            StaffRole.role.in_(_LEADERS),
            today_rows(StaffRole, tx.today),
            today_rows(Staff, tx.today),
        )
        .order_by(StaffRole.staff_id)
    )
    held: dict[int, set[Role]] = {}
    for staff_id, role in rows:
        held.setdefault(staff_id, set()).add(role)
    return held


def _areas(tx: Transaction, unit_id: int) -> list[list[int]]:
    """Return who answers for a unit, then for the unit above it, up to the street."""
    found, seen = [], set()
    unit: int | None = unit_id
    while unit is not None and unit not in seen:
        seen.add(unit)
        found.append(_leaders_of(tx, unit, tx.today))
        unit = tx.session.scalar(
            select(UnitVersion.parent_id).where(
                UnitVersion.unit_id == unit, today_rows(UnitVersion, tx.today)
            )
        )
    return found


def _leaders_of(tx: Transaction, unit_id: int, on: date) -> list[int]:
    rows = select(LeaderArea.leader_id).where(
        LeaderArea.street_id == tx.street_id,
        LeaderArea.unit_id == unit_id,
        today_rows(LeaderArea, on),
    )
    return list(tx.session.scalars(rows.order_by(LeaderArea.valid_from, LeaderArea.id)))
