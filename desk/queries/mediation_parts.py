"""The pieces of a mediation's file (调解卷), read for those to whom its content belongs."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.queries.case_parts import good_papers
from desk.queries.case_views import PaperView, StepView
from desk.queries.lookups import units
from desk.queries.mediation_views import (
    AgreementView,
    BookedView,
    CompanionView,
    ContentView,
    DossierFileView,
    HelperView,
    InstalmentView,
    LinkedCase,
    PartyView,
    SittingView,
)
from desk.store.booking_troubles import bookings_in_trouble
from desk.store.database import Reader
from desk.store.models import (
    Booking,
    Case,
    Event,
    EventMediation,
    Instalment,
    JudicialConfirmation,
    Mediation,
    MediationAgreement,
    MediationCompanion,
    MediationContent,
    MediationFile,
    MediationHelper,
    MediationLook,
    MediationParty,
    MediationSession,
    Mediator,
    Paper,
    Room,
    Staff,
)
from desk.store.sight import seen_by

_OPENED = "mediation.opened"


def content_of(reader: Reader, mediation_id: int) -> ContentView:
    """Return what the dispute is about."""
    row = reader.session.get_one(MediationContent, mediation_id)
    return ContentView(
        title=row.title,
        facts=row.facts,
        requests=tuple(row.requests or ()),
        site=row.site or "",
        note=row.note or "",
        situation=row.situation or "",
    )


def parties_of(reader: Reader, mediation_id: int) -> tuple[PartyView, ...]:
    """Return the parties who are still in it, each with those who come along."""
    along = _companions(reader, mediation_id)
    rows = reader.session.scalars(
        select(MediationParty)
        .where(MediationParty.mediation_id == mediation_id, MediationParty.left_on.is_(None))
        .order_by(MediationParty.position)
    )
    return tuple(
        PartyView(
            id=row.id,
            position=row.position,
            side=row.side,
            kind=row.kind,
            name=row.name,
            sex=row.sex,
            ethnicity=row.ethnicity or "",
            birth_year=row.birth_year,
            occupation=row.occupation or "",
            phone=row.phone or "",
            id_number=row.id_number or "",
            address=row.address or "",
            serve_address=row.serve_address or "",
            represented_by=row.represented_by or "",
            needs=row.needs or "",
            agreed_on=row.agreed_on,
            agreed_longer_on=row.agreed_longer_on,
            no_shows=row.no_shows,
            companions=tuple(along[row.id]),
        )
        for row in rows
    )


def helpers_of(reader: Reader, mediation_id: int) -> tuple[HelperView, ...]:
    """Return who was invited to help, and until when."""
    rows = reader.session.scalars(
        select(MediationHelper)
        .where(MediationHelper.mediation_id == mediation_id)
        .order_by(MediationHelper.id)
    )
    return tuple(
        HelperView(row.id, row.role, row.name, row.staff_id, row.since, row.until) for row in rows
    )


def sittings_of(reader: Reader, mediation_id: int) -> tuple[SittingView, ...]:
    """Return the sittings in their order."""
    rows = reader.session.execute(
        select(MediationSession, Mediator.name)
        .join(Mediator, Mediator.id == MediationSession.mediator_id)
        .where(MediationSession.mediation_id == mediation_id)
        .order_by(MediationSession.seq)
    )
    return tuple(
        SittingView(
            id=row.id,
            seq=row.seq,
            place=row.place,
            started_at=row.started_at,
            ended_at=row.ended_at,
            mediator=name,
            result=row.result or "",
            paper_id=row.paper_id,
        )
        for row, name in rows
    )


def bookings_of(reader: Reader, mediation_id: int) -> tuple[BookedView, ...]:
    """Return the appointments in their order, the moved and cancelled ones too."""
    columns: tuple[Any, ...] = (
        Booking.id,
        Room.name,
        Booking.starts_at,
        Booking.ends_at,
        Booking.status,
    )
    mine = Booking.mediation_id == mediation_id
    rows = reader.session.execute(
        select(*columns)
        .join(Room, Room.id == Booking.room_id)
        .where(mine)
        .order_by(Booking.starts_at, Booking.id)
    )
    found = bookings_in_trouble(reader.session, reader.person.street_id, reader.now, mine)
    troubles = {one.id: one.trouble for one in found}
    return tuple(
        BookedView(row.id, row.name, row.starts_at, row.ends_at, row.status, troubles.get(row.id))
        for row in rows
    )


def agreement_of(reader: Reader, mediation_id: int) -> AgreementView | None:
    """Return the agreement, or its draft."""
    row = reader.session.get(MediationAgreement, mediation_id)
    if row is None:
        return None
    return AgreementView(
        facts=row.facts,
        terms=row.terms,
        way=row.way,
        term=row.term,
        payer_id=row.payer_id,
        payee_id=row.payee_id,
        signed_at=row.signed_at,
        paper_id=row.paper_id,
    )


def instalments_of(reader: Reader, mediation_id: int) -> tuple[InstalmentView, ...]:
    """Return the instalments in their order."""
    columns: tuple[Any, ...] = (
        Instalment.id,
        Instalment.seq,
        Instalment.amount_fen,
        Instalment.due_on,
        Instalment.paid_fen,
        Instalment.paid_on,
    )
    rows = reader.session.execute(
        select(*columns).where(Instalment.mediation_id == mediation_id).order_by(Instalment.seq)
    )
    return tuple(InstalmentView(*row) for row in rows)


def open_confirmation_of(reader: Reader, mediation_id: int) -> int | None:
    """Return the application to the court that has no answer yet."""
    return reader.session.scalar(
        select(JudicialConfirmation.id).where(
            JudicialConfirmation.mediation_id == mediation_id,
            JudicialConfirmation.result.is_(None),
        )
    )


def files_of(reader: Reader, mediation_id: int) -> tuple[DossierFileView, ...]:
    """Return the files of the dossier that were not withdrawn."""
    columns: tuple[Any, ...] = (
        MediationFile.id,
        MediationFile.kind,
        MediationFile.name,
        Staff.name,
        MediationFile.added_at,
    )
    rows = reader.session.execute(
        select(*columns)
        .join(Staff, Staff.id == MediationFile.added_by)
        .where(MediationFile.mediation_id == mediation_id, MediationFile.withdrawn_reason.is_(None))
        .order_by(MediationFile.added_at, MediationFile.id)
    )
    return tuple(DossierFileView(*row) for row in rows)


def papers_of_mediation(reader: Reader, mediation_id: int) -> tuple[PaperView, ...]:
    """Return the papers that are still good, in the order of issue."""
    return good_papers(reader.session, Paper.mediation_id == mediation_id)


def linked_case_of(reader: Reader, mediation: Mediation) -> LinkedCase | None:
    """Return the case it came from, where the reader may see that one."""
    if mediation.case_id is None:
        return None
    row = reader.session.execute(
        select(Case.id, Case.number, Case.summary).where(
            Case.id == mediation.case_id, seen_by(reader.person)
        )
    ).first()
    return None if row is None else LinkedCase(*row)


def mediation_steps(reader: Reader, mediation_id: int) -> tuple[StepView, ...]:
    """Return the whole history, the newest first, with who looked at it and why."""
    sender = aliased(Staff)
    rows = reader.session.execute(
        select(Event, EventMediation.version, Staff.name, Staff.unit_id, sender.name)
        .join(EventMediation, EventMediation.event_id == Event.id)
        .join(Staff, Staff.id == Event.made_by)
        .join(sender, sender.id == Event.sent_by)
        .where(EventMediation.mediation_id == mediation_id)
    )
    names = {unit.id: unit.short_name for unit in units(reader)}
    steps = [
        StepView(
            id=event.id,
            version=version,
            kind=event.kind,
            title="登记申请" if event.kind == _OPENED else event.title,
            detail=str((event.payload or {}).get("detail") or ""),
            made_by=event.made_by,
            who=who,
            unit=names.get(unit, ""),
            desk_name=event.desk_name,
            sent_by=sent_by,
            happened_at=event.happened_at,
            recorded_at=event.recorded_at,
        )
        for event, version, who, unit, sent_by in rows
    ]
    steps += _looks(reader, mediation_id, names)
    steps.sort(key=lambda step: (step.recorded_at, step.id), reverse=True)
    return tuple(steps)


def _looks(reader: Reader, mediation_id: int, names: dict[int, str]) -> list[StepView]:
    rows = reader.session.execute(
        select(MediationLook, Staff.name, Staff.unit_id)
        .join(Staff, Staff.id == MediationLook.staff_id)
        .where(MediationLook.mediation_id == mediation_id)
    )
    return [
        StepView(
            id=look.id,
            version=0,
            kind="mediation.looked",
            title="写理由查看",
            detail=look.reason,
            made_by=look.staff_id,
            who=who,
            unit=names.get(unit, ""),
            desk_name="",
            sent_by=who,
            happened_at=look.looked_at,
            recorded_at=look.looked_at,
        )
        for look, who, unit in rows
    ]


def _companions(reader: Reader, mediation_id: int) -> dict[int, list[CompanionView]]:
    found: dict[int, list[CompanionView]] = defaultdict(list)
    rows = reader.session.scalars(
        select(MediationCompanion)
        .where(
            MediationCompanion.mediation_id == mediation_id, MediationCompanion.left_on.is_(None)
        )
        .order_by(MediationCompanion.id)
    )
    for row in rows:
        found[row.party_id].append(
            CompanionView(
                id=row.id,
                role=row.role,
                name=row.name,
                phone=row.phone or "",
                id_number=row.id_number or "",
                powers=row.powers or "",
            )
        )
    return found
