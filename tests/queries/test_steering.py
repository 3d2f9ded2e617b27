"""What is silent, who is asked what until when, and who held a case how long (督办、谁手里多久)."""

from datetime import timedelta
from functools import partial

import pytest

from desk.actions.administration import SetSetting
from desk.actions.closing import AddNote
from desk.actions.dispatching import DispatchCase
from desk.actions.pauses import PauseClocks
from desk.actions.supervising import DecideSupervision, Supervise, TakeSupervision
from desk.actions.urging import Urge
from desk.queries.case_board import BoardFilter, Tag, board_page
from desk.queries.case_file import case_file
from desk.queries.clock_reminders import own_limits
from desk.queries.holding import case_strip
from desk.queries.silence import silent_cases
from desk.queries.steering_board import SteeringToday, steering_board, steering_today
from desk.queries.supervisions import steering_options
from desk.rules.assessment_codes import (
    SupervisionGround,
    SupervisionSource,
    SupervisionState,
    UrgingWay,
)
from desk.rules.clock_codes import PauseReason
from desk.rules.codes import ContactWay, Exit, Urgency
from desk.rules.moments import in_shanghai
from tests.actions.work import QIN, SUN, WU, XU, ZHAO, ZHOU, S, Work

G, W = SupervisionGround, UrgingWay


@pytest.fixture
def work(hall, clock):
    """A hall of the test's own: all lists are about its own cases."""
    return Work(hall, clock)


def supervise(work, case, who=ZHOU, **more):
    facts = {
        "unit": work.unit("城建办"),
        "grounds": (G.PUBLIC,),
        "requirement": "更换进线并复测。",
        "due_at": work.clock() + timedelta(days=2),
    }
    return work.ask(who, Supervise, case, **(facts | more)).made["supervision"]


def silent(work, days=3, who=QIN):
    return [one.row.case_id for one in work.desk(who).read(partial(silent_cases, days=days))]


def read(work, who, query):
    return work.desk(who).read(query)


def test_the_stillest_case_is_on_top_and_what_stands_still_with_leave_is_not_there(work):
    first = work.to(S.HANDLING)
    work.clock.forward(hours=2)
    second, paused = work.to(S.HANDLING), work.to(S.HANDLING)
    told = {"told_way": ContactWay.PHONE, "told_at": work.clock()}
    facts = {"reason": PauseReason.MATERIALS, "note": "等房产证"} | told
    work.ask(ZHAO, PauseClocks, paused, **facts)
    closed = work.to(S.CLOSED)
    work.clock.forward(days=3)
    assert silent(work) == [first, second]
    work.ask(ZHAO, AddNote, first, note="约了明天。")
    assert silent(work) == [second]
    assert silent(work, who=SUN) == []  # who sees none of them
    assert closed not in silent(work)


def test_urging_and_supervising_break_no_silence(work):
    case = work.to(S.HANDLING)
    work.clock.forward(days=4)
    urged = {"unit": work.unit("城建办"), "way": W.PHONE, "note": "今天到场"}
    work.ask(ZHOU, Urge, case, **urged)
    supervise(work, case, requirement="三日内办结")
    (one,) = read(work, QIN, partial(silent_cases, days=4))
    assert (one.row.case_id, (work.clock() - one.moved_at).days) == (case, 4)


def test_the_lists_are_each_for_who_must_act(work):
    ours, city, ended = (work.to(S.HANDLING) for _ in range(3))
    own = supervise(work, ours)
    above = supervise(
        work, city, source=SupervisionSource.CITY, outside_number="市督〔2026〕9号", grounds=()
    )
    gone = supervise(work, ended)
    dropped = {"outcome": SupervisionState.REVOKED, "note": "发错了"}
    work.ask(ZHOU, DecideSupervision, ended, supervision=gone, **dropped)
    asked = {"unit": work.unit("城建办"), "note": "请说明"}
    by = work.clock() + timedelta(days=1)
    work.ask(ZHOU, Urge, ours, way=W.WRITTEN, explain_by=by, **asked)
    work.ask(ZHOU, Urge, ours, way=W.PHONE, **asked)

    def ids(rows):
        return [row.id for row in rows]

    unit, office = read(work, ZHAO, steering_board), read(work, ZHOU, steering_board)
    assert ids(unit.to_do)[:2] == [own, above]
    assert [row.urging.way for row in unit.to_do[2:]] == [W.WRITTEN]
    assert unit.to_do[2].due_at == by
    assert unit.issued == ()
    assert (office.to_do, ids(office.issued)) == ((), [own, above])
    assert ids(office.above) == [above]
    assert ids(office.ended) == [gone]
    assert office.days == 3
    work.ask(ZHAO, TakeSupervision, city, supervision=above)
    tagged = BoardFilter(with_tag=Tag.SUPERVISED)
    rows = read(work, ZHOU, partial(board_page, wanted=tagged))
    assert {row.id for row in rows} == {ours, city}


def test_what_waits_is_counted_for_the_start_page_and_its_limit_is_told(work):
    case = work.to(S.HANDLING)
    made = supervise(work, case)
    due = work.clock() + timedelta(days=2)
    assert read(work, ZHAO, steering_today) == SteeringToday(to_do=1, first_due=due)
    assert read(work, ZHOU, steering_today) == SteeringToday()

    def told(who):
        limits = read(work, who, own_limits).limits
        return [one.key for one in limits if one.name == "督办"]

    assert told(ZHAO) == []  # there is time
    work.clock.forward(hours=20)
    assert told(ZHAO) == [f"supervision:{made}"]
    assert told(QIN) == told(ZHOU) == []
    work.clock.forward(days=2)
    assert read(work, ZHOU, steering_today) == SteeringToday(late=1)


def test_the_facts_suggest_the_grounds_and_the_hall_its_days(work):
    case = work.to(S.HANDLING)
    work.clock.forward(days=3)
    options = read(work, ZHOU, partial(steering_options, case_id=case))
    assert options.grounds == (G.OVERDUE, G.SILENT)
    assert options.silent_days == 3
    units = read(work, ZHOU, partial(case_file, case_id=case)).steering.units
    assert [name for _, name in units] == ["城建办", "信联办"]
    assert set(options.offered.values()) == {W.WRITTEN}
    assert (in_shanghai(options.due_at).day, in_shanghai(options.explain_by).day) == (10, 12)
    for key, value in (("silent_days", 4), ("supervise_days", 1)):
        work.ask(XU, SetSetting, key=key, value=value)
    fewer = read(work, ZHOU, partial(steering_options, case_id=case))
    assert (fewer.grounds, in_shanghai(fewer.due_at).day) == ((G.OVERDUE,), 6)
    assert read(work, SUN, partial(steering_options, case_id=case)) is None


def test_what_no_unit_takes_may_be_supervised_as_a_repeat(work):
    case = work.register()
    for name in ("城建办", "综合行政执法队", "榕东社区"):
        work.ask(
            ZHOU, DispatchCase, case, lead=work.unit(name), urgency=Urgency.FAST, reason="归口"
        )
        work.clock.forward(minutes=1)
    options = read(work, ZHOU, partial(steering_options, case_id=case))
    assert options.grounds == (G.REPEAT,)


def test_the_strip_says_who_held_it_with_working_hours_and_what_was_late(work):
    case = work.to(S.FOLLOW_UP)
    work.clock.set("2026-11-04 10:00")
    strip = read(work, QIN, partial(case_strip, case_id=case))
    assert [stay.who for stay in strip.held] == [
        "信联办",
        "城建办",
        "领导审签",
        "党政办",
        "送达",
        "回访",
    ]
    assert sum((stay.length for stay in strip.held), timedelta()) == (
        work.clock() - work.case(case).received_at
    )
    assert strip.held[-1].worked < strip.held[-1].length
    assert all(not stay.late for stay in strip.held)  # handled in time

    late = work.to(S.HANDLING)
    work.clock.forward(days=2)
    strip = read(work, QIN, partial(case_strip, case_id=late))
    assert strip.held[-1].late > timedelta(hours=23)
    assert "超期" in strip.words(work.clock())
    assert read(work, SUN, partial(case_strip, case_id=late)) is None


def test_a_second_unit_and_a_case_handled_by_the_first_have_their_own_stays(work):
    case = work.to(S.DISPATCHED)
    work.clock.forward(hours=3)
    work.ask(
        ZHOU,
        DispatchCase,
        case,
        lead=work.unit("综合行政执法队"),
        urgency=Urgency.FAST,
        reason="归口",
    )
    work.clock.forward(hours=1)
    strip = read(work, QIN, partial(case_strip, case_id=case))
    assert [stay.who for stay in strip.held] == ["信联办", "城建办", "执法队"]
    own = work.register(exit=Exit.OWN_UNIT)
    work.clock.forward(hours=1)
    strip = read(work, WU, partial(case_strip, case_id=own))
    assert [stay.who for stay in strip.held] == ["信联办"]
