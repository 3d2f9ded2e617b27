"""Mediations of the fictional street (调解): a week of rooms, one sitting now, and the past."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.booking_series import BookSeries
from desk.actions.bookings import BookRoom
from desk.actions.mediation_opening import AcceptMediation, OpenMediation
from desk.actions.mediation_papers import IssueMediationPaper
from desk.actions.mediation_parties import PartyFacts
from desk.actions.mediation_people import AssignMediator
from desk.demo.committee import committee_ids
from desk.demo.dispute_texts import DISPUTES, Dispute
from desk.demo.index import StreetIndex, street_index
from desk.demo.past_mediations import write_past
from desk.demo.sittings import SETTLED, sit
from desk.rules.codes import Role
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import (
    BookingPurpose,
    HolidayWay,
    PartyKind,
    PartySide,
    RepeatRule,
)
from desk.rules.moments import SHANGHAI, in_shanghai, in_utc, start_of
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.models import Mediation, MediationParty, Staff
from desk.store.people import person_of
from desk.store.requests import Request

_FEN = 100
_PAST_MONTHS = 6
_BEFORE = timedelta(days=4)  # an application comes so long before its sitting
_THURSDAY = 3
_SAT = SETTLED | {"now", "failed", "ended"}


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
    write_past(database, street, ids, in_shanghai(now).date())
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
        self.step(opened + timedelta(hours=2), AcceptMediation, mediation, exclusions=())
        self.step(
            opened + timedelta(hours=2),
            IssueMediationPaper,
            mediation,
            code="mediation-acceptance",
        )
        self.step(
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
            sit(self, dispute, mediation, booking, sits_at)

    def book_reception(self) -> None:
        """Book the leaders' reception of each Thursday for the weeks to come."""
        day = in_shanghai(self.now).date()
        day += timedelta(days=(_THURSDAY - day.weekday()) % 7)
        start = datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=15)
        if start < self.now:
            start += timedelta(days=7)
        self.send(
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
        changes = self.send(
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
            changes = self.send(
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

    def parties(self, mediation: int) -> list[int]:
        """Return the parties in their order."""
        with Session(self.database.engine) as session:
            return list(
                session.scalars(
                    select(MediationParty.id)
                    .where(MediationParty.mediation_id == mediation)
                    .order_by(MediationParty.position)
                )
            )

    def step(
        self, at: datetime, request: type[Request], mediation: int, **more: Any
    ) -> Mapping[str, Any]:
        """Take a step of a mediation as it stands."""
        return self.send(at, request, mediation=mediation, seen=self._version(mediation), **more)

    def send(
        self, at: datetime, request: type[Request], desk: str = "调委会", **more: Any
    ) -> Mapping[str, Any]:
        """Send a request as the secretary would have at that moment."""
        at = min(at, self.now)
        person = replace(self.secretary, desk_name=desk)
        there = Database(self.database.engine, person, clock=lambda: in_utc(at))
        head: dict[str, Any] = {"made_by": person.staff_id, "happened_at": in_utc(at)}
        return there.carry_out(request(**head, **more)).made
