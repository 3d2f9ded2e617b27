"""Sittings of the fictional street (会次): a record, an outcome, payments, a follow-up."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_agreement import PartySignature, SettleMediation
from desk.actions.mediation_outcome import EndMediation, NotSettle
from desk.actions.mediation_papers import IssueMediationPaper
from desk.actions.mediation_performance import FollowUpMediation, RecordPayment
from desk.actions.mediation_record import RecordBlock, SaveRecord
from desk.actions.mediation_sessions import Attendance, PartyAnswer, StartSession
from desk.demo.dispute_texts import Dispute, said_in
from desk.rules.codes import Satisfaction
from desk.rules.instalments import PlannedInstalment
from desk.rules.mediation_codes import AgreementKind, EndReason, Performance, SignWay
from desk.rules.moments import in_shanghai
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.models import Instalment, MediationSession
from desk.store.requests import Request

_FEN = 100
SETTLED = frozenset({"instalments", "performed", "closed"})


class Sits(Protocol):
    """The committee at work: whoever sends its requests."""

    @property
    def database(self) -> Database:
        """Where it all is."""

    @property
    def now(self) -> datetime:
        """The present moment."""

    @property
    def secretary(self) -> Person:
        """Who writes the record."""

    def step(
        self, at: datetime, request: type[Request], mediation: int, **more: Any
    ) -> Mapping[str, Any]:
        """Take a step of a mediation."""

    def send(
        self, at: datetime, request: type[Request], desk: str = "调委会", **more: Any
    ) -> Mapping[str, Any]:
        """Send a request at a moment."""

    def parties(self, mediation: int) -> list[int]:
        """Return the parties in their order."""


def sit(hall: Sits, dispute: Dispute, mediation: int, booking: int | None, at: datetime) -> None:
    """Sit as long as it took, and end as the dispute did."""
    parties = hall.parties(mediation)
    session = hall.step(
        at,
        StartSession,
        mediation,
        booking=booking,
        place=dispute.room,
        reason=dispute.title,
        recorder=hall.secretary.name,
        attended=tuple(Attendance(party=one, came_at=at) for one in parties),
        answers=tuple(
            PartyAnswer(party=one, has_signed=True, wants_other=False) for one in parties
        ),
    )["session"]
    hall.step(at, IssueMediationPaper, mediation, code="mediation-rights")
    _record(hall, dispute, mediation, session, at)
    over = min(at + timedelta(minutes=dispute.minutes), hall.now)
    if dispute.stage == "failed":
        hall.step(
            over,
            NotSettle,
            mediation,
            reason="双方对补交年限分歧较大。",
            way_on="向滨河区人民法院起诉",
            was_told=True,
        )
    elif dispute.stage == "ended":
        hall.step(
            over,
            EndMediation,
            mediation,
            end_reason=EndReason.REFUSES,
            note="商家中途离场，表示不再参加。",
            was_told=True,
        )
    elif dispute.stage in SETTLED:
        _settle(hall, dispute, mediation, parties, over)


def _record(hall: Sits, dispute: Dispute, mediation: int, session: int, at: datetime) -> None:
    with Session(hall.database.engine) as reading:
        saved = reading.get_one(MediationSession, session).saved_at
    blocks = tuple(
        RecordBlock(who=who, text=text, at=at + timedelta(minutes=3 * n))
        for n, (who, text) in enumerate(said_in(dispute))
    )
    hall.send(
        at + timedelta(minutes=30),
        SaveRecord,
        mediation=mediation,
        session=session,
        saved_at=saved,
        blocks=blocks,
    )


def _settle(hall: Sits, dispute: Dispute, mediation: int, parties: list[int], at: datetime) -> None:
    days = (5, 35, 65) if dispute.stage == "instalments" else (7,)
    first = in_shanghai(at).date()
    hall.step(
        at,
        SettleMediation,
        mediation,
        kind=AgreementKind.WRITTEN,
        facts=dispute.facts,
        terms="双方自愿达成一致，按下列方式履行，此事一次了结，互不再追究。",
        way="转账",
        term=f"{len(days)} 期付清",
        amount_fen=dispute.yuan * _FEN,
        payer=parties[1],
        payee=parties[0],
        plan=tuple(
            PlannedInstalment(
                amount_fen=dispute.yuan * _FEN // len(days),
                due_on=first + timedelta(days=day),
            )
            for day in days
        ),
        signed_by=tuple(PartySignature(party=one, way=SignWay.SIGNATURE) for one in parties),
        mediator_signed=True,
        is_sealed=True,
    )
    for code in ("mediation-record", "mediation-agreement"):
        hall.step(at, IssueMediationPaper, mediation, code=code)
    if dispute.stage != "instalments":
        _pay(hall, mediation, at + timedelta(hours=2), first)
    if dispute.stage == "closed":
        hall.step(
            at + timedelta(hours=6),
            FollowUpMediation,
            mediation,
            visited_on=first,
            way="电话",
            performance=Performance.PERFORMED,
            satisfaction=Satisfaction.SATISFIED,
        )


def _pay(hall: Sits, mediation: int, at: datetime, on: date) -> None:
    with Session(hall.database.engine) as session:
        plan = session.scalars(select(Instalment).where(Instalment.mediation_id == mediation)).all()
    for part in plan:
        hall.step(
            at,
            RecordPayment,
            mediation,
            instalment=part.id,
            amount_fen=part.amount_fen,
            paid_on=on,
        )
