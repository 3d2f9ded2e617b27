"""Taking in one row of a mediation ledger (调解台账导入): once and only once, by its 卷号.

What the ledger tells is history: no reminder starts, no room is booked, and what was closed there
is archived as it came.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from desk.actions.numbers import take_number
from desk.rules.deeds import Deed
from desk.rules.mediation_codes import (
    AgreementKind,
    Difficulty,
    DisputeKind,
    EndReason,
    LedgerOutcome,
    MediationSource,
    MediationStatus,
    PartyKind,
    PartySide,
    Performance,
)
from desk.rules.numbering import NumberKind, read_number
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import (
    Mediation,
    MediationContent,
    MediationParty,
    MediationSession,
    Mediator,
)
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_TITLE = 40  # letters of the facts that name the dispute
S, O = MediationStatus, LedgerOutcome  # noqa: E741 - short for the table below


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMediation(Request):
    """Take in one row of a mediation ledger.

    Attributes:
        mediation: the id of the new mediation.
        outside_number: the number in the ledger; by it the row is known again.
        amount_fen: what was agreed, in fen.
    """

    mediation: int
    outside_number: str = words("卷号", longest=60)
    content_hash: str
    received_on: date
    source: MediationSource
    kind: DisputeKind
    difficulty: Difficulty
    applicant: str = words("申请人", Field.NAME)
    applicant_phone: str = words("申请人电话", longest=40, default="")
    respondent: str = words("被申请人", Field.NAME)
    respondent_phone: str = words("被申请人电话", longest=40, default="")
    community: int | None = None
    facts: str = words("纠纷简要", Field.BODY)
    mediator: str = words("调解员", Field.NAME)
    room: str = words("调解室", default="")
    mediated_at: datetime | None = None
    outcome: LedgerOutcome | None = None
    agreement: AgreementKind | None = None
    amount_fen: int | None = None
    performance: Performance | None = None
    closed_on: date | None = None
    is_confirmed: bool = False
    note: str = words("备注", Field.BODY, default="")


@action(ImportMediation, "mediation.imported")
def import_mediation(tx: Transaction, request: ImportMediation) -> Changes:
    """Create the mediation of a ledger's row, or bring the known one up to it.

    Raises:
        NotAllowed: the person may not import ledgers.
    """
    require_hall(Deed.IMPORT, tx.person)
    known = known_mediation(tx, request.outside_number)
    if known is None:
        return _create(tx, request)
    if not known.is_imported or known.content_hash == request.content_hash:
        return Changes(f"台账内容与 {known.number} 相同，没有改动", made={"mediation": known.id})
    tx.touch(known)
    for name, value in _facts(tx, request).items():
        setattr(known, name, value)
    if S.ARCHIVED is not known.status:
        known.status = _next_status(known.status, request)
    content = tx.session.get_one(MediationContent, known.id)
    content.title, content.facts, content.note = _content(request)
    _write_parties(tx, known, request)
    return Changes(
        f"按台账更新 {known.number}",
        mediations=(known.id,),
        made={"mediation": known.id, "number": known.number},
    )


def known_mediation(tx: Transaction, outside_number: str) -> Mediation | None:
    """Return the mediation that a ledger's number means, imported or our own."""
    own = Mediation.street_id == tx.street_id
    found = tx.session.scalar(
        select(Mediation).where(own, Mediation.outside_number == outside_number)
    )
    return found or tx.session.scalar(
        select(Mediation).where(own, Mediation.number == outside_number)
    )


def _create(tx: Transaction, request: ImportMediation) -> Changes:
    taken = take_number(tx, NumberKind.MEDIATION, request.received_on.year)
    mediation = Mediation(
        id=request.mediation,
        street_id=tx.street_id,
        number=taken.text,
        year=taken.year,
        seq=taken.seq,
        outside_number=request.outside_number,
        status=_status(request),
        is_private=False,
        staggers=False,
        is_imported=True,
        received_on=request.received_on,
        registered_by=tx.person.staff_id,
        registered_at=tx.now,
        exclusions={},
        changed_at=tx.now,
        **_facts(tx, request),
    )
    if mediation.status is S.ARCHIVED:
        mediation.dossier_number = request.outside_number
        mediation.archived_at = tx.now
    tx.touched.append(mediation)
    title, facts, note = _content(request)
    tx.add(mediation)
    tx.add(
        MediationContent(
            mediation_id=mediation.id,
            street_id=tx.street_id,
            title=title,
            facts=facts,
            requests=[],
            note=note,
        )
    )
    _write_parties(tx, mediation, request)
    _write_sitting(tx, mediation, request)
    return Changes(
        f"导入 {mediation.number}",
        mediations=(mediation.id,),
        made={
            "mediation": mediation.id,
            "number": mediation.number,
            "is_new": True,
            "kept_number": _asked(request) == (taken.year, taken.seq),
        },
    )


def _asked(request: ImportMediation) -> tuple[int | None, int] | None:
    asked = read_number(request.outside_number)
    return None if asked is None else (asked.year, asked.seq)


def _facts(tx: Transaction, request: ImportMediation) -> dict[str, Any]:
    agreed = request.outcome is O.AGREED
    return {
        "content_hash": request.content_hash,
        "kind": request.kind,
        "source": request.source,
        "difficulty": request.difficulty,
        "community_id": request.community,
        "accepted_on": request.received_on,
        "mediator_id": _mediator(tx, request).id,
        "agreement_kind": (request.agreement or AgreementKind.WRITTEN) if agreed else None,
        "amount_fen": request.amount_fen if agreed else None,
        "effective_on": request.closed_on if agreed else None,
        "performance": request.performance if agreed else None,
        "end_reason": EndReason.UNSUITABLE if request.outcome is O.ENDED else None,
        "confirmed_on": request.closed_on if agreed and request.is_confirmed else None,
        "ended_on": request.closed_on if request.outcome is not O.GOING_ON else None,
    }


def _status(request: ImportMediation) -> MediationStatus:
    """Return where a mediation from a ledger stands: what was closed there is in the archive."""
    if request.outcome in {None, O.GOING_ON}:
        return S.MEDIATING if request.mediated_at else S.ACCEPTED
    if request.closed_on is not None:
        return S.ARCHIVED
    return {O.AGREED: S.SETTLED, O.NOT_AGREED: S.NOT_SETTLED}.get(
        request.outcome or O.ENDED, S.ENDED
    )


def _next_status(current: MediationStatus, request: ImportMediation) -> MediationStatus:
    """Return where an update leads: only forward, and only along the life of a mediation."""
    wanted = _status(request)
    ways = {
        S.ARCHIVED: (S.CLOSED, S.NOT_SETTLED, S.ENDED),
        S.SETTLED: (S.MEDIATING,),
        S.NOT_SETTLED: (S.MEDIATING,),
        S.ENDED: (S.ACCEPTED, S.MEDIATING),
        S.MEDIATING: (S.ACCEPTED,),
    }
    return wanted if current in ways.get(wanted, ()) else current


def _content(request: ImportMediation) -> tuple[str, str, str | None]:
    title = request.facts.splitlines()[0]
    short = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
    return short, request.facts, request.note or None


def _mediator(tx: Transaction, request: ImportMediation) -> Mediator:
    """Return the mediator of that name; one who is not on the list is added as having left.

    A ledger may add what he is known for: “梁伯（劳模）” is 梁伯.
    """
    names = {request.mediator, request.mediator.partition("(")[0].partition("（")[0]}
    found = tx.session.scalar(
        select(Mediator)
        .where(Mediator.street_id == tx.street_id, Mediator.name.in_(names - {""}))
        .order_by(Mediator.valid_to.is_not(None), Mediator.id.desc())
        .limit(1)
    )
    if found is None:
        found = Mediator(
            id=new_id(),
            street_id=tx.street_id,
            name=request.mediator,
            skills=[],
            languages=[],
            duty={},
            valid_from=request.received_on,
            valid_to=request.received_on,
        )
        tx.add(found)
    return found


def _write_parties(tx: Transaction, mediation: Mediation, request: ImportMediation) -> None:
    said = (
        (PartySide.APPLICANT, request.applicant, request.applicant_phone),
        (PartySide.RESPONDENT, request.respondent, request.respondent_phone),
    )
    known = {
        party.side: party
        for party in tx.session.scalars(
            select(MediationParty).where(MediationParty.mediation_id == mediation.id)
        )
    }
    for position, (side, name, phone) in enumerate(said, start=1):
        party = known.get(side)
        if party is None:
            party = MediationParty(
                id=new_id(),
                street_id=tx.street_id,
                mediation_id=mediation.id,
                position=position,
                side=side,
                kind=PartyKind.PERSON,
                no_shows=0,
                agreed_on=request.received_on,
            )
            tx.session.add(party)
        party.name, party.phone = name, phone or None
    tx.session.flush()


def _write_sitting(tx: Transaction, mediation: Mediation, request: ImportMediation) -> None:
    if request.mediated_at is None or mediation.mediator_id is None:
        return
    tx.add(
        MediationSession(
            id=new_id(),
            street_id=tx.street_id,
            mediation_id=mediation.id,
            seq=1,
            place=request.room or "调解室",
            reason=_content(request)[0],
            started_at=request.mediated_at,
            ended_at=request.mediated_at,
            mediator_id=mediation.mediator_id,
            recorder="",
            attended=[],
            invited=[],
            rights_signed={},
            recusal_answers={},
            blocks=[],
            saved_at=tx.now,
            saved_by=tx.person.staff_id,
        )
    )
