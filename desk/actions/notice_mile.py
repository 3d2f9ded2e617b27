"""A notice's last mile (告知书的最后一步): sealed and delivered, wherever its case stands.

受理告知书 and 引导告知书 go out while the case goes on, so nothing here moves the case. The proof
of delivery is the notice's own lower part (DOMAIN.md 2.2, 9.3).
"""

from dataclasses import dataclass

from desk.actions.handing_over import HandOver, hand_over, paper_of, require_way
from desk.actions.seal_register import Use, note_use
from desk.rules.codes import PaperState
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.notices import NUMBERED
from desk.rules.papers import PAPER_TITLES
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.models import Case, Paper
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_BOTH_COPIES = 2  # one for the appellant, one for the file


@dataclass(frozen=True, slots=True, kw_only=True)
class SealNotice(CaseRequest):
    """Record that a notice was sealed (告知书盖章), with its line in the register of seals.

    Attributes:
        seal: which seal; the hall's usual one where nothing is said.
        approved_by: who allowed it; nobody signs a notice, so it has to be said.
    """

    paper: int
    seal: str = words("印章", longest=100, default="")
    copies: int = amount("份数", 1, default=_BOTH_COPIES)
    approved_by: str = words("批准人", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverNotice(HandOver):
    """Record how a notice reached the appellant (送达告知书)."""

    paper: int


@action(SealNotice, "notice.sealed")
def seal_notice(tx: Transaction, request: SealNotice) -> Changes:
    """Record the sealing in the register, tied to the notice; it may then be delivered.

    Raises:
        RuleBroken: it waits for no seal, nobody allowed it, or the hall has no such seal.
    """
    case = tx.open_case(request.case, request.seen, Deed.SEAL_NOTICE)
    paper = _notice_of(tx, case, request.paper, PaperState.TO_SEAL)
    if not request.approved_by.strip():
        raise RuleBroken("请写是谁批准用印的，用印登记上要有。", field="approved_by")
    use = note_use(
        tx,
        Use(
            seal=request.seal,
            title=f"{PAPER_TITLES[paper.code]} {paper.number}",
            copies=request.copies,
            applicant=paper.issued_by,
            approved_by=request.approved_by,
            at=request.happened_at,
        ),
        paper,
    )
    paper.state, paper.sealed_at = PaperState.TO_DELIVER, request.happened_at
    return Changes(f"盖章 {paper.number}", cases=(case.id,), detail=f"{use.seal} {use.copies} 份")


@action(DeliverNotice, "notice.delivered")
def deliver_notice(tx: Transaction, request: DeliverNotice) -> Changes:
    """Record the delivery of a notice; the case stays where it is.

    Raises:
        RuleBroken: it is not on its way, or the way lacks what it must say.
    """
    case = tx.open_case(request.case, request.seen, Deed.DELIVER_NOTICE)
    paper = _notice_of(tx, case, request.paper, PaperState.TO_DELIVER)
    require_way(request)
    hand_over(tx, paper, request)
    title = f"送达{PAPER_TITLES[paper.code]} {label(request.way)}"
    return Changes(title, cases=(case.id,), detail=request.note)


def _notice_of(tx: Transaction, case: Case, paper_id: int, state: PaperState) -> Paper:
    paper = paper_of(tx, case, paper_id)
    if paper.code not in NUMBERED or paper.state is not state:
        now = label(paper.state)
        raise RuleBroken(f"这份文书现在是“{now}”，请刷新后看它到了哪一步。", field="paper")
    return paper
