"""Whoever heard an appeal first learns what became of it, whoever led it (首问首办, 002-1)."""

from desk.actions.followup import RecordFollowUp
from desk.actions.recusal import RecordAccused
from desk.queries.desk_today import counter_day, handler_day
from desk.queries.first_results import first_results
from desk.rules.codes import Exit
from tests.actions.conftest import own_work, shared_hall, work  # noqa: F401 - fixtures
from tests.actions.test_merged_answers import AGAIN
from tests.actions.work import LI, WU, ZHAO, ZHOU, S


def told(work, who):  # noqa: F811
    return work.desk(who).read(first_results)


def test_the_end_and_the_call_back_reach_whoever_heard_it_first_for_some_days(work):  # noqa: F811
    case = work.to(S.DISPATCHED)
    assert told(work, LI) == ()
    work.to(S.CLOSED, case)

    (one,) = told(work, LI)

    assert (one.case_id, one.words) == (case, "城建办办结，回访 已解决、满意")
    assert work.desk(LI).read(counter_day).results == (one,)
    assert work.desk(ZHAO).read(handler_day).results == ()  # it was his own work
    work.clock.forward(days=6)
    assert told(work, LI) == ()


def test_a_case_that_goes_into_another_round_is_told_with_what_was_said(work):  # noqa: F811
    case, fine = work.to(S.FOLLOW_UP), work.to(S.FOLLOW_UP)
    work.ask(WU, RecordFollowUp, case, **AGAIN)
    work.clock.forward(minutes=9)
    work.to(S.CLOSED, fine)

    assert [(one.case_id, one.words) for one in told(work, LI)] == [
        (fine, "城建办办结，回访 已解决、满意"),
        (case, "第 2 轮办理，回访 未解决、不满意"),
    ]


def test_nothing_is_told_of_ones_own_work_nor_of_what_is_about_oneself(work):  # noqa: F811
    own = work.register(exit=Exit.OWN_UNIT)
    case = work.to(S.CLOSED)
    assert [one.case_id for one in told(work, LI)] == [case]
    work.ask(ZHOU, RecordAccused, case, staff=work.staff(LI), reason="他来电说的")
    assert told(work, LI) == ()
    assert own != case
