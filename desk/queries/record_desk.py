"""What lies on the table during a sitting (笔录台): the record so far, who is there, the draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desk.queries.mediation_file import WholeMediation, mediation_file
from desk.rules.mediation_rights import may_read_content
from desk.store.database import Reader
from desk.store.mediation_access import mediation_stand
from desk.store.models import Mediation, MediationAgreement, MediationSession, Mediator, Staff


@dataclass(frozen=True, slots=True)
class SaidBlock:
    """What one person said, and when it was begun."""

    who: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PresentView:
    """Somebody who is or was in the room."""

    party: int
    companion: int | None
    name: str
    role: str
    came_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """The sitting that is under way, with its record as it was last saved."""

    id: int
    seq: int
    place: str
    reason: str
    started_at: datetime
    mediator: str
    recorder: str
    present: tuple[PresentView, ...]
    invited: tuple[str, ...]
    signed: frozenset[int]
    refusals: Mapping[int, bool]
    blocks: tuple[SaidBlock, ...]
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft of the agreement as it was last saved."""

    facts: str
    terms: str
    way: str
    term: str
    payer_id: int | None
    payee_id: int | None
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class RecordTable:
    """All that a sitting needs; without a record where none is under way."""

    mediation_id: int
    record: RecordView | None
    draft: DraftView | None
    last_seq: int


Sitting = tuple[WholeMediation | None, RecordTable | None]


def sitting_at(reader: Reader, mediation_id: int) -> Sitting:
    """Return a mediation's file together with what lies on its table."""
    return mediation_file(reader, mediation_id), record_table(reader, mediation_id)


def record_table(reader: Reader, mediation_id: int) -> RecordTable | None:
    """Return what lies on the table; None for whom the content does not belong to."""
    mediation = reader.session.get(Mediation, mediation_id)
    if mediation is None or mediation.street_id != reader.person.street_id:
        return None
    stand = mediation_stand(reader.session, mediation)
    if not may_read_content(stand, reader.person, reader.now):
        return None
    rows = reader.session.execute(
        select(MediationSession, Mediator.name, Staff.name)
        .join(Mediator, Mediator.id == MediationSession.mediator_id)
        .join(Staff, Staff.id == MediationSession.saved_by)
        .where(MediationSession.mediation_id == mediation_id)
        .order_by(MediationSession.seq.desc())
        .limit(1)
    ).first()
    record = None
    if rows is not None and rows[0].ended_at is None:
        record = _record(rows[0], rows[1], rows[2])
    return RecordTable(
        mediation_id=mediation_id,
        record=record,
        draft=_draft(reader, mediation_id),
        last_seq=0 if rows is None else rows[0].seq,
    )


def _record(row: MediationSession, mediator: str, saved_by: str) -> RecordView:
    return RecordView(
        id=row.id,
        seq=row.seq,
        place=row.place,
        reason=row.reason,
        started_at=row.started_at,
        mediator=mediator,
        recorder=row.recorder,
        present=tuple(_present(one) for one in row.attended),
        invited=tuple(row.invited),
        signed=frozenset(int(key) for key, told in row.rights_signed.items() if told),
        refusals={int(key): bool(said["asks"]) for key, said in row.recusal_answers.items()},
        blocks=tuple(
            SaidBlock(one["who"], one["text"], datetime.fromisoformat(one["at"]))
            for one in row.blocks
        ),
        saved_at=row.saved_at,
        saved_by=saved_by,
    )


def _present(one: Mapping[str, Any]) -> PresentView:
    left = one["left_at"]
    return PresentView(
        party=one["party"],
        companion=one["companion"],
        name=one["name"],
        role=one["role"],
        came_at=datetime.fromisoformat(one["came_at"]),
        left_at=None if left is None else datetime.fromisoformat(left),
    )


def _draft(reader: Reader, mediation_id: int) -> DraftView | None:
    found = reader.session.execute(
        select(MediationAgreement, Staff.name)
        .join(Staff, Staff.id == MediationAgreement.saved_by)
        .where(MediationAgreement.mediation_id == mediation_id)
    ).first()
    if found is None:
        return None
    row, name = found
    return DraftView(
        facts=row.facts,
        terms=row.terms,
        way=row.way,
        term=row.term,
        payer_id=row.payer_id,
        payee_id=row.payee_id,
        saved_at=row.saved_at,
        saved_by=name,
    )
