"""After 引导对接: whether the person arrived, or taking his appeal in after all (DOMAIN.md 9.1)."""

from dataclasses import dataclass

from desk.actions.clocks import start_clocks
from desk.rules.arrivals import ANSWER_WORDS, KNOWN, ArrivalAnswer
from desk.rules.codes import CaseStatus, ClockEvent, Exit
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.text_gate import Field
from desk.store.contacts_told import has_phone
from desk.store.gate import words
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckArrival(CaseRequest):
    """Record whether somebody who was guided elsewhere arrived there (是否到达)."""

    answer: ArrivalAnswer
    note: str = words("说明", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn(CaseRequest):
    """Take in the appeal of somebody who was guided elsewhere and not helped there (改为受理)."""

    reason: str = words("理由", Field.BODY)


@action(CheckArrival, "case.arrival_checked")
def check_arrival(tx: Transaction, request: CheckArrival) -> Changes:
    """Record the answer of the other office or of the person himself.

    Where it is no answer yet, somebody is reminded to ask again.

    Raises:
        RuleBroken: he did not arrive, and nobody wrote what was done about it.
    """
    case = tx.open_case(request.case, request.seen, Deed.CHECK_ARRIVAL)
    if request.answer is ArrivalAnswer.NOT_ARRIVED and not request.note.strip():
        raise RuleBroken(
            "没有到达的，请写一句接下来怎么办（改为受理、本人不再去等）。", field="note"
        )
    case.has_arrived, case.arrival_checked_at = KNOWN[request.answer], request.happened_at
    said = ANSWER_WORDS[request.answer]
    return Changes(f"引导对接 {said}", cases=(case.id,), detail=request.note)


@action(TakeIn, "case.taken_in")
def take_in(tx: Transaction, request: TakeIn) -> Changes:
    """Let a guided case go to the dispatchers after all; its promises begin now.

    Raises:
        RuleBroken: no reason was written.
    """
    case = tx.open_case(request.case, request.seen, Deed.TAKE_IN)
    if not request.reason.strip():
        raise RuleBroken("请写明为什么改为受理，例如对方单位不接。", field="reason")
    require_move(case.status, CaseStatus.RECEIVED)
    case.status, case.exit = CaseStatus.RECEIVED, Exit.TRANSFER
    case.counts_in_rates = True
    start_clocks(
        tx,
        case,
        ClockEvent.RECEIVED,
        request.happened_at,
        can_be_called=has_phone(tx.session, case.id),
    )
    return Changes("改为受理，转信联办分拨", cases=(case.id,), detail=request.reason)
