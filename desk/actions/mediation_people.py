"""Who works on a mediation (调解员、秘书、协助调解人)."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.actions.booking_people import give_bookings
from desk.actions.mediation_parties import live_parties, require_no_tie
from desk.rules.codes import Role
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import HelperRole
from desk.rules.mediation_rights import MediationDeed
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.models import (
    Mediation,
    MediationHelper,
    Mediator,
    Staff,
    StaffRole,
)
from desk.store.models.hall import today_rows
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignMediator(MediationRequest):
    """Give a mediation to a mediator, whom the parties chose or agreed to.

    Attributes:
        was_chosen: the parties chose him; otherwise the committee did and they agree.
        reason: why another one, where there was one already.
    """

    mediator: int
    was_chosen: bool = False
    reason: str = words("更换的理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignSecretary(MediationRequest):
    """Give a mediation to a secretary."""

    secretary: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteHelper(MediationRequest):
    """Invite somebody to help: a member of staff who then reads the content, or a neighbour.

    Attributes:
        staff: his account, where he has one; his name is taken from it.
    """

    role: HelperRole
    staff: int | None = None
    name: str = words("姓名", Field.NAME, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndInvitation(MediationRequest):
    """End an invitation; from then on he reads nothing more."""

    helper: int


@action(AssignMediator, "mediation.mediator_assigned")
def assign_mediator(tx: Transaction, request: AssignMediator) -> Changes:
    """Give it to a mediator who has no tie to any party (回避).

    Raises:
        RuleBroken: he must keep out of it, is no longer there, no reason for a change, or he is
            not free at a time that is booked for it.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.ASSIGN)
    mediator = tx.session.scalar(
        select(Mediator).where(
            Mediator.id == request.mediator,
            Mediator.street_id == tx.street_id,
            today_rows(Mediator, tx.today),
        )
    )
    if mediator is None:
        raise RuleBroken("请从列表里选一位在册的调解员。", field="mediator")
    if mediation.mediator_id == mediator.id:
        raise RuleBroken(f"{mediator.name} 已经是这件的调解员，不用再指定。", field="mediator")
    if mediation.mediator_id is not None and not request.reason.strip():
        raise RuleBroken("更换调解员，请写一句理由。", field="reason")
    require_no_tie(tx, mediator, live_parties(tx, mediation))
    verb = "更换调解员" if mediation.mediator_id is not None else "确定调解员"
    way = "当事人选定" if request.was_chosen else "调委会指定，当事人同意"
    moved = give_bookings(tx, mediation, mediator, request.reason)
    mediation.mediator_id = mediator.id
    along = f"，已排的 {moved} 场一并改由他主持" if moved else ""
    return Changes(
        f"{verb} {mediator.name}（{way}）{along}", mediations=(mediation.id,), detail=request.reason
    )


@action(AssignSecretary, "mediation.secretary_assigned")
def assign_secretary(tx: Transaction, request: AssignSecretary) -> Changes:
    """Give it to a secretary.

    Raises:
        RuleBroken: he is no secretary.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.ASSIGN)
    name = tx.session.scalar(
        select(Staff.name)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(
            Staff.id == request.secretary,
            Staff.street_id == tx.street_id,
            StaffRole.role == Role.SECRETARY,
            today_rows(StaffRole, tx.today),
        )
    )
    if name is None:
        raise RuleBroken("请从列表里选一位调解秘书。", field="secretary")
    mediation.secretary_id = request.secretary
    return Changes(f"确定调解秘书 {name}", mediations=(mediation.id,))


@action(InviteHelper, "mediation.helper_invited")
def invite_helper(tx: Transaction, request: InviteHelper) -> Changes:
    """Invite somebody to help with this one mediation.

    Raises:
        RuleBroken: nobody is named, or he helps already.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.ASSIGN)
    name = request.name
    if request.staff is not None:
        name = tx.own(Staff, request.staff, "请从列表里选一位同事。", field="staff").name
    if not name.strip():
        raise RuleBroken("请选一位同事，或写上姓名。", field="name")
    if any(row.name == name and row.staff_id == request.staff for row in _live(tx, mediation)):
        raise RuleBroken(f"{name} 已经在协助这件调解，不用再邀请。", field="name")
    helper = MediationHelper(
        id=new_id(),
        street_id=tx.street_id,
        mediation_id=mediation.id,
        role=request.role,
        staff_id=request.staff,
        name=name,
        invited_by=tx.person.staff_id,
        since=tx.now,
    )
    tx.add(helper)
    return Changes(
        f"邀请{label(request.role)} {name} 协助调解",
        mediations=(mediation.id,),
        made={"helper": helper.id},
    )


@action(EndInvitation, "mediation.invitation_ended")
def end_invitation(tx: Transaction, request: EndInvitation) -> Changes:
    """End an invitation.

    Raises:
        RuleBroken: it has ended already.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.ASSIGN)
    found = next((row for row in _live(tx, mediation) if row.id == request.helper), None)
    if found is None:
        raise RuleBroken("这份邀请已经结束，请刷新后再看。", field="helper")
    found.until = tx.now
    return Changes(f"结束 {found.name} 的协助", mediations=(mediation.id,))


def _live(tx: Transaction, mediation: Mediation) -> list[MediationHelper]:
    return list(
        tx.session.scalars(
            select(MediationHelper).where(
                MediationHelper.mediation_id == mediation.id, MediationHelper.until.is_(None)
            )
        )
    )
