"""What is to be supervised, and how a silent unit is urged (督办、催办)."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.rules.assessment_codes import SupervisionGround as G
from desk.rules.assessment_codes import SupervisionSource, SupervisionState, UrgingWay
from desk.rules.codes import Verdict
from desk.rules.errors import RuleBroken
from desk.rules.supervising import (
    MOVES,
    OPEN,
    SEED,
    SteeredCase,
    grounds,
    next_urging,
    require_move,
    require_supervision,
)

S = SupervisionState
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
