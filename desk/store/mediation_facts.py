"""What a mediation's dossier has (卷内已有): the facts behind “还差什么才能归档”."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desk.rules.codes import PaperState
from desk.rules.mediation_checks import DossierFacts
from desk.rules.mediation_codes import CompanionRole, MediationFileKind
from desk.rules.mediation_papers import EXTENSION
from desk.store.models import (
    JudicialConfirmation,
    Mediation,
    MediationCompanion,
    MediationContent,
    MediationFile,
    MediationFollowUp,
    MediationInquiry,
    MediationParty,
    MediationSession,
    Paper,
)

F = MediationFileKind
_APPLICATIONS = frozenset({"mediation-application", "mediation-acceptance"})
_AGREEMENTS = frozenset({"mediation-agreement", "mediation-oral-agreement"})
_END_PAPERS = frozenset({"mediation-refusal", "mediation-termination", "handover-letter"})


def dossier_facts(session: Session, mediation: Mediation) -> DossierFacts:
    """Return what the dossier of a mediation has by now."""
    parties = session.scalars(
        select(MediationParty)
        .where(MediationParty.mediation_id == mediation.id, MediationParty.left_on.is_(None))
        .order_by(MediationParty.position)
    ).all()
    names = {party.id: party.name for party in parties}
    files = _files(session, mediation)
    kinds = Counter(file.kind for file in files)
    papers = _papers(session, mediation)
    sittings = session.scalars(
        select(MediationSession).where(MediationSession.mediation_id == mediation.id)
    ).all()
    signed = {
        str(key) for sitting in sittings for key, told in sitting.rights_signed.items() if told
    }
    scanned = {code for code, scan in papers if scan}
    agents = session.scalars(
        select(MediationCompanion.party_id).where(
            MediationCompanion.mediation_id == mediation.id,
            MediationCompanion.role == CompanionRole.AGENT,
            MediationCompanion.left_on.is_(None),
        )
    )
    represented = _named(names, agents)
    return DossierFacts(
        status=mediation.status,
        source=mediation.source,
        parties=tuple(names.values()),
        identified=_whose(names, files, F.IDENTITY),
        rights_signed=frozenset(name for key, name in names.items() if str(key) in signed),
        agents=represented,
        powers=_whose(names, files, F.POWER),
        has_application=bool(_APPLICATIONS & {code for code, _ in papers}),
        inquiries=_count(session, MediationInquiry.mediation_id, mediation),
        evidence=kinds[F.EVIDENCE],
        was_extended=mediation.due_on != mediation.original_due_on,
        has_extension=EXTENSION in scanned,
        records=len(sittings),
        signed_records=min(
            len(sittings),
            sum(1 for code, scan in papers if code == "mediation-record" and scan)
            + kinds[F.RECORD],
        ),
        agreement=mediation.agreement_kind,
        has_agreement=bool(_AGREEMENTS & {code for code, _ in papers}),
        has_signed_agreement=bool(_AGREEMENTS & scanned) or kinds[F.AGREEMENT] > 0,
        amount_fen=mediation.amount_fen or 0,
        performance=mediation.performance,
        receipts=kinds[F.PERFORMANCE],
        followups=_count(session, MediationFollowUp.mediation_id, mediation),
        asked_court=_count(session, JudicialConfirmation.mediation_id, mediation) > 0,
        court_papers=kinds[F.CONFIRMATION],
        has_situation=_has_situation(session, mediation),
        has_end_paper=bool(_END_PAPERS & {code for code, _ in papers}),
    )


def _files(session: Session, mediation: Mediation) -> list[MediationFile]:
    return list(
        session.scalars(
            select(MediationFile).where(
                MediationFile.mediation_id == mediation.id,
                MediationFile.withdrawn_reason.is_(None),
            )
        )
    )


def _papers(session: Session, mediation: Mediation) -> list[tuple[str, bool]]:
    rows = session.execute(
        select(Paper.code, Paper.scan_sha256).where(
            Paper.mediation_id == mediation.id, Paper.state != PaperState.VOID
        )
    )
    return [(code, scan is not None) for code, scan in rows]


def _named(names: dict[int, str], parties: Iterable[int | None]) -> frozenset[str]:
    return frozenset(names[party] for party in parties if party in names)


def _whose(
    names: dict[int, str], files: list[MediationFile], kind: MediationFileKind
) -> frozenset[str]:
    return _named(names, (file.party_id for file in files if file.kind is kind))


def _count(session: Session, owner: InstrumentedAttribute[int], mediation: Mediation) -> int:
    return session.scalar(select(func.count(owner)).where(owner == mediation.id)) or 0


def _has_situation(session: Session, mediation: Mediation) -> bool:
    content = session.get(MediationContent, mediation.id)
    return bool(content and content.situation)
