"""Papers (文书): numbered and frozen when issued, printed, sealed, delivered, scanned back.

The action freezes the data row (HOUSE.md decision 10); the PDF is rendered after commit, and
`StoreProof` keeps its hash. A correction is a new revision that replaces the old one.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from desk.actions.blobs import keep_blob
from desk.actions.clocks import refresh_next, start_clocks
from desk.rules.codes import AssignmentRole, CaseStatus, ClockEvent, DeliveryWay, PaperState
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.papers import PAPER_TITLES, SERVED
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.layout_texts import shipped_layout
from desk.store.models import (
    Assignment,
    Case,
    Delivery,
    FollowUp,
    FormLayout,
    Paper,
    PaperProof,
    PrintLine,
)
from desk.store.models.hall import today_rows
from desk.store.paper_rows import paper_row
from desk.store.paper_source import Writing
from desk.store.requests import CaseRequest, Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePaper(CaseRequest):
    """Issue a paper anew from the facts as they are now; it replaces the one of the same kind."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreProof(Request):
    """Keep the hash of a paper's PDF as first rendered, and its bytes where it is signed."""

    paper: int
    sha256: str = words("校验值", longest=64)
    font_set: str = words("字体", default="")
    pdf: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPrint(Request):
    """Record that a paper was printed."""

    paper: int
    printer: str = words("打印机")
    copies: int = amount("份数", 1, default=1)
    sha256: str = words("校验值", longest=64, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPaper(CaseRequest):
    """Record that the signed opinion was sealed (盖章); the program keeps no seal pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverPaper(CaseRequest):
    """Record how the opinion reached the appellant (送达)."""

    way: DeliveryWay
    tracking: str = words("邮寄单号", longest=60, default="")
    witness: str = words("见证人", longest=100, default="")
    note: str = words("说明", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanBack(CaseRequest):
    """Keep the scan of a signed paper (签字件已扫回)."""

    paper: int
    media_type: str = words("文件类型", longest=60)
    scan: bytes = field(repr=False)
    box_number: str = words("档案盒号", longest=60, default="")


def issue(
    tx: Transaction,
    case: Case,
    code: str,
    *,
    number: str,
    assignment: Any = None,
    follow_up: Any = None,
) -> Paper:
    """Freeze a paper's data row under its number."""
    tx.session.flush()
    paper_id = new_id()
    writing = tx.once(
        "writing", lambda: Writing(tx.session, tx.street_id, tx.today, tx.person.name)
    )
    row = paper_row(
        writing, case, code, number=number, paper_id=paper_id, about=assignment or follow_up
    )
    paper = Paper(
        id=paper_id,
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        code=code,
        number=number,
        revision=1,
        state=PaperState.TO_SEAL if code in SERVED else PaperState.ISSUED,
        row=row,
        layout_sha256=tx.once(("layout", code), lambda: _keep_layout(tx, code)),
        issued_by=tx.person.staff_id,
        issued_at=tx.now,
    )
    tx.add(paper)
    return paper


def _keep_layout(tx: Transaction, code: str) -> str:
    """Keep the layout of today, the hall's own or ours, so that a reprint is set the same."""
    own = tx.session.scalar(
        select(FormLayout.toml).where(
            FormLayout.street_id == tx.street_id,
            FormLayout.code == code,
            today_rows(FormLayout, tx.today),
        )
    )
    return keep_blob(tx, (own or shipped_layout(code)).encode(), "application/toml")


@action(IssuePaper, "paper.issued")
def issue_paper(tx: Transaction, request: IssuePaper) -> Changes:
    """Issue a new revision of a paper from the facts as they are now; number and history stay.

    Raises:
        RuleBroken: this case has no such paper yet, or it was already signed.
    """
    if request.code not in PAPER_TITLES:
        raise RuleBroken("没有这种文书，请从列表里选。", field="code")
    case = tx.open_case(request.case, request.seen, Deed.ISSUE_PAPER)
    old = newest_paper(tx, case, request.code)
    if old is None:
        raise RuleBroken(f"这一件还没有{PAPER_TITLES[request.code]}，办到那一步会自动出具。")
    if old.state not in {PaperState.ISSUED, PaperState.TO_SEAL}:
        raise RuleBroken("这份文书已送出，要更正请办二次答复。")
    paper = issue(
        tx,
        case,
        request.code,
        number=old.number,
        assignment=_newest_dispatch(tx, case) if request.code == "dispatch-slip" else None,
        follow_up=_newest_followup(tx, case) if request.code == "followup-record" else None,
    )
    paper.revision, paper.replaces_id = old.revision + 1, old.id
    tx.watch(old)
    old.state = PaperState.VOID
    return Changes(
        f"更正{PAPER_TITLES[request.code]}，第 {paper.revision} 版",
        cases=(case.id,),
        made={"paper": paper.id},
    )


@action(StoreProof, "paper.rendered")
def store_proof(tx: Transaction, request: StoreProof) -> Changes:
    """Keep what the paper looked like; a different picture later is found by `check`.

    Raises:
        RuleBroken: the paper was rendered before and looked different.
    """
    paper = _paper(tx, request.paper)
    proof = tx.session.get(PaperProof, paper.id)
    if proof is not None and proof.sha256 != request.sha256:
        raise RuleBroken(f"{paper.number} 与第一次出具时不一致，请不要使用，并告诉管机器的同事。")
    if proof is None:
        blob = keep_blob(tx, request.pdf, "application/pdf") if request.pdf else None
        tx.add(
            PaperProof(
                paper_id=paper.id,
                street_id=tx.street_id,
                sha256=request.sha256,
                font_set=request.font_set,
                blob_sha256=blob,
                rendered_at=tx.now,
            )
        )
    return Changes(f"生成{PAPER_TITLES[paper.code]}", made={"paper": paper.id})


@action(LogPrint, "paper.printed")
def log_print(tx: Transaction, request: LogPrint) -> Changes:
    """Record a print: who, when, which printer, how many."""
    paper = _paper(tx, request.paper)
    tx.add(
        PrintLine(
            id=new_id(),
            street_id=tx.street_id,
            paper_id=paper.id,
            printed_by=request.made_by,
            printed_at=request.happened_at,
            printer=request.printer,
            copies=request.copies,
            sha256=request.sha256,
        )
    )
    return Changes(f"打印{PAPER_TITLES[paper.code]} {request.copies} 份", made={"paper": paper.id})


@action(SealPaper, "paper.sealed")
def seal_paper(tx: Transaction, request: SealPaper) -> Changes:
    """Record the sealing; the opinion may then be delivered (DOMAIN.md 9.3)."""
    case = tx.open_case(request.case, request.seen, Deed.SEAL)
    require_move(case.status, CaseStatus.DELIVERING)
    paper = _served_paper(tx, case)
    paper.state, paper.sealed_at = PaperState.TO_DELIVER, request.happened_at
    case.status = CaseStatus.DELIVERING
    refresh_next(tx, case)
    return Changes(f"盖章 {paper.number}", cases=(case.id,))


@action(DeliverPaper, "paper.delivered")
def deliver_paper(tx: Transaction, request: DeliverPaper) -> Changes:
    """Record the delivery; the follow-up clock starts (DOMAIN.md 9.3).

    Raises:
        RuleBroken: mail without a number, or a refusal without a witness.
    """
    case = tx.open_case(request.case, request.seen, Deed.DELIVER)
    if request.way is DeliveryWay.MAIL and not request.tracking.strip():
        raise RuleBroken("邮寄请填单号，以后查得到。", field="tracking")
    if request.way is DeliveryWay.REFUSED and not request.witness.strip():
        raise RuleBroken("拒签要有见证人签名，请填见证人。", field="witness")
    require_move(case.status, CaseStatus.FOLLOW_UP)
    paper = _served_paper(tx, case)
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
    case.status = CaseStatus.FOLLOW_UP
    start_clocks(tx, case, ClockEvent.DELIVERED, request.happened_at)
    refresh_next(tx, case)
    return Changes(f"送达意见书 {label(request.way)}", cases=(case.id,), detail=request.note)


@action(ScanBack, "paper.scanned_back")
def scan_back(tx: Transaction, request: ScanBack) -> Changes:
    """Keep the scan of the signed paper with the paper it belongs to."""
    case = tx.open_case(request.case, request.seen, Deed.SCAN_BACK)
    paper = _paper(tx, request.paper)
    if paper.case_id != case.id:
        raise RuleBroken("这份文书不属于这一件，请核对二维码。")
    paper.scan_sha256 = keep_blob(tx, request.scan, request.media_type)
    paper.box_number = request.box_number or paper.box_number
    if paper.state is not PaperState.VOID:
        paper.state = PaperState.SCANNED
    return Changes(f"签字件已扫回 {PAPER_TITLES[paper.code]}", cases=(case.id,))


def newest_paper(tx: Transaction, case: Case, code: str) -> Paper | None:
    """Return the newest valid paper of a kind on a case."""
    return tx.session.scalar(
        select(Paper)
        .where(Paper.case_id == case.id, Paper.code == code, Paper.state != PaperState.VOID)
        .order_by(Paper.id.desc())
        .limit(1)
    )


def _newest_dispatch(tx: Transaction, case: Case) -> Assignment:
    """Return the lead's part as last dispatched; the slips of one dispatch say the same."""
    return tx.session.scalars(
        select(Assignment)
        .where(
            Assignment.case_id == case.id,
            Assignment.role == AssignmentRole.LEAD,
            Assignment.dispatched_by.is_not(None),
        )
        .order_by(Assignment.id.desc())
        .limit(1)
    ).one()


def _newest_followup(tx: Transaction, case: Case) -> FollowUp:
    return tx.session.scalars(
        select(FollowUp)
        .where(FollowUp.case_id == case.id, FollowUp.next_step.is_not(None))
        .order_by(FollowUp.seq.desc())
        .limit(1)
    ).one()


def _paper(tx: Transaction, paper_id: int) -> Paper:
    paper = tx.session.get(Paper, paper_id)
    if paper is None or paper.street_id != tx.street_id:
        raise RuleBroken("找不到这份文书，请刷新后再试。")
    return paper


def _served_paper(tx: Transaction, case: Case) -> Paper:
    paper = newest_paper(tx, case, "opinion-notice")
    if paper is None:
        raise RuleBroken("还没有签发的意见书。")
    tx.watch(paper)
    return paper
