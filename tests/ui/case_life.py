"""Cases at every stage of their life, brought there by the real actions in the small hall."""

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.closing import AddNote
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DispatchCase
from desk.actions.followup import RecordFollowUp
from desk.actions.handling import AcceptAssignment, FinishHandling, RecordVerification
from desk.actions.intake import Appellant, RegisterCase
from desk.actions.last_mile import DeliverPaper, SealPaper
from desk.actions.matter_answers import MatterAnswer
from desk.actions.opinions import WriteOpinion
from desk.actions.signing import SignOpinion
from desk.rules.codes import (
    Channel,
    ContactResult,
    DeliveryWay,
    Discontent,
    Exit,
    HandlingResult,
    NextStep,
    Resolution,
    Satisfaction,
    Urgency,
)
from desk.store.models import Case, Event, Matter, Opinion, Paper
from tests.remembered_halls import made_once

STAGES = ("received", "dispatched", "accepted", "handling", "opinion", "signing", "sealing")
STAGES += ("delivering", "follow_up")
# the steps that need nothing but the person whose turn it is
PLAIN_STEPS = {
    "accepted": ("赵强", AcceptAssignment, {}),
    "sealing": ("郑伟", SignOpinion, {"is_agreed": True}),
    "delivering": ("冯丽", SealPaper, {}),
    "follow_up": ("李敏", DeliverPaper, {"way": DeliveryWay.IN_PERSON}),
}


class CaseLife:
    """Moves cases along; each step takes two minutes of the hall's time."""

    def __init__(self, hall):
        self.hall = hall

    def register(self, *, name="陈桂芳", phone="13800000023", summary="", **more):
        """Register a case and return its id."""
        facts = {
            "exit": Exit.TRANSFER,
            "channel": Channel.HOTLINE,
            "details": "七栋楼道漏电，手背碰到扶手发麻。请求尽快断电检修。",
            "category": self.hall.category("楼道漏电"),
            "first_unit": self.hall.unit("信联办"),
            "community": self.hall.unit("榕东社区"),
            "urgency": Urgency.FAST,
            "appellant": Appellant(name=name, phone=phone, address="青榕花园 7 栋 401"),
            "summary": summary,
        }
        facts |= more

        def make():
            request = RegisterCase(**self.hall.by("李敏"), **facts)
            return self.hall.sign_in("李敏").carry_out(request).made["case"]

        way = f"register {sorted(facts.items())!r}"
        return made_once(self.hall.memory, self.hall.clock, way, make)

    def at(self, stage, **facts):
        """Register a case and bring it to `stage`; return its id."""
        clock, memory, last = self.hall.clock, self.hall.memory, STAGES.index(stage)
        way = f"at {sorted(facts.items())!r} {clock()}"
        came = memory and memory.stands()
        known = came and memory.recall(came, way, last, clock)
        case, start = known or (self.register(**facts), 1)
        for step in STAGES[start : last + 1]:
            self._step(step, case)
        if came and start <= last:
            memory.keep(came, way, last, case, clock)
        return case

    def do(self, who, request, case, **more):
        """Carry out one request as a member of staff who has the case on screen."""
        self.hall.clock.forward(minutes=2)
        known = {field.name for field in fields(getattr(request, "func", request))}
        if "over_reason" in known:  # all cases have the same number
            more.setdefault("over_reason", "诉求人等着回话")
        asked = request(**self.hall.by(who), case=case, seen=self.case(case).version, **more)
        return self.hall.sign_in(who).carry_out(asked)

    def case(self, case):
        """Return the case's row as it is stored now."""
        with Session(self.hall.engine) as session:
            return session.get(Case, case)

    def matters(self, case):
        """Return the matters of a case in their order."""
        with Session(self.hall.engine) as session:
            query = select(Matter).where(Matter.case_id == case).order_by(Matter.seq)
            return list(session.scalars(query))

    def opinion(self, case):
        """Return the newest opinion of a case."""
        with Session(self.hall.engine) as session:
            query = select(Opinion).where(Opinion.case_id == case).order_by(Opinion.id.desc())
            return session.scalars(query).first()

    def papers(self, case):
        """Return the papers of a case by code, the newest of each."""
        with Session(self.hall.engine) as session:
            query = select(Paper).where(Paper.case_id == case).order_by(Paper.id)
            return {paper.code: paper for paper in session.scalars(query)}

    def lines(self, kind):
        """Return the history lines of a kind."""
        with Session(self.hall.engine) as session:
            return list(session.scalars(select(Event).where(Event.kind == kind)))

    def note(self, case, words):
        """Let a colleague change the case's version by a note."""
        return self.do("周航", AddNote, case, note=words)

    def fail_to_reach(self, case):
        """Record a follow-up that reached nobody."""
        self.do("吴芳", RecordFollowUp, case, is_reached=False, failed_calls=1)

    def sent_back(self, case):
        """Let the appellant be dissatisfied, so that another round begins."""
        said = {"resolution": Resolution.NO, "satisfaction": Satisfaction.DISSATISFIED}
        said |= {"discontent": Discontent.NOT_SOLVED, "next_step": NextStep.AGAIN}
        self.do("吴芳", RecordFollowUp, case, is_reached=True, was_contacted=True, **said)

    def again(self, case):
        """Let the case come back from its next round too."""
        self.sent_back(case)
        for step in STAGES[STAGES.index("opinion") :]:
            self._step(step, case)

    def finish(self, case):
        """Let the handler end his handling."""
        self._to_opinion(case)

    def rewrite(self, case, **words):
        """Let the handler write the opinion anew and submit it."""
        self.do("赵强", WriteOpinion, case, **words, is_ready=True)

    def dispatch_to(self, unit, case, **more):
        """Let the dispatchers send a case to a unit."""
        urgency = self.case(case).urgency
        self.do("周航", DispatchCase, case, lead=self.hall.unit(unit), urgency=urgency, **more)

    def _step(self, stage, case):
        if stage in PLAIN_STEPS:
            who, request, more = PLAIN_STEPS[stage]
            self.do(who, request, case, **more)
        elif stage == "dispatched":
            self.dispatch_to("城建办", case)
        else:
            getattr(self, f"_to_{stage}")(case)

    def _to_handling(self, case):
        self.do("赵强", RecordContact, case, result=ContactResult.REACHED, note="约好十点到场")
        self.do("赵强", RecordVerification, case, note="配电箱外壳带电，已先断电。")

    def _to_opinion(self, case):
        measures = "已更换老化线路，复测正常。"
        solved = HandlingResult.SOLVED
        rows, number = self.matters(case), self.case(case).round_no
        asked = [row for row in rows if (row.round_no or 1) == number] if len(rows) > 1 else ()
        answers = tuple(MatterAnswer(row.id, solved, measures) for row in asked)
        self.do("赵强", FinishHandling, case, result=solved, measures=measures, matters=answers)

    def _to_signing(self, case):
        draft = self.opinion(case)
        words = {n: getattr(draft, n) for n in ("title", "acceptance", "findings", "decision")}
        self.do("赵强", WriteOpinion, case, **words, is_ready=True)
