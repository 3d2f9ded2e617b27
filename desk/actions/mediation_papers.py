"""Papers of a mediation (人民调解文书): numbered and frozen under the committee's letterhead."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from desk.actions.blobs import keep_blob
from desk.actions.papers import frozen_paper, writing_of
from desk.rules.codes import PaperState
from desk.rules.errors import RuleBroken
from desk.rules.mediation_papers import (
    EXTENSION,
    MEDIATION_TITLES,
    NUMBERED_APART,
    apart_number,
    why_no_mediation_paper,
)
from desk.rules.mediation_rights import MediationDeed
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.mediation_access import look_at_mediation, open_mediation
from desk.store.mediation_rows import mediation_paper_row
from desk.store.mediation_sight import content_seen_by
from desk.store.models import (
    JudicialConfirmation,
    Mediation,
    MediationAgreement,
    MediationCompanion,
    MediationFollowUp,
    MediationInquiry,
    MediationParty,
    MediationSession,
    Paper,
)
from desk.store.requests import Changes, MediationRequest, Request, action
from desk.store.transaction import Transaction

_NO_PAPER = "找不到这份调解文书，请核对二维码。"
_AGREEMENTS = frozenset({"mediation-agreement", "mediation-oral-agreement"})
# What a paper is about, where there may be several on one mediation.
_SUBJECTS: Mapping[str, tuple[type[Any], ...]] = MappingProxyType(
    {
        "mediation-record": (MediationSession,),
        "mediation-investigation": (MediationInquiry,),
        "mediation-followup": (MediationFollowUp,),
        "judicial-confirmation": (JudicialConfirmation,),
        "mediation-notice": (MediationParty,),
        "mediation-address": (MediationParty,),
        "mediation-power": (MediationCompanion, MediationParty),
    }
)
_NOTHING_YET = MappingProxyType(
    {
        "mediation-record": "还没有调解笔录，请先记下这一次调解。",
        "mediation-investigation": "还没有调查记录，请先记下调查的情况。",
        "mediation-followup": "还没有回访记录，请先记下回访的情况。",
        "judicial-confirmation": "还没有登记司法确认申请，请先登记向哪个法院申请。",
        "mediation-notice": "还没有当事人，请先补上当事人。",
        "mediation-address": "还没有当事人，请先补上当事人。",
        "mediation-power": "还没有当事人，请先补上当事人。",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMediationPaper(MediationRequest):
    """Issue a paper of a mediation from the facts as they are now.

    Attributes:
        about: the sitting, inquiry, visit, application, party or companion it is about; the newest
            (of parties: the first) where nothing is said.
    """

    code: str
    about: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanBackMediation(Request):
    """Keep the scan of a signed paper of a mediation; its square code says which paper it is."""

    paper: int
    media_type: str = words("文件类型", longest=60)
    scan: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDossier(Request):
    """Take a whole dossier out of the program as one bound file (整卷)."""

    mediation: int


def issue_for_mediation(
    tx: Transaction, mediation: Mediation, code: str, *, about: Any = None
) -> Paper:
    """Freeze a paper of a mediation under the file's number; it replaces the one it corrects.

    Args:
        about: the row of the sitting, inquiry, visit, application, party or companion.

    Raises:
        RuleBroken: the paper that it would replace has come back signed.
    """
    tx.session.flush()
    old = _replaced(tx, mediation, code, about)
    if old is not None and old.scan_sha256 is not None:
        raise RuleBroken(
            f"{MEDIATION_TITLES[code]}已签字扫回，不能再换一版。要改请另写一份补充的笔录或协议。"
        )
    paper_id = new_id()
    number = old.number if old is not None else _number(tx, mediation, code)
    row = mediation_paper_row(
        writing_of(tx), mediation, code, number=number, paper_id=paper_id, about=about
    )
    paper = frozen_paper(tx, paper_id, code, number, row)
    paper.case_id, paper.mediation_id, paper.round_no = None, mediation.id, 0
    if old is not None:
        paper.revision, paper.replaces_id = old.revision + 1, old.id
        old.state = PaperState.VOID
    tx.add(paper)
    subject = _subject(tx, mediation, code, about)
    if subject is not None:
        subject.paper_id = paper.id
    return paper


@action(IssueMediationPaper, "mediation.paper_issued")
def issue_mediation_paper(tx: Transaction, request: IssueMediationPaper) -> Changes:
    """Issue a paper of a mediation, or a new version of it.

    Raises:
        RuleBroken: there is no such paper, the mediation is not that far, or what it is about is
            missing or belongs to another mediation.
    """
    if request.code not in MEDIATION_TITLES:
        raise RuleBroken("没有这种调解文书，请从列表里选。", field="code")
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.PAPER)
    sentence = why_no_mediation_paper(request.code, mediation.status)
    if sentence:
        raise RuleBroken(sentence, field="code")
    if request.code in _AGREEMENTS and tx.session.get(MediationAgreement, mediation.id) is None:
        raise RuleBroken("还没有写协议内容，请先写好协议再出具。", field="code")
    about = _about(tx, mediation, request)
    paper = issue_for_mediation(tx, mediation, request.code, about=about)
    return Changes(
        f"出具{MEDIATION_TITLES[paper.code]} {paper.number}",
        mediations=(mediation.id,),
        made={"paper": paper.id, "number": paper.number},
    )


@action(ScanBackMediation, "mediation.paper_scanned")
def scan_back_mediation(tx: Transaction, request: ScanBackMediation) -> Changes:
    """Keep the scan of a signed paper with the paper it belongs to; the same scan stays one.

    A scan only adds to its file, so nobody need have seen the newest version.

    Raises:
        RuleBroken: there is no such paper, or a newer version has replaced it.
        NotAllowed: the mediation is not the asker's, or it is archived.
    """
    paper = tx.session.get(Paper, request.paper)
    if paper is None or paper.mediation_id is None or not _is_read(tx, paper.mediation_id):
        raise RuleBroken(_NO_PAPER, field="paper")
    mediation = look_at_mediation(tx, paper.mediation_id, MediationDeed.FILE)
    if paper.state is PaperState.VOID:
        raise RuleBroken("这是作废的一版，已有新的一版。请当事人签新的一版再扫。", field="paper")
    title = f"签字件已扫回 {MEDIATION_TITLES[paper.code]}"
    made = {"mediation": mediation.id, "paper": paper.id, "number": mediation.number}
    if paper.scan_sha256 == hashlib.sha256(request.scan).hexdigest():
        return Changes(f"{title}（同一份，已在）", made=made)
    mediation = open_mediation(tx, mediation.id, None, MediationDeed.FILE)
    paper.scan_sha256 = keep_blob(tx, request.scan, request.media_type)
    paper.state = PaperState.SCANNED
    return Changes(title, mediations=(mediation.id,), made=made)


def _is_read(tx: Transaction, mediation: int) -> bool:
    """Return whether the content is the asker's to read; else he hears of no paper of it."""
    read = select(Mediation.id).where(Mediation.id == mediation, content_seen_by(tx.person, tx.now))
    return tx.session.scalar(read) is not None


@action(TakeDossier, "mediation.dossier_taken")
def take_dossier(tx: Transaction, request: TakeDossier) -> Changes:
    """Leave a line in the history before a whole dossier is bound and leaves the program.

    Raises:
        NotAllowed: the mediation is not the asker's.
    """
    mediation = look_at_mediation(tx, request.mediation, MediationDeed.PAPER)
    return Changes(f"装订整卷 {mediation.number}", made={"mediation": mediation.id})


def _about(tx: Transaction, mediation: Mediation, request: IssueMediationPaper) -> Any:
    """Return the row that the paper is about."""
    tables = _SUBJECTS.get(request.code, ())
    if not tables:
        return None
    if request.about is None:
        table = tables[-1]
        rows = select(table).where(table.mediation_id == mediation.id)
        newest = table.position if table is MediationParty else table.id.desc()
        found = tx.session.scalars(rows.order_by(newest).limit(1)).first()
    else:
        rows_of = (tx.session.get(table, request.about) for table in tables)
        found = next((row for row in rows_of if row is not None), None)
    if found is None or found.mediation_id != mediation.id:
        raise RuleBroken(_NOTHING_YET[request.code], field="about")
    return found


def _subject(tx: Transaction, mediation: Mediation, code: str, about: Any) -> Any:
    """Return the row that keeps which paper was made of it, or None."""
    if code in _AGREEMENTS:
        return tx.session.get(MediationAgreement, mediation.id)
    return about if hasattr(about, "paper_id") else None


def _replaced(tx: Transaction, mediation: Mediation, code: str, about: Any) -> Paper | None:
    """Return the paper that a new one corrects: of the same sitting, or the only one of its kind.

    Notices and powers are for one person each, and each extension has its own consent: a further
    one replaces none.
    """
    if code in _SUBJECTS:
        subject = _subject(tx, mediation, code, about)
        if subject is None or subject.paper_id is None:
            return None
        return tx.session.get(Paper, subject.paper_id)
    found = tx.session.scalars(
        select(Paper)
        .where(
            Paper.mediation_id == mediation.id, Paper.code == code, Paper.state != PaperState.VOID
        )
        .order_by(Paper.id.desc())
        .limit(1)
    ).first()
    if code == EXTENSION and found is not None and _is_of_before(found, mediation):
        return None
    return found


def _is_of_before(paper: Paper, mediation: Mediation) -> bool:
    """Return whether a consent was about an extension before: signed, or for other days."""
    due_on = mediation.due_on.isoformat() if mediation.due_on else None
    return paper.scan_sha256 is not None or paper.row["due_on"] != due_on


def _number(tx: Transaction, mediation: Mediation, code: str) -> str:
    """Return the file's own number; notices and letters are counted on, void ones too."""
    if code not in NUMBERED_APART:
        return mediation.number
    taken = tx.session.scalar(
        select(func.count(func.distinct(Paper.number))).where(
            Paper.mediation_id == mediation.id, Paper.code.in_(NUMBERED_APART)
        )
    )
    return apart_number(mediation.number, (taken or 0) + 1)
