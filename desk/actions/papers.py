"""Papers (文书): numbered and frozen when issued, printed, sealed, delivered, scanned back.

The action freezes the data row (HOUSE.md decision 10); the PDF is rendered after commit, and
`StoreProof` keeps its hash. A correction is a new revision that replaces the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from desk.actions.blobs import keep_blob
from desk.rules.codes import AssignmentRole, PaperState
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.followup_advice import advice_in
from desk.rules.mediation_papers import COVER, DOSSIER
from desk.rules.notices import NOTICE_SEAL, NUMBERED, first_state, may_be_corrected
from desk.rules.papers import OF_THE_HALL, PAPER_TITLES
from desk.store.followup_rows import FollowUpSheet
from desk.store.gate import amount, words
from desk.store.hall_paper_rows import hall_paper_row
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.layout_functions import LAYOUT
from desk.store.layout_texts import shipped_layout
from desk.store.models import (
    Assignment,
    Case,
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

_SIGNED = "这份文书的签字件已扫回，更正会把它作废。请接着记盖章、送达；内容有误的请写批注说明。"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePaper(CaseRequest):
    """Issue a paper anew from the facts as they are now; it replaces the one of the same kind."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreProof(Request):
    """Keep the hash of a paper's PDF as first rendered, and its bytes where it is signed.

    Made: {"paper": which one, "sha256": of what is kept now}.
    """

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
    row = paper_row(
        writing_of(tx), case, code, number=number, paper_id=paper_id, about=assignment or follow_up
    )
    paper = frozen_paper(tx, paper_id, code, number, row)
    paper.case_id, paper.round_no = case.id, case.round_no
    tx.add(paper)
    return paper


def look_layouts_up(tx: Transaction, *codes: str) -> None:
    """Read and keep today's layouts of papers before something is held that others wait for."""
    for code in codes:
        _layout_kept(tx, code)


def issue_for_hall(
    tx: Transaction,
    code: str,
    row: Mapping[str, Any],
    number: str,
    *,
    letter: int | None = None,
) -> Paper:
    """Freeze a paper of the hall, which belongs to no case, from plain data under its number.

    Args:
        row: what the form prints besides number, office and date (`forms/hall_rows.py`).
        letter: of which letter it is the paper: it is read by whom that one is told to.
    """
    assert code in OF_THE_HALL, code  # noqa: S101 - a slip of a programmer, no clerk can do it
    paper_id = new_id()
    whole = hall_paper_row(writing_of(tx), code, row, number=number, paper_id=paper_id)
    paper = frozen_paper(tx, paper_id, code, number, whole)
    paper.case_id, paper.round_no, paper.letter_id = None, 0, letter
    tx.add(paper)
    return paper


def writing_of(tx: Transaction) -> Writing:
    """Return where a transaction writes its papers; what is looked up is shared by all of them."""
    return tx.once("writing", lambda: Writing(tx.session, tx.street_id, tx.today, tx.person.name))


def frozen_paper(
    tx: Transaction, paper_id: int, code: str, number: str, row: dict[str, Any]
) -> Paper:
    """Return a paper with its data row and its layout of today; it is not added yet."""
    return Paper(
        id=paper_id,
        street_id=tx.street_id,
        code=code,
        number=number,
        revision=1,
        state=_first_state(tx, code),
        row=row,
        layout_sha256=_layout_kept(tx, COVER if code == DOSSIER else code),
        issued_by=tx.person.staff_id,
        issued_at=tx.now,
    )


def _first_state(tx: Transaction, code: str) -> PaperState:
    seals = code in NUMBERED and bool(setting(tx.session, tx.street_id, NOTICE_SEAL, tx.today))
    return first_state(code, seals_notices=seals)


def _layout_kept(tx: Transaction, code: str) -> str:
    """Keep the layout of today, the hall's own or ours, so that a reprint is set the same."""

    def keep() -> str:
        own = tx.once("own layouts", lambda: _own_layouts(tx)).get(code)
        return keep_blob(tx, (own or shipped_layout(code)).encode(), LAYOUT)

    return tx.once(("layout", code), keep)


def _own_layouts(tx: Transaction) -> dict[str, str]:
    """Return the layouts that the hall has made its own; most halls have none."""
    rows = tx.session.execute(
        select(FormLayout.code, FormLayout.toml).where(
            FormLayout.street_id == tx.street_id, today_rows(FormLayout, tx.today)
        )
    )
    return {row.code: row.toml for row in rows}


@action(IssuePaper, "paper.issued")
def issue_paper(tx: Transaction, request: IssuePaper) -> Changes:
    """Issue a new revision of a paper from the facts as they are now; number and history stay.

    Raises:
        RuleBroken: this case has no such paper yet, it has left the hall, or it was signed.
    """
    if request.code not in PAPER_TITLES:
        raise RuleBroken("没有这种文书，请从列表里选。", field="code")
    case = tx.open_case(request.case, request.seen, Deed.ISSUE_PAPER)
    old = newest_paper(tx, case, request.code)
    if old is None:
        raise RuleBroken(f"这一件还没有{PAPER_TITLES[request.code]}，办到那一步会自动出具。")
    if not may_be_corrected(old.code, old.state):
        raise RuleBroken("这份文书已送出，要更正请办二次答复。")
    if old.scan_sha256 is not None:
        raise RuleBroken(_SIGNED, field="code")
    paper = issue(
        tx,
        case,
        request.code,
        number=old.number,
        assignment=_newest_dispatch(tx, case) if request.code == "dispatch-slip" else None,
        follow_up=_newest_followup(tx, case, old) if request.code == "followup-record" else None,
    )
    replace_paper(tx, old, paper)
    return Changes(
        f"更正{PAPER_TITLES[request.code]}，第 {paper.revision} 版",
        cases=(case.id,),
        made={"paper": paper.id},
    )


def replace_paper(tx: Transaction, old: Paper, new: Paper) -> None:
    """Make a paper the next revision of another one, which is void from now on."""
    new.revision, new.replaces_id = old.revision + 1, old.id
    tx.watch(old)
    old.state = PaperState.VOID


@action(StoreProof, "paper.rendered")
def store_proof(tx: Transaction, request: StoreProof) -> Changes:
    """Keep what the paper looked like; a different picture later is found by `check`.

    No two desks bind a book (整卷) to the same byte: there the first one stays.

    Raises:
        RuleBroken: the paper was rendered before and looked different.
    """
    paper = _paper(tx, request.paper)
    proof = tx.session.get(PaperProof, paper.id)
    is_same = proof is None or proof.sha256 == request.sha256
    if not is_same and paper.code != DOSSIER:
        raise RuleBroken(f"{paper.number} 与第一次出具时不一致，请不要使用，并告诉管机器的同事。")
    if proof is None:
        blob = keep_blob(tx, request.pdf, "application/pdf") if request.pdf else None
        proof = PaperProof(
            paper_id=paper.id,
            street_id=tx.street_id,
            sha256=request.sha256,
            font_set=request.font_set,
            blob_sha256=blob,
            rendered_at=tx.now,
        )
        tx.add(proof)
    made = {"paper": paper.id, "sha256": proof.sha256}
    return Changes(f"生成{PAPER_TITLES[paper.code]}", made=made)


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


def _newest_followup(tx: Transaction, case: Case, old: Paper) -> FollowUpSheet:
    """Return what the record is about; what was proposed stays as the old record says."""
    row = tx.session.scalars(
        select(FollowUp)
        .where(FollowUp.case_id == case.id, FollowUp.next_step.is_not(None))
        .order_by(FollowUp.seq.desc())
        .limit(1)
    ).one()
    return FollowUpSheet(row, advice_in(old.row["next_steps"]))


def _paper(tx: Transaction, paper_id: int) -> Paper:
    return tx.own(Paper, paper_id, "找不到这份文书，请刷新后再试。")
