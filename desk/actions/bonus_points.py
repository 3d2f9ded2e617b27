"""Points for a unit and a month (加分、扣分): given by a leader, withdrawn, never changed."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.points import require_points, say_points
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import BonusPoint, StaffRole, Unit
from desk.store.models.hall import today_rows
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_LEADERS = (Role.LEADER, Role.CHIEF)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivePoints(Request):
    """Give a unit points for a month, or take some away.

    Attributes:
        hundredths: 20 is 0.2 points; less than nothing takes away.
        evidence: what shows it: a document, a notice.
        approved_by: the leader who decided; may be whoever types it in.
    """

    unit: int
    month: str
    hundredths: int
    reason: str = words("理由", longest=80)
    evidence: str = words("依据", longest=100)
    approved_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPoints(Request):
    """Take points back that should not have been given (撤销加分、扣分)."""

    points: int
    note: str = words("撤销的理由", longest=100)


@action(GivePoints, "points.given")
def give_points(tx: Transaction, request: GivePoints) -> Changes:
    """Write points down for a unit and a month.

    Raises:
        RuleBroken: there is no such unit, no leader approved them, the month has not begun, or
            reason or evidence is missing.
    """
    require_hall(Deed.KEEP_RATE_RULES, tx.person)
    require_points(
        month=request.month, today=tx.today, reason=request.reason, evidence=request.evidence
    )
    if not request.hundredths:
        raise RuleBroken("分值不能是 0。", field="points")
    unit = tx.session.get(Unit, request.unit)
    if unit is None or unit.street_id != tx.street_id:
        raise RuleBroken("请从列表里选一个单位。", field="unit")
    _require_leader(tx, request.approved_by)
    row = BonusPoint(
        id=new_id(),
        street_id=tx.street_id,
        month=request.month,
        unit_id=unit.id,
        hundredths=request.hundredths,
        reason=f"{request.reason}（依据：{request.evidence}）",
        approved_by=request.approved_by,
        given_at=tx.now,
    )
    tx.add(row)
    return Changes(
        f"{_verb(row)} {say_points(row.hundredths)} 分（{_where(tx, row)}）",
        made={"points": row.id},
        detail=row.reason,
    )


@action(WithdrawPoints, "points.withdrawn")
def withdraw_points(tx: Transaction, request: WithdrawPoints) -> Changes:
    """Take points back; the line stays, marked as withdrawn.

    Raises:
        RuleBroken: there are none, they are withdrawn already, or it is not said why.
    """
    require_hall(Deed.KEEP_RATE_RULES, tx.person)
    row = tx.session.get(BonusPoint, request.points)
    if row is None or row.withdrawn_at is not None:
        raise RuleBroken("这一笔已经撤销，不用再撤。请刷新后再看。")
    if not request.note.strip():
        raise RuleBroken("请写明为什么撤销。", field="note")
    tx.watch(row)
    row.withdrawn_by, row.withdrawn_at = request.made_by, tx.now
    return Changes(
        f"撤销{_verb(row)} {say_points(row.hundredths)} 分（{_where(tx, row)}）",
        detail=request.note,
    )


def _require_leader(tx: Transaction, staff_id: int) -> None:
    """Raise RuleBroken unless this is a leader of the street today."""
    leads = exists(
        select(StaffRole.staff_id).where(
            StaffRole.street_id == tx.street_id,
            StaffRole.staff_id == staff_id,
            StaffRole.role.in_(_LEADERS),
            today_rows(StaffRole, tx.today),
        )
    )
    if not tx.session.scalar(select(leads)):
        raise RuleBroken("请从列表里选批准的领导。", field="approved_by")


def _verb(row: BonusPoint) -> str:
    return "加分" if row.hundredths > 0 else "扣分"


def _where(tx: Transaction, row: BonusPoint) -> str:
    return f"{unit_name(tx.session, row.unit_id, tx.today)}，{row.month}"
