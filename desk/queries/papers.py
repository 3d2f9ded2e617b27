"""Papers as they are stored (文书): the frozen row, its layout and the proof of its first print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desk.queries.own_work import is_own_work, looks_now, sends_letters, sends_notice
from desk.rules.codes import PaperState, Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import day_of, in_shanghai
from desk.rules.papers import HANDED_OVER, KEEPS_BYTES, PAPER_TITLES
from desk.rules.rights import NOT_FOUND, may, require
from desk.store.blobs import read_blob
from desk.store.contacts_told import contact_for_paper
from desk.store.database import Reader
from desk.store.frozen_rows import is_unreadable
from desk.store.models import (
    Case,
    FormLayout,
    Paper,
    PaperProof,
    PrintLine,
    Staff,
    TeamMember,
)
from desk.store.models.hall import today_rows
from desk.store.paper_rows import paper_row
from desk.store.paper_sight import paper_seen_by
from desk.store.paper_source import Writing
from desk.store.sealing import is_sealed, require_unsealed
from desk.store.sight import seen_by
from desk.store.transaction import stand_of

# Papers name people. Letters are seen by those who sign, seal and deliver them while they do, the
# rest by whoever issued them or files the case; who asked to be hidden is kept from the latter
# too, but on these papers he is not named. All others say why they look, or do not look.
_UNNAMED = frozenset({"dispatch-slip", "case-contents"})
# neither names the appellant: whoever is in the team of a led case works with them (包案、会商)
_OF_THE_TEAM = frozenset({"leader-case", "meeting-minutes"})
_LETTERS = HANDED_OVER | {"delivery-proof"}
NO_KEY = (
    "这份文书上有证件号码，本机还没有证件号密钥，印出来会不一样，没有打印。"
    "请换一台装好密钥的电脑打印，或请管机器的同事按恢复单装上密钥。"
)
DRAFT_NUMBER = "（送签稿，出具时编号）"


@dataclass(frozen=True, slots=True)
class PrintView:
    """One print of a paper: who, when, where, how many copies."""

    who: str
    printed_at: datetime
    printer: str
    copies: int


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """Everything needed to print a paper again exactly as it was.

    Attributes:
        layout: the text of the layout it was issued with.
        case_id: None for a paper of the hall or of a mediation.
        proof: the hash of its first rendering; empty until then.
        font_set: the fonts it was rendered with.
        pdf: the bytes themselves, kept for papers that are signed and served.
    """

    id: int
    case_id: int | None
    code: str
    number: str
    revision: int
    state: PaperState
    row: Mapping[str, Any]
    layout: str | None
    proof: str
    font_set: str
    pdf: bytes | None
    prints: tuple[PrintView, ...] = ()
    mediation_id: int | None = None

    @property
    def title(self) -> str:
        """What kind of paper it is, in the hall's words."""
        return PAPER_TITLES[self.code]

    @property
    def keeps_bytes(self) -> bool:
        """Whether the PDF itself is kept: what people sign must never be set anew."""
        return self.code in KEEPS_BYTES


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """A paper as it would be printed if it were issued now; it has no number yet."""

    case_id: int
    code: str
    row: Mapping[str, Any]
    layout: str | None


def stored_paper(reader: Reader, paper_id: int) -> StoredPaper:
    """Return a paper with its proof.

    Raises:
        NotAllowed: it does not exist, or belongs to a case the reader may not handle papers of.
        RuleBroken: an identity number on it cannot be read on this desk.
    """
    found = reader.session.execute(
        select(Paper, Case)
        .outerjoin(Case, Case.id == Paper.case_id)
        .where(Paper.id == paper_id, paper_seen_by(reader.person, reader.now))
    ).first()
    if found is None:
        raise NotAllowed("找不到这份文书，可能已不归您查看。请刷新后再试。")
    paper, case = found
    if case is not None:
        require_reader(reader, case, paper.code, issued_by=paper.issued_by, state=paper.state)
    if not paper.row:
        raise RuleBroken("这份文书的内容已按规定抹除，只留编号，不能再打印。")
    if is_unreadable(paper.row):
        raise RuleBroken(NO_KEY)
    proof = reader.session.get(PaperProof, paper.id)
    return StoredPaper(
        id=paper.id,
        case_id=paper.case_id,
        code=paper.code,
        number=paper.number,
        revision=paper.revision,
        state=paper.state,
        row=paper.row,
        layout=read_blob(reader.session, paper.layout_sha256).decode(),
        proof=proof.sha256 if proof else "",
        font_set=proof.font_set if proof else "",
        pdf=read_blob(reader.session, proof.blob_sha256) if proof and proof.blob_sha256 else None,
        prints=_prints(reader, paper.id),
        mediation_id=paper.mediation_id,
    )


def paper_of_case(reader: Reader, case_id: int, code: str) -> int | None:
    """Return the id of the newest valid paper of a kind on a case that the reader may see."""
    return reader.session.scalar(
        select(Paper.id)
        .join(Case, Case.id == Paper.case_id)
        .where(
            Paper.case_id == case_id,
            Paper.code == code,
            Paper.state != PaperState.VOID,
            seen_by(reader.person),
        )
        .order_by(Paper.id.desc())
        .limit(1)
    )


def unproved_papers(reader: Reader, case_id: int) -> tuple[int, ...]:
    """Return the papers of a case that nobody has rendered yet."""
    return tuple(
        reader.session.scalars(
            select(Paper.id)
            .join(Case, Case.id == Paper.case_id)
            .outerjoin(PaperProof, PaperProof.paper_id == Paper.id)
            .where(
                Paper.case_id == case_id,
                Paper.state != PaperState.VOID,
                PaperProof.paper_id.is_(None),
                seen_by(reader.person),
            )
            .order_by(Paper.id)
        )
    )


def draft_opinion_notice(reader: Reader, case_id: int) -> DraftPaper:
    """Return the 意见书 as it will be printed once it is signed today.

    Raises:
        NotAllowed: the reader may not see the case.
    """
    case = reader.session.scalar(
        select(Case).where(Case.id == case_id, seen_by(reader.person)).limit(1)
    )
    if case is None:
        raise NotAllowed(NOT_FOUND)
    require_reader(reader, case, "opinion-notice")
    today = day_of(reader.now)
    writing = Writing(reader.session, case.street_id, today, reader.person.name)
    writing.name(contact_for_paper(reader.session, reader.person, case))
    code = "opinion-notice"
    row = paper_row(writing, case, code, number=DRAFT_NUMBER, paper_id=0, about=None)
    layout = reader.session.scalar(
        select(FormLayout.toml).where(
            FormLayout.street_id == case.street_id,
            FormLayout.code == code,
            today_rows(FormLayout, today),
        )
    )
    signed_on = row["signed_on"] or f"{in_shanghai(reader.now):%Y-%m-%d}"
    return DraftPaper(case.id, code, {**row, "signed_on": signed_on, "serial": "送签稿"}, layout)


def require_reader(
    reader: Reader,
    case: Case,
    code: str,
    *,
    issued_by: int | None = None,
    state: PaperState | None = None,
) -> None:
    """Refuse papers, which name people, to those whose work the case is not (DOMAIN.md 9.4).

    Args:
        state: how far the paper is; what waits for a seal or its way is read by who does that.

    Raises:
        NotAllowed: the case is not the reader's work, and he has not just said why he looks.
    """
    person, stand = reader.person, stand_of(reader.session, case)
    require(Deed.ISSUE_PAPER, stand, person)
    if is_own_work(reader, case, stand):
        return
    if is_sealed(reader.session, case, reader.now):
        require_unsealed(reader.session, case, person, reader.now)
        return
    passes = code in _LETTERS and (
        sends_letters(stand, person) or sends_notice(code, state, stand, person)
    )
    passes = passes or (code in _OF_THE_TEAM and _is_in_team(reader, case))
    if case.hides_appellant:
        passes = passes or code in _UNNAMED
    else:
        files_it = Role.ARCHIVIST in person.roles or may(Deed.ARCHIVE, stand, person)
        issued_it = issued_by == person.staff_id
        passes = passes or files_it or issued_it or case.first_unit_id in person.unit_ids
    if not passes and not looks_now(reader, case.id):
        raise NotAllowed(
            "文书上有诉求人的信息，这一件不在您手里。请先在案件卷写明理由查看，再打印。"
        )


def _is_in_team(reader: Reader, case: Case) -> bool:
    mine = sorted({reader.person.staff_id} | reader.person.acts_for)
    query = select(TeamMember.id).where(
        TeamMember.case_id == case.id, TeamMember.until.is_(None), TeamMember.staff_id.in_(mine)
    )
    return reader.session.scalar(query.limit(1)) is not None


def _prints(reader: Reader, paper_id: int) -> tuple[PrintView, ...]:
    rows = reader.session.execute(
        select(Staff.name, PrintLine.printed_at, PrintLine.printer, PrintLine.copies)
        .join(Staff, Staff.id == PrintLine.printed_by)
        .where(PrintLine.paper_id == paper_id)
        .order_by(PrintLine.printed_at.desc(), PrintLine.id.desc())
    )
    return tuple(PrintView(*row) for row in rows)
