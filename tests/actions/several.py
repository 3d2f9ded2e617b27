"""Cases of several matters in the small hall, and who answers what."""

from desk.actions.handling import AcceptAssignment
from desk.actions.matter_answers import MatterAnswer
from desk.actions.matters import AssignMatter, MatterUnit
from desk.rules.codes import HandlingResult, Urgency
from desk.store.models import Matter
from tests.actions.work import SUN, ZHOU, S

SOLVED, PARTLY, EXPLAINED = HandlingResult.SOLVED, HandlingResult.PARTLY, HandlingResult.EXPLAINED
BOTH = ("路灯不亮", "电梯停运")
FAST = {"urgency": Urgency.FAST}


def matters(work, case):
    return sorted(work.all(Matter, case), key=lambda row: row.seq)


def ids(work, case):
    return [row.id for row in matters(work, case)]


def two_units(work, status=S.HANDLING):
    """Return a case of two matters in the hands of 城建办 and, supporting, 执法队."""
    case = work.to(status, supports=("综合行政执法队",), matters=BOTH)
    work.ask(SUN, AcceptAssignment, case)
    return case


def give_second_to_enforcement(work, case):
    second = ids(work, case)[1]
    wanted = (MatterUnit(second, work.unit("综合行政执法队")),)
    work.ask(ZHOU, AssignMatter, case, matters=wanted)
    return second


def answer(matter, result=SOLVED, said="已办好。", **more):
    return MatterAnswer(matter, result, said, **more)
