"""Mediations that end without an agreement (未达成、终止、当事人撤回、移交), DOMAIN.md 6.5.

Why, and where the parties may go now, stands in the content, not in the history.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.booking_plan import leave
from desk.actions.mediation_agreement import plan_instalments
from desk.actions.mediation_sessions import close_open_session, parties_of
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingStatus, EndReason, MediationStatus
from desk.rules.mediation_life import require_mediation_move
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import in_shanghai
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.mediation_access import open_mediation
from desk.store.models import Booking, Mediation, MediationContent
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction

_AHEAD = frozenset({BookingStatus.PROVISIONAL, BookingStatus.CONFIRMED})
_UNTOLD = "请先告知当事人可以向法院起诉或申请仲裁，再勾选“已告知”。"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSettle(MediationRequest):
    """Say that no agreement was reached, and that the way on was told (未达成).

    Attributes:
        way_on: where the parties may go now (向滨河区人民法院起诉).
    """

    reason: str = words("未达成的原因", Field.BODY)
    way_on: str = words("引导去处")
    was_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMediation(MediationRequest):
    """End a mediation before it came to an outcome (终止)."""

    end_reason: EndReason
    note: str = words("情况说明", Field.BODY, default="")
    way_on: str = words("引导去处", default="")
    was_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMediation(MediationRequest):
    """Take back an application for a party (当事人撤回)."""

    party: int
    reason: str = words("撤回的原因", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverMediation(MediationRequest):
    """Hand a mediation over to somebody else (移交)."""

    to: str = words("移交给")
    reason: str = words("移交的原因", Field.BODY)


@action(NotSettle, "mediation.not_settled")
def not_settle(tx: Transaction, request: NotSettle) -> Changes:
    """End a mediation without agreement.

    Raises:
        RuleBroken: the reason or the way on is missing, or the parties were not told.
    """
    mediation = _opened(tx, request, MediationStatus.NOT_SETTLED)
    _require(request.reason, "reason", "请写为什么没有谈成。")
    _require(request.way_on, "way_on", "请写引导当事人去哪里，例如向滨河区人民法院起诉。")
    if not request.was_told:
        raise RuleBroken(_UNTOLD, field="was_told")
    mediation.was_told_court, mediation.guidance = True, request.way_on
    return _ended(tx, mediation, request.happened_at, f"未达成原因：{request.reason}")


@action(EndMediation, "mediation.ended")
def end_mediation(tx: Transaction, request: EndMediation) -> Changes:
    """End a mediation for one of the reasons there are.

    Raises:
        RuleBroken: the parties were not told where they can go, or nothing says why.
    """
    mediation = _opened(tx, request, MediationStatus.ENDED)
    if request.end_reason is EndReason.UNSUITABLE:
        _require(request.note, "note", "请写为什么不适宜调解。")
    if request.end_reason not in {EndReason.VANISHED, EndReason.IN_COURT} and not request.was_told:
        raise RuleBroken(_UNTOLD, field="was_told")
    mediation.end_reason = request.end_reason
    mediation.was_told_court, mediation.guidance = request.was_told, request.way_on or None
    told = f"，{request.note}" if request.note else ""
    return _ended(
        tx,
        mediation,
        request.happened_at,
        f"终止原因：{label(request.end_reason)}{told}",
        said=f"：{label(request.end_reason)}",
    )


@action(WithdrawMediation, "mediation.withdrawn")
def withdraw_mediation(tx: Transaction, request: WithdrawMediation) -> Changes:
    """Take an application back; the dossier is closed all the same.

    Raises:
        RuleBroken: nobody of this mediation takes it back, or nothing says why.
    """
    mediation = _opened(tx, request, MediationStatus.WITHDRAWN)
    party = parties_of(tx, mediation).get(request.party)
    if party is None:
        raise RuleBroken("请选是哪一方撤回。", field="party")
    _require(request.reason, "reason", "请写撤回的原因。")
    why = f"{party.name} 撤回申请：{request.reason}"
    return _ended(tx, mediation, request.happened_at, why)


@action(HandOverMediation, "mediation.handed_over")
def hand_over_mediation(tx: Transaction, request: HandOverMediation) -> Changes:
    """Hand a mediation over; the letter is a paper of its own (移交函).

    Raises:
        RuleBroken: to whom, or why, is missing.
    """
    mediation = _opened(tx, request, MediationStatus.HANDED_OVER)
    _require(request.to, "to", "请写移交给哪个单位或组织。")
    _require(request.reason, "reason", "请写移交的原因。")
    mediation.guidance = request.to
    why = f"移交 {request.to}：{request.reason}"
    return _ended(tx, mediation, request.happened_at, why)


def _opened(tx: Transaction, request: MediationRequest, target: MediationStatus) -> Mediation:
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.CONCLUDE)
    require_mediation_move(mediation.status, target)
    mediation.status = target
    return mediation


def _require(written: str, field: str, sentence: str) -> None:
    if not written:
        raise RuleBroken(sentence, field=field)


def _ended(
    tx: Transaction, mediation: Mediation, at: datetime, why: str, *, said: str = ""
) -> Changes:
    """Close what is open: the sitting, appointments ahead; say why in the content."""
    close_open_session(tx, mediation, at, why)
    content = tx.session.get_one(MediationContent, mediation.id)
    content.note = "\n".join(filter(None, (content.note, why)))
    mediation.ended_on = in_shanghai(at).date()
    plan_instalments(tx, mediation, ())  # of a draft that nobody signed
    _free_rooms(tx, mediation)
    title = f"调解{label(mediation.status)}{said}"
    return Changes(title, mediations=(mediation.id,))


def _free_rooms(tx: Transaction, mediation: Mediation) -> None:
    ahead = tx.session.scalars(
        select(Booking).where(Booking.mediation_id == mediation.id, Booking.status.in_(_AHEAD))
    ).all()
    leave(tx, ahead, BookingStatus.CANCELLED, "调解已结束")
