"""What is to be supervised, and how a silent unit is urged (督办、催办)."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.rules.assessment_codes import SupervisionGround as G
from desk.rules.assessment_codes import SupervisionSource, SupervisionState, UrgingWay
from desk.rules.codes import Role, Verdict
from desk.rules.errors import RuleBroken
from desk.rules.rights import Person
from desk.rules.supervising import (
    MOVES,
    OPEN,
    SEED,
    SteeredCase,
    Urged,
    grounds,
    half_and_near,
    may_decide,
    next_urging,
    notice_is_over,
    require_end_note,
    require_limit,
    require_move,
    require_supervision,
    require_urging,
    silent_days,
)

S, W = SupervisionState, UrgingWay
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ()),
        ({"is_overdue": True, "verdict": Verdict.DOUBLE_NO}, (G.DOUBLE_NO, G.OVERDUE)),
        ({"verdict": Verdict.NOT_DOUBLE_YES}, (G.NOT_DOUBLE_YES,)),
        ({"verdict": Verdict.NOT_DOUBLE_YES, "counts_in_rates": False}, ()),
        ({"verdict": Verdict.DOUBLE_YES}, ()),
        ({"is_repeat": True}, (G.REPEAT,)),
        ({"round_no": 3}, (G.REPEAT,)),
        ({"dispatched_to": 3}, (G.REPEAT,)),
        ({"silent_days": 3}, (G.SILENT,)),
        ({"silent_days": 2, "round_no": 2, "dispatched_to": 2}, ()),
    ],
)
def test_a_case_is_supervised_on_grounds_that_can_be_read_off(facts, said):
    assert grounds(SteeredCase(**facts), SEED) == said


def test_a_report_that_is_not_enough_goes_back_to_the_unit():
    for state in S:
        for target in MOVES[state]:
            require_move(state, target)
    assert S.TAKEN in MOVES[S.REPORTED]
    assert {state for state in S if MOVES[state]} == OPEN
    with pytest.raises(RuleBroken, match="“已销号”，不能转为“整改中”"):
        require_move(S.CLOSED, S.TAKEN)


def test_it_is_said_why_and_what_is_to_be_done():
    def ask(source=SupervisionSource.STREET, said=(G.OVERDUE,), what="三日内办结", number=""):
        require_supervision(source, said, requirement=what, outside_number=number)

    ask()
    ask(SupervisionSource.CITY, number="市督〔2026〕12号")
    with pytest.raises(RuleBroken, match="督办依据"):
        ask(said=())
    with pytest.raises(RuleBroken, match="督办要求"):
        ask(what=" ")
    with pytest.raises(RuleBroken, match="来文编号"):
        ask(SupervisionSource.DISTRICT)


@pytest.mark.parametrize(
    ("hours_left", "urged", "notice_is_over", "way"),
    [
        (None, (), False, UrgingWay.PHONE),
        (2, (), False, UrgingWay.PHONE),
        (2, (UrgingWay.PHONE,), False, UrgingWay.SYSTEM),
        (-1, (UrgingWay.PHONE,), False, UrgingWay.WRITTEN),
        (-1, (UrgingWay.WRITTEN,), False, UrgingWay.PHONE),
        (-1, (UrgingWay.WRITTEN,), True, UrgingWay.CIRCULAR),
    ],
)
def test_after_silence_comes_the_next_step(hours_left, urged, notice_is_over, way):
    due_at = None if hours_left is None else NOW + timedelta(hours=hours_left)
    assert next_urging(due_at=due_at, now=NOW, urged=urged, notice_is_over=notice_is_over) is way


NOTICE = Urged(W.WRITTEN, NOW - timedelta(hours=1))


def test_a_notice_is_over_only_when_its_time_has_passed_without_a_word():
    assert notice_is_over([NOTICE], NOW)
    for one in (
        Urged(W.WRITTEN, NOW - timedelta(hours=1), is_explained=True),
        Urged(W.WRITTEN, NOW + timedelta(hours=1)),
        Urged(W.WRITTEN),
        Urged(W.PHONE, NOW - timedelta(hours=1)),
    ):
        assert not notice_is_over([one], NOW)


def test_a_circular_comes_after_a_notice_and_a_notice_says_until_when():
    def ask(way, urged=(), note="请今天到场", explain_by=None):
        require_urging(way, urged, note=note, explain_by=explain_by, now=NOW)

    ask(W.PHONE)
    ask(W.SYSTEM)
    ask(W.WRITTEN, explain_by=NOW + timedelta(days=1))
    ask(W.CIRCULAR, [NOTICE])
    with pytest.raises(RuleBroken, match="催办了什么"):
        ask(W.PHONE, note=" ")
    with pytest.raises(RuleBroken, match="先发催办通知书"):
        ask(W.CIRCULAR)
    for explain_by in (None, NOW):
        with pytest.raises(RuleBroken, match="晚于现在"):
            ask(W.WRITTEN, explain_by=explain_by)


OFFICE, UNIT, ELSEWHERE = 1, 2, 3


@pytest.mark.parametrize(
    ("staff", "home", "roles", "is_built_in", "may"),
    [
        (7, OFFICE, {Role.DISPATCHER}, False, True),  # who issued it
        (8, OFFICE, {Role.DISPATCHER}, False, True),  # his colleague
        (8, OFFICE, {Role.CLERK}, False, False),  # sits beside him at the window
        (9, ELSEWHERE, {Role.INSPECTOR}, False, False),
        (9, ELSEWHERE, {Role.LEADER}, False, True),
        (9, UNIT, {Role.DISPATCHER}, False, False),
        (7, UNIT, {Role.DISPATCHER}, False, False),  # moved into the supervised unit
        (9, ELSEWHERE, set(), True, True),
    ],
)
def test_the_supervised_unit_never_ends_its_own_supervision(staff, home, roles, is_built_in, may):
    person = Person(staff, "某人", 1, frozenset({home}), frozenset(roles), home)
    if is_built_in:
        person = Person(staff, "", 1, frozenset(), frozenset(), home, is_built_in=True)
    assert may_decide(person, issued_by=7, issuer_unit=OFFICE, unit_id=UNIT) is may


def test_what_goes_back_or_is_dropped_says_why_and_a_limit_lies_ahead():
    require_end_note(S.CLOSED, "")
    require_end_note(S.TAKEN, "照片看不清")
    for outcome in (S.TAKEN, S.REVOKED):
        with pytest.raises(RuleBroken, match="写明理由"):
            require_end_note(outcome, " ")
    require_limit(NOW + timedelta(hours=1), NOW)
    with pytest.raises(RuleBroken, match="晚于现在"):
        require_limit(NOW, NOW)


def test_silence_counts_whole_days_and_a_supervision_has_a_half_and_a_near():
    assert [silent_days(NOW - timedelta(hours=hours), NOW) for hours in (-1, 23, 24, 73)] == [
        0, 0, 1, 3,
    ]  # fmt: skip
    half, near = half_and_near(NOW, NOW + timedelta(days=5))
    assert (half - NOW, near - NOW) == (timedelta(days=2.5), timedelta(days=4))
