"""A hall in which people mediate: a case in hand, sittings, by the names of people."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_sessions import Attendance, PartyAnswer, StartSession
from desk.actions.numbers import number_text
from desk.rules.mediation_codes import (
    CompanionRole,
    Difficulty,
    DisputeKind,
    MediationSource,
    MediationStatus,
    PartyKind,
    PartySide,
)
from desk.rules.numbering import NumberKind
from desk.store.ids import new_id
from desk.store.models import (
    Event,
    EventMediation,
    Mediation,
    MediationCompanion,
    MediationContent,
    MediationParty,
    MediationSession,
    Mediator,
)
from desk.store.requests import Changes, Request, action
from tests.actions.work import Work

QIAN, MENG, GU = "钱惠", "孟瑶", "顾敏"  # mediator, secretary, director of the committee
CHEN_GUIFANG, COMPANY = "陈桂芳", "安居物业公司"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayMediation(Request):
    """Put an accepted mediation of two parties on the table, with its mediator."""

    staff: int
    secretary: int
    status: MediationStatus = MediationStatus.ACCEPTED
    phone: str = "13800000023"
    is_assigned: bool = True


@action(LayMediation, "mediation.opened")
def lay_mediation(tx, request):
    """Write the rows that opening and accepting write."""
    mediator = tx.session.scalar(select(Mediator).where(Mediator.staff_id == request.staff))
    if mediator is None:
        mediator = Mediator(
            id=new_id(),
            street_id=tx.street_id,
            staff_id=request.staff,
            name=QIAN,
            skills=[],
            languages=[],
            duty={},
            valid_from=date(2026, 1, 1),
        )
        tx.add(mediator)
    seq = tx.next_number(NumberKind.MEDIATION, 2026)
    row = Mediation(
        id=new_id(),
        street_id=tx.street_id,
        number=number_text(tx, NumberKind.MEDIATION, 2026, seq),
        year=2026,
        seq=seq,
        status=request.status,
        kind=DisputeKind.PROPERTY,
        source=MediationSource.APPLIED,
        difficulty=Difficulty.ORDINARY,
        is_private=False,
        staggers=False,
        is_imported=False,
        received_on=tx.today,
        registered_by=tx.person.staff_id,
        registered_at=tx.now,
        accepted_on=tx.today,
        exclusions={},
        mediator_id=mediator.id if request.is_assigned else None,
        secretary_id=request.secretary,
        changed_at=tx.now,
    )
    tx.touched.append(row)
    tx.add(row)
    content = MediationContent(
        mediation_id=row.id,
        street_id=tx.street_id,
        title="楼上漏水赔偿",
        facts="楼上卫生间漏水，天花板发霉。",
        requests=["修好漏点", "赔偿墙面损失"],
    )
    sides = (
        (PartySide.APPLICANT, PartyKind.PERSON),
        (PartySide.RESPONDENT, PartyKind.ORGANISATION),
    )
    parties = [
        MediationParty(
            id=new_id(),
            street_id=tx.street_id,
            mediation_id=row.id,
            position=position,
            side=side,
            kind=kind,
            name=(CHEN_GUIFANG, COMPANY)[position - 1],
            phone=request.phone,
            represented_by="罗仁" if kind is PartyKind.ORGANISATION else None,
            no_shows=0,
        )
        for position, (side, kind) in enumerate(sides, start=1)
    ]
    tx.add(content, *parties)
    agent = MediationCompanion(
        id=new_id(),
        street_id=tx.street_id,
        mediation_id=row.id,
        party_id=parties[1].id,
        role=CompanionRole.AGENT,
        name="丁律",
    )
    tx.add(agent)
    return Changes("登记调解", mediations=(row.id,), made={"mediation": row.id})


class Mediations(Work):
    """Moves mediations along; every step takes a minute of the hall's clock."""

    def lay(self, status=MediationStatus.ACCEPTED, **more):
        """Return the id of a new mediation of two parties."""
        request = LayMediation(
            **self.hall.by(MENG),
            staff=self.staff(QIAN),
            secretary=self.staff(MENG),
            status=status,
            **more,
        )
        return self.desk(MENG).carry_out(request).made["mediation"]

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
        rows = self.rows(MediationParty, mediation)
        return [row.id for row in sorted(rows, key=lambda row: row.position)]

    def mediation(self, mediation):
        """Return a mediation as it now stands in the database."""
        with Session(self.hall.engine) as session:
            return session.get(Mediation, mediation)

    def content(self, mediation):
        """Return the content of a mediation."""
        with Session(self.hall.engine) as session:
            return session.get(MediationContent, mediation)

    def session(self, session_id):
        """Return a sitting as it now stands."""
        with Session(self.hall.engine) as session:
            return session.get(MediationSession, session_id)

    def rows(self, table, mediation):
        """Return the rows of a table of this mediation, oldest first."""
        with Session(self.hall.engine) as session:
            rows = session.scalars(select(table).where(table.mediation_id == mediation)).all()
            return sorted(rows, key=lambda row: getattr(row, "id", 0))

    def lines(self, mediation):
        """Return the history lines of a mediation, oldest first."""
        with Session(self.hall.engine) as session:
            return session.scalars(
                select(Event)
                .join(EventMediation, EventMediation.event_id == Event.id)
                .where(EventMediation.mediation_id == mediation)
                .order_by(EventMediation.version)
            ).all()
