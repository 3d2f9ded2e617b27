"""How a paper reached the appellant (送达): what every way must say, and the line it leaves."""

from dataclasses import dataclass

from desk.rules.codes import DeliveryWay, PaperState
from desk.rules.errors import RuleBroken
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, Delivery, Paper
from desk.store.requests import CaseRequest
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(CaseRequest):
    """What every record of a delivery says."""

    way: DeliveryWay
    tracking: str = words("邮寄单号", longest=60, default="")
    witness: str = words("见证人", longest=100, default="")
    note: str = words("说明", default="")


def require_way(request: HandOver) -> None:
    """Refuse a way without what it must say (DOMAIN.md 2.2, 9.3).

    Raises:
        RuleBroken: mail without a number, or a refusal without a witness.
    """
    if request.way is DeliveryWay.MAIL and not request.tracking.strip():
        raise RuleBroken("邮寄请填单号，以后查得到。", field="tracking")
    if request.way is DeliveryWay.REFUSED and not request.witness.strip():
        raise RuleBroken("拒签要有见证人签名，请填见证人。", field="witness")


def hand_over(tx: Transaction, paper: Paper, request: HandOver) -> None:
    """Write down that a paper was delivered; what is back already waits for no scan."""
    paper.state = PaperState.SCANNED if paper.scan_sha256 else PaperState.DELIVERED
    tx.add(
        Delivery(
            id=new_id(),
            street_id=tx.street_id,
            paper_id=paper.id,
            way=request.way,
            delivered_at=request.happened_at,
            delivered_by=request.made_by,
            tracking=request.tracking or None,
            witness=request.witness or None,
            note=request.note or None,
        )
    )


def paper_of(tx: Transaction, case: Case, paper_id: int) -> Paper:
    """Return a paper of the case, watched for the history.

    Raises:
        RuleBroken: there is no such paper, or it belongs to another case.
    """
    paper = tx.own(Paper, paper_id, "找不到这份文书，请刷新后再试。", field="paper")
    if paper.case_id != case.id:
        raise RuleBroken("这份文书不属于这一件，请核对二维码。", field="paper")
    tx.watch(paper)
    return paper
