"""The 处理意见书: drafted from the facts, submitted, signed or sent back (DOMAIN.md 2.4, 9.3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from desk.actions.clocks import happened, refresh_next
from desk.actions.matter_answers import (
    MatterAnswer,
    matters_of_round,
    require_answered,
    rewrite_answers,
)
from desk.actions.opinion_words import drafted
from desk.actions.sign_desks import begin_sign_off
from desk.rules.codes import CaseStatus, ClockEvent, OpinionStatus
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.matters import composed
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, Opinion, Round
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_EDITABLE = (OpinionStatus.DRAFT, OpinionStatus.SENT_BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOpinion(CaseRequest):
    """Keep the words of the opinion, and submit it for sign-off if it is ready.

    Attributes:
        items: with several matters, the answer to each; they make up the third section.
    """

    title: str = words("标题")
    acceptance: str = words("受理情况", Field.BODY)
    findings: str = words("调查核实情况", Field.BODY)
    decision: str = words("处理意见及依据", Field.BODY)
    basis: str = words("依据", Field.BODY, default="")
    next_measures: str = words("后续措施及时限", Field.BODY, default="")
    remedy: str = words("救济途径", Field.BODY, default="")
    items: tuple[MatterAnswer, ...] = ()
    is_ready: bool = False


def draft_opinion(tx: Transaction, case: Case, round_row: Round, at: datetime) -> Opinion:
    """Create the first draft of a round from what is on record; the handler improves it."""
    text = drafted(tx, case, round_row)
    opinion = Opinion(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        revision=_next_revision(tx, case),
        status=OpinionStatus.DRAFT,
        title=text.title,
        acceptance=text.acceptance,
        findings=text.findings,
        decision=text.decision,
        basis=None,
        next_measures=None,
        remedy=None,
        result=case.result,
        items=[item.as_row() for item in text.items] or None,
        written_by=tx.person.staff_id,
        written_at=at,
    )
    tx.add(opinion)
    return opinion


@action(WriteOpinion, "opinion.written")
def write_opinion(tx: Transaction, request: WriteOpinion) -> Changes:
    """Keep the opinion's words; submit it when ready (DOMAIN.md 6.1 #14).

    Raises:
        RuleBroken: a section that must be answered is empty, or a matter has no answer.
    """
    case = tx.open_case(request.case, request.seen, Deed.WRITE_OPINION)
    opinion = present_opinion(tx, case)
    if opinion.status not in _EDITABLE:
        raise RuleBroken("意见书已提交审签，要改请先请签批人退回。")
    tx.watch(opinion)
    for name in ("title", "acceptance", "findings"):
        setattr(opinion, name, getattr(request, name))
    _keep_decision(tx, case, opinion, request)
    for name in ("basis", "next_measures", "remedy"):
        setattr(opinion, name, getattr(request, name) or None)
    opinion.written_by, opinion.written_at = tx.person.staff_id, request.happened_at
    if not request.is_ready:
        return Changes("起草意见书", cases=(case.id,))
    _require_complete(tx, case, opinion)
    require_move(case.status, CaseStatus.SIGNING)
    opinion.status, opinion.submitted_at = OpinionStatus.SUBMITTED, request.happened_at
    opinion.remark = None
    case.status = CaseStatus.SIGNING
    begin_sign_off(tx, case, opinion, request.happened_at)
    happened(tx, case, ClockEvent.SUBMITTED, request.happened_at)
    refresh_next(tx, case)
    return Changes("意见书送审签", cases=(case.id,))


def present_opinion(tx: Transaction, case: Case) -> Opinion:
    """Return the newest opinion of the present round."""
    return max(_opinions(tx, case), key=lambda row: row.revision)


def _next_revision(tx: Transaction, case: Case) -> int:
    return max((row.revision for row in _opinions(tx, case)), default=0) + 1


def _opinions(tx: Transaction, case: Case) -> list[Opinion]:
    return [row for row in tx.rows(Opinion, case) if row.round_no == case.round_no]


def _keep_decision(tx: Transaction, case: Case, opinion: Opinion, request: WriteOpinion) -> None:
    """Keep the third section: one text, or what is answered matter by matter."""
    if opinion.items is None:
        opinion.decision = request.decision
        return
    if not request.items:
        if request.decision != opinion.decision:
            raise RuleBroken("这一件有几个事项，请逐项写答复。", field="decision")
        return
    items, came_to = rewrite_answers(tx, case, request.items, request.happened_at)
    opinion.items = [item.as_row() for item in items]
    opinion.decision = composed(items)
    if came_to is not None:
        opinion.result = case.result = came_to
        tx.session.execute(
            update(Round)
            .where(Round.case_id == case.id, Round.number == case.round_no)
            .values(result=came_to)
        )


def _require_complete(tx: Transaction, case: Case, opinion: Opinion) -> None:
    for name, what in (
        ("title", "标题"),
        ("acceptance", "诉求事项及受理情况"),
        ("findings", "调查核实情况"),
        ("decision", "处理意见及依据"),
    ):
        if not getattr(opinion, name).strip():
            raise RuleBroken(f"“{what}”还没有写，写好后再送审签。", field=name)
    if opinion.items is not None:
        require_answered(tx, matters_of_round(tx, case))
