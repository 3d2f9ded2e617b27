"""Judicial confirmation (司法确认): both parties together, within 30 days, where a court may.

Whether a court may confirm goes by what is asked for, not by the kind of dispute
(DOMAIN.md 2.13 (13), 9.4).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.rules.codes import ClockKind
from desk.rules.errors import RuleBroken
from desk.rules.mediation_checks import why_not_confirmed
from desk.rules.mediation_codes import ConfirmationKind, ConfirmationResult
from desk.rules.mediation_rights import MediationDeed
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.mediation_limits import MediationLimits
from desk.store.models import JudicialConfirmation, Mediation
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForConfirmation(MediationRequest):
    """Record that the parties ask the court together to confirm their agreement."""

    kind: ConfirmationKind
    court: str = words("法院")
    applied_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCourtAnswer(MediationRequest):
    """Record what the court answered, with the number of its ruling."""

    confirmation: int
    result: ConfirmationResult
    result_on: date
    number: str = words("裁定书文号", longest=60, default="")


@action(ApplyForConfirmation, "mediation.asked_court")
def apply_for_confirmation(tx: Transaction, request: ApplyForConfirmation) -> Changes:
    """Write down the application to the court.

    Raises:
        RuleBroken: a court does not confirm such a request, the agreement does not hold yet, the
            thirty days are over, or an application is under way.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.CONFIRM)
    why_not = why_not_confirmed(request.kind)
    if why_not:
        raise RuleBroken(f"{why_not}如有疑问，请当事人直接咨询法院。", field="kind")
    effective = mediation.effective_on
    if effective is None:
        raise RuleBroken("协议还没有生效，生效后才能申请司法确认。")
    if request.applied_on < effective:
        raise RuleBroken("申请日期早于协议生效日，请核对。", field="applied_on")
    limits = MediationLimits(tx.session, tx.street_id, tx.today)
    last = limits.last_day(ClockKind.CONFIRM, effective)
    if last is not None and request.applied_on > last:
        raise RuleBroken(
            f"申请司法确认{limits.words(ClockKind.CONFIRM, effective)}，"
            f"最后一天是 {last:%Y-%m-%d}，已经过了。当事人仍可按协议起诉。",
            field="applied_on",
        )
    if _open_one(tx, mediation) is not None:
        raise RuleBroken("已经申请过，法院还没有答复。请先登记法院的答复。")
    row = JudicialConfirmation(
        id=new_id(),
        street_id=tx.street_id,
        mediation_id=mediation.id,
        kind=request.kind,
        court=request.court,
        applied_on=request.applied_on,
    )
    tx.add(row)
    return Changes("申请司法确认", mediations=(mediation.id,), made={"confirmation": row.id})


@action(RecordCourtAnswer, "mediation.court_answered")
def record_court_answer(tx: Transaction, request: RecordCourtAnswer) -> Changes:
    """Write the court's answer down.

    Raises:
        RuleBroken: no such application is open, the day is wrong, or the number is missing.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.CONFIRM)
    row = _open_one(tx, mediation)
    if row is None or row.id != request.confirmation:
        raise RuleBroken("没有等待答复的司法确认申请，请刷新后再看。")
    if request.result_on < row.applied_on:
        raise RuleBroken("答复日期早于申请日期，请核对。", field="result_on")
    if request.result is not ConfirmationResult.WITHDRAWN and not request.number:
        raise RuleBroken("请填裁定书文号。", field="number")
    tx.watch(row)
    row.result, row.result_on, row.result_number = (
        request.result,
        request.result_on,
        request.number or None,
    )
    if request.result is ConfirmationResult.CONFIRMED:
        mediation.confirmed_on = request.result_on
    return Changes(f"司法确认：{label(request.result)}", mediations=(mediation.id,))


def _open_one(tx: Transaction, mediation: Mediation) -> JudicialConfirmation | None:
    return tx.session.scalar(
        select(JudicialConfirmation).where(
            JudicialConfirmation.mediation_id == mediation.id,
            JudicialConfirmation.result.is_(None),
        )
    )
