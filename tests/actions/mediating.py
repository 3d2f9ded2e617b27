"""Mediations in the small hall: opened, accepted and staffed, for tests about what comes after."""

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_opening import AcceptMediation, OpenMediation
from desk.actions.mediation_parties import PartyFacts
from desk.actions.mediation_people import AssignMediator
from desk.actions.mediators import SetMediator
from desk.rules.mediation_codes import DisputeKind, PartySide
from desk.store.models import (
    Event,
    EventMediation,
    Mediation,
    MediationContent,
    MediationParty,
    Mediator,
)

QIAN, MENG, GU = "钱惠", "孟瑶", "顾敏"  # mediator, secretary, director
APPLICANT = PartyFacts(
    side=PartySide.APPLICANT, name="张春兰", phone="13800000031", address="青榕花园 7 栋 401"
)
RESPONDENT = PartyFacts(
    side=PartySide.RESPONDENT, name="李国强", phone="13800000032", address="青榕花园 7 栋 501"
)
FACTS = "楼上卫生间漏水，吊顶和墙面发霉，双方自行商量未成。"


class Mediating:
    """Moves mediations along with the people of the small hall."""

    def __init__(self, work):
        self.work = work
        self.hall = work.hall

    def ask(self, who, request, mediation=None, /, **more):
        """Carry out a request of somebody who has the newest version on screen."""
        known = {field.name for field in fields(request)}
        if mediation is not None:
            more["mediation"] = mediation
            if "seen" in known:
                more.setdefault("seen", self.row(mediation).version)
        return self.work.desk(who).carry_out(request(**(self.hall.by(who) | more)))

    def open(self, who=MENG, **more):
        """Open an ordinary mediation and return its id."""
        facts = {
            "kind": DisputeKind.NEIGHBOURS,
            "title": "房屋漏水赔偿",
            "facts": FACTS,
            "parties": (APPLICANT, RESPONDENT),
        }
        return self.ask(who, OpenMediation, **(facts | more)).made["mediation"]

    def accept(self, mediation=None, *, who=MENG, **more):
        """Accept a mediation (a new one by default) with the consent of all; return its id."""
        mediation = self.open() if mediation is None else mediation
        consents = tuple(party.id for party in self.parties(mediation))
        self.ask(who, AcceptMediation, mediation, **({"consents": consents} | more))
        return mediation

    def mediator(self, name=QIAN):
        """Return the id of a mediator, who is written down first where he is not yet."""
        with Session(self.hall.engine) as session:
            found = session.scalar(select(Mediator.id).where(Mediator.name == name))
        if found is not None:
            return found
        staff = {"staff": self.work.staff(name)} if name == QIAN else {}
        return self.ask(GU, SetMediator, name=name, **staff).made["mediator"]

    def staffed(self, mediation=None, **more):
        """Accept a mediation and give it to its mediator; return its id."""
        mediation = self.accept(mediation, **more)
        self.ask(MENG, AssignMediator, mediation, mediator=self.mediator(), was_chosen=True)
        return mediation

    def row(self, mediation):
        """Return a mediation as it now stands in the database."""
        with Session(self.hall.engine) as session:
            return session.get(Mediation, mediation)

    def content(self, mediation):
        """Return what a mediation is about."""
        with Session(self.hall.engine) as session:
            return session.get(MediationContent, mediation)

    def parties(self, mediation):
        """Return the parties who have not left."""
        return [party for party in self.all(MediationParty, mediation) if party.left_on is None]

    def all(self, table, mediation):
        """Return the mediation's rows of a table, oldest first."""
        with Session(self.hall.engine) as session:
            rows = session.scalars(select(table).where(table.mediation_id == mediation))
            return sorted(rows, key=lambda row: row.id)

    def history(self, mediation):
        """Return the history lines of a mediation, oldest first."""
        with Session(self.hall.engine) as session:
            return session.scalars(
                select(Event)
                .join(EventMediation, EventMediation.event_id == Event.id)
                .where(EventMediation.mediation_id == mediation)
                .order_by(EventMediation.version)
            ).all()
