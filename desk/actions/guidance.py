"""After 引导对接: whether the person arrived, or taking his appeal in after all (DOMAIN.md 9.1)."""

from dataclasses import dataclass

from desk.actions.clocks import start_clocks
from desk.actions.contacts import Attempt, add_attempt
from desk.rules.arrivals import ANSWER_WORDS, KNOWN, ArrivalAnswer
from desk.rules.codes import CaseStatus, ClockEvent, ContactResult, ContactWay, Exit
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.text_gate import Field
from desk.store.contacts_told import has_phone
from desk.store.gate import words
from desk.store.models import Case
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckArrival(CaseRequest):
    """Record whether somebody who was guided elsewhere arrived there (是否到达).

    Attributes:
        asked_way: how he was asked himself; None where the other office was asked.
        over_reason, rang_in: as for every attempt to reach him (`contacts.RecordContact`).
    """

    answer: ArrivalAnswer
    note: str = words("说明", Field.BODY, default="")
    asked_way: ContactWay | None = None
    over_reason: str = words("仍要打的理由", default="")
    rang_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn(CaseRequest):
    """Take in the appeal of somebody who was guided elsewhere and not helped there (改为受理)."""

    reason: str = words("理由", Field.BODY)


@action(CheckArrival, "case.arrival_checked")
def check_arrival(tx: Transaction, request: CheckArrival) -> Changes:
    """Record the answer of the other office or of the person himself.

    Where it is no answer yet, somebody is reminded to ask again. Who asks him himself has tried to
    reach him, and that stands on the list of contacts.

    Raises:
        RuleBroken: he did not arrive, and nobody wrote what was done about it, or he should not
            have been rung and it is not said why he was.
    """
    case = tx.open_case(request.case, request.seen, Deed.CHECK_ARRIVAL)
    if request.answer is ArrivalAnswer.NOT_ARRIVED and not request.note.strip():
        raise RuleBroken(
            "没有到达的，请写一句接下来怎么办（改为受理、本人不再去等）。", field="note"
        )
    case.has_arrived, case.arrival_checked_at = KNOWN[request.answer], request.happened_at
    said = ANSWER_WORDS[request.answer]
    if request.asked_way is not None:
        _list_question(tx, case, request, request.asked_way)
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


def _list_question(tx: Transaction, case: Case, request: CheckArrival, way: ContactWay) -> None:
    """Put on the list of contacts that he was asked; no limit of a guided case waits for it."""
    is_missed = request.answer is ArrivalAnswer.UNREACHED
    asked = f"问是否到达：{ANSWER_WORDS[request.answer]}"
    attempt = Attempt(
        at=request.happened_at,
        made_by=request.made_by,
        way=way,
        result=ContactResult.NO_ANSWER if is_missed else ContactResult.REACHED,
        note="\n".join(filter(None, (asked, request.note))),
        over_reason=request.over_reason,
        rang_in=request.rang_in,
    )
    add_attempt(tx, case, attempt)
