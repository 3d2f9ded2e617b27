"""A paper's last mile (文书最后一步): numbered, sealed, delivered, scanned back (DOMAIN.md 9.3).

Sealing leaves a line in the register of seals; the program keeps no picture of any seal.
"""

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from desk.actions.blobs import keep_blob
from desk.actions.clocks import happened, refresh_next
from desk.actions.handing_over import HandOver, hand_over, paper_of, require_way
from desk.actions.numbers import number_text
from desk.actions.opinion_papers import issue_opinion
from desk.actions.opinions import present_opinion
from desk.actions.papers import issue, newest_paper
from desk.actions.seal_register import Use, name_of, note_use
from desk.rules.codes import CaseStatus, ClockEvent, PaperState
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.moments import in_shanghai
from desk.rules.numbering import NumberKind, read_number
from desk.rules.papers import PAPER_TITLES
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.models import Case, Opinion, Paper
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_OPINION, _PROOF = "opinion-notice", "delivery-proof"
# Until it has been delivered a paper stays where it is, even if its scan is here already.
_ON_ITS_WAY = frozenset({PaperState.TO_SEAL, PaperState.TO_DELIVER, PaperState.VOID})


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveNumber(CaseRequest):
    """Type in the number that the 党政办 gave a signed opinion (录入文号)."""

    number: str = words("文号", longest=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPaper(CaseRequest):
    """Record that the signed opinion was sealed (盖章); the program keeps no seal pictures.

    Attributes:
        seal: which seal; the hall's usual one where nothing is said.
        approved_by: who allowed it; whoever signed the opinion where nothing is said.
    """

    seal: str = words("印章", longest=100, default="")
    copies: int = amount("份数", 1, default=1)
    approved_by: str = words("批准人", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverPaper(HandOver):
    """Record how the opinion, and what went with it, reached the appellant (送达).

    Attributes:
        with_papers: notices of the case that were handed over together with it.
    """

    with_papers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanBack(CaseRequest):
    """Keep the scan of a signed paper (签字件已扫回); it may come before or after the delivery.

    Attributes:
        box_number: where the originals of the case lie; of a case in the archive, where this one
            lies if not with the others.
    """

    paper: int
    media_type: str = words("文件类型", longest=60)
    scan: bytes = field(repr=False)
    box_number: str = words("档案盒号", longest=60, default="")


@action(GiveNumber, "paper.numbered")
def give_number(tx: Transaction, request: GiveNumber) -> Changes:
    """Issue the papers of a signed opinion under the office's number (DOMAIN.md 9.3).

    Raises:
        RuleBroken: it has a number, the number cannot be one, or another opinion has it.
    """
    case = tx.open_case(request.case, request.seen, Deed.GIVE_NUMBER)
    opinion = present_opinion(tx, case)
    if _served_paper(tx, case) is not None:
        raise RuleBroken("这份意见书已有文号，不用再录。", field="number")
    number = _checked_number(tx, case, request.number)
    tx.watch(opinion)
    issue_opinion(tx, case, opinion, number)
    return Changes(f"录入文号 {number}", cases=(case.id,), made={"number": number})


@action(SealPaper, "paper.sealed")
def seal_paper(tx: Transaction, request: SealPaper) -> Changes:
    """Record the sealing in the register; the opinion may then be delivered (DOMAIN.md 9.3).

    Raises:
        RuleBroken: the opinion has no number yet, or the hall has no such seal.
    """
    case = tx.open_case(request.case, request.seen, Deed.SEAL)
    require_move(case.status, CaseStatus.DELIVERING)
    paper = _require_served(tx, case)
    opinion = present_opinion(tx, case)
    use = note_use(
        tx,
        Use(
            seal=request.seal,
            title=f"{PAPER_TITLES[paper.code]} {paper.number}",
            copies=request.copies,
            applicant=case.handler_id or paper.issued_by,
            approved_by=request.approved_by or name_of(tx, opinion.signed_by),
            at=request.happened_at,
        ),
        paper,
    )
    paper.state, paper.sealed_at = PaperState.TO_DELIVER, request.happened_at
    case.status = CaseStatus.DELIVERING
    refresh_next(tx, case)
    issue(tx, case, _PROOF, number=case.number)  # goes with the opinion to be signed
    return Changes(f"盖章 {paper.number}", cases=(case.id,), detail=f"{use.seal} {use.copies} 份")


@action(DeliverPaper, "paper.delivered")
def deliver_paper(tx: Transaction, request: DeliverPaper) -> Changes:
    """Record the delivery; the follow-up clock starts (DOMAIN.md 9.3).

    Raises:
        RuleBroken: mail without a number, a refusal without a witness, a paper of another case,
            or one that is not on its way.
    """
    case = tx.open_case(request.case, request.seen, Deed.DELIVER)
    require_way(request)
    require_move(case.status, CaseStatus.FOLLOW_UP)
    papers = [_require_served(tx, case)]
    others = (paper_of(tx, case, paper) for paper in dict.fromkeys(request.with_papers))
    papers += [paper for paper in others if paper is not papers[0]]
    for paper in papers:
        if paper.state is not PaperState.TO_DELIVER:
            raise RuleBroken(
                f"{paper.number} 还没有盖章，或已经送达，请取消勾选后再存。", field="with_papers"
            )
        hand_over(tx, paper, request)
    case.status = CaseStatus.FOLLOW_UP
    happened(tx, case, ClockEvent.DELIVERED, request.happened_at)
    refresh_next(tx, case)
    together = f"，连同 {len(papers) - 1} 份文书" if len(papers) > 1 else ""
    return Changes(
        f"送达意见书 {label(request.way)}{together}", cases=(case.id,), detail=request.note
    )


@action(ScanBack, "paper.scanned_back")
def scan_back(tx: Transaction, request: ScanBack) -> Changes:
    """Keep the scan of the signed paper with the paper it belongs to; the same scan stays one.

    A scan only adds to its case, so nobody need have seen the newest version.

    Raises:
        RuleBroken: there is no such paper, or it belongs to another case.
    """
    case = tx.look_at(request.case, Deed.SCAN_BACK)
    paper = paper_of(tx, case, request.paper)
    title = f"签字件已扫回 {PAPER_TITLES[paper.code]}"
    made = {"case": case.id, "paper": paper.id, "number": case.number}
    if paper.scan_sha256 == hashlib.sha256(request.scan).hexdigest():
        return Changes(f"{title}（同一份，已在）", made=made)
    case = tx.open_case(request.case, None, Deed.SCAN_BACK)
    paper.scan_sha256 = keep_blob(tx, request.scan, request.media_type)
    _put_into_box(case, paper, request.box_number.strip())
    if paper.state not in _ON_ITS_WAY:
        paper.state = PaperState.SCANNED
    return Changes(title, cases=(case.id,), made=made)


def _checked_number(tx: Transaction, case: Case, written: str) -> str:
    """Return a number of the office as it is printed; only its running number may be typed."""
    year = in_shanghai(tx.now).year
    said = read_number(written)
    if said is None or said.seq == 0:
        raise RuleBroken(
            "文号请写成“青榕诉意〔2026〕17号”这样，或只写流水号，如 17。", field="number"
        )
    if said.letters and said.year:
        number = f"{said.letters}〔{said.year}〕{said.seq}号"
    else:
        number = number_text(tx, NumberKind.OPINION, said.year or year, said.seq)
    if said.year not in {None, year, _signed_year(tx, case)}:
        raise RuleBroken(f"文号写的是 {said.year} 年，现在是 {year} 年，请核对。", field="number")
    taken = tx.session.scalar(
        select(Case.number)
        .join(Opinion, Opinion.case_id == Case.id)
        .where(
            Case.street_id == tx.street_id,
            Opinion.number == number,
            or_(Case.id != case.id, Opinion.round_no != case.round_no),
        )
        .limit(1)
    ) or tx.session.scalar(
        select(Case.number)
        .join(Paper, Paper.case_id == Case.id)
        .where(Paper.street_id == tx.street_id, Paper.number == number, Case.id != case.id)
        .limit(1)
    )
    if taken:
        raise RuleBroken(f"{number} 已给了 {taken}，一个文号只能用一次，请核对。", field="number")
    return number


def _signed_year(tx: Transaction, case: Case) -> int:
    """Return the year of the signature: what was signed on the last day is numbered later."""
    return in_shanghai(present_opinion(tx, case).signed_at or tx.now).year


def _served_paper(tx: Transaction, case: Case) -> Paper | None:
    paper = newest_paper(tx, case, _OPINION)
    return paper if paper is not None and paper.round_no == case.round_no else None


def _require_served(tx: Transaction, case: Case) -> Paper:
    paper = _served_paper(tx, case)
    if paper is None:
        raise RuleBroken("还没有可以盖章的意见书：文号还没有录入的，请先录入文号。")
    tx.watch(paper)
    return paper


def _put_into_box(case: Case, paper: Paper, box: str) -> None:
    """Keep the box as a fact of the case; what comes after the archiving may lie elsewhere."""
    if not box or box == case.box_number:
        return
    if case.status is CaseStatus.ARCHIVED:
        paper.box_number = box
    else:
        case.box_number = box
