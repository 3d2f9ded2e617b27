"""Pausing and going on (暂停、恢复): what stands still, for whom, and that nobody gains by it."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desk.actions.dispatching import DecideReturn, DispatchCase, ReturnDispatch
from desk.actions.handling import FinishHandling
from desk.actions.intake import Appellant
from desk.actions.opinions import WriteOpinion
from desk.actions.pauses import PauseClocks, ResumeClocks
from desk.queries.rates import rated_cases
from desk.rules.clock_codes import PauseReason
from desk.rules.codes import (
    ClockKind,
    ContactWay,
    HandlingResult,
    ReturnReason,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Assignment, Clock, ClockPause
from tests.actions.work import SUN, ZHAO, ZHOU, S

HANDLE = ClockKind.HANDLE
SOLVED = {"result": HandlingResult.SOLVED, "measures": "已更换线路。"}


def pause(work, case, who=ZHAO, **more):
    facts = {
        "reason": PauseReason.MATERIALS,
        "note": "等房产证复印件，约三天",
        "told_way": ContactWay.PHONE,
        "told_at": work.clock(),
    }
    return work.ask(who, PauseClocks, case, **(facts | more))


def resume(work, case, who=ZHAO, **more):
    return work.ask(who, ResumeClocks, case, **more)


def pauses_of(work, clock):
    with Session(work.hall.engine) as session:
        rows = session.query(ClockPause).filter(ClockPause.clock_id == clock.id)
        return [(row.from_at, row.until_at) for row in rows.order_by(ClockPause.from_at)]


def own(work, case, kind=HANDLE):
    """Return the case's own clock of a kind."""
    found = [c for c in work.all(Clock, case) if c.kind is kind and c.assignment_id is None]
    return found[-1]


def test_a_limit_that_stands_still_is_late_only_if_it_was_so_before(own_work):
    def kept():
        first, last = date(2026, 1, 1), date(2026, 12, 31)
        found = own_work.desk(ZHOU).read(lambda reader: rated_cases(reader, first, last))
        return [one.on_time.get(HANDLE) for one in found]

    case = own_work.to(S.HANDLING)
    pause(own_work, case)
    own_work.clock.forward(hours=100)
    assert kept() == [None]

    resume(own_work, case)
    own_work.clock.forward(hours=100)
    pause(own_work, case)
    assert kept() == [False]


def test_a_pause_stops_what_may_be_paused_and_going_on_gives_the_time_back(work):
    case = work.to(S.HANDLING)
    due = own(work, case).due_at
    title = pause(work, case).title
    assert title == "暂停计时（办理）：等诉求人补充材料"
    stood = own(work, case)
    assert (stood.paused_since, stood.pause_reason) == (work.clock(), "等诉求人补充材料")
    assert (stood.due_at, work.case(case).next_clock) == (due, None)

    work.clock.forward(hours=5)
    title = resume(work, case, note="昨天送来了").title
    assert title == "恢复计时：办理时限 11 月 3 日 09:00 → 11 月 3 日 14:00"
    clock = own(work, case)
    assert (clock.due_at, clock.original_due_at) == (due + timedelta(hours=5), due)
    assert (clock.paused_since, clock.pause_reason) == (None, None)
    assert work.case(case).next_due_at == clock.due_at
    assert due.isoformat() in work.history(case)[-1].payload["before"].values()


def test_a_pause_says_why_and_the_appellant_knows_of_it(work):
    case = work.to(S.HANDLING)
    for more, sentence, field in (
        ({"reason": PauseReason.PARKED}, "由分管领导批准", "reason"),
        ({"note": " "}, "请写明等什么", "note"),
        ({"told_at": None}, "请先告知诉求人", "told_way"),
        ({"told_at": work.clock() + timedelta(days=1)}, "还没有到", "told_at"),
    ):
        with pytest.raises(RuleBroken, match=sentence) as refused:
            pause(work, case, **more)
        assert refused.value.field == field
    pause(work, case)
    with pytest.raises(RuleBroken, match="已经暂停着"):
        pause(work, case)
    resume(work, case)
    with pytest.raises(RuleBroken, match="没有暂停，不用恢复"):
        resume(work, case)
    with pytest.raises(NotAllowed):
        pause(work, case, who=SUN)


def test_an_anonymous_case_is_paused_without_telling_anybody(work):
    case = work.to(S.HANDLING, appellant=Appellant())
    pause(work, case, told_way=None, told_at=None, reason=PauseReason.APPRAISAL)
    assert own(work, case).paused_since is not None


def test_a_reason_of_the_appellant_stops_supports_too_and_another_does_not(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    part = next(p.id for p in work.all(Assignment, case) if p.unit_id == work.unit("榕东社区"))

    def of_support():
        return next(
            c for c in work.all(Clock, case) if c.assignment_id == part and c.kind is HANDLE
        )

    pause(work, case, reason=PauseReason.APPRAISAL)
    assert own(work, case).paused_since is not None
    assert of_support().paused_since is None
    resume(work, case)
    before = of_support().due_at
    pause(work, case, reason=PauseReason.WISHED)
    assert of_support().paused_since is not None
    work.clock.forward(hours=2)
    resume(work, case)
    assert of_support().due_at == before + timedelta(hours=2)


def test_nothing_is_paused_where_only_promises_within_minutes_run(work):
    case = work.to(S.HANDLING)
    pause(work, case)
    work.ask(ZHAO, FinishHandling, case, **SOLVED)
    work.ask(ZHAO, WriteOpinion, case, **work.opinion_words(case) | {"is_ready": True})
    with pytest.raises(NotAllowed):
        pause(work, case)


def test_a_pause_ends_with_the_step_that_was_waited_in(work):
    case = work.to(S.HANDLING)
    due = own(work, case).due_at
    pause(work, case)
    work.clock.forward(days=3)
    work.ask(ZHAO, FinishHandling, case, **SOLVED)
    clock = own(work, case)
    assert (clock.paused_since, clock.stopped_at) == (None, work.clock())
    assert clock.due_at == due + timedelta(days=3)
    assert not work.case(case).is_overdue
    opinion = own(work, case, ClockKind.OPINION)
    assert opinion.paused_since is None


def test_a_pause_ends_where_another_unit_takes_over(work):
    case = work.to(S.ACCEPTED)
    pause(work, case)
    work.clock.forward(hours=1)
    sent = {"lead": work.unit("综合行政执法队"), "urgency": Urgency.FAST, "reason": "归执法队"}
    work.ask(ZHOU, DispatchCase, case, **sent)
    assert own(work, case).paused_since is None

    case = work.to(S.ACCEPTED)
    pause(work, case)
    work.clock.forward(hours=1)
    work.ask(ZHAO, ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="归区里管")
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    assert own(work, case).paused_since is None


def test_the_dispatchers_may_go_on_for_a_unit(work):
    case = work.to(S.HANDLING)
    pause(work, case)
    resume(work, case, who=ZHOU, note="材料已送到窗口")
    assert own(work, case).paused_since is None


def test_nothing_is_paused_in_a_hall_without_pausable_limits(own_work):
    case = own_work.to(S.ACCEPTED)
    with Session(own_work.hall.engine) as session, session.begin():
        for clock in session.query(Clock).filter(Clock.case_id == case):
            if clock.kind is HANDLE:
                clock.stopped_at = own_work.clock()
    with pytest.raises(RuleBroken, match="没有可以暂停的时限"):
        pause(own_work, case)


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 3000), st.booleans()),
        min_size=1,
        max_size=3,
    )
)
def test_pauses_never_make_a_limit_earlier_and_splitting_one_changes_nothing(work, spans):
    work.clock.set("2026-11-02 09:00")
    case, other = work.to(S.HANDLING), work.to(S.HANDLING)
    first = own(work, case).due_at, own(work, other).due_at
    before = first[0]
    for run, stood, is_split in spans:
        work.clock.forward(minutes=run)
        for one in (case, other):
            pause(work, one)
        work.clock.forward(minutes=stood)
        if is_split:
            resume(work, other)
            pause(work, other)
        work.clock.forward(minutes=stood)
        for one in (case, other):
            resume(work, one)
        now = own(work, case).due_at
        assert now >= before
        before = now
    assert own(work, case).due_at - first[0] == own(work, other).due_at - first[1]
