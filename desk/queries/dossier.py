"""The bound dossier of a mediation (整卷): what lies in it, in the order of the contents.

The order is that of the 司发通〔2010〕239 号 list (DOMAIN.md 2.13); where a signed paper has been
scanned back, the scan takes the place of the print that nobody signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import PaperState
from desk.rules.errors import NotAllowed
from desk.rules.mediation_checks import DossierItem, dossier_items
from desk.rules.mediation_codes import MediationFileKind
from desk.rules.mediation_papers import DOSSIER, DOSSIER_PARTS, EXTENSION
from desk.rules.mediation_rights import NO_SUCH_MEDIATION
from desk.rules.moments import day_of
from desk.rules.papers import PAPER_TITLES
from desk.rules.wording import label
from desk.store.blobs import read_blob
from desk.store.database import Reader
from desk.store.layout_texts import shipped_layout
from desk.store.letterheads import letterhead_of
from desk.store.mediation_facts import dossier_facts
from desk.store.mediation_sight import content_seen_by
from desk.store.models import (
    FormLayout,
    Mediation,
    MediationContent,
    MediationFile,
    MediationParty,
    MediationSession,
    Mediator,
    Paper,
    PaperProof,
)
from desk.store.models.hall import today_rows

F = MediationFileKind


@dataclass(frozen=True, slots=True)
class DossierPiece:
    """One line of the contents with what is bound behind it.

    Attributes:
        note: 必须, 按需, or what is missing.
        code: the form of a paper that is set from its row; empty for a scan or a file.
        pdf: the bytes of a paper as it was first printed, where they are kept.
        sha256: the scan or file that is bound; empty for a paper.
    """

    title: str
    note: str
    code: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)
    layout: str | None = None
    pdf: bytes | None = field(default=None, repr=False)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything that one book is bound from.

    Attributes:
        part: what cover, contents, situation note and back cover have in common.
        cover: what only the cover says; situation: what only the situation note says.
        layouts: the layouts of these four, as valid today.
    """

    mediation_id: int
    number: str
    part: Mapping[str, Any]
    cover: Mapping[str, Any]
    situation: Mapping[str, Any]
    pieces: tuple[DossierPiece, ...]
    layouts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptBook:
    """The bound book of an archived mediation.

    Attributes:
        paper_id: the paper under which it is kept.
        pdf: its bytes; None as long as nobody has bound it.
    """

    paper_id: int
    pdf: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place in the order of the contents."""

    item: str  # as the completeness check calls it; empty where it knows nothing of it
    papers: tuple[str, ...] = ()
    files: MediationFileKind | None = None


_ORDER = (
    _Slot("mediation-application", ("mediation-application", "mediation-acceptance")),
    _Slot("mediation-rights", ("mediation-rights",), F.RIGHTS),
    _Slot("identity", (), F.IDENTITY),
    _Slot("mediation-power", ("mediation-power",), F.POWER),
    _Slot("", ("mediation-address", "mediation-notice")),
    _Slot("mediation-investigation", ("mediation-investigation",)),
    _Slot("evidence", (), F.EVIDENCE),
    _Slot("mediation-record", ("mediation-record",), F.RECORD),
    _Slot(EXTENSION, (EXTENSION,)),
    _Slot("agreement", ("mediation-agreement", "mediation-oral-agreement"), F.AGREEMENT),
    _Slot("performance", (), F.PERFORMANCE),
    _Slot("mediation-followup", ("mediation-followup",)),
    _Slot("judicial-confirmation", ("judicial-confirmation",), F.CONFIRMATION),
    _Slot(
        "mediation-termination",
        ("mediation-refusal", "mediation-termination", "handover-letter"),
    ),
    _Slot("", ("mediation-closing",)),
    _Slot("", (), F.OTHER),
)
_AGREEMENTS = frozenset({"mediation-agreement", "mediation-oral-agreement"})


def _unexplained(lacking: list[str]) -> str:
    """Return what the note says where nobody has written one."""
    return "卷内缺件如下，原因待补充说明。" if lacking else "卷内材料没有需要说明的异常。"


def dossier_view(reader: Reader, mediation_id: int) -> DossierView:
    """Return what the dossier of a mediation is bound from.

    Raises:
        NotAllowed: there is none, or its content is not for the reader.
    """
    mediation = _readable(reader, mediation_id)
    items = dossier_items(dossier_facts(reader.session, mediation))
    content = reader.session.get_one(MediationContent, mediation.id)
    book = archived_book(reader.session, mediation.id)
    filed = dict(book.row) if book is not None else _filed_now(reader)
    lacking = [f"{item.title}：{item.missing}" for item in items if item.missing]
    return DossierView(
        mediation_id=mediation.id,
        number=mediation.number,
        part=_part(reader, mediation, content) | filed,
        cover=_cover(reader, mediation, content),
        situation={"text": content.situation or _unexplained(lacking), "missing": lacking},
        pieces=_pieces(reader, mediation, items),
        layouts={code: _layout(reader, code, filed["filled_on"]) for code in DOSSIER_PARTS},
    )


def archived_book(session: Session, mediation_id: int) -> Paper | None:
    """Return the bound book of an archived mediation, which is one of its papers."""
    return session.scalars(
        select(Paper).where(
            Paper.mediation_id == mediation_id,
            Paper.code == DOSSIER,
            Paper.state != PaperState.VOID,
        )
    ).first()


def _filed_now(reader: Reader) -> dict[str, str]:
    return {"filled_by": reader.person.name, "filled_on": day_of(reader.now).isoformat()}


def dossier_bytes(reader: Reader, mediation_id: int, sha256: str) -> bytes:
    """Return one scan or file of a dossier.

    Raises:
        NotAllowed: the content is not for the reader.
    """
    _readable(reader, mediation_id)
    return read_blob(reader.session, sha256)


def kept_book(reader: Reader, mediation_id: int) -> KeptBook | None:
    """Return the bound book of an archived mediation; None before it is archived.

    Raises:
        NotAllowed: the content is not for the reader.
    """
    _readable(reader, mediation_id)
    book = archived_book(reader.session, mediation_id)
    if book is None:
        return None
    proof = reader.session.get(PaperProof, book.id)
    pdf = read_blob(reader.session, proof.blob_sha256) if proof and proof.blob_sha256 else None
    return KeptBook(book.id, pdf)


def _readable(reader: Reader, mediation_id: int) -> Mediation:
    found = reader.session.scalars(
        select(Mediation).where(
            Mediation.id == mediation_id, content_seen_by(reader.person, reader.now)
        )
    ).first()
    if found is None:
        raise NotAllowed(NO_SUCH_MEDIATION)
    return found


def _part(reader: Reader, mediation: Mediation, content: MediationContent) -> dict[str, Any]:
    filed_on = day_of(mediation.archived_at or reader.now)
    head = letterhead_of(reader.session, mediation.street_id, filed_on, "committee")
    return {
        "number": mediation.dossier_number or mediation.number,
        "serial": f"{mediation.number}-整卷",
        "qr": "",
        "office": head.issuer,
        "seal_place": False,
        "checked_by": None,
        "dispute": content.title,
    }


def _cover(reader: Reader, mediation: Mediation, content: MediationContent) -> dict[str, Any]:
    names = reader.session.scalars(
        select(MediationParty.name)
        .where(MediationParty.mediation_id == mediation.id)
        .order_by(MediationParty.position)
    )
    mediator = reader.session.get(Mediator, mediation.mediator_id or 0)
    began = reader.session.scalar(
        select(MediationSession.started_at)
        .where(MediationSession.mediation_id == mediation.id)
        .order_by(MediationSession.seq)
        .limit(1)
    )
    since = day_of(began) if began else mediation.accepted_on or mediation.received_on
    return {
        "dispute": f"{'、'.join(names)} {content.title}",
        "mediator": mediator.name if mediator else None,
        "mediated_from": since.isoformat(),
        "mediated_to": mediation.ended_on.isoformat() if mediation.ended_on else None,
        "retention": mediation.retention,
        "note": mediation.outside_number and f"原卷号：{mediation.outside_number}",
    }


def _pieces(
    reader: Reader, mediation: Mediation, items: tuple[DossierItem, ...]
) -> tuple[DossierPiece, ...]:
    papers = list(
        reader.session.scalars(
            select(Paper)
            .where(Paper.mediation_id == mediation.id, Paper.state != PaperState.VOID)
            .order_by(Paper.id)
        )
    )
    files = list(
        reader.session.scalars(
            select(MediationFile)
            .where(
                MediationFile.mediation_id == mediation.id,
                MediationFile.withdrawn_reason.is_(None),
            )
            .order_by(MediationFile.id)
        )
    )
    by_code = {"agreement" if item.code in _AGREEMENTS else item.code: item for item in items}
    found: list[DossierPiece] = []
    for slot in _ORDER:
        found += _of_slot(reader, slot, papers, files, by_code.get(slot.item))
    return tuple(found)


def _of_slot(
    reader: Reader,
    slot: _Slot,
    papers: list[Paper],
    files: list[MediationFile],
    item: DossierItem | None,
) -> list[DossierPiece]:
    note = "必须" if item is not None and item.needed else "按需"
    here = [paper for code in slot.papers for paper in papers if paper.code == code]
    given = [file for file in files if slot.files is not None and file.kind is slot.files]
    unsigned = [paper for paper in here if paper.scan_sha256 is None]
    if given and len(given) >= len(unsigned):  # what was signed is there; the print is not needed
        here = [paper for paper in here if paper.scan_sha256 is not None]
    found = [_of_paper(reader, paper, note) for paper in here]
    found += [DossierPiece(_file_title(file), note, sha256=file.sha256) for file in given]
    if not found and item is not None and item.missing:
        return [DossierPiece(item.title, f"{note}，缺")]
    return found


def _of_paper(reader: Reader, paper: Paper, note: str) -> DossierPiece:
    title = PAPER_TITLES[paper.code]
    if paper.code == "mediation-record":
        title += f"（第 {paper.row['times']} 次）"
    if paper.scan_sha256 is not None:
        return DossierPiece(f"{title}（签字件）", note, sha256=paper.scan_sha256)
    proof = reader.session.get(PaperProof, paper.id)
    kept = read_blob(reader.session, proof.blob_sha256) if proof and proof.blob_sha256 else None
    layout = read_blob(reader.session, paper.layout_sha256).decode()
    return DossierPiece(title, note, code=paper.code, row=paper.row, layout=layout, pdf=kept)


def _file_title(file: MediationFile) -> str:
    kind = label(file.kind)
    return f"{kind} {file.name}" if file.kind is not F.OTHER else file.name


def _layout(reader: Reader, code: str, filed_on: str) -> str:
    own = reader.session.scalar(
        select(FormLayout.toml).where(
            FormLayout.street_id == reader.person.street_id,
            FormLayout.code == code,
            today_rows(FormLayout, date.fromisoformat(filed_on)),
        )
    )
    return own or shipped_layout(code)
