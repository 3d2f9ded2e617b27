"""The six queues of the first leader's desk: what is in each, and what leaves it (一把手工作台)."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select, text

from desk.actions.assessing import AskAssessment, DecideAssessment
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import GradeCase
from desk.actions.followup import RecordFollowUp
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.leader_desk import MarkKeyCase, RecordLeaderCall
from desk.actions.stand_ins import SetDeputy
from desk.queries.day_picture import day_picture
from desk.queries.leader_queues import leader_queues
from desk.queries.overview import MorningLine, cases_behind
from desk.rules.assessment_codes import ExclusionReason, RequestKind
from desk.rules.codes import (
    ContactResult,
    Discontent,
    NextStep,
    Resolution,
    Satisfaction,
    Urgency,
)
from desk.rules.leader_queues import LeaderQueue
from desk.rules.lifecycle import OPEN
from desk.rules.urgency import Judgement
from desk.store.models import Case, FollowUp
from desk.store.models.handling import RATED_BADLY
from desk.store.sight import standing_at
from tests.actions.conftest import own_work, shared_hall
from tests.actions.work import SUN, WANG, WU, XU, ZHAO, ZHENG, ZHOU, S

__all__ = ["own_work", "shared_hall"]

Q = LeaderQueue
MONDAY = date(2026, 11, 2)
REACHED = {"result": ContactResult.REACHED, "note": "说还没有修好。"}


def rate(work, case, resolution, satisfaction, step=NextStep.CLOSE):
    said = {"resolution": resolution, "satisfaction": satisfaction, "next_step": step}
    if satisfaction is Satisfaction.DISSATISFIED:
        said["discontent"] = Discontent.NOT_SOLVED
    work.clock.forward(minutes=1)
    work.ask(WU, RecordFollowUp, case, is_reached=True, was_contacted=True, **said)
    return case


def double_no(work, step=NextStep.CLOSE, **more):
    case = work.to(S.FOLLOW_UP, **more)
    return rate(work, case, Resolution.NO, Satisfaction.DISSATISFIED, step)


def ask_exclusion(work, case):
    work.clock.forward(minutes=1)
    reasons = (ExclusionReason.ELSEWHERE,)
    facts = {"kind": RequestKind.EXCLUDE, "reasons": reasons, "head_name": "方岩"}
    work.ask(ZHAO, AskAssessment, case, facts="界桩照片显示不在本辖区，已说明。", **facts)


def queue(work, who, wanted):
    return work.desk(who).read(leader_queues).queues[wanted]


def ids(work, who, wanted):
    return [row.case_id for row in queue(work, who, wanted).rows]


def test_double_no_of_today_stands_first_and_leaves_when_a_leader_has_rung(own_work):
    work = own_work
    partly = work.to(S.FOLLOW_UP)
    rate(work, partly, Resolution.PARTLY, Satisfaction.FAIRLY)
    case = double_no(work)
    assert ids(work, WANG, Q.DOUBLE_NO) == [case]
    (row,) = queue(work, WANG, Q.DOUBLE_NO).rows
    assert row.why == "未解决"
    assert set(ids(work, WANG, Q.NOT_YES)) == {case, partly}
    assert ids(work, WANG, Q.NOT_YES)[0] == case  # 双否 before 非双是
    work.clock.forward(minutes=1)
    work.ask(WANG, RecordLeaderCall, case, **REACHED)
    assert ids(work, WANG, Q.DOUBLE_NO) == []
    assert ids(work, WANG, Q.NOT_YES) == [partly]


def test_a_bad_rating_of_yesterday_is_no_longer_of_today_but_still_not_double_yes(own_work):
    work = own_work
    case = double_no(work)
    work.clock.set("2026-11-03 09:00")
    assert ids(work, WANG, Q.DOUBLE_NO) == []
    assert ids(work, WANG, Q.NOT_YES) == [case]
    behind = partial(cases_behind, line=MorningLine.DISSATISFIED)
    assert [row.case_id for row in work.desk(WANG).read(behind)] == [case]
    work.clock.set("2026-11-30 09:00")
    assert work.desk(WANG).read(behind) == ()
    assert ids(work, WANG, Q.NOT_YES) == [case]
    work.clock.set("2027-01-04 09:00")
    assert ids(work, WANG, Q.NOT_YES) == []


def test_key_and_hard_cases_stand_there_until_they_end(own_work):
    work = own_work
    key, hard = work.to(S.HANDLING), work.to(S.HANDLING)
    work.ask(WANG, MarkKeyCase, key, reason="涉及 200 户用水")
    work.ask(ZHOU, GradeCase, hard, urgency=Urgency.FAST, is_complex=True, judgement=Judgement())
    (row,) = queue(work, WANG, Q.KEY).rows
    assert (row.case_id, row.why, row.unit) == (key, "涉及 200 户用水", "城建办")
    assert ids(work, WANG, Q.HARD) == [hard]
    work.to(S.CLOSED, key)
    assert queue(work, WANG, Q.KEY).count == 0


def test_whom_a_leader_rings_himself_is_promised_or_has_waited_twice(own_work):
    work = own_work
    again = double_no(work, NextStep.AGAIN)
    work.to(S.FOLLOW_UP, again)
    assert ids(work, WANG, Q.TO_CALL) == [again]
    promised = work.to(S.ACCEPTED)
    later = work.clock() + timedelta(hours=2)
    work.ask(WANG, RecordLeaderCall, promised, **REACHED, call_back_at=later)
    assert ids(work, WANG, Q.TO_CALL) == [promised, again]
    assert queue(work, WANG, Q.TO_CALL).rows[0].why.startswith("您答应")
    assert ids(work, ZHENG, Q.TO_CALL) == [again]  # what another promised is his own
    work.clock.forward(minutes=5)
    work.ask(WANG, RecordLeaderCall, again, **REACHED)
    assert ids(work, ZHENG, Q.TO_CALL) == []


def test_a_units_own_call_is_no_leaders_call(own_work):
    work = own_work
    case = double_no(work)
    work.clock.forward(minutes=1)
    work.ask(ZHAO, RecordContact, work.to(S.ACCEPTED), result=ContactResult.REACHED)
    assert ids(work, WANG, Q.DOUBLE_NO) == [case]


def test_requests_stand_on_the_desk_on_which_they_lie(own_work):
    work = own_work
    case = work.to(S.CLOSED)
    ask_exclusion(work, case)
    (row,) = queue(work, ZHENG, Q.TO_SIGN).rows
    assert (row.case_id, row.why) == (case, "剔除申请：非本辖区")
    assert ids(work, SUN, Q.TO_SIGN) == []
    assert ids(work, WANG, Q.TO_SIGN) == []  # he may sign for the others, and need not
    work.clock.forward(minutes=1)
    work.ask(ZHENG, DecideAssessment, case, is_passed=True)
    assert ids(work, ZHENG, Q.TO_SIGN) == []
    assert ids(work, WANG, Q.TO_SIGN) == [case]


def test_a_leader_sees_the_queues_of_his_own_units_and_so_does_who_stands_in(own_work):
    work = own_work
    ours = double_no(work)
    theirs = double_no(work, lead="综合行政执法队", handler=SUN)
    unit, leader = work.unit("城建办"), work.staff(ZHENG)
    work.ask(XU, SetLeaderArea, leader=leader, unit=unit, valid_from=date(2026, 1, 1))
    days = {"valid_from": MONDAY, "last_day": date(2026, 11, 6)}
    work.ask(XU, SetDeputy, principal=leader, deputy=work.staff(ZHOU), **days)
    work.hall.read_people()
    assert ids(work, ZHENG, Q.DOUBLE_NO) == [ours]
    assert ids(work, ZHOU, Q.DOUBLE_NO) == [ours]
    assert work.desk(ZHENG).read(leader_queues).area == "包片：城建办"
    assert set(ids(work, WANG, Q.DOUBLE_NO)) == {ours, theirs}


def test_the_picture_of_the_day_tells_what_every_overseer_may_know(own_work):
    work = own_work
    shown = double_no(work)
    about_us = double_no(work, accused_unit=work.unit("综合行政执法队"))
    assert set(ids(work, WANG, Q.DOUBLE_NO)) == {shown, about_us}
    ask_exclusion(work, shown)
    picture = work.desk(ZHOU).read(partial(day_picture, day=MONDAY))
    held = {wanted: [one.case_id for one in cases] for wanted, cases in picture.queues.items()}
    assert held[Q.DOUBLE_NO] == [shown]
    assert held[Q.TO_SIGN] == [shown]
    assert (picture.received, picture.ended, picture.overdue) == (1, 1, 0)
    plain = picture.plain()
    assert plain["queues"]["double_no"]["count"] == 1
    assert plain["queues"]["double_no"]["cases"][0]["unit"] == "城建办"
    assert (plain["day"], plain["queues"]["key"]["count"]) == ("2026-11-02", 0)


def test_a_unit_is_told_nothing_of_the_cases_of_others(own_work):
    case = double_no(own_work, lead="综合行政执法队", handler=SUN)
    assert ids(own_work, ZHAO, Q.DOUBLE_NO) == []
    assert ids(own_work, SUN, Q.DOUBLE_NO) == [case]


@pytest.mark.parametrize(
    ("index", "table", "condition"),
    [
        ("ix_cases_open_due", Case, lambda _reader: standing_at(OPEN)),
        ("ix_follow_ups_bad", FollowUp, lambda _reader: text(RATED_BADLY)),
    ],
)
def test_the_queues_are_read_from_small_indexes(sqlite_hall, index, table, condition):
    reader = partial(_plan, index=index, table=table, condition=condition)
    assert index in sqlite_hall.sign_in(WANG).read(reader)


def _plan(reader, index, table, condition):
    """Return how SQLite would ask this index; it refuses where the index does not hold all."""
    query = select(table.id).where(table.street_id == reader.person.street_id, condition(reader))
    query = query.with_hint(table, f"INDEXED BY {index}", "sqlite")
    said = query.compile(reader.session.bind, compile_kwargs={"literal_binds": True})
    rows = reader.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {said}")
    return " ".join(row[3] for row in rows)
