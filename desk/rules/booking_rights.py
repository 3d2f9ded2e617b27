"""Who may change a booking, and what others read of it (排期的权限, DOMAIN.md 9.4)."""

from desk.rules.deeds import Deed
from desk.rules.mediation_rights import (
    MEDIATION_ROLES,
    MEDIATION_STEP_OF,
    OUTCOME_SEERS,
    MediationDeed,
)
from desk.rules.rights import Person, may_in_hall

_BOOKERS = MEDIATION_STEP_OF[MediationDeed.BOOK].roles


def may_change_booking(person: Person, case_staff: frozenset[int] | None) -> bool:
    """Return whether the person may confirm, move, cancel or end a booking.

    Args:
        case_staff: mediator and secretary of its mediation; None where it is for no mediation.
    """
    if case_staff is None:
        return may_in_hall(Deed.BOOK_ROOM, person)
    return person.is_built_in or bool(person.roles & _BOOKERS) or person.staff_id in case_staff


def knows_mediation(person: Person, case_staff: frozenset[int]) -> bool:
    """Return whether the person may read which mediation a booking is for."""
    return person.is_built_in or bool(person.roles & OUTCOME_SEERS) or person.staff_id in case_staff


def sees_people(person: Person, case_staff: frozenset[int]) -> bool:
    """Return whether the person may read for whom a room is booked, as 张某."""
    return (
        person.is_built_in or bool(person.roles & MEDIATION_ROLES) or person.staff_id in case_staff
    )
