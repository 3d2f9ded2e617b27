"""What a leader does himself (一把手工作台): marks a matter as a key one, rings an appellant.

A leader's call is his own look at how a case went: it keeps what was promised, but it neither stops
a unit's limit nor rates the case, so that no figure moves by it (DOMAIN.md 001-4).
"""

from dataclasses import dataclass
from datetime import datetime

from desk.actions.contacts import Attempt, add_attempt, forbid_calls
from desk.rules.codes import ContactResult, ContactWay
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkKeyCase(CaseRequest):
    """Mark a case as a key one (重点件), or say another reason."""

    reason: str = words("重点件的理由", longest=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmarkKeyCase(CaseRequest):
    """Take the mark off again (取消重点件)."""

    note: str = words("为什么取消", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLeaderCall(CaseRequest):
    """Record that a leader rang the appellant himself, or tried to (领导回访).

    Attributes:
        over_reason: why he was rung although the hour, the cap or his wish spoke against it.
        rang_in: he rang himself, so that nothing speaks against it.
        wants_no_calls: he asked not to be rung again (请勿再打).
    """

    way: ContactWay = ContactWay.PHONE
    result: ContactResult
    note: str = words("诉求人怎么说", Field.BODY, default="")
    call_back_at: datetime | None = None
    over_reason: str = words("仍要打的理由", default="")
    rang_in: bool = False
    wants_no_calls: bool = False


@action(MarkKeyCase, "case.key_marked")
def mark_key_case(tx: Transaction, request: MarkKeyCase) -> Changes:
    """Mark a case; it stands in the leaders' queue until it ends or the mark is taken off.

    Raises:
        RuleBroken: it is not said why, or it is marked for this very reason already.
    """
    case = tx.open_case(request.case, request.seen, Deed.MARK_KEY)
    if not request.reason.strip():
        raise RuleBroken("请写明为什么是重点件，例如“涉及 200 户用水”。", field="reason")
    if case.key_reason == request.reason:
        raise RuleBroken("此件已经按这个理由标为重点件，不用再标。", field="reason")
    verb = "标为重点件" if case.key_reason is None else "改重点件的理由"
    case.key_reason = request.reason
    return Changes(verb, cases=(case.id,), detail=request.reason)


@action(UnmarkKeyCase, "case.key_unmarked")
def unmark_key_case(tx: Transaction, request: UnmarkKeyCase) -> Changes:
    """Take the mark off.

    Raises:
        RuleBroken: it is not marked.
    """
    case = tx.open_case(request.case, request.seen, Deed.MARK_KEY)
    if case.key_reason is None:
        raise RuleBroken("此件现在不是重点件，不用取消。请刷新后再看。")
    case.key_reason = None
    return Changes("取消重点件", cases=(case.id,), detail=request.note)


@action(RecordLeaderCall, "case.leader_called")
def record_leader_call(tx: Transaction, request: RecordLeaderCall) -> Changes:
    """Put a leader's own call on the list of contacts.

    Raises:
        RuleBroken: he was reached and it is not said what he said, or he should not have been rung
            and it is not said why he was.
    """
    case = tx.open_case(request.case, None, Deed.LEADER_CALL)  # two who rang have both rung
    if request.result is ContactResult.REACHED and not request.note.strip():
        raise RuleBroken("请写一句诉求人怎么说，承办单位才知道还差什么。", field="note")
    attempt = Attempt(
        at=request.happened_at,
        made_by=request.made_by,
        way=request.way,
        result=request.result,
        note=request.note,
        call_back_at=request.call_back_at,
        over_reason=request.over_reason,
        rang_in=request.rang_in,
    )
    add_attempt(tx, case, attempt)
    if request.wants_no_calls:
        forbid_calls(case, request.happened_at, request.note)
    return Changes(f"领导回访 {label(request.result)}", cases=(case.id,), detail=request.note)
