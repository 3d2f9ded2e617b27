"""Who may see and do what with a mediation (调解的权限, DOMAIN.md 6.5, 9.4).

Content is for this case's mediator, secretary, invited helpers and the committee's director.
Leaders see outcome and statistics. Everybody else of the hall gives a reason, which is logged:
leaders beside the head, all others by the exact number of the file; nobody learns otherwise that
a mediation exists. Whoever must keep out of it (回避) is never let in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_life import IN_HAND, WITHOUT_AGREEMENT
from desk.rules.rights import Person, may_in_hall, recused_units

R, S = Role, MediationStatus

# Roles that work with mediations.
MEDIATION_ROLES = frozenset({R.MEDIATOR, R.SECRETARY, R.DIRECTOR})
# Roles that see numbers, kinds, states and outcomes of all mediations, but no content.
OUTCOME_SEERS = frozenset({R.LEADER, R.CHIEF, R.DISPATCHER}) | MEDIATION_ROLES


class MediationDeed(StrEnum):
    """Everything that can be done to a mediation; each leaves a line in the history."""

    ACCEPT = "mediation.accept"
    REFUSE = "mediation.refuse"
    CORRECT = "mediation.correct"
    ASSIGN = "mediation.assign"  # mediator, secretary, helpers
    EXTEND = "mediation.extend"
    BOOK = "mediation.book"
    HOLD_SESSION = "mediation.hold_session"
    CAUCUS = "mediation.caucus"
    INQUIRE = "mediation.inquire"  # 调查记录
    SETTLE = "mediation.settle"
    CONCLUDE = "mediation.conclude"  # 未达成、终止、撤回、移交
    CONFIRM = "mediation.confirm"  # 司法确认
    PERFORM = "mediation.perform"
    FOLLOW_UP = "mediation.follow_up"
    FILE = "mediation.file"
    PAPER = "mediation.paper"
    ARCHIVE = "mediation.archive"
    LOOK = "mediation.look"  # 写理由查看


@dataclass(frozen=True, slots=True)
class MediationStand:
    """What the rights table needs to know of a mediation.

    Attributes:
        content_staff: this case's mediator, secretary, recorder and invited helpers.
        helpers: those of them who only help: they read, and note, but do not decide.
        looks_until: until when somebody may look who gave a reason, by staff id.
        accused_unit_id, accused_staff_id: whom the case is about that it came from.
    """

    status: MediationStatus
    mediator_staff_id: int | None
    secretary_id: int | None
    registered_by: int
    helpers: frozenset[int] = frozenset()
    looks_until: Mapping[int, datetime] = field(default_factory=dict)
    accused_unit_id: int | None = None
    accused_staff_id: int | None = None

    @property
    def content_staff(self) -> frozenset[int]:
        """Everybody to whom the content belongs by his part in this case."""
        mine = {self.mediator_staff_id, self.secretary_id} - {None}
        return frozenset(staff for staff in mine if staff is not None) | self.helpers


@dataclass(frozen=True, slots=True)
class MediationStep:
    """One row of the table: who may do it (by part in this case, or by role), and when.

    Attributes:
        by_registrar: whoever took it in, until it is accepted or refused.
    """

    deed: MediationDeed
    statuses: frozenset[MediationStatus]
    by_mediator: bool = True
    by_secretary: bool = True
    by_helper: bool = False
    by_registrar: bool = False
    roles: frozenset[Role] = frozenset({R.DIRECTOR})


# the same words whether there is none or it is kept from whoever asks
NO_SUCH_MEDIATION = "找不到这件调解，可能不归您查看。如有需要，请找调委会主任。"
_AGREED = frozenset({S.SETTLED, S.FOLLOW_UP, S.CLOSED})
_BEFORE_ARCHIVE = frozenset(S) - {S.ARCHIVED}

# In the order in which a mediation lives; the windows show them in this order.
MEDIATION_STEPS: tuple[MediationStep, ...] = (
    MediationStep(
        MediationDeed.ACCEPT, frozenset({S.APPLIED}), roles=frozenset({R.SECRETARY, R.DIRECTOR})
    ),
    MediationStep(
        MediationDeed.REFUSE, frozenset({S.APPLIED}), roles=frozenset({R.SECRETARY, R.DIRECTOR})
    ),
    MediationStep(MediationDeed.BOOK, IN_HAND, roles=frozenset({R.SECRETARY, R.DIRECTOR})),
    MediationStep(MediationDeed.HOLD_SESSION, IN_HAND, by_helper=True),
    MediationStep(MediationDeed.CAUCUS, frozenset({S.MEDIATING}), by_secretary=False),
    MediationStep(MediationDeed.INQUIRE, IN_HAND),
    MediationStep(MediationDeed.SETTLE, frozenset({S.MEDIATING})),
    MediationStep(MediationDeed.CONCLUDE, IN_HAND | {S.APPLIED}),
    MediationStep(MediationDeed.CONFIRM, _AGREED),
    MediationStep(MediationDeed.PERFORM, _AGREED),
    MediationStep(MediationDeed.FOLLOW_UP, frozenset({S.FOLLOW_UP})),
    MediationStep(
        MediationDeed.ARCHIVE,
        frozenset({S.CLOSED}) | WITHOUT_AGREEMENT,
        roles=frozenset({R.DIRECTOR, R.ARCHIVIST}),
    ),
    MediationStep(MediationDeed.CORRECT, IN_HAND | {S.APPLIED}, by_registrar=True),
    MediationStep(MediationDeed.ASSIGN, IN_HAND, roles=frozenset({R.SECRETARY, R.DIRECTOR})),
    MediationStep(MediationDeed.EXTEND, IN_HAND),
    MediationStep(MediationDeed.FILE, _BEFORE_ARCHIVE, by_helper=True, by_registrar=True),
    MediationStep(MediationDeed.PAPER, frozenset(S), by_registrar=True),
)
MEDIATION_STEP_OF: Mapping[MediationDeed, MediationStep] = MappingProxyType(
    {step.deed: step for step in MEDIATION_STEPS}
)


def is_kept_from(stand: MediationStand, person: Person) -> bool:
    """Return whether the case it came from is about this person or his unit (回避)."""
    if person.is_built_in:
        return False
    about_him = stand.accused_staff_id is not None and stand.accused_staff_id == person.staff_id
    return about_him or stand.accused_unit_id in recused_units(person)


def may_read_content(stand: MediationStand, person: Person, now: datetime) -> bool:
    """Return whether the person may read parties, records and papers; in SQL: `mediation_sight`."""
    if is_kept_from(stand, person):
        return False
    if person.is_built_in or R.DIRECTOR in person.roles:
        return True
    if person.staff_id in stand.content_staff:
        return True
    if stand.status is S.APPLIED and (
        R.SECRETARY in person.roles or stand.registered_by == person.staff_id
    ):
        return True  # somebody has to examine it before it has a mediator
    until = stand.looks_until.get(person.staff_id)
    return until is not None and now < until


def may_know_of(stand: MediationStand, person: Person, now: datetime) -> bool:
    """Return whether the person may know that the mediation exists, and how it ended."""
    if is_kept_from(stand, person):
        return False
    return may_read_content(stand, person, now) or bool(person.roles & OUTCOME_SEERS)


def may_mediate(deed: MediationDeed, stand: MediationStand, person: Person, now: datetime) -> bool:
    """Return whether the person may do this to the mediation as it stands now."""
    if is_kept_from(stand, person):
        return False
    if deed is MediationDeed.LOOK:
        return may_in_hall(Deed.ASK_MEDIATION, person)
    step = MEDIATION_STEP_OF[deed]
    if stand.status not in step.statuses:
        return False
    if person.is_built_in or person.roles & step.roles:
        return True
    return _has_part(step, stand, person) and may_read_content(stand, person, now)


def _has_part(step: MediationStep, stand: MediationStand, person: Person) -> bool:
    me, is_examined = person.staff_id, stand.status is S.APPLIED
    # until it is accepted, whichever secretary examines it does a secretary's work
    is_secretary = me == stand.secretary_id or (is_examined and R.SECRETARY in person.roles)
    return (
        (step.by_mediator and me == stand.mediator_staff_id)
        or (step.by_secretary and is_secretary)
        or (step.by_helper and me in stand.helpers)
        or (step.by_registrar and is_examined and me == stand.registered_by)
    )


def mediation_deeds_now(
    stand: MediationStand, person: Person, now: datetime
) -> tuple[MediationDeed, ...]:
    """Return what the person may do now, in the order in which a mediation lives."""
    return tuple(
        step.deed for step in MEDIATION_STEPS if may_mediate(step.deed, stand, person, now)
    )


def require_mediation(
    deed: MediationDeed, stand: MediationStand, person: Person, now: datetime
) -> None:
    """Raise NotAllowed unless the person may do this to the mediation now."""
    if not may_know_of(stand, person, now):
        raise NotAllowed(NO_SUCH_MEDIATION)
    if not may_mediate(deed, stand, person, now):
        raise NotAllowed("这一步现在不归您办理。请刷新后看看这件调解在谁手里。")
