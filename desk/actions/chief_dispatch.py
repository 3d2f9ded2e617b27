"""The first leader's word before a case goes out (一把手派单, DOMAIN.md 9.5)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import running
from desk.actions.sending import Sending, require_units, send, words_of
from desk.rules.chief_dispatch import Turn, Waiting
from desk.rules.codes import CaseStatus, ClockKind, Role
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Case, DispatchProposal, Staff
from desk.store.people import chief_deputies, chiefs_of
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDispatch(CaseRequest):
    """Confirm a proposed dispatch, with another lead if need be, or send it back with a word."""

    is_confirmed: bool
    lead: int | None = None
    note: str = words("意见", Field.BODY, default="")


def asks_chief(tx: Transaction, case: Case) -> bool:
    """Return whether this hall asks its first leader before the case goes out."""
    return (
        case.status is CaseStatus.RECEIVED
        and Role.CHIEF not in tx.person.seeing_roles
        and bool(setting(tx.session, tx.street_id, "chief_dispatch", tx.today))
    )


def propose(tx: Transaction, case: Case, plan: Sending, at: datetime) -> Changes:
    """Lay a dispatch before the first leader; a new proposal takes the place of the one before.

    Raises:
        RuleBroken: a unit stands twice, or is the unit complained about.
    """
    require_units(tx, case, plan.units, field="lead")
    before = pending(tx, case)
    if before is not None:
        _decide(tx, before, at, is_confirmed=None, note="改拟")
    proposal = DispatchProposal(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        proposed_by=tx.person.staff_id,
        proposed_at=at,
        row=plan.as_row(),
    )
    tx.add(proposal)
    return Changes(
        f"拟派 {words_of(tx, plan)}，待一把手确认",
        cases=(case.id,),
        made={"proposal": proposal.id},
        detail=f"拟办意见：{plan.instruction}" if plan.instruction else "",
        kind="case.dispatch_proposed",
    )


def close_pending(tx: Transaction, case: Case, at: datetime) -> None:
    """Close what waits for the first leader's word where the case goes out without it."""
    proposal = pending(tx, case)
    if proposal is not None:
        _decide(tx, proposal, at, is_confirmed=None, note="没有等确认，已直接派出")


def close_unanswered(tx: Transaction, case: Case, at: datetime) -> str:
    """Close what the first leader gave no word on; return why the case goes out without it.

    Raises:
        RuleBroken: he, or who stands in for him, may still be waited for.
    """
    proposal = pending(tx, case)
    waiting = Waiting(
        proposed_at=proposal.proposed_at if proposal else None,
        near_at=next((c.near_at for c in running(tx, case) if c.kind is ClockKind.DISPATCH), None),
        minutes=setting(tx.session, tx.street_id, "chief_minutes", tx.today),
        has_deputy=bool(chief_deputies(tx.session, tx.street_id, tx.today)),
    )
    if waiting.turn(tx.now) is not Turn.DISPATCHER:
        raise RuleBroken(waiting.why_not_yet(tx.now))
    why = waiting.why_direct(tx.now)
    if proposal is not None:
        _decide(tx, proposal, at, is_confirmed=None, note=why)
    return why


@action(DecideDispatch, "case.dispatch_decided")
def decide_dispatch(tx: Transaction, request: DecideDispatch) -> Changes:
    """Send the case as proposed or to another lead, or give it back to the dispatchers.

    Raises:
        RuleBroken: nothing waits for a word, or it was sent back without one.
    """
    case = tx.open_case(request.case, request.seen, Deed.CONFIRM_DISPATCH)
    proposal = pending(tx, case)
    if proposal is None:
        raise RuleBroken("没有等您确认的派单，可能已经派出。请刷新后再看。")
    at = request.happened_at
    _require_own_word(tx, proposal)
    if not request.is_confirmed:
        if not request.note.strip():
            raise RuleBroken("退回拟派请写一句话，信联办好改。", field="note")
        _decide(tx, proposal, at, is_confirmed=False, note=request.note)
        return Changes(f"{_for_whom(tx)}退回拟派", cases=(case.id,), detail=request.note)
    plan = Sending.from_row(proposal.row, lead=request.lead)
    before = words_of(tx, Sending.from_row(proposal.row))
    is_other = plan.lead != proposal.row["lead"]
    sent = send(tx, case, plan, at)
    _decide(tx, proposal, at, is_confirmed=True, note=request.note)
    told = (sent.detail, f"原拟{before}。" if is_other else "", request.note)
    return replace(
        sent,
        title=f"{_for_whom(tx)}确认派单 {sent.title}",
        made={**sent.made, "proposal": proposal.id},
        detail="\n".join(filter(None, told)),
    )


def pending(tx: Transaction, case: Case) -> DispatchProposal | None:
    """Return the proposal on which nobody has given a word yet."""
    return tx.session.scalar(
        select(DispatchProposal)
        .where(DispatchProposal.case_id == case.id, DispatchProposal.decided_at.is_(None))
        .order_by(DispatchProposal.id.desc())
        .limit(1)
    )


def _decide(
    tx: Transaction,
    proposal: DispatchProposal,
    at: datetime,
    *,
    is_confirmed: bool | None,
    note: str,
) -> None:
    """Close a proposal: with the first leader's word, or (None) without waiting for it."""
    tx.watch(proposal)
    proposal.decided_by, proposal.decided_at = tx.person.staff_id, at
    proposal.is_confirmed, proposal.note = is_confirmed, note or None


def _require_own_word(tx: Transaction, proposal: DispatchProposal) -> None:
    """Raise RuleBroken where whoever proposed a dispatch would confirm it as a deputy."""
    if proposal.proposed_by == tx.person.staff_id and Role.CHIEF not in tx.person.roles:
        raise RuleBroken("这是您自己拟派的，请一把手或另一位代理人确认。")


def _for_whom(tx: Transaction) -> str:
    """Return for whom a deputy speaks (“代王磊”), or nothing for the chief himself."""
    if Role.CHIEF in tx.person.roles:
        return ""
    chiefs = chiefs_of(tx.session, tx.person.acts_for, tx.today)
    names = tx.session.scalars(select(Staff.name).where(Staff.id.in_(chiefs)).order_by(Staff.id))
    return f"代{'、'.join(names)}"
