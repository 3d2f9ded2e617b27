"""Opinions of meetings that became kept cases (意见征集)."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from desk.actions.gatherings import OpinionLine, RecordGathering
from desk.rules.proactive_codes import AnswerWay, GatheringKind
from desk.store.models import GatheredOpinion
from tests.small_hall import COMMAND_LINE


def gather(work, case, mark):
    """Let a meeting have said what the case says; the hall's own desks make the tie."""
    day = work.clock().date()
    units = {"unit": work.unit("城建办"), "due_on": day}
    line = OpinionLine(text=mark, way=AnswerWay.LIMITED, **units)
    said = {"kind": GatheringKind.FORUM, "name": "座谈会", "held_on": day}
    said |= {"unit": work.unit("榕东社区"), "opinions": (line,)}
    meeting = work.ask(COMMAND_LINE, RecordGathering, **said).made["gathering"]
    with Session(work.hall.engine) as session, session.begin():
        of = GatheredOpinion.gathering_id == meeting
        session.execute(update(GatheredOpinion).where(of).values(case_id=case))
