"""A word before a case goes out: the first leader's (一把手派单), or of who keeps secrets (9.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from desk.actions.clocks import running
from desk.actions.sending import Sending, require_units, send, words_of
from desk.rules.chief_dispatch import Asked, Turn, Waiting, goes_unasked, who_is_asked
from desk.rules.codes import ClockKind, Role
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import KEEPERS_OF_SECRETS
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Case, DispatchProposal, Staff, Unit
from desk.store.people import chief_deputies, who_has
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of

_CONFIDENTIAL = "此件是举报件或反映本街道单位、人员的，除转纪工委外，"
_TO_WHOM = {Asked.CHIEF: "待一把手确认", Asked.KEEPERS: "待纪工委或领导指定"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDispatch(CaseRequest):
    """Confirm a proposed dispatch, with another lead if need be, or send it back with a word."""

    is_confirmed: bool
    lead: int | None = None
    note: str = words("意见", Field.BODY, default="")


def asked_for(tx: Transaction, case: Case, units: Sequence[int]) -> Asked | None:
    """Return whose word is needed before these units get the case; None: it may go out."""
    switch = bool(setting(tx.session, tx.street_id, "chief_dispatch", tx.today))
    asked = who_is_asked(stand_of(tx.session, case), tx.person, asks_chief=switch)
    if asked is not Asked.KEEPERS:
        return asked
    kinds = tx.session.scalars(select(Unit.kind).where(Unit.id.in_(units)))
    return None if goes_unasked(asked, kinds.all()) else asked


def require_keeper(tx: Transaction, case: Case, units: Sequence[int], *, field: str) -> None:
    """Refuse to give a confidential case to further units without its keepers (DOMAIN.md 9.4).

    Raises:
        RuleBroken: it is not up to the asker who else gets the case.
    """
    if asked_for(tx, case, units) is Asked.KEEPERS:
        raise RuleBroken(f"{_CONFIDENTIAL}由纪工委或领导改派、加派，请报他们决定。", field=field)


def propose(tx: Transaction, case: Case, plan: Sending, asked: Asked, at: datetime) -> Changes:
    """Lay a dispatch before whose word it needs; a new proposal takes the place of the last one.

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
        f"拟派 {words_of(tx, plan)}，{_TO_WHOM[asked]}",
        cases=(case.id,),
        made={"proposal": proposal.id},
        detail=f"拟办意见：{plan.instruction}" if plan.instruction else "",
        kind="case.dispatch_proposed",
    )


def close_pending(tx: Transaction, case: Case, at: datetime) -> None:
    """Close what waits for a word where the case goes out without it."""
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
    _require_own_word(tx, case, proposal)
    if not request.is_confirmed:
        if not request.note.strip():
            raise RuleBroken("退回拟派请写一句话，信联办好改。", field="note")
        _decide(tx, proposal, at, is_confirmed=False, note=request.note)
        said = f"{_for_whom(tx, case)}退回拟派"
        return Changes(said, cases=(case.id,), detail=request.note)
    plan = Sending.from_row(proposal.row, lead=request.lead)
    before = words_of(tx, Sending.from_row(proposal.row))
    is_other = plan.lead != proposal.row["lead"]
    sent = send(tx, case, plan, at)
    _decide(tx, proposal, at, is_confirmed=True, note=request.note)
    told = (sent.detail, f"原拟{before}。" if is_other else "", request.note)
    return replace(
        sent,
        title=f"{_for_whom(tx, case)}确认派单 {sent.title}",
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


def _confirmers(tx: Transaction, case: Case) -> frozenset[Role]:
    """Return whose word it is; who stands in for one of them gives it in his place."""
    is_confidential = stand_of(tx.session, case).is_confidential
    return KEEPERS_OF_SECRETS if is_confidential else frozenset({Role.CHIEF})


def _require_own_word(tx: Transaction, case: Case, proposal: DispatchProposal) -> None:
    """Raise RuleBroken where whoever proposed a dispatch would confirm it as a deputy."""
    is_own = bool(_confirmers(tx, case) & tx.person.roles)
    if proposal.proposed_by == tx.person.staff_id and not is_own:
        raise RuleBroken("这是您自己拟派的，请一把手或另一位代理人确认。")


def _for_whom(tx: Transaction, case: Case) -> str:
    """Return for whom a deputy speaks (“代王磊”), or nothing for whose word it is."""
    roles = _confirmers(tx, case)
    if roles & tx.person.roles:
        return ""
    principals = who_has(tx.session, tx.person.acts_for, roles, tx.today)
    whom = Staff.id.in_(principals)
    names = tx.session.scalars(select(Staff.name).where(whom).order_by(Staff.id))
    return f"代{'、'.join(names)}"
