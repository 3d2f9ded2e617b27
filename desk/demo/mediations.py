"""Mediations of the fictional street (调解): a week of rooms, one sitting now, and the past."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.booking_series import BookSeries
from desk.actions.bookings import BookRoom
from desk.actions.mediation_agreement import PartySignature, SettleMediation
from desk.actions.mediation_import import ImportMediation
from desk.actions.mediation_opening import AcceptMediation, OpenMediation
from desk.actions.mediation_outcome import EndMediation, NotSettle
from desk.actions.mediation_parties import PartyFacts
from desk.actions.mediation_people import AssignMediator
from desk.actions.mediation_performance import FollowUpMediation, RecordPayment
from desk.actions.mediation_record import RecordBlock, SaveRecord
from desk.actions.mediation_sessions import Attendance, PartyAnswer, StartSession
from desk.demo.committee import committee_ids
from desk.demo.dispute_texts import DISPUTES, PAST, RECORD, Dispute
from desk.demo.index import StreetIndex, street_index
from desk.rules.codes import Role, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.instalments import PlannedInstalment
from desk.rules.mediation_codes import (
    AgreementKind,
    BookingPurpose,
    Difficulty,
    EndReason,
    HolidayWay,
    LedgerOutcome,
    MediationSource,
    PartyKind,
    PartySide,
    Performance,
    RepeatRule,
    SignWay,
)
from desk.rules.moments import SHANGHAI, in_shanghai, in_utc, start_of
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.ids import new_id
from desk.store.models import Instalment, Mediation, MediationParty, MediationSession, Staff
from desk.store.people import person_of
from desk.store.requests import Request

_FEN = 100
_PAST_MONTHS = 6
_BEFORE = timedelta(days=4)  # an application comes so long before its sitting
_THURSDAY = 3
_SETTLED = frozenset({"instalments", "performed", "closed"})
_SAT = _SETTLED | {"now", "failed", "ended"}


def live_mediations(database: Database, now: datetime) -> None:
    """Let disputes come, be accepted, booked, mediated, settled and followed up."""
    with Session(database.engine) as session:
        street = street_index(session, database.person.street_id, now.date())
        ids = committee_ids(session, in_shanghai(now))
        if session.scalar(select(Mediation.id).limit(1)):
            return
        who = session.get_one(Staff, street.by_role[Role.SECRETARY][-1].id)
        secretary = person_of(session, who, now.date())
    hall = _Hall(database, now, street, ids, secretary)
    hall.write_past()
    hall.book_reception()
    for place, dispute in enumerate(DISPUTES):
        hall.live(dispute, place)


@dataclass(frozen=True, slots=True)
class _Hall:
    """The committee at work; every step is made by the person whose step it is."""

    database: Database
    now: datetime
    street: StreetIndex
    ids: Mapping[str, int]
    secretary: Person

    def live(self, dispute: Dispute, place: int) -> None:
        """Let one dispute come as far as its stage."""
        sits_at = self._sits_at(dispute)
        opened = min(sits_at, self.now) - _BEFORE
        mediation = self._open(dispute, place, opened)
        if dispute.stage == "applied":
            return
        self._step(opened + timedelta(hours=2), AcceptMediation, mediation, exclusions=())
        self._step(
            opened + timedelta(hours=3),
            AssignMediator,
            mediation,
            mediator=self.ids[dispute.mediator],
            was_chosen=True,
        )
        if dispute.stage == "accepted":
            return
        booking = self._book(dispute, mediation, sits_at, opened + timedelta(hours=4))
        if dispute.stage in _SAT and sits_at <= self.now:
            self._sit(dispute, mediation, booking, sits_at)

    def write_past(self) -> None:
        """Take in the ledger of the months before."""
        today = in_shanghai(self.now).date()
        mediators = [name for name in ("梁伯", "苏燕", "周正", "何洁") if name in self.ids]
        communities = [f"{name}社区" for name in ("榕东", "榕西", "南塘", "码头")]
        for n in range(_PAST_MONTHS * len(PAST)):
            facts, kind, is_agreed, is_oral, yuan = PAST[n % len(PAST)]
            received = today - timedelta(days=30 + n * 4)
            self.database.carry_out(
                ImportMediation(
                    made_by=self.database.person.staff_id,
                    happened_at=start_of(received),
                    mediation=new_id(),
                    outside_number=f"旧调〔{received.year}〕{200 - n}号",
                    content_hash=f"demo-{n}",
                    received_on=received,
                    source=MediationSource.APPLIED if n % 3 else MediationSource.PROACTIVE,
                    kind=kind,
                    difficulty=Difficulty.SIMPLE if n % 2 else Difficulty.ORDINARY,
                    applicant=("唐海", "卢轩勇", "白刚霞", "李秀思")[n % 4],
                    applicant_phone=f"138000000{n % 40:02}",
                    respondent=("贺国", "薛华梅", "余平", "龚红平")[n % 4],
                    community=self.street.units[communities[n % len(communities)]],
                    facts=facts,
                    mediator=mediators[n % len(mediators)],
                    room="第一调解室",
                    mediated_at=start_of(received + timedelta(days=4)) + timedelta(hours=9.5),
                    outcome=LedgerOutcome.AGREED if is_agreed else LedgerOutcome.NOT_AGREED,
                    agreement=AgreementKind.ORAL if is_oral else AgreementKind.WRITTEN,
                    amount_fen=yuan * _FEN if is_agreed else None,
                    performance=Performance.PERFORMED if is_agreed else None,
                    closed_on=received + timedelta(days=9),
                    is_confirmed=is_agreed and yuan > 10_000,
                )
            )

    def book_reception(self) -> None:
        """Book the leaders' reception of each Thursday for the weeks to come."""
        day = in_shanghai(self.now).date()
        day += timedelta(days=(_THURSDAY - day.weekday()) % 7)
        start = datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=15)
        if start < self.now:
            start += timedelta(days=7)
        self._send(
            self.now - timedelta(days=1),
            BookSeries,
            room=self.ids["领导接访室"],
            starts_at=in_utc(start),
            ends_at=in_utc(start + timedelta(hours=2)),
            purpose=BookingPurpose.RECEPTION,
            title="领导接访日",
            attendees=4,
            rule=RepeatRule.WEEKLY,
            weekdays=(_THURSDAY,),
            count=8,
            holiday_way=HolidayWay.SHIFT,
        )

    def _open(self, dispute: Dispute, place: int, at: datetime) -> int:
        parties = (
            self._party(PartySide.APPLICANT, dispute.applicant, place * 2 + 40, at),
            self._party(PartySide.RESPONDENT, dispute.respondent, place * 2 + 41, at),
        )
        changes = self._send(
            at,
            OpenMediation,
            kind=dispute.kind,
            title=dispute.title,
            facts=dispute.facts,
            requests=("查明事实，分清责任", "协商解决方案"),
            parties=parties,
            difficulty=dispute.difficulty,
            community=self.street.units[f"{dispute.community}社区"],
            is_private=dispute.is_private,
        )
        mediation: int = changes["mediation"]
        return mediation

    def _party(self, side: PartySide, name: str, phone: int, at: datetime) -> PartyFacts:
        is_person = len(name) <= 4 or "·" in name
        return PartyFacts(
            side=side,
            kind=PartyKind.PERSON if is_person else PartyKind.ORGANISATION,
            name=name,
            phone=f"138000000{phone % 100:02}",
            address="岭湾市滨河区青榕街道",
            represented_by="" if is_person else "丁一",
            agreed_on=in_shanghai(at).date(),
        )

    def _book(self, dispute: Dispute, mediation: int, start: datetime, at: datetime) -> int | None:
        try:
            changes = self._send(
                at,
                BookRoom,
                room=self.ids[dispute.room],
                caucus_room=self.ids["背靠背间"] if dispute.caucus else None,
                starts_at=in_utc(start),
                ends_at=in_utc(start + timedelta(minutes=dispute.minutes)),
                mediator=self.ids[dispute.mediator],
                mediation=mediation,
                seen=self._version(mediation),
                is_provisional=dispute.stage == "hold",
                desk="窗口 1" if dispute.is_firm else "调委会",
            )
        except RuleBroken:  # somebody of the street has this time already
            return None
        booking: int = changes["booking"]
        return booking

    def _sit(self, dispute: Dispute, mediation: int, booking: int | None, at: datetime) -> None:
        parties = self._parties(mediation)
        session = self._step(
            at,
            StartSession,
            mediation,
            booking=booking,
            place=dispute.room,
            reason=dispute.title,
            recorder=self.secretary.name,
            attended=tuple(Attendance(party=one, came_at=at) for one in parties),
            answers=tuple(
                PartyAnswer(party=one, has_signed=True, wants_other=False) for one in parties
            ),
        )["session"]
        self._record(mediation, session, at)
        over = min(at + timedelta(minutes=dispute.minutes), self.now)
        if dispute.stage == "failed":
            self._step(
                over,
                NotSettle,
                mediation,
                reason="双方对补交年限分歧较大。",
                way_on="向滨河区人民法院起诉",
                was_told=True,
            )
        elif dispute.stage == "ended":
            self._step(
                over,
                EndMediation,
                mediation,
                end_reason=EndReason.REFUSES,
                note="商家中途离场，表示不再参加。",
                was_told=True,
            )
        elif dispute.stage in _SETTLED:
            self._settle(dispute, mediation, parties, over)

    def _record(self, mediation: int, session: int, at: datetime) -> None:
        with Session(self.database.engine) as reading:
            saved = reading.get_one(MediationSession, session).saved_at
        blocks = tuple(
            RecordBlock(who=who, text=text, at=at + timedelta(minutes=3 * n))
            for n, (who, text) in enumerate(RECORD)
        )
        self._send(
            at + timedelta(minutes=30),
            SaveRecord,
            mediation=mediation,
            session=session,
            saved_at=saved,
            blocks=blocks,
        )

    def _settle(self, dispute: Dispute, mediation: int, parties: list[int], at: datetime) -> None:
        days = (20, 50, 80) if dispute.stage == "instalments" else (7,)
        first = in_shanghai(at).date()
        self._step(
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
        if dispute.stage != "instalments":
            self._pay(mediation, at + timedelta(hours=2), first)
        if dispute.stage == "closed":
            self._step(
                at + timedelta(hours=6),
                FollowUpMediation,
                mediation,
                visited_on=first,
                way="电话",
                performance=Performance.PERFORMED,
                satisfaction=Satisfaction.SATISFIED,
            )

    def _pay(self, mediation: int, at: datetime, on: date) -> None:
        with Session(self.database.engine) as session:
            plan = session.scalars(
                select(Instalment).where(Instalment.mediation_id == mediation)
            ).all()
        for part in plan:
            self._step(
                at,
                RecordPayment,
                mediation,
                instalment=part.id,
                amount_fen=part.amount_fen,
                paid_on=on,
            )

    def _sits_at(self, dispute: Dispute) -> datetime:
        """Return when the sitting is: so many working days from today."""
        calendar, day = self.street.calendar, in_shanghai(self.now).date()
        if dispute.day > 0 or not calendar.is_working_day(day):
            day = calendar.working_day_after(day, max(dispute.day, 1))
        for _ in range(-dispute.day):
            day -= timedelta(days=1)
            while not calendar.is_working_day(day):
                day -= timedelta(days=1)
        return start_of(day) + timedelta(hours=dispute.hour)

    def _version(self, mediation: int) -> int:
        with Session(self.database.engine) as session:
            return session.get_one(Mediation, mediation).version

    def _parties(self, mediation: int) -> list[int]:
        with Session(self.database.engine) as session:
            return list(
                session.scalars(
                    select(MediationParty.id)
                    .where(MediationParty.mediation_id == mediation)
                    .order_by(MediationParty.position)
                )
            )

    def _step(
        self, at: datetime, request: type[Request], mediation: int, **more: Any
    ) -> Mapping[str, Any]:
        return self._send(at, request, mediation=mediation, seen=self._version(mediation), **more)

    def _send(
        self, at: datetime, request: type[Request], desk: str = "调委会", **more: Any
    ) -> Mapping[str, Any]:
        at = min(at, self.now)
        person = replace(self.secretary, desk_name=desk)
        there = Database(self.database.engine, person, clock=lambda: in_utc(at))
        head: dict[str, Any] = {"made_by": person.staff_id, "happened_at": in_utc(at)}
        return there.carry_out(request(**head, **more)).made
