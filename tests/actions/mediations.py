"""A hall in which people mediate: a case in hand, sittings, by the names of people."""

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_parties import CompanionFacts, PartyFacts
from desk.actions.mediation_people import AssignMediator
from desk.actions.mediation_sessions import (
    Attendance,
    EndSession,
    PartyAnswer,
    StartSession,
)
from desk.rules.mediation_codes import (
    CompanionRole,
    DisputeKind,
    MediationStatus,
    PartyKind,
    PartySide,
    SessionEnd,
)
from desk.store.models import MediationSession
from tests.actions.mediating import GU, MENG, QIAN, Mediating
from tests.actions.work import Work

__all__ = ["GU", "MENG", "QIAN"]

CHEN_GUIFANG, COMPANY = "陈桂芳", "安居物业公司"
S = MediationStatus
PARTIES = (
    PartyFacts(side=PartySide.APPLICANT, name=CHEN_GUIFANG, phone="13800000023"),
    PartyFacts(
        side=PartySide.RESPONDENT,
        kind=PartyKind.ORGANISATION,
        name=COMPANY,
        phone="13800000024",
        represented_by="罗仁",
        companions=(CompanionFacts(role=CompanionRole.AGENT, name="丁律"),),
    ),
)


class Mediations(Work):
    """Moves mediations along; every step takes a minute of the hall's clock."""

    def lay(self, status=S.ACCEPTED, *, is_assigned=True):
        """Return the id of a new mediation of a person and an organisation."""
        people = Mediating(self)
        mediation = people.open(kind=DisputeKind.PROPERTY, title="楼上漏水赔偿", parties=PARTIES)
        if status is S.APPLIED:
            return mediation
        people.accept(mediation)
        if is_assigned:
            mediator = people.mediator()
            people.ask(MENG, AssignMediator, mediation, mediator=mediator, was_chosen=True)
        if status is S.MEDIATING:
            facts = {"end": SessionEnd.CONTINUE, "result": "改日再谈。"}
            self.mediate(QIAN, EndSession, mediation, session=self.sit(mediation), **facts)
        return mediation

    def mediate(self, who, request, mediation, /, **more):
        """Carry out a request of somebody who has the newest version on screen."""
        self.clock.forward(minutes=1)
        if "seen" in {field.name for field in fields(request)}:
            more.setdefault("seen", self.mediation(mediation).version)
        return self.desk(who).carry_out(
            request(**(self.hall.by(who) | {"mediation": mediation} | more))
        )

    def sit(self, mediation, who=QIAN, parties=None, **more):
        """Begin a sitting in which all is in order; return its id."""
        facts = {
            "place": "第一调解室",
            "recorder": MENG,
            "attended": self.came(mediation, parties),
            "answers": self.answered(mediation, parties),
        }
        return self.mediate(who, StartSession, mediation, **(facts | more)).made["session"]

    def came(self, mediation, parties=None):
        """Return that these parties (all by default) came just now."""
        return tuple(
            Attendance(party=party, came_at=self.clock())
            for party in parties or self.parties(mediation)
        )

    def answered(self, mediation, parties=None):
        """Return that these parties (all by default) signed and want no other mediator."""
        return tuple(
            PartyAnswer(party=party, has_signed=True, wants_other=False)
            for party in parties or self.parties(mediation)
        )

    def parties(self, mediation):
        """Return the ids of the parties in their order."""
        rows = Mediating(self).parties(mediation)
        return [row.id for row in sorted(rows, key=lambda row: row.position)]

    def mediation(self, mediation):
        """Return a mediation as it now stands in the database."""
        return Mediating(self).row(mediation)

    def content(self, mediation):
        """Return the content of a mediation."""
        return Mediating(self).content(mediation)

    def session(self, session_id):
        """Return a sitting as it now stands."""
        with Session(self.hall.engine) as session:
            return session.get(MediationSession, session_id)

    def rows(self, table, mediation):
        """Return the rows of a table of this mediation."""
        with Session(self.hall.engine) as session:
            return session.scalars(select(table).where(table.mediation_id == mediation)).all()

    def lines(self, mediation):
        """Return the history lines of a mediation, oldest first."""
        return Mediating(self).history(mediation)
