"""Who may do what, and who may see which case (DOMAIN.md 5.5, 9.4; HOUSE.md decision 2).

The actions enforce it, the windows offer only what it allows, and the database's policies are
rendered from the same data.
"""

from dataclasses import dataclass, field

from desk.rules.codes import AssignmentRole, AssignmentStatus, CaseStatus, Role
from desk.rules.deeds import HALL_DEEDS, STEP_OF, STEPS, Deed, Relation
from desk.rules.errors import NotAllowed

R = Role

# A part that was handed back or given to somebody else: its unit keeps sight, nothing more.
_GONE = frozenset({AssignmentStatus.RETURNED, AssignmentStatus.REPLACED})

# The lead hands a case back before it works on it, a support until it has reported.
_BEFORE_WORK = frozenset({CaseStatus.DISPATCHED, CaseStatus.ACCEPTED})
_UNREPORTED = frozenset({AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED})

# Roles that see every case of the street that is not secret.
OVERSEERS = frozenset(
    {R.DISPATCHER, R.LEADER, R.CHIEF, R.FOLLOW_UP, R.INSPECTOR, R.ARCHIVIST, R.OFFICE}
)
# Roles that also see secret cases (举报件): they decide who handles these (DOMAIN.md 9.4).
KEEPERS_OF_SECRETS = frozenset({R.INSPECTOR, R.LEADER, R.CHIEF})
# Who makes staff reads no log, who reads the log changes nothing (三权分立).
TWO_PEOPLE = frozenset({R.ADMINISTRATOR, R.AUDITOR})
# What the central desks do for other cases, the keepers may do for those that the desks may be
# unable to see; without this a report taken in by a community could never move on.
_DONE_BY_KEEPERS = frozenset(
    {
        Deed.DISPATCH,
        Deed.CONFIRM_DISPATCH,
        Deed.TAKE_BACK,
        Deed.DECIDE_RETURN,
        Deed.ADD_SUPPORT,
        Deed.DROP_SUPPORT,
        Deed.ASSIGN_MATTER,
        Deed.MERGE,
        Deed.UNMERGE,
        Deed.GRADE,
        Deed.SIGN_ON_PAPER,
        Deed.UNSIGN,
        Deed.GIVE_NUMBER,
        Deed.SEAL,
        Deed.DELIVER,
        Deed.SEAL_NOTICE,
        Deed.DELIVER_NOTICE,
        Deed.FOLLOW_UP,
        Deed.ARCHIVE,
        Deed.REVIEW_EXTENSION,
        Deed.DECIDE_ASSESSMENT,
        Deed.REVIEW_PARKED,
        Deed.UNPARK,
    }
)
# Who oversees the work of the units: 信联办 and the leaders, of secret cases also their keepers.
_STEERING = frozenset({R.DISPATCHER, R.LEADER, R.CHIEF})

_KEEPERS_OF_FILES = frozenset({R.DISPATCHER, R.ARCHIVIST})

# What somebody may do in the place of whom he stands in for (代签、代为派单).
DONE_BY_DEPUTIES = frozenset(
    {Deed.SIGN, Deed.UNSIGN, Deed.CONFIRM_DISPATCH, Deed.TAKE_BACK, Deed.DECIDE_EXTENSION}
    | {Deed.DECIDE_ASSESSMENT, Deed.HEAR}
)


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as the rules see him: who, where, with which roles.

    Attributes:
        unit_ids: his own unit with all units below it.
        units_above: the units his own belongs to, without the street itself.
        acts_for: those whom he stands in for today (代理人).
        acting_roles: their roles, which count for him where a deputy may act.
    """

    staff_id: int
    name: str
    street_id: int
    unit_ids: frozenset[int]
    roles: frozenset[Role]
    home_unit_id: int
    desk_name: str = ""
    is_built_in: bool = False
    units_above: frozenset[int] = frozenset()
    acts_for: frozenset[int] = frozenset()
    acting_roles: frozenset[Role] = frozenset()

    @property
    def seeing_roles(self) -> frozenset[Role]:
        """His own roles and those of whom he stands in for: a deputy must see what he signs."""
        return self.roles | self.acting_roles


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part in the present round of a case."""

    unit_id: int
    role: AssignmentRole
    status: AssignmentStatus


@dataclass(frozen=True, slots=True)
class CaseStand:
    """What the rights table needs to know of a case."""

    status: CaseStatus
    first_unit_id: int
    first_responder_id: int | None
    involved_units: frozenset[int]
    parts: tuple[Part, ...] = field(default=())
    is_secret: bool = False
    accused_unit_id: int | None = None
    accused_staff_id: int | None = None
    recorder_id: int | None = None

    @property
    def is_confidential(self) -> bool:
        """Whether it is a report, or about one of the street's own units or people."""
        return self.is_secret or bool(self.accused_unit_id or self.accused_staff_id)


def recused_units(person: Person) -> frozenset[int]:
    """Return the units about which a complaint concerns this person (回避).

    That is his own unit, those it belongs to, and those below it; but a leader decides who
    handles a complaint about a unit below his own (DOMAIN.md 9.4).
    """
    own = person.units_above | {person.home_unit_id}
    return own if person.seeing_roles & KEEPERS_OF_SECRETS else own | person.unit_ids


def is_recused(case: CaseStand, person: Person) -> bool:
    """Return whether the case is about this person or his unit (回避)."""
    if case.accused_staff_id is not None and case.accused_staff_id == person.staff_id:
        return True
    return case.accused_unit_id in recused_units(person)


def may_see(case: CaseStand, person: Person) -> bool:
    """Return whether the person may open the case; `store/sight.py` says the same in SQL."""
    if person.is_built_in:
        return True
    if is_recused(case, person):
        return False
    if person.staff_id in {case.first_responder_id, case.recorder_id}:
        return True
    if case.involved_units & person.unit_ids:
        return True
    return bool(person.seeing_roles & (KEEPERS_OF_SECRETS if case.is_secret else OVERSEERS))


def decides_where(case: CaseStand, person: Person) -> bool:
    """Return whether the person may send the case to whichever unit he finds right.

    Of a report, or a complaint about the street's own units or people, only its keepers may
    (DOMAIN.md 9.4); who stands in for one of them confirms in his place, but sends nothing himself.
    """
    is_keeper = person.is_built_in or bool(person.roles & KEEPERS_OF_SECRETS)
    return is_keeper or not case.is_confidential


def may_hand_back(part: Part, status: CaseStatus) -> bool:
    """Return whether a part can be handed back (退回): the case before work, a support any time."""
    if part.role is AssignmentRole.LEAD:
        return status in _BEFORE_WORK
    return part.status in _UNREPORTED


def _is_related(relation: Relation, case: CaseStand, person: Person) -> bool:
    mine = [p for p in case.parts if p.unit_id in person.unit_ids and p.status not in _GONE]
    leads = any(p.role is AssignmentRole.LEAD for p in mine)
    came_first = case.first_unit_id in person.unit_ids
    supports = any(
        p.role is not AssignmentRole.LEAD and p.status is AssignmentStatus.ACCEPTED for p in mine
    )
    ties = {
        Relation.ANYONE: True,
        Relation.LEAD: leads,
        Relation.FIRST_OR_LEAD: leads or came_first,
        Relation.ON_CASE: bool(mine) or came_first,
        Relation.WAITING: any(p.status is AssignmentStatus.WAITING for p in mine),
        Relation.SUPPORT: supports,
        Relation.LEAD_OR_OVERSEER: leads
        or bool(person.roles & (_STEERING | KEEPERS_OF_SECRETS if case.is_secret else _STEERING)),
        Relation.RETURNING: any(p.status is AssignmentStatus.RETURNING for p in case.parts),
        Relation.RETURNABLE: any(may_hand_back(p, case.status) for p in mine),
    }
    return ties[relation]


def may(deed: Deed, case: CaseStand, person: Person) -> bool:
    """Return whether the person may do this to the case as it stands now."""
    step = STEP_OF[deed]
    roles = step.roles
    if case.is_confidential and deed in _DONE_BY_KEEPERS:
        roles |= KEEPERS_OF_SECRETS
    return may_see(case, person) and (
        person.is_built_in
        or (
            bool(roles & (person.seeing_roles if deed in DONE_BY_DEPUTIES else person.roles))
            and case.status in step.statuses
            and _is_related(step.relation, case, person)
        )
    )


def deeds_now(case: CaseStand, person: Person) -> tuple[Deed, ...]:
    """Return what the person may do now, in the order in which a case lives."""
    return tuple(
        step.deed
        for step in STEPS
        if case.status in step.statuses
        and may(step.deed, case, person)
        and _is_related(step.relation, case, person)
    )


def may_take_down(case: CaseStand, person: Person, *, added_by: int, is_today: bool) -> bool:
    """Return whether the person may take down an attachment that was added by mistake (撤下).

    Whoever added it, on the same day; later the desks that keep the files.
    """
    roles = _KEEPERS_OF_FILES | (KEEPERS_OF_SECRETS if case.is_confidential else frozenset())
    own = added_by == person.staff_id and is_today
    return may(Deed.ATTACH, case, person) and (
        own or person.is_built_in or bool(person.roles & roles)
    )


# the same words whether there is no such case, or it is kept from whoever asks
NOT_FOUND = "找不到这一件，可能已不归您查看（回避或保密）。请刷新列表，如有疑问请找信联办。"


NOT_YOURS = "您的岗位不能做这一步。需要时请找管理员开通。"


def require(deed: Deed, case: CaseStand, person: Person) -> None:
    """Raise NotAllowed unless the person may do this to the case now."""
    if not may_see(case, person):
        raise NotAllowed(NOT_FOUND)
    if not may(deed, case, person):
        raise NotAllowed("这一步现在不归您办理。请刷新案件，看看它现在在谁手里。")


def may_in_hall(deed: Deed, person: Person) -> bool:
    """Return whether one of the person's roles may do what is not about one case."""
    return person.is_built_in or bool(HALL_DEEDS[deed] & person.roles)


def require_hall(deed: Deed, person: Person) -> None:
    """Raise NotAllowed unless one of the person's roles may do this."""
    if not may_in_hall(deed, person):
        raise NotAllowed(NOT_YOURS)


def require_role(deed: Deed, person: Person) -> None:
    """Raise NotAllowed unless one of the person's roles does this to cases at all."""
    if not (person.is_built_in or STEP_OF[deed].roles & person.roles):
        raise NotAllowed(NOT_YOURS)
