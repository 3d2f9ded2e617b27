"""Second rounds, 请勿再打 and calls back in the fictional street, made by its own people."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.contacts import DoNotCall, RecordContact
from desk.actions.followup import MatterWord, RecordFollowUp
from desk.actions.handling import FinishHandling
from desk.actions.last_mile import DeliverPaper, SealPaper
from desk.actions.matter_answers import MatterAnswer
from desk.actions.opinions import WriteOpinion
from desk.actions.signing import SignOpinion
from desk.rules.codes import (
    CaseStatus,
    ContactResult,
    ContactWay,
    DeliveryWay,
    Discontent,
    HandlingResult,
    NextStep,
    Resolution,
    Role,
    Satisfaction,
)
from desk.store.database import Database
from desk.store.models import Case, Matter, Opinion, SignStep, Staff
from desk.store.people import person_of

_WHY = "诉求人约好的时间"
_WISHES = ("家里有病人，请不要再打电话", "说单位不方便接电话，有事发短信", "说天天有人打，别再打了")
_AGAIN = (
    (Discontent.NOT_SOLVED, "下雨又漏了，请再来看看。"),
    (Discontent.UNTRUE, "说修好了，其实只换了一盏灯。"),
    (Discontent.ATTITUDE, "来的人话没说完就走了。"),
)
_MEASURES = "第二次上门，当面和诉求人一起查看，换了整段线路，他当场试过。"


def live_rounds(database: Database, now: datetime) -> None:
    """Ring some residents back: two rounds go on, one comes back, some want no calls."""
    street = _Street(database, now)
    waiting = street.cases(CaseStatus.FOLLOW_UP)
    for case, (why, words) in zip(waiting, _AGAIN, strict=False):
        street.again(case, why, words)
    if waiting:
        street.through_the_second_round(waiting[0])
    for case in waiting[3:5]:
        street.do(street.caller, RecordFollowUp, case, is_reached=False, over_reason=_WHY)
    for case in waiting[5:7]:
        later = now + timedelta(hours=1)
        street.do(
            street.caller,
            RecordFollowUp,
            case,
            is_reached=False,
            missed=ContactResult.REACHED,
            call_back_at=later,
            suggestion="在开会，约好一小时后再打。",
            over_reason=_WHY,
        )
    for case, words in zip(street.cases(CaseStatus.HANDLING)[2:], _WISHES, strict=False):
        street.do(None, DoNotCall, case, note=words)


class _Street:
    """The people of the street at work on its newest cases."""

    def __init__(self, database: Database, now: datetime) -> None:
        self._database, self._now = database, now
        with Session(database.engine) as session:
            rows = session.scalars(select(Staff).where(Staff.is_built_in.is_(False)))
            self._people = {row.id: person_of(session, row, now.date()) for row in rows.all()}
        self.caller, self._office = self._one(Role.FOLLOW_UP), self._one(Role.OFFICE)

    def cases(self, status: CaseStatus) -> list[int]:
        """Return the newest cases at a status that are nobody's secret."""
        with Session(self._database.engine) as session:
            return list(
                session.scalars(
                    select(Case.id)
                    .where(Case.status == status, Case.is_secret.is_(False))
                    .where(Case.round_no == 1)
                    .order_by(Case.received_at.desc(), Case.id)
                )
            )

    def again(self, case: int, why: Discontent, words: str) -> None:
        """Let somebody be dissatisfied: with several matters only the last one is left."""
        matters = self._all(Matter, case)
        left = Resolution.NO if len(matters) < 3 else Resolution.PARTLY
        said = [Resolution.YES] * (len(matters) - 1) + [left]
        self.do(
            self.caller,
            RecordFollowUp,
            case,
            is_reached=True,
            was_contacted=True,
            matters=tuple(MatterWord(m.id, word) for m, word in zip(matters, said, strict=True)),
            satisfaction=Satisfaction.DISSATISFIED,
            discontent=why,
            suggestion=words,
            next_step=NextStep.AGAIN,
            over_reason=_WHY,
        )

    def through_the_second_round(self, case: int) -> None:
        """Let the handler go there, and the case come back to be asked about again."""
        visit = {"way": ContactWay.HOME, "result": ContactResult.REACHED, "note": _MEASURES}
        self.do(None, RecordContact, case, **visit)
        open_ = [m.id for m in self._all(Matter, case) if m.round_no == 2]
        answers = tuple(MatterAnswer(m, HandlingResult.SOLVED, _MEASURES) for m in open_)
        is_several = len(self._all(Matter, case)) > 1
        self.do(
            None,
            FinishHandling,
            case,
            result=HandlingResult.SOLVED,
            measures=_MEASURES,
            matters=answers if is_several else (),
            late_reason="等配件。",
        )
        draft = self._all(Opinion, case)[-1]
        words = {n: getattr(draft, n) for n in ("title", "acceptance", "findings", "decision")}
        self.do(None, WriteOpinion, case, **words, is_ready=True)
        while self._case(case).status is CaseStatus.SIGNING:
            signer = next(s for s in self._all(SignStep, case) if s.signed_at is None)
            self.do(signer.signer_id, SignOpinion, case, is_agreed=True)
        self.do(self._office, SealPaper, case)
        self.do(None, DeliverPaper, case, way=DeliveryWay.IN_PERSON)

    def do(self, who: int | None, request: Callable[..., Any], case: int, **more: Any) -> None:
        """Carry out one request; whoever handles the case does what nobody is named for."""
        handler = self._case(case).handler_id
        person = self._people.get(who or handler or 0, self._database.person)
        desk = Database(self._database.engine, person, clock=self._database.now)
        seen = self._case(case).version
        asked = request(
            made_by=person.staff_id, happened_at=self._now, case=case, seen=seen, **more
        )
        desk.carry_out(asked)

    def _one(self, role: Role) -> int | None:
        return next((p.staff_id for p in self._people.values() if role in p.roles), None)

    def _case(self, case: int) -> Case:
        with Session(self._database.engine) as session:
            return session.get_one(Case, case)

    def _all(self, table: Any, case: int) -> list[Any]:
        with Session(self._database.engine) as session:
            return list(
                session.scalars(select(table).where(table.case_id == case).order_by(table.id))
            )
