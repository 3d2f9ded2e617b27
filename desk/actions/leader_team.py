"""The team of a led case (专班, 1+1+2+N): who joins it, who leaves it (DOMAIN.md 002-20)."""

from dataclasses import dataclass

from desk.actions.leader_cases import directed, require_free_of_it
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import TeamRole
from desk.rules.rights import CaseStand, may_see
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.leader_team import staff_in, team_of
from desk.store.models import Case, Staff, TeamMember
from desk.store.people import person_of
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of
from desk.store.unit_names import unit_name

_GONE = "找不到这位成员，可能刚被别人请出专班，请刷新后再看。"
_ONLY_THEIRS = "保密件的专班只能由本来看得到此件的人参加，请从承办单位里选。"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinTeam(CaseRequest):
    """Take somebody into the team (请进专班).

    Attributes:
        staff: a member of staff; None for somebody from outside, who is only named.
        office: his unit and post, as the form prints them.
    """

    role: TeamRole
    staff: int | None = None
    name: str = words("姓名", Field.NAME, longest=100, default="")
    office: str = words("单位、职务", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTeam(CaseRequest):
    """Let somebody leave the team (退出专班); the row stays."""

    member: int
    reason: str = words("退出原因", longest=200, default="")


@action(JoinTeam, "leader_case.joined")
def join_team(tx: Transaction, request: JoinTeam) -> Changes:
    """Take somebody in; his unit sees the case from now on, unless it is kept secret.

    Raises:
        NotAllowed: it is not the asker's team.
        RuleBroken: he is in it already, has to stay out of it, or is not named.
    """
    case, row = directed(tx, request)
    if request.role is TeamRole.LEADER:
        raise RuleBroken("包案领导只有一位，要换人请用“移交”。", field="role")
    team = team_of(tx.session, row.id)
    name, office = request.name.strip(), request.office.strip()
    if request.staff is not None:
        staff = tx.own(Staff, request.staff, "请从列表里选成员。", field="staff")
        if staff.id in staff_in(team):
            raise RuleBroken(f"{staff.name}已在专班里。", field="staff")
        _let_see(tx, case, staff)
        name = staff.name
        office = office or unit_name(tx.session, staff.unit_id, tx.today)
    if not name:
        raise RuleBroken("请从列表里选成员；外单位的请写姓名。", field="name")
    member = TeamMember(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        leader_case_id=row.id,
        role=request.role,
        staff_id=request.staff,
        name=name,
        office=office or None,
        since=tx.today,
        added_by=request.made_by,
        added_at=tx.now,
    )
    tx.add(member)
    return Changes(
        f"{name}进专班（{label(request.role)}）", cases=(case.id,), made={"member": member.id}
    )


@action(LeaveTeam, "leader_case.left")
def leave_team(tx: Transaction, request: LeaveTeam) -> Changes:
    """Let somebody leave.

    Raises:
        NotAllowed: it is not the asker's team.
        RuleBroken: he is not in it, or leads it.
    """
    case, row = directed(tx, request)
    member = next((one for one in team_of(tx.session, row.id) if one.id == request.member), None)
    if member is None:
        raise RuleBroken(_GONE, field="member")
    if member.role is TeamRole.LEADER:
        raise RuleBroken("包案领导不能退出专班，要换人请用“移交”。", field="member")
    _end(tx, member, request.reason)
    return Changes(f"{member.name}退出专班", cases=(case.id,), detail=request.reason)


def recuse_team(tx: Transaction, case: Case, reason: str) -> list[str]:
    """End the membership of whom the case is about; returns their names (回避)."""
    stand, names = stand_of(tx.session, case), []
    for member in tx.rows(TeamMember, case):
        if member.until is not None or member.staff_id is None:
            continue
        staff = tx.session.get_one(Staff, member.staff_id)
        if not _sees(tx, stand, staff):
            _end(tx, member, reason)
            names.append(member.name)
    return names


def _sees(tx: Transaction, stand: CaseStand, staff: Staff) -> bool:
    return may_see(stand, person_of(tx.session, staff, tx.today))


def _end(tx: Transaction, member: TeamMember, reason: str) -> None:
    tx.watch(member)
    member.until, member.reason = tx.today, reason or None
    member.ended_by = tx.person.staff_id


def _let_see(tx: Transaction, case: Case, staff: Staff) -> None:
    """Give the unit of a new member sight of the case; a secret one only those who see it."""
    stand = stand_of(tx.session, case)
    if _sees(tx, stand, staff):
        return
    if case.is_secret:
        raise RuleBroken(_ONLY_THEIRS, field="staff")
    tx.involve(case, staff.unit_id)
    tx.session.flush()
    require_free_of_it(tx, case, staff, "staff")
