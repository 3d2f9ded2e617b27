"""All of one mediation (调解卷), as far as the reader may know of it (DOMAIN.md 9.4).

Whoever may read the content gets all of it; leaders get the head: number, kind, state, outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from desk.queries.case_views import PaperView, StepView
from desk.queries.lookups import units
from desk.queries.mediation_parts import (
    agreement_of,
    bookings_of,
    content_of,
    files_of,
    helpers_of,
    instalments_of,
    linked_case_of,
    mediation_steps,
    open_confirmation_of,
    papers_of_mediation,
    parties_of,
    sittings_of,
)
from desk.queries.mediation_views import (
    AgreementView,
    BookedView,
    ContentView,
    DossierFileView,
    HelperView,
    InstalmentView,
    LinkedCase,
    PartyView,
    SittingView,
)
from desk.rules.codes import ClockKind
from desk.rules.mediation_checks import missing_for_archive
from desk.rules.mediation_codes import (
    AgreementKind,
    Difficulty,
    DisputeKind,
    EndReason,
    EntrustedBy,
    MediationSource,
    MediationStatus,
    Performance,
)
from desk.rules.mediation_rights import MediationStand, may_read_content
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.mediation_access import mediation_stand
from desk.store.mediation_facts import dossier_facts
from desk.store.mediation_limits import MediationLimits
from desk.store.mediation_sight import known_to
from desk.store.models import Mediation, Mediator, Staff


@dataclass(frozen=True, slots=True)
class MediationHead:
    """What may be counted and shown to leaders; names of parties are never in it."""

    id: int
    number: str
    version: int
    status: MediationStatus
    kind: DisputeKind
    source: MediationSource
    entrusted_by: EntrustedBy | None
    difficulty: Difficulty
    community_id: int | None
    community: str
    is_private: bool
    staggers: bool
    received_on: date
    registered_by: str
    accepted_on: date | None
    due_on: date | None
    original_due_on: date | None
    exclusions: Mapping[str, bool]
    mediator_id: int | None
    mediator: str
    secretary_id: int | None
    secretary: str
    agreement_kind: AgreementKind | None
    amount_fen: int | None
    effective_on: date | None
    performance: Performance | None
    end_reason: EndReason | None
    confirmed_on: date | None
    ended_on: date | None
    follow_up_due_on: date | None
    dossier_number: str
    archived_at: datetime | None
    limit: str = ""
    court_limit: str = ""


@dataclass(frozen=True, slots=True)
class MediationBody:
    """The content, for those to whom it belongs.

    Attributes:
        asked_court: the application for judicial confirmation that has no answer yet.
        lacks: what is still missing before it can be archived, in sentences.
    """

    content: ContentView
    refusal_reason: str
    guidance: str
    parties: tuple[PartyView, ...]
    helpers: tuple[HelperView, ...]
    sittings: tuple[SittingView, ...]
    bookings: tuple[BookedView, ...]
    agreement: AgreementView | None
    instalments: tuple[InstalmentView, ...]
    asked_court: int | None
    files: tuple[DossierFileView, ...]
    papers: tuple[PaperView, ...]
    steps: tuple[StepView, ...]
    case: LinkedCase | None
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeMediation:
    """One mediation as its file shows it, at one version.

    Attributes:
        body: the content; None for whoever may know of it only.
        look_until: until when the reader may read it who gave a reason.
    """

    head: MediationHead
    stand: MediationStand
    body: MediationBody | None
    look_until: datetime | None
    read_at: datetime

    @property
    def id(self) -> int:
        """Which one it is."""
        return self.head.id

    @property
    def version(self) -> int:
        """At which version it was read."""
        return self.head.version

    @property
    def status(self) -> MediationStatus:
        """Where it stands."""
        return self.head.status


def mediation_file(reader: Reader, mediation_id: int) -> WholeMediation | None:
    """Return a mediation; None for one that the reader may not know of."""
    mediation = reader.session.scalar(
        select(Mediation).where(Mediation.id == mediation_id, known_to(reader.person, reader.now))
    )
    if mediation is None:
        return None
    stand = mediation_stand(reader.session, mediation)
    may_read = may_read_content(stand, reader.person, reader.now)
    until = stand.looks_until.get(reader.person.staff_id)
    return WholeMediation(
        head=_head(reader, mediation),
        stand=stand,
        body=_body(reader, mediation) if may_read else None,
        look_until=until if until is not None and until > reader.now else None,
        read_at=reader.now,
    )


def _head(reader: Reader, row: Mediation) -> MediationHead:
    session, today = reader.session, day_of(reader.now)
    limits = MediationLimits(session, row.street_id, today)
    names = {unit.id: unit.short_name for unit in units(reader)}
    people = session.execute(
        select(Staff.id, Staff.name).where(Staff.id.in_({row.registered_by, row.secretary_id}))
    )
    staff: dict[int, str] = {key: name for key, name in people}  # noqa: C416 - a Row is no pair
    mediator = session.scalar(select(Mediator.name).where(Mediator.id == row.mediator_id))
    return MediationHead(
        id=row.id,
        number=row.number,
        version=row.version,
        status=row.status,
        kind=row.kind,
        source=row.source,
        entrusted_by=row.entrusted_by,
        difficulty=row.difficulty,
        community_id=row.community_id,
        community=names.get(row.community_id or 0, ""),
        is_private=row.is_private,
        staggers=row.staggers,
        received_on=row.received_on,
        registered_by=staff.get(row.registered_by, ""),
        accepted_on=row.accepted_on,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        exclusions=dict(row.exclusions or {}),
        mediator_id=row.mediator_id,
        mediator=mediator or "",
        secretary_id=row.secretary_id,
        secretary=staff.get(row.secretary_id or 0, ""),
        agreement_kind=row.agreement_kind,
        amount_fen=row.amount_fen,
        effective_on=row.effective_on,
        performance=row.performance,
        end_reason=row.end_reason,
        confirmed_on=row.confirmed_on,
        ended_on=row.ended_on,
        follow_up_due_on=row.follow_up_due_on,
        dossier_number=row.dossier_number or "",
        archived_at=row.archived_at,
        limit=limits.words(ClockKind.MEDIATE, row.accepted_on or today),
        court_limit=_court_words(limits, row.effective_on),
    )


def _court_words(limits: MediationLimits, effective_on: date | None) -> str:
    """Return until when the court may be asked, and by which limit."""
    last = effective_on and limits.last_day(ClockKind.CONFIRM, effective_on)
    if effective_on is None or last is None:
        return ""
    return f"{limits.words(ClockKind.CONFIRM, effective_on)}，最后一天是 {last:%Y-%m-%d}"


def _body(reader: Reader, row: Mediation) -> MediationBody:
    return MediationBody(
        content=content_of(reader, row.id),
        refusal_reason=row.refusal_reason or "",
        guidance=row.guidance or "",
        parties=parties_of(reader, row.id),
        helpers=helpers_of(reader, row.id),
        sittings=sittings_of(reader, row.id),
        bookings=bookings_of(reader, row.id),
        agreement=agreement_of(reader, row.id),
        instalments=instalments_of(reader, row.id),
        asked_court=open_confirmation_of(reader, row.id),
        files=files_of(reader, row.id),
        papers=papers_of_mediation(reader, row.id),
        steps=mediation_steps(reader, row.id),
        case=linked_case_of(reader, row),
        lacks=missing_for_archive(dossier_facts(reader.session, row)),
    )
