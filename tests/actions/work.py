"""A hall at work: requests by the names of people, about whatever is newest, on one engine."""

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.archiving import ArchiveCase
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
    CaseStatus,
    Channel,
    ContactResult,
    DeliveryWay,
    Exit,
    HandlingResult,
    NextStep,
    Resolution,
    Satisfaction,
    Urgency,
)
from desk.rules.rights import may_see
from desk.store.blobs import read_blob
from desk.store.models import Case, Clock, Event, EventCase, Matter, Opinion, Paper
from desk.store.transaction import stand_of
from tests.remembered_halls import made_once

S = CaseStatus
LI, ZHOU, WU, HE = "李敏", "周航", "吴芳", "何平"  # 信联办: window, dispatch, follow-up, archive
ZHAO, SUN = "赵强", "孙浩"  # 城建办, 执法队
CHEN, LIANG = "陈静", "梁燕"  # 榕东, 南塘
ZHENG, WANG, FENG = "郑伟", "王磊", "冯丽"  # leader, chief, office
QIN, XU, GAO = "秦岚", "许诺", "高远"  # 纪工委, administrator, auditor
DETAILS = "七栋楼道漏电，手背碰到扶手发麻。请求尽快断电检修。"

# the steps of an ordinary case: the status it reaches, who takes the step, and with what
STEPS = (
    (S.DISPATCHED, ZHOU, DispatchCase, {"urgency": Urgency.FAST}),
    (S.ACCEPTED, ZHAO, AcceptAssignment, {}),
    (None, ZHAO, RecordContact, {"result": ContactResult.REACHED, "note": "约好十点到场"}),
    (S.HANDLING, ZHAO, RecordVerification, {"note": "配电箱漏电。"}),
    (
        S.OPINION,
        ZHAO,
        FinishHandling,
        {"result": HandlingResult.SOLVED, "measures": "已更换线路。"},
    ),
    (S.SIGNING, ZHAO, WriteOpinion, {"is_ready": True}),
    (S.SEALING, ZHENG, SignOpinion, {"is_agreed": True}),
    (S.DELIVERING, FENG, SealPaper, {}),
    (S.FOLLOW_UP, LI, DeliverPaper, {"way": DeliveryWay.IN_PERSON}),
    (
        S.CLOSED,
        WU,
        RecordFollowUp,
        {
            "is_reached": True,
            "was_contacted": True,
            "resolution": Resolution.YES,
            "satisfaction": Satisfaction.SATISFIED,
            "next_step": NextStep.CLOSE,
        },
    ),
    (S.ARCHIVED, HE, ArchiveCase, {}),
)
# what leaves nothing behind that a test would call by the id it was given
UNNAMED = frozenset({SetSetting})


class Work:
    """Moves cases along in the small hall; every step takes a minute of its clock."""

    def __init__(self, hall, clock):
        self.hall = hall
        self.clock = clock
        self.is_postgresql = hall.engine.dialect.name == "postgresql"

    def desk(self, name):
        """Return the database as a member of staff sees it."""
        return self.hall.sign_in(name)

    def unit(self, name):
        return self.hall.unit(name)

    def staff(self, name):
        return self.hall.person(name).staff_id

    def ask(self, who, request, case=None, /, **more):
        """Carry out a request of somebody who has the newest version on screen."""
        known = {field.name for field in fields(request)}
        if "over_reason" in known:  # all cases of the small hall have the same number
            more.setdefault("over_reason", "诉求人等着回话")
        if case is not None:
            more["case"] = case
            if "seen" in known:
                more.setdefault("seen", self.version(case))
        memory = self.hall.memory
        came = memory.stands() if memory and request in UNNAMED else None
        changes = self.desk(who).carry_out(request(**(self.hall.by(who) | more)))
        if memory and came is not None:
            memory.follows((came, request.__name__, repr((who, self.clock(), more))))
        return changes

    def intake(self, name=LI, **more):
        """Return a request to register an ordinary case."""
        facts = {
            "exit": Exit.TRANSFER,
            "channel": Channel.HOTLINE,
            "details": DETAILS,
            "category": self.hall.category("楼道漏电"),
            "first_unit": self.hall.unit("信联办"),
            "urgency": Urgency.FAST,
            "appellant": Appellant(name="陈桂芳", phone="13800000023"),
        }
        return RegisterCase(**(self.hall.by(name) | facts | more))

    def register(self, name=LI, **more):
        """Register an ordinary case and return its id."""

        def make():
            return self.desk(name).carry_out(self.intake(name, **more)).made["case"]

        way = f"register {name} {sorted(more.items())!r}"
        return made_once(self.hall.memory, self.clock, way, make)

    def to(self, status, case=None, *, lead="城建办", supports=(), handler=ZHAO, **more):
        """Bring a case (a new one by default) to a status along the ordinary way."""
        reached = [step[0] for step in STEPS]
        last = reached.index(status)
        came, way = None, repr((lead, supports, handler, sorted(more.items()), self.clock()))
        memory = self.hall.memory
        if case is None:
            came = memory and memory.stands()
            known = came and memory.recall(came, way, last, self.clock)
            case, start = known or (self.register(**more), 0)
        else:
            now = self.case(case).status
            start = reached.index(now) + 1 if now in reached else 0
        self._go_on(case, STEPS[start : last + 1], lead, supports, handler)
        if came and start <= last:
            memory.keep(came, way, last, case, self.clock)
        return case

    def _go_on(self, case, steps, lead, supports, handler):
        for _, who, request, facts in steps:
            self.clock.forward(minutes=1)
            doer, given = handler if who is ZHAO else who, dict(facts)
            if request is DispatchCase:
                doer = dispatcher_of(self, case)
                given["lead"] = self.unit(lead)
                given["supports"] = tuple(self.unit(unit) for unit in supports)
            if request is WriteOpinion:
                given = self.opinion_words(case) | given
            if request is FinishHandling:
                given["matters"] = self.answers(case)
            self.ask(doer, request, case, **given)

    def opinion_words(self, case):
        """Return the words of the newest draft, as its editor would show them."""
        draft = self.all(Opinion, case)[-1]
        return {
            name: getattr(draft, name) for name in ("title", "acceptance", "findings", "decision")
        }

    def answers(self, case, answer="已更换线路。", result=HandlingResult.SOLVED):
        """Return an answer to every matter of the present round of a case with several."""
        rows = sorted(self.all(Matter, case), key=lambda row: row.seq)
        number = self.case(case).round_no
        wanted = [row for row in rows if (row.round_no or 1) == number]
        if len(rows) == 1:
            return ()
        return tuple(MatterAnswer(row.id, result, answer) for row in wanted)

    def case(self, case):
        """Return a case as it now stands in the database."""
        with Session(self.hall.engine) as session:
            return session.get(Case, case)

    def version(self, case):
        """Return the newest version of a case."""
        with Session(self.hall.engine) as session:
            return session.scalar(select(Case.version).where(Case.id == case))

    def stand(self, case):
        """Return a case as the rights table sees it."""
        with Session(self.hall.engine) as session:
            return stand_of(session, session.get(Case, case))

    def all(self, table, case):
        """Return the case's rows of a table, oldest first."""
        with Session(self.hall.engine) as session:
            rows = session.scalars(select(table).where(table.case_id == case))
            return sorted(rows, key=lambda row: getattr(row, "id", 0))

    def clock_of(self, case, kind):
        """Return the case's newest clock of a kind, or None."""
        found = [clock for clock in self.all(Clock, case) if clock.kind is kind]
        return found[-1] if found else None

    def papers(self, case, code):
        """Return the case's papers of a kind, oldest first."""
        return [paper for paper in self.all(Paper, case) if paper.code == code]

    def layout(self, paper):
        """Return the text of the layout a paper was issued with."""
        with Session(self.hall.engine) as session:
            return read_blob(session, paper.layout_sha256).decode()

    def history(self, case):
        """Return the history lines of a case, oldest first."""
        with Session(self.hall.engine) as session:
            return session.scalars(
                select(Event)
                .join(EventCase, EventCase.event_id == Event.id)
                .where(EventCase.case_id == case)
                .order_by(EventCase.version)
            ).all()

    def kinds(self, case):
        """Return what happened to a case, oldest first."""
        return [line.kind for line in self.history(case)]


def dispatcher_of(work, case):
    """Return who sends a case out: the dispatcher, or who keeps a confidential one (9.4)."""
    stand = work.stand(case)
    if not stand.is_confidential:
        return ZHOU
    keepers = (QIN, ZHENG, WANG)
    return next(name for name in keepers if may_see(stand, work.desk(name).person))
