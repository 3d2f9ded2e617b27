"""What stands on the desks is the same on both engines, and only what the reader may see."""

from datetime import timedelta
from functools import partial

import pytest

from desk.actions.contacts import RecordContact
from desk.actions.followup import RecordFollowUp
from desk.actions.looking import LookAtContact
from desk.queries.desk_today import Pile, counter_day, handler_day, waiting_day
from desk.queries.dispatch_day import dispatch_day, dispatch_sheet
from desk.queries.followup_queue import followup_card, followup_queue
from desk.queries.holding import case_strip
from desk.queries.overview import leader_day
from desk.queries.papers import (
    draft_opinion_notice,
    paper_of_case,
    stored_paper,
    unproved_papers,
)
from desk.queries.sign_queue import sign_queue
from desk.queries.sign_sheet import sign_sheet
from desk.queries.silence import silent_cases
from desk.rules.calling import GivingUp
from desk.rules.codes import (
    CaseStatus,
    ContactResult,
    ContactWay,
    FollowUpWay,
    NextStep,
    Purpose,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import NotAllowed
from tests.ui.case_life import CaseLife


@pytest.fixture
def life(hall):
    """Bring cases to any stage, on both engines."""
    return CaseLife(hall)


def test_the_queue_of_signatures_is_ordered_by_the_limit_of_the_opinion(life):
    first = life.at("signing")
    life.hall.clock.forward(days=2)
    second = life.at("signing")
    leader = life.hall.sign_in("郑伟")

    queue = leader.read(sign_queue)

    assert [row.case_id for row in queue.waiting] == [first, second]
    assert not any(row.is_past(life.hall.clock()) for row in queue.waiting)
    sheet = leader.read(partial(sign_sheet, case_id=first))
    assert [step.what for step in sheet.route] == ["拟稿", "签批", "盖章"]
    assert sheet.route[2].who == "党政办"
    assert len(leader.read(partial(draft_opinion_notice, case_id=first)).row["matters"]) == 1


def test_what_was_signed_is_counted_for_whoever_signed_it(life):
    life.at("sealing")

    assert life.hall.sign_in("郑伟").read(sign_queue).signed_today == 1
    assert life.hall.sign_in("王磊").read(sign_queue).signed_today == 0


def test_the_calls_to_make_count_what_failed_in_this_round(life):
    case = life.at("follow_up")
    life.fail_to_reach(case)
    life.fail_to_reach(case)
    caller = life.hall.sign_in("吴芳")

    (row,) = caller.read(followup_queue)
    card = caller.read(partial(followup_card, case_id=case))

    assert (row.case_id, len(row.attempts), row.clock.name) == (case, 2, "回访")
    assert (card.contact.phone, card.attempts) == ("13800000023", row.attempts)
    assert card.attempts[-1] == life.hall.clock()
    assert (card.giving_up, card.file.calling.rules.quiet) == (GivingUp(3, 2), (22, 8))


def test_calls_promised_for_today_come_first_in_the_queue(life):
    first, later = life.at("follow_up"), life.at("follow_up")
    at = life.hall.clock() + timedelta(hours=3)
    life.do("吴芳", RecordFollowUp, later, is_reached=False, call_back_at=at)
    caller = life.hall.sign_in("吴芳")

    rows = caller.read(followup_queue)
    assert [(row.case_id, row.promised_at) for row in rows] == [(later, at), (first, None)]

    life.hall.clock.set("2026-11-03 09:00")
    assert caller.read(followup_queue)[0].promised_at == at  # it was not made yet


def test_whoever_does_not_ring_back_gets_no_number(life):
    case = life.at("follow_up")

    with pytest.raises(NotAllowed, match="不归您回访"):
        life.hall.sign_in("郑伟").read(partial(followup_card, case_id=case))


def test_a_handlers_piles_and_promises(life):
    case = life.at("accepted")
    at = life.hall.clock() + timedelta(hours=1)
    life.do("赵强", RecordContact, case, result=ContactResult.NO_ANSWER, call_back_at=at)

    day = life.hall.sign_in("赵强").read(handler_day)

    assert [(row.case_id, row.pile(life.hall.clock())) for row in day.rows] == [(case, Pile.CALL)]
    assert [(call.at, call.phone) for call in day.promised] == [(at, "13800000023")]


def test_dispatchers_see_the_queue_with_suggestions(life):
    case = life.register()
    dispatcher = life.hall.sign_in("周航")

    assert [row.case_id for row in dispatcher.read(dispatch_day).waiting] == [case]
    sheet = dispatcher.read(partial(dispatch_sheet, case_id=case))
    assert [hint.name for hint in sheet.hints] == ["城建办", "榕东"]


def test_figures_and_strips_agree_with_the_cases(life):
    case = life.at("handling")
    life.hall.clock.forward(days=5)
    life.register()

    day = life.hall.sign_in("王磊").read(leader_day)
    inspector = life.hall.sign_in("秦岚")
    strip = inspector.read(partial(case_strip, case_id=case))

    assert (day.received, day.open, day.overdue) == (1, 2, 1)
    silent = inspector.read(partial(silent_cases, days=3))
    assert [one.row.case_id for one in silent] == [case]
    assert strip.held[-1].until == life.hall.clock()
    assert life.hall.sign_in("李敏").read(counter_day).received == 1


def test_a_secret_case_is_on_no_desk_of_those_who_may_not_see_it(life):
    secret = life.register(purpose=Purpose.REPORT)

    def seen_by(name):
        query = partial(waiting_day, statuses={CaseStatus.RECEIVED})
        return [row.case_id for row in life.hall.sign_in(name).read(query)]

    assert seen_by("冯丽") == seen_by("梁燕") == []
    assert seen_by("秦岚") == [secret]


def test_papers_wait_for_their_first_rendering(life):
    case = life.register()
    clerk = life.hall.sign_in("李敏")

    papers = clerk.read(partial(unproved_papers, case_id=case))
    newest = clerk.read(partial(paper_of_case, case_id=case, code="receipt"))

    assert {clerk.read(partial(stored_paper, paper_id=p)).code for p in papers} == {
        "intake-sheet",
        "receipt",
    }
    assert newest in papers


def test_a_look_is_written_down_but_changes_nothing(life):
    case = life.at("accepted")
    version = life.case(case).version
    handler = life.hall.sign_in("赵强")

    handler.carry_out(LookAtContact(**life.hall.by("赵强"), case=case, where="工作台"))

    (line,) = life.lines("private.looked")
    assert line.title == "查看联系方式（工作台）"
    assert line.result["made"]["case"] == case
    assert life.case(case).version == version


def test_a_look_at_a_case_out_of_sight_is_refused(life):
    case = life.register()

    with pytest.raises(NotAllowed, match="可能已不归您查看"):
        life.hall.sign_in("梁燕").carry_out(
            LookAtContact(**life.hall.by("梁燕"), case=case, where="工作台")
        )


def test_the_share_met_face_to_face_counts_those_who_were_met_while_handled(life):
    met = life.at("handling")
    life.do("赵强", RecordContact, met, way=ContactWay.HOME, result=ContactResult.REACHED)
    life.at("opinion")
    asked_at_home = life.at("follow_up")
    life.do(
        "吴芳",
        RecordFollowUp,
        asked_at_home,
        way=FollowUpWay.HOME,
        is_reached=True,
        was_contacted=True,
        resolution=Resolution.YES,
        satisfaction=Satisfaction.SATISFIED,
        next_step=NextStep.CLOSE,
    )
    dispatcher = life.hall.sign_in("周航")
    day = dispatcher.read(dispatch_day)
    assert (day.met, day.handled) == (0, 2)  # the visit that asked how it went is none

    life.finish(met)

    day = dispatcher.read(dispatch_day)
    assert (day.met, day.handled) == (1, 3)
