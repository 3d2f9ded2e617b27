"""Who signs an opinion, one after the other (签批路径): the leader of the area, then the chief.

Who answers for which unit is data of the hall (领导包片); so is for which cases the first leader
signs too (setting `chief_signs`). Nobody signs what is about himself or his unit (回避).
Sources: DOMAIN.md 2.4, 001-6, 9.2, 9.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.rules.codes import Role
from desk.rules.rights import Person


class ChiefSigns(StrEnum):
    """For which opinions the chief's signature is wanted besides the leader's."""

    NEVER = "never"
    HARD = "hard"  # 情况复杂、国满件
    URGENT = "urgent"  # and urgent ones
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class SignDesk:
    """One desk on the way; without a signer anybody with the role may sign there."""

    role: Role
    signer_id: int | None = None


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What decides the way of one opinion.

    Attributes:
        areas: who answers for the lead unit, then for the unit above it, and so on.
        chiefs: the street's first leaders of the day.
        recused: those whom the case is about, or whose unit it is about.
        is_hard: a complex case, or one that the state's survey rates (国满件).
    """

    areas: Sequence[Sequence[int]]
    chiefs: Sequence[int]
    recused: frozenset[int] = frozenset()
    is_hard: bool = False
    is_urgent: bool = False


def sign_route(facts: RouteFacts, chief_signs: ChiefSigns) -> tuple[SignDesk, ...]:
    """Return the desks in the order in which the opinion passes them; there is always one."""
    answering = [leader for unit in facts.areas for leader in unit]
    free = [leader for leader in answering if leader not in facts.recused]
    desks: list[SignDesk] = []
    if not answering:
        desks.append(SignDesk(Role.LEADER))
    elif free:
        desks.append(SignDesk(Role.CHIEF if free[0] in facts.chiefs else Role.LEADER, free[0]))
    chief = _chief(facts)
    is_skipped = bool(answering) and answering[0] in facts.recused
    is_wanted = is_skipped or _wants_chief(facts, chief_signs)
    if chief is not None and is_wanted and not any(desk.role is Role.CHIEF for desk in desks):
        desks.append(chief)
    return tuple(desks) or (SignDesk(Role.LEADER),)


def _chief(facts: RouteFacts) -> SignDesk | None:
    free = [chief for chief in facts.chiefs if chief not in facts.recused]
    if not free:
        return None
    return SignDesk(Role.CHIEF, free[0] if len(free) == 1 else None)


def _wants_chief(facts: RouteFacts, chief_signs: ChiefSigns) -> bool:
    return {
        ChiefSigns.NEVER: False,
        ChiefSigns.HARD: facts.is_hard,
        ChiefSigns.URGENT: facts.is_hard or facts.is_urgent,
        ChiefSigns.ALWAYS: True,
    }[chief_signs]


class Stand(StrEnum):
    """How somebody stands to a desk on the way."""

    OWN = "own"  # it is his own desk
    ANY = "any"  # any leader may sign there
    DEPUTY = "deputy"  # he stands in for whose desk it is (代签)
    NOBODY = "nobody"


def stand_at(desk: SignDesk, person: Person) -> Stand:
    """Return whether a person may sign at a desk, and whether in his own name."""
    if desk.signer_id is None:
        return _stand_where_anybody_signs(desk, person)
    if desk.signer_id == person.staff_id or person.is_built_in:
        return Stand.OWN
    return Stand.DEPUTY if desk.signer_id in person.acts_for else Stand.NOBODY


def _stand_where_anybody_signs(desk: SignDesk, person: Person) -> Stand:
    wanted = {Role.CHIEF} if desk.role is Role.CHIEF else {Role.LEADER, Role.CHIEF}
    if wanted & person.roles or person.is_built_in:
        return Stand.ANY
    return Stand.DEPUTY if wanted & person.acting_roles else Stand.NOBODY


def covers(later: SignDesk, signer_id: int, roles: frozenset[Role]) -> bool:
    """Return whether whoever has just signed in his own name need not sign at a later desk."""
    if later.signer_id is not None:
        return later.signer_id == signer_id
    return later.role in roles


def signed_by(signer: str, deputy: str = "") -> str:
    """Return whose signature it is, in words: “郑伟”, “郑伟（周航代）”."""
    return f"{signer}（{deputy}代）" if deputy else signer


def may_still_undo(signed_at: datetime, now: datetime, seconds: int) -> bool:
    """Return whether a signature given at `signed_at` may still be taken back."""
    return now - signed_at <= timedelta(seconds=seconds)
