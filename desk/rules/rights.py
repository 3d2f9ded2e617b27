"""Who may do what, and who may see which case (DOMAIN.md 5.5, 9.4; HOUSE.md decision 2).

One table each. The actions enforce them, the windows offer only what they allow, and the
database's policies are rendered from the same data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from desk.rules.codes import AssignmentRole, AssignmentStatus, CaseStatus, Role
from desk.rules.errors import NotAllowed

R, S = Role, CaseStatus


class Deed(StrEnum):
    """Everything a member of staff can do that leaves a line in the history."""

    REGISTER = "case.register"
    CORRECT = "case.correct"
    GRADE = "case.grade"
    DISPATCH = "case.dispatch"
    ACCEPT = "case.accept"
    RETURN = "case.return"
    DECIDE_RETURN = "case.decide_return"
    CONTACT = "case.contact"
    VERIFY = "case.verify"
    REPORT_SUPPORT = "case.report_support"
    FINISH = "case.finish"
    WRITE_OPINION = "opinion.write"
    SIGN = "opinion.sign"
    SEAL = "paper.seal"
    DELIVER = "paper.deliver"
    SCAN_BACK = "paper.scan_back"
    FOLLOW_UP = "case.follow_up"
    ARCHIVE = "case.archive"
    NOTE = "case.note"
    ATTACH = "case.attach"
    LINK_REPEAT = "case.link_repeat"
    ISSUE_PAPER = "paper.issue"
    REVEAL = "private.reveal"
    EXPORT = "ledger.export"
    IMPORT = "ledger.import"
    ADMINISTER = "hall.administer"


class Relation(StrEnum):
    """What ties a person to a case for a deed."""

    ANYONE = "anyone"  # whoever sees the case
    LEAD = "lead"  # the lead unit, and the first unit of a case it handles itself
    WAITING = "waiting"  # a unit that has not accepted yet
    SUPPORT = "support"  # a supporting unit that has not reported
    FIRST_OR_LEAD = "first_or_lead"  # first responder's unit or lead unit
    RETURNING = "returning"  # a unit asked to hand the case back


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table of deeds on a case."""

    deed: Deed
    roles: frozenset[Role]
    relation: Relation
    statuses: frozenset[CaseStatus]


_FRONT = frozenset({R.CLERK, R.DISPATCHER, R.HANDLER, R.COMMUNITY})
_WORKERS = frozenset({R.HANDLER, R.COMMUNITY, R.CLERK, R.DISPATCHER})
# A report (举报件) goes to the 纪工委, who then handles it like any other unit (DOMAIN.md 9.4).
_HANDLERS = _WORKERS | {R.INSPECTOR}
_ALIVE = frozenset({S.RECEIVED, S.DISPATCHED, S.ACCEPTED, S.HANDLING})
_IN_HAND = frozenset({S.DISPATCHED, S.ACCEPTED, S.HANDLING})
_UNARCHIVED = frozenset(S) - {S.ARCHIVED}
_EVERYONE = frozenset(R) - {R.AUDITOR, R.ADMINISTRATOR, R.OUTSIDER}

# In the order in which a case lives; the windows show them in this order.
STEPS: tuple[Step, ...] = (
    Step(
        Deed.DISPATCH,
        frozenset({R.DISPATCHER}),
        Relation.ANYONE,
        frozenset({S.RECEIVED, S.DISPATCHED, S.ACCEPTED, S.HANDLING}),
    ),
    Step(Deed.DECIDE_RETURN, frozenset({R.DISPATCHER}), Relation.RETURNING, _IN_HAND),
    Step(Deed.ACCEPT, _HANDLERS, Relation.WAITING, _IN_HAND),
    Step(Deed.CONTACT, _HANDLERS, Relation.FIRST_OR_LEAD, _ALIVE),
    Step(Deed.VERIFY, _HANDLERS, Relation.LEAD, frozenset({S.ACCEPTED})),
    Step(Deed.REPORT_SUPPORT, _HANDLERS, Relation.SUPPORT, _IN_HAND),
    Step(Deed.FINISH, _HANDLERS, Relation.LEAD, frozenset({S.HANDLING})),
    Step(Deed.WRITE_OPINION, _HANDLERS, Relation.LEAD, frozenset({S.OPINION})),
    Step(Deed.SIGN, frozenset({R.LEADER, R.CHIEF}), Relation.ANYONE, frozenset({S.SIGNING})),
    Step(
        Deed.SEAL,
        frozenset({R.OFFICE, R.DISPATCHER}),
        Relation.ANYONE,
        frozenset({S.SEALING}),
    ),
    Step(
        Deed.DELIVER,
        _FRONT | {R.OFFICE},
        Relation.ANYONE,
        frozenset({S.DELIVERING}),
    ),
    Step(
        Deed.FOLLOW_UP,
        _WORKERS | {R.FOLLOW_UP},
        Relation.ANYONE,
        frozenset({S.FOLLOW_UP, S.CLOSED}),
    ),
    Step(
        Deed.ARCHIVE,
        frozenset({R.ARCHIVIST, R.DISPATCHER}),
        Relation.ANYONE,
        frozenset({S.CLOSED, S.GUIDED, S.WITHDRAWN}),
    ),
    Step(Deed.GRADE, frozenset({R.DISPATCHER}), Relation.ANYONE, _ALIVE),
    Step(Deed.RETURN, _HANDLERS, Relation.LEAD, frozenset({S.DISPATCHED, S.ACCEPTED})),
    Step(
        Deed.SCAN_BACK,
        _FRONT | {R.OFFICE, R.ARCHIVIST},
        Relation.ANYONE,
        frozenset({S.FOLLOW_UP, S.CLOSED, S.DELIVERING, S.GUIDED}),
    ),
    Step(Deed.CORRECT, _FRONT, Relation.FIRST_OR_LEAD, _ALIVE | {S.OPINION}),
    Step(Deed.LINK_REPEAT, _FRONT, Relation.ANYONE, _ALIVE),
    Step(Deed.NOTE, _EVERYONE, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.ATTACH, _EVERYONE, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.ISSUE_PAPER, _EVERYONE, Relation.ANYONE, frozenset(S)),
    Step(Deed.REVEAL, _EVERYONE, Relation.ANYONE, frozenset(S)),
)
_STEP_OF: Mapping[Deed, Step] = MappingProxyType({step.deed: step for step in STEPS})

# Deeds that are not about one existing case.
HALL_DEEDS: Mapping[Deed, frozenset[Role]] = MappingProxyType(
    {
        Deed.REGISTER: _FRONT | {R.FOLLOW_UP, R.LEADER, R.CHIEF, R.OUTSIDER},
        Deed.IMPORT: frozenset({R.DISPATCHER, R.ADMINISTRATOR}),
        Deed.EXPORT: frozenset({R.DISPATCHER, R.LEADER, R.CHIEF, R.INSPECTOR}),
        Deed.ADMINISTER: frozenset({R.ADMINISTRATOR}),
    }
)

# A part that was handed back or given to somebody else: its unit keeps sight, nothing more.
_GONE = frozenset({AssignmentStatus.RETURNED, AssignmentStatus.REPLACED})

# Roles that see every case of the street that is not secret.
OVERSEERS = frozenset(
    {R.DISPATCHER, R.LEADER, R.CHIEF, R.FOLLOW_UP, R.INSPECTOR, R.ARCHIVIST, R.OFFICE}
)
# Roles that also see secret cases (举报件): they decide who handles these (DOMAIN.md 9.4).
KEEPERS_OF_SECRETS = frozenset({R.INSPECTOR, R.LEADER, R.CHIEF})
# What the central desks do for other cases, the keepers may do for those that the desks may be
# unable to see; without this a report taken in by a community could never move on.
_DONE_BY_KEEPERS = frozenset(
    {
        Deed.DISPATCH,
        Deed.DECIDE_RETURN,
        Deed.GRADE,
        Deed.SEAL,
        Deed.DELIVER,
        Deed.FOLLOW_UP,
        Deed.ARCHIVE,
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as the rules see him: who, where, with which roles.

    Attributes:
        unit_ids: his own unit with all units below it.
        units_above: the units his own belongs to, without the street itself.
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
    return own if person.roles & KEEPERS_OF_SECRETS else own | person.unit_ids


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
    if case.involved_units & person.unit_ids or case.first_responder_id == person.staff_id:
        return True
    return bool(person.roles & (KEEPERS_OF_SECRETS if case.is_secret else OVERSEERS))


def _is_related(relation: Relation, case: CaseStand, person: Person) -> bool:
    mine = [p for p in case.parts if p.unit_id in person.unit_ids and p.status not in _GONE]
    leads = any(p.role is AssignmentRole.LEAD for p in mine)
    if relation is Relation.ANYONE:
        return True
    if relation is Relation.LEAD:
        return leads
    if relation is Relation.FIRST_OR_LEAD:
        return leads or case.first_unit_id in person.unit_ids
    if relation is Relation.WAITING:
        return any(p.status is AssignmentStatus.WAITING for p in mine)
    if relation is Relation.SUPPORT:
        return any(
            p.role is not AssignmentRole.LEAD and p.status is AssignmentStatus.ACCEPTED
            for p in mine
        )
    return any(p.status is AssignmentStatus.RETURNING for p in case.parts)


def may(deed: Deed, case: CaseStand, person: Person) -> bool:
    """Return whether the person may do this to the case as it stands now."""
    step = _STEP_OF[deed]
    roles = step.roles
    if case.is_confidential and deed in _DONE_BY_KEEPERS:
        roles |= KEEPERS_OF_SECRETS
    return may_see(case, person) and (
        person.is_built_in
        or (
            bool(roles & person.roles)
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


def require(deed: Deed, case: CaseStand, person: Person) -> None:
    """Raise NotAllowed unless the person may do this to the case now."""
    if not may_see(case, person):
        raise NotAllowed("此件您不能查看或办理（回避或保密）。如有疑问，请找信联办。")
    if not may(deed, case, person):
        raise NotAllowed("这一步现在不归您办理。请刷新案件，看看它现在在谁手里。")


def require_hall(deed: Deed, person: Person) -> None:
    """Raise NotAllowed unless one of the person's roles may do this."""
    if not (person.is_built_in or HALL_DEEDS[deed] & person.roles):
        raise NotAllowed("您的岗位不能做这一步。需要时请找管理员开通。")
