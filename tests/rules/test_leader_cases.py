"""Who leads, who works and what must be said where a leader takes a case (领导包案、会商)."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from desk.rules.codes import AssignmentRole, AssignmentStatus, CaseStatus, Role
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import CheckAnswer, TeamRole
from desk.rules.leader_case_settings import LEADER_CASE_SETTINGS, PATTERN, PLEDGES
from desk.rules.leader_cases import (
    SEED_PATTERN,
    SaidOfLine,
    may_direct,
    may_work,
    read_pattern,
    require_conclusion,
    require_raise,
    require_result,
    require_step,
    show_pattern,
    team_hints,
)
from desk.rules.meetings import Decision, require_meeting
from desk.rules.moments import SHANGHAI
from desk.rules.rights import CaseStand, Part, Person

T = TeamRole
DAY, LATER = date(2026, 11, 2), date(2026, 12, 2)
SETTINGS = {one.key: one for one in LEADER_CASE_SETTINGS}
STAND = CaseStand(
    status=CaseStatus.HANDLING,
    first_unit_id=1,
    first_responder_id=10,
    involved_units=frozenset({1, 2}),
    parts=(Part(2, AssignmentRole.LEAD, AssignmentStatus.ACCEPTED),),
)


def person(staff=50, *roles, units=(9,), acts_for=()):
    return Person(
        staff_id=staff,
        name="某人",
        street_id=1,
        unit_ids=frozenset(units),
        roles=frozenset(roles),
        home_unit_id=next(iter(units)),
        acts_for=frozenset(acts_for),
    )


def test_a_team_lacks_whom_the_pattern_asks_for_and_is_never_too_large():
    team = [T.LEADER, T.DELEGATE, T.BUSINESS, T.GRID, T.GRID, T.GRID, T.ADVISER]
    assert team_hints(team, SEED_PATTERN) == ("年轻干部还差 1 人", "业务人员还差 1 人")
    assert team_hints([*team, T.YOUNG, T.BUSINESS], SEED_PATTERN) == ()


def test_a_hall_writes_its_pattern_in_words():
    written = SETTINGS[PATTERN]
    assert written.show(written.read("年轻干部 2 人；业务人员1")) == "年轻干部 2，业务人员 1"
    assert read_pattern(show_pattern(SEED_PATTERN)) == dict(SEED_PATTERN)
    for wrong in ("年轻干部", "年轻干部 0", "老干部 1"):
        with pytest.raises(RuleBroken) as refused:
            written.read(wrong)
        assert refused.value.field == "value"


def test_a_hall_writes_its_five_pledges_in_words():
    written = SETTINGS[PLEDGES]
    assert written.show(written.read("包接待、包调查，包息访")) == "包接待、包调查、包息访"


def test_the_team_the_lead_unit_and_the_office_write_how_it_goes_on():
    team = {50, 51}
    assert may_work(person(50), team, STAND)
    assert may_work(person(60, acts_for=(51,)), team, STAND)
    assert may_work(person(61, Role.HANDLER, units=(2,)), team, STAND)
    assert may_work(person(62, Role.DISPATCHER), team, STAND)
    assert not may_work(person(63, Role.HANDLER), team, STAND)
    assert may_work(replace(person(64), is_built_in=True), team, STAND)


def test_the_leader_the_first_leader_and_the_office_decide_on_the_team_and_the_end():
    assert may_direct(person(50, Role.LEADER), 50, STAND)
    assert may_direct(person(51, Role.LEADER, acts_for=(50,)), 50, STAND)
    assert may_direct(person(52, Role.CHIEF), 50, STAND)
    assert may_direct(person(53, Role.DISPATCHER), None, STAND)
    assert not may_direct(person(54, Role.LEADER), 50, STAND)
    assert not may_direct(person(54, Role.LEADER), None, STAND)
    assert may_direct(replace(person(55), is_built_in=True), 50, STAND)


def test_a_report_is_directed_by_those_who_keep_secrets():
    report = replace(STAND, is_secret=True)
    assert may_direct(person(53, Role.INSPECTOR), 50, report)
    assert not may_direct(person(53, Role.DISPATCHER), 50, report)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"started_on": LATER}, "started_on"),
        ({"planned_until": date(2026, 11, 1)}, "planned_until"),
    ],
)
def test_a_case_is_raised_with_a_reason_and_a_plan(more, field):
    said = {"reason": "三轮没有解决", "started_on": DAY, "planned_until": LATER, "today": DAY}
    require_raise(**said)
    with pytest.raises(RuleBroken) as refused:
        require_raise(**(said | more))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"conclusion": ""}, "conclusion"),
        ({"concluded_on": date(2026, 11, 1)}, "concluded_on"),
        ({"concluded_on": date(2026, 12, 3)}, "concluded_on"),
    ],
)
def test_only_a_conclusion_ends_it(more, field):
    said = {"conclusion": "已换线", "concluded_on": LATER, "started_on": DAY, "today": LATER}
    require_conclusion(**said)
    with pytest.raises(RuleBroken) as refused:
        require_conclusion(**(said | more))
    assert refused.value.field == field


def test_a_plan_says_what_by_when():
    require_step(action="换线", due_on=DAY, today=DAY)
    for action, due_on, field in (
        ("", DAY, "action"),
        ("换线", None, "due_on"),
        ("换线", date(2026, 11, 1), "due_on"),
    ):
        with pytest.raises(RuleBroken) as refused:
            require_step(action=action, due_on=due_on, today=DAY)
        assert refused.value.field == field


def test_progress_says_what_when_and_what_came_of_it():
    said = {"action": "换线", "result": "已送电", "done_on": DAY, "started_on": DAY, "today": DAY}
    require_result(**said)
    for more, field in (
        ({"action": ""}, "action"),
        ({"result": " "}, "result"),
        ({"done_on": LATER}, "done_on"),
    ):
        with pytest.raises(RuleBroken) as refused:
            require_result(**(said | more))
        assert refused.value.field == field


def test_a_line_of_a_list_is_kept_only_where_something_is_said():
    assert not SaidOfLine("办法是否穷尽").says_something
    assert SaidOfLine("办法是否穷尽", CheckAnswer.NO).says_something
    assert SaidOfLine("包掌握情况", responsible="陈静").says_something
    assert SaidOfLine("包掌握情况", note="走访 12 户").says_something


def test_minutes_say_what_when_where_who_and_what_was_decided():
    held = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)
    said = {
        "title": "夜间噪声",
        "held_at": held,
        "now": held,
        "place": "二楼会商室",
        "chair": "郑伟",
        "attendees": "城建办、居民代表 3 人",
        "minutes": "各方同意限时施工。",
        "decisions": [Decision("22 点停工", "城建办", LATER)],
    }
    require_meeting(**said)
    for more, field in (
        ({"title": ""}, "title"),
        ({"now": datetime(2026, 11, 1, tzinfo=SHANGHAI)}, "held_at"),
        ({"place": ""}, "place"),
        ({"chair": ""}, "chair"),
        ({"attendees": " "}, "attendees"),
        ({"minutes": ""}, "minutes"),
        ({"decisions": [Decision(" ", "城建办")]}, "decisions"),
    ):
        with pytest.raises(RuleBroken) as refused:
            require_meeting(**(said | more))
        assert refused.value.field == field


def test_a_decision_is_one_line_and_comes_back_as_it_was_stored():
    whole = Decision("22 点停工", "城建办", LATER)
    assert whole.words() == "22 点停工（城建办，2026-12-02 前）"
    assert Decision("张贴告示").words() == "张贴告示"
    assert Decision.from_plain(whole.as_plain()) == whole
    assert Decision.from_plain(Decision("张贴告示").as_plain()) == Decision("张贴告示")
