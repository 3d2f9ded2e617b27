"""After an agreement (履行跟踪、回访): each instalment, urging, and the follow-up.

A mediation leaves 履行跟踪 when what was agreed is done, or when it is clear that it will not be
done and the way to the court was told (DOMAIN.md 6.5 M4 → M6 → M7).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from desk.rules.codes import Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.mediation_checks import PERFORMED
from desk.rules.mediation_codes import MediationStatus, Performance
from desk.rules.mediation_life import require_mediation_move
from desk.rules.mediation_rights import MediationDeed
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.models import Instalment, Mediation, MediationFollowUp
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction

S = MediationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment(MediationRequest):
    """Record what was paid of an instalment.

    Attributes:
        amount_fen: what was paid this time, in fen.
    """

    instalment: int
    amount_fen: int
    paid_on: date
    note: str = words("说明", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgePerformance(MediationRequest):
    """Record that somebody was urged to keep an instalment (督促履行)."""

    instalment: int
    note: str = words("怎么说的", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPerformance(MediationRequest):
    """Say how the agreement was kept in the end; the follow-up comes next.

    Attributes:
        was_told_court: the other side was told how to sue, where it was not kept.
    """

    performance: Performance
    was_told_court: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpMediation(MediationRequest):
    """Record a follow-up (回访记录)."""

    visited_on: date
    way: str = words("回访方式")
    performance: Performance
    satisfaction: Satisfaction
    went_to_court: bool = False
    trouble: str = words("有无激化、遗留隐患", Field.BODY, default="")
    measures: str = words("措施", Field.BODY, default="")


@action(RecordPayment, "mediation.paid")
def record_payment(tx: Transaction, request: RecordPayment) -> Changes:
    """Write a payment down; with the last fen the agreement is kept.

    Raises:
        RuleBroken: there is no such instalment, or more is paid than is due.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.PERFORM)
    row = _instalment(tx, mediation, request.instalment)
    left = row.amount_fen - row.paid_fen
    if not 0 < request.amount_fen <= left:
        raise RuleBroken(f"这一期还差 {left / 100:.2f} 元，请核对金额。", field="amount_fen")
    tx.watch(row)
    row.paid_fen += request.amount_fen
    row.paid_on = request.paid_on
    row.note = request.note or row.note
    tx.session.flush()
    plan = _plan(tx, mediation)
    if all(one.paid_fen == one.amount_fen for one in plan):
        _finish(tx, mediation, Performance.PERFORMED)
    else:
        mediation.performance = Performance.INSTALMENTS
    return Changes(f"第 {row.seq} 期履行", mediations=(mediation.id,))


@action(UrgePerformance, "mediation.urged")
def urge_performance(tx: Transaction, request: UrgePerformance) -> Changes:
    """Write down that somebody was urged.

    Raises:
        RuleBroken: there is no such instalment, or it is paid.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.PERFORM)
    row = _instalment(tx, mediation, request.instalment)
    if row.paid_fen == row.amount_fen:
        raise RuleBroken("这一期已经履行，不用督促。")
    tx.watch(row)
    row.urged_on = tx.today
    row.note = request.note or row.note
    return Changes(f"督促第 {row.seq} 期履行", mediations=(mediation.id,))


@action(FinishPerformance, "mediation.performance_ended")
def finish_performance(tx: Transaction, request: FinishPerformance) -> Changes:
    """End the tracking of performance.

    Raises:
        RuleBroken: instalments are open although it is said to be kept, it goes on in instalments,
            or it was not kept and nobody was told how to sue.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.PERFORM)
    if request.performance is Performance.INSTALMENTS:
        raise RuleBroken("还在分期履行，请逐期登记，不用结束。", field="performance")
    open_plan = [one for one in _plan(tx, mediation) if one.paid_fen < one.amount_fen]
    if request.performance in PERFORMED and open_plan:
        raise RuleBroken(
            f"第 {open_plan[0].seq} 期还没有登记履行，请先登记，或改选“部分履行”。",
            field="performance",
        )
    if request.performance not in PERFORMED and not request.was_told_court:
        raise RuleBroken("没有履行完的，请先告知可以申请司法确认或起诉。", field="was_told_court")
    mediation.was_told_court = request.was_told_court or mediation.was_told_court
    _finish(tx, mediation, request.performance)
    return Changes(f"履行结束：{label(request.performance)}", mediations=(mediation.id,))


@action(FollowUpMediation, "mediation.followed_up")
def follow_up_mediation(tx: Transaction, request: FollowUpMediation) -> Changes:
    """Keep a follow-up; after it the dossier can be closed.

    Raises:
        RuleBroken: its day is in the future, or trouble was found and nothing was done about it.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.FOLLOW_UP)
    require_mediation_move(mediation.status, S.CLOSED)
    if request.visited_on > tx.today:
        raise RuleBroken("回访日期还没有到，请核对。", field="visited_on")
    if request.trouble and not request.measures:
        raise RuleBroken("发现有隐患，请写明采取了什么措施。", field="measures")
    row = MediationFollowUp(
        id=new_id(),
        street_id=tx.street_id,
        mediation_id=mediation.id,
        visited_on=request.visited_on,
        way=request.way,
        performance=request.performance,
        satisfaction=request.satisfaction,
        went_to_court=request.went_to_court,
        trouble=request.trouble or None,
        measures=request.measures or None,
        visited_by=tx.person.staff_id,
    )
    tx.add(row)
    mediation.performance = request.performance
    mediation.status = S.CLOSED
    mediation.ended_on = mediation.ended_on or tx.today
    return Changes("调解回访", mediations=(mediation.id,), made={"followup": row.id})


def go_to_follow_up(tx: Transaction, mediation: Mediation, performance: Performance) -> None:
    """Keep how the agreement was kept in the end; within some days the parties are asked again."""
    require_mediation_move(mediation.status, S.FOLLOW_UP)
    days = setting(tx.session, tx.street_id, "mediation_followup_days", tx.today)
    mediation.performance, mediation.status = performance, S.FOLLOW_UP
    mediation.follow_up_due_on = tx.today + timedelta(days=int(days))


def _finish(tx: Transaction, mediation: Mediation, performance: Performance) -> None:
    if mediation.status is S.SETTLED:
        go_to_follow_up(tx, mediation, performance)
    else:  # somebody followed up before the last instalment was paid
        mediation.performance = performance


def _plan(tx: Transaction, mediation: Mediation) -> list[Instalment]:
    query = select(Instalment).where(Instalment.mediation_id == mediation.id)
    return list(tx.session.scalars(query.order_by(Instalment.seq)))


def _instalment(tx: Transaction, mediation: Mediation, instalment: int) -> Instalment:
    row = tx.own(Instalment, instalment, "找不到这一期，请刷新后再试。", field="instalment")
    if row.mediation_id != mediation.id:
        raise RuleBroken("找不到这一期，请刷新后再试。", field="instalment")
    return row
