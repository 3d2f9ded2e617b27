"""The dossier (卷宗): its files, the note on its situation, and the archive."""

from dataclasses import dataclass, field

from sqlalchemy import select

from desk.actions.blobs import keep_blob
from desk.actions.intake_checks import has_words
from desk.actions.papers import frozen_paper
from desk.rules.errors import RuleBroken
from desk.rules.file_kinds import checked_type
from desk.rules.mediation_checks import missing_for_archive
from desk.rules.mediation_codes import MediationFileKind, MediationStatus
from desk.rules.mediation_life import require_mediation_move
from desk.rules.mediation_papers import DOSSIER
from desk.rules.mediation_rights import MediationDeed
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.mediation_facts import dossier_facts
from desk.store.models import Mediation, MediationContent, MediationFile, MediationParty, Paper
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMediationFile(MediationRequest):
    """Add a file to the dossier; what it is is checked by its content.

    Attributes:
        party: whose proof of identity or power of attorney it is.
    """

    kind: MediationFileKind
    name: str = words("文件名", Field.FILE_NAME)
    content: bytes = field(repr=False)
    party: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMediationFile(MediationRequest):
    """Take a file that was added by mistake out of the dossier; its trace stays."""

    file: int
    reason: str = words("撤下的理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeDossier(MediationRequest):
    """Write the note on the dossier's situation (卷宗情况说明): what is missing, and why."""

    situation: str = words("卷宗情况说明", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMediation(MediationRequest):
    """Archive the dossier under its number, for as long as the hall keeps such dossiers."""

    dossier_number: str = words("卷号", longest=60, default="")
    retention: str = words("保管期限", longest=40, default="")


_OF_A_PARTY = frozenset({MediationFileKind.IDENTITY, MediationFileKind.POWER})


@action(AddMediationFile, "mediation.filed")
def add_mediation_file(tx: Transaction, request: AddMediationFile) -> Changes:
    """Keep a file with the mediation; the same file twice stays one.

    Raises:
        RuleBroken: it is not what its name says, or it does not say whose proof it is.
    """
    mediation = open_mediation(tx, request.mediation, None, MediationDeed.FILE)
    if request.kind in _OF_A_PARTY:
        _require_party(tx, mediation, request.party)
    sha256 = keep_blob(tx, request.content, checked_type(request.name, request.content))
    row = tx.session.scalar(
        select(MediationFile).where(
            MediationFile.mediation_id == mediation.id, MediationFile.sha256 == sha256
        )
    )
    if row is None:
        row = MediationFile(
            id=new_id(),
            street_id=tx.street_id,
            mediation_id=mediation.id,
            sha256=sha256,
            added_by=tx.person.staff_id,
            added_at=tx.now,
        )
        tx.session.add(row)
    row.kind, row.party_id, row.name = request.kind, request.party, request.name
    row.withdrawn_reason = None  # added again
    tx.session.flush()
    return Changes(
        f"卷内加入{label(request.kind)}", mediations=(mediation.id,), made={"file": row.id}
    )


@action(WithdrawMediationFile, "mediation.file_withdrawn")
def withdraw_mediation_file(tx: Transaction, request: WithdrawMediationFile) -> Changes:
    """Take a file down; it stays in the database for the trace.

    Raises:
        RuleBroken: it is not in this dossier, or no reason is given.
    """
    mediation = open_mediation(tx, request.mediation, None, MediationDeed.FILE)
    row = tx.own(MediationFile, request.file, "找不到这份材料，请刷新后再试。")
    if row.mediation_id != mediation.id or row.withdrawn_reason is not None:
        raise RuleBroken("找不到这份材料，请刷新后再试。")
    if not request.reason:
        raise RuleBroken("请写明为什么撤下。", field="reason")
    row.withdrawn_reason = request.reason
    return Changes(f"撤下{label(row.kind)}", mediations=(mediation.id,))


@action(DescribeDossier, "mediation.described")
def describe_dossier(tx: Transaction, request: DescribeDossier) -> Changes:
    """Keep the note on the dossier's situation.

    Raises:
        RuleBroken: nothing is written.
    """
    if not has_words(request.situation):
        raise RuleBroken("请写卷内缺什么、为什么缺，或有什么需要说明。", field="situation")
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.FILE)
    tx.session.get_one(MediationContent, mediation.id).situation = request.situation
    return Changes("写卷宗情况说明", mediations=(mediation.id,))


@action(ArchiveMediation, "mediation.archived")
def archive_mediation(tx: Transaction, request: ArchiveMediation) -> Changes:
    """Archive the dossier; from now on its bound book is a paper, whose bytes are kept.

    It is bound by the desk, once this is saved (`StoreProof`); until then anybody who opens it
    binds it.

    Raises:
        RuleBroken: something is missing and nothing explains it.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.ARCHIVE)
    require_mediation_move(mediation.status, MediationStatus.ARCHIVED)
    missing = missing_for_archive(dossier_facts(tx.session, mediation))
    if missing:
        raise RuleBroken(f"还不能归档：{''.join(missing)}")
    usual = setting(tx.session, tx.street_id, "mediation_retention", tx.today)
    mediation.dossier_number = request.dossier_number or mediation.number
    mediation.retention = request.retention or str(usual)
    mediation.archived_at = tx.now
    mediation.status = MediationStatus.ARCHIVED
    book = _book(tx, mediation, mediation.dossier_number)
    return Changes(
        f"调解卷归档 {mediation.dossier_number}",
        mediations=(mediation.id,),
        made={"paper": book.id},
    )


def _book(tx: Transaction, mediation: Mediation, number: str) -> Paper:
    """Return the bound book (整卷) as a paper; who filed it, and when, stays as it is now."""
    row = {"filled_by": tx.person.name, "filled_on": tx.today.isoformat()}
    paper = frozen_paper(tx, new_id(), DOSSIER, number, row)
    paper.case_id, paper.mediation_id, paper.round_no = None, mediation.id, 0
    tx.add(paper)
    return paper


def _require_party(tx: Transaction, mediation: Mediation, party: int | None) -> None:
    found = None if party is None else tx.session.get(MediationParty, party)
    if found is None or found.mediation_id != mediation.id:
        raise RuleBroken("请选是哪一位当事人的。", field="party")
