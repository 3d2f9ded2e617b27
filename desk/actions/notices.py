"""Papers issued because somebody asks for them: 告知书、送达回证、办结报告、卷内目录."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.actions.clocks import happened
from desk.actions.numbers import next_text
from desk.actions.papers import issue
from desk.rules.codes import ClockEvent, PaperState
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.notices import NUMBERED, IssuedPaper, why_not
from desk.rules.numbering import NumberKind
from desk.rules.papers import PAPER_TITLES
from desk.store.models import Case, Paper
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_TAKEN_IN = "acceptance-notice"  # 受理告知书


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNotice(CaseRequest):
    """Issue a paper for the first time that no step of the case issues by itself (出具文书)."""

    code: str


@action(IssueNotice, "notice.issued")
def issue_notice(tx: Transaction, request: IssueNotice) -> Changes:
    """Issue the paper under a number of its own, or that of its case.

    Raises:
        RuleBroken: the paper does not fit the case as it stands, or was issued before.
    """
    case = tx.open_case(request.case, request.seen, Deed.ISSUE_PAPER)
    sentence = why_not(request.code, case.status, case.exit, case.round_no, _issued(tx, case))
    if sentence:
        raise RuleBroken(sentence, field="code")
    number = case.number
    if request.code in NUMBERED:
        number = next_text(tx, NumberKind.ACCEPTANCE, request.happened_at)
    paper = issue(tx, case, request.code, number=number)
    if request.code == _TAKEN_IN:
        happened(tx, case, ClockEvent.NOTIFIED, request.happened_at)
    return Changes(
        f"出具{PAPER_TITLES[request.code]} {number}",
        cases=(case.id,),
        made={"paper": paper.id, "number": number},
    )


def _issued(tx: Transaction, case: Case) -> list[IssuedPaper]:
    rows = tx.session.execute(
        select(Paper.code, Paper.state, Paper.round_no).where(
            Paper.case_id == case.id, Paper.state != PaperState.VOID
        )
    )
    return [IssuedPaper(*row) for row in rows]
