"""Supports, mediations and whistles at a change of shift: what goes over, what stays, who knows."""

from functools import partial

import pytest

from desk.actions.archiving import ArchiveCase
from desk.actions.handling import AcceptAssignment
from desk.actions.handover import TakeOver
from desk.actions.keeping import KeepItem
from desk.actions.recusal import RecordAccused
from desk.actions.set_aside import WithdrawCase
from desk.actions.support import AddSupport, ReportSupport
from desk.queries.case_file import case_file
from desk.queries.handover import shift_desk
from desk.rules.codes import AssignmentRole, ConfirmWay, HandlingResult, KeptKind
from desk.rules.errors import RuleBroken
from desk.store.models import Assignment, Paper
from tests.actions.mediating import GU, QIAN, Mediating
from tests.actions.test_handover import desk_of, hand_over, own_case, promise
from tests.actions.whistling import Whistling
from tests.actions.work import HE, LI, WU, ZHAO, ZHOU, S

DONE = {"result": HandlingResult.SOLVED, "feedback": "已打电话问清。"}


def everything(work, who):
    mine = work.desk(who).read(shift_desk)
    names = ("supports", "mediations", "whistles")
    return {name: tuple(one.id for one in getattr(mine, name)) for name in names}


def supported(work, who=LI):
    """Return a case of 城建办 that somebody of the centre supports, and his part."""
    case = work.to(S.HANDLING)
    work.ask(ZHOU, AddSupport, case, units=(work.unit("信联办"),), reason="请查来电记录")
    work.ask(who, AcceptAssignment, case)
    return case, part_of(work, case).id


def part_of(work, case):
    return next(p for p in work.all(Assignment, case) if p.role is AssignmentRole.SUPPORT)


def paper_row(work, paper):
    with work.hall.engine.connect() as connection:
        return connection.execute(Paper.__table__.select().where(Paper.id == paper)).one().row


def test_a_support_goes_over_and_the_lead_stays(work):
    case, part = supported(work)
    assert [one.id for one in desk_of(work, LI).supports] == [part]
    handover = hand_over(work, supports=(part,))

    changes = work.ask(WU, TakeOver, handover=handover)

    assert changes.title == f"接班，{LI} 交给 {WU}"
    assert changes.cases == (case,)
    assert part_of(work, case).handler_id == work.staff(WU)
    assert work.case(case).handler_id == work.staff(ZHAO)
    assert [one.case_id for one in desk_of(work, WU).supports] == [case]
    (line,) = paper_row(work, changes.made["paper"])["open_work"]
    assert (line["number"], line["state"]) == (work.case(case).number, "协办，已签收")


def test_what_goes_over_of_a_case_of_others_stands_in_its_own_history(work):
    """Nobody asks months later in whose drawer the original lay, and who was to ring back."""
    led = work.to(S.HANDLING, handler=ZHAO)
    promise(work, led, LI)
    for kind in (KeptKind.ORIGINAL, KeptKind.ORIGINAL, KeptKind.KEY, KeptKind.OTHER):
        work.ask(LI, KeepItem, kind=kind, name="房产证", case=led)
    work.ask(LI, KeepItem, kind=KeptKind.KEY, name="仓库钥匙")  # of no case
    old = own_case(work)
    promise(work, old, LI)
    work.ask(LI, KeepItem, kind=KeptKind.ORIGINAL, name="收据", case=old)
    handover = hand_over(work, cases=())
    work.ask(LI, WithdrawCase, old, reason="自己解决了", way=ConfirmWay.WRITTEN)
    work.ask(HE, ArchiveCase, old)  # no call is owed there; its original still lies here
    seen = work.case(led).version

    changes = work.ask(WU, TakeOver, handover=handover)

    assert set(changes.cases) == {led, old}
    assert work.case(led).version == seen + 1
    assert work.case(led).handler_id == work.staff(ZHAO)
    for case, said in (
        (led, "转交：答应诉求人的回电、保管的原件、保管的钥匙、保管的物品"),
        (old, "转交：保管的原件"),
    ):
        newest = work.desk(ZHOU).read(partial(case_file, case_id=case)).steps[0]
        assert (newest.title, newest.detail) == (f"接班，{LI} 交给 {WU}", said)


def test_a_support_that_was_reported_meanwhile_is_not_taken(work):
    case, part = supported(work)
    handover = hand_over(work, supports=(part,))
    work.ask(LI, ReportSupport, case, **DONE)
    assert work.ask(WU, TakeOver, handover=handover).cases == ()


def test_nobody_hands_over_the_support_of_somebody_else(work):
    _, part = supported(work)
    with pytest.raises(RuleBroken, match="列表刚有变化"):
        hand_over(work, who=WU, to=LI, supports=(part,))


def test_a_support_of_a_case_about_the_colleague_never_goes_to_him(work):
    case, part = supported(work)
    offered = hand_over(work, supports=(part,))
    work.ask(ZHOU, RecordAccused, case, staff=work.staff(WU), reason="说他当面推脱")

    with pytest.raises(RuleBroken, match="其中有反映吴芳本人的件"):
        hand_over(work, supports=(part,))
    (waiting,) = desk_of(work, WU).waiting
    assert waiting.row["supports"] == []
    work.ask(WU, TakeOver, handover=offered)
    assert part_of(work, case).handler_id == work.staff(LI)


def test_whistles_are_looked_after_by_the_colleague_and_their_caller_stays(work):
    whistle = Whistling(work).called(who=LI, unit="信联办")
    (mine,) = desk_of(work, LI).whistles
    handover = hand_over(work, whistles=everything(work, LI)["whistles"])

    (waiting,) = desk_of(work, WU).waiting
    assert [line["number"] for line in waiting.row["whistles"]] == [mine.number]
    changes = work.ask(WU, TakeOver, handover=handover)

    assert (mine.id, changes.cases) == (whistle, ())
    (line,) = paper_row(work, changes.made["paper"])["open_work"]
    assert (line["number"], line["subject"]) == (mine.number, "书院路 18 号东门")
    assert line["state"].startswith("哨单，")


def test_a_mediation_is_told_by_its_number_to_who_may_know_of_it_and_stands_on_no_paper(work):
    mediating = Mediating(work)
    mediation = mediating.staffed()
    mine = everything(work, QIAN)
    assert mine["mediations"] == (mediation,)
    with pytest.raises(RuleBroken, match="不能让吴芳知道的调解或哨单") as refused:
        hand_over(work, QIAN, WU, **mine)
    assert refused.value.field == "to"

    handover = hand_over(work, QIAN, GU, **mine)
    (waiting,) = desk_of(work, GU).waiting
    (line,) = waiting.row["mediations"]
    assert line["number"] == mediating.row(mediation).number
    assert "漏水" not in str(waiting.row)
    changes = work.ask(GU, TakeOver, handover=handover)

    assert mediating.row(mediation).mediator_id == mediating.mediator()
    assert line["number"] not in str(paper_row(work, changes.made["paper"]))
