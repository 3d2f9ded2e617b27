"""Reaching the appellant (联系): every attempt, what was promised, and who must not be rung."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.actions.clocks import happened, refresh_next, running
from desk.rules.calling import RANG_IN, call_advice, contact_unit
from desk.rules.codes import (
    CaseStatus,
    Channel,
    ClockEvent,
    ClockKind,
    ContactResult,
    ContactWay,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.calls import call_facts, call_rules
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, Contact
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_WISH = "诉求人要求不再打电话"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact(CaseRequest):
    """Record an attempt to reach the appellant (联系); a missed call counts as one too.

    Attributes:
        over_reason: why he was rung although the hour, the cap or his wish spoke against it.
        rang_in: he rang himself, so that nothing speaks against it.
        wants_no_calls: he asked not to be rung again (请勿再打).
    """

    way: ContactWay = ContactWay.PHONE
    result: ContactResult
    note: str = words("联系情况", Field.BODY, default="")
    call_back_at: datetime | None = None
    over_reason: str = words("仍要打的理由", default="")
    rang_in: bool = False
    wants_no_calls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNotCall(CaseRequest):
    """Record that the appellant wants no more calls (请勿再打), or that he takes calls again."""

    is_wanted: bool = True
    note: str = words("诉求人怎么说的", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to reach the appellant, as the list of contacts keeps it.

    Attributes:
        rang_in: he rang himself; it counts as no call of the hall.
    """

    at: datetime
    made_by: int
    way: ContactWay
    result: ContactResult
    note: str = ""
    call_back_at: datetime | None = None
    over_reason: str = ""
    rang_in: bool = False

    @property
    def is_own_call(self) -> bool:
        """Whether he rang himself; nobody is reached who does not answer his own call."""
        reached = self.way is ContactWay.PHONE and self.result is ContactResult.REACHED
        return self.rang_in and reached

    @property
    def is_call(self) -> bool:
        """Whether somebody of the hall rang."""
        return self.way is ContactWay.PHONE and not self.is_own_call


@action(RecordContact, "case.contacted", may_wait=True)
def record_contact(tx: Transaction, request: RecordContact) -> Changes:
    """Record an attempt; the lead's first, answered or not, stops the one contact clock.

    Before a case is sent to anybody the clock is the first unit's. Whoever else tries is on the
    same list and leaves it running (DOMAIN.md 002-6, 9.2).

    Raises:
        RuleBroken: the appellant should not have been rung, and it is not said why he was.
    """
    case = tx.open_case(request.case, None, Deed.CONTACT)  # two who rang have both rung
    at = request.happened_at
    attempt = Attempt(
        at=at,
        made_by=request.made_by,
        way=request.way,
        result=request.result,
        note=request.note,
        call_back_at=request.call_back_at,
        over_reason=request.over_reason,
        rang_in=request.rang_in,
    )
    is_first = count_attempt(tx, case, attempt)
    if request.wants_no_calls:
        forbid_calls(case, at, request.note)
    refresh_next(tx, case)
    prefix = "首次联系" if is_first else "联系"
    said = f"{prefix} {label(request.result)}" + ("，请勿再打" if request.wants_no_calls else "")
    return Changes(said, cases=(case.id,), detail=request.note)


@action(DoNotCall, "case.calls_refused")
def do_not_call(tx: Transaction, request: DoNotCall) -> Changes:
    """Keep the wish not to be rung, or lift it with a word on why.

    Raises:
        RuleBroken: it is kept already, or there is none to lift, or nobody says why it is lifted.
    """
    case = tx.open_case(request.case, request.seen, Deed.DO_NOT_CALL)
    if request.is_wanted:
        if case.do_not_call_at is not None:
            raise RuleBroken("这一件已经记了请勿再打，不用再记。", field="note")
        forbid_calls(case, request.happened_at, request.note)
        return Changes("请勿再打", cases=(case.id,), detail=request.note)
    if case.do_not_call_at is None:
        raise RuleBroken("这一件没有记请勿再打，不用撤。", field="note")
    if not request.note.strip():
        raise RuleBroken("请写一句为什么又可以打，例如“诉求人来电说可以打”。", field="note")
    case.do_not_call_at = case.do_not_call_note = None
    return Changes("撤掉请勿再打", cases=(case.id,), detail=request.note)


def count_attempt(tx: Transaction, case: Case, attempt: Attempt) -> bool:
    """Put an attempt on the list and let it stop the contact clock, if that is this unit's.

    Returns:
        Whether it was the first, for which the clock was waiting.

    Raises:
        RuleBroken: he should not have been rung, and it is not said why he was.
    """
    add_attempt(tx, case, attempt)
    if not _owns_the_clock(tx, case):
        return False
    waiting = [clock for clock in running(tx, case) if clock.kind is ClockKind.CONTACT]
    minute = timedelta(minutes=1)  # what was written by hand has no seconds
    if waiting and all(attempt.at + minute <= clock.started_at for clock in waiting):
        return False  # it was told of later, and belongs to an earlier round
    happened(tx, case, ClockEvent.CONTACTED, attempt.at)
    begin_if_ready(tx, case)
    return bool(waiting)


def add_attempt(tx: Transaction, case: Case, attempt: Attempt) -> None:
    """Put an attempt on the list of contacts; one that reached him keeps what was promised.

    Raises:
        RuleBroken: he should not have been rung, and it is not said why he was.
    """
    over_reason = RANG_IN if attempt.is_own_call else _over_reason(tx, case, attempt)
    if attempt.result is ContactResult.REACHED:
        _settle_promises(tx, case, attempt.at)
    tx.add(
        Contact(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            staff_id=attempt.made_by,
            unit_id=tx.person.home_unit_id or case.first_unit_id,
            happened_at=attempt.at,
            way=attempt.way,
            result=attempt.result,
            note=attempt.note or None,
            call_back_at=attempt.call_back_at,
            over_reason=over_reason or None,
        )
    )


def record_first_talk(tx: Transaction, case: Case, at: datetime, channel: Channel) -> None:
    """Count the talk at the counter or on the phone as the first contact (DOMAIN.md 9.2)."""
    by_phone = channel is Channel.CALL
    tx.add(
        Contact(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            round_no=case.round_no,
            staff_id=case.first_responder_id or tx.person.staff_id,
            unit_id=case.first_unit_id,
            happened_at=at,
            way=ContactWay.PHONE if by_phone else ContactWay.FACE,
            result=ContactResult.REACHED,
            note="受理时已通话" if by_phone else "受理时当面谈话",
            over_reason=RANG_IN if by_phone else None,
        )
    )
    happened(tx, case, ClockEvent.CONTACTED, at)


def forbid_calls(case: Case, at: datetime, note: str) -> None:
    """Keep on the case that its appellant wants no more calls (请勿再打)."""
    case.do_not_call_at = at
    case.do_not_call_note = note.strip().partition("\n")[0][:200] or _WISH


def begin_if_ready(tx: Transaction, case: Case) -> None:
    """Contact and verification stop on their own; handling begins when both are done (#6)."""
    pending = {ClockKind.CONTACT, ClockKind.VERIFY}
    if case.status is CaseStatus.ACCEPTED and not any(
        clock.kind in pending and clock.is_applicable for clock in running(tx, case)
    ):
        case.status = CaseStatus.HANDLING


def _over_reason(tx: Transaction, case: Case, attempt: Attempt) -> str:
    """Return why he was rung against the rules; empty where nothing spoke against it."""
    if not attempt.is_call:
        return ""
    rules = call_rules(tx.session, tx.street_id, tx.today)
    facts = call_facts(tx.session, tx.person, case, attempt.at)
    advice = call_advice(facts, rules, attempt.at)
    if not advice.needs_reason:
        return ""
    if not attempt.over_reason.strip():
        said = f"{advice.sentence}已经打了的，请写一句为什么，这次联系照样记下。"
        raise RuleBroken(said, field="over_reason")
    return attempt.over_reason


def _settle_promises(tx: Transaction, case: Case, at: datetime) -> None:
    """Count the calls promised before as made: he has been reached (答应的回电)."""
    for contact in tx.rows(Contact, case):
        is_promised = contact.call_back_at is not None and contact.called_back_at is None
        if is_promised and contact.happened_at <= at:
            contact.called_back_at = at


def _owns_the_clock(tx: Transaction, case: Case) -> bool:
    """Return whether the contact clock is this person's: the lead's, before that the first's."""
    owner = contact_unit(case.lead_unit_id, case.first_unit_id)
    return tx.person.is_built_in or owner in tx.person.unit_ids
